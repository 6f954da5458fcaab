package review

import (
	"context"
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// A page of a document is what fits into pageBytes from a position on: whole
// lines of text, whole rows of tables.
const (
	pageBytes = 32_000 // with its marks well below what a page may weigh
	pageMarks = 200    // findings on a page
	cellCost  = 24     // bytes of markup that a cell costs
)

// section is a stretch of one block: running text, or rows of a table.
type section struct {
	Heading string            `json:"part"` // where the part of the document changes
	Layer   string            `json:"layer"`
	Text    reeve.Sensitive   `json:"text"`
	Table   bool              `json:"table"`
	Caption string            `json:"caption"`
	Header  []reeve.Sensitive `json:"header"`
	Rows    []tableRow        `json:"rows"`
	Pieces  []piece           `json:"-"`
}

// tableRow is a row with its number in the table, from 1.
type tableRow struct {
	Number int64     `json:"number"`
	Cells  [][]piece `json:"cells"`
}

// docPage is a page of a document.
type docPage struct {
	sections []section
	found    []sweep.FoundView
	next     *position // nil at the end
	room     int
}

// pieces are all pieces of the page in reading order.
func (p *docPage) pieces() [][]piece {
	var all [][]piece
	for i := range p.sections {
		s := &p.sections[i]
		all = append(all, s.Pieces)
		for j := range s.Rows {
			all = append(all, s.Rows[j].Cells...)
		}
	}
	return all
}

// readPage reads a page from a position on.
func (m *Room) readPage(ctx context.Context, it *sweep.ItemView, at position, s sweep.Scope) (*docPage, error) {
	p := &docPage{room: pageBytes}
	part := ""
	for {
		blocks, err := m.kase.Blocks(ctx, it.Document, int(at.Block), 0, s)
		if err != nil {
			return nil, err
		}
		if len(blocks) == 0 {
			return p, nil
		}
		for i := range blocks {
			b := &blocks[i]
			if b.N == at.Block && end(b) <= at.Offset && at.Offset > 0 {
				continue
			}
			start := begin(b)
			if b.N == at.Block {
				start = max(start, at.Offset)
			}
			if p.room <= 0 || len(p.found) >= pageMarks {
				p.next = &position{b.N, start}
				return p, nil
			}
			stop := p.add(b, start, &part)
			if stop < end(b) {
				p.next = &position{b.N, stop}
				return p, nil
			}
		}
		last := &blocks[len(blocks)-1]
		next := position{Block: last.N + 1}
		if last.More {
			next = position{last.N, end(last)}
		}
		if next.Block >= it.Blocks || next == at {
			return p, nil
		}
		at = next
	}
}

// begin and end are where the piece of a block that a view holds lies in the
// block: bytes of text or rows of a table.
func begin(b *sweep.BlockView) int64 {
	if isTable(b) {
		return b.FirstRow
	}
	return b.From
}

func end(b *sweep.BlockView) int64 {
	if isTable(b) {
		return b.FirstRow + int64(len(b.Rows))
	}
	return b.From + int64(b.Text.Len())
}

func isTable(b *sweep.BlockView) bool { return len(b.Rows) > 0 || b.Table > 0 }

// add takes of a block what fits from start on, at least a line or a row, and
// gives where it stopped.
func (p *docPage) add(b *sweep.BlockView, start int64, part *string) (stop int64) {
	s := section{Layer: layerWords(b.Layer)}
	if b.Part != *part || len(p.sections) == 0 {
		*part, s.Heading = b.Part, sentence(b.Part)
	}
	if isTable(b) {
		stop = p.addRows(b, start, &s)
	} else {
		stop = p.addText(b, start, &s)
	}
	p.sections = append(p.sections, s)
	return stop
}

func (p *docPage) addText(b *sweep.BlockView, start int64, s *section) (stop int64) {
	from := int(start - b.From)
	to := b.Text.Len()
	if to-from > p.room {
		to = b.Text.LineEnd(from + p.room)
		if to > from+2*pageBytes {
			to = from + pageBytes // one endless line
		}
	}
	var found []sweep.FoundView
	for _, f := range b.Found {
		if f.First < int64(to) && f.Last > int64(from) {
			if len(p.found) == pageMarks && f.First > int64(from) {
				to = int(f.First)
				break
			}
			p.found = append(p.found, f)
			f.First, f.Last = f.First-int64(from), f.Last-int64(from)
			found = append(found, f)
		}
	}
	s.Text = b.Text.Slice(from, to)
	s.Pieces = cut(s.Text, found)
	p.room -= to - from
	return b.From + int64(to)
}

func (p *docPage) addRows(b *sweep.BlockView, start int64, s *section) (stop int64) {
	s.Table, s.Header = true, b.Header
	row := start - b.FirstRow
	first := row
	for ; row < int64(len(b.Rows)); row++ {
		if row > first && (p.room <= 0 || len(p.found) >= pageMarks) {
			break
		}
		line := tableRow{Number: b.First + row}
		for col, cell := range b.Rows[row] {
			here := inCell(b.Found, b.FirstRow+row, int64(col))
			p.found = append(p.found, here...)
			line.Cells = append(line.Cells, cut(cell, here))
			p.room -= cell.Len() + cellCost
		}
		s.Rows = append(s.Rows, line)
	}
	s.Caption = fmt.Sprintf("Rows %s to %s", digits(b.First+first), digits(b.First+row-1))
	if b.Table > 1 {
		s.Caption = "Table " + digits(b.Table) + ", rows " + digits(b.First+first) + " to " + digits(b.First+row-1)
	}
	return b.FirstRow + row
}

// positionOf is where the page begins that shows a finding with something
// before it; the beginning of the document where there is no such finding.
func (m *Room) positionOf(ctx context.Context, it *sweep.ItemView, n int64, s sweep.Scope) (position, error) {
	var at position
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		at, err = placeOfFinding(tx, it.Document, n)
		return err
	})
	switch {
	case isNotFound(err):
		return position{}, nil
	case err != nil:
		return position{}, fmt.Errorf("find finding: %w", err)
	}
	blocks, err := m.kase.Blocks(ctx, it.Document, int(at.Block), 1, s)
	if err != nil || len(blocks) == 0 {
		return position{}, nil // refused below, with the rest of the document
	}
	for i := range blocks {
		if b := &blocks[i]; b.N == at.Block && begin(b) <= at.Offset && at.Offset < end(b) {
			return position{at.Block, before(b, at.Offset, pageBytes/4)}, nil
		}
	}
	return at, nil
}

