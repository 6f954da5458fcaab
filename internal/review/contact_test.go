package review

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// contactIs gives how a person may be contacted as other rooms read it.
func contactIs(t testing.TB, c *sweep.Case, id string) (now contactNow) {
	t.Helper()
	if err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) { now, err = contactOf(tx, id); return err }); err != nil {
		t.Fatal(err)
	}
	return now
}

var assessment = url.Values{"version": {"0"}, "value": {"post"}, "basis": {"service"}, "evidence": {"note 12 of the service"}, "dated": {"2026-01-10"}, "why": {"lives alone"}}

func with(form url.Values, pairs ...string) url.Values {
	out := make(url.Values)
	for k, v := range form {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

func TestAssessContact(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id := personWho(t, c, "place = (SELECT MIN(q.place) FROM case_people q WHERE q.safe_contact = 'hold' AND q.sealed = 0)")
	at := contactPath(id)
	want(t, get(t, h, "/contact"), http.StatusOK, id, "one by one")
	want(t, get(t, h, "/contact?value=hold"), http.StatusOK, id)
	want(t, get(t, h, "/contact.csv"), http.StatusOK, "person,name,postcode")
	want(t, get(t, h, at), http.StatusOK, "nobody has assessed it", "Assess")
	want(t, post(t, h, at, url.Values{"version": {"0"}, "dated": {"2027-01-01"}}), http.StatusUnprocessableEntity, "Choose how they may be contacted", "Choose on what this rests", "where the evidence is", "Give the reason", "Enter the day of the evidence")
	want(t, post(t, h, at, assessment, "X-Deny", "judge"), http.StatusForbidden)
	// From hold to post: one person proposes, another agrees.
	want(t, post(t, h, at, assessment, "X-Who", "a"), http.StatusSeeOther)
	if now := contactIs(t, c, id); now.Value != "hold" || now.Basis != "lists" {
		t.Errorf("one pair of eyes, yet %+v", now)
	}
	want(t, get(t, h, "/contact"), http.StatusOK, "waits for a second person")
	want(t, post(t, h, "/queue/second/1", url.Values{"agrees": {"yes"}}, "X-Who", "a"), http.StatusForbidden)
	want(t, get(t, h, at, "X-Who", "b"), http.StatusOK, "I agree", "note 12 of the service")
	want(t, post(t, h, "/queue/second/1", url.Values{"agrees": {"yes"}, "back": {at}}, "X-Who", "b"), http.StatusSeeOther)
	if now := contactIs(t, c, id); now.Value != "post" || now.Basis != "assessed" || now.By != "a" {
		t.Errorf("two agreed, yet %+v", now)
	}
	want(t, get(t, h, "/contact?value=hold"), http.StatusOK)
	if strings.Contains(get(t, h, "/contact").Body.String(), id) {
		t.Error("assessed, yet still to be assessed")
	}
	// More care holds at once; an older state is refused with what was typed.
	more := with(assessment, "value", "hold", "why", "a neighbour called")
	want(t, post(t, h, at, more, "X-Who", "a"), http.StatusConflict, "a neighbour called")
	more.Set("version", "2")
	want(t, post(t, h, at, more, "X-Who", "a"), http.StatusSeeOther)
	if now := contactIs(t, c, id); now.Value != "hold" || now.Basis != "assessed" {
		t.Errorf("set to hold, yet %+v", now)
	}
	if got := verbs(t, c, "contact:"+id); !slices.Equal(got, []string{"judge", "agree", "judge"}) {
		t.Errorf("on record: %v", got)
	}
	want(t, get(t, h, personPath(id)), http.StatusOK, "Verdict: Safe contact")
	// The queue never says it by one key.
	want(t, post(t, h, "/queue", url.Values{"about": {"contact"}, "thing": {id}, "version": {"3"}, "value": {"post"}}), http.StatusBadRequest)
	want(t, post(t, h, verdictPath(aboutContact, id), with(assessment, "version", "3")), http.StatusNotFound)
}

// TestContactByWorker: who has a named worker in their own record is reached
// through them, whatever somebody types.
func TestContactByWorker(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	id := personWho(t, c, "safe_contact = 'worker'")
	want(t, post(t, h, contactPath(id), assessment), http.StatusUnprocessableEntity, "named worker")
}

// screenedCase is a case with a household of two, one alone, a minor, somebody
// sealed, deceased, of unknown age, unconfirmed, and one at a flagged address.
func screenedCase(t *testing.T, postgres bool) *sweep.Case {
	c := bareCase(t, postgres)
	people := make([]crowd, 9)
	for i := range people {
		people[i] = someone(i)
	}
	people[0].household, people[1].household = "HAAAAAAAAAAAA", "HAAAAAAAAAAAA"
	people[2].born = "2010-05-05"
	people[3].sealed = 1
	people[4].deceased = "suspected"
	people[5].born = ""
	people[6].contact = "hold"
	people[7].signals, people[7].household = "mental_health", "HBBBBBBBBBBBB"
	people[8].household = "HBBBBBBBBBBBB"
	if err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
		if err := addCrowd(tx, people); err != nil {
			return err
		}
		return flag(tx, people[7].id)
	}); err != nil {
		t.Fatal(err)
	}
	return c
}

