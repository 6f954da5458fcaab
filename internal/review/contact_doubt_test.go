package review

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/sweep"
)

// told writes down what a notice to somebody came to, as the room of notices
// keeps it.
func told(t testing.TB, c *sweep.Case, n int, person string, way notice.Way, outcome, status string, at int64) {
	t.Helper()
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO notice_run (id, title, kind, way, channel, council, bands, template, template_number, template_text, list_version, list_digest, on_day, quota, state,
			paused_why, wording, facts, unread, total, people, checked, pence, digest, user_, user_name, at, frozen_at, started_at, ended_at, version)
			VALUES (?, 'T', 'personal', ?, 'notify', '', '', 'personal', 0, '', 1, '', 20260112, 0, 'sending', '', '', '', 0, 0, 1, 1, 0, '', 'u', 'U', 1, 1, 1, 0, 1)`, n, string(way))
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO notice_message (run, n, person, reference, name, about, lines, email, phone, place, kinds, data_from, data_to, items, incomplete, band, tier, confirmed, held,
			council, decided, state, why, sender, attempts, claimed, sides, day, left_at, channel_id, status, outcome, status_at)
			VALUES (?, 1, ?, ?, '', '', '', '', '', '', '', 0, 0, 1, 0, 'medium', 'strong', 0, '', '', 0, 'left', '', '', 1, 1, 1, '', ?, '', ?, ?, ?)`,
			n, person, fmt.Sprintf("7Q2M-4KXD-%04d", n), at-10, status, outcome, at)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// tried writes down a try by telephone.