// before is a place in a block that lies some bytes before another: where a
// line or a row begins.
func before(b *sweep.BlockView, offset int64, bytes int) int64 {
	if !isTable(b) {
		from := int(offset-b.From) - bytes
		if from <= 0 {
			return b.From
		}
		if line := b.Text.LineEnd(from); line <= int(offset-b.From) {
			return b.From + int64(line)
		}
		return b.From + int64(from)
	}
	row := offset - b.FirstRow
	for ; row > 0 && bytes > 0; row-- {
		for _, cell := range b.Rows[min(row, int64(len(b.Rows)))-1] {
			bytes -= cell.Len() + cellCost
		}
	}
	return b.FirstRow + row
}

// previousPage is the address of about a page before a position, "" if there is
// none.
func (m *Room) previousPage(r *web.Request, it *sweep.ItemView, at position, s sweep.Scope) string {
	const back = 16 // blocks
	first := max(0, at.Block-back)
	blocks, err := m.kase.Blocks(r.Context(), it.Document, int(first), int(at.Block-first+1), s)
	if err != nil {
		return ""
	}
	to := position{}
	room := pageBytes
	for i := len(blocks) - 1; i >= 0 && room > 0; i-- {
		b := &blocks[i]
		if b.N > at.Block || b.N == at.Block && begin(b) >= at.Offset {
			continue
		}
		stop := end(b)
		if b.N == at.Block {
			stop = min(stop, at.Offset)
		}
		to = position{b.N, before(b, stop, room)}
		room -= weight(b, to.Offset, stop)
	}
	if to == (position{}) && first > 0 {
		to = position{Block: first}
	}
	return documentPath(it.ID) + "?at=" + to.String()
}

// weight is how many bytes of a page a stretch of a block takes.
func weight(b *sweep.BlockView, from, to int64) (bytes int) {
	if !isTable(b) {
		return int(to - from)
	}
	for row := from - b.FirstRow; row < to-b.FirstRow && row < int64(len(b.Rows)); row++ {
		for _, cell := range b.Rows[row] {
			bytes += cell.Len() + cellCost
		}
	}
	return bytes
}

// itemTitle names an item where a path must not stand.
func itemTitle(item int64) string { return "Item " + strconv.FormatInt(item, 10) }