// flag gives somebody a signal, as a sweep does.
func flag(tx *db.Tx, id string) error {
	_, err := tx.Exec("INSERT INTO person_signal (signal, person) VALUES ('mental_health', ?)", id)
	return err
}

// TestScreening: who is covered; and that any new flag, at the person or in the
// household, takes the screened post away at once.
func TestScreening(t *testing.T) {
	for _, postgres := range []bool{false, true} {
		c := screenedCase(t, postgres)
		var covered []string
		if err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
			return eachToScreen(tx, func(p screenRow) error {
				if grown(p.Born, reeve.DateOf(testNow)) {
					covered = append(covered, p.ID)
				}
				return nil
			})
		}); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(covered, []string{crowdPerson(0), crowdPerson(1)}) {
			t.Fatalf("covered %v", covered)
		}
		rule := &screenRule{Months: 12, People: 2, By: "a", At: 1}
		write := func(do func(tx *db.Tx) error) {
			t.Helper()
			if err := c.DB.Write(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		write(func(tx *db.Tx) error { return addRule(tx, rule, covered) })
		is := func(value, basis string) {
			t.Helper()
			for _, id := range covered {
				if now := contactIs(t, c, id); now.Value != value || now.Basis != basis {
					t.Errorf("%s: %+v, want %s by %s", id, now, value, basis)
				}
			}
		}
		is("not-assessed", "lists")
		rule.Version, rule.FirstBy, rule.FirstAt = 1, "a", 2
		write(func(tx *db.Tx) error { return keepRule(tx, rule) })
		is("not-assessed", "lists")
		rule.Version, rule.SecondBy, rule.SecondAt = 2, "b", 3
		write(func(tx *db.Tx) error { return keepRule(tx, rule) })
		is("post", "screened")
		if err := c.DB.Write(t.Context(), func(tx *db.Tx) error { return keepRule(tx, rule) }); !isConflict(err) {
			t.Errorf("an old version: %v", err)
		}
		// A flag of the one takes both of the household out.
		write(func(tx *db.Tx) error { return flag(tx, covered[1]) })
		is("not-assessed", "lists")
		write(func(tx *db.Tx) error {
			_, err := tx.Exec("DELETE FROM person_signal WHERE person = ?", covered[1])
			return err
		})
		is("post", "screened")
		// So does being sealed, dying, or a hold; and the end of the rule.
		for _, change := range []string{"sealed = 1", "deceased = 'yes'", "safe_contact = 'hold'"} {
			back := map[string]string{"sealed = 1": "sealed = 0", "deceased = 'yes'": "deceased = 'no'", "safe_contact = 'hold'": "safe_contact = 'not-assessed'"}[change]
			write(func(tx *db.Tx) error {
				_, err := tx.Exec("UPDATE person SET "+change+" WHERE id = ?", covered[0])
				return err
			})
			if now := contactIs(t, c, covered[0]); now.Value == "post" {
				t.Errorf("%s, yet %+v", change, now)
			}
			write(func(tx *db.Tx) error {
				_, err := tx.Exec("UPDATE person SET "+back+" WHERE id = ?", covered[0])
				return err
			})
		}
		is("post", "screened")
		rule.Version, rule.Ended = 3, 9
		write(func(tx *db.Tx) error { return keepRule(tx, rule) })
		is("not-assessed", "lists")
	}
}

