package mapi

import (
	"encoding/base64"
	"io"
	"strings"
)

// quoted writes text in quoted-printable (RFC 2045 6.7) with \r\n line ends and
// lines of at most 76 characters. It ends with a line end.
func quoted(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for _, line := range strings.Split(strings.TrimSuffix(lineEnds.Replace(s), "\n"), "\n") {
		quotedLine(&b, line)
		b.WriteString("\r\n")
	}
	return b.String()
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "")

func quotedLine(b *strings.Builder, line string) {
	const hex = "0123456789ABCDEF"
	width := 0
	for i := 0; i < len(line); i++ {
		c := line[i]
		blank := c == ' ' || c == '\t'
		plain := c > ' ' && c < 0x7F && c != '=' || blank && i < len(line)-1
		need := 1
		if !plain {
			need = 3
		}
		if width+need > 75 {
			b.WriteString("=\r\n")
			width = 0
		}
		width += need
		if plain {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'=', hex[c>>4], hex[c&15]})
		}
	}
}

// wrapped writes a stream in base64, 76 characters to a line. It ends with a
// line end unless the stream is empty.
type wrapped struct {
	in    io.Reader
	out   []byte // encoded, not handed out yet
	buf   [57 * 512]byte
	lines [78 * 512]byte
	err   error
}

func (w *wrapped) Read(b []byte) (int, error) {
	for len(w.out) == 0 {
		if w.err != nil {
			return 0, w.err
		}
		n, err := io.ReadFull(w.in, w.buf[:])
		if w.err = err; err == io.ErrUnexpectedEOF && n > 0 {
			w.err = w.rest()
		}
		w.fill(w.buf[:n])
	}
	n := copy(b, w.out)
	w.out = w.out[n:]
	return n, nil
}

// rest tells a stream that ended from one that broke: what broke says so again.
func (w *wrapped) rest() error {
	_, err := w.in.Read(make([]byte, 1))
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (w *wrapped) fill(raw []byte) {
	at := 0
	for len(raw) > 0 {
		n := min(57, len(raw))
		base64.StdEncoding.Encode(w.lines[at:], raw[:n])
		at += base64.StdEncoding.EncodedLen(n)
		at += copy(w.lines[at:], "\r\n")
		raw = raw[n:]
	}
	w.out = w.lines[:at]
}
