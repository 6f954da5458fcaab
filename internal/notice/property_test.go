package notice

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
)

// allWays are all ways of telling a person.
var allWays = []Way{Post, Email, Text, Hand, Call, Worker}

// safeFor is the safe contact that each way needs, as the contract says.
var safeFor = map[Way]reeve.SafeContact{Post: reeve.ContactPost, Hand: reeve.ContactPost, Email: reeve.ContactEmail, Text: reeve.ContactPhone, Call: reeve.ContactPhone, Worker: reeve.ContactWorker}

// randomStanding is how somebody may stand, half of them so that a way suits
// them; nil is sealed or unknown.
func randomStanding(random *rand.Rand, w Way) *Standing {
	if random.IntN(12) == 0 {
		return nil
	}
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	suits := string(safeFor[w])
	s := &Standing{Contact: reeve.SafeContact(pick(suits, suits, suits, suits, "post", "phone", "email", "hold", "worker", "not-assessed", "")), Deceased: pick("no", "no", "no", "no", "", "yes", "suspected"),
		Verdict: pick("", "confirmed", "confirmed", "not-theirs", "not-personal", "unsure"), Minor: random.IntN(10) == 0,
		Moved: random.IntN(8) == 0, OtherEmail: random.IntN(8) == 0, OtherPhone: random.IntN(8) == 0, OtherWorker: random.IntN(8) == 0}
	if random.IntN(5) > 0 {
		s.Born = reeve.Date{Year: int16(1940 + random.IntN(85)), Month: int8(1 + random.IntN(12)), Day: int8(1 + random.IntN(28))}
		if random.IntN(6) == 0 {
			s.Born.Month, s.Born.Day = 0, 0
		}
	}
	return s
}

// mayHave says, independently of Rule, whether somebody may be told by a way in a
// run of personal notices.
func mayHave(w Way, s *Standing) bool {
	if s == nil || s.Contact != safeFor[w] || s.Deceased == "yes" || s.Deceased == "suspected" || strings.HasPrefix(s.Verdict, "not-") {
		return false
	}
	if (map[Way]bool{Post: s.Moved, Hand: s.Moved, Email: s.OtherEmail, Text: s.OtherPhone, Call: s.OtherPhone, Worker: s.OtherWorker})[w] {
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

// testContact is what the registers of one person of the test list say.
type testContact struct{ email, phone, worker, language, format string }

// giveContacts puts contacts beside the people of the test list.
func giveContacts(t testing.TB, d *db.DB, all []testContact) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		load := tx.Load("review_version_contact", "version", "n", "person", "email", "phone", "language", "format", "worker", "services", "held")
		for i, c := range all {
			if err := load.Add(int64(1), int64(i+1), personID(i), c.email, c.phone, c.language, c.format, c.worker, "education;housing", "yes"); err != nil {
				return err
			}
		}
		return load.Close()
	})
	if err != nil {
		t.Fatal(err)
	}
}

