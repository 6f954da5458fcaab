package account

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// People of the fixtures: one of each council, one sealed, one that is not there.
const (
	alice  = "PAAAAAAAAAAAA" // of A
	bob    = "PBBBBBBBBBBBB" // of B
	sealed = "PSSSSSSSSSSSS" // of A, sealed
	nobody = "PNNNNNNNNNNNN"
)

func (d *desk) people() {
	d.write(func(tx *db.Tx) error {
		for _, p := range []struct {
			id, council string
			sealed      bool
		}{{alice, "A", false}, {bob, "B", false}, {sealed, "A", true}} {
			if _, err := tx.Exec("INSERT INTO case_people (id, sealed) VALUES (?, ?)", p.id, p.sealed); err != nil {
				return err
			}
			if _, err := tx.Exec("INSERT INTO case_controllers (person, council) VALUES (?, ?)", p.id, p.council); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestReveal(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newDesk(t, d)
		b, id := w.staff("grace", nil, Reviewer)
		lead, _ := w.staff("lead", nil, IncidentLead)
		lead.post("/reveal", "thing", "person:"+alice, "reason", "because of it", "back", "/people").wants(t, 403, "Who may:")
		for _, thing := range []string{"", "person", "person:", "telling:NTA2-B3C4-D5E6", "staff:U1", "person:A B", "person:" + strings.Repeat("A", 50), "Person:" + alice} {
			b.post("/reveal", "thing", thing, "reason", "because of it").wants(t, 400)
		}
		b.post("/reveal", "thing", "person:"+alice, "reason", " ", "back", "/people").wants(t, 422, "Enter the reason", `value="/people"`)
		if v := visitorOf(t, b); v.Shown != nil {
			t.Errorf("shown without a reason: %v", v.Shown)
		}
		b.post("/reveal", "thing", "person:"+alice, "reason", "name differs", "back", "//example.org").wants(t, 303, "/")
		b.post("/reveal", "thing", "person:"+alice, "reason", "name differs", "back", "/people?x=1").wants(t, 303, "/people?x=1")
		v := visitorOf(t, b)
		if !v.Granted("person:"+alice, w.clock.Now()) || v.Granted("person:"+bob, w.clock.Now()) || v.Granted("person:"+alice, w.clock.Now().Add(RevealTime)) {
			t.Errorf("granted: %v", v.Shown)
		}
		l := w.leaves("reveal")
		if len(l) != 2 || l[0].Actor != id || l[0].Object != "person:"+alice || !strings.Contains(l[0].Leaf.Line, "name differs") {
			t.Errorf("on record: %+v", l)
		}
		w.clock.advance(RevealTime)
		if v := visitorOf(t, b); len(v.Shown) != 0 {
			t.Errorf("still shown: %v", v.Shown)
		}
		// A grant ends with the right to it.
		b.post("/reveal", "thing", "person:"+alice, "reason", "name differs").wants(t, 303)
		w.write(func(tx *db.Tx) error {
			u, err := userByID(tx, id)
			u.Roles = []Role{Finance}
			return errors.Join(err, changeUser(tx, u))
		})
		if v := visitorOf(t, b); len(v.Shown) != 0 {
			t.Errorf("a role without the right sees %v", v.Shown)
		}
		w.write(func(tx *db.Tx) error {
			u, err := userByID(tx, id)
			u.Roles = []Role{Reviewer}
			return errors.Join(err, changeUser(tx, u))
		})
		w.clock.advance(RevealTime - time.Minute)
		b.get("/home").wants(t, 200)
		w.clock.advance(time.Minute)
		// A grant belongs to the session in which the reason was given.
		b.post("/reveal", "thing", "batch:7", "reason", "work on the batch").wants(t, 303)
		other := w.browser()
		other.post("/sign-in", "name", "grace", "password", goodPassword).wants(t, 303)
		if v := visitorOf(t, other); len(v.Shown) != 0 {
			t.Errorf("another session sees %v", v.Shown)
		}
	})
}

func TestOpeningsNeedTwoPeople(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newDesk(t, d)
		w.people()
		dpo, dpoID := w.staff("dpo", nil, DPO)
		senior, seniorID := w.staff("senior", nil, Senior)
		legal, _ := w.staff("legal", nil, Legal)
		reviewer, _ := w.staff("rev", nil, Reviewer)
		reviewer.get("/sealed").wants(t, 403)
		reviewer.post("/sealed", "person", sealed, "reason", "because of it").wants(t, 403)
		legal.get("/sealed").wants(t, 403)
		dpo.post("/sealed", "person", "P1", "reason", "x").wants(t, 422, "twelve letters", "Enter the reason")
		dpo.post("/sealed", "person", sealed, "reason", "a call about her safety").wants(t, 303, "/sealed")
		dpo.post("/sealed/openings/1/agree").wants(t, 403, "nobody agrees to what they did themselves")
		reviewer.post("/sealed/openings/1/agree").wants(t, 403)
		senior.post("/sealed/openings/9/agree").wants(t, 404)
		senior.get("/").wants(t, 200, "wait for somebody else to agree")
		senior.post("/sealed/openings/1/agree").wants(t, 303)
		senior.post("/sealed/openings/1/agree").wants(t, 409)
		if v := visitorOf(t, dpo); fmt.Sprint(v.Opened) != "["+sealed+"]" {
			t.Errorf("opened to the DPO: %v", v.Opened)
		}
		if v := visitorOf(t, senior); v.Opened != nil {
			t.Errorf("opened to who agreed: %v", v.Opened)
		}
		w.checkReads(dpo, senior, legal)
		w.clock.advance(OpeningTime)
		dpo.get("/sealed").wants(t, 303)
		dpo.post("/sign-in", "name", "dpo", "password", goodPassword).wants(t, 303)
		if v := visitorOf(t, dpo); v.Opened != nil {
			t.Errorf("open after its time: %v", v.Opened)
		}
		for _, verb := range []string{"ask-opening", "agree-opening", "check-sealed-read"} {
			for _, l := range w.leaves(verb) {
				if strings.Contains(l.Object+l.Leaf.Line, sealed) {
					t.Errorf("%s names the person on record", verb)
				}
			}
		}
		if l := w.leaves("agree-opening"); len(l) != 1 || l[0].Actor != seniorID || dpoID == seniorID {
			t.Errorf("agreements on record: %+v", l)
		}
	})
}

