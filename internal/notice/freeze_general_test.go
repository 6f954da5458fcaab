package notice

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// homeTables stand in for the views of addresses that the case publishes.
var homeTables = []string{`
CREATE TABLE case_addresses (register INTEGER, uprn TEXT, lines TEXT, postcode TEXT, council TEXT, class TEXT, PRIMARY KEY (register, uprn));
CREATE INDEX case_addresses_postcode ON case_addresses (postcode, uprn, register);
CREATE TABLE case_address_counts (register INTEGER, council TEXT, reason TEXT, n INTEGER);
`}

// testHome is an address of a gazetteer in a test.
type testHome struct {
	register                       int64
	uprn, lines, postcode, council string
}

// houses are homes in one street, each with a number.
func houses(n int) (all []testHome) {
	for i := range n {
		all = append(all, testHome{1, strconv.Itoa(1000 + i), fmt.Sprintf("%d EXAMPLE STREET\nEXAMPLE TOWN", i+1), fmt.Sprintf("ZE1 %dAA", i/100%10), "rbkc"})
	}
	return all
}

// prepareHomes makes the tables and a gazetteer.
func prepareHomes(t testing.TB, d *db.DB, homes []testHome) {
	t.Helper()
	prepare(t, d, 2)
	if err := d.Migrate(t.Context(), "test-homes", homeTables); err != nil {
		t.Fatal(err)
	}
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		load := tx.Load("case_addresses", "register", "uprn", "lines", "postcode", "council", "class")
		for _, h := range homes {
			if err := load.Add(h.register, h.uprn, h.lines, h.postcode, h.council, "RD04"); err != nil {
				return err
			}
		}
		if err := load.Close(); err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT INTO case_address_counts SELECT register, council, '', COUNT(*) FROM case_addresses GROUP BY register, council"); err != nil {
			return err
		}
		_, err := tx.Exec("INSERT INTO case_address_counts VALUES (1, 'rbkc', 'commercial', 7), (1, 'rbkc', 'historic', 3)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// homesRun is a run to every home, frozen and checked.
func homesRun(t testing.TB, m *Room) run {
	t.Helper()
	return checkHomes(t, m, frozenHomes(t, m, ""))
}

// frozenHomes is a run to every home of a council, or of all, frozen.
func frozenHomes(t testing.TB, m *Room, council string) run {
	t.Helper()
	r := run{Title: "Test", Kind: General, Way: Post, Channel: m.Channels[0].Name(), Template: "general", Council: council, On: testOn, By: "u1", At: 1}
	err := m.db.Write(t.Context(), func(tx *db.Tx) error {
		all, err := usable(tx)
		if err != nil {
			return err
		}
		r.Text = all[r.Template].Text
		if err := addRun(tx, &r); err != nil {
			return err
		}
		return m.freeze(tx, &r, 2)
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func checkHomes(t testing.TB, m *Room, r run) run {
	t.Helper()
	if err := m.checkRun(t.Context(), work(t, r.ID)); err != nil {
		t.Fatal(err)
	}
	return reload(t, m, r.ID)
}

func messagesOf(t testing.TB, d *db.DB, id int64) (all []frozenMessage) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		all, err = db.All(tx, scanMessage, "SELECT "+messageColumns+" FROM notice_message WHERE run = ? AND n > 0 ORDER BY n", id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func leftOut(t testing.TB, d *db.DB, id int64) map[string]int64 {
	t.Helper()
	found := make(map[string]int64)
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		all, err := exclusions(tx, id)
		for _, c := range all {
			found[c.Word] = c.N
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func suppressPlace(t testing.TB, d *db.DB, lines ...string) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		forms := placesOf(lines[:len(lines)-1], lines[len(lines)-1])
		if err := addSuppression(tx, &suppression{Place: reeve.Private(reeve.KindAddress, forms[0]), Why: "asked", Cause: "asked", By: "u1", At: 1}); err != nil {
			return err
		}
		return keepForms(tx, forms[0], forms)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// letterbox is a channel that keeps what it is given.
type letterbox struct {
	mu    sync.Mutex
	taken []*Parcel
}

func (*letterbox) Name() string                       { return "letterbox" }
func (*letterbox) Ways() []Way                        { return []Way{Post} }
func (*letterbox) Limits() Limits                     { return Limits{} }
func (*letterbox) Now() time.Time                     { return time.Now() }
func (*letterbox) Wait(until time.Time) time.Duration { return time.Until(until) }
func (*letterbox) Find(context.Context, string) (Receipt, error) {
	return Receipt{}, fmt.Errorf("find: %w", reeve.NotFound)
}

func (c *letterbox) Send(_ context.Context, p *Parcel) (Receipt, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken = append(c.taken, p)
	return Receipt{ID: p.Reference, Status: "accepted", At: 5}, nil
}

// TestEveryHomeOnce: each home that post can reach is in the run once, under
// nobody's name, and what is left out is counted with its reason.
func TestEveryHomeOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		homes := append(houses(3),
			testHome{2, "1000", "1 EXAMPLE STREET\nEXAMPLE TOWN", "ZE1 0AA", "rbkc"}, // the same UPRN in another gazetteer
			testHome{1, "2000", "2, Example Street\nExample Town", "ZE1 0AA", "wcc"}, // the same address under another UPRN
			testHome{1, "2001", "", "ZE1 0AA", "rbkc"},
			testHome{1, "2002", "9 EXAMPLE STREET\nEXAMPLE TOWN", "XX", "rbkc"},
			testHome{1, "2003", "FLAT 1\nROSE HOUSE\n11 EXAMPLE STREET\nHILL\nQUARTER\nEXAMPLE TOWN", "ZE1 0AB", "rbkc"},
			testHome{1, "2004", "12 EXAMPLE STREET\nHILL\nEXAMPLE TOWN", "ZE1 0AB", "rbkc"})
		prepareHomes(t, d, homes)
		suppressPlace(t, d, "12 Example Street", "Example Town", "ZE1 0AB") // without the locality
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{&letterbox{}}})
		r := homesRun(t, m)
		var got []string
		for _, x := range messagesOf(t, d, r.ID) {
			if x.State != msgReady || !x.Recipient.bare() || x.Recipient.Person != "" {
				t.Errorf("%+v", x)
			}
			got = append(got, strings.Join(x.Recipient.open().Lines, "/"))
		}
		want := []string{"The occupier/1 EXAMPLE STREET/EXAMPLE TOWN/ZE1 0AA", "The occupier/2 EXAMPLE STREET/EXAMPLE TOWN/ZE1 0AA", "The occupier/3 EXAMPLE STREET/EXAMPLE TOWN/ZE1 0AA",
			"The occupier/FLAT 1, ROSE HOUSE/11 EXAMPLE STREET/HILL/QUARTER/EXAMPLE TOWN/ZE1 0AB"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		counts := map[string]int64{"duplicate": 2, "not-a-real-uk-postcode": 1, "not-enough-address-lines": 1, "suppressed": 1, "commercial": 7, "historic": 3}
		if diff := cmp.Diff(counts, leftOut(t, d, r.ID)); diff != "" {
			t.Error(diff)
		}
		if r.People != 4 || r.Digest == "" || r.State != Checked {
			t.Errorf("%d messages, digest %q, %s", r.People, r.Digest, r.State)
		}
	})
}

// TestFormsOfAnAddress: two ways of writing an address share a form, and two homes
// never do.
func TestFormsOfAnAddress(t *testing.T) {
	at := func(s string) []string { return placesOf(strings.Split(s, ", "), "ZE1 0AA") }
	shares := func(a, b string) bool {
		return slices.ContainsFunc(at(a), func(f string) bool { return slices.Contains(at(b), f) })
	}
	for _, same := range [][2]string{{"12 Example Street, Hill, Town", "12 EXAMPLE STREET, TOWN"}, {"Flat 2, 12 Example Street, Town", "FLAT 2, 12 EXAMPLE STREET, HILL, TOWN"},
		{"12A Example Street", "12a Example  Street, Town"}, {"Rose Cottage, Mill Lane, Town", "ROSE COTTAGE, MILL LANE, TOWN"}} {
		if !shares(same[0], same[1]) {
			t.Errorf("%q and %q are one home", same[0], same[1])
		}
	}
	for _, apart := range [][2]string{{"Flat 2, 12 Example Street, Town", "Flat 2, 14 Example Street, Town"}, {"Flat 2, Rose House, Town", "Flat 2, Ivy House, Town"},
		{"12 Example Street, Basement Flat", "12 Example Street"}, {"12 Example Street, Flat 3, Town", "12 Example Street, Town"}, {"2A, Rose House, Town", "2A, Ivy House, Town"},
		{"12 Example Street, Town", "1, 3 Example Street, Town"}} {
		if shares(apart[0], apart[1]) {
			t.Errorf("%q and %q are two homes", apart[0], apart[1])
		}
	}
}

// TestHomesOfOneCouncil: a run for one council goes to its homes alone.
func TestHomesOfOneCouncil(t *testing.T) {
	d := dbtest.SQLite(t)
	prepareHomes(t, d, append(houses(2), testHome{2, "5", "5 OTHER ROAD\nEXAMPLE TOWN", "ZE2 0AA", "wcc"}))
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{&letterbox{}}})
	r := checkHomes(t, m, frozenHomes(t, m, "wcc"))
	all := messagesOf(t, d, r.ID)
	if len(all) != 1 || all[0].Recipient.Council != "wcc" || len(leftOut(t, d, r.ID)) != 0 {
		t.Errorf("%d messages, %v", len(all), leftOut(t, d, r.ID))
	}
}

// change runs a statement on the tables of a test.
func change(t testing.TB, d *db.DB, query string, args ...any) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestLettersToHomesLeave: they leave once each without anybody being asked about;
// what is put under "never write to" in the meantime does not; and what comes back
// keeps its address out of the next run.
func TestLettersToHomesLeave(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepareHomes(t, d, houses(5))
		guard, box := &testGuard{asked: make(map[string]int)}, &letterbox{}
		m := New(Deps{DB: d, Guard: guard, Channels: []Channel{box}})
		r := start(t, m, homesRun(t, m))
		suppressPlace(t, d, "4 Example Street", "Example Town", "ZE1 0AA")
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		if len(box.taken) != 4 || reload(t, m, r.ID).State != Done || len(guard.asked) != 0 {
			t.Errorf("%d letters left, %d people were asked about", len(box.taken), len(guard.asked))
		}
		for _, x := range messagesOf(t, d, r.ID) {
			if want := map[bool]string{true: msgRefused, false: msgLeft}[x.N == 4]; x.State != want {
				t.Errorf("letter %d is %s (%s)", x.N, x.State, x.Why)
			}
		}
		if err := m.Tell(t.Context(), messagesOf(t, d, r.ID)[0].Recipient.Reference, "returned"); err != nil {
			t.Fatal(err)
		}
		change(t, d, "UPDATE case_addresses SET lines = ? WHERE uprn = '1000'", "1 EXAMPLE STREET\nHILL\nEXAMPLE TOWN") // a newer gazetteer names the locality
		again := homesRun(t, m)
		if again.People != 3 || leftOut(t, d, again.ID)["suppressed"] != 2 {
			t.Errorf("%d letters, left out %v", again.People, leftOut(t, d, again.ID))
		}
	})
}