// randomContacts are those of a list in which some people cannot be reached, and
// some share a mailbox or a number. reached tells whom a way can reach at all.
func randomContacts(random *rand.Rand, people int) (all []testContact, reached map[Way]map[string]bool) {
	reached = make(map[Way]map[string]bool)
	for _, w := range allWays {
		reached[w] = make(map[string]bool)
	}
	pick := func(own string, list ...string) string {
		if n := random.IntN(3 * len(list)); n < len(list) {
			return list[n]
		}
		return own
	}
	for i := range people {
		id := personID(i)
		c := testContact{email: fmt.Sprintf("ada.brook%d@example.org", i), phone: fmt.Sprintf("+447700900%03d", i), worker: "Sam Field"}
		email := pick(c.email, "", "refused", "Family@example.org", "family@EXAMPLE.org", "ada@example")
		phone := pick(c.phone, "", fmt.Sprintf("+4420794600%02d", i), "+447700900999", "07700 900 999", fmt.Sprintf("+4470123456%02d", i))
		worker := pick(c.worker, "")
		reached[Email][id], reached[Text][id] = email == c.email, phone == c.phone
		reached[Call][id], reached[Worker][id] = phone != "", worker != ""
		reached[Post][id], reached[Hand][id] = true, true
		all = append(all, testContact{email: email, phone: phone, worker: worker})
	}
	return all, reached
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
func (*spyChannel) Ways() []Way                        { return []Way{Post, Email, Text} }
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
	if s, set := c.guard.stand[person]; set && !mayHave(p.Way, s) {
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

// TestNobodyWhoMustNot makes bulk runs by every way over random people whose
// flags change while notices leave: nobody on hold, with a worker, sealed, not
// assessed, under 18 without a decision, dead, of no fixed abode, or who would be
// reached where others read it, is ever in one, or leaves; whoever may have one is
// in it; and each that was refused is on record.
// Flags change under the lock under which the guard answers, and only for the
// better or for others than those whose notice is between guard and channel: one
// that was handed over before a flag came is not called back.
func TestNobodyWhoMustNot(t *testing.T) {
	for _, w := range allWays {
		t.Run(string(w), func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(3) {
				tellAtRandom(t, w, seed)
			}
		})
	}
}

// atRandom is a list of people who stand in all sorts of ways.
type atRandom struct {
	guard   *testGuard
	reached map[string]bool // by the way of the run
	nobody  map[string]bool // of no fixed abode
}

func newAtRandom(t *testing.T, d *db.DB, random *rand.Rand, w Way, people int) *atRandom {
	t.Helper()
	prepare(t, d, people)
	contacts, reached := randomContacts(random, people)
	giveContacts(t, d, contacts)
	a := &atRandom{&testGuard{stand: make(map[string]*Standing)}, reached[w], make(map[string]bool)}
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		for i := range people {
			a.guard.stand[personID(i)] = randomStanding(random, w)
			if random.IntN(10) > 0 {
				continue
			}
			a.nobody[personID(i)] = w == Post || w == Hand
			if _, err := tx.Exec("UPDATE review_version_person SET address = 'NFA, Example Town' WHERE n = ?", i+1); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// may says whether somebody may be in the run now.
func (a *atRandom) may(w Way, person string) bool {
	return mayHave(w, a.guard.stand[person]) && a.reached[person] && !a.nobody[person]
}

func tellAtRandom(t *testing.T, w Way, seed uint64) {
	t.Helper()
	const people = 60
	random := rand.New(rand.NewPCG(seed, 9))
	d := dbtest.SQLite(t)
	a := newAtRandom(t, d, random, w, people)
	spy := &spyChannel{t: t, guard: a.guard, who: make(map[string]string), taken: make(map[string]int)}
	m := New(Deps{DB: d, Guard: a.guard, Channels: []Channel{spy}})
	r := checkedTestRun(t, m, run{Kind: Personal, Way: w})
	in := inRun(t, m, r.ID)
	for i := range people {
		if x := in[personID(i)]; (x != nil) != a.may(w, personID(i)) {
			t.Errorf("seed %d: %+v, reached %v: in the run %v", seed, a.guard.stand[personID(i)], a.reached[personID(i)], x != nil)
		}
	}
	if len(in) == 0 {
		t.Fatalf("seed %d: nobody is in the run", seed)
	}
	for person, x := range in {
		spy.who[x.Recipient.Reference] = person
	}
	r = start(t, m, r)
	for i := range people { // half of the flags change before anything leaves
		if random.IntN(2) == 0 {
			a.guard.stand[personID(i)] = randomStanding(random, w)
		}
	}
	told := leaveAll(t, m, &r, in, spy)
	refused := countOf(t, m, states, r.ID)[msgRefused]
	for person := range in {
		if told[person] != mayHave(w, a.guard.stand[person]) {
			t.Errorf("seed %d: told %v, of %+v", seed, told[person], a.guard.stand[person])
		}
	}
	if len(told)+int(refused) != len(in) {
		t.Errorf("seed %d: %d told, %d refused of %d", seed, len(told), refused, len(in))
	}
	var rows int64
	if err := d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&rows}, "SELECT COUNT(*) FROM notice_refusal WHERE run = ?", r.ID)
	}); err != nil || rows != refused || rows == 0 {
		t.Errorf("seed %d: %d refusals on record, %d refused (%v)", seed, rows, refused, err)
	}
}

// inRun gives the messages of a run that may leave, by person.
func inRun(t *testing.T, m *Room, id int64) map[string]*frozenMessage {
	t.Helper()
	in := make(map[string]*frozenMessage)
	err := m.db.Read(t.Context(), func(tx *db.Tx) error {
		all, err := messages(tx, id, msgReady, 0, 1000)
		for i := range all {
			in[all[i].Recipient.Person] = &all[i]
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// leaveAll lets everything of a run leave that may: by the channel, or in the
// hands of a person. It gives who was told, each once.
func leaveAll(t *testing.T, m *Room, r *run, in map[string]*frozenMessage, spy *spyChannel) map[string]bool {
	t.Helper()
	told := make(map[string]bool)
	if !r.Way.byPeople() {
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		for person, x := range in {
			if n := spy.taken[x.Recipient.Reference]; n > 1 {
				t.Errorf("%s was told %d times", person, n)
			} else if n == 1 {
				told[person] = true
			}
		}
		return told
	}
	var numbers []int64
	for _, x := range in {
		numbers = append(numbers, x.N)
	}
	slices.Sort(numbers)
	refused, err := m.begin(t.Context(), record.By{Actor: "u1", Time: 9}, r, numbers, func() string { return byUser("u1") },
		func(*db.Tx) (record.Leaf, error) { return record.Leaf{Verb: "take", Object: runObject(r.ID)}, nil })
	if err != nil {
		t.Fatal(err)
	}
	for person, x := range in {
		if refused[x.N] == "" {
			told[person] = true
		}
	}
	return told
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
				guard.stand[personID(random.IntN(people))] = randomStanding(random, Post)
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
		g.last[p] = ok && mayHave(Post, &s)
	}
	return found, err
}

// TestRule goes through every standing for every way: what may be sent by post,
// e-mail or text is what the contract allows.
func TestRule(t *testing.T) {
	for _, c := range []reeve.SafeContact{reeve.ContactPost, reeve.ContactPhone, reeve.ContactEmail, reeve.ContactHold, reeve.ContactWorker, reeve.ContactNotAssessed, ""} {
		for _, w := range allWays {
			want := safeFor[w] == c
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
