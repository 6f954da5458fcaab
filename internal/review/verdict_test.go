package review

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// TestVerdictTemplatesFitTheirViews finds out what a template engine finds out
// in front of somebody.
func TestVerdictTemplatesFitTheirViews(t *testing.T) {
	webtest.CheckPages(t, verdictPage, verdictsPage, actsPage, queuePage, bulkPage, batchesPage, batchPage, contactsPage, contactPage,
		screenRulesPage, screenRulePage, samplesPage, sampleOnePage, blindPage, sampleMethodPage)
}

func TestOutcome(t *testing.T) {
	agreed, refused := &second{Agreed: true, By: "b"}, &second{By: "b"}
	gone := &withdrawn{Cause: causeWithdrawn}
	for _, c := range []struct {
		name  string
		log   []verdict
		state string
		value string
	}{
		{"nothing", nil, stateNone, ""},
		{"one", []verdict{{ID: 1, By: "a", Value: "x"}}, stateStands, "x"},
		{"one withdrawn", []verdict{{ID: 1, By: "a", Value: "x", Gone: gone}}, stateNone, ""},
		{"needs a second", []verdict{{ID: 1, By: "a", Value: "x", Needs: "why"}}, stateWaiting, "x"},
		{"second agreed", []verdict{{ID: 1, By: "a", Value: "x", Needs: "why", Second: agreed}}, stateStands, "x"},
		{"second refused", []verdict{{ID: 1, By: "a", Value: "x", Needs: "why", Second: refused}}, stateConflict, ""},
		{"two say the same", []verdict{{ID: 1, By: "a", Value: "x", Needs: "why"}, {ID: 2, By: "b", Value: "x", Needs: "why"}}, stateStands, "x"},
		{"one says it twice", []verdict{{ID: 1, By: "a", Value: "x", Needs: "why"}, {ID: 2, By: "a", Value: "x", Needs: "why"}}, stateWaiting, "x"},
		{"two differ", []verdict{{ID: 1, By: "a", Value: "x"}, {ID: 2, By: "b", Value: "y"}}, stateConflict, ""},
		{"two differ, one took it back", []verdict{{ID: 1, By: "a", Value: "x", Gone: gone}, {ID: 2, By: "b", Value: "y"}}, stateStands, "y"},
		{"unsure yields", []verdict{{ID: 1, By: "a", Value: saysUnsure}, {ID: 2, By: "b", Value: "y"}}, stateStands, "y"},
		{"only unsure", []verdict{{ID: 1, By: "a", Value: saysUnsure}}, stateStands, saysUnsure},
		{"settled", []verdict{{ID: 1, By: "a", Value: "x"}, {ID: 2, By: "b", Value: "y"}, {ID: 3, By: "c", Value: "y", Settles: true}}, stateStands, "y"},
		{"differs after it was settled", []verdict{{ID: 1, By: "a", Value: "x"}, {ID: 3, By: "c", Value: "y", Settles: true}, {ID: 4, By: "d", Value: "x"}}, stateConflict, ""},
	} {
		if got := outcomeOf(c.log); got.State != c.state || got.Value != c.value {
			t.Errorf("%s: %s %q, want %s %q", c.name, got.State, got.Value, c.state, c.value)
		}
	}
}

func TestSecondFor(t *testing.T) {
	plain := judged{Lane: reeve.LaneOther}
	danger := judged{Lane: reeve.LaneSafety, Signals: []reeve.Signal{reeve.SignalDomesticAbuse}}
	health := judged{Lane: reeve.LaneOther, Categories: []string{string(reeve.CategoryHealth)}}
	for _, c := range []struct {
		about, value string
		of           judged
		want         string
	}{
		{aboutPerson, saysConfirmed, plain, ""},
		{aboutPerson, saysConfirmed, danger, needsSafety},
		{aboutPerson, saysNotTheirs, danger, needsSignal},
		{aboutPerson, saysConfirmed, health, needsSpecial},
		{aboutPerson, saysUnsure, danger, ""},
		{aboutLink, saysNotTheirs, danger, needsSignal},
		{aboutLink, saysConfirmed, danger, ""},
		{aboutContact, "post", plain, needsContact},
		{aboutContact, "hold", danger, ""},
		{aboutDocument, saysIrrelevant, danger, needsSignal},
		{aboutDocument, saysMatters, danger, ""},
	} {
		if got := secondFor(c.about, c.value, c.of); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.about, c.value, got, c.want)
		}
	}
}

