package notice

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
)

// giveNumbers gives everybody on the list a telephone, and a worker of two.
func giveNumbers(t testing.TB, d *db.DB, people int) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		for i := range people {
			_, err := tx.Exec("INSERT INTO review_version_contact (version, n, person, email, phone, language, format, worker, services, held) VALUES (1, ?, ?, '', ?, '', '', ?, '', '')",
				i+1, personID(i), fmt.Sprintf("07700 900%03d", i), []string{"Wyn Hale", "Ada Moor"}[i%2])
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// standing is how somebody stands who is contacted in one way.
func standing(c reeve.SafeContact) *Standing {
	s := grownUp
	s.Contact = c
	return &s
}

// contactFor is the safe contact that a way needs.
var contactFor = map[Way]reeve.SafeContact{Call: reeve.ContactPhone, Hand: reeve.ContactPost, Worker: reeve.ContactWorker, Post: reeve.ContactPost}

var by = record.By{Actor: "u1", Time: 1768900000}

// taken takes a message as a user, and fails if the guard refuses.
func taken(t testing.TB, m *Room, r run, n int64, sender string) map[int64]Reason {
	t.Helper()
	bad, err := m.begin(t.Context(), by, &r, []int64{n}, func() string { return sender }, func(*db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "take", Object: runObject(r.ID), Line: "taken"}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return bad
}

// ended ends a try, and gives the state of the message.
func ended(t testing.TB, m *Room, run, n int64, sender, outcome string) (state string, err error) {
	t.Helper()
	a := attempt{Outcome: outcome, By: "u1", ByName: "One", At: by.Time, Kept: by.Time}
	err = record.Act(t.Context(), m.db, by, func(tx *db.Tx) (record.Leaf, error) {
		r, err := readRun(tx, run)
		if err != nil {
			return record.Leaf{}, err
		}
		x, err := messageAt(tx, run, n)
		if err != nil {
			return record.Leaf{}, err
		}
		state, err = m.keepOutcome(tx, &r, &x, sender, &a)
		return outcomeLeaf(&x, &a, state), err
	})
	return state, err
}

// messageOf reads one message.
func messageOf(t testing.TB, m *Room, run, n int64) (x frozenMessage) {
	t.Helper()
	if err := m.db.Read(t.Context(), func(tx *db.Tx) (err error) { x, err = messageAt(tx, run, n); return err }); err != nil {
		t.Fatal(err)
	}
	return x
}

// TestOutcomes takes each way through each of its outcomes: where it leaves the
// message, and what others are told of it.
func TestOutcomes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const people = 12
		prepare(t, d, people)
		giveNumbers(t, d, people)
		guard := &testGuard{stand: make(map[string]*Standing)}
		m := New(Deps{DB: d, Guard: guard})
		for _, w := range []Way{Call, Hand, Worker} {
			for i := range people {
				guard.stand[personID(i)] = standing(contactFor[w])
			}
			r := start(t, m, checkedTestRun(t, m, run{Kind: High, Way: w, Template: "high"}))
			var n int64
			for _, o := range tryOutcomes {
				if o.Way != w || o.Does == tellsThem || o.Does == isVerified {
					continue
				}
				n++
				if bad := taken(t, m, r, n, "user:u1"); len(bad) > 0 {
					t.Fatalf("%s: %v", w, bad)
				}
				state, err := ended(t, m, r.ID, n, "user:u1", o.Code)
				want := map[effect]string{goesBack: msgReady, triesAgain: msgReady, givesUp: msgUnreached, holds: msgRefused}[o.Does]
				if err != nil || state != want || messageOf(t, m, r.ID, n).State != want {
					t.Errorf("%s %s: %s, want %s (%v)", w, o.Code, state, want, err)
				}
				if _, err := ended(t, m, r.ID, n, "user:u1", o.Code); !errors.Is(err, reeve.Conflict) {
					t.Errorf("%s %s: kept twice: %v", w, o.Code, err)
				}
			}
			stopTestRun(t, m, r)
		}
		counts := map[string]int64{}
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			if err := tx.Each(func(row db.Row) error {
				var why string
				var n int64
				err := row.Scan(&why, &n)
				counts[why] = n
				return err
			}, "SELECT why, COUNT(*) FROM notice_doubt GROUP BY why"); err != nil {
				return err
			}
			_, err := record.Audit(tx)
			return err
		})
		var gone int64
		if err := d.Read(t.Context(), func(tx *db.Tx) error {
			return tx.One([]any{&gone}, "SELECT COUNT(*) FROM notice_suppression WHERE cause = 'returned' AND place <> ''")
		}); err != nil || gone != 2 {
			t.Errorf("%d doors and numbers are not tried again, want 2 (%v)", gone, err)
		}
		want := map[string]int64{"not-safe": 3, "wrong-number": 1, "moved": 1, "asked-for-letter": 1, "not-theirs": 1}
		if err != nil || fmt.Sprint(counts) != fmt.Sprint(want) {
			t.Errorf("doubts %v, want %v (%v)", counts, want, err)
		}
	})
}

