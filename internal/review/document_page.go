package review

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// A page of a document is what fits into pageBytes from a position on: whole
// lines of text, whole rows of tables.
const (
	pageBytes  = 24_000 // with its marks well below what a page may weigh
	pageMarks  = 150    // findings on a page
	cellCost   = 24     // bytes of markup that a cell costs
	pageBlocks = 1      // blocks asked for at a time: one of a table fills a page
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
		blocks, err := m.kase.Blocks(ctx, it.Document, at.number(), pageBlocks, s)
		if err != nil {
			return nil, err
		}
		if len(blocks) == 0 {
			return p, nil
		}
		for i := range blocks {
			b := &blocks[i]
			if p.room <= 0 || len(p.found) >= pageMarks {
				p.next = &position{b.N, begin(b)}
				return p, nil
			}
			if stop := p.add(b, &part); stop < end(b) {
				p.next = &position{b.N, stop}
				return p, nil
			}
		}
		next := blocks[len(blocks)-1].Next
		if at = positionNumbered(next); at.Block >= it.Blocks {
			return p, nil
		}
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

// add takes of a block what fits, at least a line or a row, and gives where it
// stopped.
func (p *docPage) add(b *sweep.BlockView, part *string) (stop int64) {
	s := section{Layer: layerWords(b.Layer)}
	if b.Part != *part || len(p.sections) == 0 {
		*part, s.Heading = b.Part, sentence(b.Part)
	}
	if isTable(b) {
		stop = p.addRows(b, &s)
	} else {
		stop = p.addText(b, &s)
	}
	p.sections = append(p.sections, s)
	return stop
}

func (p *docPage) addText(b *sweep.BlockView, s *section) (stop int64) {
	to := b.Text.Len()
	if to > p.room {
		if to = b.Text.LineEnd(p.room); to > 2*pageBytes {
			to = pageBytes // one endless line
		}
	}
	if most := pageMarks - len(p.found); len(b.Found) > most {
		to = min(to, max(int(b.Found[most].First), 1))
	}
	s.Text = b.Text.Slice(0, to)
	to = s.Text.Len()
	for _, f := range b.Found {
		if f.First < int64(to) {
			p.found = append(p.found, f)
		}
	}
	s.Pieces = cut(s.Text, b.Found)
	p.room -= to
	return b.From + int64(to)
}

func (p *docPage) addRows(b *sweep.BlockView, s *section) (stop int64) {
	s.Table, s.Header = true, b.Header
	row := 0
	if len(b.Rows) > 1 && slices.Equal(b.Header, b.Rows[0]) {
		row = 1 // it stands above the others already
	}
	first := row
	for ; row < len(b.Rows); row++ {
		if row > first && (p.room <= 0 || len(p.found) >= pageMarks) {
			break
		}
		line := tableRow{Number: b.First + int64(row)}
		for col, cell := range b.Rows[row] {
			here := inCell(b.Found, int64(row), int64(col))
			p.found = append(p.found, here...)
			line.Cells = append(line.Cells, cut(cell, here))
			p.room -= cell.Len() + cellCost
		}
		s.Rows = append(s.Rows, line)
	}
	s.Caption = fmt.Sprintf("Rows %s to %s", digits(b.First+int64(first)), digits(b.First+int64(row)-1))
	if b.Table > 1 {
		s.Caption = fmt.Sprintf("Table %d, rows %s to %s", b.Table, digits(b.First+int64(first)), digits(b.First+int64(row)-1))
	}
	return b.FirstRow + int64(row)
}

// positionOf is where the page begins that shows a finding with something
// before it; the beginning of the document where there is no such finding.
func (m *Room) positionOf(ctx context.Context, it *sweep.ItemView, n int64, s sweep.Scope) (position, error) {
	var at position
	near := int64(jumpBack)
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		var table bool
		if at, table, err = placeOfFinding(tx, it.Document, n); table {
			near = jumpRows
		}
		return err
	})
	switch {
	case isNotFound(err):
		return position{}, nil
	case err != nil:
		return position{}, fmt.Errorf("find finding: %w", err)
	}
	if at.Block == 0 && at.Offset < near {
		return position{}, nil // it is on the first page
	}
	b, err := m.blockBefore(ctx, it, at, s)
	if err != nil || b == nil {
		return position{}, nil // refused below, with the rest of the document
	}
	return position{at.Block, before(b, at.Offset, jumpBack)}, nil
}

// jumpBack is how many bytes stand before a finding that was jumped to, and
// jumpRows how many rows of the first table certainly stand on the first page.
const (
	jumpBack = pageBytes / 4
	jumpRows = 10
)

// blockBefore is the piece of a block that ends at or behind a position and
// begins about two pages before it; nil where the block was not kept.
func (m *Room) blockBefore(ctx context.Context, it *sweep.ItemView, at position, s sweep.Scope) (*sweep.BlockView, error) {
	from := position{at.Block, max(0, at.Offset-2*pageBytes)}
	blocks, err := m.kase.Blocks(ctx, it.Document, from.number(), 1, s)
	if err != nil || len(blocks) == 0 || blocks[0].N != at.Block {
		return nil, err
	}
	if isTable(&blocks[0]) && end(&blocks[0]) < at.Offset {
		const rows = 300
		if blocks, err = m.kase.Blocks(ctx, it.Document, position{at.Block, max(0, at.Offset-rows)}.number(), 1, s); err != nil || len(blocks) == 0 {
			return nil, err
		}
	}
	return &blocks[0], nil
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

// previousPage is the address of about a page before a position, "" if the case
// cannot tell.
func (m *Room) previousPage(r *web.Request, it *sweep.ItemView, at position, s sweep.Scope) string {
	const most = 40 // blocks that are looked at
	to, room := at, pageBytes
	for range most {
		if to.Offset == 0 {
			if to.Block == 0 || room <= 0 {
				break
			}
			to = position{to.Block - 1, math.MaxInt32}
		}
		b, err := m.endOfBlock(r.Context(), it, to, s)
		if err != nil {
			return ""
		}
		if b == nil {
			to.Offset = 0
			continue
		}
		stop := min(to.Offset, end(b))
		to.Offset = before(b, stop, room)
		room -= weight(b, to.Offset, stop)
		if room <= 0 {
			break
		}
	}
	return documentPath(it.ID) + "?at=" + to.String()
}

// endOfBlock is the piece of a block before a position, which may lie behind
// the block's end.
func (m *Room) endOfBlock(ctx context.Context, it *sweep.ItemView, at position, s sweep.Scope) (*sweep.BlockView, error) {
	if at.Offset != math.MaxInt32 {
		return m.blockBefore(ctx, it, at, s)
	}
	var last *sweep.BlockView
	for from := int(at.Block); ; {
		blocks, err := m.kase.Blocks(ctx, it.Document, from, 1, s)
		if err != nil || len(blocks) == 0 || blocks[0].N != at.Block {
			return last, err
		}
		last = &blocks[0]
		if !last.More {
			return last, nil
		}
		from = int(last.Next)
	}
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