// personWho gives somebody of the planted council whom a condition fits, by id.
func personWho(t testing.TB, c *sweep.Case, condition string, more ...any) string {
	t.Helper()
	var id string
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&id}, "SELECT id FROM case_people WHERE sealed = 0 AND "+condition+" ORDER BY id", more...)
	})
	if err != nil {
		t.Fatalf("nobody in the planted council fits %s: %v", condition, err)
	}
	return id
}

// stands gives the verdict about a thing that other rooms may rely on.
func stands(t testing.TB, c *sweep.Case, about, thing string) (value string) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		err := tx.One([]any{&value}, "SELECT value FROM review_verdicts WHERE about = ? AND thing = ?", about, thing)
		if isNotFound(err) {
			err = nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// plainPerson has no special category and no safety signal.
const plainPerson = "lane IN ('other', 'fraud') AND signals = '' AND categories NOT LIKE '%health%' AND categories NOT LIKE '%social%' AND categories NOT LIKE '%criminal%' AND categories NOT LIKE '%origin%' AND categories NOT LIKE '%belief%' AND categories NOT LIKE '%union%' AND items > 0"

func TestVerdictOfOnePerson(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id := personWho(t, c, plainPerson)
	at := verdictPath(aboutPerson, id)
	want(t, get(t, h, at), http.StatusOK, "Nobody has judged this yet")
	want(t, post(t, h, at, url.Values{"version": {"0"}, "value": {"not-theirs"}}), http.StatusUnprocessableEntity, "Give the reason")
	want(t, post(t, h, at, url.Values{"version": {"0"}, "value": {"nonsense"}}), http.StatusUnprocessableEntity, "Choose a verdict")
	want(t, post(t, h, at, url.Values{"version": {"0"}, "value": {"confirmed"}}, "X-Who", "a"), http.StatusSeeOther)
	if got := stands(t, c, aboutPerson, id); got != saysConfirmed {
		t.Errorf("stands %q", got)
	}
	if l := lastLeaf(t, c); l.Verb != "judge" || l.Actor != "a" || l.Object != "person:"+id {
		t.Errorf("leaf %+v", l)
	}
	// Who looked before sees that it changed, with what they typed.
	w := post(t, h, at, url.Values{"version": {"0"}, "value": {"not-theirs"}, "why": {"another birth year"}}, "X-Who", "b")
	want(t, w, http.StatusConflict, "another birth year")
	want(t, post(t, h, at, url.Values{"version": {"1"}, "value": {"not-theirs"}, "why": {"another birth year"}}, "X-Who", "b"), http.StatusSeeOther)
	if got := stands(t, c, aboutPerson, id); got != "" {
		t.Errorf("in conflict, yet %q stands", got)
	}
	want(t, get(t, h, "/queue/conflicts", "X-Who", "c"), http.StatusOK, id, "Settle")
	// Neither of the two settles it; a third does.
	settle := url.Values{"version": {"2"}, "value": {"confirmed"}, "why": {"the paper file was looked at"}}
	want(t, post(t, h, at+"/settle", settle, "X-Who", "a"), http.StatusForbidden)
	want(t, post(t, h, at+"/settle", settle, "X-Who", "c", "X-Deny", "approve"), http.StatusForbidden)
	want(t, post(t, h, at+"/settle", settle, "X-Who", "c"), http.StatusSeeOther)
	if got := stands(t, c, aboutPerson, id); got != saysConfirmed {
		t.Errorf("settled, yet %q stands", got)
	}
	want(t, get(t, h, "/queue/conflicts"), http.StatusOK, "Nothing waits here")
	want(t, get(t, h, at), http.StatusOK, "(settled)", "Confirmed: it is this person")
	want(t, get(t, h, personPath(id)), http.StatusOK, "Verdict: Confirmed", "Keep the verdict", "Assess how they may be contacted")
	// The last is withdrawn; nothing stands, and the log keeps everything.
	want(t, post(t, h, "/queue/withdraw/3", url.Values{"why-3": {"the file was another's"}}, "X-Who", "b", "X-Deny", "approve"), http.StatusForbidden)
	want(t, post(t, h, "/queue/withdraw/3", url.Values{}, "X-Who", "c"), http.StatusUnprocessableEntity, "Say why it is taken back")
	want(t, post(t, h, "/queue/withdraw/3", url.Values{"why-3": {"the file was another's"}}, "X-Who", "c"), http.StatusSeeOther)
	want(t, post(t, h, "/queue/withdraw/3", url.Values{"why-3": {"again"}}, "X-Who", "c"), http.StatusConflict)
	if got := stands(t, c, aboutPerson, id); got != "" {
		t.Errorf("withdrawn, yet %q stands", got)
	}
	want(t, get(t, h, at), http.StatusOK, "another birth year", "(withdrawn)")
	if got := verbs(t, c, "person:"+id); !slices.Equal(got, []string{"judge", "judge", "judge", "withdraw-verdict"}) {
		t.Errorf("on record: %v", got)
	}
}

func TestFourEyes(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id := personWho(t, c, "lane = 'safety'")
	at := verdictPath(aboutPerson, id)
	want(t, post(t, h, at, url.Values{"version": {"0"}, "value": {"confirmed"}}, "X-Who", "a"), http.StatusSeeOther)
	if got := stands(t, c, aboutPerson, id); got != "" {
		t.Errorf("one pair of eyes, yet %q stands", got)
	}
	want(t, get(t, h, "/queue/second", "X-Who", "b"), http.StatusOK, id, "Look and say")
	want(t, get(t, h, "/queue/second", "X-Who", "a"), http.StatusOK, id, "somebody else looks at it")
	want(t, post(t, h, "/queue/second/1", url.Values{"agrees": {"yes"}}, "X-Who", "a"), http.StatusForbidden, "somebody else")
	want(t, post(t, h, "/queue/second/1", url.Values{"agrees": {"yes"}}, "X-Who", "b", "X-Deny", "approve"), http.StatusForbidden)
	want(t, post(t, h, "/queue/second/1", url.Values{"agrees": {"no"}}, "X-Who", "b"), http.StatusUnprocessableEntity, "Say why you see it otherwise")
	want(t, post(t, h, "/queue/second/1", url.Values{"agrees": {"yes"}}, "X-Who", "b"), http.StatusSeeOther)
	want(t, post(t, h, "/queue/second/1", url.Values{"agrees": {"no"}, "why": {"late"}}, "X-Who", "c"), http.StatusConflict)
	if got := stands(t, c, aboutPerson, id); got != saysConfirmed {
		t.Errorf("stands %q", got)
	}
	if l := lastLeaf(t, c); l.Verb != "agree" || l.Actor != "b" {
		t.Errorf("leaf %+v", l)
	}
}

// linkOf gives a mention of a person.
func linkOf(t testing.TB, c *sweep.Case, person string) string {
	t.Helper()
	var mark string
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.One([]any{&mark}, "SELECT mark FROM case_links WHERE person = ? ORDER BY mark", person)
	})
	if err != nil {
		t.Fatal(err)
	}
	return mark
}

