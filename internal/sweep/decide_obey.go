package sweep

import (
	"maps"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
	"github.com/reeve-council/reeve/internal/risk"
)

// obedience is the neighbourhood of one change of decisions on its way into the
// tables of the case.
type obedience struct {
	*resolution // of the people touched alone; its records are the neighbourhood's
	tx          *db.Tx
	source      *keptSource
	hood        *linkage.Hood
	solved      map[string]*reeve.Person // people of the neighbourhood by id
	was, now    map[string]*linkCells    // rows of its mentions, by mark
	known       map[string]string        // ids given before, by key
	people      map[string]bool          // ids whose rows change
	places      map[string]bool          // households whose rows change
	hot         map[string]bool          // those that were on hold
	counted     map[string]bool          // people and households taken out of the counts
}

// obey makes the lists right after decisions changed. It reads and writes the
// neighbourhood of the change: resolving the whole case with the same decisions
// gives the same rows.
func (c *Case) obey(tx *db.Tx, params *linkage.Params, before, after []reeve.Decision, out *Change) error {
	source := newKeptSource(tx)
	hood, err := linkage.Reopen(tx.Context(), source, params, before, after)
	if err != nil {
		return err
	}
	o := &obedience{resolution: c.newResolution(), tx: tx, source: source, hood: hood, solved: make(map[string]*reeve.Person), was: make(map[string]*linkCells),
		now: make(map[string]*linkCells), known: make(map[string]string), people: make(map[string]bool), places: make(map[string]bool),
		hot: make(map[string]bool), counted: make(map[string]bool)}
	for _, step := range []func() error{o.settings, o.solve, o.compare, o.household, o.countOut, o.relink, o.rename, o.reweigh, o.rewrite, o.countIn} {
		if err := step(); err != nil {
			return err
		}
	}
	for id := range o.counted {
		if !strings.HasPrefix(id, "P") || !o.people[id] {
			continue
		}
		out.Before = append(out.Before, id)
	}
	for _, s := range o.order {
		out.After = append(out.After, s.person.ID)
	}
	slices.Sort(out.Before)
	slices.Sort(out.After)
	return nil
}

func (o *obedience) settings() error {
	have := make(map[string]string)
	err := o.tx.Each(func(row db.Row) error {
		var name, value string
		err := row.Scan(&name, &value)
		have[name] = value
		return err
	}, "SELECT name, value FROM setting")
	if err != nil {
		return err
	}
	return o.set.read(have)
}

// solve resolves the neighbourhood.
func (o *obedience) solve() error {
	known, err := o.source.known(o.hood.Keys())
	if err != nil {
		return err
	}
	for _, a := range known {
		o.known[a.Key] = a.ID
	}
	var failed error
	taken := func(id string) bool {
		n := 0
		if err := o.tx.One([]any{&n}, "SELECT COUNT(*) FROM person WHERE id = ?", id); err != nil {
			failed = err
		}
		return n > 0
	}
	if o.result, err = o.hood.Solve(o.tx.Context(), known, taken); err != nil {
		return err
	}
	o.records = o.hood.Records()
	for i := range o.result.People {
		o.solved[o.result.People[i].ID] = &o.result.People[i]
	}
	return failed
}

// compare finds the links that changed, and with them the people.
func (o *obedience) compare() error {
	marks := o.hood.Marks()
	err := eachKey(o.tx, func(row db.Row) error {
		var mark string
		l := &linkCells{}
		err := row.Scan(&mark, &l.person, &l.household, &l.posterior, &l.weight, &l.levels, &l.rivals, &l.decided)
		o.was[mark] = l
		return err
	}, `SELECT m.mark, l.person, l.household, l.posterior, l.weight, l.levels, l.rivals, l.decided FROM mention m
		JOIN link l ON l.document = m.document AND l.ordinal = m.ordinal WHERE m.mark IN`, "", marks)
	if err != nil {
		return err
	}
	err = eachLink(o.result, func(mark string, row *linkCells) error {
		l := *row
		o.now[mark] = &l
		return nil
	})
	if err != nil {
		return err
	}
	for _, mark := range marks {
		was, now := o.was[mark], o.now[mark]
		if was.same(now) {
			delete(o.was, mark)
			delete(o.now, mark)
			continue
		}
		o.touch(was)
		o.touch(now)
	}
	o.touchMoved()
	return nil
}

