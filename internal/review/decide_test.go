package review

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// twoAdas is a case in which one woman may be two: a resident, and a name with
// an email address that no register holds.
func twoAdas(t testing.TB) (c *sweep.Case, resident, stranger, mention string) {
	t.Helper()
	c = ownCase(t, map[string]string{"letter.txt": adaForm, "list.csv": "Name,Email,Passport number\nAdaeze Okafor,adaeze@example.org,925076473\n"}, ownRegister)
	for _, p := range somebody(t, c, sweep.Scope{}) {
		full, err := c.Person(t.Context(), p.ID, sweep.Scope{})
		if err != nil {
			t.Fatal(err)
		}
		if len(full.Registers) > 0 {
			resident = p.ID
		} else if len(full.Links) > 0 {
			stranger, mention = p.ID, full.Links[0].Mention
		}
	}
	if resident == "" || stranger == "" {
		t.Fatalf("resident %q, stranger %q", resident, stranger)
	}
	return c, resident, stranger, mention
}

// namedLead knows the lead of the tests by name.
type namedLead struct{}

func (namedLead) Colleagues(context.Context) ([]Colleague, error) {
	return []Colleague{{ID: "lead", Name: "Lena Lead"}}, nil
}

// TestDecideMergesSplitsAndUndoes: the list is right when the page answers.
func TestDecideMergesSplitsAndUndoes(t *testing.T) {
	c, resident, stranger, mention := twoAdas(t)
	_, h := testRoom(t, Deps{Case: c, Staff: namedLead{}})
	decide := func(id, what, other string, status int, texts ...string) string {
		t.Helper()
		w := post(t, h, personPath(id)+"/decide", url.Values{"what": {what}, "other": {other}, "reason": {"she signs with both names"}})
		want(t, w, status, texts...)
		return w.Header().Get("Location")
	}
	kinds := func(id string) []string {
		t.Helper()
		p, err := c.Person(t.Context(), id, sweep.Scope{})
		if err != nil {
			t.Fatal(err)
		}
		return p.Kinds
	}
	if slices.Contains(kinds(resident), "email") {
		t.Fatal("the machine joined two names by itself")
	}
	if got := decide(resident, "same", stranger, http.StatusSeeOther); got != personPath(resident) {
		t.Errorf("sent on to %q", got)
	}
	if !slices.Contains(kinds(resident), "email") {
		t.Error("merged, and her email address is missing")
	}
	// The old number leads to who stands in its place.
	w := get(t, h, personPath(stranger))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != personPath(resident) {
		t.Errorf("the old number: %d to %q", w.Code, w.Header().Get("Location"))
	}
	page := get(t, h, personPath(resident), "X-Shown", "person:"+resident)
	want(t, page, http.StatusOK, "the same human", "she signs with both names", "Undo this decision", "by Lena Lead")
	number := regexp.MustCompile(`name="decision" value="(\d+)"`).FindStringSubmatch(page.Body.String())
	if number == nil {
		t.Fatal("nothing to undo")
	}
	want(t, post(t, h, personPath(resident)+"/undo", url.Values{"decision": number[1:]}), http.StatusUnprocessableEntity, "Give the reason")
	want(t, post(t, h, personPath(resident)+"/undo", url.Values{"decision": number[1:], "reason": {"another birth year"}}), http.StatusSeeOther)
	if slices.Contains(kinds(resident), "email") {
		t.Error("undone, and the email address is still hers")
	}
	page = get(t, h, personPath(resident))
	want(t, page, http.StatusOK, "Took back decision 1")
	if strings.Contains(page.Body.String(), "Undo this decision") {
		t.Error("what was taken back can be taken back again")
	}
	want(t, post(t, h, personPath(resident)+"/undo", url.Values{"decision": number[1:], "reason": {"again"}}), http.StatusNotFound)
	// One mention alone, and split off again.
	decide(resident, "same", mention, http.StatusSeeOther)
	if !slices.Contains(kinds(resident), "email") {
		t.Error("the mention is not hers")
	}
	if got := verbs(t, c, resident+" "+mention); !slices.Contains(got, "decide same") {
		t.Errorf("on record: %v", got)
	}
	decide(resident, "unsure", mention, http.StatusSeeOther)
	decide(resident, "different", mention, http.StatusSeeOther)
	if slices.Contains(kinds(resident), "email") {
		t.Error("split off, and still hers")
	}
}

