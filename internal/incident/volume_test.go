package incident

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
)

// fullBook holds what the targets of the book are said for: 10,000 entries, 500
// tasks, 1,000 facts, and 300 decisions.
func fullBook(t testing.TB, d *db.DB) {
	t.Helper()
	now := testNow.Unix()
	write(t, d, func(tx *db.Tx) error {
		b := tx.Load("incident_entry", "number", "id", "version", "latest", "council", "tlp", "created_by", "created_name", "created_at", "changed_by", "changed_name", "changed_at",
			"happened", "known", "kind", "source", "title", "note", "state", "why", "words")
		for i := range int64(10_000) {
			e := Entry{Kept: by([]string{"", "AAA", "BBB"}[i%3], TLPs[i%5]), Happened: now - i*600, Known: now - i*600 + 60, Kind: entryKinds[i%7].Value, Source: "Log of the service desk", Title: fmt.Sprintf("Something happened, number %d", i), Note: "What was seen and done about it, in a sentence or two.", State: stands}
			e.Number, e.ID, e.Version, e.Latest = i+1, i+1, 1, true
			if err := b.Add(e.row(e.Happened, e.Known, e.Kind, e.Source, e.Title, e.Note, e.State, e.Why, e.folded())...); err != nil {
				return err
			}
		}
		return b.Close()
	})
	write(t, d, func(tx *db.Tx) error {
		for i := range int64(1000) {
			f := Fact{Kept: by([]string{"", "AAA", "BBB"}[i%3], TLPs[i%5]), Topic: fmt.Sprintf("topic %d", i/2), Value: fmt.Sprint(i / 2 * (i % 20 / 19)), Claim: fmt.Sprintf("Claim number %d about something", i), Source: "a report", AsOf: now - i, Confidence: "likely", Sort: factSorts[i%3].Value, State: stands}
			if err := putFact(tx, &f, 0); err != nil {
				return err
			}
			if i < 500 {
				x := Task{Kept: by("", Amber), Title: fmt.Sprintf("Task number %d", i), Due: now + (i-250)*3600, State: taskStates[i%5].Value, Steps: "one\ntwo\nthree"}
				if err := taskShelf.put(tx, &x, 0); err != nil {
					return err
				}
			}
			if i < 300 {
				x := Decision{Kept: by("", Amber), Title: fmt.Sprintf("Decision number %d", i), Reason: "because", Decider: "gold", Decided: now - i*3600, State: decided}
				if err := decisionShelf.put(tx, &x, 0); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// bookPages are the pages that have to be quick.
var bookPages = []string{"/incident", "/timeline", "/timeline?q=number+77+seen", "/timeline?kind=press&from=2025-10-01", "/facts", "/facts?q=claim+99", "/facts/7", "/facts/conflicts", "/board", "/decisions", "/tasks",
	"/tasks?show=late", "/tasks/7", "/incident/search?q=number+99", "/incident/people", "/incident/handovers", "/"}

// TestFullBookIsQuick: over a full book every page answers within a second even
// on a busy machine, for who sees all and for who sees a council's part; how
// quick it is really, BenchmarkBook says.
func TestFullBookIsQuick(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	fullBook(t, d)
	for _, at := range bookPages {
		for _, council := range []string{"", "AAA"} {
			began := time.Now()
			w := get(t, h, at, "X-Councils", council)
			took := time.Since(began)
			if w.Code != http.StatusOK && council == "" || took > time.Second || w.Body.Len() > 150_000 {
				t.Errorf("%s for %q: status %d, %v, %d bytes", at, council, w.Code, took, w.Body.Len())
			}
		}
	}
}

// BenchmarkBook says how long each page of a full book takes.
func BenchmarkBook(b *testing.B) {
	d := testBook(b)
	_, h := testRoom(b, d)
	fullBook(b, d)
	for _, at := range bookPages {
		for _, council := range []string{"", "AAA"} {
			b.Run(at+" "+council, func(b *testing.B) {
				for b.Loop() {
					get(b, h, at, "X-Councils", council)
				}
			})
		}
	}
}
