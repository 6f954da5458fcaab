package sqlite

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// leastItem is the size from which a blob is an item of its own rather than a
// value.
const leastItem = 256

// Read reads every table of a database.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	f, err := openFile(src)
	if err != nil {
		return w.Finish("sqlite/1", err)
	}
	return w.Finish("sqlite/1", f.read(w))
}

func (f *file) read(w *part.Writer) error {
	for _, t := range f.schema() {
		if err := w.Page(); err != nil {
			return err
		}
		w.Begin("table "+t.name, reeve.LayerBody)
		w.BeginTable(t.columns)
		err := f.walk(t.root, 0, func(rowid int64, payload []byte) error {
			return f.row(w, &t, rowid, payload)
		})
		if err != nil {
			return err
		}
	}
	if err := f.freed(w); err != nil {
		return err
	}
	switch {
	case f.cut:
		return part.CutShort("some of its pages are not there")
	case f.broken:
		return part.Broken("some of its pages could not be followed")
	}
	return w.Err()
}

// row pushes a record of a table; large blobs become items.
func (f *file) row(w *part.Writer, t *table, rowid int64, payload []byte) error {
	values := f.record(payload)
	cells := make([]string, max(len(values), len(t.columns)))
	for i, v := range values {
		switch {
		case i == t.rowid && v.null:
			cells[i] = fmt.Sprint(rowid)
		case v.blob == nil:
			cells[i] = v.text
		case readable(v.blob):
			cells[i] = string(v.blob)
		case len(v.blob) >= leastItem:
			column := fmt.Sprint(i + 1)
			if i < len(t.columns) {
				column = t.columns[i]
			}
			name := fmt.Sprintf("%s.%s.%d", t.name, column, rowid)
			if err := w.Embed(name, bytes.NewReader(v.blob)); err != nil {
				return err
			}
		}
	}
	w.Step(1 + len(values))
	return w.Row(cells)
}

// freed pushes the rows that are left on freed pages (1.5): a deleted table's
// leaves keep their records until they are used again. Their columns are not
// known.
func (f *file) freed(w *part.Writer) error {
	deleted := &table{name: "freed", rowid: -1}
	w.Begin("freed rows", reeve.LayerDeleted)
	for trunk := f.free; trunk != 0 && f.visit(trunk); {
		b := f.page(trunk)
		if b == nil {
			break
		}
		n := min(int(binary.BigEndian.Uint32(b[4:])), f.usable/4-2)
		for i := range max(n, 0) {
			leaf := binary.BigEndian.Uint32(b[8+4*i:])
			if err := f.freedPage(w, deleted, leaf); err != nil {
				return err
			}
		}
		trunk = binary.BigEndian.Uint32(b)
	}
	return w.Err()
}

// freedPage pushes the records of one freed page. What does not parse there is
// no damage: the page was given up.
func (f *file) freedPage(w *part.Writer, t *table, n uint32) error {
	was, cut := f.broken, f.cut
	defer func() { f.broken, f.cut = was, cut }()
	if !f.visit(n) {
		return nil
	}
	b := f.page(n)
	if b == nil || b[0] != leafTable {
		return nil
	}
	return f.leaf(b, b, func(rowid int64, payload []byte) error {
		return f.row(w, t, rowid, payload)
	})
}
