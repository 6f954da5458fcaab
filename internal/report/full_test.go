package report

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/incident"
)

// TestFullBook asks pages of a book with 1,000 facts, 10,000 entries and 500
// tasks; each is to come within a tenth of a second. What is slow is logged, as
// a machine may be busy; ten times as slow fails.
func TestFullBook(t *testing.T) {
	if testing.Short() {
		t.Skip("fills a book")
	}
	b := newBench(t, dbtest.SQLite(t))
	k := incident.Kept{Mark: incident.Mark{TLP: incident.Amber}}
	b.write(func(tx *db.Tx) error {
		for i := range 10_000 {
			at := b.now.Unix() - int64(i)*60
			if err := incident.Put(tx, b.author(), &incident.Entry{Kept: k, Happened: at, Known: at, Kind: "event", Source: "Log", Title: fmt.Sprint("Entry ", i), State: "stands"}); err != nil {
				return err
			}
			if i < 1000 {
				if err := incident.Put(tx, b.author(), &incident.Fact{Kept: k, Topic: fmt.Sprint("services: ", i), Claim: fmt.Sprint("Claim ", i), Source: "Log", AsOf: at, Confidence: "likely", Sort: "known", State: "stands"}); err != nil {
					return err
				}
			}
			if i < 500 {
				if err := incident.Put(tx, b.author(), &incident.Task{Kept: k, Title: fmt.Sprint("Task ", i), State: "open", Due: at}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	rows := make([]listed, 20_000)
	for i := range rows {
		rows[i] = listed{Tier: "likely", Taken: "likely", Categories: "basic identifiers;health", Role: "resident", Items: 2}
	}
	b.freeze(1, rows...)
	timed := func(what string, do func()) {
		began := time.Now()
		do()
		if took := time.Since(began); took > 5*time.Second || took > time.Second && what[0] == '/' {
			t.Errorf("%s took %s", what, took)
		} else {
			t.Logf("%s: %s", what, took)
		}
	}
	var edit, paper string
	timed("begin a report", func() { edit, _ = b.post("/reports/mhclg", http.StatusSeeOther, "council", "", "tlp", "amber") })
	ico, _ := b.post("/reports/ico", http.StatusSeeOther, "council", "", "tlp", "amber")
	at := strings.TrimSuffix(ico, "/edit")
	timed("save with figures of 20,000 people", func() { b.post(at, http.StatusSeeOther, filled("version", b.version(ico), "list", "1")...) })
	timed("make a paper", func() {
		paper, _ = b.post("/papers/new/situation", http.StatusSeeOther, "name", "S", "audience", "internal", "council", "", "list", "1", "summary", "In short.")
	})
	for _, path := range []string{"/reports", at, ico, edit, "/papers", paper, "/lessons", "/reports/breaches"} {
		timed(path, func() { b.get(path, http.StatusOK) })
	}
}
