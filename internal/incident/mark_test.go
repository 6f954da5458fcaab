package incident

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// councilsOf are the councils of the tests.
var councilsOf = []string{"AAA", "BBB", "CCC"}

// secretOf is a word that stands only in one object.
func secretOf(kind string, i int) string { return fmt.Sprintf("zq%s%dqz", kind, i) }

// marked is an object of the random book with its mark.
type marked struct {
	kind   string
	id     int64
	word   string
	mark   Mark
	shared []string
}

// randomBook fills a book with objects of every kind and mark.
func randomBook(t *testing.T, d *db.DB, seed uint64) (all []marked) {
	t.Helper()
	chance := rand.New(rand.NewPCG(seed, 1))
	write(t, d, func(tx *db.Tx) error {
		var faults []error
		for _, c := range councilsOf {
			faults = append(faults, putCouncil(tx, Council{c, "Council " + c, "affected"}, "u1", 1))
		}
		for i := range 60 {
			mark := Mark{append(councilsOf, "")[chance.IntN(4)], TLPs[chance.IntN(len(TLPs))]}
			kind := []string{KindEntry, KindFact, KindDecision, KindTask, KindHandover}[i%5]
			o := marked{kind: kind, word: secretOf(kind, i), mark: mark}
			if chance.IntN(3) == 0 {
				o.shared = []string{councilsOf[chance.IntN(3)]}
			}
			err := addMarked(tx, &o)
			for _, c := range o.shared {
				_, more := tx.Exec("INSERT INTO incident_share (kind, object, council, added_by, added_at) VALUES (?, ?, ?, 'u1', 1)", o.kind, o.id, c)
				err = errors.Join(err, more)
			}
			faults = append(faults, err)
			all = append(all, o)
		}
		return errors.Join(faults...)
	})
	return all
}

func addMarked(tx *db.Tx, o *marked) (err error) {
	k, now := by(o.mark.Council, o.mark.TLP), testNow.Unix()
	switch o.kind {
	case KindEntry:
		x := Entry{Kept: k, Happened: now, Known: now, Kind: "event", Title: o.word, State: stands}
		err, o.id = addEntry(tx, &x, 0), x.ID
	case KindFact:
		x := Fact{Kept: k, Claim: o.word, Topic: "shared topic", Source: "s", AsOf: now, Confidence: "likely", Sort: sortKnown, State: stands}
		err, o.id = putFact(tx, &x, 0), x.ID
	case KindDecision:
		x := Decision{Kept: k, Title: o.word, Reason: "r", Decider: "d", Decided: now, State: proposed}
		err, o.id = putDecision(tx, &x, 0, everything), x.ID
	case KindTask:
		x := Task{Kept: k, Title: o.word, Due: now - 1, State: taskOpen}
		err, o.id = putTask(tx, &x, 0), x.ID
	case KindHandover:
		x := Handover{Kept: k, Done: o.word, At: now}
		err, o.id = handoverShelf.put(tx, &x, 0), x.ID
	}
	return err
}

// maySee is the rule, said once more and in another way than the code: nobody
// outside its council sees what is closer than amber, amber goes to those it is
// shared with and, if it is nobody's in particular, to all; red leaves in no
// file.
func (o marked) maySee(council string, leaves bool) bool {
	switch o.mark.TLP {
	case Red:
		return !leaves && o.mark.Council == council
	case AmberStrict:
		return o.mark.Council == council
	case Amber:
		return o.mark.Council == council || o.mark.Council == "" || slices.Contains(o.shared, council)
	}
	return true
}

func pagesOf(o marked) string {
	return map[string]string{KindEntry: "/timeline/", KindFact: "/facts/", KindDecision: "/decisions/", KindTask: "/tasks/", KindHandover: "/incident/handovers/"}[o.kind] + fmt.Sprint(o.id)
}

