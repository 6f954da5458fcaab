package notice

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// randomStanding is how somebody may stand; nil is sealed or unknown.
func randomStanding(random *rand.Rand) *Standing {
	if random.IntN(12) == 0 {
		return nil
	}
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	s := &Standing{Contact: reeve.SafeContact(pick("post", "post", "post", "post", "phone", "email", "hold", "worker", "not-assessed", "")), Deceased: pick("no", "no", "no", "no", "", "yes", "suspected"),
		Verdict: pick("", "confirmed", "confirmed", "not-theirs", "not-personal", "unsure"), Moved: random.IntN(8) == 0, Minor: random.IntN(10) == 0}
	if random.IntN(5) > 0 {
		s.Born = reeve.Date{Year: int16(1940 + random.IntN(85)), Month: int8(1 + random.IntN(12)), Day: int8(1 + random.IntN(28))}
		if random.IntN(6) == 0 {
			s.Born.Month, s.Born.Day = 0, 0
		}
	}
	return s
}

// mayHave says, independently of Rule, whether anything may be posted to
// somebody in a bulk run of personal letters.
func mayHave(s *Standing) bool {
	if s == nil || s.Contact != reeve.ContactPost || s.Deceased == "yes" || s.Deceased == "suspected" || s.Moved || strings.HasPrefix(s.Verdict, "not-") {
		return false
	}
	if s.Born.Year == 0 {
		return !s.Minor
	}
	month, day := int(s.Born.Month), int(s.Born.Day)
	if month == 0 {
		month, day = 12, 31
	}
	eighteen := time.Date(int(s.Born.Year)+18, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return !eighteen.After(dayOf(testOn).Truncate(24 * time.Hour))
}

// spyChannel takes everything and asks, at the moment of handing over, whether
// the person may have it.
type spyChannel struct {
	t     *testing.T
	guard *testGuard
	turn  func() // called before each hand-over is judged: flags change
	who   map[string]string
	taken map[string]int
}

func (*spyChannel) Name() string                       { return "spy" }
func (*spyChannel) Ways() []Way                        { return []Way{Post} }
func (*spyChannel) Limits() Limits                     { return Limits{} }
func (*spyChannel) Now() time.Time                     { return time.Now() }
func (*spyChannel) Wait(until time.Time) time.Duration { return time.Until(until) }
func (*spyChannel) Find(context.Context, string) (Receipt, error) {
	return Receipt{}, fmt.Errorf("find: %w", reeve.NotFound)
}

func (c *spyChannel) Send(_ context.Context, p *Parcel) (Receipt, error) {
	c.guard.mu.Lock()
	defer c.guard.mu.Unlock()
	person := c.who[p.Reference]
	if s, set := c.guard.stand[person]; set && !mayHave(s) {
		c.t.Errorf("a letter left to somebody who may have none: %+v", s)
	}
	for _, l := range p.Lines {
		if strings.Contains(strings.ToLower(l.Reveal()), "fixed abode") {
			c.t.Error("a letter left to no fixed abode")
		}
	}
	c.taken[p.Reference]++
	if c.turn != nil {
		c.turn()
	}
	return Receipt{ID: p.Reference, Status: "handed-over", At: time.Now().Unix()}, nil
}

// TestNobodyWhoMustNot runs bulk runs over random people whose flags change
// while letters leave: nobody on hold, with a worker, sealed, not assessed, under
// 18 without a decision, dead or of no fixed abode is ever in one, or leaves.
// Flags change under the lock under which the guard answers, and only for the
// better or for others than those whose letter is between guard and channel: a
// letter that was handed over before a flag came is not called back.
func TestNobodyWhoMustNot(t *testing.T) {
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 9))
		d := dbtest.SQLite(t)
		const people = 60
		prepare(t, d, people)
		guard := &testGuard{stand: make(map[string]*Standing)}
		homeless := make(map[string]bool)
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			for i := range people {
				guard.stand[personID(i)] = randomStanding(random)
				if random.IntN(10) > 0 {
					continue
				}
				homeless[personID(i)] = true
				if _, err := tx.Exec("UPDATE review_version_person SET address = 'NFA, Example Town' WHERE n = ?", i+1); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		spy := &spyChannel{t: t, guard: guard, who: make(map[string]string), taken: make(map[string]int)}
		m := New(Deps{DB: d, Guard: guard, Channels: []Channel{spy}})
		r := checkedTestRun(t, m, run{})
		var in []frozenMessage
		if err := d.Read(t.Context(), func(tx *db.Tx) (err error) { in, err = messages(tx, r.ID, msgReady, 0, people); return err }); err != nil {
			t.Fatal(err)
		}
		for _, x := range in {
			p := x.Recipient.Person
			if !mayHave(guard.stand[p]) || homeless[p] {
				t.Errorf("seed %d: %+v is in the run", seed, guard.stand[p])
			}
			spy.who[x.Recipient.Reference] = p
		}
		if len(in) == 0 {
			t.Fatalf("seed %d: nobody is in the run", seed)
		}
		r = start(t, m, r)
		// Half of the flags change before anything leaves, the others between pages.
		for i := range people {
			if random.IntN(2) == 0 {
				guard.stand[personID(i)] = randomStanding(random)
			}
		}
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		left, refused := countOf(t, m, states, r.ID)[msgLeft], countOf(t, m, states, r.ID)[msgRefused]
		if int(left) != len(spy.taken) || int(left+refused) != len(in) {
			t.Errorf("seed %d: %d left, %d refused, %d taken of %d", seed, left, refused, len(spy.taken), len(in))
		}
		for _, x := range in {
			if n := spy.taken[x.Recipient.Reference]; n > 0 != mayHave(guard.stand[x.Recipient.Person]) || n > 1 {
				t.Errorf("seed %d: %d letters to %+v", seed, n, guard.stand[x.Recipient.Person])
			}
		}
		var rows int64
		if err := d.Read(t.Context(), func(tx *db.Tx) error {
			return tx.One([]any{&rows}, "SELECT COUNT(*) FROM notice_refusal WHERE run = ?", r.ID)
		}); err != nil || rows != refused {
			t.Errorf("seed %d: %d refusals on record, %d refused (%v)", seed, rows, refused, err)
		}
	}
}