func stopTestRun(t testing.TB, m *Room, r run) {
	t.Helper()
	err := m.db.Write(t.Context(), func(tx *db.Tx) error {
		now, err := readRun(tx, r.ID)
		if err == nil {
			err = moveRun(tx, &now, Stopped, "", 9)
		}
		if err == nil {
			_, err = stopMessages(tx, r.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestToldByPeople: a call tells somebody once, after it was checked who they
// are; it is a receipt, and no other run tells them.
func TestToldByPeople(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 2)
		giveNumbers(t, d, 2)
		guard := &testGuard{stand: map[string]*Standing{personID(0): standing(reeve.ContactPhone), personID(1): standing(reeve.ContactPhone)}}
		m := New(Deps{DB: d, Guard: guard})
		r := start(t, m, checkedTestRun(t, m, run{Kind: High, Way: Call, Template: "high"}))
		other := start(t, m, checkedTestRun(t, m, run{Kind: High, Way: Call, Template: "high"}))
		taken(t, m, r, 1, "user:u1")
		if _, err := ended(t, m, r.ID, 1, "user:u1", tryTold); !errors.Is(err, reeve.Invalid) {
			t.Errorf("told before it was checked who it was: %v", err)
		}
		if _, err := ended(t, m, r.ID, 1, "user:u2", tryVerified); !errors.Is(err, reeve.Conflict) {
			t.Errorf("somebody else checked: %v", err)
		}
		// Another run finds them with somebody, and puts them back on its own list.
		if bad := taken(t, m, other, 1, "user:u2"); bad[1] != Told || messageOf(t, m, other.ID, 1).State != msgReady {
			t.Errorf("while one run calls, another: %v, %s", bad, messageOf(t, m, other.ID, 1).State)
		}
		if state, err := ended(t, m, r.ID, 1, "user:u1", tryVerified); err != nil || state != msgLeaving {
			t.Fatalf("%s %v", state, err)
		}
		if state, err := ended(t, m, r.ID, 1, "user:u1", tryTold); err != nil || state != msgLeft {
			t.Fatalf("%s %v", state, err)
		}
		if bad := taken(t, m, other, 1, "user:u2"); bad[1] != Told || messageOf(t, m, other.ID, 1).State != msgRefused {
			t.Errorf("after one run told them, another: %v, %s", bad, messageOf(t, m, other.ID, 1).State)
		}
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			var how, status, outcome string
			var at int64
			if err := tx.One([]any{&how, &status, &outcome, &at}, "SELECT how, status, outcome, at FROM notice_status WHERE person = ?", personID(0)); err != nil {
				return err
			}
			if how != "call" || status != "told-by-call" || outcome != "arrived" || at != by.Time {
				t.Errorf("%s %s %s %d", how, status, outcome, at)
			}
			var receipts int64
			return tx.One([]any{&receipts}, "SELECT COUNT(*) FROM notice_receipt WHERE status = 'told-by-call'")
		})
		if err != nil {
			t.Error(err)
		}
		// The run ends when nobody is left on its list.
		taken(t, m, r, 2, "user:u1")
		if _, err := ended(t, m, r.ID, 2, "user:u1", "wrong-number"); err != nil || reload(t, m, r.ID).State != Done {
			t.Errorf("%v, the run is %s", err, reload(t, m, r.ID).State)
		}
	})
}