func (l *linkCells) same(o *linkCells) bool {
	if l == nil || o == nil {
		return l == o
	}
	return l.person == o.person && l.household == o.household && l.posterior == o.posterior && l.weight == o.weight && l.rivals == o.rivals &&
		l.decided == o.decided && slices.Equal(l.levels, o.levels)
}

func (o *obedience) touch(l *linkCells) {
	switch {
	case l == nil:
	case l.person != "":
		o.people[l.person] = true
	case l.household != "":
		o.places[l.household] = true
	}
}

// touchMoved adds the people whom the change joined or parted, found or not.
func (o *obedience) touchMoved() {
	moved := make(map[string]bool)
	for _, k := range o.hood.MovedKeys() {
		moved[k] = true
		if id := o.known[k]; id != "" {
			o.people[id] = true
		}
	}
	for id, p := range o.solved {
		if slices.ContainsFunc(p.Records, func(r reeve.RecordID) bool { return moved[o.keyOf(r)] }) {
			o.people[id] = true
		}
	}
}

func (o *obedience) keyOf(id reeve.RecordID) string {
	return linkage.RecordKey(o.records[id].System, o.records[id].SourceID)
}

// household finds the households of all who are touched, before and after, and
// which of them are on hold.
func (o *obedience) household() error {
	for _, id := range slices.Sorted(maps.Keys(o.people)) {
		homes, err := db.All(o.tx, scanText, "SELECT household FROM resident WHERE person = ?", id)
		if err != nil {
			return err
		}
		for _, h := range homes {
			o.places[h] = true
		}
		p := o.solved[id]
		if p == nil {
			continue
		}
		marks, err := o.marksOf(p)
		if err != nil {
			return err
		}
		now, err := o.hood.Homes(p, marks)
		if err != nil {
			return err
		}
		p.Households = nil
		for _, h := range now {
			p.Households = append(p.Households, h.ID)
			o.places[h.ID] = true
			o.result.Households = append(o.result.Households, h)
		}
	}
	return o.heat(o.hot)
}

func scanText(row db.Row) (s string, err error) { return s, row.Scan(&s) }

// marksOf are the mentions that are a person's now: those linked here, and
// those outside the neighbourhood, which stay.
func (o *obedience) marksOf(p *reeve.Person) ([]string, error) {
	var marks []string
	for _, l := range p.Links {
		marks = append(marks, l.Mention)
	}
	if len(p.Records) == 0 {
		return marks, nil
	}
	stay, err := db.All(o.tx, scanText, `SELECT m.mark FROM link l JOIN mention m ON m.document = l.document AND m.ordinal = l.ordinal
		WHERE l.person = ? ORDER BY m.mark`, p.ID)
	for _, mark := range stay {
		if _, solved := o.source.at[mark]; !solved {
			marks = append(marks, mark)
		}
	}
	return marks, err
}

// heat notes which of the touched households are on hold.
func (o *obedience) heat(hot map[string]bool) error {
	return eachKey(o.tx, func(row db.Row) error {
		var home string
		err := row.Scan(&home)
		hot[home] = true
		return err
	}, "SELECT DISTINCT household FROM hazard WHERE household IN", "", slices.Sorted(maps.Keys(o.places)))
}

// countOut takes the rows that will change out of the counts.
func (o *obedience) countOut() error {
	people, places := slices.Sorted(maps.Keys(o.people)), slices.Sorted(maps.Keys(o.places))
	err := eachKey(o.tx, func(row db.Row) error {
		var id string
		err := row.Scan(&id)
		o.counted[id] = true
		return err
	}, "SELECT id FROM person WHERE id IN", "", people)
	if err != nil {
		return err
	}
	return tallyOut(o.tx, people, places)
}

