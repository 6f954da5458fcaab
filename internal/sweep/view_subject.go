package sweep

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// SubjectPassage is a passage in which something of one person stands, as it is
// needed to answer that person: what is theirs, and what is somebody else's or
// nobody's in particular. Offsets are in Text, or in the cell Col of Row.
type SubjectPassage struct {
	Item     int64             `json:"item"`
	Exhibit  string            `json:"exhibit"`
	Path     reeve.Sensitive   `json:"path"` // for staff: names of folders and files can name others
	Document int64             `json:"document"`
	Type     string            `json:"type"`
	Place    string            `json:"place"`
	Layer    string            `json:"layer"`
	Tier     string            `json:"tier"`
	Text     reeve.Sensitive   `json:"text"`
	Before   bool              `json:"before"`
	After    bool              `json:"after"`
	Header   []reeve.Sensitive `json:"header"`
	Row      []reeve.Sensitive `json:"row"`
	Own      []FoundView       `json:"own"`
	Others   []FoundView       `json:"others"`
	Values   bool              `json:"values_only"` // no text is given: who else is in the document must not show
}

// subjectFindings bounds the findings of one mention that are looked at.
const subjectFindings = 5000

// Subject calls use for every passage about a person that the case holds, document
// by document, with nothing left out for length. Values of people out of scope are
// blacked out before; of a document that holds a sealed person who is not opened
// there are the person's own values alone. Unknown, sealed and other councils'
// people answer alike: reeve.NotFound.
func (c *Case) Subject(ctx context.Context, id string, s Scope, use func(SubjectPassage) error) error {
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		p, err := s.person(tx, id)
		if err != nil {
			return err
		}
		return (&subjectReader{tx: tx, scope: s, person: p.id}).all(use)
	})
	if err != nil {
		return fmt.Errorf("gather what is held of a person: %w", err)
	}
	return nil
}

// subjectReader goes through the mentions of one person.
type subjectReader struct {
	tx     *db.Tx
	scope  Scope
	person string
}

// subjectLink is one mention on the way.
type subjectLink struct {
	document, ordinal int64
	digest, kind      string
	posterior         int64
}

func (r *subjectReader) all(use func(SubjectPassage) error) error {
	links, err := db.All(r.tx, func(row db.Row) (l subjectLink, err error) {
		return l, row.Scan(&l.document, &l.ordinal, &l.posterior, &l.digest, &l.kind)
	}, `SELECT l.document, l.ordinal, l.posterior, d.digest, d.type FROM link l JOIN document d ON d.id = l.document WHERE l.person = ? ORDER BY l.document, l.ordinal`, r.person)
	if err != nil {
		return err
	}
	for i := range links {
		if err := r.link(&links[i], use); err != nil {
			return err
		}
	}
	return nil
}

func (r *subjectReader) link(l *subjectLink, use func(SubjectPassage) error) error {
	frame := SubjectPassage{Document: l.document, Type: l.kind, Tier: string(reeve.TierOf(float64(l.posterior) / 1e6))}
	var path string
	err := r.tx.One([]any{&frame.Item, &frame.Exhibit, &path},
		"SELECT i.id, e.name, i.path FROM item i JOIN exhibit e ON e.id = i.exhibit WHERE i.digest = ? ORDER BY e.name, i.path LIMIT 1", l.digest)
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return err
	}
	found, err := db.All(r.tx, r.scope.scanFound, foundSelect+" AND f.mention = ? ORDER BY f.n LIMIT ?", l.document, l.ordinal, subjectFindings)
	if err != nil {
		return err
	}
	hidden, err := r.scope.hides(r.tx, l.document)
	if err != nil {
		return err
	}
	if hidden {
		if path, err = hiddenPath(r.tx, frame.Item); err != nil {
			return err
		}
	}
	frame.Path = reeve.Private(KindPath, path)
	sortFound(found)
	for i := 0; i < len(found); {
		j := i + 1
		for j < len(found) && found[j].block == found[i].block {
			j++
		}
		if err := r.block(frame, found[i:j], hidden, use); err != nil {
			return err
		}
		i = j
	}
	return nil
}

// block gives the passages around findings that stand in one block.
func (r *subjectReader) block(frame SubjectPassage, mine []foundRow, hidden bool, use func(SubjectPassage) error) error {
	var b *reeve.Block
	err := reeve.NotFound
	if !hidden {
		b, err = blockAt(r.tx, frame.Document, mine[0].block)
	}
	if errors.Is(err, reeve.NotFound) { // hidden, or its text was destroyed
		frame.Values, frame.Place, frame.Own = true, mine[0].Place, valuesOnly(mine).Found
		return use(frame)
	}
	if err != nil {
		return err
	}
	all, err := db.All(r.tx, r.scope.scanFound, foundSelect+" AND f.block = ? ORDER BY f.n", frame.Document, mine[0].block)
	if err != nil {
		return err
	}
	blackOut(b, all)
	header, err := headerOf(r.tx, frame.Document, mine[0].block, b)
	if err != nil {
		return err
	}
	for _, p := range passagesOf(b, header, mine) {
		first := mine[slices.IndexFunc(mine, func(f foundRow) bool { return f.N == p.Found[0].N })]
		one := frame
		one.Place, one.Layer, one.Text, one.Before, one.After, one.Header, one.Row, one.Own = p.Place, p.Layer, p.Text, p.Before, p.After, p.Header, p.Row, p.Found
		one.Others = r.others(all, &p, first.First-p.Found[0].First)
		if err := use(one); err != nil {
			return err
		}
	}
	return nil
}

// others are the findings of a block that stand in a passage and are not the
// person's. start is where the passage's text begins in the block.
func (r *subjectReader) others(all []foundRow, p *Passage, start int64) (others []FoundView) {
	size := int64(p.Text.Len())
	for _, f := range all {
		if f.Person == r.person || f.Line != p.Line {
			continue
		}
		if !f.seen { // it is blacked out: neither whose it is nor its kind may show
			f.FoundView = FoundView{N: f.N, Line: f.Line, Col: f.Col, First: f.First, Last: f.Last}
		}
		if p.Line < 0 {
			if f.Last <= start || f.First >= start+size {
				continue
			}
			f.First, f.Last = max(f.First-start, 0), min(f.Last-start, size)
		}
		others = append(others, f.FoundView)
	}
	return others
}