// TestVerdictOnALink: the lists obey a verdict on a link before the answer goes
// out, and are as they were when it is taken back.
func TestVerdictOnALink(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id := personWho(t, c, plainPerson+" AND tier = 'strong'")
	mark := linkOf(t, c, id)
	at := verdictPath(aboutLink, mark+":"+id)
	owner := func() (person string) {
		if err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) { person, err = markOwner(tx, mark); return err }); err != nil && !isNotFound(err) {
			t.Fatal(err)
		}
		return person
	}
	want(t, post(t, h, at, url.Values{"version": {"7"}, "value": {"not-theirs"}, "why": {"seen long ago"}}), http.StatusConflict)
	if got := owner(); got != id {
		t.Errorf("a verdict was refused, yet the lists obey it: %q", got)
	}
	want(t, post(t, h, at, url.Values{"version": {"0"}, "value": {"not-theirs"}, "why": {"another middle name"}}), http.StatusSeeOther)
	if got := owner(); got == id {
		t.Error("the mention is still theirs")
	}
	want(t, post(t, h, "/queue/withdraw/1", url.Values{"why-1": {"a mistake"}}), http.StatusSeeOther)
	if got := owner(); got != id {
		t.Errorf("taken back, yet the mention is of %q", got)
	}
}

// TestVerdictsOfNobody: whoever is sealed, another council's or unknown answers
// as nobody does, on every address of the desk.
func TestVerdictsOfNobody(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	sealed, _ := sealedPerson(t, c)
	open := personWho(t, c, plainPerson)
	mark := linkOf(t, c, sealed)
	form := url.Values{"version": {"0"}, "value": {"confirmed"}, "about": {"person"}, "thing": {sealed}}
	for _, about := range []string{aboutPerson, aboutController, aboutLink, aboutContact} {
		unknown := get(t, h, verdictPath(about, "PAAAAAAAAAAAA"))
		thing := sealed
		if about == aboutLink {
			unknown, thing = get(t, h, verdictPath(about, "MAAAAAAAAAAAA:PAAAAAAAAAAAA")), mark+":"+sealed
		}
		for _, path := range []string{verdictPath(about, thing), verdictPath(about, thing) + ".json"} {
			if w := get(t, h, path); w.Code != http.StatusNotFound || !strings.HasSuffix(path, ".json") && mainOf(w.Body.String()) != mainOf(unknown.Body.String()) {
				t.Errorf("GET %s: %d, or not as an unknown one", about, w.Code)
			}
		}
		want(t, post(t, h, verdictPath(about, thing), form), http.StatusNotFound)
	}
	want(t, get(t, h, contactPath(sealed)), http.StatusNotFound)
	want(t, get(t, h, verdictPath(aboutPerson, open), "X-Councils", "ELSEWHERE"), http.StatusNotFound)
	want(t, get(t, h, contactPath(open), "X-Councils", "ELSEWHERE"), http.StatusNotFound)
	want(t, post(t, h, verdictPath(aboutPerson, open), form, "X-Councils", "ELSEWHERE"), http.StatusNotFound)
	for _, path := range []string{"/verdicts/nothing/7", "/verdicts/document/x", "/verdicts/document/99999999", "/verdicts/finding/1.999999", "/verdicts/link/M"} {
		want(t, get(t, h, path), http.StatusNotFound)
	}
	// Opened to somebody and judged by them, a sealed person is in no list of others.
	want(t, post(t, h, verdictPath(aboutPerson, sealed), form, "X-Opened", sealed), http.StatusSeeOther)
	for _, path := range []string{"/queue/second", "/queue/second.json", "/queue/second.csv", "/queue/conflicts.json", "/queue/acts.json", "/contact", "/contact.csv", "/contact.json"} {
		if body := get(t, h, path).Body.String(); strings.Contains(body, sealed) {
			t.Errorf("%s names a sealed person", path)
		}
	}
	want(t, get(t, h, "/queue/second.json", "X-Opened", sealed), http.StatusOK, sealed)
	want(t, post(t, h, "/queue/second/1", url.Values{"agrees": {"yes"}}, "X-Who", "b"), http.StatusNotFound)
}

