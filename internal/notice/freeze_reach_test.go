package notice

import (
	"slices"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// reachable are standings by which everybody may be told by a way.
func reachable(w Way, people int) *testGuard {
	g := &testGuard{stand: make(map[string]*Standing)}
	for i := range people {
		s := grownUp
		s.Contact = safeFor[w]
		g.stand[personID(i)] = &s
	}
	return g
}

// TestReach: a message holds what its way needs and nothing else, and whoever
// cannot be reached by it is left out before anybody signs.
func TestReach(t *testing.T) {
	contacts := []testContact{
		{email: "ada.brook0@example.org", phone: "+447700900000", worker: "Sam Field"},
		{email: "one@example.org", phone: "+442079460001"},
		{email: "shared@example.org", phone: "+447700900002"},
		{email: "Shared@Example.org", phone: "07700 900002"},
		{email: "not an address"},
		{},
	}
	for w, want := range map[Way]struct {
		in        []int
		exclusion map[string]int64
	}{
		Post:   {[]int{0, 1, 2, 3, 4, 5}, map[string]int64{}},
		Email:  {[]int{0, 1}, map[string]int64{"shared-address": 2, "no-address": 2}},
		Text:   {[]int{0}, map[string]int64{"shared-address": 2, "no-address": 3}},
		Call:   {[]int{0, 1, 2, 3}, map[string]int64{"no-address": 2}},
		Worker: {[]int{0}, map[string]int64{"no-address": 5}},
	} {
		t.Run(string(w), func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				prepare(t, d, len(contacts))
				giveContacts(t, d, contacts)
				m := New(Deps{DB: d, Guard: reachable(w, len(contacts)), Channels: []Channel{&spyChannel{}}})
				r := checkedTestRun(t, m, run{Kind: Personal, Way: w})
				in := inRun(t, m, r.ID)
				for i, c := range contacts {
					x := in[personID(i)]
					if (x != nil) != slices.Contains(want.in, i) {
						t.Errorf("person %d is in the run: %v", i, x != nil)
					}
					if x != nil {
						checkReach(t, w, &x.Recipient, c)
					}
				}
				got := countOf(t, m, exclusions, r.ID)
				for reason, n := range want.exclusion {
					if got[reason] != n {
						t.Errorf("left out %v, want %d with %s", got, n, reason)
					}
				}
			})
		})
	}
}

func checkReach(t *testing.T, w Way, got *Recipient, has testContact) {
	t.Helper()
	want := testContact{}
	switch w {
	case Email:
		want.email = has.email
	case Text, Call:
		want.phone = has.phone
	case Worker:
		want.worker = has.worker
	}
	o := got.open()
	if o.Email != want.email || o.Phone != want.phone || o.Worker != want.worker {
		t.Errorf("by %s the message holds %q, %q, %q", w, o.Email, o.Phone, o.Worker)
	}
	if !slices.Equal(got.Services, []string{"education", "housing"}) || got.Held != "yes" {
		t.Errorf("services %v, held %q", got.Services, got.Held)
	}
}

// TestReadersForm: a message knows how its reader reads; one to somebody else
// about them does not.
func TestReadersForm(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 2)
	giveContacts(t, d, []testContact{{format: "large-print"}, {format: "large-print"}})
	g := reachable(Post, 2)
	for _, s := range g.stand {
		s.Born = reeve.Date{Year: 2015, Month: 4, Day: 1}
	}
	m := New(Deps{DB: d, Guard: g, Channels: []Channel{&spyChannel{}}})
	decideOnChild(t, m, personID(0))
	in := inRun(t, m, checkedTestRun(t, m, run{Kind: Child, Way: Post, Template: "child"}).ID)
	if len(in) != 1 || in[personID(0)] == nil || in[personID(0)].Recipient.Format != "" {
		t.Errorf("a parent reads in the form of the child: %+v", in)
	}
	for _, s := range g.stand {
		s.Born = reeve.Date{Year: 1970}
	}
	in = inRun(t, m, checkedTestRun(t, m, run{}).ID)
	if len(in) != 2 || in[personID(1)].Recipient.Format != LargePrint {
		t.Errorf("somebody who reads large print does not: %d in the run", len(in))
	}
}

