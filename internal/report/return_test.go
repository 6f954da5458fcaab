package report

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/incident"
)

// aware decides when the council became aware.
func (b *bench) aware(at time.Time) {
	b.t.Helper()
	b.write(func(tx *db.Tx) error {
		return incident.Put(tx, b.author(), &incident.Aware{Kept: incident.Kept{Mark: incident.Mark{TLP: incident.Amber}}, At: at.Unix(), Who: "DPO", State: "stands"})
	})
}

// filled is every answer that a report to the ICO needs.
func filled(more ...string) []string {
	form := url.Values{}
	for _, p := range icoForm.Parts {
		for _, q := range p.Questions {
			switch {
			case q.As == asText || q.As == asLine:
				form.Set("q_"+q.Key, "Nothing more is known yet.")
			case q.As == asMoment:
				form.Set("q_"+q.Key, "2025-11-24")
				form.Set("q_"+q.Key+"_time", "07:30")
			case len(q.From) > 0:
				form.Set("q_"+q.Key, q.From[0])
			}
		}
	}
	form.Set("q_delay", "")
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	var all []string
	for key := range form {
		all = append(all, key, form.Get(key))
	}
	return all
}

// approve signs a version by two people.
func (b *bench) approve(at string) {
	b.t.Helper()
	b.as("u1", "Ada Lead").post(at+"/sign", http.StatusSeeOther, "version", b.version(at))
	b.as("u2", "Ben Second").post(at+"/sign", http.StatusSeeOther, "version", b.version(at))
}

// TestReportToTheICO walks a report from the facts to the follow-up: two
// different people sign, a change makes signatures fall, what was sent stays,
// and the figures are those of the list version whatever becomes of the list.
func TestReportToTheICO(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d)
		b.fact("what happened", "An intruder copied files from a file server.", incident.Amber)
		b.fact("gossip", "Not for any question.", incident.Amber)
		b.fact("attackers", "For the council alone.", incident.AmberStrict)
		b.freeze(1, listed{Tier: "strong", Taken: "proven", Categories: "health", Role: "resident", Items: 2}, listed{Tier: "possible", Taken: "likely", Categories: "basic identifiers", Role: "resident", Items: 1})
		edit, _ := b.post("/reports/ico", http.StatusSeeOther, "council", "", "tlp", "amber")
		at := strings.TrimSuffix(edit, "/edit")
		if page := b.get(edit, http.StatusOK); !strings.Contains(page, "An intruder copied files from a file server.") || !strings.Contains(page, "Not for any question.") {
			t.Error("the draft is not filled from the facts, or the ledger is not offered")
		} else if strings.Contains(page, "For the council alone.") {
			t.Error("a fact that is closer than the report may stand in it")
		}
		if page := b.get(at, http.StatusOK); !strings.Contains(page, "Nobody has decided when the council became aware") || !strings.Contains(page, "Not yet known: no version of the list") {
			t.Error("what is missing is not said")
		}
		b.post(at+"/sign", http.StatusBadRequest, "version", b.version(edit))
		b.aware(testNow.Add(-10 * time.Hour))
		b.post(at, http.StatusSeeOther, filled("version", b.version(edit), "list", "1", "facts", "1")...)
		page := b.get(at, http.StatusOK)
		for _, want := range []string{"10; 62 of the 72 are left", "People: at least 1, likely 1, at most 2", "digest-1", "changed since"} {
			if strings.Contains(page, want) == (want == "changed since") {
				t.Errorf("the page and %q", want)
			}
		}
		b.post(at+"/sign", http.StatusSeeOther, "version", b.version(at))
		if page := b.get(at, http.StatusOK); strings.Contains(page, at+"/sign") || !strings.Contains(page, "signed by 1 of 2") {
			t.Error("one person can sign twice")
		}
		b.post(at, http.StatusSeeOther, filled("version", b.version(edit), "list", "1", "facts", "1", "q_detriment", "None known.")...)
		if page := b.get(at, http.StatusOK); strings.Contains(page, "signed by") {
			t.Error("a signature stays under a changed text")
		}
		b.approve(at)
		b.post(at, http.StatusConflict, filled("version", "6", "list", "1")...)
		b.post(at+"/sent", http.StatusUnprocessableEntity, "version", b.version(at), "day", "2025-11-24", "time", "09:00", "how", "online form", "reference", "IC-1")
		b.post(at+"/sent", http.StatusSeeOther, "version", b.version(at), "day", "2025-11-24", "time", "18:00", "how", "online form", "reference", "IC-1")
		b.write(func(tx *db.Tx) error { _, err := tx.Exec("DELETE FROM list_person"); return err })
		if page := b.get(at, http.StatusOK); !strings.Contains(page, "People: at least 1, likely 1, at most 2") || !strings.Contains(page, "IC-1") {
			t.Error("what was sent moved")
		}
		b.followUp(at)
	})
}

