package sweep

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
)

// Tallies are counts kept beside the lists, so that a page about a case of
// millions reads a few hundred rows. A person or household is counted under the
// councils that hold its data, all of them joined, so that the figures of any
// set of councils are sums and nobody is in them twice. Sealed people are in no
// count but their own.
//
// Whoever changes rows of person, resident, household or link calls, in the same
// transaction, tallyOut with the ids before and tallyIn with the same ids, and
// those that are new, after; the whole resolution calls tallyAll.

// What is counted of people and households.
const (
	tallyPeople     = "people"
	tallySealed     = "sealed"
	tallyHouseholds = "households"
	tallyTier       = "tier"
	tallyBand       = "band"
	tallyLane       = "lane"
	tallySignal     = "signal"
	tallyCategory   = "category"
	tallyKind       = "kind"
	tallyContact    = "contact"
	tallyRole       = "role"
	tallyNewest     = "newest"
	tallyOldest     = "oldest"
	tallyWard       = "ward"
	tallyStill      = "still"
	tallyCurrent    = "current"
)

type tallyKey struct{ councils, what, value string }

// tallies are changes of counts on their way to the store.
type tallies map[tallyKey]int64

// person counts a row in (1) or out (-1).
func (t tallies) person(p *personRow, by int64) {
	if p.sealed {
		t[tallyKey{p.controller, tallySealed, ""}] += by
		return
	}
	for _, one := range [][2]string{{tallyPeople, ""}, {tallyTier, p.tier}, {tallyBand, p.band}, {tallyLane, p.lane}, {tallyContact, p.safeContact},
		{tallyRole, p.role}, {tallyNewest, yearCell(p.to)}, {tallyOldest, yearCell(p.from)}} {
		t[tallyKey{p.controller, one[0], one[1]}] += by
	}
	for _, many := range [][2]string{{tallySignal, p.signals}, {tallyCategory, p.categories}, {tallyKind, p.kinds}, {tallyStill, p.stillHeld}} {
		for _, v := range cellList(many[1]) {
			t[tallyKey{p.controller, many[0], v}] += by
		}
	}
	if p.ward != "" {
		t[tallyKey{p.controller, tallyWard, p.ward}] += by
	}
	if p.stillHeld != "" {
		t[tallyKey{p.controller, tallyCurrent, ""}] += by
	}
}

func yearCell(date int64) string {
	if date == 0 {
		return ""
	}
	return strconv.FormatInt(date/10000, 10)
}

// cellList takes a joined cell apart; nothing for an empty one.
func cellList(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ";")
}

// keep adds the changes to what is counted.
func (t tallies) keep(tx *db.Tx) error {
	for _, k := range slices.SortedFunc(maps.Keys(t), tallyKey.compare) {
		if t[k] == 0 {
			continue
		}
		_, err := tx.Exec(`INSERT INTO tally (councils, what, value, n) VALUES (?, ?, ?, ?)
			ON CONFLICT (councils, what, value) DO UPDATE SET n = tally.n + excluded.n`, k.councils, k.what, k.value, t[k])
		if err != nil {
			return err
		}
	}
	_, err := tx.Exec("DELETE FROM tally WHERE n = 0")
	return err
}

func (k tallyKey) compare(o tallyKey) int {
	return cmp.Or(cmp.Compare(k.councils, o.councils), cmp.Compare(k.what, o.what), cmp.Compare(k.value, o.value))
}

// tallyOut takes people and households out of the counts, before their rows
// change. Ids that have no row are nobody's.
func tallyOut(tx *db.Tx, people, households []string) error {
	return tallyChange(tx, people, households, -1)
}

// tallyIn counts people and households, after their rows changed.
func tallyIn(tx *db.Tx, people, households []string) error {
	return tallyChange(tx, people, households, 1)
}

