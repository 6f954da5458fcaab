package notice

import (
	"archive/zip"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// granted is a visitor who gave a reason to see the values of run 1.
func granted() *web.Visitor {
	return &web.Visitor{ID: "u1", Name: "One", Shown: []web.Grant{{Thing: "notice:1", Until: time.Now().Add(time.Hour)}}}
}

// TestHeldBack: a letter that was written for a print house and whose reader was
// put on hold before it was fetched is not in the bundle, and that is on record.
func TestHeldBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d, 4)
		folder, err := NewFolder(filepath.Join(t.TempDir(), "letters"), nil)
		if err != nil {
			t.Fatal(err)
		}
		guard := &testGuard{stand: map[string]*Standing{}}
		m := New(Deps{DB: d, Guard: guard, Channels: []Channel{folder}})
		r := start(t, m, checkedTestRun(t, m, run{}))
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		guard.stand[personID(0)], guard.stand[personID(1)] = &Standing{Contact: reeve.ContactHold}, nil
		if err := d.Write(t.Context(), func(tx *db.Tx) error {
			forms := placesOf([]string{"3 Example Street", "North End"}, "ZE1 0AA")
			if err := addSuppression(tx, &suppression{Place: reeve.Private(reeve.KindAddress, forms[0]), Why: "asked", Cause: "asked", By: "u1", At: 1}); err != nil {
				return err
			}
			return keepForms(tx, forms[0], forms)
		}); err != nil {
			t.Fatal(err)
		}
		h := webtest.House(t, &webtest.Door{Visitor: granted()}, m.Sections()...)
		for range 2 {
			body := webtest.Get(t, h, "/notices/runs/1/bundle", http.StatusOK)
			z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
			if err != nil {
				t.Fatal(err)
			}
			list, err := z.Open("letters.csv")
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			buf := make([]byte, 1<<16)
			n, _ := list.Read(buf)
			b.Write(buf[:n])
			if s := b.String(); strings.Count(s, "Ada Brook") != 1 || !strings.Contains(s, "Ada Brook3") {
				t.Errorf("the bundle holds %s", s)
			}
		}
		err = d.Read(t.Context(), func(tx *db.Tx) error {
			n, err := db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) }, "SELECT reason FROM notice_refusal ORDER BY n")
			if got := strings.Join(n, " "); got != "hold not-listed suppressed" {
				t.Errorf("refusals on record: %s", got)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// TestSealedAfterFreezing: whoever was sealed after a run was frozen is among no letters
// that are shown, and is counted with others.
func TestSealedAfterFreezing(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 3)
	_, channel := practice(t, simulator.Options{})
	guard := &testGuard{stand: map[string]*Standing{}}
	m := New(Deps{DB: d, Guard: guard, Channels: []Channel{channel}})
	r := start(t, m, checkedTestRun(t, m, run{}))
	guard.stand[personID(1)] = nil
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("INSERT INTO case_sealed_ids (id) VALUES (?)", personID(1))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	h := webtest.House(t, &webtest.Door{Visitor: granted()}, m.Sections()...)
	if body := webtest.Get(t, h, "/notices/runs/1/letters", http.StatusOK); strings.Contains(body, "Ada Brook1") || strings.Contains(body, personID(1)) || !strings.Contains(body, "Ada Brook2") {
		t.Error("the ten letters show somebody who is sealed, or nobody")
	}
	webtest.Get(t, h, "/notices/runs/1/letters/2/pdf", http.StatusNotFound)
	webtest.Get(t, h, "/notices/runs/1/letters/3/pdf", http.StatusOK)
	if err := m.send(t.Context(), r.ID); err != nil {
		t.Fatal(err)
	}
	if got := fateOf(t, m, r.ID, personID(1)); got != "refused not-listed" {
		t.Error(got)
	}
	if got := countOf(t, m, faults, r.ID); got["not-listed"] != 0 || got["other-role"] != 1 {
		t.Errorf("the page of the run tells of somebody sealed: %v", got)
	}
}

// TestStartAsSigned: what starts is what was signed, and not long before the day
// on its letters.
func TestStartAsSigned(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 3)
	_, channel := practice(t, simulator.Options{})
	now := time.Date(int(testOn.Year), time.Month(testOn.Month), int(testOn.Day), 9, 0, 0, 0, time.UTC).AddDate(0, 0, -20)
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}, Now: func() time.Time { return now }})
	r := checkedTestRun(t, m, run{})
	for _, who := range []string{"u1", "u2"} {
		if err := d.Write(t.Context(), func(tx *db.Tx) error { return sign(tx, &r, signature{who, who, r.Digest, 3}) }); err != nil {
			t.Fatal(err)
		}
	}
	asSigned := func(at time.Time) error {
		x := reload(t, m, r.ID)
		return d.Read(t.Context(), func(tx *db.Tx) error { return x.asSigned(tx, at) })
	}
	if err := asSigned(now); err == nil || !strings.Contains(reeve.HintOf(err), "2026") {
		t.Errorf("started 20 days before the day on its letters: %v", err)
	}
	if err := asSigned(now.AddDate(0, 0, 17)); err != nil {
		t.Errorf("not started as signed: %v", err)
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE notice_message SET lines = 'Eve Brook\n9 Other Road\nZE1 0AB' WHERE n = 2")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := asSigned(now.AddDate(0, 0, 17)); err == nil || !strings.Contains(err.Error(), "signed") {
		t.Errorf("another address than the signed one is started: %v", err)
	}
}

