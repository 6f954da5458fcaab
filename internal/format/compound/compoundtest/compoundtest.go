// Package compoundtest helps the tests of the old office readers: it packs the
// bytes of small files, and shows and checks what a reader gave.
package compoundtest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Pack puts numbers (lower byte first), strings as they are, and bytes one
// after the other.
func Pack(parts ...any) (b []byte) {
	le := binary.LittleEndian
	for _, p := range parts {
		switch v := p.(type) {
		case byte:
			b = append(b, v)
		case uint16:
			b = le.AppendUint16(b, v)
		case uint32:
			b = le.AppendUint32(b, v)
		case float64:
			b = le.AppendUint64(b, math.Float64bits(v))
		case string:
			b = append(b, v...)
		case []byte:
			b = append(b, v...)
		default:
			panic(fmt.Sprintf("cannot pack a %T", p))
		}
	}
	return b
}

// Wide is text in UTF-16, lower byte first.
func Wide(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// Source is bytes as a reader takes them.
func Source(b []byte) part.Source {
	return part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}
}

// Catcher keeps all that a reader gives.
type Catcher struct {
	Blocks   []reeve.Block
	Embedded []string // names and contents, in turn
}

// Block keeps a block.
func (c *Catcher) Block(b reeve.Block) error {
	c.Blocks = append(c.Blocks, b)
	return nil
}

// Embed keeps an embedded item as far as it can be read.
func (c *Catcher) Embed(e part.Embedded) error {
	b, err := io.ReadAll(e.Reader)
	if err != nil {
		b = append(b, "(ends early)"...)
	}
	c.Embedded = append(c.Embedded, e.Name, string(b))
	return nil
}

// String shows the blocks: their part and layer, then text or rows with the
// number of the first.
func (c *Catcher) String() string {
	var out strings.Builder
	for _, b := range c.Blocks {
		fmt.Fprintf(&out, "[%s %d]\n%s", b.Part, b.Layer, b.Text)
		if b.Header != nil {
			fmt.Fprintf(&out, "(%s)\n", strings.Join(b.Header, "|"))
		}
		for i, row := range b.Rows {
			fmt.Fprintf(&out, "%d: %s\n", b.First+i, strings.Join(row, "|"))
		}
	}
	return out.String()
}

// Check says what breaks the contract of readers: an outcome that is not one of
// the known ones, or a block that is too large or not clean; "" if nothing does.
func Check(out reeve.Outcome, c *Catcher) string {
	switch {
	case !slices.Contains(reeve.Statuses, out.Status), !slices.Contains(reeve.Reasons, out.Reason), out.Reader == "":
		return fmt.Sprintf("outcome %+v", out)
	case out.Status != reeve.StatusRead && out.Reason == reeve.ReasonNone:
		return "not read, and no reason"
	}
	for _, b := range c.Blocks {
		size := len(b.Text)
		clean := utf8.ValidString(b.Text)
		for _, row := range b.Rows {
			for _, cell := range row {
				size += len(cell)
				clean = clean && utf8.ValidString(cell)
			}
		}
		if size > reeve.MaxBlockText || len(b.Rows) > reeve.MaxBlockRows || (b.Text == "") == (len(b.Rows) == 0) || !clean {
			return fmt.Sprintf("block of %d bytes and %d rows, clean %v", size, len(b.Rows), clean)
		}
	}
	return ""
}
