package notice

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// carrying is a run that people carry out, with the pages over it.
type carrying struct {
	m     *Room
	h     http.Handler
	door  *webtest.Door
	guard *testGuard
	run   run
}

func carriedRun(t *testing.T, w Way, people int) *carrying {
	t.Helper()
	d := dbtest.SQLite(t)
	prepare(t, d, people)
	giveNumbers(t, d, people)
	c := &carrying{guard: &testGuard{stand: make(map[string]*Standing)}, door: &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}}
	for i := range people {
		c.guard.stand[personID(i)] = standing(contactFor[w])
	}
	c.m = New(Deps{DB: d, Guard: c.guard})
	c.h = webtest.House(t, c.door, c.m.Sections()...)
	c.run = start(t, c.m, checkedTestRun(t, c.m, run{Kind: High, Way: w, Template: "high"}))
	return c
}

// grant lets the visitor see the values of the run.
func (c *carrying) grant() {
	c.door.Visitor.Shown = []web.Grant{{Thing: "notice:1", Until: time.Now().Add(time.Hour)}}
}

// TestCallPages takes calls as a caller does.
func TestCallPages(t *testing.T) {
	c := carriedRun(t, Call, 4)
	if page := webtest.Get(t, c.h, "/notices/hand", http.StatusOK); !strings.Contains(page, "Run 1: Test") {
		t.Error("the run is not on the page")
	}
	list := webtest.Get(t, c.h, "/notices/hand/1", http.StatusOK)
	if !strings.Contains(list, "Call list") || strings.Contains(list, "Ada Brook") || strings.Contains(list, "07700") {
		t.Error("the call list is not there, or names somebody")
	}
	one := "/notices/runs/1/people/1"
	webtest.Post(t, c.h, one+"/outcome", url.Values{"outcome": {"told"}}, http.StatusConflict) // nobody has it
	webtest.Post(t, c.h, one+"/take", nil, http.StatusSeeOther)
	page := webtest.Get(t, c.h, one, http.StatusOK)
	if !strings.Contains(page, "When somebody answers") || strings.Contains(page, "What we found about you") || strings.Contains(page, "National Insurance") {
		t.Error("before it was checked who is on the line the page tells, or has no script")
	}
	c.grant()
	if page := webtest.Get(t, c.h, one, http.StatusOK); !strings.Contains(page, "Ada Brook0") || !strings.Contains(page, "07700 900000") {
		t.Error("with a reason on record nobody is named")
	}
	webtest.Post(t, c.h, one+"/outcome", url.Values{"outcome": {"told"}}, http.StatusBadRequest) // unchecked
	webtest.Post(t, c.h, one+"/verified", nil, http.StatusUnprocessableEntity)
	webtest.Post(t, c.h, one+"/verified", url.Values{"how": {howChecked[0]}}, http.StatusSeeOther)
	if page := webtest.Get(t, c.h, one, http.StatusOK); !strings.Contains(page, "What we found about you") {
		t.Error("it was checked who is on the line, and the page does not say what was found")
	}
	// Somebody else can neither see the script nor end the call.
	c.door.Visitor = &web.Visitor{ID: "u2", Name: "Two"}
	if page := webtest.Get(t, c.h, one, http.StatusOK); strings.Contains(page, "What we found") || strings.Contains(page, "Keep the outcome") {
		t.Error("a call of somebody else is open to all")
	}
	webtest.Post(t, c.h, one+"/outcome", url.Values{"outcome": {"no-answer"}}, http.StatusConflict)
	c.door.Visitor = &web.Visitor{ID: "u1", Name: "One"}
	webtest.Post(t, c.h, one+"/outcome", url.Values{"outcome": {""}}, http.StatusUnprocessableEntity)
	webtest.Post(t, c.h, one+"/outcome", url.Values{"outcome": {"told"}, "day": {"2031-01-01"}}, http.StatusUnprocessableEntity)
	webtest.Post(t, c.h, one+"/outcome", url.Values{"outcome": {"told"}}, http.StatusSeeOther)
	if x := messageOf(t, c.m, 1, 1); x.State != msgLeft {
		t.Errorf("told, yet %s", x.State)
	}
	// Entered in error: they were told by nobody, and stand among those.
	webtest.Post(t, c.h, one+"/withdraw", nil, http.StatusUnprocessableEntity)
	webtest.Post(t, c.h, one+"/withdraw", url.Values{"wrong": {"another person"}}, http.StatusSeeOther)
	webtest.Post(t, c.h, one+"/withdraw", url.Values{"wrong": {"another person"}}, http.StatusConflict)
	if x := messageOf(t, c.m, 1, 1); x.State != msgUnreached || len(toldNow(t, c.m)) != 0 {
		t.Errorf("taken back, yet %s", x.State)
	}
	// Not safe: a note is asked for, and then it is a hold at once.
	two := "/notices/runs/1/people/2"
	webtest.Post(t, c.h, two+"/take", nil, http.StatusSeeOther)
	webtest.Post(t, c.h, two+"/outcome", url.Values{"outcome": {"not-safe"}}, http.StatusUnprocessableEntity)
	webtest.Post(t, c.h, two+"/outcome", url.Values{"outcome": {"not-safe"}, "note": {"a second voice"}}, http.StatusSeeOther)
	if x := messageOf(t, c.m, 1, 2); x.State != msgRefused || x.Why != string(OnHold) {
		t.Errorf("not safe, yet %s %s", x.State, x.Why)
	}
	// A flag that came since: the call cannot be taken.
	c.guard.stand[personID(2)] = standing(reeve.ContactHold)
	if page := webtest.Get(t, c.h, "/notices/runs/1/people/3", http.StatusOK); !strings.Contains(page, "Do not tell them now") {
		t.Error("on hold, and the page does not say so")
	}
	webtest.Post(t, c.h, "/notices/runs/1/people/3/take", nil, http.StatusSeeOther)
	if x := messageOf(t, c.m, 1, 3); x.State != msgRefused {
		t.Errorf("on hold, yet %s", x.State)
	}
	if csv := webtest.Get(t, c.h, "/notices/delivery.csv", http.StatusOK); strings.Count(csv, "\n") != 4 || !strings.Contains(csv, "hold") {
		t.Error(csv)
	}
	if page := webtest.Get(t, c.h, "/notices/delivery", http.StatusOK); !strings.Contains(page, "People whom nobody has told yet") {
		t.Error(page)
	}
	webtest.Get(t, c.h, "/notices/delivery/figures", http.StatusOK)
	if csv := webtest.Get(t, c.h, "/notices/delivery/figures.csv?run=1", http.StatusOK); !strings.Contains(csv, "unreached,,withdrawn") {
		t.Error(csv)
	}
}

