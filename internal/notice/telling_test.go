package notice

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// callDesk is a run that people carry out, behind the real policy, with the
// reveals that are kept: what a role may do here, it may do in the program.
type callDesk struct {
	t      testing.TB
	m      *Room
	guard  *testGuard
	h      http.Handler
	who    *web.Visitor
	policy *account.Room
	run    run
}

const deskPeople = 6

func newCallDesk(t testing.TB, d *db.DB, w Way, council string) *callDesk {
	t.Helper()
	prepare(t, d, deskPeople)
	giveNumbers(t, d, deskPeople)
	if err := d.Migrate(t.Context(), "account", account.Schema()); err != nil {
		t.Fatal(err)
	}
	o := &callDesk{t: t, guard: &testGuard{stand: make(map[string]*Standing)}, policy: &account.Room{}}
	for i := range deskPeople {
		o.guard.stand[personID(i)] = standing(contactFor[w])
	}
	o.m = New(Deps{DB: d, Guard: o.guard})
	o.exec("UPDATE review_version_person SET kinds = 'address;health;name;nino'")
	o.exec("INSERT INTO review_version_council (version, person, council) SELECT version, person, 'rbkc' FROM review_version_person")
	o.run = start(t, o.m, checkedTestRun(t, o.m, run{Kind: High, Way: w, Template: "high", Council: council}))
	h, err := web.New(web.Options{Door: o, Title: "Test case"}, o.m.Sections()...)
	if err != nil {
		t.Fatal(err)
	}
	o.h = h
	return o
}

// exec changes the tables behind the room's back.
func (o *callDesk) exec(text string, args ...any) {
	o.t.Helper()
	if err := o.m.db.Write(o.t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(text, args...); return err }); err != nil {
		o.t.Fatal(err)
	}
}

// Visitor is who is at the desk, with what was revealed to their session.
func (o *callDesk) Visitor(http.ResponseWriter, *http.Request) (*web.Visitor, error) {
	v := *o.who
	return &v, o.m.db.Read(o.t.Context(), func(tx *db.Tx) (err error) {
		v.Shown, err = db.All(tx, func(row db.Row) (g web.Grant, err error) {
			var until int64
			err = row.Scan(&g.Thing, &until)
			g.Until = time.Unix(until, 0)
			return g, err
		}, "SELECT thing, until FROM account_grant WHERE holder = ? ORDER BY thing", v.Session)
		return err
	})
}

func (o *callDesk) May(v *web.Visitor, a web.Act) web.Ruling { return o.policy.May(v, a) }
func (o *callDesk) Knows(v web.Verb, object web.Object) bool { return o.policy.Knows(v, object) }
func (o *callDesk) get(path string, status int) string       { return webtest.Get(o.t, o.h, path, status) }
func (o *callDesk) post(path string, status int, form ...string) string {
	o.t.Helper()
	values := make(url.Values)
	for i := 0; i < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	where, _ := webtest.Post(o.t, o.h, path, values, status)
	return where
}

// sit puts somebody at the desk.
func (o *callDesk) sit(id string, r account.Role, councils ...string) {
	o.who = &web.Visitor{ID: id, Name: "Name of " + id, Session: "session-" + id, Roles: []string{string(r)}, Councils: councils}
}