func tallyChange(tx *db.Tx, people, households []string, by int64) error {
	t := make(tallies)
	sealed := false
	for _, id := range people {
		p, found, err := personAt(tx, id)
		if err != nil {
			return err
		}
		if !found {
			continue
		}
		t.person(&p, by)
		sealed = sealed || p.sealed
		if by < 0 {
			err = dropFacets(tx, id)
		} else {
			err = addFacets(tx, &p)
		}
		if err != nil {
			return err
		}
	}
	for _, id := range households {
		if err := t.household(tx, id, by); err != nil {
			return err
		}
	}
	if err := t.keep(tx); err != nil {
		return err
	}
	if by < 0 {
		return nil
	}
	if !sealed {
		var err error
		if sealed, err = wereSealed(tx, people); err != nil {
			return err
		}
	}
	if sealed {
		if err := hideSealed(tx); err != nil {
			return err
		}
	}
	if err := bumpStamp(tx); err != nil {
		return err
	}
	return keepDay(tx)
}

// wereSealed reports whether documents are hidden because of one of the people.
func wereSealed(tx *db.Tx, people []string) (bool, error) {
	found := false
	err := tx.Each(func(row db.Row) error {
		var person string
		err := row.Scan(&person)
		found = found || slices.Contains(people, person)
		return err
	}, "SELECT DISTINCT person FROM sealed_document")
	return found, err
}

func personAt(tx *db.Tx, id string) (p personRow, found bool, err error) {
	err = tx.Each(func(row db.Row) (err error) {
		p, err = scanPerson(row)
		found = true
		return err
	}, personSelect+" WHERE id = ?", id)
	return p, found, err
}

func (t tallies) household(tx *db.Tx, id string, by int64) error {
	var councils string
	var open int64
	err := tx.One([]any{&councils, &open}, `SELECT h.controller, `+openHome+` FROM household h WHERE h.id = ?`, id)
	if errors.Is(err, reeve.NotFound) {
		return nil
	}
	if err == nil && open > 0 {
		t[tallyKey{councils, tallyHouseholds, ""}] += by
	}
	return err
}

// openHome is 1 for a household h in which somebody who is not sealed has data,
// or at which something could only be placed.
const openHome = `CASE WHEN EXISTS (SELECT 1 FROM resident r JOIN person p ON p.id = r.person WHERE r.household = h.id AND p.sealed = 0)
	OR EXISTS (SELECT 1 FROM link l WHERE l.household <> '' AND l.household = h.id) THEN 1 ELSE 0 END`

func dropFacets(tx *db.Tx, person string) error {
	for _, q := range []string{"DELETE FROM person_council WHERE person = ?", "DELETE FROM person_signal WHERE person = ?", "DELETE FROM person_word WHERE person = ?"} {
		if _, err := tx.Exec(q, person); err != nil {
			return err
		}
	}
	return nil
}

func addFacets(tx *db.Tx, p *personRow) error {
	var f facets
	f.take(p)
	return f.keep(tx)
}

// words are those by which a person is found in the people list: of the name,
// the postcode and the ids in registers.
func (p *personRow) words() []string {
	out := strings.Fields(lex.Fold(p.name))
	if p.postcode != "" {
		out = append(out, wordOf(p.postcode))
	}
	pairs, err := p.registerPairs()
	if err != nil {
		return nil // written by registerPairs
	}
	for _, pair := range pairs {
		out = append(out, wordOf(pair[1]))
	}
	slices.Sort(out)
	out = slices.DeleteFunc(slices.Compact(out), func(w string) bool { return w == "" })
	return out
}

// wordOf is a value that is looked for as one word.
func wordOf(value string) string { return strings.ReplaceAll(lex.Fold(value), " ", "") }

// tallyAll counts people and households anew.
func tallyAll(tx *db.Tx) error {
	for _, table := range []string{"tally", "person_council", "person_signal", "person_word"} {
		if _, err := tx.Exec("DELETE FROM " + table); err != nil {
			return err
		}
	}
	t := make(tallies)
	f := facets{}
	err := tx.Each(func(row db.Row) error {
		p, err := scanPerson(row)
		if err != nil {
			return err
		}
		t.person(&p, 1)
		f.take(&p)
		return nil
	}, personSelect)
	if err != nil {
		return err
	}
	if err := f.keep(tx); err != nil {
		return err
	}
	if err := t.households(tx); err != nil {
		return err
	}
	if err := t.keep(tx); err != nil {
		return err
	}
	if err := hideSealed(tx); err != nil {
		return err
	}
	return bumpStamp(tx)
}

