package notice

import (
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// readers are people of a list who read in different ways, by their place in it.
var readers = []struct{ language, format string }{
	0: {"", ""}, 1: {"", "large-print"}, 2: {"", "easy-read"}, 3: {"pl", ""}, 4: {"pl", "large-print"}, 5: {"", "braille"}, 6: {"so", ""}, 7: {"en-GB", "standard"}, 8: {"PL", ""}, 9: {"", "audio"},
}

// prepareReaders makes a list of them, and a language that two people released.
func prepareReaders(t testing.TB, d *db.DB) {
	t.Helper()
	prepare(t, d, len(readers))
	text := echo(t, testWording(), "personal").sheet(phrasesOf(testTemplate(t, "personal"), testWording()))
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("DELETE FROM review_version_contact"); err != nil {
			return err
		}
		for i, x := range readers {
			if _, err := tx.Exec("INSERT INTO review_version_contact (version, n, person, email, phone, language, format, worker, services, held) VALUES (1, ?, ?, '', '', ?, ?, '', 'housing;finance', 'no')",
				i+1, personID(i), x.language, x.format); err != nil {
				return err
			}
		}
		k := keptLanguage{Language: "pl", Text: text, Translator: "A", Checker: "B", By: "u1", ByName: "One", At: 1}
		if err := addLanguage(tx, &k); err != nil {
			return err
		}
		if err := agreeLanguage(tx, "pl", 1, "u1", "One", 2); err == nil {
			t.Error("the writer released the language")
		}
		return agreeLanguage(tx, "pl", 1, "u2", "Two", 2)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEachReaderGetsTheirForm freezes and sends a run to people who read in
// different ways: each gets theirs, and what has no text waits for people.
func TestEachReaderGetsTheirForm(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepareReaders(t, d)
		sim, channel := practice(t, simulator.Options{})
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
		r := checkedTestRun(t, m, run{})
		if got := countOf(t, m, exclusions, r.ID); got["other-format"] != 3 || r.People != 10 {
			t.Errorf("%d people, left out %v", r.People, got)
		}
		want := map[int]struct {
			format Format
			says   string
		}{0: {Standard, "We are sorry"}, 1: {LargePrint, "We are sorry"}, 2: {EasyRead, "Watch out for tricks"}, 3: {Standard, "Ę What happened ę"}, 4: {LargePrint, "Ę What happened ę"},
			7: {Standard, "We are sorry"}, 8: {Standard, "Ę What happened ę"}}
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			for i := range readers {
				x, err := messageAt(tx, r.ID, int64(i+1))
				if err != nil {
					return err
				}
				w, made := want[i]
				if (x.State == msgReady) != made || (x.State == msgByPeople) == made {
					t.Errorf("%v is %s", readers[i], x.State)
				}
				if !made {
					continue
				}
				tmpl, err := r.templateFor(&x.Recipient)
				if err != nil {
					return err
				}
				msg, err := compose(tmpl, &x.Recipient, &r.Wording, r.Coverage, r.On)
				if err != nil || tmpl.Format != w.format || !strings.Contains(msg.words(), w.says) || !has(msg.words(), heldLines[1]) {
					t.Errorf("%v gets %s: %v\n%s", readers[i], tmpl, err, msg.words())
				}
				if english := tmpl.book == nil; english != has(msg.words(), "the files of these services: housing; finance") {
					t.Errorf("%v: %s", readers[i], msg.words())
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		start(t, m, r)
		if err := m.send(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		if n := len(sim.Taken()); n != len(want) || reload(t, m, r.ID).State != Done {
			t.Errorf("%d letters left, run %s", n, reload(t, m, r.ID).State)
		}
	})
}

// TestTheFrozenFormsStay: what is written after the freeze changes no letter.
func TestTheFrozenFormsStay(t *testing.T) {
	d := dbtest.SQLite(t)
	prepareReaders(t, d)
	_, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	r := checkedTestRun(t, m, run{})
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		k := keptLanguage{Language: "pl", Text: "> What happened\nNowe\n", By: "u1", At: 3}
		if err := addLanguage(tx, &k); err != nil {
			return err
		}
		return agreeLanguage(tx, "pl", 2, "u2", "Two", 4)
	})
	if err != nil {
		t.Fatal(err)
	}
	before := reload(t, m, r.ID)
	if tmpl, err := before.templateFor(&Recipient{Language: "pl"}); err != nil || tmpl.parts[0].text != "Ę What happened ę" {
		t.Errorf("the frozen run says %v, %v", tmpl, err)
	}
	later := checkedTestRun(t, m, run{})
	if got := countOf(t, m, exclusions, later.ID); got["other-format"] != 6 {
		t.Errorf("a language that lost its phrases still leaves: %v", got)
	}
}

// TestWhatPeopleMake walks a notice in Braille from the list to its outcome, and
// one that may not be sent any more.
func TestWhatPeopleMake(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepareReaders(t, d)
		_, channel := practice(t, simulator.Options{})
		guard := &testGuard{stand: map[string]*Standing{}}
		m := New(Deps{DB: d, Guard: guard, Channels: []Channel{channel}})
		r := checkedTestRun(t, m, run{})
		door := &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}
		h := webtest.House(t, door, m.Sections()...)
		page := webtest.Get(t, h, "/notices/formats", http.StatusOK)
		for _, says := range []string{"Braille", "audio", "in Somali", "has not been signed"} {
			if !strings.Contains(page, says) {
				t.Errorf("the list does not say %q", says)
			}
		}
		path := func(i int) string { return "/notices/formats/" + strconv.FormatInt(r.ID, 10) + "/" + strconv.Itoa(i+1) }
		webtest.Post(t, h, path(5)+"/sent", url.Values{}, http.StatusConflict) // not signed
		start(t, m, r)
		webtest.Get(t, h, path(5)+"/text", http.StatusForbidden) // not granted
		door.Visitor.Shown = []web.Grant{{Thing: "notice:1", Until: time.Now().Add(time.Hour)}}
		if text := webtest.Get(t, h, path(5)+"/text", http.StatusOK); !strings.Contains(text, "Dear Ada Brook5") || !strings.Contains(text, "your National Insurance number") {
			t.Error(text)
		}
		webtest.Post(t, h, path(0)+"/sent", url.Values{}, http.StatusConflict) // an ordinary letter
		webtest.Post(t, h, path(5)+"/sent", url.Values{}, http.StatusSeeOther)
		webtest.Post(t, h, path(5)+"/sent", url.Values{}, http.StatusConflict) // once
		guard.stand[personID(6)] = nil
		webtest.Get(t, h, path(6)+"/text", http.StatusForbidden)
		webtest.Post(t, h, path(6)+"/sent", url.Values{}, http.StatusSeeOther)
		got := countOf(t, m, states, r.ID)
		if got["left"] != 1 || got["refused"] != 1 || got["by-people"] != 1 {
			t.Errorf("states %v", got)
		}
		if got := countOf(t, m, outcomes, r.ID); got["arrived"] != 1 {
			t.Errorf("outcomes %v", got)
		}
	})
}

