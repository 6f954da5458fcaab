package detect

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// Document is what one item has taught so far. It serves one goroutine. Blocks
// must come in their order; the same blocks give the same findings.
type Document struct {
	set    *Set
	ix     *lex.Index
	typ    DocumentType
	judged bool // typ was decided

	block *reeve.Block
	n     uint32
	marks []lex.Mark
	out   []reeve.Finding

	clumps  uint32
	subject human      // whom the document is about, when it says so; clump 0 if not
	author  human      // who writes, in mail and letters
	domain  string     // of the author's mail address
	self    human      // who has said "I" before a name was read
	said    reeve.Date // the date of the letter or entry
	form    form
	prose   prose
	table   table
	fixes   []Correction
}

// Open starts a document that is scanned with ix, which must have been compiled
// with the words of the set.
func (s *Set) Open(ix *lex.Index) *Document {
	return &Document{set: s, ix: ix}
}

// Type is what sort of document it seems to be, once its first text was seen.
func (d *Document) Type() DocumentType { return d.typ }

// Block gives the findings of the next block, in order of their places. n is
// the block's ordinal in the document. The result is the caller's.
func (d *Document) Block(n uint32, b *reeve.Block) []reeve.Finding {
	d.block, d.n, d.out = b, n, nil
	if b.Rows != nil {
		d.rows(b)
	} else if b.Text != "" {
		d.text(b.Text)
	}
	sortFindings(d.out)
	out := d.out
	d.block, d.out = nil, nil
	return out
}

// Close ends the document and tells which columns the rest of their tables
// refuted.
func (d *Document) Close() []Correction {
	d.endTable()
	fixes := d.fixes
	d.fixes = nil
	return fixes
}

// public reports whether what the document says is said to everybody.
func (d *Document) public() bool { return d.typ == Public || d.typ == Blank }
