package notice

import (
	"net/http"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// TestLanguagesAreWholePerCouncil: a language that says all with the wording of
// the case lacks what a council wrote for itself, and the page says which.
func TestLanguagesAreWholePerCouncil(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepareReaders(t, d)
		own := testWording()
		own.Next, own.Hours = "We will write again in May 2026.", "Every day, 8am to 6pm"
		err := d.Write(t.Context(), func(tx *db.Tx) error { return keepWording(tx, "SVL", own, 0, "u1", 1) })
		if err != nil {
			t.Fatal(err)
		}
		h := webtest.House(t, &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}, New(Deps{DB: d, Guard: &testGuard{}}).Sections()...)
		page := webtest.Get(t, h, "/notices/languages", http.StatusOK)
		if !strings.Contains(page, "Says the whole of personal") || !strings.Contains(page, "With the wording of SVL: says no notice whole yet") {
			t.Errorf("the page says\n%s", page)
		}
		phrases := webtest.Get(t, h, "/notices/languages/pl", http.StatusOK)
		for _, p := range []string{own.Next, own.Hours, testWording().Next, "Phone: {phone}", "{day} January {year}", testWording().Role} {
			if !strings.Contains(phrases, p) {
				t.Errorf("%q is not given to the translator", p)
			}
		}
	})
}

// TestWhatStandsRoundATranslationIsTranslated: the labels of the contact box, the
// day, the hours and the role of who signs; names, numbers and addresses stay.
func TestWhatStandsRoundATranslationIsTranslated(t *testing.T) {
	w, x := testWording(), testTemplate(t, "personal")
	b := echo(t, w, "personal")
	said, err := b.translate(x, w, Post)
	if err != nil {
		t.Fatal(err)
	}
	l, err := renderLetter(said, testRecipient(1), w, testCoverage, testOn)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, p := range l.placed {
		lines = append(lines, p.Text)
	}
	text := "\n" + strings.ReplaceAll(strings.Join(lines, "\n"), "\u00a0", " ") + "\n"
	for _, line := range []string{"Ę Phone: 020 7946 0100 ę", "Ę Monday to Friday, 9am to 5pm ę", "Ę 19 January 2026 ę", "Ę Reference: 7Q2M-4KXD-0001 ę", "Ę Chief executive ę", w.Signatory, w.Council, "ZE1 0AA"} {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("%q is not on the letter:\n%s", line, text)
		}
	}
	for _, phrase := range []string{phoneLine, w.Role, w.Hours, dateLine("June")} {
		kept := b.phrases[phrase]
		delete(b.phrases, phrase)
		if _, err := b.translate(x, w, Post); err == nil {
			t.Errorf("half translated without %q", phrase)
		}
		b.phrases[phrase] = kept
	}
	b.phrases[referenceLine] = "Ę Nummer {phone} ę"
	if said, err = b.translate(x, w, Post); err == nil {
		if _, err := renderLetter(said, testRecipient(1), w, testCoverage, testOn); err == nil {
			t.Error("a letter without its reference leaves")
		}
	}
}