// TestNothingIsSeenBeyondItsMark: over random books, no list, page, search,
// count, feed or file shows somebody of a council what its mark keeps from them,
// and each shows what it should.
func TestNothingIsSeenBeyondItsMark(t *testing.T) {
	lists := []string{"/timeline", "/timeline.json", "/timeline.csv", "/timeline.ics", "/facts", "/facts.json", "/facts.csv", "/facts/conflicts", "/facts/conflicts.json", "/facts/conflicts.csv",
		"/board", "/board.json", "/board.csv", "/decisions", "/decisions.json", "/decisions.csv", "/tasks", "/tasks.json", "/tasks.csv", "/incident", "/incident.json", "/incident/handovers", "/incident/handovers.json", "/tasks?show=late"}
	for seed := range uint64(2) {
		d := testBook(t)
		m, h := testRoom(t, d)
		all := randomBook(t, d, seed)
		for _, council := range councilsOf {
			who := []string{"X-Councils", council, "X-Who", "reader"}
			for _, list := range lists {
				body := get(t, h, list, who...).Body.String()
				leaves := strings.Contains(list, ".")
				for _, o := range all {
					if strings.Contains(body, o.word) && !o.maySee(council, leaves) {
						t.Errorf("%s shows %s %+v", list, council, o)
					}
				}
			}
			for _, o := range all {
				for _, suffix := range []string{"", ".json"} {
					status := http.StatusNotFound
					if o.maySee(council, suffix != "") {
						status = http.StatusOK
					}
					if w := get(t, h, pagesOf(o)+suffix, who...); w.Code != status {
						t.Errorf("%s%s for %s: %d, want %d: %+v", pagesOf(o), suffix, council, w.Code, status, o)
					}
					found := strings.Contains(get(t, h, "/incident/search"+suffix+"?q="+o.word, who...).Body.String(), pagesOf(o)+`"`)
					if o.kind != KindHandover && found != o.maySee(council, suffix != "") {
						t.Errorf("the search%s for %s finds %+v: %v", suffix, council, o, found)
					}
				}
			}
			checkCounts(t, m, all, council)
		}
		for _, o := range all { // whoever is not limited to councils sees all on the screen, and nothing red in a file
			want(t, get(t, h, pagesOf(o)), http.StatusOK)
			if body := get(t, h, "/timeline.csv").Body.String() + get(t, h, "/tasks.json").Body.String() + get(t, h, "/facts.json").Body.String(); o.mark.TLP == Red && strings.Contains(body, o.word) {
				t.Errorf("red leaves: %+v", o)
			}
		}
	}
}

// checkCounts compares what is counted with what may be seen.
func checkCounts(t *testing.T, m *Room, all []marked, council string) {
	t.Helper()
	var tasks, counted int64
	for _, o := range all {
		if o.kind == KindTask && o.maySee(council, true) {
			tasks++
		}
	}
	read(t, m.db, func(tx *db.Tx) (err error) {
		counted, err = taskShelf.count(tx, Outside(council), query{})
		return err
	})
	if tasks != counted {
		t.Errorf("%s: %d tasks are counted, %d may be seen", council, counted, tasks)
	}
}

// TestSightIsTheSameInBothForms: what a condition lets through is what Sees
// says, for every mark, council and set of labels.
func TestSightIsTheSameInBothForms(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		all := randomBook(t, d, 9)
		sights := []Sight{everything, everything.Leaving(), {}, {Levels: TLPs}, {Councils: councilsOf}, {All: true}, Outside("AAA"), Outside("AAA", "CCC"), {Councils: []string{"BBB"}, Levels: []TLP{Clear, Red}}}
		read(t, d, func(tx *db.Tx) error {
			for _, s := range sights {
				listed, err := taskShelf.list(tx, s, query{})
				if err != nil {
					return err
				}
				for _, o := range all {
					if o.kind == KindTask && s.Sees(o.mark, o.shared...) != slices.ContainsFunc(listed, func(x Task) bool { return x.ID == o.id }) {
						t.Errorf("%+v: %+v is listed the other way", s, o)
					}
				}
			}
			return nil
		})
	})
}