// relink writes the links that changed.
func (o *obedience) relink() error {
	marks := make(map[string]bool)
	for mark := range o.was {
		marks[mark] = true
	}
	for mark := range o.now {
		marks[mark] = true
	}
	for _, mark := range slices.Sorted(maps.Keys(marks)) {
		at := o.source.at[mark]
		if _, err := o.tx.Exec("DELETE FROM link WHERE document = ? AND ordinal = ?", at.document, int64(at.ordinal)); err != nil {
			return err
		}
		row := o.now[mark]
		if row == nil || row.person == "" {
			if _, err := o.tx.Exec("UPDATE finding SET held = 0 WHERE document = ? AND mention = ? AND held <> 0", at.document, int64(at.ordinal)); err != nil {
				return err
			}
		}
		if row == nil {
			continue
		}
		_, err := o.tx.Exec("INSERT INTO link ("+strings.Join(linkColumns, ", ")+") VALUES ("+placeholders(len(linkColumns))+")", row.columns(at)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// rename writes which ids stand now, and where others lead.
func (o *obedience) rename() error {
	owners := make(map[string]string)
	for id, p := range o.solved {
		for _, r := range p.Records {
			owners[o.keyOf(r)] = id
		}
		for _, l := range p.Links {
			owners[linkage.MentionKey(l.Mention)] = id
		}
	}
	shown := make(map[string]bool)
	err := eachKey(o.tx, func(row db.Row) error {
		var id string
		err := row.Scan(&id)
		shown[id] = true
		return err
	}, "SELECT DISTINCT person FROM link WHERE person IN", "", slices.Sorted(maps.Keys(o.people)))
	if err != nil {
		return err
	}
	for _, key := range o.hood.Keys() {
		was, now := o.known[key], owners[key]
		if !o.people[was] && !o.people[now] {
			continue
		}
		if !shown[now] {
			now = ""
		}
		if err := o.give(key, was, now); err != nil {
			return err
		}
	}
	if err := addRedirects(o.tx, o.result.Redirects); err != nil {
		return err
	}
	for id := range shown {
		if _, err := o.tx.Exec("DELETE FROM redirect WHERE why = 'merged' AND old = ?", id); err != nil {
			return err
		}
	}
	return nil
}

func (o *obedience) give(key, was, now string) (err error) {
	switch {
	case was == now:
	case now == "":
		_, err = o.tx.Exec("DELETE FROM given_id WHERE mark = ?", storeKey(key))
	default:
		_, err = o.tx.Exec("INSERT INTO given_id (mark, person) VALUES (?, ?) ON CONFLICT (mark) DO UPDATE SET person = excluded.person", storeKey(key), now)
	}
	return err
}

// reweigh gathers and weighs everybody touched, and then those who live where a
// household came on hold or off it.
func (o *obedience) reweigh() error {
	if err := o.load(slices.Sorted(maps.Keys(o.people))); err != nil {
		return err
	}
	if err := o.replaceHazards(); err != nil {
		return err
	}
	now := make(map[string]bool)
	if err := o.heat(now); err != nil {
		return err
	}
	var neighbours []string
	for _, home := range slices.Sorted(maps.Keys(o.places)) {
		if o.hot[home] == now[home] {
			continue
		}
		ids, err := db.All(o.tx, scanText, "SELECT person FROM resident WHERE household = ? ORDER BY person", home)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if !o.people[id] && !slices.Contains(neighbours, id) {
				neighbours = append(neighbours, id)
			}
		}
	}
	if err := o.loadNeighbours(neighbours); err != nil {
		return err
	}
	return o.weighAll()
}

func (o *obedience) weighAll() error {
	o.perilous = make(map[string]bool)
	homes := make(map[string]bool)
	for _, s := range o.order {
		for _, h := range s.person.Households {
			homes[h] = true
		}
	}
	err := eachKey(o.tx, func(row db.Row) error {
		var home string
		err := row.Scan(&home)
		o.perilous[home] = true
		return err
	}, "SELECT DISTINCT household FROM hazard WHERE household IN", "", slices.Sorted(maps.Keys(homes)))
	if err != nil {
		return err
	}
	for _, s := range o.order {
		o.weighOne(s, o.near(s))
		s.place = placeOf(s.ranked())
	}
	return nil
}

// countIn puts the rows as they are now into the counts.
func (o *obedience) countIn() error {
	for _, s := range o.order {
		if err := settleTies(o.tx, s.place); err != nil {
			return err
		}
	}
	return tallyIn(o.tx, slices.Sorted(maps.Keys(o.people)), slices.Sorted(maps.Keys(o.places)))
}

// subjectOf makes a subject of a person of whom something is found.
func (o *obedience) subjectOf(p *reeve.Person, records []reeve.Record) *subject {
	return &subject{person: p, linked: true, documents: make(map[int64]bool),
		input: risk.Input{Person: p.ID, Council: o.set.council, AsOf: o.set.asOf, Records: records}}
}
