package notice

import (
	"sync"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
)

// holderOf gives where a message stands and who has it.
func holderOf(t *testing.T, m *Room, run, n int64) (state, sender string) {
	t.Helper()
	if err := m.db.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&state, &sender}, "SELECT state, sender FROM notice_message WHERE run = ? AND n = ?", run, n)
	}); err != nil {
		t.Fatal(err)
	}
	return state, sender
}

// TestLateSender: a sender that was held up until another took its messages over
// takes nothing from that one; but what it did hand over is written.
func TestLateSender(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 2)
		_, channel := practice(t, simulator.Options{})
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
		r := start(t, m, checkedTestRun(t, m, run{}))
		keep := func(x ...result) {
			t.Helper()
			if err := d.Write(t.Context(), func(tx *db.Tx) error { return keepResults(tx, r.ID, x, 9) }); err != nil {
				t.Fatal(err)
			}
		}
		take := func(sender string, at int64) {
			t.Helper()
			if err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := claim(tx, r.ID, false, sender, at, 9); return err }); err != nil {
				t.Fatal(err)
			}
		}
		take("late", 1)
		keep(result{n: 1, holder: "late", state: msgReady}, result{n: 2, holder: "late", state: msgReady}) // looked up: never taken
		take("quick", 5)
		keep(result{n: 1, holder: "late", state: msgReady}, result{n: 2, holder: "late", state: msgRefused, why: "hold"})
		for n := range int64(2) {
			if state, sender := holderOf(t, m, r.ID, n+1); state != msgLeaving || sender != "quick" {
				t.Errorf("message %d was taken from who hands it over: %s %q", n+1, state, sender)
			}
		}
		keep(result{n: 1, holder: "quick", state: msgReady})
		keep(result{n: 1, holder: "late", state: msgLeft, receipt: Receipt{ID: "x", Status: "created", At: 7}})
		if state, _ := holderOf(t, m, r.ID, 1); state != msgLeft {
			t.Errorf("what left is %s and would leave again", state)
		}
	})
}

// TestSpokenOf: what a channel has spoken of has left, and does not go back to
// the list because a question for it found nothing.
func TestSpokenOf(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 1)
	_, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	r := start(t, m, checkedTestRun(t, m, run{}))
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		all, err := claim(tx, r.ID, false, "s", 1, 9)
		if err != nil {
			return err
		}
		if _, err := keepStatus(tx, "notify", all[0].Recipient.Reference, Receipt{Status: "received", At: 1768813200}, 2); err != nil {
			return err
		}
		return keepResults(tx, r.ID, []result{{n: 1, holder: "s", state: msgReady}}, 3)
	})
	if err != nil {
		t.Fatal(err)
	}
	var day string
	if err := d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&day}, "SELECT day FROM notice_message WHERE state = 'left' AND outcome = 'arrived'")
	}); err != nil || day != "2026-01-19" {
		t.Errorf("%q %v", day, err)
	}
}

// TestSendersAtOnce: two senders of one run never mark the same message.
func TestSendersAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const people = 60
		prepare(t, d, people)
		_, channel := practice(t, simulator.Options{})
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
		r := start(t, m, checkedTestRun(t, m, run{}))
		var mu sync.Mutex
		var wait sync.WaitGroup
		by := make(map[int64]string)
		for _, sender := range []string{"one", "two", "three"} {
			wait.Go(func() {
				for {
					var all []frozenMessage
					err := d.Write(t.Context(), func(tx *db.Tx) (err error) { all, err = claim(tx, r.ID, false, sender, 1, 7); return err })
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					for _, x := range all {
						if other := by[x.N]; other != "" {
							t.Errorf("message %d is with %s and %s", x.N, other, sender)
						}
						by[x.N] = sender
					}
					done := len(by) == people
					mu.Unlock()
					if done {
						return
					}
				}
			})
		}
		wait.Wait()
		for n, sender := range by {
			if _, has := holderOf(t, m, r.ID, n); has != sender {
				t.Errorf("message %d is with %q, who marked it is %s", n, has, sender)
			}
		}
	})
}

