package sweep

import (
	"github.com/reeve-council/reeve"
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
