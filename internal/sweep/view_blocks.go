package sweep

import (
	"github.com/reeve-council/reeve"
)

// BlockView is one block of a document as it was read, with what was found in
// it. Text or Rows is set. A table too long for one page of blocks comes in
// pieces with the same N: FirstRow says where each begins.
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