// TestMixUpsDoNotLeave: what got into the rows of a run by a mistake somewhere
// else is found when it is checked, and again as it leaves.
func TestMixUpsDoNotLeave(t *testing.T) {
	for _, x := range []struct{ set, kind string }{{"person = 'P000000000001'", "general"}, {"name = 'Ada Brook'", "general"}, {"kinds = 'nino'", "general"},
		{"items = 3", "general"}, {"person = ''", "personal"}} {
		d := dbtest.SQLite(t)
		prepareHomes(t, d, houses(2))
		box := &letterbox{}
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{box}})
		mixed := func(when string) run {
			if x.kind == "personal" {
				return checkedTestRun(t, m, run{})
			}
			r := frozenHomes(t, m, "")
			if when == "checked" {
				change(t, d, "UPDATE notice_message SET "+x.set+" WHERE run = ? AND n = 1", r.ID)
			}
			return checkHomes(t, m, r)
		}
		if x.kind == "general" {
			if all := messagesOf(t, d, mixed("checked").ID); all[0].State != msgFaulty || all[0].Why != string(Misplaced) || all[1].State != msgReady {
				t.Errorf("%s: when checked it is %s (%s)", x.set, all[0].State, all[0].Why)
			}
		}
		r := start(t, m, mixed("left"))
		change(t, d, "UPDATE notice_message SET "+x.set+" WHERE run = ? AND n = 1", r.ID)
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		if all := messagesOf(t, d, r.ID); all[0].State != msgRefused || all[1].State != msgLeft || len(box.taken) != 1 {
			t.Errorf("%s: as it leaves it is %s (%s), %d left", x.set, all[0].State, all[0].Why, len(box.taken))
		}
	}
}

// BenchmarkFreezeHomes freezes a run to 100,000 homes.
func BenchmarkFreezeHomes(b *testing.B) {
	d := dbtest.SQLite(b)
	var homes []testHome
	for i := range 100_000 {
		homes = append(homes, testHome{1, strconv.Itoa(1_000_000 + i), fmt.Sprintf("FLAT %d\n%d EXAMPLE STREET\nEXAMPLE TOWN", i%7, i/7+1), fmt.Sprintf("ZE%d %dAA", i/9000+1, i/900%10), "rbkc"})
	}
	prepareHomes(b, d, homes)
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{&letterbox{}}})
	for b.Loop() {
		if r := frozenHomes(b, m, ""); r.People != int64(len(homes)) {
			b.Fatalf("%d homes", r.People)
		}
	}
}
