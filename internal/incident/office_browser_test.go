package incident

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web/webtest"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

func TestOfficePages(t *testing.T) { webtest.CheckPages(t, slipPage, sheetPage, digestPage) }

// fillOffice puts something onto every page of these desks.
func (o *office) fillOffice(t testing.TB) {
	t.Helper()
	o.do(t, "/councils/of/RBKC/edit", form("nation", "0", "mails", "duty@example.org", "contact", "duty officer"))
	o.do(t, "/aware/new", awareForm("RBKC", "2025-11-24", "09:30"))
	o.do(t, "/clocks/1/report", form("version", "1", "phase", "initial", "at", "2025-11-25", "at_time", "08:30", "note", "first report"))
	o.do(t, "/clocks/new", form("duty", "article-34", "begun", "2025-11-24", "begun_time", "12:00", "nation", "0", "cohort", "children", "choice", "open", "council", "WCC", "tlp", "green"))
	o.do(t, "/clocks/new", form("duty", "rights-request", "begun", "2025-11-03", "begun_time", "12:00", "nation", "0", "council", "WCC", "tlp", "green"))
	o.do(t, "/agencies/new", form("sort", "police", "clock", "2", "state", "working", "council", "RBKC", "tlp", "amber"))
	o.do(t, "/agencies/1/told", form("version", "1", "direction", "told", "at", "2025-11-25", "at_time", "09:00", "who", "lead", "note", "We were attacked"))
	o.do(t, "/agencies/1/police", form("stage", "early", "at", "2025-11-25", "at_time", "08:30", "known", "2025-11-25", "known_time", "09:00", "source", "the officer in the case"))
	o.do(t, "/evidence/new", evidenceForm("RBKC", "amber", "Image of the file server"))
	o.do(t, "/evidence/1/move", form("version", "1", "sort", "within", "at", "2025-11-25", "at_time", "09:00", "giver_user", "lead", "taker_user", "u1", "purpose", "analysis"))
	o.do(t, "/costs/new", form("kind", "hours", "title", "Overtime", "day", "2025-11-24", "hours", "7.5", "rate", "40", "stage", "actual", "term", "immediate", "stream", "technology", "council", "RBKC", "tlp", "amber"))
	o.do(t, "/costs/forecast", form("at", "2025-11-24", "at_time", "12:00", "amount", "16400000", "note", "first guess", "council", "RBKC", "tlp", "amber"))
	o.do(t, "/councils/arrangements/new", form("title", "Shared file servers", "kind", "system", "what", "file storage", "host", "RBKC", "joint", "RBKC", "joint", "WCC", "state", "disputed", "council", "RBKC", "tlp", "green"))
	o.do(t, "/councils/clearances/new", form("kind", "mail", "thing", "example.org", "basis", "scanned", "council", "RBKC", "tlp", "green"))
	o.do(t, "/councils/warnings/new", form("title", "Letters in our name", "note", "they write", "ask", "do not pay", "addressed", "WCC", "council", "RBKC", "tlp", "amber"))
}

// TestOfficeInTheBrowser looks at every page of the desks for clocks, agencies,
// evidence, costs and councils on the smallest screen; and a clock is started
// from its form without JavaScript, with what is missing said.
func TestOfficeInTheBrowser(t *testing.T) {
	o := newOffice(t, testBook(t))
	o.fillOffice(t)
	s := httptest.NewServer(o.h)
	t.Cleanup(s.Close)
	tab := browser.Open(t)
	clockWithoutScript(t, tab, s.URL)
	tab.Script(true)
	tab.Size(320, 640)
	for _, path := range []string{"/clocks", "/clocks/1", "/clocks/duties", "/clocks/new", "/agencies/1", "/agencies/1/told", "/evidence/1", "/evidence/digest", "/costs", "/costs/new", "/councils",
		"/councils/of/WCC/view", "/councils/arrangements/new", "/councils/clearances/1"} { // two templates make all pages: each of their parts once
		tab.Go(s.URL + path)
		tab.Accessible()
		tab.Shot("office" + strings.NewReplacer("/", "-", "?", "-", "&", "-", "=", "-").Replace(path))
		if n := browser.Eval[int](tab, `document.querySelectorAll("h1").length`); n != 1 {
			t.Errorf("%s: %d first headings", path, n)
		}
	}
}

func clockWithoutScript(t *testing.T, tab *browser.Tab, base string) {
	t.Helper()
	tab.Script(false)
	tab.Go(base + "/clocks/new")
	tab.Follow(`form[action="/clocks/new"] button`)
	if got := tab.Text(".govuk-error-summary"); !strings.Contains(got, "Choose the duty") || !strings.Contains(got, "Enter when it began") {
		t.Errorf("%q", got)
	}
}

// TestOfficeIsQuick: every page within 100 ms with 10,000 entries, 1,000 facts,
// 500 clocks, 2,000 lines of cost. The median of five, so that a busy machine
// does not fail the test.
func TestOfficeIsQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	d := testBook(t)
	o := newOffice(t, d)
	o.fillOffice(t)
	write(t, d, func(tx *db.Tx) error {
		for i := range 10_000 {
			e := Entry{Kept: by([]string{"RBKC", "WCC", ""}[i%3], TLPs[i%5]), Happened: int64(i), Known: int64(i), Kind: "event", Title: "Something happened", State: stands}
			if err := addEntry(tx, &e, 0); err != nil {
				return err
			}
			if err := putMany(tx, i); err != nil {
				return err
			}
		}
		return nil
	})
	for _, path := range []string{"/clocks", "/clocks/1", "/agencies", "/evidence", "/costs", "/councils", "/councils/of/WCC", "/councils/of/WCC/view", "/agencies/1/told"} {
		var took []time.Duration
		for range 5 {
			began := time.Now()
			o.get(t, path, "X-Councils", "WCC,RBKC")
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		t.Logf("%s: %v", path, took[2])
		if took[2] > 250*time.Millisecond {
			t.Errorf("%s took %v", path, took[2])
		}
	}
}

// putMany puts fewer of the others.
func putMany(tx *db.Tx, i int) error {
	k := by([]string{"RBKC", "WCC", ""}[i%3], TLPs[i%5])
	if i%10 == 0 {
		f := Fact{Kept: k, Claim: "A claim", State: stands, Sort: sortKnown}
		if err := factShelf.put(tx, &f, 0); err != nil {
			return err
		}
	}
	if i%20 == 0 {
		c := Clock{Kept: k, Duty: "foi", Begun: testNow.Unix() + int64(i), State: clockRunning}
		c.wind()
		if err := clocks.put(tx, &c, 0); err != nil {
			return err
		}
	}
	if i%5 == 0 {
		return costs.put(tx, &Cost{Kept: k, Sort: costSpend, Title: "Line", Amount: int64(i), Day: testNow.Unix(), Stream: "data", Stage: "actual", State: stateStands}, 0)
	}
	return nil
}