// TestBeforeWeSendShowsEachForm: the page counts them, and one of each is among
// the ten.
func TestBeforeWeSendShowsEachForm(t *testing.T) {
	d := dbtest.SQLite(t)
	prepareReaders(t, d)
	err := d.Write(t.Context(), func(tx *db.Tx) error { // many plain readers beside few others
		for i := len(readers); i < 80; i++ {
			if _, err := tx.Exec(`INSERT INTO review_version_person SELECT version, ?, ?, name, address, postcode, role, deceased, band, tier, kinds, data_from, data_to, items, incomplete, controller, verdict
				FROM review_version_person WHERE n = 1`, i+1, personID(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_, channel := practice(t, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	r := checkedTestRun(t, m, run{})
	h := webtest.House(t, &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}, m.Sections()...)
	page := webtest.Get(t, h, runPath(r.ID), http.StatusOK)
	for _, says := range []string{"Easy Read", "large print, in Polish", "3 to be made by people", "ready to leave"} {
		if !strings.Contains(page, says) {
			t.Errorf("the page does not say %q", says)
		}
	}
	letters := webtest.Get(t, h, runPath(r.ID)+"/letters", http.StatusOK)
	if n := strings.Count(letters, "govuk-summary-card__title-wrapper"); n != sampled {
		t.Errorf("%d letters are shown", n)
	}
	for _, reads := range []string{">standard print<", ">large print<", ">Easy Read<", ">standard print, in Polish<", ">large print, in Polish<"} {
		if !strings.Contains(letters, reads) {
			t.Errorf("no letter in %s among the ten", reads)
		}
	}
}

// TestNobodyMakesALetterToNowhere: whoever reads in a form that people make gets
// no letter from them either where the address is none.
func TestNobodyMakesALetterToNowhere(t *testing.T) {
	text, err := os.ReadFile("templates/personal.txt")
	if err != nil {
		t.Fatal(err)
	}
	r := run{Way: Post, Template: "personal", Kind: Personal, Text: string(text), Wording: *testWording()}
	for _, c := range []struct {
		way   Way
		lines []string
		state string
		why   Fault
	}{
		{Post, []string{"Ada Brook", "No fixed abode"}, msgFaulty, NoFixedAbode},
		{Hand, []string{"Ada Brook", "1 Elm Grove", "Example Town", "nowhere"}, msgFaulty, NoPostcode},
		{Post, []string{"Ada Brook", "1 Elm Grove", "ZE1 0AA"}, msgByPeople, ""},
		{Email, []string{"Ada Brook", "No fixed abode"}, msgByPeople, ""},
	} {
		r.Way = c.way
		f := frozenMessage{State: msgFrozen, Recipient: Recipient{Lines: private(c.lines), Format: "braille"}}
		r.settleForm(&f)
		if f.State != c.state || f.Why != string(c.why) {
			t.Errorf("%s %v: %s %s", c.way, c.lines, f.State, f.Why)
		}
	}
}
