package notice

import (
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

// TestWhoeverIsToldReads: a notice about a child goes out as whoever is told
// reads, which stands with the decision; how the child reads counts for nothing.
func TestWhoeverIsToldReads(t *testing.T) {
	decisions := []struct {
		language, typed string
		format          Format
		state           string
	}{{"", "", "", msgReady}, {"", "easy-read", EasyRead, msgReady}, {"", "large-print", LargePrint, msgReady}, {"", "braille", "braille", msgByPeople}, {"BN", "", "", msgByPeople}}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := len(decisions)
		prepare(t, d, n)
		read := make([]testContact, n)
		for i := range read {
			read[i].format = "audio"
		}
		giveContacts(t, d, read)
		g := reachable(Post, n)
		for _, s := range g.stand {
			s.Born = reeve.Date{Year: 2015, Month: 4, Day: 1}
		}
		m := New(Deps{DB: d, Guard: g, Channels: []Channel{&spyChannel{}}})
		h := webtest.House(t, &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}, m.Sections()...)
		for i, x := range decisions {
			form := url.Values{"person": {personID(i)}, "sort": {"child"}, "name": {"Bea Hill"}, "relation": {"mother"}, "basis": {"b"}, "harm": {"h"}, "decider": {"S"},
				"day": {"2026-01-10"}, "address": {"9 Other Road\nExample Town\nZE1 0AB"}, "language": {"12"}, "format": {x.typed}}
			webtest.Post(t, h, "/notices/decisions", form, http.StatusUnprocessableEntity)
			form.Set("language", x.language)
			webtest.Post(t, h, "/notices/decisions", form, http.StatusSeeOther)
		}
		page := webtest.Get(t, h, "/notices/decisions", http.StatusOK)
		for _, says := range []string{"They read Easy Read.", "They read large print.", "They read Braille.", "They read standard print, in Bengali."} {
			if !strings.Contains(page, says) {
				t.Errorf("the page does not say %q", says)
			}
		}
		r := checkedTestRun(t, m, run{Kind: Child, Way: Post, Template: "child"})
		for i, want := range decisions {
			var x frozenMessage
			if err := d.Read(t.Context(), func(tx *db.Tx) (err error) { x, err = messageAt(tx, r.ID, int64(i+1)); return err }); err != nil {
				t.Fatal(err)
			}
			if c := x.Recipient; c.Format != want.format || c.Language != strings.ToLower(want.language) || x.State != want.state {
				t.Errorf("decision %d: format %q, language %q, %s", i, c.Format, c.Language, x.State)
			}
			if want.state != msgReady {
				continue
			}
			tmpl, err := r.templateFor(&x.Recipient)
			if err != nil || (tmpl.Format == EasyRead) != (want.format == EasyRead) || (tmpl.Format == LargePrint) != (want.format == LargePrint) {
				t.Errorf("decision %d is made by %v: %v", i, tmpl, err)
			}
		}
	})
}
