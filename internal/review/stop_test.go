package review

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

func TestLikelyPrivileged(t *testing.T) {
	notice := "This email and any attachments are confidential and may be legally privileged. If you have received it in error, tell us.\n"
	for _, c := range []struct {
		path, opening string
		want          bool
	}{
		{"Legal/Legal Advice/note.txt", "", true},
		{"hr/ET 2019/Employment Tribunal - bundle.pdf", "", true},
		{"housing/Counsel's opinion.docx", "", true},
		{"privileged_and_confidential.txt", "", true},
		{"council/council tax/list.csv", "", false},
		{"housing/Victoria Court/rents.csv", "Tenants of Victoria Court and Tennis Court Lane", false},
		{"counselling/notes.txt", "Counselling sessions", false},
		{"a.txt", "LEGALLY PRIVILEGED\n\nDear Sam", true},
		{"a.txt", "Subject: Legal advice – 4 Weir Street\n\nSam", true},
		{"a.txt", "Re: Legal advice\nSam", true},
		{"a.txt", "You should seek independent legal advice before you sign this tenancy agreement with the council.", false},
		{"a.txt", "IN THE FAMILY COURT SITTING AT NORVALE\nCase no. NV19C00001", true},
		{"a.txt", "IN THE COUNTY COURT AT NORVALE   Claim No: E00NV001", true},
		{"a.txt", "Witness statement of Ada Okafor", true},
		{"a.txt", "Dear Ada\nYour bin day changes.\n" + notice, false},
		{"a.txt", "You have asked me to advise on the prospects of a defence.", true},
		{"a.txt", "", false},
		{"", strings.Repeat("x", 5000) + "\nlegally privileged\n", false}, // not how it begins
		{"a.txt", "Without prejudice\nDear Sirs", true},
		{"minutes.txt", "Members asked whether court fees had risen.", false},
	} {
		sign, got := likelyPrivileged([]string{c.path}, c.opening)
		if got != c.want || got != (sign != "") {
			t.Errorf("%q beginning %.40q: %v by %q", c.path, c.opening, got, sign)
		}
	}
}

func FuzzLikelyPrivileged(f *testing.F) {
	f.Add("a/b.txt", "Legally privileged\n")
	f.Fuzz(func(t *testing.T, path, opening string) {
		first, likely := likelyPrivileged([]string{path}, opening)
		again, likely2 := likelyPrivileged([]string{path}, opening)
		if first != again || likely != likely2 || likely != (first != "") {
			t.Error("two answers to one question")
		}
	})
}

// TestStopRule: every move from every state, by the one who proposed and by
// another.
func TestStopRule(t *testing.T) {
	for _, c := range []struct {
		why      string
		state    stopState
		proposer string
		hidden   string
		move     stopMove
		want     stopState
		err      error
	}{
		{causePrivilege, stopOpen, "", "", moveRelease, stopProposed, nil},
		{causePrivilege, stopKept, "", "", moveRelease, stopProposed, nil},
		{causePrivilege, stopProposed, "other", "", moveRelease, stopReleased, nil},
		{causePrivilege, stopProposed, "me", "", moveRelease, "", reeve.Denied},
		{causePrivilege, stopProposed, "other", "", moveRefuse, stopKept, nil},
		{causePrivilege, stopProposed, "me", "", moveRefuse, stopKept, nil},
		{causePrivilege, stopOpen, "", "", moveRefuse, "", reeve.Invalid},
		{causePrivilege, stopOpen, "", "", moveKeep, stopKept, nil},
		{causePrivilege, stopProposed, "other", "", moveTake, stopProposed, nil},
		{causeRisk, stopOpen, "", "", moveRelease, stopReleased, nil},
		{causeImage, stopOpen, "", "", moveRelease, stopReleased, nil},
		{causeKnown, stopOpen, "", "me", moveRelease, "", reeve.Denied},
		{causeKnown, stopOpen, "", "other", moveRelease, stopReleased, nil},
		{causeRisk, stopReleased, "", "", moveKeep, "", reeve.Conflict},
		{causeRisk, stopOpen, "", "", "nonsense", "", reeve.Invalid},
	} {
		s := stop{Why: c.why, State: c.state, Proposer: c.proposer, Hidden: c.hidden}
		got, err := s.next(c.move, "me")
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%+v: %q, %v", c, got, err)
		}
	}
}