// TestToldUnderAFormerID: two people who turn out to be one human get one notice,
// and what one of them asked holds for both.
func TestToldUnderAFormerID(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 6)
		m := New(Deps{DB: d, Guard: &testGuard{}})
		r := start(t, m, checkedTestRun(t, m, run{Kind: High, Way: Hand, Template: "high"}))
		for n := range int64(2) {
			taken(t, m, r, n+1, "round:1")
			if _, err := ended(t, m, r.ID, n+1, "round:1", tryTold); err != nil {
				t.Fatal(err)
			}
		}
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			// 0 became 9, which became 3; 1 was split off, which is no merge; 2 asked to be left alone and became 4.
			_, err := tx.Exec("INSERT INTO case_redirects VALUES (?, 'P9', 'merged'), ('P9', ?, 'merged'), (?, ?, 'split'), (?, ?, 'merged')",
				personID(0), personID(3), personID(1), personID(5), personID(2), personID(4))
			if err == nil {
				err = addSuppression(tx, &suppression{Person: personID(2), Why: "asked", Cause: "asked", By: "u1", At: 1})
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		again := checkedTestRun(t, m, run{Kind: High, Way: Hand, Template: "high"})
		if got := countOf(t, m, exclusions, again.ID); got[string(Told)] != 3 || got[string(Suppressed)] != 2 || again.People != 1 {
			t.Errorf("%d people in the run, left out %v", again.People, got)
		}
		update := checkedTestRun(t, m, run{Kind: Update, Way: Post, Template: "update"})
		if got := countOf(t, m, exclusions, update.ID); update.People != 3 || got[string(NotListed)] != 1 {
			t.Errorf("%d people in an update, left out %v", update.People, got)
		}
	})
}

