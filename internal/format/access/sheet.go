package access

import (
	"bytes"
	"io"
	"unicode/utf8"
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
// that the table gave up.
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
			if flags&rowDeleted == 0 && !given || len(b) <= pointerSize || s.moved[pointer{n, i}] {
				continue
			}
			if !s.push(b) && given {
				break // the page was written over
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
	s.w.Step(1 + len(s.table.columns))
	cells := make([]string, len(s.table.columns))
	for i := range s.table.columns {
		cells[i] = s.cell(&s.table.columns[i])
	}
	if s.freed && !plausible(cells) {
		return false
	}
	s.items(cells)
	s.put(cells)
	return true
}

// plausible reports whether a row that was deleted was not written over: its
// texts hold no control characters, and some cell holds something.
func plausible(cells []string) bool {
	full := false
	for _, c := range cells {
		full = full || c != "" && c != "FALSE"
		for _, r := range c {
			if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7F || r == utf8.RuneError {
				return false
			}
		}
	}
	return full
}

// items passes on what is in the row at hand beside its cells. A system's table
// has no name, and its items are the program's own.
func (s *sheet) items(cells []string) {
	if s.files != nil {
		s.attach(cells[s.files.name])
		return
	}
	for i := range s.table.columns {
		if c := &s.table.columns[i]; c.kind == kindOLE && s.name != "" {
			s.document(c)
		}
	}
}

// cell shows the value of a column in the row at hand.
func (s *sheet) cell(c *column) string {
	if c.worked {
		return s.worked(c)
	}
	switch c.kind {
	case kindYesNo:
		return yesNo(s.record.set(c))
	case kindMemo:
		return s.memo(c)
	case kindOLE:
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
