package sweep

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// foundRow is a finding with whom it is linked to and whether they may be seen.
type foundRow struct {
	FoundView
	block int64
	seen  bool // nobody is linked, or somebody in scope
}

const foundSelect = `SELECT f.n, f.block, f.line, f.col, f.first, f.last, f.place, f.kind, f.confidence, f.held, f.value, f.norm, f.rule, f.capacity, f.signal,
	f.said, f.negated, COALESCE(m.mark, ''), COALESCE(l.person, ''), COALESCE(l.household, ''), COALESCE(p.sealed, 0), COALESCE(p.controller, ''),
	COALESCE(p.address, ''), COALESCE(p.postcode, ''), COALESCE(p.uprn, '') FROM finding f
	LEFT JOIN link l ON l.document = f.document AND l.ordinal = f.mention AND f.mention > 0
	LEFT JOIN mention m ON m.document = f.document AND m.ordinal = f.mention AND f.mention > 0
	LEFT JOIN person p ON p.id = l.person AND l.person <> '' WHERE f.document = ?`

// scanFound reads a row of foundSelect.
func (s Scope) scanFound(row db.Row) (f foundRow, err error) {
	var held, capacity, said, negated, sealed int64
	var value, norm, controller, address, postcode, uprn string
	err = row.Scan(&f.N, &f.block, &f.Line, &f.Col, &f.First, &f.Last, &f.Place, &f.Kind, &f.Confidence, &held, &value, &norm, &f.Rule, &capacity, &f.Signal,
		&said, &negated, &f.Mention, &f.Person, &f.Household, &sealed, &controller, &address, &postcode, &uprn)
	if err != nil {
		return f, err
	}
	kind := reeve.Kind(f.Kind)
	f.Category, f.Value = string(kind.Category()), reeve.Private(kind, value)
	f.Capacity, f.Said, f.Negated = reeve.Capacity(capacity).String(), dateCell(said), negated != 0
	if held != 0 {
		f.Confidence = reeve.ConfidenceA.String()
		f.Current = nowAt(kind, norm, registerAddress{uprn, address, postcode})
	}
	f.seen = f.Person == "" || s.sees(f.Person, sealed != 0, controller)
	return f, nil
}

// nowAt reports whether a value that a register holds is held now: of addresses
// registers keep those that have ended too.
func nowAt(kind reeve.Kind, norm string, home registerAddress) bool {
	switch kind {
	case reeve.KindAddress:
		return alike(kind, norm) == alike(kind, home.lines+", "+home.postcode)
	case reeve.KindPostcode:
		return alike(kind, norm) == alike(kind, home.postcode)
	case reeve.KindUPRN:
		return alike(kind, norm) == alike(kind, home.uprn)
	}
	return true
}

// blockAt reads one block of a document; reeve.NotFound where there is none.
func blockAt(tx *db.Tx, document, n int64) (*reeve.Block, error) {
	var data []byte
	if err := tx.One([]any{&data}, "SELECT data FROM content WHERE document = ? AND n = ?", document, n); err != nil {
		return nil, err
	}
	return inflateBlock(data)
}

// blackOut puts stars over the values of those who may not be seen; over the
// whole row of a table in which nobody else stands. Bytes stay as many as they
// were, so that other places hold.
func blackOut(b *reeve.Block, found []foundRow) {
	var text []byte
	others := make(map[int64]bool) // rows that also hold somebody who may be seen
	for i := range found {
		if f := &found[i]; f.seen && f.Person != "" {
			others[f.Line] = true
		}
	}
	for i := range found {
		f := &found[i]
		if f.seen {
			continue
		}
		if f.Line < 0 {
			if text == nil {
				text = []byte(b.Text)
			}
			stars(text, f.First, f.Last)
			continue
		}
		if f.Line < int64(len(b.Rows)) && !others[f.Line] {
			b.Rows[f.Line] = starRow(b.Rows[f.Line])
			continue
		}
		if f.Line < int64(len(b.Rows)) && f.Col >= 0 && f.Col < int64(len(b.Rows[f.Line])) {
			cell := []byte(b.Rows[f.Line][f.Col])
			stars(cell, f.First, f.Last)
			b.Rows[f.Line] = slices.Clone(b.Rows[f.Line])
			b.Rows[f.Line][f.Col] = string(cell)
		}
	}
	if text != nil {
		b.Text = string(text)
	}
}

func starRow(row []string) []string {
	out := make([]string, len(row))
	for i, c := range row {
		out[i] = strings.Repeat("*", len(c))
	}
	return out
}

func stars(text []byte, first, last int64) {
	for i := max(first, 0); i < min(last, int64(len(text))); i++ {
		text[i] = '*'
	}
}

// Bounds of a passage, in bytes.
const (
	passageAround = 200 // of text on each side of a finding
	passageJoin   = 300 // findings nearer than this share a passage
	passageMost   = 4000
	cellMost      = 1000
	rowMost       = 60 // cells
)

