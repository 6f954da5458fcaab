package incident

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
)

// TestFirstDecision: from a bare start, two sentences put a decision on record.
func TestFirstDecision(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	want(t, get(t, h, "/incident"), http.StatusOK, "No incident is open", `href="/decisions/add">Log a decision`)
	page := get(t, h, "/decisions/add").Body.String()
	form := url.Values{"title": {"Cut the internet"}, "reason": {"to stop more being taken"}}
	for _, name := range []string{"decider", "decided", "decided_time", "state", "council", "tlp"} { // what the page fills in itself
		form.Set(name, filledIn(t, page, name))
	}
	want(t, post(t, h, "/decisions", form), http.StatusSeeOther)
	want(t, get(t, h, "/decisions"), http.StatusOK, "Cut the internet", "User lead", "25 November 2025, 09:30")
	if l := lastLeaf(t, d); l.Verb != "decide" || l.Object != "decision:1" || strings.Contains(l.Leaf.Line, "internet") {
		t.Errorf("leaf %+v", l)
	}
}

// filledIn is what a form says in a field before anybody has typed.
func filledIn(t *testing.T, page, name string) string {
	t.Helper()
	for _, tag := range strings.Split(page, "<input") {
		tag, _, _ = strings.Cut(tag, ">")
		if !strings.Contains(tag, ` name="`+name+`"`) || strings.Contains(tag, `type="radio"`) && !strings.Contains(tag, "checked") {
			continue
		}
		_, rest, _ := strings.Cut(tag, ` value="`)
		value, _, _ := strings.Cut(rest, `"`)
		return value
	}
	t.Fatalf("the form fills in no %s", name)
	return ""
}

// TestDecisionPages: a decision has its authority, dissent, evidence and facts;
// its versions stay; a fact that changed is shown as such.
func TestDecisionPages(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	f := Fact{Kept: by("", Amber), Claim: "Data was copied", Source: "logs", AsOf: 5, Confidence: "likely", Sort: sortKnown, State: stands}
	secret := Fact{Kept: by("", Red), Claim: "A name", Source: "logs", AsOf: 5, Confidence: "likely", Sort: sortKnown, State: stands}
	write(t, d, func(tx *db.Tx) error { return putFact(tx, &f, 0) })
	write(t, d, func(tx *db.Tx) error { return putFact(tx, &secret, 0) })
	form := url.Values{"title": {"Tell the ICO"}, "reason": {"the law"}, "decider": {"Chief executive"}, "decided": {"2025-11-25"}, "decided_time": {"09:00"}, "authority": {"scheme 4.2"},
		"delegation": {"cabinet, until May"}, "options": {"now\nlater"}, "dissent": {"one thought it early"}, "evidence": {"/timeline\nfile 7"}, "cites": {"1"}, "state": {"decided"},
		"review": {"2025-11-25"}, "review_time": {"09:10"}, "council": {""}, "tlp": {"amber"}}
	bad := url.Values{}
	for k, v := range form {
		bad[k] = v
	}
	bad.Set("cites", "77")
	want(t, post(t, h, "/decisions", bad), http.StatusUnprocessableEntity, "There is no fact with version number 77", "scheme 4.2")
	bad.Set("cites", "2")
	want(t, post(t, h, "/decisions", bad, "X-Role", "scribe"), http.StatusUnprocessableEntity, "There is no fact with version number 2")
	want(t, post(t, h, "/decisions", form), http.StatusSeeOther)
	want(t, get(t, h, "/decisions/1"), http.StatusOK, "scheme 4.2", "cabinet, until May", "one thought it early", `href="/timeline"`, "as cited", "later")
	want(t, get(t, h, "/decisions?show=due"), http.StatusOK, "to be looked at again")
	want(t, get(t, h, "/facts/1"), http.StatusOK, "Tell the ICO", "as it stands")

	f.Claim = "No data was copied"
	write(t, d, func(tx *db.Tx) error { return putFact(tx, &f, 1) })
	want(t, get(t, h, "/decisions/1"), http.StatusOK, "changed since")
	want(t, get(t, h, "/tasks"), http.StatusOK, "Fact 1 changed")
	form.Set("version", "1")
	form.Set("state", "withdrawn")
	form.Set("why", "the fact fell")
	form.Set("cites", "")
	want(t, post(t, h, "/decisions/1", form, "X-Who", "u1"), http.StatusSeeOther)
	form.Set("reason", "what the second one typed")
	want(t, post(t, h, "/decisions/1", form, "X-Who", "u2"), http.StatusConflict, "what the second one typed")
	want(t, get(t, h, "/decisions/1"), http.StatusOK, "the fact fell", "Decided: Tell the ICO")
}

// TestAdviceIsKeptApart: legal advice is seen by those whom the policy lets see
// legal advice, on the screen, and is in no list, search or file.
func TestAdviceIsKeptApart(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	x := Decision{Kept: by("", Amber), Title: "Tell the ICO", Reason: "r", Decider: "d", Decided: 5, State: decided}
	write(t, d, func(tx *db.Tx) error { return putDecision(tx, &x, 0, everything) })
	advice := url.Values{"text": {"zqadviceqz"}, "adviser": {"Counsel"}}
	want(t, post(t, h, "/decisions/1/advice", advice, "X-Role", "incident-lead"), http.StatusForbidden)
	want(t, post(t, h, "/decisions/1/advice", advice, "X-Role", "legal"), http.StatusSeeOther)
	if l := lastLeaf(t, d); l.Verb != "advise" || strings.Contains(l.Leaf.Line, "zqadviceqz") {
		t.Errorf("leaf %+v", l)
	}
	for _, role := range []string{"legal", "dpo", "incident-lead"} {
		want(t, get(t, h, "/decisions/1", "X-Role", role), http.StatusOK, "zqadviceqz", "privileged")
	}
	for _, role := range []string{"scribe", "auditor", "communications", "finance", "recovery-lead"} {
		w := get(t, h, "/decisions/1", "X-Role", role)
		want(t, w, http.StatusOK, "Tell the ICO")
		wantNot(t, w, "zqadviceqz", "Legal advice")
	}
	theirs := Decision{Kept: by("BBB", Green), Title: "Theirs", Reason: "r", Decider: "d", Decided: 5, State: decided}
	write(t, d, func(tx *db.Tx) error { return putDecision(tx, &theirs, 0, everything) })
	want(t, post(t, h, "/decisions/2/advice", advice, "X-Role", "legal", "X-Councils", "BBB"), http.StatusSeeOther)
	want(t, get(t, h, "/decisions/2", "X-Role", "legal", "X-Councils", "BBB"), http.StatusOK, "zqadviceqz")
	wantNot(t, get(t, h, "/decisions/2", "X-Role", "legal", "X-Councils", "AAA"), "zqadviceqz", "Legal advice")
	want(t, post(t, h, "/decisions/2/advice", advice, "X-Role", "legal", "X-Councils", "AAA"), http.StatusForbidden)
	want(t, post(t, h, "/decisions/1/advice", advice, "X-Role", "legal", "X-Councils", "AAA"), http.StatusForbidden)
	for _, at := range []string{"/decisions/1.json", "/decisions.json", "/decisions.csv", "/decisions", "/incident", "/incident/search?q=zqadviceqz", "/timeline?kind=record"} {
		if body := get(t, h, at, "X-Role", "legal").Body.String(); strings.Contains(strings.ReplaceAll(body, `value="zqadviceqz"`, ""), "zqadviceqz") {
			t.Errorf("%s holds legal advice", at)
		}
	}
}
