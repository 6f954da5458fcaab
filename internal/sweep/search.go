package sweep

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
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
	From     int64           `json:"from"`   // for Blocks: shows the document from here
	Copies   int64           `json:"copies"` // other items with the same bytes
	Hidden   bool            `json:"hidden"` // the document holds a sealed person: no path, no snippet
}

var errNoWords = reeve.WithHint(fmt.Errorf("search for nothing: %w", reeve.Invalid), "Give one or more words; a word that must not be there needs another that must.")

// terms reads what is looked for.
func (q *SearchQuery) terms() ([]db.TextTerm, []string, error) {
	var terms []db.TextTerm
	var shown []string
	asked := false
	for rest := strings.TrimSpace(q.Text); rest != "" && len(terms) < termsMost; rest = strings.TrimSpace(rest) {
		var t db.TextTerm
		if rest[0] == '-' && len(rest) > 1 {
			t.Not, rest = true, rest[1:]
		}
		var piece string
		if rest[0] == '"' {
			piece, rest, _ = strings.Cut(rest[1:], `"`)
		} else if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
			piece, rest = rest[:i], rest[i:]
		} else {
			piece, rest = rest, ""
		}
		if cut, ok := strings.CutSuffix(piece, "*"); ok {
			piece, t.Prefix = cut, true
		}
		if t.Words = indexWords(piece); len(t.Words) == 0 || len(t.Words) > termsMost {
			continue
		}
		terms = append(terms, t)
		if !t.Not {
			asked = true
			shown = append(shown, t.Words...)
		}
	}
	if !asked {
		return nil, nil, errNoWords
	}
	return terms, shown, nil
}

const (
	termsMost    = 16
	searchRounds = 8 // groups of matches looked at for one page
)

// Search looks for words in what was read. Of a document that holds a sealed
// person who is not opened a hit tells neither path nor text, and there is none
// for a passage in which that person was found, nor for the words by which they
// are known: a search never shows that somebody sealed is in the case.
func (c *Case) Search(ctx context.Context, q SearchQuery) (SearchPage, error) {
	page := SearchPage{Hits: []SearchHit{}}
	terms, words, err := q.terms()
	if err != nil {
		return page, err
	}
	page.Words = words
	after, limit := int64(0), between(q.Limit, 20, 50)
	if q.After != "" {
		if after, err = strconv.ParseInt(q.After, 10, 64); err != nil {
			return page, fmt.Errorf("go on with the search: %w", reeve.Invalid)
		}
	}
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		if err := readableStill(tx); err != nil {
			return err
		}
		var left int
		err := tx.One([]any{&left}, `SELECT CASE WHEN EXISTS (SELECT 1 FROM document d LEFT JOIN passage_done s ON s.document = d.id
			WHERE d.blocks > 0 AND d.id > COALESCE((SELECT MAX(document) FROM passage_done), 0)) THEN 1 ELSE 0 END`)
		if err != nil {
			return err
		}
		page.Complete = left == 0
		s := &searcher{tx: tx, scope: q.Scope, terms: terms, sealed: make(map[int64][]string)}
		for range searchRounds {
			ids, err := tx.MatchText(passageIndex, terms, after, limit+1)
			if err != nil {
				return err
			}
			for _, id := range ids {
				if len(page.Hits) == limit {
					page.Next = strconv.FormatInt(after, 10)
					return nil
				}
				after = id
				hit, ok, err := s.hit(id)
				if err != nil {
					return err
				}
				if ok {
					page.Hits = append(page.Hits, hit)
				}
			}
			if len(ids) <= limit {
				return nil
			}
		}
		page.Next = strconv.FormatInt(after, 10)
		return nil
	})
	if err != nil {
		return page, fmt.Errorf("search: %w", err)
	}
	return page, nil
}

// searcher turns matches into hits.
type searcher struct {
	tx     *db.Tx
	scope  Scope
	terms  []db.TextTerm
	sealed map[int64][]string // document → the words of its sealed people who are not opened; none where it has none
}