// decideOnChild records whom to tell about a child.
func decideOnChild(t *testing.T, m *Room, person string) {
	t.Helper()
	err := m.db.Write(t.Context(), func(tx *db.Tx) error {
		return addDecision(tx, &decision{Person: person, Sort: Child, Name: reeve.Private(reeve.KindName, "Bea Brook"),
			Lines: private([]string{"Bea Brook", "9 Example Street", "Example Town", "ZE1 0AA"}), Relation: "mother", Basis: "parental responsibility", Harm: "checked", Decider: "Children's services", Day: "2026-01-10", At: 1})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestChildByMail: whoever is told about a child is not reached by the child's
// e-mail address, number or worker's desk.
func TestChildByMail(t *testing.T) {
	for _, w := range []Way{Email, Text, Call} {
		d := dbtest.SQLite(t)
		prepare(t, d, 1)
		giveContacts(t, d, []testContact{{email: "child@example.org", phone: "+447700900001"}})
		g := reachable(w, 1)
		g.stand[personID(0)].Born = reeve.Date{Year: 2015, Month: 4, Day: 1}
		m := New(Deps{DB: d, Guard: g, Channels: []Channel{&spyChannel{}}})
		decideOnChild(t, m, personID(0))
		r := checkedTestRun(t, m, run{Kind: Child, Way: w, Template: "child"})
		if got := countOf(t, m, exclusions, r.ID); r.People != 0 || got["no-address"] != 1 {
			t.Errorf("by %s: %d in the run, left out %v", w, r.People, got)
		}
	}
}

// TestOfAge: somebody who came of age is never told of to those who were named
// while they were a child, on the very day; nor is an estate told of whose owner
// no register calls dead.
func TestOfAge(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 1)
	g := reachable(Post, 1)
	now := time.Date(int(testOn.Year), time.Month(testOn.Month), int(testOn.Day), 9, 0, 0, 0, time.UTC)
	m := New(Deps{DB: d, Guard: g, Channels: []Channel{&spyChannel{}}, Now: func() time.Time { return now }})
	decideOnChild(t, m, personID(0))
	for born, want := range map[reeve.Date]Reason{{Year: 2008, Month: 1, Day: 19}: OfAge, {Year: 2008, Month: 1, Day: 20}: "", {Year: 1990}: OfAge} {
		g.stand[personID(0)].Born = born
		if got := ruleOn(t, m, &run{Kind: Child, Way: Post, On: testOn}); got != want {
			t.Errorf("born %s: %q", born, got)
		}
	}
	for dead, want := range map[string]Reason{"no": Living, "": Living, "yes": "", "suspected": ""} {
		if got := Rule(Standing{Contact: reeve.ContactPost, Deceased: dead}, true, Ask{Way: Post, On: testOn, Estate: true}); got != want {
			t.Errorf("dead %q: %q", dead, got)
		}
	}
}

func ruleOn(t *testing.T, m *Room, r *run) (reason Reason) {
	t.Helper()
	err := m.db.Read(t.Context(), func(tx *db.Tx) error {
		out, _, err := m.rule(tx, r, []string{personID(0)}, nil)
		reason = out[personID(0)]
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return reason
}

// TestBouncedMail: an e-mail that came back keeps the mailbox from being used
// again, and says nothing of where the person lives.
func TestBouncedMail(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 2)
	giveContacts(t, d, []testContact{{email: "gone@example.org"}, {email: "here@example.org"}})
	g := reachable(Email, 2)
	spy := &spyChannel{t: t, guard: g, who: make(map[string]string), taken: make(map[string]int)}
	m := New(Deps{DB: d, Guard: g, Channels: []Channel{spy}})
	r := start(t, m, checkedTestRun(t, m, run{Kind: Personal, Way: Email}))
	in := inRun(t, m, r.ID)
	for person, x := range in {
		spy.who[x.Recipient.Reference] = person
	}
	if err := m.send(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	if err := m.Tell(t.Context(), in[personID(0)].Recipient.Reference, "permanent-failure"); err != nil {
		t.Fatal(err)
	}
	again := checkedTestRun(t, m, run{Kind: Personal, Way: Email})
	if got := countOf(t, m, exclusions, again.ID); got["suppressed"] != 1 || got["already-told"] != 1 {
		t.Errorf("a second run of e-mails leaves out %v", got)
	}
	for _, s := range g.stand {
		s.Contact = reeve.ContactPost
	}
	letters := checkedTestRun(t, m, run{})
	if got := countOf(t, m, exclusions, letters.ID); letters.People != 1 || got["already-told"] != 1 {
		t.Errorf("%d letters after a bounced e-mail; left out %v", letters.People, got)
	}
}
