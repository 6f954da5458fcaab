package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
)

// Bounds on what one answer about a person shows; the rest is counted.
const (
	linksShown    = 25
	findingsShown = 60 // of one link
	itemsShown    = 50
	scanShown     = 16 << 20 // bytes of text unpacked for one answer
)

// personReader gathers what is to be known of one person.
type personReader struct {
	tx     *db.Tx
	scope  Scope
	params *linkage.Params
	person personRow
	blocks map[[2]int64]*reeve.Block
	room   int // bytes of text that may still be unpacked
}

// Person gives everything about one person. An id that is unknown, one that is
// sealed and not opened, and one of another council answer alike:
// reeve.NotFound.
func (c *Case) Person(ctx context.Context, id string, s Scope) (*PersonView, error) {
	params, err := c.params(ctx)
	if err != nil {
		return nil, err
	}
	var out *PersonView
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		p, err := s.person(tx, id)
		if err != nil {
			return err
		}
		r := &personReader{tx: tx, scope: s, params: params, person: p, blocks: make(map[[2]int64]*reeve.Block), room: scanShown}
		out, err = r.view(id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("show person: %w", err)
	}
	return out, nil
}

// person finds somebody who may be seen, following redirects.
func (s Scope) person(tx *db.Tx, id string) (personRow, error) {
	p, err := personOf(tx, id, true)
	if err == nil && !s.sees(p.id, p.sealed, p.controller) {
		return personRow{}, errNobody
	}
	return p, err
}