// TestHoldAfterAssessment: whoever was assessed and is put on hold by the lists
// later is on hold again.
func TestHoldAfterAssessment(t *testing.T) {
	for _, postgres := range []bool{false, true} {
		c := crowdCase(t, postgres, 2)
		_, h := testRoom(t, Deps{Case: c})
		id := crowdPerson(0)
		want(t, post(t, h, contactPath(id), assessment, "X-Who", "a"), http.StatusSeeOther)
		want(t, post(t, h, "/queue/second/1", url.Values{"agrees": {"yes"}}, "X-Who", "b"), http.StatusSeeOther)
		if now := contactIs(t, c, id); now.Value != "post" {
			t.Fatalf("assessed, yet %+v", now)
		}
		if err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE person SET safe_contact = 'hold' WHERE id = ?", id)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if now := contactIs(t, c, id); now.Value != "hold" || now.Basis != "flag" {
			t.Errorf("put on hold since, yet %+v", now)
		}
		want(t, get(t, h, "/contact?value=hold"), http.StatusOK, id)
	}
}

// TestScreeningPages: drawn up, read, signed by two, ended; on the planted
// council, whose registers have dates.
func TestScreeningPages(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, get(t, h, "/contact/screening"), http.StatusOK, "There is none yet")
	want(t, get(t, h, "/contact/screening", "X-Councils", "ELSEWHERE"), http.StatusForbidden)
	want(t, post(t, h, "/contact/screening", url.Values{"months": {"99"}}), http.StatusUnprocessableEntity, "from 1 to 36", "Say why this rule is safe")
	form := url.Values{"months": {"36"}, "why": {"council tax accounts in good order"}}
	want(t, post(t, h, "/contact/screening", form, "X-Who", "a"), http.StatusUnprocessableEntity, "Freeze a list version first")
	freezeNow(t, h)
	w := post(t, h, "/contact/screening", form, "X-Who", "a")
	want(t, w, http.StatusSeeOther)
	at := w.Header().Get("Location")
	want(t, get(t, h, at), http.StatusOK, "random cases", "not signed", "I have read the")
	sign := url.Values{"version": {"1"}, "looked": {"yes"}}
	want(t, post(t, h, at+"/sign", url.Values{"version": {"1"}}, "X-Who", "a"), http.StatusUnprocessableEntity, "Read the cases")
	want(t, post(t, h, at+"/sign", sign, "X-Who", "a", "X-Deny", "approve"), http.StatusForbidden)
	want(t, post(t, h, at+"/sign", sign, "X-Who", "a"), http.StatusSeeOther)
	want(t, post(t, h, at+"/sign", with(sign, "version", "2"), "X-Who", "a"), http.StatusForbidden)
	want(t, post(t, h, at+"/sign", sign, "X-Who", "b"), http.StatusConflict)
	want(t, post(t, h, at+"/sign", with(sign, "version", "2"), "X-Who", "b"), http.StatusSeeOther)
	want(t, post(t, h, at+"/sign", with(sign, "version", "3"), "X-Who", "c"), http.StatusConflict)
	want(t, get(t, h, at), http.StatusOK, "in force", "are covered now")
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		var wrong, right int64
		if err := tx.One([]any{&right}, "SELECT COUNT(*) FROM review_contact WHERE basis = 'screened' AND value = 'post'"); err != nil || right == 0 {
			t.Errorf("%d are screened, %v", right, err)
		}
		err := tx.One([]any{&wrong}, `SELECT COUNT(*) FROM review_contact s JOIN case_people p ON p.id = s.person WHERE s.basis = 'screened'
			AND (p.sealed = 1 OR p.deceased <> 'no' OR p.signals <> '' OR p.safe_contact <> 'not-assessed' OR p.born > '2008-01-12')`)
		if wrong != 0 {
			t.Errorf("%d are screened who must not be", wrong)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, post(t, h, at+"/end", url.Values{"version": {"3"}}), http.StatusUnprocessableEntity, "Say why the rule ends")
	want(t, post(t, h, at+"/end", url.Values{"version": {"3"}, "why": {"a register was wrong"}}), http.StatusSeeOther)
	want(t, get(t, h, at), http.StatusOK, "ended")
	if got := verbs(t, c, "screening:1"); !slices.Equal(got, []string{"draw-up", "sign", "sign", "end"}) {
		t.Errorf("on record: %v", got)
	}
}

func TestGrown(t *testing.T) {
	for born, want := range map[string]bool{"": false, "x": false, "2008-01-12": true, "2008-01-13": false, "2008-01": false, "2007-12": true, "2008": false, "2007": true, "1950": true} {
		if grown(born, reeve.DateOf(testNow)) != want {
			t.Errorf("%q: grown is not %v", born, want)
		}
	}
}