func TestParseThing(t *testing.T) {
	for text, ok := range map[string]bool{"item:12": true, "person:PABC": true, "item:0": false, "item:-1": false, "item:x": false, "person:": false,
		"person:X": false, "batch:1": false, "": false, "person:P" + strings.Repeat("A", 40): false} {
		item, person, err := parseThing(text)
		if (err == nil) != ok || ok && (item == 0) == (person == "") {
			t.Errorf("%q: %d %q %v", text, item, person, err)
		}
	}
	for path, want := range map[string]string{"/a?b=c": "/a?b=c", "//evil.example.org": "/", "https://evil.example.org": "/", "/\\evil.example.org": "/", "": "/", "/a\nb": "/"} {
		if got := local(path); got != want {
			t.Errorf("local(%q) = %q", path, got)
		}
	}
}

// eachSwept runs a test on a small case of its own, on both databases.
func eachSwept(t *testing.T, files map[string]string, test func(t *testing.T, c *sweep.Case)) {
	t.Helper()
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		dir := t.TempDir()
		for name, text := range files {
			path := filepath.Join(dir, "share", name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		people := filepath.Join(dir, "people.csv")
		if err := os.WriteFile(people, []byte(ownRegister), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := c.Sweep(t.Context(), sweep.Options{Council: "NVB", NoOCR: true, AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12},
			Exhibits: []sweep.ExhibitFlag{{Path: filepath.Join(dir, "share")}}, Registers: []sweep.RegisterFlag{{Path: people}}})
		if err != nil {
			t.Fatal(err)
		}
		test(t, c)
	})
}

const adaForm = "Name: Ada Okafor\nDate of birth: 05/03/1980\nAddress: 4 Weir Street, Norvale NV2 1AA\n"

// mailWith is a message with one attachment.
const mailWith = "From: a@example.org\r\nTo: b@example.org\r\nSubject: Weir Street\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" +
	"--x\r\nContent-Type: text/plain\r\n\r\nSee the attachment.\r\n--x\r\nContent-Type: text/plain; name=inside.txt\r\nContent-Disposition: attachment; filename=inside.txt\r\n\r\n" + adaForm + "\r\n--x--\r\n"

// hidden gives the paths that are set aside from a user.
func hidden(t testing.TB, c *sweep.Case, user string) (paths []string) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		paths, err = db.All(tx, func(row db.Row) (p string, err error) { return p, row.Scan(&p) },
			"SELECT i.path FROM case_items i WHERE EXISTS (SELECT 1 FROM review_stopped s WHERE s.item = i.id AND s.who IN ('', ?)) ORDER BY i.path", user)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// TestStopHidesAtOnce: an item, its copies and what is inside them are gone from
// the viewer the moment somebody says stop, on both databases.
func TestStopHidesAtOnce(t *testing.T) {
	files := map[string]string{"mail.eml": mailWith, "copy/mail.eml": mailWith, "other.txt": adaForm + "Other.\n"}
	eachSwept(t, files, func(t *testing.T, c *sweep.Case) {
		_, h := testRoom(t, Deps{Case: c})
		id := itemAt(t, c, "mail.eml")
		back := documentPath(id)
		want(t, get(t, h, "/stop?thing=item:"+fmt.Sprint(id)+"&back="+back), http.StatusOK, "Legal advice or court papers", "Illegal image", "Someone is at risk now", "I know this person")
		w := post(t, h, "/stop", url.Values{"thing": {fmt.Sprintf("item:%d", id)}, "why": {"nonsense"}, "note": {"kept words"}, "back": {back}})
		want(t, w, http.StatusUnprocessableEntity, "Choose why it must stop", "kept words")
		w = post(t, h, "/stop", url.Values{"thing": {fmt.Sprintf("item:%d", id)}, "why": {causeImage}, "back": {back}}, "X-Who", "r1")
		want(t, w, http.StatusSeeOther)
		if got := w.Header().Get("Location"); got != back {
			t.Errorf("sent on to %q", got)
		}
		if got := hidden(t, c, "anybody"); !slices.Equal(got, []string{"copy/mail.eml", "copy/mail.eml!/inside.txt", "mail.eml", "mail.eml!/inside.txt"}) {
			t.Errorf("set aside: %v", got)
		}
		for _, path := range []string{"mail.eml", "copy/mail.eml", "mail.eml!/inside.txt"} {
			item := itemAt(t, c, path)
			w := get(t, h, documentPath(item), append(shownItem(item), "X-Deny", "approve")...)
			want(t, w, http.StatusOK, "Set aside", "reported as an illegal image")
			if strings.Contains(w.Body.String(), "Okafor") || strings.Contains(w.Body.String(), "Weir") {
				t.Errorf("%s is still there", path)
			}
			// Not even to who decides.
			if body := get(t, h, documentPath(item), shownItem(item)...).Body.String(); strings.Contains(body, "Okafor") {
				t.Errorf("%s is shown to who decides", path)
			}
			want(t, get(t, h, documentPath(item)+"/pages/1", append(shownItem(item), "X-Deny", "approve")...), http.StatusOK, "Set aside")
		}
		if got := verbs(t, c, fmt.Sprintf("item:%d", id)); !slices.Contains(got, "stop") {
			t.Errorf("on record: %v", got)
		}
		want(t, get(t, h, "/stops"), http.StatusOK, "Illegal image", fmt.Sprintf("Item %d", id), "User r1", "4 items with copies")
		want(t, get(t, h, "/stops.csv"), http.StatusOK, "stop,what,items")
		want(t, get(t, h, documentPath(itemAt(t, c, "other.txt"))), http.StatusOK, "Found on this page")
	})
}