// passagesOf gives what stands around findings of one block, which are in
// order: pieces of text, or rows of the table.
func passagesOf(b *reeve.Block, header []string, found []foundRow) []Passage {
	var out []Passage
	for i := 0; i < len(found); {
		j := i + 1
		if found[i].Line >= 0 {
			for j < len(found) && found[j].Line == found[i].Line {
				j++
			}
			if p, ok := rowPassage(b, header, found[i:j]); ok {
				out = append(out, p)
			}
		} else {
			for j < len(found) && found[j].Line < 0 && found[j].First-found[j-1].Last < passageJoin && found[j].Last-found[i].First < passageMost {
				j++
			}
			out = append(out, textPassage(b, found[i:j]))
		}
		i = j
	}
	return out
}

func textPassage(b *reeve.Block, found []foundRow) Passage {
	size := int64(len(b.Text))
	last := found[0].Last
	for i := range found {
		last = max(last, found[i].Last)
	}
	from, to := cutBack(b.Text, found[0].First-passageAround), cutAhead(b.Text, last+passageAround)
	p := Passage{Block: found[0].block, Place: found[0].Place, Layer: layerName(b.Layer), Line: -1, From: blockFrom(found[0].block, lineStart(b.Text, from)),
		Before: from > 0, After: to < size, Text: reeve.Private(KindText, b.Text[from:to])}
	for _, f := range found {
		f.First, f.Last = min(max(f.First-from, 0), to-from), min(max(f.Last-from, 0), to-from)
		p.Found = append(p.Found, f.FoundView)
	}
	return p
}

func rowPassage(b *reeve.Block, header []string, found []foundRow) (Passage, bool) {
	line := found[0].Line
	if line >= int64(len(b.Rows)) {
		return Passage{}, false
	}
	p := Passage{Block: found[0].block, Place: found[0].Place, Layer: layerName(b.Layer), Line: line, From: blockFrom(found[0].block, line)}
	p.Row, p.Header = cells(b.Rows[line]), cells(header)
	p.After = len(b.Rows[line]) > rowMost
	for _, f := range found {
		if f.Col >= 0 && f.Col < int64(len(p.Row)) {
			f.Last = min(f.Last, int64(p.Row[f.Col].Len()))
			f.First = min(f.First, f.Last)
		}
		p.Found = append(p.Found, f.FoundView)
	}
	return p, true
}

// cells wraps a row, long cells and rows cut.
func cells(row []string) []reeve.Sensitive {
	out := make([]reeve.Sensitive, 0, min(len(row), rowMost))
	for _, c := range row[:min(len(row), rowMost)] {
		out = append(out, reeve.Private(KindText, c[:cutBack(c, min(cellMost, int64(len(c))))]))
	}
	return out
}

// cutBack is the start of the rune at or before a place in a text.
func cutBack(s string, at int64) int64 {
	at = min(max(at, 0), int64(len(s)))
	for at > 0 && at < int64(len(s)) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

// cutAhead is the start of the rune at or after a place in a text.
func cutAhead(s string, at int64) int64 {
	at = min(max(at, 0), int64(len(s)))
	for at < int64(len(s)) && !utf8.RuneStart(s[at]) {
		at++
	}
	return at
}

// lineStart is the start of the line in which a place stands, not farther back
// than a screen.
func lineStart(s string, at int64) int64 {
	for i := at; i > 0 && at-i < 2000; i-- {
		if s[i-1] == '\n' {
			return i
		}
	}
	return cutBack(s, max(at-2000, 0))
}

var layerNames = [...]string{"body", "header", "comment", "hidden", "deleted", "cache", "metadata", "form", "ocr"}

func layerName(l reeve.Layer) string {
	if int(l) < len(layerNames) {
		return layerNames[l]
	}
	return layerNames[0]
}

// headerOf is the header of the table in which a block's rows stand: its own, or
// the first row of the table, which may be some blocks before.
func headerOf(tx *db.Tx, document, n int64, b *reeve.Block) ([]string, error) {
	if len(b.Header) > 0 || len(b.Rows) == 0 {
		return b.Header, nil
	}
	if b.First <= 1 {
		return b.Rows[0], nil
	}
	before := n - int64((b.First-2+reeve.MaxBlockRows)/reeve.MaxBlockRows)
	first, err := blockAt(tx, document, before)
	switch {
	case errors.Is(err, reeve.NotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case first.Table != b.Table || first.First > 1 || len(first.Rows) == 0:
		return nil, nil
	}
	return first.Rows[0], nil
}

// sortFound orders findings as they stand in their document.
func sortFound(found []foundRow) {
	slices.SortFunc(found, func(a, b foundRow) int {
		return cmp.Or(cmp.Compare(a.block, b.block), cmp.Compare(a.Line, b.Line), cmp.Compare(a.First*sign(a.Line), b.First*sign(b.Line)), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.N, b.N))
	})
}

// sign is 1 for running text, where only the offset orders, and 0 in a table,
// where the column does first.
func sign(line int64) int64 {
	if line < 0 {
		return 1
	}
	return 0
}
