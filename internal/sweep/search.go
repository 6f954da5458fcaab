package sweep

import (
	"github.com/reeve-council/reeve"
)

// SearchQuery asks for one page of what was read that holds some words. Words
// must all be there; "words in quotes" must follow each other; a trailing *
// takes the beginning of a word; a leading - means that it must not be there.
// Case, accents and punctuation make no difference.
type SearchQuery struct {
	Scope Scope
	Text  string
	After string // Next of the page before
	Limit int    // hits, 1 to 50; 0 is 20
}

// SearchPage is one page of hits, in the order in which documents were read.
type SearchPage struct {
	Hits     []SearchHit `json:"hits"`
	Next     string      `json:"next"`     // "" on the last page
	Complete bool        `json:"complete"` // everything read is in the index
	Words    []string    `json:"words"`    // as they were looked for, folded
}

// SearchHit is a passage that holds the words.
type SearchHit struct {
	Item     int64           `json:"item"`
	Document int64           `json:"document"`
	Block    int64           `json:"block"`
	Exhibit  string          `json:"exhibit"`
	Path     string          `json:"path"`
	Type     string          `json:"type"`
	Part     string          `json:"part"`
	Snippet  reeve.Sensitive `json:"snippet"`
	Marks    [][2]int        `json:"marks"`  // byte ranges of the words in Snippet
	Row      int64           `json:"row"`    // of a table, within its block; -1 in text
	Offset   int64           `json:"offset"` // byte of the block at which Snippet begins; -1 in a table
	Copies   int64           `json:"copies"` // other items with the same bytes
	Hidden   bool            `json:"hidden"` // the document holds a sealed person: no path, no snippet
}