var main_ = regexp.MustCompile(`(?s)<main.*</main>`)

// mainOf is what a page says, without what stands around it.
func mainOf(page string) string { return main_.FindString(page) }

// TestVerdictStore: the log and what holds, on both databases.
func TestVerdictStore(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
			for i, by := range []string{"a", "b"} {
				if err := beginVerdict(tx, aboutPerson, "P1", int64(i)); err != nil {
					return err
				}
				if err := addVerdict(tx, &verdict{About: aboutPerson, Thing: "P1", Value: fmt.Sprint("v", i), By: by, At: int64(i + 1)}); err != nil {
					return err
				}
			}
			if err := beginVerdict(tx, aboutPerson, "P1", 1); !isConflict(err) {
				t.Errorf("an old version: %v", err)
			}
			log, err := verdictsAbout(tx, aboutPerson, "P1")
			if err != nil || len(log) != 2 || log[1].Value != "v1" {
				t.Errorf("log %v, %v", log, err)
			}
			var n int64
			if err := tx.One([]any{&n}, "SELECT COUNT(*) FROM review_conflicts"); err != nil || n != 1 {
				t.Errorf("%d conflicts, %v", n, err)
			}
			if err := withdraw(tx, &log[0], &withdrawn{Cause: causeWithdrawn, By: "a", At: 3}); err != nil {
				return err
			}
			s, err := verdictOf(tx, aboutPerson, "P1")
			if err != nil || s.State != stateStands || s.Value != "v1" || s.Version != 3 {
				t.Errorf("now %+v, %v", s, err)
			}
			act := &verdictAct{What: "many", Things: 2, By: "a", At: 4}
			if err := addAct(tx, act); err != nil {
				return err
			}
			for _, thing := range []string{"1", "2"} {
				if err := addVerdict(tx, &verdict{About: aboutDocument, Thing: thing, Value: saysIrrelevant, By: "a", At: 4, Act: act.ID}); err != nil {
					return err
				}
			}
			undone, err := undoAct(tx, act.ID, &withdrawn{Cause: causeUndone, By: "b", At: 5, Why: "no"})
			if err != nil || len(undone) != 2 {
				t.Errorf("undone %v, %v", undone, err)
			}
			_, err = undoAct(tx, act.ID, &withdrawn{Cause: causeUndone, By: "b", At: 5, Why: "no"})
			if !isConflict(err) {
				t.Errorf("undone twice: %v", err)
			}
			all, err := readActs(tx, 10)
			if err != nil || len(all) != 1 || all[0].UndoneBy != "b" {
				t.Errorf("acts %v, %v", all, err)
			}
			states, err := countStates(tx)
			if states[stateStands] != 1 || states[stateNone] != 2 {
				t.Errorf("states %v", states)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