// reveals are the reveals of somebody on record, oldest first.
func (o *callDesk) reveals(id string) (things []string) {
	o.t.Helper()
	err := o.m.db.Read(o.t.Context(), func(tx *db.Tx) error {
		all, err := record.Lines(tx, 0, 10_000)
		for _, l := range all {
			if l.Verb == "reveal" && l.Actor == id {
				things = append(things, l.Object)
			}
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return things
}

// namedOn are the numbers of the people whom a page names in clear: by name,
// number or address.
func namedOn(page string) (all []int64) {
	for i := range deskPeople {
		for _, value := range []string{fmt.Sprintf("Ada Brook%d", i), fmt.Sprintf("07700 900%03d", i), fmt.Sprintf("%d Example Street", i+1), personID(i)} {
			if strings.Contains(page, value) {
				all = append(all, int64(i+1))
				break
			}
		}
	}
	return all
}

// TestAgentTellsOnePerson: the next call, whom it is to, what was found once it
// was checked who is on the line, and nothing after its outcome; each showing is
// on record.
func TestAgentTellsOnePerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newCallDesk(t, d, Call, "")
		o.sit("agent", account.ContactCentre)
		if page := o.get("/telling", http.StatusOK); !strings.Contains(page, "6 to be made now, 0 later") || namedOn(page) != nil {
			t.Errorf("the start names somebody, or does not count: %v", namedOn(page))
		}
		if where := o.post("/telling/call/next", http.StatusSeeOther); where != "/telling/call" {
			t.Fatalf("the next call leads to %s", where)
		}
		page := o.get("/telling/call", http.StatusOK)
		if got := namedOn(page); len(got) != 1 || got[0] != 1 || strings.Contains(page, "What we found about you") {
			t.Errorf("the call names %v, or tells before it was checked who it is", got)
		}
		o.post("/telling/call/outcome", http.StatusBadRequest, "outcome", "told") // unchecked
		o.post("/telling/call/verified", http.StatusUnprocessableEntity)
		for _, born := range []string{"", "2 January 1970", "1970-02-01", "1971-01-02"} { // a date that is not theirs
			o.post("/telling/call/verified", http.StatusUnprocessableEntity, "how", howChecked[0], "born", born)
		}
		if page := o.get("/telling/call", http.StatusOK); strings.Contains(page, "1970") {
			t.Error("the caller is shown the date of birth")
		}
		o.post("/telling/call/outcome", http.StatusUnprocessableEntity, "outcome", "not-safe") // says not why
		o.post("/telling/call/verified", http.StatusSeeOther, "how", howChecked[0], "born", "1970-01-02")
		page = o.get("/telling/call", http.StatusOK)
		if !strings.Contains(page, "your National Insurance number") || strings.Contains(page, words[reeve.KindHealth]) {
			t.Error("the agent is not shown the plain list, or more than that")
		}
		if csv := o.reveals("agent"); len(csv) != 2 || csv[0] != "telling:"+messageOf(t, o.m, 1, 1).Recipient.Reference || csv[1] != csv[0] {
			t.Errorf("on record as shown: %v", csv)
		}
		o.post("/telling/call/outcome", http.StatusSeeOther, "outcome", "told")
		if x := messageOf(t, o.m, 1, 1); x.State != msgLeft {
			t.Errorf("told, yet %s", x.State)
		}
		if where := sentTo(t, o, "/telling/call"); where != "/telling" {
			t.Errorf("after its outcome the call leads to %s", where)
		}
		o.post("/telling/call/outcome", http.StatusConflict, "outcome", "told")
	})
}

// sentTo is where a page sends its visitor.
func sentTo(t testing.TB, o *callDesk, path string) string {
	t.Helper()
	w := httptest.NewRecorder()
	o.h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Header().Get("Location")
}

// TestWhoMaySayAll: the same call in the hands of the data protection officer
// names special categories too.
func TestWhoMaySayAll(t *testing.T) {
	o := newCallDesk(t, dbtest.SQLite(t), Call, "")
	o.sit("dpo", account.DPO)
	o.post("/telling/call/next", http.StatusSeeOther)
	o.post("/telling/call/verified", http.StatusSeeOther, "how", howChecked[0], "born", "1970-01-02")
	if page := o.get("/telling/call", http.StatusOK); !strings.Contains(page, words[reeve.KindHealth]) {
		t.Error("whoever goes up to special cannot say all of it")
	}
}

// TestAgentHasNothingElse: no list, search, export, letter, run or other person,
// neither by the pages of runs nor by asking for a reveal.
func TestAgentHasNothingElse(t *testing.T) {
	o := newCallDesk(t, dbtest.SQLite(t), Call, "")
	for _, r := range []account.Role{account.ContactCentre, account.Delivery} {
		o.sit("agent-"+string(r), r)
		for _, path := range []string{"/notices", "/notices/hand", "/notices/hand/1", "/notices/hand.csv", "/notices/runs/1", "/notices/runs/1/people/1", "/notices/runs/1/letters",
			"/notices/runs/1/letters/1/pdf", "/notices/runs/1/bundle", "/notices/delivery", "/notices/delivery.csv", "/notices/decisions", "/notices/suppression", "/notices/new"} {
			o.get(path, http.StatusForbidden)
		}
		for _, path := range []string{"/notices/runs/1/people/1/take", "/notices/runs/1/people/1/verified", "/notices/runs/1/people/1/outcome", "/notices/runs/1/people/1/withdraw",
			"/notices/hand/1/rounds", "/notices/runs/1/freeze", "/notices/runs/1/sign", "/notices/runs/1/stop", "/notices/suppression"} {
			o.post(path, http.StatusForbidden, "outcome", "told")
		}
	}
	o.sit("program", account.ContactCentre)
	o.who.Token = true
	o.post("/telling/call/next", http.StatusForbidden)
	if x := messageOf(t, o.m, 1, 1); x.State != msgReady {
		t.Errorf("somebody who may not has it: %s", x.State)
	}
}