// hit makes a hit of a passage; false where nothing of it may be told.
func (s *searcher) hit(id int64) (SearchHit, bool, error) {
	var h SearchHit
	var first, last int64
	err := s.tx.One([]any{&h.Document, &h.Block, &first, &last, &h.Item, &h.Exhibit, &h.Path, &h.Type}, `SELECT g.document, g.block, g.first, g.last, i.id, e.name, i.path, d.type
		FROM passage g JOIN document d ON d.id = g.document JOIN item i ON i.digest = d.digest JOIN exhibit e ON e.id = i.exhibit
		WHERE g.id = ? ORDER BY e.name, i.path LIMIT 1`, id)
	if errors.Is(err, reeve.NotFound) {
		return h, false, nil // of a document that no item holds any more
	}
	if err != nil {
		return h, false, err
	}
	ok, err := s.scope.seesItem(s.tx, h.Document, itemPath{h.Exhibit, h.Path})
	if !ok || err != nil {
		return h, false, err
	}
	if err := s.tx.One([]any{&h.Copies}, "SELECT COUNT(*) - 1 FROM item i JOIN document d ON d.digest = i.digest WHERE d.id = ?", h.Document); err != nil {
		return h, false, err
	}
	names, err := s.sealedWords(h.Document)
	if err != nil {
		return h, false, err
	}
	h.Row, h.Offset = -1, -1
	if names != nil {
		return s.hiddenHit(h, names, first, last)
	}
	return h, true, s.snippet(&h, first, last)
}

// hiddenHit is a hit in a document that holds a sealed person.
func (s *searcher) hiddenHit(h SearchHit, names []string, first, last int64) (SearchHit, bool, error) {
	for _, t := range s.terms {
		for i, w := range t.Words {
			known := func(n string) bool { return n == w || t.Prefix && i == len(t.Words)-1 && strings.HasPrefix(n, w) }
			if !t.Not && slices.ContainsFunc(names, known) {
				return h, false, nil
			}
		}
	}
	var found int64
	err := s.tx.One([]any{&found}, `SELECT COUNT(*) FROM finding f JOIN link l ON l.document = f.document AND l.ordinal = f.mention
		JOIN sealed_document s ON s.document = l.document AND s.person = l.person WHERE f.document = ? AND f.block = ?
		AND (f.line < 0 AND f.last > ? AND f.first < ? OR f.line >= ? AND f.line < ?)`+s.notOpened(), append([]any{h.Document, h.Block, first - passageAround, last + passageAround, first, last}, s.opened()...)...)
	if err != nil || found > 0 {
		return h, false, err
	}
	h.Hidden = true
	h.Path, err = hiddenPath(s.tx, h.Item)
	return h, true, err
}

func (s *searcher) notOpened() string {
	if len(s.scope.Opened) == 0 {
		return ""
	}
	return " AND s.person NOT IN (" + marks(len(s.scope.Opened)) + ")"
}

func (s *searcher) opened() []any {
	var args []any
	for _, id := range s.scope.Opened {
		args = append(args, id)
	}
	return args
}

// sealedWords are the words by which the sealed people of a document are known,
// nil where it holds none who is not opened.
func (s *searcher) sealedWords(document int64) ([]string, error) {
	if words, ok := s.sealed[document]; ok {
		return words, nil
	}
	var words []string
	err := s.tx.Each(func(row db.Row) error {
		var name, word string
		err := row.Scan(&name, &word)
		words = append(words, word)
		words = append(words, strings.Fields(lex.Fold(name))...)
		return err
	}, `SELECT p.name, COALESCE(w.word, '') FROM sealed_document s JOIN person p ON p.id = s.person LEFT JOIN person_word w ON w.person = s.person
		WHERE s.document = ?`+s.notOpened(), append([]any{document}, s.opened()...)...)
	if err != nil {
		return nil, err
	}
	if words == nil {
		s.sealed[document] = nil
		return nil, nil
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	slices.Sort(words)
	s.sealed[document] = append([]string{}, slices.Compact(words)...)
	return s.sealed[document], nil
}
