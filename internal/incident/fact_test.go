package incident

import (
	"encoding/csv"
	"errors"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// contradictions loads the claims of five published texts that contradict each
// other.
func contradictions(t *testing.T) []Fact {
	t.Helper()
	f, err := os.Open("testdata/contradictions.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []Fact
	for _, row := range rows[1:] {
		at, ok := readMoment(row[4])
		if !ok {
			t.Fatalf("row %q: no moment", row)
		}
		all = append(all, Fact{Kept: by("", Amber), Topic: row[0], Value: row[1], Claim: row[2], Source: row[3], AsOf: at, Confidence: row[5], Sort: sortKnown, State: stands, Owner: "u1", OwnerName: "User u1"})
	}
	return all
}

// addFacts keeps facts and gives their conflicts.
func addFacts(t *testing.T, d *db.DB, all []Fact) []Conflict {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		for i := range all {
			if err := putFact(tx, &all[i], 0); err != nil {
				return err
			}
		}
		return nil
	})
	return conflictsNow(t, d)
}

func conflictsNow(t *testing.T, d *db.DB) (all []Conflict) {
	t.Helper()
	read(t, d, func(tx *db.Tx) (err error) {
		all, err = conflictsOf(tx, everything)
		return err
	})
	return all
}

// TestPublishedTextsContradict: the texts that were published about the model
// case give different dates, victims and leads; each stays a contradiction until
// somebody decides.
func TestPublishedTextsContradict(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		conflicts := addFacts(t, d, contradictions(t))
		topics := each(conflicts, func(c Conflict) string { return c.Topic })
		if want := []string{"date of the attack", "neighbouring council", "which agency leads", "who lost data"}; !slices.Equal(topics, want) {
			t.Fatalf("contradictions on %q, want %q", topics, want)
		}
		var lines []FactLine
		read(t, d, func(tx *db.Tx) (err error) {
			lines, err = Facts(tx, Internal)
			return err
		})
		for _, l := range lines {
			if l.Disputed != slices.Contains(topics, l.Topic) {
				t.Errorf("%s: disputed %v", l.Topic, l.Disputed)
			}
		}
	})
}

// TestSomebodySettlesAContradiction: on the page, one fact is chosen with a
// reason; the others are shown as superseded, and the topic is quiet until a new
// fact says something else.
func TestSomebodySettlesAContradiction(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	facts := contradictions(t)
	conflicts := addFacts(t, d, facts)
	i := slices.IndexFunc(conflicts, func(c Conflict) bool { return c.Topic == "date of the attack" })
	dates := conflicts[i]
	right := slices.IndexFunc(dates.Facts, func(f Fact) bool { return f.Value == "24 November 2025" })

	want(t, get(t, h, "/facts"), http.StatusOK, "topics on which facts contradict each other", "date of the attack: contradicted")
	want(t, get(t, h, "/facts/conflicts"), http.StatusOK, "Settle: date of the attack", "November 2023")
	at := conflictPath(dates.Key)
	want(t, post(t, h, at, url.Values{}), http.StatusUnprocessableEntity, "Choose which stands", "Say why")
	want(t, post(t, h, at, url.Values{"keep": {strconv.FormatInt(dates.Facts[right].Number, 10)}, "why": {"our own logs"}}), http.StatusSeeOther)
	if n := len(conflictsNow(t, d)); n != len(conflicts)-1 {
		t.Errorf("%d contradictions after one was settled, %d before", n, len(conflicts))
	}
	for j, f := range dates.Facts {
		text := "as cited"
		if j != right {
			text = "superseded"
			want(t, get(t, h, path("/facts", f.ID)), http.StatusOK, text, "our own logs", "Fact "+strconv.FormatInt(dates.Facts[right].ID, 10))
		}
	}
	want(t, post(t, h, at, url.Values{"keep": {"1"}, "why": {"late"}}), http.StatusNotFound, "Somebody has settled it")

	again := facts[0]
	again.Kept, again.Value, again.Topic = by("", Amber), "25 November 2025", "Date of the Attack"
	if n := len(addFacts(t, d, []Fact{again})); n != len(conflicts) {
		t.Errorf("a new date does not open the contradiction again: %d", n)
	}
}