// TestWritersOfRunsTellNobody: communications write runs and see no value. They
// take no call, by either page, so that they neither read what was found nor say
// of somebody that they were told.
func TestWritersOfRunsTellNobody(t *testing.T) {
	o := newCallDesk(t, dbtest.SQLite(t), Call, "")
	o.sit("words", account.Communicator)
	for _, path := range []string{"take", "verified", "outcome", "withdraw"} {
		o.post("/notices/runs/1/people/1/"+path, http.StatusForbidden, "outcome", "told", "how", howChecked[0], "wrong", "x")
	}
	o.post("/notices/hand/1/rounds", http.StatusForbidden, "carrier", "Lee Carr")
	o.get("/telling", http.StatusForbidden)
	o.post("/telling/call/next", http.StatusForbidden)
	if page := o.get("/notices/runs/1/people/1", http.StatusOK); strings.Contains(page, "Take this call") || strings.Contains(page, "Ada Brook0") {
		t.Error("the page offers the call, or names somebody")
	}
	if x := messageOf(t, o.m, 1, 1); x.State != msgReady {
		t.Errorf("a writer took it: %s", x.State)
	}
}

// TestScriptNeedsReveal: on the page of a run, too, nothing that was found is
// shown without a reveal on record.
func TestScriptNeedsReveal(t *testing.T) {
	o := newCallDesk(t, dbtest.SQLite(t), Call, "")
	o.sit("dpo", account.DPO)
	one := "/notices/runs/1/people/1"
	o.post(one+"/take", http.StatusSeeOther)
	o.post(one+"/verified", http.StatusSeeOther, "how", howChecked[0])
	if page := o.get(one, http.StatusOK); strings.Contains(page, "your National Insurance number") {
		t.Error("what was found is shown, and no reveal is on record")
	}
}

// TestCallFigures: how long the next call has waited, and what came of today's.
func TestCallFigures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newCallDesk(t, d, Call, "rbkc")
		o.sit("agent", account.ContactCentre)
		figures := func(v *web.Visitor) (f callDay) {
			now := time.Now()
			err := o.m.db.Read(t.Context(), func(tx *db.Tx) (err error) { f, err = callFigures(tx, v, now.Unix()-3600, now.Unix()); return err })
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		if f := figures(o.who); f != (callDay{Since: 4}) { // the run was started at second 4
			t.Errorf("before the first call: %+v", f)
		}
		for range deskPeople {
			o.post("/telling/call/next", http.StatusSeeOther)
			o.post("/telling/call/outcome", http.StatusSeeOther, "outcome", "no-answer")
		}
		o.post("/telling/call/next", http.StatusSeeOther)
		o.post("/telling/call/verified", http.StatusSeeOther, "how", howChecked[1])
		o.post("/telling/call/outcome", http.StatusSeeOther, "outcome", "told")
		if f := figures(o.who); f.Tried != deskPeople+1 || f.Told != 1 || time.Now().Unix()-f.Since > 3600 {
			t.Errorf("after them: %+v", f)
		}
		if f := figures(&web.Visitor{Councils: []string{"wcc"}}); f != (callDay{}) {
			t.Errorf("another council's: %+v", f)
		}
	})
}

// TestOneCallAtATime: a second one is refused, and giving one back gets the same
// person again.
func TestOneCallAtATime(t *testing.T) {
	o := newCallDesk(t, dbtest.SQLite(t), Call, "")
	o.sit("agent", account.ContactCentre)
	o.post("/telling/call/next", http.StatusSeeOther)
	o.post("/telling/call/next", http.StatusSeeOther)
	if x := messageOf(t, o.m, 1, 2); x.State != msgReady {
		t.Errorf("the second call is %s", x.State)
	}
	for range 3 {
		o.post("/telling/call/outcome", http.StatusSeeOther, "outcome", "given-back", "next", time.Now().AddDate(0, 0, 30).Format(time.DateOnly))
		o.post("/telling/call/next", http.StatusSeeOther)
		if got := namedOn(o.get("/telling/call", http.StatusOK)); len(got) != 1 || got[0] != 1 {
			t.Fatalf("given back, and the next is %v", got)
		}
	}
	o.post("/telling/call/outcome", http.StatusSeeOther, "outcome", "later", "next", time.Now().AddDate(0, 0, 3).Format(time.DateOnly))
	if page := o.get("/telling", http.StatusOK); !strings.Contains(page, "5 to be made now, 1 later") {
		t.Error("a call that was asked for later is not counted so")
	}
	o.post("/telling/call/next", http.StatusSeeOther)
	if got := namedOn(o.get("/telling/call", http.StatusOK)); len(got) != 1 || got[0] != 2 {
		t.Errorf("asked for later, and the next is %v", got)
	}
}

