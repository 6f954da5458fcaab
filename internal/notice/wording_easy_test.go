package notice

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

// long has 21 words: enough for a letter, too many for Easy Read.
const long = "We cut all of the computers off from the internet on that same day and told the police about it too."

// TestASentenceTooLongForEasyReadIsNamed where it is written, at the field in
// which it can be put more simply; the simple words make it good.
func TestASentenceTooLongForEasyReadIsNamed(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 1)
	h := webtest.House(t, &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}, New(Deps{DB: d, Guard: &testGuard{}}).Sections()...)
	w := testWording()
	form := url.Values{"version": {"1"}, "name": {w.Council}, "address": {w.Address}, "phone": {w.Phone}, "hours": {w.Hours}, "email": {w.Email}, "check_page": {w.CheckPage}, "dpo": {w.DPO},
		"dpo_email": {w.DPOEmail}, "signatory": {w.Signatory}, "role": {w.Role}, "worker_line": {w.Line}, "services": {w.Services}, "happened": {w.Happened}, "measures": {"We are sorry. " + long}, "published": {w.Published}, "next": {w.Next}}
	_, body := webtest.Post(t, h, "/notices/wording", form, http.StatusUnprocessableEntity)
	if !strings.Contains(body, `id="easy_measures-error"`) || !strings.Contains(body, strings.TrimSuffix(long, ".")) || !strings.Contains(body, "21 words") {
		t.Errorf("the sentence is not named:\n%s", body)
	}
	form.Set("easy_measures", "We cut the computers off. We told the police.")
	form.Set("services", "all of the many services for people who rent a home from us or get help with their rent")
	if _, body := webtest.Post(t, h, "/notices/wording", form, http.StatusUnprocessableEntity); !strings.Contains(body, `id="services-error"`) {
		t.Error("the services make a sentence that is too long in Easy Read")
	}
	form.Set("services", w.Services)
	webtest.Post(t, h, "/notices/wording", form, http.StatusSeeOther)
}

// TestWordsTooHardForEasyReadAreNamed: short sentences of long words.
func TestWordsTooHardForEasyReadAreNamed(t *testing.T) {
	w := testWording()
	if bad := w.easyFaults(); len(bad) > 0 {
		t.Fatalf("%v", bad)
	}
	hard := "Investigators continue examining organisational directories, prioritising particularly consequential information."
	w.Easy.Next = strings.Repeat(hard+" ", 12)
	bad := w.easyFaults()
	if len(bad) != 1 || bad[0].Field != "easy_next" || !strings.Contains(bad[0].Text, strings.TrimSuffix(hard, ".")) {
		t.Errorf("%v", bad)
	}
}

// longFacts is a book in which a fact with a long sentence was released.
type longFacts struct{ badFacts }

func (longFacts) Said(_ *db.Tx, topic string) (string, int64, error) {
	if topic != "letter-measures" {
		return "", 0, reeve.NotFound
	}
	return long, 1, nil
}

// TestAFactTooLongForEasyReadIsNotFrozen: the person who freezes learns which
// sentence it is; a run that nobody reads in Easy Read is not held up.
func TestAFactTooLongForEasyReadIsNotFrozen(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 2)
	m := New(Deps{DB: d, Guard: &testGuard{}, Facts: longFacts{}})
	for way, refused := range map[Way]bool{Post: true, Call: false} {
		r := run{Kind: Personal, Way: way, Template: "personal", List: 1, On: testOn, Text: "name: personal\nkind: personal\ntitle: T\n\n" + testTemplate(t, "personal").Body}
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if err := addRun(tx, &r); err != nil {
				return err
			}
			return m.freeze(tx, &r, 2)
		})
		if refused != errors.Is(err, Unmet) || refused && !strings.Contains(reeve.HintOf(err), "internet on that same day") || !refused && err != nil {
			t.Errorf("%s: frozen with %v, %q", way, err, reeve.HintOf(err))
		}
	}
}