// TestToldAgainAfterReturn: whoever's letter came back is told in a later run at
// another address, under a new reference; at the same one nothing leaves, and an
// update goes to nobody who was not told.
func TestToldAgainAfterReturn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 3)
		spy := &spyChannel{t: t, guard: &testGuard{}, who: make(map[string]string), taken: make(map[string]int)}
		guard := &testGuard{stand: make(map[string]*Standing)}
		m := New(Deps{DB: d, Guard: guard, Channels: []Channel{spy}})
		r := start(t, m, checkedTestRun(t, m, run{}))
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		first := []frozenMessage{messageOf(t, m, r.ID, 1), messageOf(t, m, r.ID, 2)}
		for _, x := range first {
			if err := m.Tell(t.Context(), x.Recipient.Reference, "returned"); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE review_version_person SET address = '77 New Road, Example Town' WHERE n = 1")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if update := checkedTestRun(t, m, run{Kind: Update, Way: Post, Template: "update"}); update.People != 1 {
			t.Errorf("an update goes to %d people, one was told", update.People)
		}
		desk := *standing(reeve.ContactPost)
		desk.Told = true // by a call from the desk, outside of any run
		guard.stand[personID(1)] = &desk
		if err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec("UPDATE notice_suppression SET lifted = 5"); return err }); err != nil {
			t.Fatal(err)
		}
		if update := checkedTestRun(t, m, run{Kind: Update, Way: Post, Template: "update"}); update.People != 2 {
			t.Errorf("an update goes to %d people, two were told", update.People)
		}
		if err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec("UPDATE notice_suppression SET lifted = 0"); return err }); err != nil {
			t.Fatal(err)
		}
		again := start(t, m, checkedTestRun(t, m, run{}))
		got := countOf(t, m, exclusions, again.ID)
		if again.People != 1 || got[string(Told)] != 1 || got[string(Suppressed)] != 1 {
			t.Fatalf("%d people in the later run, left out %v", again.People, got)
		}
		if err := m.send(t.Context(), again.ID); err != nil {
			t.Fatal(err)
		}
		x := messageOf(t, m, again.ID, 1)
		if x.Recipient.Person != personID(0) || x.State != msgLeft || x.Recipient.Reference == first[0].Recipient.Reference {
			t.Errorf("%s is %s under %s", x.Recipient.Person, x.State, x.Recipient.Reference)
		}
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			lines, err := troubled(tx, r.ID, 10)
			if len(lines) != 1 || lines[0].Person != personID(1) {
				t.Errorf("whom nobody has told: %+v", lines)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// TestDoorsAreTriedTwice: after two tries a letter waits for another way, and the
// list of those whom nobody told has it.
func TestDoorsAreTriedTwice(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 1)
	m := New(Deps{DB: d, Guard: &testGuard{}})
	r := start(t, m, checkedTestRun(t, m, run{Kind: High, Way: Hand, Template: "high"}))
	for i, want := range []string{msgReady, msgUnreached} {
		taken(t, m, r, 1, "round:1")
		if state, err := ended(t, m, r.ID, 1, "round:1", "not-in"); err != nil || state != want {
			t.Errorf("try %d: %s, want %s (%v)", i+1, state, want, err)
		}
	}
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		lines, err := troubled(tx, r.ID, 10)
		if len(lines) != 1 || lines[0].Person != personID(0) || fateWords(lines[0].Way, lines[0].State, lines[0].Why) == lines[0].Why {
			t.Errorf("%+v", lines)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestHoldWhileSomebodyHasIt: a flag that comes while a worker has the brief takes
// the message back at the next print; telling them all the same stays on record.
func TestHoldWhileSomebodyHasIt(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 3)
	giveNumbers(t, d, 3)
	guard := &testGuard{stand: make(map[string]*Standing)}
	for i := range 3 {
		guard.stand[personID(i)] = standing(reeve.ContactWorker)
	}
	m := New(Deps{DB: d, Guard: guard})
	r := start(t, m, checkedTestRun(t, m, run{Kind: High, Way: Worker, Template: "high"}))
	for n := range int64(3) {
		taken(t, m, r, n+1, "round:1")
		guard.stand[personID(int(n))] = standing(reeve.ContactHold)
	}
	bad, err := m.askAgain(t.Context(), by, &r, []int64{1}, "round:1")
	if err != nil || bad[1] != OnHold || messageOf(t, m, r.ID, 1).State != msgRefused {
		t.Errorf("%v %v", bad, err)
	}
	if state, err := ended(t, m, r.ID, 2, "round:1", "not-yet"); err != nil || state != msgRefused {
		t.Errorf("not told, and on hold: %s %v", state, err)
	}
	if state, err := ended(t, m, r.ID, 3, "round:1", tryTold); err != nil || state != msgLeft {
		t.Errorf("told, and on hold: %s %v", state, err)
	}
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		lines, err := troubled(tx, r.ID, 10)
		if len(lines) != 3 || lines[2].Why != "told-against" {
			t.Errorf("%+v", lines)
		}
		var refusals int64
		if err == nil {
			err = tx.One([]any{&refusals}, "SELECT COUNT(*) FROM notice_refusal WHERE reason = 'hold'")
		}
		if refusals != 3 {
			t.Errorf("%d refusals on record", refusals)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestNobodyTwiceNobodyLost lets several people work through calls, rounds and
// briefs of runs that overlap, at random, while flags change and letters leave by
// a channel: nobody is told twice, and whoever was not told stands on a list.
func TestNobodyTwiceNobodyLost(t *testing.T) {
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 31))
		d := dbtest.SQLite(t)
		const people = 14
		prepare(t, d, people)
		giveNumbers(t, d, people)
		guard := &testGuard{stand: make(map[string]*Standing)}
		spy := &spyChannel{t: t, guard: &testGuard{}, who: make(map[string]string), taken: make(map[string]int)}
		m := New(Deps{DB: d, Guard: guard, Channels: []Channel{spy}})
		// Every run holds everybody: contact changes between the freezes, and later.
		var runs []run
		ways := []Way{Call, Hand, Worker, Call, Post}
		if seed >= 3 { // one run alone: nobody can stand on the list of another
			ways = ways[seed-3 : seed-2]
		}
		for _, w := range ways {
			for i := range people {
				guard.stand[personID(i)] = standing(contactFor[w])
			}
			r := run{Kind: High, Way: w, Template: "high"}
			runs = append(runs, start(t, m, checkedTestRun(t, m, r)))
		}
		for range 260 {
			p := personID(random.IntN(people))
			r := runs[random.IntN(len(runs))]
			now := []reeve.SafeContact{reeve.ContactPhone, reeve.ContactPost, reeve.ContactWorker, reeve.ContactHold}[random.IntN(4)]
			if len(runs) == 1 && random.IntN(12) > 0 { // else nobody would be left to be told
				now = contactFor[r.Way]
			}
			guard.stand[p] = standing(now)
			if r.Way == Post {
				if random.IntN(4) == 0 {
					sendSome(t, m, r)
				}
				continue
			}
			randomTry(t, m, random, reload(t, m, r.ID))
			checkNobodyTwice(t, m, seed)
		}
		for _, r := range runs {
			giveBack(t, m, r.ID)
		}
		checkNobodyTwice(t, m, seed)
		checkNobodyLost(t, m, seed, runs)
		if n := len(toldNow(t, m)); n == 0 || n == people {
			t.Errorf("seed %d: %d of %d were told: nothing was tried", seed, n, people)
		}
	}
}

