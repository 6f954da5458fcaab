package access

import (
	"bytes"
	"io"
)

// Bounds: how many rows of a table are remembered as moved (beyond it, what was
// deleted is not looked for), and how often a row may have moved.
const (
	maxMoved = 1 << 17
	maxHops  = 8
)

// sheet decodes the rows of one table.
type sheet struct {
	*file
	table  *table
	name   string               // of the items in it; none are passed on where it has no name
	put    func(cells []string) // takes a row
	files  *attachments         // where the table holds attachments
	used   pageSet              // pages in use; nil: all
	moved  map[pointer]bool     // where moved rows are now
	record record
	freed  bool // rows at hand are deleted ones
	count  int  // rows so far
}

// sheet prepares the rows of a table to be pushed.
func (f *file) sheet(t *table, name string) *sheet {
	s := &sheet{file: f, table: t, name: name, files: t.attachments(), moved: map[pointer]bool{}}
	s.put = func(cells []string) { f.w.Row(cells) }
	return s
}

// live gives out the rows in use on a table's pages, and returns the pages that
// hold others.
func (s *sheet) live(pages []uint32) (gone []uint32) {
	s.used = s.inUse(s.table, pages)
	var page []byte
	for _, n := range pages {
		if s.used != nil && !s.used.has(n) {
			gone = append(gone, n)
			continue
		}
		if page = append(page[:0], s.page(n)...); len(page) == 0 || s.w.Err() != nil {
			continue
		}
		if s.pageRows(page) {
			gone = append(gone, n)
		}
	}
	return gone
}

// pageRows gives out the rows in use of a page, and reports whether it holds
// rows that are marked as deleted.
func (s *sheet) pageRows(page []byte) (others bool) {
	for i := range s.rowCount(page) {
		b, flags := s.row(page, i)
		switch {
		case flags&rowDeleted != 0:
			others = true
			continue
		case flags&rowMoved != 0:
			b = s.arrive(b)
		}
		if !s.push(b) {
			s.broken = true
		}
	}
	return others
}

// arrive gives a copy of a row that has moved. Where it is now it is marked as
// deleted, so that it is not counted twice.
func (s *sheet) arrive(b []byte) []byte {
	for hops := 0; hops < maxHops && len(b) >= pointerSize; hops++ {
		p := pointerOf(b)
		if len(s.moved) < maxMoved {
			s.moved[p] = true
		}
		far, flags := s.follow(p)
		if flags&rowMoved == 0 {
			return bytes.Clone(far)
		}
		b = far
	}
	return nil
}

// deleted gives out what was deleted: rows marked so, and all rows of pages
// that the table gave up. What does not parse was written over.
func (s *sheet) deleted(pages []uint32) {
	s.freed = true
	var page []byte
	for _, n := range pages {
		page = append(page[:0], s.page(n)...)
		if len(page) == 0 || s.w.Err() != nil {
			continue
		}
		given := s.used != nil && !s.used.has(n)
		for i := range s.rowCount(page) {
			b, flags := s.row(page, i)
			if (flags == rowDeleted || flags == 0 && given) && !s.moved[pointer{n, i}] {
				s.push(b)
			}
		}
	}
}

// push decodes a row and gives it out; false when it could not be decoded.
func (s *sheet) push(b []byte) bool {
	if !s.crack(s.table, b, &s.record) {
		return false
	}
	s.count++
	cells := make([]string, len(s.table.columns))
	for i := range s.table.columns {
		cells[i] = s.cell(&s.table.columns[i])
	}
	if s.files != nil {
		s.attach(cells[s.files.name])
	}
	s.w.Step(1 + len(cells))
	s.put(cells)
	return true
}

// cell shows the value of a column in the row at hand.
func (s *sheet) cell(c *column) string {
	switch c.kind {
	case kindYesNo:
		if s.record.set(c) {
			return "TRUE"
		}
		return "FALSE"
	case kindMemo:
		return s.memo(c)
	case kindOLE:
		if s.files == nil && s.name != "" {
			s.document(c)
		}
		return ""
	}
	return s.value(c, s.record.bytes(c))
}

// memo shows a memo of the row at hand.
func (s *sheet) memo(c *column) string {
	v := s.longOf(c)
	b, _ := io.ReadAll(io.LimitReader(v, maxMemo))
	s.broken = s.broken || v.lost
	return plainMemo(s.string(b))
}

func (s *sheet) longOf(c *column) *long { return s.long(s.record.bytes(c), s.freed) }