// TestNoContradictionAfterAll: answers that only look different are settled so,
// and come back when another answer is added.
func TestNoContradictionAfterAll(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	f := func(value string) Fact {
		return Fact{Kept: by("", Amber), Topic: "lead", Value: value, Claim: value, Source: "x", AsOf: 1, Confidence: "likely", Sort: sortKnown, State: stands}
	}
	conflicts := addFacts(t, d, []Fact{f("the Met"), f("Metropolitan Police")})
	want(t, post(t, h, conflictPath(conflicts[0].Key), url.Values{"keep": {noContradiction}, "why": {"one body, two names"}}), http.StatusSeeOther)
	if got := conflictsNow(t, d); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if got := addFacts(t, d, []Fact{f("NCA")}); len(got) != 1 || len(got[0].Facts) != 3 {
		t.Errorf("%+v", got)
	}
}

func TestActionFraudHasANewName(t *testing.T) {
	day := func(s string) int64 {
		at, _ := readMoment(s)
		return at
	}
	for _, c := range []struct{ text, day, want string }{
		{"A referral from Action Fraud", "2025-12-03 23:59", "A referral from Action Fraud"},
		{"A referral from Action Fraud", "2025-12-04", "A referral from Report Fraud"},
		{"Report Fraud", "2025-12-04", "Report Fraud"},
		{"legal action, fraud", "2026-01-12", "legal action, fraud"},
	} {
		if got := NameAsOf(c.text, day(c.day)); got != c.want {
			t.Errorf("%s: %q, want %q", c.day, got, c.want)
		}
	}
	d := testBook(t)
	_, h := testRoom(t, d)
	addFacts(t, d, contradictions(t))
	want(t, get(t, h, "/facts.json"), http.StatusOK)
	want(t, get(t, h, "/facts.csv"), http.StatusOK, "The police had a referral from Report Fraud")
	wantNot(t, get(t, h, "/facts.csv"), "Action Fraud")
}

// TestChangedFactFindsWhatCitesIt: everything that was built on a fact is
// listed when the fact changes, and each owner gets one task.
func TestChangedFactFindsWhatCitesIt(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		f := Fact{Kept: by("", Amber), Claim: "Data was copied", Source: "logs", AsOf: 5, Confidence: "likely", Sort: sortKnown, State: stands, Owner: "u1", OwnerName: "User u1"}
		cite := func(tx *db.Tx, id, owner string) error {
			return Cite(tx, f.Number, Object{Kind: "letter", ID: id, Title: "Letter " + id, Path: "/letters/" + id, Owner: owner, OwnerName: owner})
		}
		write(t, d, func(tx *db.Tx) error {
			return errors.Join(putFact(tx, &f, 0), cite(tx, "1", "u2"), cite(tx, "2", "u2"), cite(tx, "3", ""), cite(tx, "1", "u2"))
		})
		next := f
		next.Claim, next.Why = "No data was copied", "the logs were another day's"
		write(t, d, func(tx *db.Tx) error { return putFact(tx, &next, f.Version) })
		var built []Use
		var tasks []Task
		read(t, d, func(tx *db.Tx) (err error) {
			built, err = Built(tx, f.ID)
			tasks, _ = taskShelf.list(tx, everything, query{})
			return err
		})
		if len(built) != 3 || !built[0].Stale || !built[2].Stale {
			t.Errorf("built %+v", built)
		}
		if len(tasks) != 2 || tasks[0].Owner != "u1" || tasks[1].Owner != "u2" || len(tasks[1].Checklist()) != 2 {
			t.Errorf("tasks %+v", tasks)
		}
		f = next
		write(t, d, func(tx *db.Tx) error { return cite(tx, "1", "u2") })
		read(t, d, func(tx *db.Tx) (err error) {
			built, err = Built(tx, f.ID)
			return err
		})
		if len(built) != 3 || built[2].ID != "1" || built[2].Stale {
			t.Errorf("what cites the new version is not stale: %+v", built)
		}
		err := d.Write(t.Context(), func(tx *db.Tx) error { return Cite(tx, 999, Object{Kind: "letter", ID: "9"}) })
		if !errors.Is(err, reeve.NotFound) {
			t.Errorf("a version that is not there: %v", err)
		}
	})
}