// TestDayAskedForIsKept: somebody asked for another day; whoever takes the call
// before and gives it back does not lose that day.
func TestDayAskedForIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newCallDesk(t, d, Call, "")
		o.sit("dpo", account.DPO)
		one, day := "/notices/runs/1/people/1", time.Now().UTC().AddDate(0, 0, 3)
		o.post(one+"/take", http.StatusSeeOther)
		o.post(one+"/outcome", http.StatusSeeOther, "outcome", "later", "next", day.Format(time.DateOnly))
		o.post(one+"/take", http.StatusSeeOther)
		o.post(one+"/outcome", http.StatusSeeOther, "outcome", "given-back")
		if csv := o.get("/notices/hand/1.json", http.StatusOK); !strings.Contains(csv, fmt.Sprintf(`"next":%d`, day.Truncate(24*time.Hour).Unix())) &&
			!strings.Contains(csv, fmt.Sprintf(`"next": %d`, day.Truncate(24*time.Hour).Unix())) {
			t.Errorf("the day is lost: %s", csv)
		}
	})
}

// TestOffAnswersAlike: a call to somebody who is sealed, on hold or told
// elsewhere since shows one and the same page, without anything of them; what
// came of it can still be said. On the list they are passed over in silence.
func TestOffAnswersAlike(t *testing.T) {
	var pages []string
	for _, off := range []string{"sealed", "hold", "dead"} {
		o := newCallDesk(t, dbtest.SQLite(t), Call, "")
		o.sit("agent", account.ContactCentre)
		o.post("/telling/call/next", http.StatusSeeOther)
		o.post("/telling/call/verified", http.StatusSeeOther, "how", howChecked[0], "born", "1970-01-02")
		for _, i := range []int{0, 1} { // the one on the line, and the next on the list
			switch s := standing(reeve.ContactPhone); off {
			case "sealed":
				o.exec("INSERT INTO case_sealed_ids VALUES (?)", personID(i))
				o.guard.stand[personID(i)] = nil
			case "hold":
				o.guard.stand[personID(i)] = standing(reeve.ContactHold)
			case "dead":
				s.Deceased = "yes"
				o.guard.stand[personID(i)] = s
			}
		}
		page := o.get("/telling/call", http.StatusOK)
		if got := namedOn(page); got != nil || strings.Contains(page, "What we found") || strings.Contains(page, "National Insurance") {
			t.Errorf("%s: the page shows %v", off, got)
		}
		pages = append(pages, strings.ReplaceAll(page, messageOf(t, o.m, 1, 1).Recipient.Reference, "REF"))
		o.post("/telling/call/show", http.StatusConflict)
		o.post("/telling/call/verified", http.StatusConflict, "how", howChecked[0])
		o.post("/telling/call/outcome", http.StatusSeeOther, "outcome", "told")
		if x := messageOf(t, o.m, 1, 1); x.State != msgLeft {
			t.Errorf("%s: told before it was off, yet %s", off, x.State)
		}
		o.post("/telling/call/next", http.StatusSeeOther)
		if got := namedOn(o.get("/telling/call", http.StatusOK)); len(got) != 1 || got[0] != 3 {
			t.Errorf("%s: the next call is to %v", off, got)
		}
	}
	if pages[0] != pages[1] || pages[1] != pages[2] {
		t.Errorf("the reason shows:\n%s\n%s\n%s", pages[0], pages[1], pages[2])
	}
}