// TestForgottenCall: a call that nobody ended can be given back after an hour, by
// anybody who may write.
func TestForgottenCall(t *testing.T) {
	c := carriedRun(t, Call, 1)
	one := "/notices/runs/1/people/1"
	webtest.Post(t, c.h, one+"/take", nil, http.StatusSeeOther)
	c.door.Visitor = &web.Visitor{ID: "u2", Name: "Two"}
	webtest.Post(t, c.h, one+"/outcome", url.Values{"outcome": {"given-back"}}, http.StatusConflict)
	if err := c.m.db.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE notice_message SET claimed = claimed - 4000")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	webtest.Post(t, c.h, one+"/outcome", url.Values{"outcome": {"told"}}, http.StatusConflict)
	webtest.Post(t, c.h, one+"/outcome", url.Values{"outcome": {"given-back"}}, http.StatusSeeOther)
	if x := messageOf(t, c.m, 1, 1); x.State != msgReady {
		t.Errorf("given back, yet %s", x.State)
	}
}

// TestBriefs: a worker's brief holds their own people alone, is printed with a
// reason on record, and asks the guard again.
func TestBriefs(t *testing.T) {
	c := carriedRun(t, Worker, 4) // two workers by turns
	page := webtest.Get(t, c.h, "/notices/hand/1", http.StatusOK)
	if strings.Count(page, "Make the brief") != 2 || strings.Contains(page, "Wyn Hale") {
		t.Error("not one brief for each worker, or the worker is named to all")
	}
	webtest.Post(t, c.h, "/notices/hand/1/rounds", url.Values{"worker": {"x"}}, http.StatusUnprocessableEntity)
	webtest.Post(t, c.h, "/notices/hand/1/rounds", url.Values{"worker": {"1"}}, http.StatusSeeOther)
	if page := webtest.Get(t, c.h, "/notices/hand/1", http.StatusOK); !strings.Contains(page, ">Brief 1</a>") {
		t.Error("the list calls a brief by another name than its page")
	}
	webtest.Get(t, c.h, "/notices/rounds/1/pdf", http.StatusForbidden)
	c.grant()
	d, people := roundPaper(t, c)
	if len(people) != 2 || !strings.Contains(d, "Wyn Hale") || strings.Contains(d, "Ada Moor") {
		t.Errorf("%d people in the brief", len(people))
	}
	for i, want := range []bool{true, false, true, false} {
		if got := strings.Contains(d, "Ada Brook"+string(rune('0'+i))); got != want {
			t.Errorf("person %d in the brief of another's worker: %v", i, got)
		}
	}
	for _, must := range []string{"Ask yourself first", "What to ask", "I have received this paper", "your National Insurance number", "What came of it"} {
		if !strings.Contains(d, must) {
			t.Errorf("the brief lacks %q", must)
		}
	}
	webtest.Get(t, c.h, "/notices/rounds/1/docx", http.StatusOK)
	webtest.Post(t, c.h, "/notices/rounds/1/received", nil, http.StatusUnprocessableEntity)
	webtest.Post(t, c.h, "/notices/rounds/1/received", url.Values{"note": {"signed"}}, http.StatusSeeOther)
	webtest.Post(t, c.h, "/notices/rounds/1/received", url.Values{"note": {"signed"}}, http.StatusConflict)
	// A flag while the worker has the brief.
	c.guard.stand[personID(0)] = standing(reeve.ContactHold)
	if page := webtest.Get(t, c.h, "/notices/rounds/1", http.StatusOK); !strings.Contains(page, "do not tell them") {
		t.Error("on hold, and the round does not say so")
	}
	if d, people := roundPaper(t, c); len(people) != 1 || strings.Contains(d, "Ada Brook0") {
		t.Error("on hold, and printed again")
	}
	webtest.Post(t, c.h, "/notices/runs/1/people/3/outcome", url.Values{"outcome": {"told"}, "day": {time.Now().UTC().AddDate(0, 0, -1).Format(time.DateOnly)}}, http.StatusSeeOther)
	webtest.Get(t, c.h, "/notices/rounds/1/pdf", http.StatusConflict) // nobody is left on it
}

