package sweep

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
)

// load makes subjects of the people that still have links, and gathers what is
// said of them.
func (o *obedience) load(ids []string) error {
	for _, id := range ids {
		p := o.solved[id]
		if p == nil {
			continue
		}
		records := make([]reeve.Record, 0, len(p.Records))
		for _, r := range p.Records {
			records = append(records, o.records[r])
		}
		if err := o.gatherOne(o.subjectOf(p, records)); err != nil {
			return err
		}
	}
	return nil
}

// gatherOne reads what is said of one person, unless no link is theirs.
func (o *obedience) gatherOne(s *subject) error {
	owner := make(map[mentionAt]holder)
	err := o.tx.Each(func(row db.Row) error {
		var at mentionAt
		var posterior int64
		if err := row.Scan(&at.document, &at.ordinal, &posterior); err != nil {
			return err
		}
		l := &reeve.Link{Posterior: float64(posterior) / 1e6}
		owner[at] = holder{s, l}
		s.best = max(s.best, l.Posterior)
		return nil
	}, "SELECT document, ordinal, posterior FROM link WHERE person = ?", s.person.ID)
	if err != nil || len(owner) == 0 {
		return err
	}
	if err := o.loadFacts(owner); err != nil {
		return err
	}
	g := gathering{resolution: o.resolution, owner: owner, values: make(map[*subject]heldValues), raise: make(map[int64]*regrade)}
	const from = " FROM link l JOIN "
	err = o.tx.Each(g.mention, "SELECT m.document, m.ordinal, m.data"+from+"mention m ON m.document = l.document AND m.ordinal = l.ordinal WHERE l.person = ? ORDER BY m.mark", s.person.ID)
	if err != nil {
		return err
	}
	err = o.tx.Each(g.finding, findingSelect+from+"finding f ON f.document = l.document AND f.mention = l.ordinal WHERE l.person = ? ORDER BY f.document, f.n", s.person.ID)
	if err != nil {
		return err
	}
	s.tier = tierOf(s)
	s.input.Tier = s.tier
	o.order = append(o.order, s)
	return raiseIn(o.tx, g.raise)
}

// loadFacts brings to mind the documents of some mentions.
func (o *obedience) loadFacts(owner map[mentionAt]holder) error {
	if o.docs == nil {
		o.docs, o.byDigest = make(map[int64]*docFacts), make(map[string]*docFacts)
	}
	var missing []int64
	for at := range owner {
		if o.docs[at.document] == nil {
			missing = append(missing, at.document)
		}
	}
	slices.Sort(missing)
	first := len(o.byNumber)
	if err := eachKey(o.tx, o.document, documentSelect+" WHERE d.id IN", " ORDER BY e.name, i.path", slices.Compact(missing)); err != nil {
		return err
	}
	o.findTopics(first)
	return nil
}