// TestOtherCouncilsAgents: an agent who is limited to councils is given their
// calls alone, and a call that is not theirs any more is over.
func TestOtherCouncilsAgents(t *testing.T) {
	o := newCallDesk(t, dbtest.SQLite(t), Call, "rbkc")
	o.sit("agent", account.ContactCentre, "wcc")
	if page := o.get("/telling", http.StatusOK); !strings.Contains(page, "0 to be made now") {
		t.Error("another council's calls are counted")
	}
	if where := o.post("/telling/call/next", http.StatusSeeOther); where != "/telling" {
		t.Errorf("the next call leads to %s", where)
	}
	o.sit("agent", account.ContactCentre, "rbkc")
	o.post("/telling/call/next", http.StatusSeeOther)
	if got := namedOn(o.get("/telling/call", http.StatusOK)); len(got) != 1 {
		t.Errorf("their own council's agent is given %v", got)
	}
	o.sit("agent", account.ContactCentre, "wcc")
	if got := namedOn(o.get("/telling/call", http.StatusOK)); got != nil {
		t.Errorf("moved to another council, and sees %v", got)
	}
}

// TestCallRunsOut: after an hour a call shows nobody any more; in another session
// it is shown again, on record.
func TestCallRunsOut(t *testing.T) {
	o := newCallDesk(t, dbtest.SQLite(t), Call, "")
	o.sit("agent", account.ContactCentre)
	o.post("/telling/call/next", http.StatusSeeOther)
	o.who.Session = "session-later"
	if got := namedOn(o.get("/telling/call", http.StatusOK)); got != nil {
		t.Errorf("in another session %v is shown unrecorded", got)
	}
	o.post("/telling/call/show", http.StatusSeeOther)
	if got := namedOn(o.get("/telling/call", http.StatusOK)); len(got) != 1 || len(o.reveals("agent")) != 2 {
		t.Errorf("shown: %v; on record: %v", got, o.reveals("agent"))
	}
	o.exec("UPDATE notice_message SET claimed = claimed - 3700 WHERE state = 'leaving'")
	if got := namedOn(o.get("/telling/call", http.StatusOK)); got != nil {
		t.Errorf("after an hour %v is shown", got)
	}
	o.post("/telling/call/show", http.StatusConflict)
	o.post("/telling/call/outcome", http.StatusSeeOther, "outcome", "no-answer")
}

// TestDeliveryOfficerTakesARound: names and addresses of one round, nothing of
// what was found; letters that may not be handed over are brought back, alike.
func TestDeliveryOfficerTakesARound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newCallDesk(t, d, Hand, "")
		o.sit("walker", account.Delivery)
		if page := o.get("/telling", http.StatusOK); !strings.Contains(page, "6 wait") || namedOn(page) != nil {
			t.Error("the start does not count the letters, or names somebody")
		}
		o.guard.stand[personID(5)] = standing(reeve.ContactHold)
		if where := o.post("/telling/round/next", http.StatusSeeOther); where != "/telling/round" {
			t.Fatalf("the next round leads to %s", where)
		}
		page := o.get("/telling/round", http.StatusOK)
		if got := namedOn(page); len(got) != 5 || strings.Contains(page, "National Insurance") || strings.Contains(page, personID(0)) || strings.Contains(page, "07700") {
			t.Errorf("the round shows %v, or more than names and addresses", got)
		}
		o.post("/telling/round/next", http.StatusSeeOther)
		if got := o.reveals("walker"); len(got) != 1 || got[0] != "telling:round-1" {
			t.Errorf("on record: %v", got)
		}
		o.guard.stand[personID(0)] = standing(reeve.ContactHold)
		o.exec("INSERT INTO case_sealed_ids VALUES (?)", personID(1))
		o.guard.stand[personID(1)] = nil
		page = o.get("/telling/round", http.StatusOK)
		if got := namedOn(page); len(got) != 3 || strings.Count(page, "Do not hand this letter over") != 2 {
			t.Errorf("two may not be told, and the round shows %v", got)
		}
		reference := func(n int64) string { return messageOf(t, o.m, 1, n).Recipient.Reference }
		o.post("/telling/round/outcome", http.StatusUnprocessableEntity, "letter", reference(6), "outcome", "told") // not of this round
		o.post("/telling/round/outcome", http.StatusUnprocessableEntity, "letter", reference(3))
		o.sit("other", account.Delivery)
		o.post("/telling/round/outcome", http.StatusConflict, "letter", reference(3), "outcome", "told")
		o.sit("walker", account.Delivery)
		for _, end := range []struct {
			n              int64
			outcome, state string
		}{{1, "given-back", msgRefused}, {2, "given-back", msgRefused}, {3, "told", msgLeft}, {4, "not-in", msgReady}} {
			o.post("/telling/round/outcome", http.StatusSeeOther, "letter", reference(end.n), "outcome", end.outcome)
			if x := messageOf(t, o.m, 1, end.n); x.State != end.state {
				t.Errorf("%s: letter %d is %s", end.outcome, end.n, x.State)
			}
		}
		o.exec("UPDATE notice_round SET at = at - 50000")
		if got := namedOn(o.get("/telling/round", http.StatusOK)); got != nil {
			t.Errorf("after a day's work %v is shown", got)
		}
		o.post("/telling/round/outcome", http.StatusSeeOther, "letter", reference(5), "outcome", "moved")
		if where := sentTo(t, o, "/telling/round"); where != "/telling" {
			t.Errorf("ended, and the round leads to %s", where)
		}
	})
}