// TestListNotApproved: a run that was set up from a list version that is approved
// no more, or whose rows were destroyed, is not frozen.
func TestListNotApproved(t *testing.T) {
	for _, change := range []string{"state = 'replaced'", "emptied = 5"} {
		d := dbtest.SQLite(t)
		prepare(t, d, 2)
		_, channel := practice(t, simulator.Options{})
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
		if r := frozenTestRun(t, m, run{}); reload(t, m, r.ID).ListDigest != "abc" {
			t.Error("the run does not keep of which list it is")
		}
		h := webtest.House(t, &webtest.Door{Visitor: granted()}, m.Sections()...)
		form := url.Values{"title": {"First"}, "list": {"1"}, "template": {"personal"}, "bands": {""}, "way": {"post"}, "channel": {"notify"}, "on": {m.Now().AddDate(0, 0, 3).Format(time.DateOnly)}}
		path, _ := webtest.Post(t, h, "/notices/runs", form, http.StatusSeeOther)
		if err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec("UPDATE review_version SET " + change); return err }); err != nil {
			t.Fatal(err)
		}
		if _, body := webtest.Post(t, h, path+"/freeze", url.Values{"version": {"1"}}, http.StatusConflict); !strings.Contains(body, "two people approved") {
			t.Errorf("%s: what to try is not said: %s", change, body)
		}
	}
}

// TestEndedByOthers: whoever sees one council's people alone ends nothing that may
// be about another's, and nobody ends by its number what is about a sealed person.
func TestEndedByOthers(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 2)
	m := New(Deps{DB: d, Guard: &testGuard{}})
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		for i := range 2 {
			if err := addSuppression(tx, &suppression{Person: personID(i), Why: "asked", Cause: "asked", By: "u1", At: 1}); err != nil {
				return err
			}
			if err := addDecision(tx, &decision{Person: personID(i), Sort: Child, By: "u1", At: 1}); err != nil {
				return err
			}
		}
		_, err := tx.Exec("INSERT INTO case_sealed_ids (id) VALUES (?)", personID(1))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	door := &webtest.Door{Visitor: &web.Visitor{ID: "u2", Name: "Two", Councils: []string{"wcc"}}}
	h := webtest.House(t, door, m.Sections()...)
	why := url.Values{"why": {"tidied up"}}
	for _, path := range []string{"/notices/suppression/1/lift", "/notices/decisions/1/end"} {
		webtest.Post(t, h, path, why, http.StatusNotFound)
	}
	door.Visitor = &web.Visitor{ID: "u3", Name: "Three"}
	for _, path := range []string{"/notices/suppression/", "/notices/decisions/"} {
		end := map[bool]string{true: "/lift", false: "/end"}[strings.Contains(path, "suppression")]
		webtest.Post(t, h, path+"2"+end, why, http.StatusConflict)
		webtest.Post(t, h, path+"1"+end, why, http.StatusSeeOther)
	}
}

const inJanuary = 1768813200 // 19 January 2026

// shutChannel lets nobody in until it is opened.
type shutChannel struct {
	spyChannel
	open bool
}

func (c *shutChannel) Send(ctx context.Context, p *Parcel) (Receipt, error) {
	if !c.open {
		return Receipt{}, reeve.WithHint(fmt.Errorf("send: %w", reeve.Denied), "make a live key")
	}
	return Receipt{ID: p.Reference, Status: "handed-over", At: inJanuary}, ctx.Err()
}

// TestStuck: a run that cannot go on by itself pauses and says why; it goes on
// when that was mended, and nobody is left out.
func TestStuck(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 5)
	c := &shutChannel{}
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{c}})
	r := start(t, m, checkedTestRun(t, m, run{}))
	if err := m.sendRun(t.Context(), work(t, r.ID)); err != nil {
		t.Fatal(err)
	}
	if r = reload(t, m, r.ID); r.State != Paused || !strings.Contains(r.PausedWhy, "make a live key") {
		t.Fatalf("%s %q", r.State, r.PausedWhy)
	}
	c.open = true
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return moveRun(tx, &r, Sending, "", 5) }); err != nil {
		t.Fatal(err)
	}
	if err := m.sendRun(t.Context(), work(t, r.ID)); err != nil {
		t.Fatal(err)
	}
	if got := countOf(t, m, states, r.ID); got["left"] != 5 || reload(t, m, r.ID).State != Done {
		t.Errorf("%v %s", got, reload(t, m, r.ID).State)
	}
}

// TestSettledOnce: of two people who settle one message in doubt the second is
// told so, and changes nothing.
func TestSettledOnce(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 1)
	_, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	r := start(t, m, checkedTestRun(t, m, run{}))
	seen := doubt{Run: r.ID, N: 1, Reference: "X", Claimed: 7}
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("UPDATE notice_message SET state = 'unsure'"); err != nil {
			return err
		}
		return settleAgain(tx, &seen)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return settleAsLeft(tx, &seen, "id") }); err == nil {
		t.Error("settled twice")
	}
	if state, _ := holderOf(t, m, r.ID, 1); state != msgReady {
		t.Error(state)
	}
}

// TestDeliveryOfOneCouncil: whoever sees one council sees its lines, however many
// of others stand before them.
func TestDeliveryOfOneCouncil(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, onDelivery+3)
	_, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	frozenTestRun(t, m, run{})
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE notice_message SET state = 'faulty', why = 'letter-too-long', council = CASE WHEN n > ? THEN 'wcc' ELSE council END", onDelivery+2)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	h := webtest.House(t, &webtest.Door{Visitor: &web.Visitor{ID: "u2", Name: "Two", Councils: []string{"wcc"}}}, m.Sections()...)
	if body := webtest.Get(t, h, "/notices/delivery", http.StatusOK); !strings.Contains(body, personID(onDelivery+2)) || strings.Contains(body, personID(0)) {
		t.Error("the council's own line is not there, or another's is")
	}
}
