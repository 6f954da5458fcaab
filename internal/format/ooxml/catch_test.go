package ooxml

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

type readFunc = func(part.Source, part.Options, part.Sink) reeve.Outcome

// catcher keeps all that a reader gives.
type catcher struct {
	blocks   []reeve.Block
	embedded []string
}

func (c *catcher) Block(b reeve.Block) error { c.blocks = append(c.blocks, b); return nil }

func (c *catcher) Embed(e part.Embedded) error {
	c.embedded = append(c.embedded, e.Name)
	_, err := io.Copy(io.Discard, e.Reader)
	return ignoreDamage(err)
}

// ignoreDamage: a damaged member is the member's own affair.
func ignoreDamage(error) error { return nil }

// text is the text of all blocks of a part and layer, rows as cells joined by
// a bar.
func (c *catcher) text(place string, layer reeve.Layer) string {
	var b strings.Builder
	for _, block := range c.blocks {
		if block.Part == place && block.Layer == layer {
			b.WriteString(blockText(block))
		}
	}
	return b.String()
}

func blockText(b reeve.Block) string {
	var out strings.Builder
	out.WriteString(b.Text)
	if len(b.Header) > 0 {
		out.WriteString("[" + strings.Join(b.Header, "|") + "]\n")
	}
	for _, row := range b.Rows {
		out.WriteString(strings.Join(row, "|") + "\n")
	}
	return out.String()
}

// checkOutcome holds what every reading must obey.
func checkOutcome(t *testing.T, name string, out reeve.Outcome, sink *catcher) {
	t.Helper()
	if !slices.Contains(reeve.Statuses, out.Status) || !slices.Contains(reeve.Reasons, out.Reason) || out.Reader == "" {
		t.Errorf("%s: outcome %+v", name, out)
	}
	for _, b := range sink.blocks {
		if len(b.Text) > reeve.MaxBlockText || len(b.Rows) > reeve.MaxBlockRows || (b.Text == "") == (len(b.Rows) == 0) {
			t.Errorf("%s: block of %d bytes and %d rows", name, len(b.Text), len(b.Rows))
		}
		if !utf8.ValidString(blockText(b)) {
			t.Errorf("%s: text that is not UTF-8", name)
		}
	}
}

// packed makes an office file of parts, given as name, content, name, content.
func packed(t testing.TB, parts ...string) part.Source {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, parts[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return sourceOf(buf.Bytes())
}

func sourceOf(b []byte) part.Source {
	return part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}
}

// rels is a relationships part: kind, target, kind, target; ids are r1, r2 …
// and a kind that begins with "!" is external.
func rels(pairs ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i < len(pairs); i += 2 {
		kind, mode := pairs[i], ""
		if strings.HasPrefix(kind, "!") {
			kind, mode = kind[1:], ` TargetMode="External"`
		}
		b.WriteString(`<Relationship Id="r` + string(rune('1'+i/2)) + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + pairs[i+1] + `"` + mode + `/>`)
	}
	return b.String() + `</Relationships>`
}