// TestRunsAtOnce: two runs that tell the same people at the same time tell each
// once: neither twice, nor never because each gave way to the other.
func TestRunsAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const people = 50
		prepare(t, d, people)
		sim, channel := practice(t, simulator.Options{})
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
		one, two := checkedTestRun(t, m, run{}), checkedTestRun(t, m, run{})
		one, two = start(t, m, one), start(t, m, two)
		var wait sync.WaitGroup
		for _, r := range []int64{one.ID, two.ID} {
			wait.Go(func() {
				if err := m.send(t.Context(), r); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		a, b := countOf(t, m, states, one.ID), countOf(t, m, states, two.ID)
		if a["left"]+b["left"] != people || a["refused"]+b["refused"] != people || len(sim.Taken()) != people {
			t.Errorf("%v, %v, %d letters for %d people", a, b, len(sim.Taken()), people)
		}
	})
}

// TestGiveWay: whoever another run is telling at this moment goes back to the
// list; whom people are about to tell is theirs.
func TestGiveWay(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 2)
	_, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	one, two := checkedTestRun(t, m, run{}), checkedTestRun(t, m, run{})
	one, two = start(t, m, one), start(t, m, two)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := claim(tx, one.ID, false, "other", 1, 9); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE notice_message SET sender = 'user:u1' WHERE run = ? AND n = 2", one.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &sender{m: m, id: "s", run: two, channel: channel}
	var all []frozenMessage
	if err := d.Write(t.Context(), func(tx *db.Tx) (err error) { all, err = claim(tx, two.ID, false, "s", 1, 9); return err }); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{msgReady, msgRefused} {
		s.claimed = time.Now()
		if got, err := s.handOne(t.Context(), &all[i]); err != nil || got.state != want {
			t.Errorf("message %d is %q, want %q: %v", i+1, got.state, want, err)
		}
	}
	if !s.crowded.Load() {
		t.Error("the sender does not wait for the other run")
	}
}

// TestForgotten: what was leaving when everything stopped for longer than the
// channel keeps messages is not sent again because the channel knows nothing of
// it: somebody has to look.
func TestForgotten(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 2)
	sim, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	r := start(t, m, checkedTestRun(t, m, run{}))
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE notice_message SET state = 'leaving', sender = 'gone', claimed = CASE WHEN n = 1 THEN ? ELSE ? END",
			time.Now().Add(-8*24*time.Hour).Unix(), time.Now().Add(-time.Hour).Unix())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.send(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	if got := fateOf(t, m, r.ID, personID(0)); got != "unsure the channel does not keep messages for so long" {
		t.Error(got)
	}
	if got := fateOf(t, m, r.ID, personID(1)); got != "left " || len(sim.Taken()) != 1 {
		t.Errorf("%s, %d letters", got, len(sim.Taken()))
	}
}

// TestLateByEitherClock: a sender knows that it is late when its machine slept,
// and when its clock was set back.
func TestLateByEitherClock(t *testing.T) {
	_, channel := practice(t, simulator.Options{})
	for name, claimed := range map[string]time.Time{"slept": time.Now().Round(0).Add(-time.Hour), "ran on": time.Now().Add(-time.Hour)} {
		if s := (&sender{channel: channel, claimed: claimed}); !s.late() {
			t.Errorf("a sender that %s for an hour is not late", name)
		}
	}
	if s := (&sender{channel: channel, claimed: time.Now()}); s.late() {
		t.Error("a sender is late at once")
	}
}

// TestReceiptWithoutTime: a message of which Notify tells no time left now, not in
// the year 1.
func TestReceiptWithoutTime(t *testing.T) {
	now := time.Date(2026, 1, 19, 8, 0, 0, 0, time.UTC)
	if got := (&notification{ID: "x", Status: "sending"}).receipt(now); got.At != now.Unix() {
		t.Errorf("%s", time.Unix(got.At, 0).UTC())
	}
	if got := (&notification{Created: "2026-01-18T08:00:00.000000Z"}).receipt(now); got.At != now.Unix()-24*3600 {
		t.Errorf("%s", time.Unix(got.At, 0).UTC())
	}
}
