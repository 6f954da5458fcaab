package review

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// What is counted of the rows of a version.
const (
	tallyPeople   = "people"
	tallyTier     = "tier"
	tallyBand     = "band"
	tallyLane     = "lane"
	tallySignal   = "signal"
	tallyCategory = "category"
	tallyKind     = "kind"
	tallyContact  = "contact"
	tallyVerdict  = "verdict"
	tallyDeceased = "deceased"
	tallyTaken    = "taken"
	tallyHome     = "households"
)

// freezing is a version on its way into the store. All of it is of one snapshot
// of the lists. Its rows are written a slice at a time: a database with one
// writer lets others write between them. They belong to no version until it is
// kept, and nothing leads to them before.
type freezing struct {
	ctx    context.Context
	d      *db.DB
	v      *ListVersion
	places map[string]int64 // n by person
	taken  map[string]string
	tally  tallies
	digest hash.Hash
}

// freeze writes the lists as they stand as the rows of the next version, and
// fills in its number, digest and counts; the caller keeps it with keepVersion,
// or removes its rows with thaw. The caller holds the lists.
func freeze(ctx context.Context, d *db.DB, v *ListVersion) (tallies, error) {
	if err := thaw(ctx, d); err != nil {
		return nil, err
	}
	f := &freezing{ctx: ctx, d: d, v: v, places: make(map[string]int64), tally: make(tallies), digest: sha256.New()}
	v.form, v.rows = formContacts, 0
	err := d.Read(ctx, func(tx *db.Tx) error {
		err := tx.One([]any{&v.Number, &v.sealed}, "SELECT (SELECT COALESCE(MAX(number), 0) + 1 FROM list_version), (SELECT COUNT(*) FROM case_people WHERE sealed = 1)")
		for _, step := range []func(*db.Tx) error{f.exhibits, f.people, f.councils, f.residents, f.contacts, f.homes} {
			if err == nil {
				err = step(tx)
			}
		}
		return err
	})
	v.Digest = hex.EncodeToString(f.digest.Sum(nil))
	return f.tally, err
}

