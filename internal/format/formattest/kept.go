package formattest

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Reader is the shape of every reader.
type Reader = func(part.Source, part.Options, part.Sink) reeve.Outcome

// Kept is a sink that keeps all that a reader gives. An embedded item is kept as
// its name, behind its folders and a bar for each, and its size.
type Kept struct {
	Blocks []reeve.Block
	Names  []string
	Sizes  []int64
	Torn   int // embedded items that ended early: their own affair
}

// Block keeps a block.
func (k *Kept) Block(b reeve.Block) error { k.Blocks = append(k.Blocks, b); return nil }

// Embed reads an embedded item to its end.
func (k *Kept) Embed(e part.Embedded) error {
	n, err := io.Copy(io.Discard, e.Reader)
	if err != nil {
		k.Torn++
	}
	k.Names = append(k.Names, strings.Join(append(slices.Clone(e.Folder), e.Name), "|"))
	k.Sizes = append(k.Sizes, n)
	return nil
}

// Text is all text, rows as cells joined by a bar.
func (k *Kept) Text() string {
	var b strings.Builder
	for _, block := range k.Blocks {
		b.WriteString(Text(block))
	}
	return b.String()
}

// TextOf is the text of one part in one layer.
func (k *Kept) TextOf(place string, layer reeve.Layer) string {
	var b strings.Builder
	for _, block := range k.Blocks {
		if block.Part == place && block.Layer == layer {
			b.WriteString(Text(block))
		}
	}
	return b.String()
}

// Text is the text of a block, a row as cells joined by a bar, its header in
// brackets.
func Text(b reeve.Block) string {
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

// Check holds what every reading must obey: a status and a reason of the
// contract, blocks within their limits, clean text.
func (k *Kept) Check(tb testing.TB, name string, out reeve.Outcome) {
	tb.Helper()
	if !slices.Contains(reeve.Statuses, out.Status) || !slices.Contains(reeve.Reasons, out.Reason) || out.Reader == "" {
		tb.Errorf("%s: outcome %+v", name, out)
	}
	for _, b := range k.Blocks {
		if len(b.Text) > reeve.MaxBlockText || len(b.Rows) > reeve.MaxBlockRows || (b.Text == "") == (len(b.Rows) == 0) {
			tb.Errorf("%s: block of %d bytes and %d rows", name, len(b.Text), len(b.Rows))
		}
		if !utf8.ValidString(Text(b)) {
			tb.Errorf("%s: text that is not UTF-8", name)
		}
	}
}

// ReadFile runs a reader over a file on disk.
func ReadFile(tb testing.TB, path string, read Reader) (*Kept, reeve.Outcome) {
	tb.Helper()
	in, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		tb.Fatal(err)
	}
	k := &Kept{}
	return k, read(part.Source{Reader: in, Size: info.Size()}, part.Options{}, k)
}