// TestNobodyWritesForAnotherCouncil: somebody who is limited to a council can
// neither write for another one nor change what they may only see.
func TestNobodyWritesForAnotherCouncil(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	randomBook(t, d, 2)
	form := func(council string) url.Values {
		return url.Values{"title": {"t"}, "council": {council}, "tlp": {"green"}, "happened_day": {"2025-11-24"}, "happened_time": {"09:00"}, "known_day": {"2025-11-24"}, "known_time": {"09:00"}, "kind": {"event"}}
	}
	want(t, post(t, h, "/timeline", form("BBB"), "X-Councils", "AAA"), http.StatusUnprocessableEntity, "Choose whose it is")
	want(t, post(t, h, "/timeline", form(""), "X-Councils", "AAA"), http.StatusUnprocessableEntity, "Choose whose it is")
	want(t, post(t, h, "/timeline", form("AAA"), "X-Councils", "AAA"), http.StatusSeeOther)
	var green Entry
	write(t, d, func(tx *db.Tx) error {
		green = Entry{Kept: by("BBB", Green), Happened: 5, Known: 5, Kind: "event", Title: "theirs", State: stands}
		return addEntry(tx, &green, 0)
	})
	at := path("/timeline", green.ID)
	want(t, get(t, h, at, "X-Councils", "AAA"), http.StatusOK, "theirs")
	theirs := form("AAA")
	theirs.Set("version", "1")
	theirs.Set("why", "mine now")
	want(t, post(t, h, at, theirs, "X-Councils", "AAA", "X-Role", "scribe"), http.StatusForbidden)
	want(t, post(t, h, at+"/withdraw", url.Values{"version": {"1"}, "why": {"x"}}, "X-Councils", "AAA", "X-Role", "scribe"), http.StatusForbidden)
}

// TestRolesSeeAsFarAsThePolicyLetsThem: the label of an object is a degree of the
// policy, so a role that goes up to plain things sees up to amber.
func TestRolesSeeAsFarAsThePolicyLetsThem(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	at := make(map[TLP]string)
	write(t, d, func(tx *db.Tx) error {
		for _, tlp := range TLPs {
			f := Fact{Kept: by("", tlp), Claim: string(tlp), Source: "s", Confidence: "likely", Sort: sortKnown, State: stands}
			if err := putFact(tx, &f, 0); err != nil {
				return err
			}
			at[tlp] = path("/facts", f.ID)
		}
		return nil
	})
	for role, most := range map[string]TLP{"communications": Amber, "contact-centre": Amber, "scribe": AmberStrict, "recovery-lead": AmberStrict, "incident-lead": Red, "dpo": Red, "auditor": Red} {
		for i, tlp := range TLPs {
			status := http.StatusOK
			if i > slices.Index(TLPs, most) {
				status = http.StatusNotFound
			}
			if w := get(t, h, at[tlp], "X-Role", role); w.Code != status {
				t.Errorf("%s, %s: %d, want %d", role, tlp, w.Code, status)
			}
		}
	}
	for _, role := range []string{"finance", "administrator"} {
		want(t, get(t, h, "/facts", "X-Role", role), http.StatusForbidden)
	}
}

func TestCloserMarks(t *testing.T) {
	for _, c := range []struct{ a, b, want Mark }{
		{Mark{"", Green}, Mark{"", Amber}, Mark{"", Amber}},
		{Mark{"", Green}, Mark{"AAA", Clear}, Mark{"AAA", Green}},
		{Mark{"AAA", Red}, Mark{"AAA", Clear}, Mark{"AAA", Red}},
		{Mark{"AAA", Amber}, Mark{"BBB", Clear}, Mark{"", AmberStrict}},
	} {
		if got := c.a.closer(c.b); got != c.want {
			t.Errorf("%+v with %+v: %+v, want %+v", c.a, c.b, got, c.want)
		}
	}
}

func TestLabels(t *testing.T) {
	for _, l := range TLPs {
		if l.Words() == string(l) || l.Colour() == "" || !strings.HasPrefix(l.Label(), "TLP:") {
			t.Errorf("%s says nothing", l)
		}
	}
	if Red.Degree() != web.Special || Amber.Degree() != web.Plain {
		t.Error("degrees")
	}
}