// keepVersion makes frozen rows a version, with what was checked.
func keepVersion(tx *db.Tx, v *ListVersion, t tallies, checks []check) error {
	if err := tx.Serialise("review: versions"); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO list_version (number, state, purpose, stamp, as_of, people, sealed, digest, figures, user_, user_name, at, emptied, version, form)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1, ?)`, v.Number, v.State, v.Purpose, v.Stamp, v.AsOf, v.rows, v.sealed, v.Digest, v.figures, v.By, v.ByName, v.At, v.form)
	for i, c := range checks {
		if err == nil {
			_, err = tx.Exec("INSERT INTO list_check (list, n, code, red, found, words, why) VALUES (?, ?, ?, ?, ?, ?, ?)", v.Number, i+1, c.Code, truth(c.Red), c.N, c.Words, c.Why)
		}
	}
	if err != nil {
		return err
	}
	return t.load(tx, v.Number)
}

// people writes everybody who is not sealed, with what people said of them.
func (f *freezing) people(tx *db.Tx) error {
	to := f.into("list_person", "list", "n", "person", "registers", "name", "born", "uprn", "address", "postcode", "household", "tier", "posterior", "capacity", "role",
		"deceased", "severity", "band", "lane", "signals", "categories", "kinds", "data_from", "data_to", "items", "incomplete", "exhibit", "first_item", "controller",
		"safe_contact", "basis", "verdict", "taken")
	err := tx.Each(func(row db.Row) error {
		r, err := scanListRow(row)
		if err != nil {
			return err
		}
		f.v.rows++
		r.N = f.v.rows
		if t := f.taken[r.Person]; t != "" {
			r.Taken = t
		}
		f.places[r.Person] = r.N
		f.tally.row(&r, 1)
		if err := r.digest(f.digest); err != nil {
			return err
		}
		return to.add(f.v.Number, r.N, r.Person, r.Registers.Reveal(), r.Name.Reveal(), r.Born.Reveal(), r.UPRN.Reveal(), r.Address.Reveal(), r.Postcode.Reveal(),
			r.Household, r.Tier, r.Posterior, r.Capacity, r.Role, r.Deceased, r.Severity, r.Band, r.Lane, r.Signals, r.Categories, r.Kinds, r.From, r.To, r.Items,
			r.Incomplete, r.Exhibit, r.First.Reveal(), r.Controller, r.Contact, r.Basis, r.Verdict, r.Taken)
	}, `SELECT 0, p.id, p.registers, p.name, p.born, p.uprn, p.address, p.postcode, p.household, p.tier, p.posterior,
		p.capacity, p.role, p.deceased, p.severity, p.band, p.lane, p.signals, p.categories, p.kinds, p.data_from, p.data_to, p.items, p.incomplete, p.exhibit,
		p.first_item, p.controller, COALESCE(c.value, p.safe_contact), COALESCE(c.basis, 'lists'), COALESCE(d.value, ''), COALESCE(e.taken, 'unknown')
		FROM case_people p LEFT JOIN review_contact c ON c.person = p.id LEFT JOIN review_verdicts d ON d.about = 'person' AND d.thing = p.id
		LEFT JOIN case_exhibits e ON e.name = p.exhibit WHERE p.sealed = 0 ORDER BY p.place`)
	if err != nil {
		return err
	}
	return to.close()
}

// councils writes whose data it was that is of each row.
func (f *freezing) councils(tx *db.Tx) error {
	return f.pairs(tx, f.into("list_council", "list", "council", "n"), "SELECT council, person FROM case_controllers")
}

// residents writes who lives or lived in which household.
func (f *freezing) residents(tx *db.Tx) error {
	return f.pairs(tx, f.into("list_resident", "list", "household", "n"), "SELECT household, person FROM case_residents")
}

// pairs writes what is known of the people who have a row.
func (f *freezing) pairs(tx *db.Tx, to *slicing, query string) error {
	err := tx.Each(func(row db.Row) error {
		var what, person string
		if err := row.Scan(&what, &person); err != nil {
			return err
		}
		n, listed := f.places[person]
		if !listed {
			return nil
		}
		return to.add(f.v.Number, what, n)
	}, query)
	if err != nil {
		return err
	}
	return to.close()
}

// exhibits finds, where the exhibits of a case were not all taken alike, the
// surest of those that hold data of each person: otherwise a row has that of the
// first.
func (f *freezing) exhibits(tx *db.Tx) error {
	rank, err := takenRanks(tx)
	if err != nil || len(rank) < 2 {
		return err
	}
	documents := make(map[int64]string) // the surest, where it is surer than nothing known
	err = tx.Each(func(row db.Row) error {
		var document int64
		var exhibit string
		err := row.Scan(&document, &exhibit)
		if t := rank[exhibit]; surer(t, documents[document]) {
			documents[document] = t
		}
		return err
	}, "SELECT document, exhibit FROM case_items WHERE document > 0")
	if err != nil {
		return err
	}
	f.taken = make(map[string]string)
	return tx.Each(func(row db.Row) error {
		var person string
		var document int64
		err := row.Scan(&person, &document)
		if t := documents[document]; surer(t, f.taken[person]) {
			f.taken[person] = t
		}
		return err
	}, "SELECT person, document FROM case_links WHERE person <> ''")
}

// takenRanks gives how each exhibit was taken; nothing if all alike.
func takenRanks(tx *db.Tx) (map[string]string, error) {
	taken, ways := make(map[string]string), make(map[string]bool)
	err := tx.Each(func(row db.Row) error {
		var name, how string
		err := row.Scan(&name, &how)
		taken[name], ways[how] = how, true
		return err
	}, "SELECT name, taken FROM case_exhibits")
	if len(ways) < 2 {
		return nil, err
	}
	return taken, err
}

// surest is how sure it may be that an exhibit was taken, the surest first.
var surest = []string{string(reeve.TakenProven), string(reeve.TakenLikely), string(reeve.TakenInReach), string(reeve.TakenUnknown), ""}

// surer reports whether one way of having been taken is surer than another.
func surer(a, b string) bool { return slices.Index(surest, a) < slices.Index(surest, b) }

// What a household h is like of which nobody is sealed, and whose data one
// council held.
const (
	openHome   = `NOT EXISTS (SELECT 1 FROM case_residents x JOIN case_people y ON y.id = x.person WHERE x.household = h.id AND y.sealed = 1)`
	singleHome = `h.controller <> '' AND h.controller NOT LIKE '%;%'`
)

// homes keeps every household as a whole and as each council may see it. Most
// have people of one council and nobody sealed: those are copied. The others are
// reckoned from their people, so that nobody who may not be seen is in a band or a
// count.
func (f *freezing) homes(tx *db.Tx) error {
	to := f.into("list_home", "list", "council", "household", "uprn", "address", "postcode", "band", "items", "controller")
	mixed := make(map[string]*mixedHome)
	err := tx.Each(func(row db.Row) error {
		var h mixedHome
		var band, controller string
		var items, open, single int64
		if err := row.Scan(&h.id, &h.uprn, &h.address, &h.postcode, &band, &items, &controller, &open, &single); err != nil {
			return err
		}
		h.whole = open != 0
		if !h.whole || single == 0 {
			mixed[h.id] = &h
		}
		if !h.whole {
			return nil
		}
		if err := f.home(to, &h, "", band, items, controller); err != nil || single == 0 {
			return err
		}
		return f.home(to, &h, controller, band, items, controller)
	}, "SELECT h.id, h.uprn, h.address, h.postcode, h.band, h.items, h.controller, CASE WHEN "+openHome+" THEN 1 ELSE 0 END, CASE WHEN "+singleHome+
		" THEN 1 ELSE 0 END FROM case_households h")
	if err == nil && len(mixed) > 0 {
		err = f.shares(tx, to, mixed)
	}
	if err != nil {
		return err
	}
	return to.close()
}

// home keeps a household as a council may see it; "" is the whole, which counts.
func (f *freezing) home(to *slicing, h *mixedHome, council, band string, items int64, controller string) error {
	if council == "" {
		f.tally[tallyKey{controller, tallyHome, ""}]++
	}
	return to.add(f.v.Number, council, h.id, h.uprn, h.address, h.postcode, band, items, controller)
}

// mixedHome is a household whose people are not all to be seen by everybody.
type mixedHome struct {
	id, uprn, address, postcode string
	whole                       bool // nobody in it is sealed: as a whole it was copied
	shares                      map[string]*share
	councils                    []string
}

// share is what one council may see of a household; that of "" is the whole.
type share struct {
	band      string
	documents map[int64]bool
}

func (s *share) add(band string, documents ...int64) {
	if slices.Index(reeve.Bands, reeve.Band(band)) > slices.Index(reeve.Bands, reeve.Band(s.band)) {
		s.band = band
	}
	for _, d := range documents {
		s.documents[d] = true
	}
}

// add counts a document of one of the people in.
func (h *mixedHome) add(band, controller string, document int64) {
	if h.shares == nil {
		h.shares = make(map[string]*share)
	}
	own := split[string](controller)
	h.councils = append(h.councils, own...)
	for _, council := range append(own, "") {
		if h.shares[council] == nil {
			h.shares[council] = &share{band: string(reeve.BandLow), documents: make(map[int64]bool)}
		}
		h.shares[council].add(band, document)
	}
}

// shares reckons mixed households from the documents of the people in them.
func (f *freezing) shares(tx *db.Tx, to *slicing, mixed map[string]*mixedHome) error {
	err := tx.Each(func(row db.Row) error {
		var home, band, controller string
		var document int64
		err := row.Scan(&home, &band, &controller, &document)
		if h := mixed[home]; h != nil {
			h.add(band, controller, document)
		}
		return err
	}, `SELECT r.household, p.band, p.controller, l.document FROM case_residents r JOIN case_people p ON p.id = r.person AND p.sealed = 0
		JOIN case_links l ON l.person = p.id WHERE r.household IN (SELECT h.id FROM case_households h WHERE NOT (`+openHome+" AND "+singleHome+"))")
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(mixed)) {
		h := mixed[id]
		for _, council := range slices.Sorted(maps.Keys(h.shares)) {
			s, controller := h.shares[council], council
			if council == "" && h.whole {
				continue
			}
			if council == "" {
				controller = joined(h.councils)
			}
			if err := f.home(to, h, council, s.band, int64(len(s.documents)), controller); err != nil {
				return err
			}
		}
	}
	return nil
}

// tallyKey is what is counted, under the councils that hold the data.
type tallyKey struct{ councils, what, value string }

// tallies are counts on their way to the store.
type tallies map[tallyKey]int64

func (t tallies) row(r *listRow, by int64) {
	for _, one := range [][2]string{{tallyPeople, ""}, {tallyTier, r.Tier}, {tallyBand, r.Band}, {tallyLane, r.Lane}, {tallyContact, r.Contact},
		{tallyVerdict, r.Verdict}, {tallyDeceased, r.Deceased}, {tallyTaken, r.Taken}} {
		t[tallyKey{r.Controller, one[0], one[1]}] += by
	}
	for _, many := range [][2]string{{tallySignal, r.Signals}, {tallyCategory, r.Categories}, {tallyKind, r.Kinds}} {
		for _, value := range split[string](many[1]) {
			t[tallyKey{r.Controller, many[0], value}] += by
		}
	}
}

// load keeps the counts of a version.
func (t tallies) load(tx *db.Tx, version int64) error {
	load := tx.Load("list_tally", "list", "councils", "what", "value", "n")
	for _, k := range slices.SortedFunc(maps.Keys(t), func(a, b tallyKey) int {
		return cmp.Or(cmp.Compare(a.councils, b.councils), cmp.Compare(a.what, b.what), cmp.Compare(a.value, b.value))
	}) {
		if err := load.Add(version, k.councils, k.what, k.value, t[k]); err != nil {
			return err
		}
	}
	return load.Close()
}

// digestRows reckons the SHA-256 over the rows of a version in order, every cell
// with its length before it, and over what else its form says.
func digestRows(tx *db.Tx, v *ListVersion) (digest string, rows int64, err error) {
	h := sha256.New()
	err = tx.Each(func(row db.Row) error {
		r, err := scanListRow(row)
		if err != nil {
			return err
		}
		rows++
		return r.digest(h)
	}, "SELECT "+listRowColumns+" FROM list_person p WHERE p.list = ? ORDER BY p.n", v.Number)
	if err == nil {
		err = digestContacts(tx, v, h)
	}
	return hex.EncodeToString(h.Sum(nil)), rows, err
}

// digest adds a row: its cells in the order of the columns.
func (r *listRow) digest(h hash.Hash) error {
	var b strings.Builder
	cell := func(s string) { b.WriteString(strconv.Itoa(len(s)) + ":" + s + "\n") }
	number := func(n int64) { cell(strconv.FormatInt(n, 10)) }
	number(r.N)
	for _, s := range []string{r.Person, r.Registers.Reveal(), r.Name.Reveal(), r.Born.Reveal(), r.UPRN.Reveal(), r.Address.Reveal(), r.Postcode.Reveal(),
		r.Household, r.Tier} {
		cell(s)
	}
	number(r.Posterior)
	for _, s := range []string{r.Capacity, r.Role, r.Deceased} {
		cell(s)
	}
	number(r.Severity)
	for _, s := range []string{r.Band, r.Lane, r.Signals, r.Categories, r.Kinds} {
		cell(s)
	}
	for _, n := range []int64{r.From, r.To, r.Items, r.Incomplete} {
		number(n)
	}
	for _, s := range []string{r.Exhibit, r.First.Reveal(), r.Controller, r.Contact, r.Basis, r.Verdict, r.Taken} {
		cell(s)
	}
	_, err := io.WriteString(h, b.String())
	return err
}

// holdsDigest makes sure that the rows of a version are those that were frozen.
func holdsDigest(tx *db.Tx, v *ListVersion) error {
	digest, rows, err := digestRows(tx, v)
	if err == nil && (digest != v.Digest || rows != v.rows) {
		err = reeve.WithHint(fmt.Errorf("the rows of the version are not those that were frozen: %w", reeve.Unavailable), "Nothing may rely on this version. Freeze a new one, and find out who changed the database.")
	}
	return err
}

// goneRows are the rows of a version whose people were sealed since: few, so
// that they are looked up one by one (CROSS JOIN keeps SQLite to that order).
func goneRows(tx *db.Tx, version int64) ([]listRow, error) {
	return db.All(tx, scanListRow, "SELECT "+listRowColumns+" FROM case_sealed_ids s CROSS JOIN list_person p WHERE p.list = ? AND p.person = s.id ORDER BY p.n", version)
}

// homesGone are the households of a version in which nobody is left but people
// who were sealed since, by the councils that they were counted under.
func homesGone(tx *db.Tx, version int64) ([]string, error) {
	return db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) }, `SELECT h.controller FROM list_home h
		WHERE h.list = ? AND h.council = '' AND h.household IN (SELECT r.household FROM case_sealed_ids s CROSS JOIN list_person p
			JOIN list_resident r ON r.list = p.list AND r.n = p.n WHERE p.list = ? AND p.person = s.id)
		AND NOT EXISTS (SELECT 1 FROM list_resident r JOIN list_person p ON p.list = r.list AND p.n = r.n
			WHERE r.list = h.list AND r.household = h.household AND p.person NOT IN (SELECT id FROM case_sealed_ids))`, version, version)
}

// tallyOf counts the rows of a version that may be seen, by what is counted.
func tallyOf(tx *db.Tx, version int64, s sweep.Scope) (map[string]map[string]int64, error) {
	sums := make(map[string]map[string]int64)
	add := func(k tallyKey, n int64) {
		if s.Councils != nil && !slices.ContainsFunc(split[string](k.councils), func(c string) bool { return slices.Contains(s.Councils, c) }) {
			return
		}
		if sums[k.what] == nil {
			sums[k.what] = make(map[string]int64)
		}
		sums[k.what][k.value] += n
	}
	err := tx.Each(func(row db.Row) error {
		var k tallyKey
		var n int64
		err := row.Scan(&k.councils, &k.what, &k.value, &n)
		add(k, n)
		return err
	}, "SELECT councils, what, value, n FROM list_tally WHERE list = ?", version)
	if err != nil {
		return nil, err
	}
	gone, err := goneRows(tx, version)
	if err != nil {
		return nil, err
	}
	less := make(tallies)
	for i := range gone {
		less.row(&gone[i], -1)
	}
	homes, err := homesGone(tx, version)
	for _, councils := range homes {
		less[tallyKey{councils, tallyHome, ""}]--
	}
	for k, n := range less {
		add(k, n)
	}
	return sums, err
}