// households counts all households by their councils, without those where
// nobody but sealed people has data.
func (t tallies) households(tx *db.Tx) error {
	err := tx.Each(func(row db.Row) error {
		var councils string
		var n int64
		err := row.Scan(&councils, &n)
		t[tallyKey{councils, tallyHouseholds, ""}] += n
		return err
	}, "SELECT controller, COUNT(*) FROM household GROUP BY controller")
	if err != nil {
		return err
	}
	return tx.Each(func(row db.Row) error {
		var councils string
		var open int64
		err := row.Scan(&councils, &open)
		if open == 0 {
			t[tallyKey{councils, tallyHouseholds, ""}]--
		}
		return err
	}, `SELECT h.controller, `+openHome+` FROM household h WHERE h.id IN (SELECT household FROM resident WHERE person IN (SELECT id FROM person WHERE sealed = 1))`)
}

// facets are the rows by which people are found, in the order in which they are
// stored.
type facets struct {
	councils, words [][2]string
	signals         []signalRow
}

// signalRow is a person who has a signal, with where they stand in the list.
type signalRow struct {
	signal, lane string
	place        int64
	person       string
}

func (f *facets) take(p *personRow) {
	for _, c := range cellList(p.controller) {
		f.councils = append(f.councils, [2]string{p.id, c})
	}
	for _, g := range cellList(p.signals) {
		f.signals = append(f.signals, signalRow{g, p.lane, p.place, p.id})
	}
	for _, w := range p.words() {
		f.words = append(f.words, [2]string{w, p.id})
	}
}

func (f *facets) keep(tx *db.Tx) error {
	if err := keepPairs(tx.Load("person_council", "person", "council"), f.councils); err != nil {
		return err
	}
	if err := keepPairs(tx.Load("person_word", "word", "person"), f.words); err != nil {
		return err
	}
	slices.SortFunc(f.signals, func(a, b signalRow) int {
		return cmp.Or(strings.Compare(a.signal, b.signal), strings.Compare(a.person, b.person))
	})
	load := tx.Load("person_signal", "signal", "person", "lane", "place")
	for _, r := range f.signals {
		if err := load.Add(r.signal, r.person, r.lane, r.place); err != nil {
			return err
		}
	}
	return load.Close()
}

func keepPairs(load *db.Bulk, rows [][2]string) error {
	slices.SortFunc(rows, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	for _, row := range rows {
		if err := load.Add(row[0], row[1]); err != nil {
			return err
		}
	}
	return load.Close()
}

// bumpStamp says that the lists are others now.
func bumpStamp(tx *db.Tx) error {
	s, err := stampOf(tx)
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
		settingStamp, fmt.Sprintf("%d %d", s.Lists+1, time.Now().Unix()))
	return err
}

// hideSealed notes which documents hold sealed people, and numbers the items
// whose paths are not to be seen, in the order of exhibit and path. Sealed people
// are asked for by themselves: in a join SQLite would go through all links.
func hideSealed(tx *db.Tx) error {
	for _, q := range []string{"DELETE FROM sealed_document", "DELETE FROM hidden_item",
		`INSERT INTO sealed_document (document, person) SELECT DISTINCT document, person FROM link WHERE person IN (SELECT id FROM person WHERE sealed = 1)`} {
		if _, err := tx.Exec(q); err != nil {
			return err
		}
	}
	ids, err := db.All(tx, func(row db.Row) (id int64, err error) { return id, row.Scan(&id) },
		`SELECT i.id FROM (SELECT DISTINCT document FROM sealed_document) s JOIN document d ON d.id = s.document
		JOIN item i ON i.digest = d.digest JOIN exhibit e ON e.id = i.exhibit ORDER BY e.name, i.path`)
	if err != nil {
		return err
	}
	load := tx.Load("hidden_item", "item", "n")
	for n, id := range ids {
		if err := load.Add(id, n+1); err != nil {
			return err
		}
	}
	return load.Close()
}
