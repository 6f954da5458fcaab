package notice

import (
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
)

// fateOf is where the message about somebody stands in a run, and why.
func fateOf(t *testing.T, m *Room, run int64, person string) string {
	t.Helper()
	var state, why string
	if err := m.db.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&state, &why}, "SELECT state, why FROM notice_message WHERE run = ? AND person = ?", run, person)
	}); err != nil {
		t.Fatal(err)
	}
	return state + " " + why
}

// TestVerdictTakenBack: what is said after a human verdict alone is not said once
// that verdict is taken back; whoever is told plain data types is told them.
func TestVerdictTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 4)
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE review_version_person SET kinds = 'health;name' WHERE n IN (1, 2)")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		_, channel := practice(t, simulator.Options{})
		unseen := grownUp
		unseen.Verdict = ""
		guard := &testGuard{stand: map[string]*Standing{personID(1): &unseen}}
		m := New(Deps{DB: d, Guard: guard, Channels: []Channel{channel}})
		r := checkedTestRun(t, m, run{})
		if out := countOf(t, m, exclusions, r.ID); r.People != 3 || out["changed"] != 1 {
			t.Errorf("frozen with %d people, left out %v", r.People, out)
		}
		r = start(t, m, r)
		guard.stand[personID(0)], guard.stand[personID(3)] = &unseen, &unseen
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		if got := fateOf(t, m, r.ID, personID(0)); got != "refused changed" {
			t.Errorf("health is told without a verdict: %s", got)
		}
		if got := fateOf(t, m, r.ID, personID(3)); got != "left " {
			t.Errorf("plain data types need no verdict: %s", got)
		}
	})
}

// TestListHoldsNoMore: whoever has another name by now, or whose data turned out
// to be somebody else's, gets no letter that says otherwise.
func TestListHoldsNoMore(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 2)
	sim, channel := practice(t, simulator.Options{})
	guard := &testGuard{stand: map[string]*Standing{}}
	m := New(Deps{DB: d, Guard: guard, Channels: []Channel{channel}})
	r := start(t, m, checkedTestRun(t, m, run{}))
	other := grownUp
	other.Changed = true
	guard.stand[personID(0)] = &other
	if err := m.send(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	if got := fateOf(t, m, r.ID, personID(0)); got != "refused changed" || len(sim.Taken()) != 1 {
		t.Errorf("%s, %d left", got, len(sim.Taken()))
	}
}

// TestAddressInOtherWords: an address to which nothing is to be sent is known in
// a letter to a person too, however a register writes its locality.
func TestAddressInOtherWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 3)
		sim, channel := practice(t, simulator.Options{})
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
		never := func(house string) {
			t.Helper()
			forms := placesOf([]string{house + " Example Street", "North End"}, "ZE1 0AA")
			if err := d.Write(t.Context(), func(tx *db.Tx) error {
				if err := addSuppression(tx, &suppression{Place: reeve.Private(reeve.KindAddress, forms[0]), Why: "asked", Cause: "asked", By: "u1", At: 1}); err != nil {
					return err
				}
				return keepForms(tx, forms[0], forms)
			}); err != nil {
				t.Fatal(err)
			}
		}
		never("1")
		r := checkedTestRun(t, m, run{})
		if out := countOf(t, m, exclusions, r.ID); r.People != 2 || out["suppressed"] != 1 {
			t.Errorf("frozen with %d people, left out %v", r.People, out)
		}
		r = start(t, m, r)
		never("2")
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		if got := fateOf(t, m, r.ID, personID(1)); got != "refused suppressed" || len(sim.Taken()) != 1 {
			t.Errorf("%s, %d left", got, len(sim.Taken()))
		}
	})
}

// TestOfAgeMeanwhile: a child who came of age after the day on the letter is told
// themself, never a parent; who is of age on that day alone, too.
func TestOfAgeMeanwhile(t *testing.T) {
	young := Standing{Contact: reeve.ContactPost, Deceased: "no", Born: reeve.Date{Year: 2008, Month: 3, Day: 4}}
	ask := Ask{Way: Post, Child: true, On: reeve.Date{Year: 2026, Month: 2, Day: 1}}
	for _, x := range []struct {
		today reeve.Date
		want  Reason
	}{{reeve.Date{}, ""}, {reeve.Date{Year: 2026, Month: 3, Day: 3}, ""}, {reeve.Date{Year: 2026, Month: 3, Day: 4}, OfAge}} {
		ask.Today = x.today
		if got := Rule(young, true, ask); got != x.want {
			t.Errorf("asked on %s: %q", x.today, got)
		}
	}
}

// TestSplitSince: whoever was never to be written to is so in both halves after a
// split; told is told alone.
func TestSplitSince(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 3)
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if err := addSuppression(tx, &suppression{Person: personID(0), Why: "asked", Cause: "asked", By: "u1", At: 1}); err != nil {
				return err
			}
			_, err := tx.Exec("INSERT INTO case_redirects VALUES (?, ?, 'split')", personID(0), personID(1))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		_, channel := practice(t, simulator.Options{})
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
		r := checkedTestRun(t, m, run{})
		if out := countOf(t, m, exclusions, r.ID); r.People != 1 || out["suppressed"] != 2 {
			t.Errorf("%d people, left out %v", r.People, out)
		}
	})
}

// TestEstateOfAChild: about a child who died somebody may be told on a decision of
// record, and about a child who lives not by that decision.
func TestEstateOfAChild(t *testing.T) {
	s := Standing{Contact: reeve.ContactPost, Deceased: "yes", Born: reeve.Date{Year: 2016, Month: 3, Day: 4}}
	ask := Ask{Way: Post, On: reeve.Date{Year: 2026, Month: 2, Day: 1}}
	if got := Rule(s, true, ask); got != Dead {
		t.Errorf("without a decision: %q", got)
	}
	ask.Estate = true
	if got := Rule(s, true, ask); got != "" {
		t.Errorf("on a decision: %q", got)
	}
	s.Deceased = "no"
	if got := Rule(s, true, ask); got != Living {
		t.Errorf("of a child who lives: %q", got)
	}
}