// roundPaper prints the paper of round 1 as text, and asks for it as PDF.
func roundPaper(t *testing.T, c *carrying) (text string, people []frozenMessage) {
	t.Helper()
	webtest.Get(t, c.h, "/notices/rounds/1/pdf", http.StatusOK)
	err := c.m.db.Read(t.Context(), func(tx *db.Tx) error {
		o, err := readRound(tx, 1)
		if err != nil {
			return err
		}
		if people, err = carried(tx, &o); err != nil {
			return err
		}
		x, err := readRun(tx, o.Run)
		if err != nil {
			return err
		}
		d, err := x.briefOf(&o, people)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		err = d.WriteText(&b)
		text = b.String()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text, people
}

// TestRounds: letters go out with somebody who is named, each is tried twice, and
// what comes back is on the list.
func TestRounds(t *testing.T) {
	c := carriedRun(t, Hand, 3)
	c.guard.stand[personID(1)] = standing(reeve.ContactHold)
	webtest.Post(t, c.h, "/notices/hand/1/rounds", nil, http.StatusUnprocessableEntity)
	webtest.Post(t, c.h, "/notices/hand/1/rounds", url.Values{"carrier": {"Lee Carr"}}, http.StatusSeeOther)
	webtest.Post(t, c.h, "/notices/hand/1/rounds", url.Values{"carrier": {"Lee Carr"}}, http.StatusConflict) // nothing is left
	c.grant()
	webtest.Get(t, c.h, "/notices/rounds/1/letters", http.StatusOK)
	d, people := roundPaper(t, c)
	if len(people) != 2 || !strings.Contains(d, "Lee Carr") || !strings.Contains(d, "1 Example Street") || strings.Contains(d, "2 Example Street") || strings.Contains(d, "National Insurance") {
		t.Errorf("%d people; the list of a round: %s", len(people), d)
	}
	webtest.Post(t, c.h, "/notices/runs/1/people/1/outcome", url.Values{"outcome": {"told"}}, http.StatusSeeOther)
	webtest.Post(t, c.h, "/notices/runs/1/people/3/outcome", url.Values{"outcome": {"not-in"}}, http.StatusSeeOther)
	webtest.Post(t, c.h, "/notices/hand/1/rounds", url.Values{"carrier": {"Lee Carr"}}, http.StatusSeeOther)
	webtest.Post(t, c.h, "/notices/runs/1/people/3/outcome", url.Values{"outcome": {"not-in"}}, http.StatusSeeOther)
	if x := messageOf(t, c.m, 1, 3); x.State != msgUnreached || reload(t, c.m, 1).State != Done {
		t.Errorf("%s, the run is %s", x.State, reload(t, c.m, 1).State)
	}
	c.door.Visitor = &web.Visitor{ID: "u3", Name: "Three", Councils: []string{"wcc"}}
	for _, p := range []string{"/notices/hand/1", "/notices/rounds/1", "/notices/runs/1/people/1"} {
		webtest.Get(t, c.h, p, http.StatusNotFound)
	}
}

// TestSealedSince: somebody sealed since is on no list and no paper, and answers
// as if they were not there.
func TestSealedSince(t *testing.T) {
	c := carriedRun(t, Worker, 4)
	webtest.Post(t, c.h, "/notices/hand/1/rounds", url.Values{"worker": {"1"}}, http.StatusSeeOther)
	if err := c.m.db.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("INSERT INTO case_sealed_ids VALUES (?), (?)", personID(0), personID(1))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	c.guard.stand[personID(0)], c.guard.stand[personID(1)] = nil, nil
	c.grant()
	for _, p := range []string{"/notices/hand/1", "/notices/rounds/1"} {
		if page := webtest.Get(t, c.h, p, http.StatusOK); strings.Contains(page, "Ada Brook0") || strings.Contains(page, "Ada Brook1") || strings.Contains(page, personID(0)) {
			t.Errorf("%s shows somebody sealed", p)
		}
	}
	webtest.Get(t, c.h, "/notices/runs/1/people/1", http.StatusNotFound)
	webtest.Post(t, c.h, "/notices/runs/1/people/1/outcome", url.Values{"outcome": {"told"}}, http.StatusNotFound)
	if d, people := roundPaper(t, c); len(people) != 1 || strings.Contains(d, "Ada Brook0") {
		t.Errorf("%d people on the paper", len(people))
	}
	if x := messageOf(t, c.m, 1, 1); x.State != msgRefused || x.Why != string(NotListed) {
		t.Errorf("sealed, yet %s %s", x.State, x.Why)
	}
}