func (r *personReader) view(asked string) (*PersonView, error) {
	p := &r.person
	v := &PersonView{PersonLine: lineOf(p), UPRN: reeve.Private(reeve.KindUPRN, p.uprn), Address: reeve.Private(reeve.KindAddress, p.address),
		Reasons: strings.Split(p.reasons, "\n"), Sources: signalSources(p.reasons), Contact: contactBasis(p)}
	if p.id != asked {
		v.Asked = asked
	}
	pairs, err := p.registerPairs()
	if err != nil {
		return nil, fmt.Errorf("read registers of a person: %w", reeve.Invalid)
	}
	for _, pair := range pairs {
		v.Registers = append(v.Registers, RegisterRef{pair[0], reeve.Private(reeve.KindLocalRef, pair[1])})
	}
	for _, part := range []func(*PersonView) error{r.number, r.ages, r.links, r.incomplete, r.home, r.decisions} {
		if err := part(v); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// number is the person's place among those who may be seen. A visitor of some
// councils gets none: it would count the people of others.
func (r *personReader) number(v *PersonView) error {
	if r.scope.Councils != nil {
		return nil
	}
	query := "SELECT COUNT(*) FROM person p WHERE p.place <= ?"
	args := []any{r.person.place}
	if !r.person.sealed {
		var where strings.Builder
		r.scope.sealed(&where, &args)
		query += where.String()
	}
	return r.tx.One([]any{&v.Number}, query, args...)
}

func (r *personReader) ages(v *PersonView) error {
	err := r.tx.One([]any{&v.AsOf}, "SELECT value FROM setting WHERE name = ?", settingAsOf)
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return err
	}
	born, err := reeve.ParseISODate(r.person.born)
	if err != nil {
		return nil // written by bornFor
	}
	asOf, err := reeve.ParseISODate(v.AsOf)
	if err != nil {
		return err
	}
	if age, ok := born.AgeOn(asOf); ok {
		v.Age = &age
	}
	if age, ok := born.AgeOn(reeve.DateOf(time.Now())); ok {
		v.AgeToday = &age
	}
	return nil
}

// linkRow is a link on the way to its view.
type linkRow struct {
	LinkView
	link   reeve.Link
	digest string
}

func (r *personReader) links(v *PersonView) error {
	rows, err := db.All(r.tx, func(row db.Row) (l linkRow, err error) {
		var posterior int64
		var rivals string
		err = row.Scan(&l.Document, &l.Ordinal, &l.Mention, &posterior, &l.link.Weight, &l.link.Levels, &rivals, &l.Decided, &l.digest, &l.Status)
		if err == nil {
			err = json.Unmarshal([]byte(rivals), &l.link.Rivals)
		}
		l.link.Mention, l.link.Person, l.link.Decided, l.link.Posterior = l.Mention, r.person.id, l.Decided, float64(posterior)/1e6
		l.Probability, l.Tier = probability(posterior), string(reeve.TierOf(l.link.Posterior))
		return l, err
	}, `SELECT l.document, l.ordinal, m.mark, l.posterior, l.weight, l.levels, l.rivals, l.decided, d.digest, d.status FROM link l
		JOIN mention m ON m.document = l.document AND m.ordinal = l.ordinal JOIN document d ON d.id = l.document
		WHERE l.person = ? ORDER BY l.posterior DESC, m.mark LIMIT ?`, r.person.id, linksShown+1)
	if err != nil {
		return err
	}
	if len(rows) > linksShown {
		if err := r.tx.One([]any{&v.MoreLinks}, "SELECT COUNT(*) FROM link WHERE person = ?", r.person.id); err != nil {
			return err
		}
		v.MoreLinks -= linksShown
		rows = rows[:linksShown]
	}
	hidden, err := r.scope.hiddenDocuments(r.tx, func(yield func(int64) bool) {
		for i := range rows {
			if !yield(rows[i].Document) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	for i := range rows {
		l := &rows[i]
		l.Hidden = hidden[l.Document]
		if l.Hidden {
			v.HiddenItems++
		}
		if err := r.link(l); err != nil {
			return err
		}
		v.Links = append(v.Links, l.LinkView)
	}
	return nil
}

func (r *personReader) link(l *linkRow) error {
	if err := r.firstItem(l); err != nil {
		return err
	}
	if err := r.why(l); err != nil {
		return err
	}
	found, err := db.All(r.tx, r.scope.scanFound, foundSelect+" AND f.mention = ? ORDER BY f.n LIMIT ?", l.Document, l.Ordinal, findingsShown+1)
	if err != nil {
		return err
	}
	if len(found) > findingsShown {
		found = found[:findingsShown]
		l.MoreFindings = true
	}
	if len(found) > 0 {
		l.Capacity = found[0].Capacity
	}
	if l.Hidden {
		l.Passages = []Passage{valuesOnly(found)}
		return nil
	}
	l.Passages, err = r.passages(l.Document, found)
	return err
}

// valuesOnly is a passage of a document that holds a sealed person: what was
// found of this person, without anything around it.
func valuesOnly(found []foundRow) Passage {
	p := Passage{Line: -1}
	for _, f := range found {
		f.First, f.Last, f.Col, f.Line = 0, 0, -1, -1
		p.Found = append(p.Found, f.FoundView)
	}
	return p
}

// firstItem is the first place where a document lies, or what is told of it.
func (r *personReader) firstItem(l *linkRow) error {
	var path string
	err := r.tx.One([]any{&l.Item, &l.Exhibit, &path},
		"SELECT i.id, e.name, i.path FROM item i JOIN exhibit e ON e.id = i.exhibit WHERE i.digest = ? ORDER BY e.name, i.path LIMIT 1", l.digest)
	if errors.Is(err, reeve.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if l.Hidden {
		path, err = hiddenPath(r.tx, l.Item)
	}
	l.Path = reeve.Private(KindPath, path)
	return err
}

// why explains a link and names those of its rivals who may be seen.
func (r *personReader) why(l *linkRow) error {
	var seen []reeve.Rival
	for _, rival := range l.link.Rivals {
		view := RivalView{Probability: probability(millionths(rival.Posterior)), Bits: rival.Weight}
		if rival.Person != "" {
			p, found, err := personAt(r.tx, rival.Person)
			if err != nil {
				return err
			}
			if found && !r.scope.sees(p.id, p.sealed, p.controller) {
				continue
			}
			if found {
				view.ID, view.Name = p.id, reeve.Private(reeve.KindName, p.name)
			}
		}
		seen = append(seen, rival)
		l.Rivals = append(l.Rivals, view)
	}
	l.link.Rivals = seen
	e := linkage.Explain(l.link, r.params)
	l.Sentence, l.Settle = e.Sentence, e.Change
	for _, w := range e.Reasons {
		l.Waterfall = append(l.Waterfall, FieldBits{w.Field, w.Words, w.Bits})
	}
	for i := range l.Rivals {
		if i < len(e.Rivals) {
			l.Rivals[i].Words = e.Rivals[i]
		}
	}
	return nil
}

// passages gives what stands around the findings of one mention, with what was
// found of others there blacked out where they may not be seen.
func (r *personReader) passages(document int64, found []foundRow) ([]Passage, error) {
	sortFound(found)
	var out []Passage
	for i := 0; i < len(found); {
		j := i + 1
		for j < len(found) && found[j].block == found[i].block {
			j++
		}
		n := found[i].block
		b, err := r.block(document, n)
		if errors.Is(err, reeve.NotFound) {
			out = append(out, valuesOnly(found[i:j]))
			i = j
			continue
		}
		if err != nil {
			return nil, err
		}
		header, err := headerOf(r.tx, document, n, b)
		if err != nil {
			return nil, err
		}
		out = append(out, passagesOf(b, header, found[i:j])...)
		i = j
	}
	return out, nil
}

// block unpacks a block once for one answer; reeve.NotFound where the answer
// has grown too dear.
func (r *personReader) block(document, n int64) (*reeve.Block, error) {
	key := [2]int64{document, n}
	if b := r.blocks[key]; b != nil {
		return b, nil
	}
	if r.room <= 0 {
		return nil, reeve.NotFound
	}
	b, err := blockAt(r.tx, document, n)
	if err != nil {
		return nil, err
	}
	r.room -= blockSize(b)
	if r.scope.Councils != nil {
		all, err := db.All(r.tx, r.scope.scanFound, foundSelect+" AND f.block = ?", document, n)
		if err != nil {
			return nil, err
		}
		blackOut(b, all)
	}
	r.blocks[key] = b
	return b, nil
}

func blockSize(b *reeve.Block) int {
	n := len(b.Text)
	for _, row := range b.Rows {
		for _, c := range row {
			n += len(c) + 16
		}
	}
	return n
}

// incomplete lists the person's items that were not fully read.
func (r *personReader) incomplete(v *PersonView) error {
	rows, err := db.All(r.tx, func(row db.Row) (i IncompleteItem, err error) {
		var path string
		var n int64
		err = row.Scan(&i.Item, &i.Exhibit, &path, &i.Status, &i.Reason, &i.Detail, &n)
		if n > 0 {
			path = hiddenName(n)
		}
		i.Path = reeve.Private(KindPath, path)
		return i, err
	}, `SELECT i.id, e.name, i.path, d.status, d.reason, d.detail, COALESCE(h.n, 0) FROM document d
		JOIN item i ON i.digest = d.digest JOIN exhibit e ON e.id = i.exhibit LEFT JOIN hidden_item h ON h.item = i.id
		WHERE d.status <> 'read' AND d.id IN (SELECT document FROM link WHERE person = ?) ORDER BY e.name, i.path LIMIT ?`, r.person.id, itemsShown)
	v.Incompletes = rows
	return err
}

func (r *personReader) home(v *PersonView) error {
	if r.person.household == "" {
		return nil
	}
	home, err := r.scope.household(r.tx, r.person.household)
	if errors.Is(err, reeve.NotFound) {
		return nil
	}
	v.Household = home
	return err
}

// decisions lists the human decisions that name the person or a mention shown,
// but for those that also name somebody who may not be seen.
func (r *personReader) decisions(v *PersonView) error {
	names, err := db.All(r.tx, func(row db.Row) (id string, err error) { return id, row.Scan(&id) }, "SELECT old FROM redirect WHERE new_ = ?", r.person.id)
	if err != nil {
		return err
	}
	names = append(names, r.person.id)
	for i := range v.Links {
		names = append(names, v.Links[i].Mention)
	}
	in := marks(len(names))
	var args []any
	for range 2 {
		for _, n := range names {
			args = append(args, n)
		}
	}
	rows, err := db.All(r.tx, func(row db.Row) (d DecisionView, err error) {
		var why string
		err = row.Scan(&d.ID, &d.What, &d.A, &d.B, &why, &d.Actor, &d.At)
		d.Why = reeve.Private(KindText, why)
		return d, err
	}, "SELECT id, what, a, b, why, actor, at FROM decision WHERE a IN ("+in+") OR b IN ("+in+") ORDER BY id", args...)
	if err != nil {
		return err
	}
	for _, d := range rows {
		open := true
		for _, id := range []string{d.A, d.B} {
			if open && !slices.Contains(names, id) {
				if open, err = r.scope.opens(r.tx, id); err != nil {
					return err
				}
			}
		}
		if open {
			v.Decisions = append(v.Decisions, d)
		}
	}
	return nil
}

// opens reports whether an id of a person or a mention leads to nobody who must
// not be seen.
func (s Scope) opens(tx *db.Tx, id string) (bool, error) {
	if strings.HasPrefix(id, "M") {
		err := tx.One([]any{&id}, "SELECT l.person FROM mention m JOIN link l ON l.document = m.document AND l.ordinal = m.ordinal WHERE m.mark = ?", id)
		if errors.Is(err, reeve.NotFound) || err == nil && id == "" {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
	_, err := s.person(tx, id)
	if errors.Is(err, reeve.NotFound) {
		return false, nil
	}
	return err == nil, err
}
