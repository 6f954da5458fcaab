package enquiry

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// setContact makes a safe contact stand on the lists.
func setContact(t *testing.T, c *sweep.Case, id, value string) {
	t.Helper()
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE person SET safe_contact = ? WHERE id = ?", value, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

const plainAdult = "sealed = 0 AND deceased = 'no' AND signals = '' AND born < '2000' AND tier <> 'possible' AND kinds LIKE '%nino%'"

// verifiedCall checks a caller who is here in person, and gives the number of
// the check.
func verifiedCall(t *testing.T, ask func(url.Values) string, form url.Values) string {
	t.Helper()
	found := regexp.MustCompile(`name="call" value="(\d+)"`).FindStringSubmatch(ask(form))
	if found == nil {
		t.Fatal("the page of a check does not give its number on")
	}
	return found[1]
}

// TestVerifiedCallerIsTied: what a verified caller asks belongs to them; their
// second call is the same matter; the agent reads what may be said as it stands
// now, and never who it is.
func TestVerifiedCallerIsTied(t *testing.T) {
	c := plantedCase(t)
	approveAll(t, c)
	m, h := testRoom(t, Deps{Case: c})
	id, form := somebody(t, c, plainAdult)
	setContact(t, c, id, "post")
	agent := []string{"X-Deny", "see-person,judge-person"}
	check := func(f url.Values) string {
		w := post(t, h, "/calls", f, agent...)
		want(t, w, 200, "Say this, and no more")
		return w.Body.String()
	}
	call := verifiedCall(t, check, form)
	want(t, get(t, h, "/enquiries/new?call="+call, agent...), 200, `name="call" value="`+call+`"`)
	want(t, post(t, h, "/enquiries/new", typedEnquiry("call", call, "email", ""), append(agent, "X-Who", "another")...), 303) // not their check
	want(t, post(t, h, "/enquiries/new", typedEnquiry("call", call, "email", ""), agent...), 303)
	want(t, post(t, h, "/enquiries/new", typedEnquiry("call", call, "email", ""), agent...), 303) // the check is used up
	if who := ask(t, c, func(tx *db.Tx) (string, error) { return callerOf(tx, 2) }); who != id {
		t.Fatalf("enquiry 2 is of %q", who)
	}
	for _, n := range []int64{1, 3} {
		if who := ask(t, c, func(tx *db.Tx) (string, error) { return callerOf(tx, n) }); who != "" {
			t.Errorf("enquiry %d is of %s", n, who)
		}
	}
	page := get(t, h, "/enquiries/2", agent...)
	want(t, page, 200, "Some of your details were in the copied files", "We have not told you in writing yet")
	if strings.Contains(page.Body.String(), id) {
		t.Error("the agent reads the person’s number")
	}
	want(t, get(t, h, "/enquiries/2"), 200, "/people/"+id, "It is about")

	again := verifiedCall(t, check, form)
	if w := post(t, h, "/enquiries/new", typedEnquiry("call", again, "email", ""), agent...); w.Header().Get("Location") != "/enquiries/2" && !strings.HasPrefix(w.Header().Get("Location"), "/enquiries/2?") {
		t.Errorf("the second call went to %s", w.Header().Get("Location"))
	}
	ref := ask(t, c, func(tx *db.Tx) (string, error) { e, err := readEnquiry(tx, 2); return e.Printed(), err })
	if w := post(t, public(t, m), "/track", url.Values{"reference": {ref}}); w.Code != 200 || strings.Contains(w.Body.String(), id) || strings.Contains(w.Body.String(), "details were in") {
		t.Error("the page that follows a question tells who asked, or whether they are listed")
	}

	unknown := m.speech(t, 1)
	for _, value := range []string{"hold", "worker", "not-assessed"} {
		setContact(t, c, id, value)
		if got := m.speech(t, 2); got != unknown {
			t.Errorf("%s: the agent reads %s, and of nobody %s", value, got, unknown)
		}
	}
	setContact(t, c, id, "post")
	err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE person SET sealed = 1 WHERE id = ?", id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := m.speech(t, 2); got != unknown {
		t.Errorf("sealed since: the agent reads %s", got)
	}
	if strings.Contains(get(t, h, "/enquiries/2", "X-Opened", id).Body.String(), id) {
		t.Error("somebody who was sealed since is shown")
	}
}

// speech is what the page of an enquiry says may be said.
func (m *Room) speech(t *testing.T, n int64) string {
	t.Helper()
	_, h := testRoom(t, m.Deps)
	page := get(t, h, fmt.Sprintf("/enquiries/%d", n)).Body.String()
	from := strings.Index(page, "What I may say to them about their own data")
	to := strings.Index(page, `id="words"`)
	if from < 0 || to < from {
		t.Fatal("the page does not say what may be said")
	}
	return page[from:to]
}

// TestHeldCallersAreNotMerged: two calls of somebody on hold look like two of
// strangers.
func TestHeldCallersAreNotMerged(t *testing.T) {
	c := plantedCase(t)
	approveAll(t, c)
	_, h := testRoom(t, Deps{Case: c})
	id, form := somebody(t, c, plainAdult)
	setContact(t, c, id, "hold")
	for range 2 {
		call := verifiedCall(t, func(f url.Values) string { return post(t, h, "/calls", f).Body.String() }, form)
		want(t, post(t, h, "/enquiries/new", typedEnquiry("call", call, "email", "")), 303)
	}
	if e := ask(t, c, func(tx *db.Tx) (Enquiry, error) { return readEnquiry(tx, 2) }); e.MergedInto != 0 {
		t.Error("two calls of somebody on hold were merged: it shows that they are one")
	}
}

// TestTyingAnEnquiry: a reviewer says whom an enquiry is about; it verifies
// nobody, and a sealed person answers as one who is not there.
func TestTyingAnEnquiry(t *testing.T) {
	c := plantedCase(t)
	approveAll(t, c)
	m, h := testRoom(t, Deps{Case: c})
	want(t, post(t, h, "/enquiries/new", typedEnquiry()), 303)
	before := m.speech(t, 1)
	open, _ := somebody(t, c, plainAdult)
	setContact(t, c, open, "post")
	sealed, _ := somebody(t, c, "sealed = 1")
	form := func(id string) url.Values {
		return url.Values{"person": {id}, "tie_why": {"it quotes the rent reference"}}
	}
	for _, id := range []string{"PAAAAAAAAAAAA", sealed} {
		want(t, post(t, h, "/enquiries/1/person", form(id), "X-Opened", sealed), 422, "There is no person with that number")
	}
	want(t, post(t, h, "/enquiries/1/person", form(open), "X-Deny", "judge-person"), 403)
	want(t, post(t, h, "/enquiries/1/person", form(open)), 303)
	want(t, post(t, h, "/enquiries/1/person", form(open)), 409)
	if got := m.speech(t, 1); got != before {
		t.Error("a reviewer’s tie verified the caller")
	}
	reported := ask(t, c, func(tx *db.Tx) ([]Reported, error) { return ReportedOf(tx, open) })
	if len(reported) != 1 || reported[0].Scam || reported[0].ID != 1 {
		t.Errorf("reported %v", reported)
	}
	want(t, post(t, h, "/enquiries/1/person/1/withdraw", url.Values{}), 400)
	want(t, post(t, h, "/enquiries/1/person/1/withdraw", url.Values{"untie_why": {"another Smith"}}), 303)
	if left := ask(t, c, func(tx *db.Tx) ([]Reported, error) { return ReportedOf(tx, open) }); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}