// checkReads lets the DPO, to whom a person is open, read it; of the others
// only who had no part may check that.
func (w *desk) checkReads(dpo, senior, legal *client) {
	t := w.t
	v := visitorOf(t, dpo)
	shown := func(reader *web.Visitor, person string) (number int64) {
		w.write(func(tx *db.Tx) (err error) {
			number, err = record.Append(tx, SealedRead(reader, person, w.clock.Now()))
			return err
		})
		return number
	}
	first := fmt.Sprint(shown(v, sealed))
	if l := w.leaves(readVerb); len(l) != 1 || l[0].Object != openingThing(v.Openings[sealed]) || v.Openings[sealed] == 0 {
		t.Errorf("a read on record: %+v", l)
	}
	dpo.get("/sealed/reads").wants(t, 200, sealed, "Waits")
	if p := legal.get("/sealed/reads").wants(t, 200, hidden, "Mark as checked"); strings.Contains(p.body, sealed) {
		t.Error("somebody who may not open reads who is sealed")
	}
	dpo.post("/sealed/reads/"+first+"/check").wants(t, 403)
	senior.post("/sealed/reads/"+first+"/check").wants(t, 403)
	legal.post("/sealed/reads/999/check").wants(t, 404)
	legal.post("/sealed/reads/"+first+"/check", "remark", "call is in the log").wants(t, 303)
	legal.post("/sealed/reads/"+first+"/check").wants(t, 409)
	dpo.get("/sealed/reads").wants(t, 200, "call is in the log")
	shown(visitorOf(t, senior), sealed) // without an opening of theirs
	legal.get("/sealed/reads").wants(t, 200, "No request held")
	legal.get("/").wants(t, 200, "Reads of sealed people")
}

