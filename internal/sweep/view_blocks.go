package sweep

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// BlockView is one block of a document as it was read, with what was found in
// it. Text or Rows is set. A block too long for one page comes in pieces with
// the same N: From and FirstRow say where each begins.
type BlockView struct {
	N        int64               `json:"n"` // ordinal in the document, from 0
	Part     string              `json:"part"`
	Layer    string              `json:"layer"`
	Text     reeve.Sensitive     `json:"text"`
	From     int64               `json:"from"` // byte of the block at which Text begins
	Rows     [][]reeve.Sensitive `json:"rows"`
	Header   []reeve.Sensitive   `json:"header"`
	First    int64               `json:"first"`     // 1-based number, within the table, of Rows[0]
	FirstRow int64               `json:"first_row"` // row of the block at which Rows begins, from 0
	Table    int64               `json:"table"`
	Line     int64               `json:"line"`  // 1-based number of the first line of Text in its part
	More     bool                `json:"more"`  // the block goes on after what is shown here
	Next     int64               `json:"next"`  // for Blocks: what follows this block or piece
	Found    []FoundView         `json:"found"` // offsets are in Text, or in the cell

	until int64 // byte or row before which it ends
}

// HeaderLine is one field of a mail's header.
type HeaderLine struct {
	Name  string          `json:"name"`
	Value reeve.Sensitive `json:"value"`
}

// Bounds of one answer of Blocks.
const (
	blocksBytes = 200_000
	blocksMost  = 100
)

// blockFrom is where Blocks begins: an ordinal, and a byte of its text or a row
// of its table.
func blockFrom(n, at int64) int64 { return n | at<<32 }

// Blocks gives blocks of a document from one ordinal on, or from where a
// BlockView's Next, a passage or a hit says; at most limit of them (0: 100) and
// about 200 kB. A document that holds a sealed person who is not opened answers
// reeve.Denied. What was found of people out of scope is left out, and blacked
// out of the text.
func (c *Case) Blocks(ctx context.Context, document int64, from, limit int, s Scope) ([]BlockView, error) {
	out := []BlockView{}
	n, at := int64(from)&math.MaxUint32, int64(from)>>32
	if from < 0 {
		return nil, fmt.Errorf("show document: %w", reeve.Invalid)
	}
	limit = between(limit, blocksMost, blocksMost)
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		if err := readableStill(tx); err != nil {
			return err
		}
		var count int64
		err := tx.One([]any{&count}, "SELECT blocks FROM document WHERE id = ?", document)
		if errors.Is(err, reeve.NotFound) {
			return errNoItem
		}
		if err != nil {
			return err
		}
		if err := s.readable(tx, document); err != nil {
			return err
		}
		room := blocksBytes
		for ; n < count && len(out) < limit && room > 0; n++ {
			v, err := s.block(tx, document, n, at, &room)
			if errors.Is(err, reeve.NotFound) {
				continue // a block that a stopped run did not keep
			}
			if err != nil {
				return err
			}
			out = append(out, v)
			at = 0
			if v.More {
				break
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("show document: %w", err)
	}
	return out, nil
}

// block shows as much of one block as there is room for, from a byte or a row.
func (s Scope) block(tx *db.Tx, document, n, at int64, room *int) (BlockView, error) {
	b, err := blockAt(tx, document, n)
	if err != nil {
		return BlockView{}, err
	}
	v := BlockView{N: n, Part: b.Part, Layer: layerName(b.Layer), Table: int64(b.Table), Next: n + 1}
	v.cut(b, at, room)
	found, err := db.All(tx, s.scanFound, foundSelect+" AND f.block = ?"+v.within(b), append([]any{document, n}, v.bounds(b)...)...)
	if err != nil {
		return v, err
	}
	blackOut(b, found)
	sortFound(found)
	if len(b.Rows) == 0 {
		v.Text = reeve.Private(KindText, b.Text[v.From:v.until])
		v.Line = int64(max(b.Line, 1) + strings.Count(b.Text[:v.From], "\n"))
	} else {
		header, err := headerOf(tx, document, n, b)
		if err != nil {
			return v, err
		}
		v.Header, v.First = cells(header), int64(max(b.First, 1))+v.FirstRow
		for _, row := range b.Rows[v.FirstRow:v.until] {
			v.Rows = append(v.Rows, allCells(row))
		}
	}
	for i := range found {
		if f := found[i]; f.seen {
			f.First, f.Last, f.Line = f.First-v.From, f.Last-v.From, f.Line-v.FirstRow
			if len(b.Rows) == 0 {
				f.Line = -1
				f.First, f.Last = max(f.First, 0), min(f.Last, v.until-v.From)
			}
			v.Found = append(v.Found, f.FoundView)
		}
	}
	return v, nil
}

// cut decides which bytes or rows of a block are shown.
func (v *BlockView) cut(b *reeve.Block, at int64, room *int) {
	if len(b.Rows) == 0 {
		size := int64(len(b.Text))
		v.From = cutBack(b.Text, min(at, size))
		v.until = size
		if most := v.From + int64(max(*room, 4096)); most < size {
			v.until = lineStart(b.Text, cutBack(b.Text, most))
			if v.until <= v.From {
				v.until = cutAhead(b.Text, most)
			}
			v.More, v.Next = true, blockFrom(v.N, v.until)
		}
		*room -= int(v.until - v.From)
		return
	}
	rows := int64(len(b.Rows))
	v.FirstRow = min(at, rows)
	for v.until = v.FirstRow; v.until < rows && (*room > 0 || v.until == v.FirstRow); v.until++ {
		for _, c := range b.Rows[v.until] {
			*room -= len(c) + cellCost
		}
	}
	if v.until < rows {
		v.More, v.Next = true, blockFrom(v.N, v.until)
	}
}

// cellCost is what a cell costs a page beside its text.
const cellCost = 8

// within and bounds ask for the findings of what is shown alone.
func (v *BlockView) within(b *reeve.Block) string {
	if len(b.Rows) == 0 {
		return " AND f.last > ? AND f.first < ?"
	}
	return " AND f.line >= ? AND f.line < ?"
}

func (v *BlockView) bounds(b *reeve.Block) []any {
	if len(b.Rows) == 0 {
		return []any{v.From, v.until}
	}
	return []any{v.FirstRow, v.until}
}

func allCells(row []string) []reeve.Sensitive {
	out := make([]reeve.Sensitive, len(row))
	for i, c := range row {
		out[i] = reeve.Private(KindText, c)
	}
	return out
}