// TestFlagsDuringTheRun changes flags after every letter. Whoever got one could
// have one when the guard was asked about them last.
func TestFlagsDuringTheRun(t *testing.T) {
	for seed := range uint64(2) {
		random := rand.New(rand.NewPCG(seed, 77))
		d := dbtest.SQLite(t)
		const people = 60
		prepare(t, d, people)
		guard := &recordingGuard{testGuard: testGuard{stand: make(map[string]*Standing)}, last: make(map[string]bool)}
		for i := range people {
			guard.stand[personID(i)] = &grownUp
		}
		spy := &spyChannel{t: t, guard: &testGuard{}, who: make(map[string]string), taken: make(map[string]int)}
		spy.turn = func() {
			guard.mu.Lock()
			defer guard.mu.Unlock()
			for range 3 {
				guard.stand[personID(random.IntN(people))] = randomStanding(random)
			}
		}
		m := New(Deps{DB: d, Guard: guard, Channels: []Channel{spy}})
		r := start(t, m, checkedTestRun(t, m, run{}))
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		got := countOf(t, m, states, r.ID)
		if got[msgRefused] == 0 || got[msgLeft] == 0 || got[msgLeft]+got[msgRefused] != people {
			t.Errorf("seed %d: %v", seed, got)
		}
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			return tx.Each(func(row db.Row) error {
				var person, state string
				err := row.Scan(&person, &state)
				if state == msgLeft != guard.last[person] {
					t.Errorf("seed %d: %s is %s; when last asked they might have a letter: %v", seed, person, state, guard.last[person])
				}
				return err
			}, "SELECT person, state FROM notice_message WHERE run = ?", r.ID)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// recordingGuard remembers what it said of each person last.
type recordingGuard struct {
	testGuard
	last map[string]bool
}

func (g *recordingGuard) Stand(tx *db.Tx, v int64, people []string) (map[string]Standing, error) {
	found, err := g.testGuard.Stand(tx, v, people)
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, p := range people {
		s, ok := found[p]
		g.last[p] = ok && mayHave(&s)
	}
	return found, err
}

// TestRule goes through every standing for every way: what may be sent by post,
// e-mail or text is what the contract allows.
func TestRule(t *testing.T) {
	for _, c := range []reeve.SafeContact{reeve.ContactPost, reeve.ContactPhone, reeve.ContactEmail, reeve.ContactHold, reeve.ContactWorker, reeve.ContactNotAssessed, ""} {
		for _, w := range []Way{Post, Email, Text, Hand, Worker} {
			want := map[Way]reeve.SafeContact{Post: reeve.ContactPost, Hand: reeve.ContactPost, Email: reeve.ContactEmail, Text: reeve.ContactPhone, Worker: reeve.ContactWorker}[w] == c
			if got := Rule(Standing{Contact: c, Deceased: "no"}, true, Ask{Way: w, On: testOn}) == ""; got != want {
				t.Errorf("%s by %s: %v", c, w, got)
			}
			if Rule(Standing{Contact: c}, false, Ask{Way: w, On: testOn}) != NotListed {
				t.Errorf("%s by %s: somebody unlisted", c, w)
			}
		}
	}
	for born, want := range map[reeve.Date]Reason{{Year: 2008, Month: 1, Day: 19}: "", {Year: 2008, Month: 1, Day: 20}: UnderAge, {Year: 2008}: UnderAge, {Year: 2007}: "", {Year: 2030, Month: 1, Day: 1}: UnderAge} {
		if got := Rule(Standing{Contact: reeve.ContactPost, Born: born}, true, Ask{Way: Post, On: testOn}); got != want {
			t.Errorf("born %s: %q", born, got)
		}
	}
}

// unsureChannel loses its answers: what was taken is known to Find alone.
type unsureChannel struct {
	spyChannel
	lose  int
	known map[string]Receipt
}

func (c *unsureChannel) Send(ctx context.Context, p *Parcel) (Receipt, error) {
	c.guard.mu.Lock()
	defer c.guard.mu.Unlock()
	c.lose++
	if c.lose%3 == 1 { // taken, and the answer lost
		c.taken[p.Reference]++
		c.known[p.Reference] = Receipt{ID: "x", Status: "accepted", At: 5}
		return Receipt{}, errors.Join(ErrUnsure, reeve.Unavailable)
	}
	if c.lose%3 == 2 { // lost on the way
		return Receipt{}, errors.Join(ErrUnsure, reeve.Unavailable)
	}
	c.taken[p.Reference]++
	return Receipt{ID: "x", Status: "accepted", At: 5}, nil
}

func (c *unsureChannel) Limits() Limits { return Limits{Settle: 900 * time.Millisecond} }

func (c *unsureChannel) Find(_ context.Context, ref string) (Receipt, error) {
	c.guard.mu.Lock()
	defer c.guard.mu.Unlock()
	if r, ok := c.known[ref]; ok {
		return r, nil
	}
	return Receipt{}, fmt.Errorf("find: %w", reeve.NotFound)
}

// TestLostAnswers: a channel whose answers are lost gets each letter once.
func TestLostAnswers(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 12)
	c := &unsureChannel{spyChannel: spyChannel{t: t, guard: &testGuard{}, taken: make(map[string]int)}, known: make(map[string]Receipt)}
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{c}})
	r := startUnchecked(t, m)
	for reload(t, m, r.ID).State != Done {
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
	}
	if len(c.taken) != 12 {
		t.Errorf("%d people were told", len(c.taken))
	}
	for ref, n := range c.taken {
		if n != 1 {
			t.Errorf("%s was taken %d times", ref, n)
		}
	}
}