func TestOpeningsLapseAreRefusedAndEnded(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	dpo, _ := w.staff("dpo", nil, DPO)
	senior, _ := w.staff("senior", nil, Senior)
	ask := func() { dpo.post("/sealed", "person", sealed, "reason", "because of it").wants(t, 303) }
	ask()
	senior.post("/sealed/openings/1/refuse").wants(t, 303)
	senior.post("/sealed/openings/1/agree").wants(t, 409)
	ask()
	senior.post("/sealed/openings/2/agree").wants(t, 303)
	senior.post("/sealed/openings/2/end").wants(t, 303)
	senior.post("/sealed/openings/2/end").wants(t, 409)
	if v := visitorOf(t, dpo); v.Opened != nil {
		t.Errorf("opened: %v", v.Opened)
	}
	ask()
	w.clock.advance(askTime)
	senior.post("/sign-in", "name", "senior", "password", goodPassword).wants(t, 303)
	senior.post("/sealed/openings/3/agree").wants(t, 409)
	senior.get("/sealed").wants(t, 200, "Nobody agreed", "Refused", "Over")
}

// TestAskingTellsNothing compares every answer on the way to an opening for
// somebody sealed, somebody who is not, and nobody.
func TestAskingTellsNothing(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	w.people()
	dpo, _ := w.staff("dpo", nil, DPO)
	senior, _ := w.staff("senior", nil, Senior)
	var answers []string
	for i, id := range []string{sealed, alice, nobody} {
		var all strings.Builder
		number := fmt.Sprint(i + 1)
		for _, p := range []page{dpo.post("/sealed", "person", id, "reason", "because of it"), senior.post("/sealed/openings/" + number + "/agree"),
			dpo.post("/reveal", "thing", "person:"+id, "reason", "because of it", "back", "/people/"+id)} {
			fmt.Fprintln(&all, p.code, strings.ReplaceAll(p.to, id, "ID"), strings.ReplaceAll(p.body, id, "ID"))
		}
		fmt.Fprintln(&all, strings.ReplaceAll(fmt.Sprint(visitorOf(t, dpo).Opened), id, "ID") != "[]")
		answers = append(answers, all.String())
	}
	if answers[0] != answers[1] || answers[0] != answers[2] {
		t.Errorf("answers differ:\n%s\n%s\n%s", answers[0], answers[1], answers[2])
	}
}

func TestOpeningsStayWithinCouncils(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	a, _ := w.staff("a", []string{"A"}, DPO)
	b, _ := w.staff("b", []string{"B"}, DPO)
	ab, _ := w.staff("ab", []string{"A", "B"}, Senior)
	all, _ := w.staff("all", nil, DPO)
	a.post("/sealed", "person", sealed, "reason", "asked for by A").wants(t, 303)
	all.post("/sealed", "person", sealed, "reason", "asked for by all").wants(t, 303)
	for _, c := range []struct {
		who   *client
		sees  []string
		never []string
	}{{a, []string{"by A"}, []string{"by all"}}, {b, nil, []string{"by A", "by all"}}, {ab, []string{"by A"}, []string{"by all"}}, {all, []string{"by A", "by all"}, nil}} {
		p := c.who.get("/sealed").wants(t, 200, c.sees...)
		for _, s := range c.never {
			if strings.Contains(p.body, s) {
				t.Errorf("another council's request %q is seen", s)
			}
		}
	}
	b.post("/sealed/openings/1/agree").wants(t, 404)
	ab.post("/sealed/openings/2/agree").wants(t, 404)
	b.post("/sealed/openings/1/end").wants(t, 404)
	ab.post("/sealed/openings/1/agree").wants(t, 303)
}

func TestTwoPersonRule(t *testing.T) {
	for _, c := range []struct {
		v      *web.Visitor
		before []string
		ok     bool
	}{
		{&web.Visitor{ID: "U2"}, []string{"U1"}, true},
		{&web.Visitor{ID: "U1"}, []string{"U1"}, false},
		{&web.Visitor{ID: "U3"}, []string{"U1", "U3"}, false},
		{&web.Visitor{ID: "U2", Token: true}, []string{"U1"}, false},
		{nil, nil, false},
	} {
		if err := Second(c.v, c.before...); (err == nil) != c.ok || err != nil && !errors.Is(err, reeve.Denied) {
			t.Errorf("%v after %v: %v", c.v, c.before, err)
		}
	}
}