func TestDecideRefuses(t *testing.T) {
	c, resident, stranger, _ := twoAdas(t)
	_, h := testRoom(t, Deps{Case: c})
	for name, c := range map[string]struct {
		form url.Values
		text string
	}{
		"no reason":     {url.Values{"what": {"same"}, "other": {stranger}}, "Give the reason"},
		"no choice":     {url.Values{"other": {stranger}, "reason": {"x"}}, "Choose whether they are the same person"},
		"herself":       {url.Values{"what": {"same"}, "other": {resident}, "reason": {"x"}}, "Enter the number of another person"},
		"nobody":        {url.Values{"what": {"same"}, "other": {"PAAAAAAAAAAAA"}, "reason": {"x"}}, "no person or mention of that number"},
		"no mention":    {url.Values{"what": {"different"}, "other": {"MAAAAAAAAAAAA"}, "reason": {"x"}}, "no person or mention of that number"},
		"nobody rival":  {url.Values{"what": {"rival:PAAAAAAAAAAAA"}, "other": {stranger}, "reason": {"x"}}, "no person or mention of that number"},
		"nothing":       {url.Values{}, "Enter the number of the other person"},
		"hostile other": {url.Values{"what": {"same"}, "other": {"<script>"}, "reason": {"<script>alert(1)</script>"}}, "no person or mention of that number"},
	} {
		w := post(t, h, personPath(resident)+"/decide", c.form)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), c.text) || strings.Contains(w.Body.String(), "<script>alert") {
			t.Errorf("%s: %d %s", name, w.Code, head(w.Body.String()))
		}
	}
	want(t, post(t, h, personPath(resident)+"/decide", url.Values{"what": {"same"}, "other": {stranger}, "reason": {"x"}}, "X-Deny", "judge"), http.StatusForbidden)
	if body := get(t, h, personPath(resident), "X-Deny", "judge").Body.String(); strings.Contains(body, "/decide") {
		t.Error("who may not judge is offered to")
	}
	want(t, post(t, h, personPath(resident)+"/undo", url.Values{"decision": {"99"}, "reason": {"x"}}), http.StatusNotFound)
}

// TestMergedKeepsWhatWasDone: calls, what was said and a hold go with somebody
// into the person they are merged into, and back.
func TestMergedKeepsWhatWasDone(t *testing.T) {
	c, resident, stranger, _ := twoAdas(t)
	_, h := testRoom(t, Deps{Case: c})
	err := write(t, c, func(tx *db.Tx) error {
		if err := touchMatter(tx, personThing(stranger), 0, "u1", 100); err != nil {
			return err
		}
		if err := setOwner(tx, personThing(stranger), Colleague{"u2", "Two"}, "at noon"); err != nil {
			return err
		}
		if err := addVerdict(tx, &verdict{About: aboutContact, Thing: stranger, Value: string(reeve.ContactHold), By: "u1", ByName: "One", At: 100}); err != nil {
			return err
		}
		return addCall(tx, personThing(stranger), &call{At: 50, Caller: "u1", CallerName: "One", Route: "phone", Outcome: outcomeTold}, 100)
	})
	if err != nil {
		t.Fatal(err)
	}
	look := func(id string) (x matter, told int64, contact contactNow) {
		t.Helper()
		err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
			all, err := readMatters(tx, []string{personThing(id), "item:1"})
			if err != nil {
				return err
			}
			x = all[personThing(id)]
			if told, err = countTold(tx, sweep.Scope{}); err == nil {
				contact, err = contactOf(tx, id)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return x, told, contact
	}
	if x, told, contact := look(resident); len(x.Calls) != 0 || told != 1 || contact.Basis == "merged" {
		t.Errorf("before the merge: %+v, %d told, %+v", x, told, contact)
	}
	change, err := c.Rule(t.Context(), sweep.Ruling{What: decideSame, A: resident, B: stranger, Why: "x", Actor: "u1"})
	if err != nil {
		t.Fatal(err)
	}
	x, told, contact := look(resident)
	if len(x.Calls) != 1 || x.Thing != personThing(resident) || x.Version != 0 || x.OwnerName != "Two" || !x.Told() || told != 1 {
		t.Errorf("merged: %+v, %d told", x, told)
	}
	if contact.Value != string(reeve.ContactHold) || contact.Basis != "merged" {
		t.Errorf("merged with somebody on hold: %+v", contact)
	}
	want(t, get(t, h, personPath(resident)), http.StatusOK, "of "+stranger+", before the two were merged")
	err = write(t, c, func(tx *db.Tx) error {
		if err := touchMatter(tx, personThing(resident), 0, "u1", 200); err != nil {
			return err
		}
		return withdrawCall(tx, personThing(resident), 1, 200, "wrong")
	})
	if err != nil {
		t.Fatal(err)
	}
	if x, told, _ := look(resident); x.Version != 1 || x.OwnerName != "Two" || x.Told() || told != 0 {
		t.Errorf("the call was withdrawn: %+v, %d told", x, told)
	}
	if _, err := c.Undecide(t.Context(), change.Decision.ID, "x", "u1"); err != nil {
		t.Fatal(err)
	}
	if x, _, contact := look(resident); len(x.Calls) != 0 || contact.Basis == "merged" {
		t.Errorf("split again: %+v, %+v", x, contact)
	}
}