// followUp begins the next version and compares it.
func (b *bench) followUp(at string) {
	b.t.Helper()
	b.freeze(2, listed{Tier: "strong", Taken: "proven", Categories: "health", Role: "resident", Items: 2}, listed{Tier: "strong", Taken: "likely", Categories: "health", Role: "resident", Items: 1})
	edit, _ := b.post(at+"/next", http.StatusSeeOther)
	next := strings.TrimSuffix(edit, "/edit")
	if page := b.get(edit, http.StatusOK); !strings.Contains(page, `value="IC-1"`) {
		b.t.Error("the ICO's reference is not carried over")
	}
	b.post(next, http.StatusSeeOther, filled("version", b.version(edit), "list", "2", "q_what", "More is known now.")...)
	page := b.get(next+"/diff", http.StatusOK)
	for _, want := range []string{"<del>Nothing more is known yet.</del>", "<ins>More is known now.</ins>", "1 / 1 / 2", "2 / 2 / 2"} {
		if !strings.Contains(page, want) {
			b.t.Errorf("the comparison lacks %q", want)
		}
	}
	for _, w := range writers {
		if body := b.get(next+"/file/"+w.As, http.StatusOK); w.As == "txt" && (!strings.Contains(body, "More is known now.") || !strings.Contains(body, "Not sent") || strings.Contains(body, "Quillfeather")) {
			b.t.Errorf("text of the report:\n%s", body)
		}
	}
}

// TestLateReport: after the 72 hours a first report is not approved without a
// reason.
func TestLateReport(t *testing.T) {
	b := newBench(t, dbtest.SQLite(t))
	b.freeze(1, listed{Tier: "strong"})
	b.aware(testNow.Add(-73 * time.Hour))
	edit, _ := b.post("/reports/ico", http.StatusSeeOther, "council", "", "tlp", "amber")
	at := strings.TrimSuffix(edit, "/edit")
	b.post(at, http.StatusSeeOther, filled("version", b.version(edit), "list", "1")...)
	if page := b.get(at, http.StatusOK); !strings.Contains(page, "say why the report is late") {
		t.Error("a late report can be signed without a reason")
	}
	b.post(at, http.StatusSeeOther, filled("version", b.version(edit), "list", "1", "q_delay", "The systems were off.")...)
	b.approve(at)
	if page := b.get(at, http.StatusOK); !strings.Contains(page, "Approved, not sent") {
		t.Error("a late report with a reason is not approved")
	}
}

// TestNeverAName: what names somebody is refused wherever a return takes text
// about what happened, and is not repeated among the faults.
func TestNeverAName(t *testing.T) {
	b := newBench(t, dbtest.SQLite(t))
	edit, _ := b.post("/reports/ico", http.StatusSeeOther, "council", "", "tlp", "amber")
	at := strings.TrimSuffix(edit, "/edit")
	for _, text := range []string{"The file of Mrs Amara Okafor was copied.", "National Insurance number AA 12 34 56 B was in it.", "Their NHS number is 999 000 0018."} {
		if _, body := b.post(at, http.StatusUnprocessableEntity, filled("version", b.version(edit), "list", "0", "q_what", text)...); !strings.Contains(body, "Take out what could name somebody") {
			t.Errorf("%q passes", text)
		}
	}
	b.post(at, http.StatusSeeOther, filled("version", b.version(edit), "list", "0", "q_what",
		"The Metropolitan Police, the National Crime Agency and the NCSC were told on 24 November 2025. Records of Adult Social Care from 2006 to 2020 were on the server.",
		"q_dpo", "Ms Jane Officer, 020 7946 0123, dpo@example.org")...)
}

// TestSupersededFact: whatever cites a fact is listed when it changes: returns
// and papers, and the tasks of those who wrote them.
func TestSupersededFact(t *testing.T) {
	b := newBench(t, dbtest.SQLite(t))
	n := b.fact("what happened", "Files of one council were copied.", incident.Green, incident.Partners, incident.Councillors)
	b.post("/reports/ncsc", http.StatusSeeOther, "council", "", "tlp", "amber")
	b.post("/reports/ico", http.StatusSeeOther, "council", "", "tlp", "amber")
	paper, _ := b.post("/papers/new/situation", http.StatusSeeOther, "name", "Situation", "audience", "councillors", "council", "", "list", "0")
	b.write(func(tx *db.Tx) error {
		return incident.Put(tx, b.author(), &incident.Fact{Kept: incident.Kept{ID: 1, Version: 1, Mark: incident.Mark{TLP: incident.Green}}, Topic: "what happened",
			Claim: "Files of two councils were copied.", Source: "Forensics", AsOf: b.now.Unix(), Confidence: "confirmed", Sort: "known", State: "stands", Why: "Second server found"})
	})
	b.read(func(tx *db.Tx) error {
		built, err := incident.Built(tx, 1)
		var kinds []string
		for _, u := range built {
			if u.Stale && u.Version == n {
				kinds = append(kinds, u.Kind+" "+u.ID)
			}
		}
		slices.Sort(kinds)
		if got := strings.Join(kinds, ", "); got != "paper 1, return 1, return 2" {
			t.Errorf("built on it: %s", got)
		}
		return err
	})
	for _, at := range []string{"/reports/ncsc/1", paper} {
		if page := b.get(at, http.StatusOK); !strings.Contains(page, "changed since") {
			t.Errorf("%s does not say that a fact changed", at)
		}
	}
	b.read(func(tx *db.Tx) error {
		tasks, err := incident.Tasks(tx, incident.Sight{All: true, Levels: incident.TLPs})
		if len(tasks) != 1 || tasks[0].Owner != "u1" {
			t.Errorf("tasks for who wrote what rests on the fact: %d", len(tasks))
		}
		return err
	})
}