// TestReleases: a fact goes to an audience only when somebody released that
// version to it, and never further than its label.
func TestReleases(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		f := Fact{Kept: by("", Clear), Claim: "Phones work", Source: "us", AsOf: 5, Confidence: "confirmed", Sort: sortKnown, State: stands}
		red := f
		red.Kept, red.Claim = by("", Red), "A name"
		write(t, d, func(tx *db.Tx) error {
			return errors.Join(putFact(tx, &f, 0), putFact(tx, &red, 0), release(tx, f.Number, Councillors, f.Kept), release(tx, red.Number, Public, f.Kept))
		})
		to := func(a Audience) string {
			var said []string
			read(t, d, func(tx *db.Tx) error {
				all, err := Facts(tx, a)
				for _, l := range all {
					said = append(said, l.Claim)
				}
				return err
			})
			return strings.Join(said, ",")
		}
		for a, want := range map[Audience]string{Internal: "Phones work", Councillors: "Phones work", Public: "", Press: "", Partners: ""} {
			if got := to(a); got != want {
				t.Errorf("%s: %q, want %q", a, got, want)
			}
		}
		write(t, d, func(tx *db.Tx) error { return release(tx, f.Number, Public, f.Kept) })
		for _, a := range []Audience{Internal, Councillors, Public, Press, Partners, Employees} {
			if got := to(a); got != "Phones work" {
				t.Errorf("%s, after it went to the public: %q", a, got)
			}
		}
		next := f
		next.Claim = "Phones are down"
		write(t, d, func(tx *db.Tx) error { return putFact(tx, &next, 1) })
		if got := to(Public); got != "" {
			t.Errorf("a version that nobody released: %q", got)
		}
	})
}

// TestFactPages walks the ledger: a fact is added, released, changed and
// withdrawn, with each act on record and nothing typed lost.
func TestFactPages(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	form := url.Values{"claim": {"Some data was copied"}, "topic": {"copying"}, "source": {"forensic report"}, "as_of": {"2025-11-24"}, "as_of_time": {"18:00"},
		"confidence": {"likely"}, "sort": {"known"}, "owner": {"u1"}, "council": {""}, "tlp": {"amber"}}
	want(t, post(t, h, "/facts", url.Values{}), http.StatusUnprocessableEntity, "Say what is claimed", "Say who or what says so")
	want(t, post(t, h, "/facts", form), http.StatusSeeOther)
	if l := lastLeaf(t, d); l.Object != "fact:1" || strings.Contains(l.Leaf.Line, "copied") {
		t.Errorf("leaf %+v", l)
	}
	want(t, get(t, h, "/facts/1"), http.StatusOK, "Some data was copied", "nobody: internal", "TLP:AMBER", "Nothing cites it yet")
	want(t, get(t, h, "/facts/1/release"), http.StatusOK, "Councillors")
	wantNot(t, get(t, h, "/facts/1/release"), "Press</label>")
	want(t, post(t, h, "/facts/1/release", url.Values{"version": {"1"}, "to": {"councillors", "public"}}), http.StatusSeeOther)
	want(t, get(t, h, "/facts/1"), http.StatusOK, "Councillors", "User lead")
	wantNot(t, get(t, h, "/facts/1"), "Public<br>")
	want(t, get(t, h, "/board"), http.StatusOK, "Some data was copied", "Not known")

	form.Set("version", "1")
	form.Set("claim", "Much data was copied")
	form.Set("why", "the second report")
	want(t, post(t, h, "/facts/1", form, "X-Who", "u2"), http.StatusSeeOther)
	form.Set("claim", "A little data was copied")
	want(t, post(t, h, "/facts/1", form), http.StatusConflict, "A little data was copied")
	want(t, get(t, h, "/facts/1"), http.StatusOK, "Much data was copied", "Some data was copied", "nobody: internal")
	want(t, post(t, h, "/facts/1/release", url.Values{"version": {"1"}, "to": {"staff"}}), http.StatusConflict)
	want(t, post(t, h, "/facts/1/withdraw", url.Values{"version": {"2"}, "why": {"not so"}}), http.StatusSeeOther)
	want(t, get(t, h, "/facts?sort=old"), http.StatusOK, "Much data was copied")
	want(t, get(t, h, "/facts/1", "X-Deny", string(web.Write)), http.StatusOK)
	want(t, post(t, h, "/facts/1/release", url.Values{"version": {"3"}}, "X-Deny", string(web.Approve)), http.StatusForbidden)
}