// replaceHazards writes the hazards of everybody touched anew.
func (o *obedience) replaceHazards() error {
	causes := o.hood.MovedKeys()
	for i, k := range causes {
		causes[i] = storeKey(k)
	}
	moved := slices.Clone(causes)
	for id := range o.people {
		causes = append(causes, id)
	}
	slices.Sort(causes)
	for _, cause := range causes {
		if _, err := o.tx.Exec("DELETE FROM hazard WHERE cause = ?", cause); err != nil {
			return err
		}
	}
	for id, p := range o.solved {
		keys := recordCauses(p.Records, o.records)
		if !o.people[id] || !o.hazardous(p.Records, o.records) || !slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(moved, k) }) {
			continue
		}
		homes, err := o.hood.Homes(p, nil)
		if err != nil {
			return err
		}
		for _, h := range homes {
			if err := o.addHazard(h.ID, keys...); err != nil {
				return err
			}
		}
	}
	for _, s := range o.order {
		if !o.inDanger(s) {
			continue
		}
		for _, h := range s.person.Households {
			if err := o.addHazard(h, s.person.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *obedience) addHazard(household string, causes ...string) error {
	for _, cause := range causes {
		if _, err := o.tx.Exec("INSERT INTO hazard (household, cause) VALUES (?, ?) ON CONFLICT (household, cause) DO NOTHING", household, cause); err != nil {
			return err
		}
	}
	return nil
}

// loadNeighbours adds people whose own links did not change.
func (o *obedience) loadNeighbours(ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	if err := tallyOut(o.tx, ids, nil); err != nil {
		return err
	}
	for _, id := range ids {
		o.people[id], o.counted[id] = true, true
		row, err := personOf(o.tx, id, true)
		if err != nil {
			return err
		}
		var pairs [][2]string
		if err := json.Unmarshal([]byte(row.registers), &pairs); err != nil {
			return fmt.Errorf("read person: %w", reeve.Invalid)
		}
		var keys []string
		for _, pair := range pairs {
			keys = append(keys, linkage.RecordKey(pair[0], pair[1]))
		}
		records, err := o.hood.RecordsOf(keys)
		if err != nil {
			return err
		}
		p := &reeve.Person{ID: id}
		p.Households, err = db.All(o.tx, scanText, "SELECT household FROM resident WHERE person = ? ORDER BY CASE WHEN household = ? THEN 0 ELSE 1 END, household", id, row.household)
		if err != nil {
			return err
		}
		if err := o.gatherOne(o.subjectOf(p, records)); err != nil {
			return err
		}
	}
	return nil
}

// rewrite replaces the rows of people, residents and households touched.
func (o *obedience) rewrite() error {
	for _, id := range slices.Sorted(maps.Keys(o.people)) {
		for _, q := range []string{"DELETE FROM person WHERE id = ?", "DELETE FROM person_reach WHERE person = ?", "DELETE FROM resident WHERE person = ?"} {
			if _, err := o.tx.Exec(q, id); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(o.order, compareSubjects)
	if err := o.writePeople(o.tx); err != nil {
		return err
	}
	if err := o.writeContacts(o.tx); err != nil {
		return err
	}
	load := o.tx.Load("resident", "household", "person")
	for _, s := range o.order {
		for _, h := range s.person.Households {
			if err := load.Add(h, s.person.ID); err != nil {
				return err
			}
		}
	}
	if err := load.Close(); err != nil {
		return err
	}
	for _, home := range slices.Sorted(maps.Keys(o.places)) {
		if err := o.rewriteHousehold(home); err != nil {
			return err
		}
	}
	return nil
}

// rewriteHousehold counts a household anew from the rows of its people and of
// what could only be placed there.
func (o *obedience) rewriteHousehold(id string) error {
	var uprn, address, postcode string
	err := o.tx.Each(func(row db.Row) error { return row.Scan(&uprn, &address, &postcode) }, "SELECT uprn, address, postcode FROM household WHERE id = ?", id)
	if err != nil {
		return err
	}
	for i := range o.result.Households {
		if h := &o.result.Households[i]; h.ID == id {
			uprn, address, postcode = h.Address.UPRN, h.Lines, h.Address.Postcode
		}
	}
	var items int64
	err = o.tx.One([]any{&items}, `SELECT COUNT(*) FROM (SELECT l.document FROM resident r JOIN link l ON l.person = r.person WHERE r.household = ?
		UNION SELECT l.document FROM link l WHERE l.household <> '' AND l.household = ?) AS d`, id, id)
	if err != nil {
		return err
	}
	if _, err := o.tx.Exec("DELETE FROM household WHERE id = ?", id); err != nil || items == 0 {
		return err
	}
	band, controllers := reeve.BandLow, []string{}
	err = o.tx.Each(func(row db.Row) error {
		var b reeve.Band
		var c string
		err := row.Scan(&b, &c)
		if slices.Index(reeve.Bands, b) > slices.Index(reeve.Bands, band) {
			band = b
		}
		controllers = append(controllers, strings.Split(c, ";")...)
		return err
	}, "SELECT p.band, p.controller FROM resident r JOIN person p ON p.id = r.person WHERE r.household = ?", id)
	if err != nil {
		return err
	}
	if len(controllers) == 0 {
		controllers = append(controllers, or(o.set.council, "unknown"))
	}
	_, err = o.tx.Exec("INSERT INTO household (id, uprn, address, postcode, band, items, controller) VALUES (?, ?, ?, ?, ?, ?, ?)",
		id, uprn, address, postcode, string(band), items, joinSorted(controllers))
	return err
}