// TestKnownHidesFromOne: who knows somebody loses the item, everybody else
// keeps it, and the one who said so does not give it back.
func TestKnownHidesFromOne(t *testing.T) {
	eachSwept(t, map[string]string{"a.txt": adaForm}, func(t *testing.T, c *sweep.Case) {
		_, h := testRoom(t, Deps{Case: c})
		ada := somebody(t, c, sweep.Scope{})[0].ID
		want(t, post(t, h, "/stop", url.Values{"thing": {"person:" + ada}, "why": {causeKnown}, "back": {"/people"}}, "X-Who", "r1"), http.StatusSeeOther)
		want(t, get(t, h, personPath(ada), "X-Who", "r1"), http.StatusOK, "You said that you know somebody in it")
		if strings.Contains(get(t, h, "/people", "X-Who", "r1").Body.String(), ada) {
			t.Error("the list still has them")
		}
		want(t, get(t, h, personPath(ada), "X-Who", "r2"), http.StatusOK, "Who it is")
		want(t, get(t, h, "/people", "X-Who", "r2"), http.StatusOK, ada)
		move := url.Values{"act": {"release"}, "reason": {"not the same"}, "version": {"1"}}
		want(t, post(t, h, "/stops/1", move, "X-Who", "r1"), http.StatusForbidden)
		want(t, post(t, h, "/stops/1", move, "X-Who", "r2"), http.StatusSeeOther)
		want(t, get(t, h, personPath(ada), "X-Who", "r1"), http.StatusOK, "Who it is")
	})
}