// sendSome lets a channel take what is left of a run.
func sendSome(t *testing.T, m *Room, r run) {
	t.Helper()
	if err := m.send(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
}

// randomTry takes a message of a run, or ends one that somebody has.
func randomTry(t *testing.T, m *Room, random *rand.Rand, r run) {
	t.Helper()
	var all []waitingLine
	if err := m.db.Read(t.Context(), func(tx *db.Tx) (err error) { all, err = waitingFor(tx, r.ID, 100); return err }); err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 || r.State != Sending {
		return
	}
	l := all[random.IntN(len(all))]
	if l.State == msgReady {
		taken(t, m, r, l.N, fmt.Sprintf("user:u%d", random.IntN(3)))
		return
	}
	var codes []string
	for _, o := range tryOutcomes {
		if o.Way == r.Way && o.Code != tryVerified {
			codes = append(codes, o.Code)
		}
	}
	if r.Way == Call && random.IntN(2) == 0 {
		if _, err := ended(t, m, r.ID, l.N, l.Holder, tryVerified); err != nil {
			t.Fatal(err)
		}
		codes = []string{tryTold}
	}
	_, err := ended(t, m, r.ID, l.N, l.Holder, codes[random.IntN(len(codes))])
	if err != nil && !errors.Is(err, reeve.Invalid) { // told on the telephone, unchecked
		t.Fatal(err)
	}
}

// giveBack puts what somebody still has back on the list.
func giveBack(t *testing.T, m *Room, run int64) {
	t.Helper()
	var all []waitingLine
	if err := m.db.Read(t.Context(), func(tx *db.Tx) (err error) { all, err = waitingFor(tx, run, 100); return err }); err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		if l.State == msgLeaving && strings.Contains(l.Holder, ":") {
			if _, err := ended(t, m, run, l.N, l.Holder, tryBack); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// toldNow gives how many notices told each person, in any run.
func toldNow(t *testing.T, m *Room) map[string]int64 {
	t.Helper()
	told := make(map[string]int64)
	err := m.db.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var p string
			var n int64
			err := row.Scan(&p, &n)
			told[p] = n
			return err
		}, "SELECT person, COUNT(*) FROM notice_status WHERE outcome NOT IN ('returned', 'failed') GROUP BY person")
	})
	if err != nil {
		t.Fatal(err)
	}
	return told
}

func checkNobodyTwice(t *testing.T, m *Room, seed uint64) {
	t.Helper()
	for p, n := range toldNow(t, m) {
		if n > 1 {
			t.Fatalf("seed %d: %s was told %d times", seed, p, n)
		}
	}
}

// checkNobodyLost: whoever was not told waits on the list of a run, or stands on
// the list of those whom nobody told.
func checkNobodyLost(t *testing.T, m *Room, seed uint64, runs []run) {
	t.Helper()
	told, listed := toldNow(t, m), make(map[string]bool)
	var in []string
	err := m.db.Read(t.Context(), func(tx *db.Tx) error {
		for _, r := range runs {
			all, err := waitingFor(tx, r.ID, 100)
			if err != nil {
				return err
			}
			for _, l := range all {
				listed[l.Person] = true
			}
		}
		lines, err := troubled(tx, 0, 1000)
		for _, l := range lines {
			listed[l.Person] = true
		}
		if err == nil {
			in, err = db.All(tx, func(row db.Row) (p string, err error) { return p, row.Scan(&p) }, "SELECT DISTINCT person FROM notice_message WHERE n > 0 ORDER BY person")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(in) == 0 {
		t.Fatal("nobody is in a run")
	}
	for _, p := range in {
		if told[p] == 0 && !listed[p] {
			t.Errorf("seed %d: %s was not told, and stands on no list", seed, p)
		}
	}
}

// TestScript: before it was checked who is on the line a caller says nothing of
// what was found, nor that anything was; to a machine no more than a number.
func TestScript(t *testing.T) {
	tmpl := testTemplate(t, "high")
	r, w := testRecipient(1), testWording()
	before, err := scriptOf(tmpl, r, w, Coverage{}, testOn, false)
	if err != nil {
		t.Fatal(err)
	}
	said := strings.ToLower(strings.Join(slices.Concat(before.Open, before.Check, before.Safe, before.Close, []string{before.Machine}), "\n"))
	for _, bad := range []string{"cyber", "copied", "stolen", "breach", "data", "found"} {
		if strings.Contains(said, bad) {
			t.Errorf("before anybody was checked it says %q", bad)
		}
	}
	for _, line := range append(before.Open, before.Machine) {
		if err := checkOutside(line); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	}
	if len(before.Told) != 0 || !strings.Contains(said, strings.ToLower(r.Reference)) {
		t.Error("the script tells before it was checked who it is, or cannot be checked itself")
	}
	after, err := scriptOf(tmpl, r, w, Coverage{}, testOn, true)
	if err != nil || len(after.Told) == 0 {
		t.Errorf("%v, %d blocks", err, len(after.Told))
	}
	if n, s := longestSentence(strings.Join(slices.Concat(before.Open, before.Check, before.Safe, []string{before.Machine}), "\n")); n > mostWords {
		t.Errorf("%d words: %s", n, s)
	}
}
