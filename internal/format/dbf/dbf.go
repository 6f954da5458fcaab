package dbf

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

const reader = "dbf/1"

// chunk is how many bytes of records are read at a time, at least one record.
const chunk = 256 << 10

// Read reads the rows of a table.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	t, err := open(src)
	if err != nil {
		return w.Finish(reader, err)
	}
	return w.Finish(reader, t.read(w))
}

func (t *table) read(w *part.Writer) error {
	text := &letters{page: t.page}
	memos, n := 0, int64(0)
	w.BeginTable(t.columns(text))
	records := max(1, chunk/t.size)
	for w.Err() == nil {
		b := t.src.At(t.start+n*int64(t.size), records*t.size)
		if len(b) < t.size {
			return t.end(n, b, memos, w)
		}
		b = b[:len(b)/t.size*t.size]
		text.sample(t, b)
		for ; len(b) > 0; b = b[t.size:] {
			if n >= t.rows && !marked(b[0]) {
				return t.end(n, b, memos, w)
			}
			memos += t.row(w, n, b[:t.size], text)
			n++
		}
	}
	return w.Err()
}

// marked reports whether a record begins with one of its two marks.
func marked(b byte) bool { return b == ' ' || b == '*' }

// columns are the names of the fields that people see.
func (t *table) columns(text *letters) (names []string) {
	for i := range t.fields {
		if f := &t.fields[i]; !f.invisible && f.kind != '0' {
			names = append(names, text.decode([]byte(f.name)))
		}
	}
	return names
}

// row pushes a record, in layer deleted when it is marked so or lies behind the
// last one that the header counts, and tells how many of its values are in the
// memo file.
func (t *table) row(w *part.Writer, n int64, b []byte, text *letters) (memos int) {
	layer := reeve.LayerBody
	if b[0] == '*' || n >= t.rows && t.rows > 0 {
		layer = reeve.LayerDeleted
	}
	w.Shade(layer)
	flags := t.nulls(b)
	cells := make([]string, 0, len(t.fields))
	for i := range t.fields {
		f := &t.fields[i]
		if f.invisible || f.kind == '0' {
			continue
		}
		value := f.bytes(b, flags)
		if len(value) == 0 {
			cells = append(cells, "")
			continue
		}
		shown, memo := f.value(value, text.decode)
		if memo {
			memos++
		}
		cells = append(cells, shown)
	}
	w.Step(1 + len(cells))
	w.Row(cells)
	return memos
}

// bytes are those of a field in a record; none where it is null or the record
// is too short for it.
func (f *field) bytes(record, flags []byte) []byte {
	if f.length == 0 || f.offset+f.length > len(record) || bit(flags, f.null) {
		return nil
	}
	b := record[f.offset : f.offset+f.length]
	if bit(flags, f.variable) {
		b = b[:min(int(b[len(b)-1]), len(b)-1)]
	}
	return b
}

func (t *table) nulls(record []byte) []byte {
	if t.flags == nil {
		return nil
	}
	return (&field{offset: t.flags.offset, length: t.flags.length, null: -1, variable: -1}).bytes(record, nil)
}

func bit(b []byte, n int) bool { return n >= 0 && n/8 < len(b) && b[n/8]>>(n%8)&1 != 0 }

// end says how the table ended: rest is what lies behind the n-th record.
func (t *table) end(n int64, rest []byte, memos int, w *part.Writer) error {
	switch {
	case w.Err() != nil:
		return w.Err()
	case n < t.rows && (len(rest) == 0 || rest[0] != 0x1A):
		return part.CutShort("records that its header counts are not there")
	case memos > 0:
		return &part.Fault{Status: reeve.StatusPartlyRead, Reason: reeve.ReasonSomePages,
			Detail: "its memos are in a file of their own, which is read apart"}
	}
	return nil
}