func TestRecordShowsWhatAVisitorMayKnow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newDesk(t, d)
		w.people()
		dpo, dpoID := w.staff("dpo", nil, DPO)
		admin, _ := w.staff("root", nil, Administrator)
		ofA, _ := w.staff("ofa", []string{"A"}, Senior)
		reviewer, _ := w.staff("rev", nil, Reviewer)
		w.write(func(tx *db.Tx) error {
			for _, id := range []string{alice, bob, sealed, nobody} {
				if _, err := record.Append(tx, record.Leaf{Time: w.clock.Now().Unix(), Actor: dpoID, Verb: "judge", Object: "person:" + id, Line: "Judged " + id + ": same as the register"}); err != nil {
					return err
				}
			}
			_, err := record.Append(tx, record.Leaf{Time: w.clock.Now().Unix(), Actor: program, Verb: "sweep", Object: "exhibit 1", Rows: 12345})
			return err
		})
		reviewer.get("/record").wants(t, 403)
		p := dpo.get("/record?verb=judge").wants(t, 200, alice, bob, hidden, "Name of dpo", "same as the register")
		never(t, p, sealed, nobody)
		never(t, dpo.get("/record.json?verb=judge").wants(t, 200, alice), sealed, nobody)
		never(t, dpo.get("/record.csv?verb=judge").wants(t, 200, alice), sealed, nobody)
		// What is hidden cannot be searched out.
		for _, query := range []string{"thing=person:" + sealed, "words=" + sealed, "thing=person:" + nobody, "thing=person:PS"} {
			dpo.get("/record?"+query).wants(t, 200, "Nothing found")
		}
		dpo.get("/record?thing=person:"+alice+"&from=2020-01-01&until=2035-01-01").wants(t, 200, "Judged "+alice)
		dpo.get("/record?from=2035-01-01").wants(t, 200, "Nothing found")
		dpo.get("/record?from=yesterday").wants(t, 400)
		dpo.get("/record?before=x").wants(t, 404)
		dpo.get("/record?who=reeve&verb=sweep").wants(t, 200, "12,345 rows", "Reeve itself")
		never(t, ofA.get("/record").wants(t, 200, alice), bob, sealed, nobody, hidden, "sweep", "exhibit 1")
		never(t, admin.get("/record").wants(t, 200, "judge", "sign-in"), "same as the register", sealed)

		dpo.post("/sealed", "person", sealed, "reason", "because of it").wants(t, 303)
		w.write(func(tx *db.Tx) error {
			return answerOpening(tx, 1, "U2", w.clock.Now().Unix(), w.clock.Now().Add(time.Hour).Unix())
		})
		dpo.get("/record?verb=judge").wants(t, 200, "Judged "+sealed)
	})
}

func never(t *testing.T, p page, parts ...string) {
	t.Helper()
	for _, s := range parts {
		if strings.Contains(p.body, s) {
			t.Errorf("%q is shown", s)
		}
	}
}

func TestRecordPagesReachTheBeginning(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	dpo, _ := w.staff("dpo", nil, DPO)
	w.write(func(tx *db.Tx) error {
		for i := range readMost + 700 {
			if _, err := record.Append(tx, record.Leaf{Time: int64(i + 1), Actor: program, Verb: "act", Object: fmt.Sprint("thing-", i)}); err != nil {
				return err
			}
		}
		return nil
	})
	var view struct {
		Acts []struct{ Number int64 }
		Next int64
	}
	seen := make(map[int64]bool)
	path, pages := "/record.json?verb=act", 0
	for {
		view.Acts, view.Next = nil, 0
		unmarshal(t, dpo.get(path).wants(t, 200).body, &view)
		for _, a := range view.Acts {
			if seen[a.Number] {
				t.Fatalf("act %d twice", a.Number)
			}
			seen[a.Number] = true
		}
		if pages++; view.Next == 0 {
			break
		}
		path = fmt.Sprint("/record.json?verb=act&before=", view.Next)
	}
	if len(seen) != readMost+700 || pages < 7 {
		t.Errorf("%d acts on %d pages, want %d", len(seen), pages, readMost+700)
	}
	// An old act alone is found by going on from page to page.
	unmarshal(t, dpo.get("/record.json?thing=thing-3&words=").body, &view)
	found := dpo.get("/record?thing=thing-12x")
	if !strings.Contains(found.body, "so far") || !strings.Contains(found.body, "before=") {
		t.Errorf("no way further back:\n%s", found.body)
	}
}