// TestPrivilegeNeedsTwo: what is likely privileged is set aside before its first
// showing, and two different people release it; nothing typed against an older
// state is obeyed.
func TestPrivilegeNeedsTwo(t *testing.T) {
	files := map[string]string{"Legal Advice/note.txt": adaForm, "opening.txt": "LEGALLY PRIVILEGED\n" + adaForm, "plain.txt": adaForm + "Plain.\n"}
	eachSwept(t, files, func(t *testing.T, c *sweep.Case) {
		m, h := testRoom(t, Deps{Case: c})
		note, opening := itemAt(t, c, "Legal Advice/note.txt"), itemAt(t, c, "opening.txt")
		w := get(t, h, documentPath(opening), append(shownItem(opening), "X-Deny", "approve")...)
		want(t, w, http.StatusOK, "Set aside", "legal advice or court papers")
		want(t, get(t, h, "/stops"), http.StatusOK, "Not every item was looked at")
		if err := m.siftAll(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := m.siftAll(t.Context()); err != nil { // a second pass sets nothing aside twice
			t.Fatal(err)
		}
		if got := hidden(t, c, "anybody"); !slices.Equal(got, []string{"Legal Advice/note.txt", "opening.txt"}) {
			t.Fatalf("set aside: %v", got)
		}
		want(t, get(t, h, "/stops"), http.StatusOK, "Every item was looked at", "Reeve", fmt.Sprintf("Item %d", note))
		var waiting int
		card, err := m.stopCard(t.Context(), nil)
		if err != nil || !card.Alarm || card.Big != "2" {
			t.Errorf("the start page says %+v, %v (%d)", card, err, waiting)
		}
		release := func(who, version string, status int) {
			t.Helper()
			want(t, post(t, h, "/stops/1", url.Values{"act": {"release"}, "reason": {"a form letter"}, "version": {version}}, "X-Who", who), status)
		}
		want(t, post(t, h, "/stops/1", url.Values{"act": {"release"}, "version": {"1"}}), http.StatusUnprocessableEntity, "Give the reason")
		want(t, post(t, h, "/stops/1", url.Values{"act": {"release"}, "reason": {"x"}, "version": {"1"}}, "X-Deny", "approve"), http.StatusForbidden)
		release("one", "1", http.StatusSeeOther)
		want(t, get(t, h, "/stops/1"), http.StatusOK, "release proposed", "User one", "I agree: release it")
		release("one", "2", http.StatusForbidden)
		release("two", "1", http.StatusConflict)
		want(t, get(t, h, documentPath(opening), "X-Deny", "approve"), http.StatusOK, "Set aside")
		release("two", "2", http.StatusSeeOther)
		want(t, get(t, h, documentPath(opening), "X-Deny", "approve"), http.StatusOK, "Found on this page")
		if err := m.siftAll(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := hidden(t, c, "anybody"); !slices.Equal(got, []string{"Legal Advice/note.txt"}) {
			t.Errorf("after the release: %v", got)
		}
		if got := verbs(t, c, fmt.Sprintf("item:%d", opening)); !slices.Equal(got, []string{"stop propose-release", "stop release"}) {
			t.Errorf("on record: %v", got)
		}
		if got := verbs(t, c, "items likely privileged"); len(got) != 2 {
			t.Errorf("the machine's acts on record: %v", got)
		}
	})
}

// TestPrivilegeBeforeTheJob: passages of what is likely privileged stand nowhere,
// also where the job has not looked at it yet.
func TestPrivilegeBeforeTheJob(t *testing.T) {
	for _, c := range []struct{ path, thing string }{{"/search?q=Okafor", searchThing}, {"/queue?sort=uncertain", ""}, {"/queue?sort=vulnerable", ""}} {
		kase := ownCase(t, map[string]string{"opening.txt": "LEGALLY PRIVILEGED\n" + adaForm}, ownRegister)
		if err := kase.BuildSearch(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		_, h := testRoom(t, Deps{Case: kase})
		body := get(t, h, c.path, "X-Shown", c.thing, "X-Deny", "approve").Body.String()
		if strings.Contains(body, documentPath(itemAt(t, kase, "opening.txt"))) || strings.Contains(body, "PRIVILEGED") {
			t.Errorf("%s shows what may be privileged: %s", c.path, body)
		}
	}
}

// TestWhoDecidesSees: who decides about a stop can open what is set aside, but
// for images; others cannot.
func TestWhoDecidesSees(t *testing.T) {
	c := ownCase(t, map[string]string{"opening.txt": "LEGALLY PRIVILEGED\n" + adaForm}, ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	id := itemAt(t, c, "opening.txt")
	want(t, get(t, h, documentPath(id), shownItem(id)...), http.StatusOK, "You see it because you decide about it", "Ada Okafor")
	want(t, get(t, h, "/stops/1"), http.StatusOK, "Open it in order to decide", "heading: legally privileged")
	if body := get(t, h, "/stops/1", "X-Deny", "approve").Body.String(); strings.Contains(body, "legally privileged") || strings.Contains(body, "Open it") {
		t.Error("others are told more than that it is set aside")
	}
}

// TestStopOnSealed: a stop on a person whose record is sealed is an alarm
// without their number for those to whom they are not opened.
func TestStopOnSealed(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id, _ := sealedPerson(t, c)
	want(t, post(t, h, "/stop", url.Values{"thing": {"person:" + id}, "why": {causeRisk}, "note": {"ring the refuge"}, "back": {"/"}}, "X-Opened", id, "X-Who", "r1"), http.StatusSeeOther)
	for _, path := range []string{"/stops", "/stops.json", "/stops/1", "/stops/1.json"} {
		body := get(t, h, path).Body.String()
		if !strings.Contains(body, "Somebody whose record is sealed") || strings.Contains(body, id) || strings.Contains(body, "refuge") {
			t.Errorf("%s: %s", path, body[:min(len(body), 400)])
		}
	}
	want(t, get(t, h, "/stops", "X-Opened", id), http.StatusOK, id)
	other := somebody(t, c, sweep.Scope{})[0].ID
	want(t, post(t, h, "/stop", url.Values{"thing": {"person:" + other}, "why": {causeRisk}, "back": {"/"}}), http.StatusSeeOther)
	if body := get(t, h, "/stops", "X-Councils", "ELSEWHERE").Body.String(); strings.Contains(body, other) {
		t.Error("a stop tells of another council's person")
	}
	want(t, get(t, h, "/stops/2", "X-Councils", "ELSEWHERE"), http.StatusNotFound)
}

// TestStopsOfOtherCouncils: an item that holds nobody of a visitor's councils is
// not there for them, be it set aside or not.
func TestStopsOfOtherCouncils(t *testing.T) {
	c := ownCase(t, map[string]string{"a.txt": adaForm}, ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	want(t, post(t, h, "/stop", url.Values{"thing": {"item:1"}, "why": {causeRisk}, "back": {"/"}}), http.StatusSeeOther)
	elsewhere := []string{"X-Councils", "ELSEWHERE"}
	for _, path := range []string{"/documents/1", "/documents/99", "/stops/1", "/stop?thing=item:1", "/stop?thing=item:99"} {
		want(t, get(t, h, path, elsewhere...), http.StatusNotFound)
	}
	if body := get(t, h, "/stops", elsewhere...).Body.String(); strings.Contains(body, "Item 1") {
		t.Error("the list tells of another council's item")
	}
	want(t, post(t, h, "/stop", url.Values{"thing": {"item:1"}, "why": {causeRisk}, "back": {"/"}}, elsewhere...), http.StatusNotFound)
}

func TestStopLeads(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		_, h := testRoom(t, Deps{Case: c})
		want(t, get(t, h, "/stops"), http.StatusOK, "nobody named")
		form := url.Values{}
		for _, code := range causeCodes() {
			form.Set("name-"+code, "Lead of "+code)
			form.Set("reach-"+code, "020 7946 0001")
		}
		want(t, post(t, h, "/stops/leads", form), http.StatusSeeOther)
		want(t, post(t, h, "/stops/leads", form), http.StatusSeeOther)
		want(t, get(t, h, "/stops"), http.StatusOK, "Lead of privilege", "020 7946 0001")
		want(t, post(t, h, "/stops/leads", form, "X-Deny", "administer"), http.StatusForbidden)
		want(t, get(t, h, "/stops/7"), http.StatusNotFound)
	})
}

// TestStoppedItems: the answer to "which of these" is that of the view.
func TestStoppedItems(t *testing.T) {
	eachSwept(t, map[string]string{"a.txt": adaForm, "b/a.txt": adaForm, "c.txt": adaForm + "c"}, func(t *testing.T, c *sweep.Case) {
		_, h := testRoom(t, Deps{Case: c})
		a, b, other := itemAt(t, c, "a.txt"), itemAt(t, c, "b/a.txt"), itemAt(t, c, "c.txt")
		want(t, post(t, h, "/stop", url.Values{"thing": {fmt.Sprintf("item:%d", a)}, "why": {causeRisk}, "back": {"/"}}), http.StatusSeeOther)
		err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
			got, err := stoppedItems(tx, []int64{a, b, other, 9999}, "x")
			if !got[a] || !got[b] || got[other] || len(got) != 2 {
				t.Errorf("%v", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestNothingOfWhatIsAsideOnThePerson: a passage of an item that is set aside,
// or that looks privileged and was never looked at, is not on its person's page.
func TestNothingOfWhatIsAsideOnThePerson(t *testing.T) {
	c := ownCase(t, map[string]string{"a.txt": adaForm + "Ordinary words.\n", "b.txt": "LEGALLY PRIVILEGED\n" + adaForm + "Advice: yield now.\n"}, ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	ada := somebody(t, c, sweep.Scope{})[0].ID
	for _, suffix := range []string{"", ".json"} {
		w := get(t, h, personPath(ada)+suffix, "X-Shown", "person:"+ada)
		want(t, w, http.StatusOK, "Ordinary words")
		if strings.Contains(w.Body.String(), "yield now") || strings.Contains(w.Body.String(), "PRIVILEGED") {
			t.Errorf("%q shows what looks privileged", suffix)
		}
	}
	want(t, get(t, h, personPath(ada)), http.StatusOK, "This item was set aside")
	want(t, post(t, h, "/stop", url.Values{"thing": {fmt.Sprintf("item:%d", itemAt(t, c, "a.txt"))}, "why": {causeRisk}, "back": {"/"}}), http.StatusSeeOther)
	if strings.Contains(get(t, h, personPath(ada), "X-Shown", "person:"+ada).Body.String(), "Ordinary words") {
		t.Error("a passage of what was set aside is still there")
	}
}