// TestAgentSeesOnlyWhomTheyHold: whatever three agents and those who keep the
// list do, no page ever names to an agent somebody other than the one whose call
// they hold, may still be told, and is on record as shown to them.
func TestAgentSeesOnlyWhomTheyHold(t *testing.T) {
	shown := 0
	for seed := range uint64(6) {
		o := newCallDesk(t, dbtest.SQLite(t), Call, "")
		random := rand.New(rand.NewPCG(seed, 1))
		for range 60 {
			o.chance(random)
			for _, id := range []string{"a", "b", "c"} {
				o.sit(id, account.ContactCentre)
				for _, path := range []string{"/telling", "/telling.json", "/telling/call", "/telling/call.json"} {
					w := httptest.NewRecorder()
					o.h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
					for _, n := range namedOn(w.Body.String()) {
						shown++
						o.mayHaveSeen(seed, id, path, n)
					}
				}
			}
		}
	}
	if shown < 50 {
		t.Errorf("only %d showings were looked at", shown)
	}
}

// chance does one thing that may happen in a contact centre.
func (o *callDesk) chance(random *rand.Rand) {
	i := random.IntN(deskPeople)
	o.sit(string(rune('a'+random.IntN(3))), account.ContactCentre)
	send := func(path string, form url.Values) {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		o.h.ServeHTTP(httptest.NewRecorder(), r)
	}
	switch random.IntN(9) {
	case 0, 1, 2:
		send("/telling/call/next", nil)
	case 3:
		send("/telling/call/verified", url.Values{"how": {howChecked[random.IntN(3)]}, "born": {"1970-01-02"}})
	case 4:
		send("/telling/call/outcome", url.Values{"outcome": {[]string{"told", "no-answer", "given-back", "later", "not-them"}[random.IntN(5)]}})
	case 5:
		send("/telling/call/show", nil)
	case 6:
		o.guard.stand[personID(i)] = standing([]reeve.SafeContact{reeve.ContactPhone, reeve.ContactHold}[random.IntN(2)])
	case 7:
		if random.IntN(4) == 0 {
			o.exec("INSERT INTO case_sealed_ids SELECT ? WHERE NOT EXISTS (SELECT 1 FROM case_sealed_ids WHERE id = ?)", personID(i), personID(i))
		}
	case 8:
		o.exec("UPDATE notice_message SET claimed = claimed - ? WHERE state = 'leaving'", random.IntN(2500))
	}
}

// mayHaveSeen fails unless person n may be shown to an agent now.
func (o *callDesk) mayHaveSeen(seed uint64, id, path string, n int64) {
	o.t.Helper()
	x := messageOf(o.t, o.m, 1, n)
	var has string
	var since int64
	sealed := false
	err := o.m.db.Read(o.t.Context(), func(tx *db.Tx) (err error) {
		if has, since, err = holder(tx, 1, n); err == nil {
			sealed, err = isSealed(tx, x.Recipient.Person)
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	thing, recorded := "telling:"+x.Recipient.Reference, false
	for _, r := range o.reveals(id) {
		recorded = recorded || r == thing
	}
	if x.State != msgLeaving || has != byUser(id) || sealed || o.guard.stand[x.Recipient.Person].Contact != reeve.ContactPhone || time.Now().Unix()-since > longestHold || !recorded {
		o.t.Errorf("seed %d: %s shows person %d to %s: %s, held by %q for %d s, sealed %v, recorded %v", seed, path, n, id, x.State, has, time.Now().Unix()-since, sealed, recorded)
	}
}
