package mapi

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/rtf"
)

// What a compressed body begins with ([MS-OXRTFCP] 2.1.3.1.1).
const (
	packedMark = "LZFu"
	storedMark = "MELA"
	packedHead = 16
)

// The dictionary that every body begins with ([MS-OXRTFCP] 2.1.2.1).
const firstWords = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript " +
	"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par " +
	"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

// maxRich bounds the bytes of an expanded body.
const maxRich = 64 << 20

// Expand undoes the compression of a rich text body ([MS-OXRTFCP]). Of one that
// is cut short it gives what there is, with io.ErrUnexpectedEOF. At most
// 64 MiB come out. Its checksum is not looked at: damaged text is
// better than none.
func Expand(b []byte) ([]byte, error) {
	if len(b) < packedHead {
		return nil, io.ErrUnexpectedEOF
	}
	size := int(min(binary.LittleEndian.Uint32(b[4:]), maxRich))
	switch string(b[8:12]) {
	case storedMark:
		b = b[packedHead:]
		return b[:min(size, len(b))], nil
	case packedMark:
		return expand(b[packedHead:], size)
	}
	if bytes.HasPrefix(b, []byte("{\\rtf")) {
		return b, nil
	}
	return nil, part.Broken("a rich text body in no known compression")
}

// expand decodes runs of eight: each is a byte taken as it is, or a reference
// of twelve bits of place and four of length into the last 4,096 bytes. A
// reference to the place being written is the end.
func expand(b []byte, size int) ([]byte, error) {
	var window [4096]byte
	at := copy(window[:], firstWords)
	out := make([]byte, 0, min(size, 16*len(b)+16))
	put := func(c byte) {
		out = append(out, c)
		window[at] = c
		at = (at + 1) & 0xFFF
	}
	for i := 0; i < len(b) && len(out) < maxRich; {
		control := b[i]
		i++
		for bit := range 8 {
			if control>>bit&1 == 0 {
				if i >= len(b) {
					return out, io.ErrUnexpectedEOF
				}
				put(b[i])
				i++
				continue
			}
			if i+2 > len(b) {
				return out, io.ErrUnexpectedEOF
			}
			ref := int(binary.BigEndian.Uint16(b[i:]))
			i += 2
			from := ref >> 4
			if from == at {
				return out, nil
			}
			for range ref&0xF + 2 {
				put(window[from])
				from = (from + 1) & 0xFFF
			}
		}
	}
	if len(out) < size {
		return out, io.ErrUnexpectedEOF
	}
	return out, nil
}

// richText is the text of a rich text body that wraps nothing.
func richText(raw []byte) string {
	var t textOnly
	rtf.Read(part.Source{Reader: bytes.NewReader(raw), Size: int64(len(raw))}, part.Options{Limits: part.Limits{Text: maxRich}}, &t)
	return t.String()
}

// textOnly is a sink that keeps the text of blocks. Objects in the text of a
// message are its attachments too.
type textOnly struct{ strings.Builder }

func (t *textOnly) Block(b reeve.Block) error {
	if b.Layer == reeve.LayerMetadata {
		return nil
	}
	t.WriteString(b.Text)
	for _, r := range b.Rows {
		t.WriteString(strings.Join(r, "\t") + "\n")
	}
	return nil
}

func (t *textOnly) Embed(part.Embedded) error { return nil }