func tried(t testing.TB, c *sweep.Case, n int, person, outcome string, at int64) {
	t.Helper()
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO notice_attempt (id, run, n, person, way, outcome, note, user_, user_name, at, kept, next_at, against)
			VALUES (?, ?, 1, ?, 'call', ?, '', 'u', 'User u', ?, ?, 0, '')`, n, n, person, outcome, at, at)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func toldBy(t testing.TB, c *sweep.Case, person string) (ways []string) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		ways, err = db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) }, "SELECT how FROM review_told WHERE person = ? ORDER BY how", person)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ways
}

// TestToldByNotice: whoever got a notice was told, by whatever way; whoever's
// came back or failed was not.
func TestToldByNotice(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		people := []crowd{someone(0), someone(1), someone(2), someone(3)}
		if err := c.DB.Write(t.Context(), func(tx *db.Tx) error { return addCrowd(tx, people) }); err != nil {
			t.Fatal(err)
		}
		at := testNow.Unix()
		told(t, c, 1, people[0].id, notice.Post, "on-its-way", "accepted", at)
		told(t, c, 2, people[0].id, notice.Call, "arrived", "told-by-call", at)
		told(t, c, 3, people[1].id, notice.Post, "returned", "returned", at)
		told(t, c, 4, people[2].id, notice.Email, "failed", "permanent-failure", at)
		told(t, c, 5, people[3].id, notice.Worker, "arrived", "told-by-worker", at)
		for i, want := range [][]string{{"call", "post"}, nil, nil, {"worker"}} {
			if got := toldBy(t, c, people[i].id); !slices.Equal(got, want) {
				t.Errorf("person %d was told by %v, want %v", i, got, want)
			}
		}
		err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
			n, err := markTold(tx, at)
			if err != nil || n != 2 {
				t.Errorf("how %d people stood was kept, want 2 (%v)", n, err)
			}
			told, err := countTold(tx, sweep.Scope{})
			if err != nil || told != 2 {
				t.Errorf("%d people told, want 2 (%v)", told, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestToldByCall: the guard knows whom a call from the desk told, so that a
// correction goes to them, too; one that was taken back told nobody.
func TestToldByCall(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		m, _ := testRoom(t, Deps{Case: c})
		people := []crowd{someone(0), someone(1), someone(2)}
		err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
			if err := addCrowd(tx, people); err != nil {
				return err
			}
			for i, outcome := range []string{"told", "told", "no-answer"} {
				if err := addCall(tx, personThing(people[i].id), &call{At: 1, Caller: "u", Route: "phone", Outcome: outcome}, 1); err != nil {
					return err
				}
			}
			return withdrawCall(tx, personThing(people[1].id), 2, 9, "another person")
		})
		if err != nil {
			t.Fatal(err)
		}
		err = c.DB.Read(t.Context(), func(tx *db.Tx) error {
			s, err := m.Stand(tx, 0, []string{people[0].id, people[1].id, people[2].id})
			if !s[people[0].id].Told || s[people[1].id].Told || s[people[2].id].Told {
				t.Errorf("%+v", s)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestDoubtfulWays: what came back makes its own way not assessed, what was not
// safe holds every way, and an assessment after it answers that.
func TestDoubtfulWays(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		m, _ := testRoom(t, Deps{Case: c})
		people := make([]crowd, 6)
		for i, contact := range []string{"post", "email", "phone", "post", "worker", "phone"} {
			people[i] = someone(i)
			people[i].contact = contact
		}
		if err := c.DB.Write(t.Context(), func(tx *db.Tx) error { return addCrowd(tx, people) }); err != nil {
			t.Fatal(err)
		}
		at := testNow.Unix() - 1000
		told(t, c, 1, people[0].id, notice.Post, "returned", "returned", at)
		told(t, c, 2, people[1].id, notice.Post, "returned", "returned", at) // another way than theirs
		tried(t, c, 3, people[2].id, "wrong-number", at)
		tried(t, c, 4, people[3].id, "not-safe", at)
		tried(t, c, 5, people[4].id, "not-safe", at)
		tried(t, c, 6, people[5].id, "no-answer", at)
		want := []contactNow{{Value: "not-assessed", Basis: "returned"}, {Value: "email", Basis: "lists"}, {Value: "not-assessed", Basis: "returned"}, {Value: "hold", Basis: "unsafe"},
			{Value: "hold", Basis: "unsafe"}, {Value: "phone", Basis: "lists"}}
		for i, w := range want {
			if got := contactIs(t, c, people[i].id); got.Value != w.Value || got.Basis != w.Basis {
				t.Errorf("person %d: %+v, want %+v", i, got, w)
			}
		}
		queue := func(value string) (ids []string) {
			err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
				rows, err := contactsToAssess(tx, sweep.Scope{}, value, "u", -1, 50)
				for _, r := range rows {
					ids = append(ids, r.ID)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(ids)
			return ids
		}
		doubtful := []string{people[0].id, people[1].id, people[2].id, people[3].id, people[4].id}
		slices.Sort(doubtful)
		if got := queue(doubted); !slices.Equal(got, doubtful) {
			t.Errorf("the queue of doubtful ways has %v, want %v", got, doubtful)
		}
		if got := queue(""); !slices.Equal(got, doubtful) {
			t.Errorf("the whole queue has %v, want %v", got, doubtful)
		}
		if err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
			s, err := m.Stand(tx, 0, []string{people[0].id, people[3].id})
			if s[people[0].id].Contact != reeve.ContactNotAssessed || s[people[3].id].Contact != reeve.ContactHold {
				t.Errorf("the guard says %+v", s)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// TestAssessedAfterDoubt goes through the pages: the queue says that a letter
// came back, the person's page what was sent, and two people's assessment ends
// the doubt.
func TestAssessedAfterDoubt(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id := personWho(t, c, "place = (SELECT MIN(q.place) FROM case_people q WHERE q.safe_contact = 'not-assessed' AND q.sealed = 0)")
	want(t, post(t, h, contactPath(id), assessment, "X-Who", "a"), http.StatusSeeOther)
	want(t, post(t, h, "/queue/second/1", map[string][]string{"agrees": {"yes"}}, "X-Who", "b"), http.StatusSeeOther)
	if strings.Contains(get(t, h, "/contact?value=doubted").Body.String(), id) {
		t.Error("assessed, and nothing came back, yet in the queue")
	}
	told(t, c, 1, id, notice.Post, "returned", "returned", testNow.Unix())
	tried(t, c, 2, id, "not-safe", testNow.Unix())
	want(t, get(t, h, "/contact?value=doubted"), http.StatusOK, id, "telling them was not safe")
	want(t, get(t, h, contactPath(id)), http.StatusOK, "found that it was not safe", "A letter came back, by post", "Never write to")
	want(t, get(t, h, personPath(id)), http.StatusOK, "Notice 7Q2M-4KXD-0001 by post, run 1: came back", "Tried to tell them by telephone, run 2: it was not safe")
	if now := contactIs(t, c, id); now.Value != "hold" || now.Basis != "unsafe" {
		t.Errorf("not safe, yet %+v", now)
	}
	// What was assessed after the doubt stands.
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE notice_attempt SET kept = kept - 100")
		if err == nil {
			_, err = tx.Exec("UPDATE notice_message SET status_at = status_at - 100")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if now := contactIs(t, c, id); now.Value != "post" || now.Basis != "assessed" {
		t.Errorf("assessed after the doubt, yet %+v", now)
	}
	want(t, get(t, h, "/contact.csv?value=doubted"), http.StatusOK, "unsafe,doubted")
}

// TestSealedNotices: somebody sealed is in no queue because of a notice.
func TestSealedNotices(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	var id string
	if err := c.DB.Read(t.Context(), func(tx *db.Tx) error { return tx.One([]any{&id}, "SELECT MIN(id) FROM case_people WHERE sealed = 1") }); err != nil || id == "" {
		t.Fatal("nobody is sealed", err)
	}
	told(t, c, 1, id, notice.Post, "returned", "returned", testNow.Unix())
	if strings.Contains(get(t, h, "/contact?value=doubted").Body.String(), id) {
		t.Error("somebody sealed is in the queue of doubtful ways")
	}
	want(t, get(t, h, personPath(id)), http.StatusNotFound)
}
