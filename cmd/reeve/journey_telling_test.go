package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/demo"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// TestTellingJourneys walks the ways of those who tell people and of those who
// are told, in one council that is being served: what one does, the next meets.
func TestTellingJourneys(t *testing.T) {
	if testing.Short() {
		t.Skip("walks in a browser take a minute")
	}
	dir, known := tellingCase(t)
	out, _, _ := serving(t, "--case", dir, "--addr", "127.0.0.1:0")
	w, err := webtest.First(firstLink.FindString(out.String()))
	if err != nil {
		t.Fatal(err)
	}
	public := regexp.MustCompile(`public site is at (\S+)`).FindStringSubmatch(out.String())
	if public == nil {
		t.Fatalf("it does not say where the public site is: %s", out)
	}
	s := &seat{browser.Open(t), t, w.Base}
	s.Size(1200, 900)
	s.Go(s.base + "/sign-in")
	s.Submit("main form button", "name", "dana", "password", "copper lantern willow")
	resident := &seat{browser.Open(t), t, public[1]}
	s.walksRound(known)
	s.officerTells(resident)
	resident.residentAsks(known)
	s.agentAnswers(known).callsThem(known)
}

// tellingFacts is what the journeys know of the case: somebody who was told by
// letter, and somebody who is sealed.
type tellingFacts struct {
	reference, name, born, postcode        string
	sealedName, sealedBorn, sealedPostcode string
}

// tellingCase is a small council with the sample incident and its public site.
func tellingCase(t *testing.T) (dir string, known tellingFacts) {
	t.Helper()
	dir = smallCase(t)
	kase, err := sweep.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer kase.Close()
	for _, step := range []func() error{
		func() error { return migrate(t.Context(), kase.DB) },
		func() error { return demo.Incident(t.Context(), kase, time.Now()) },
		func() error { return demo.Public(t.Context(), kase) },
		func() error { return kase.DB.Read(t.Context(), known.read) },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	return dir, known
}

func (k *tellingFacts) read(tx *db.Tx) error {
	err := tx.One([]any{&k.reference, &k.name, &k.born, &k.postcode}, `SELECT m.reference, p.name, p.born, p.postcode FROM notice_message m JOIN case_people p ON p.id = m.person
		WHERE m.state = 'left' AND m.outcome = 'arrived' AND m.n > 0 ORDER BY m.n LIMIT 1`)
	if err != nil {
		return err
	}
	return tx.One([]any{&k.sealedName, &k.sealedBorn, &k.sealedPostcode}, "SELECT name, born, postcode FROM case_people WHERE sealed = 1 AND born <> '' AND postcode <> '' ORDER BY id LIMIT 1")
}

// fits holds the page to axe on a wide screen, on the smallest one, and at 400 %
// of a screen of 1,280 pixels; then it is wide again.
func (s *seat) fits() {
	s.t.Helper()
	for _, size := range [][2]int64{{320, 640}, {320, 256}, {1200, 900}} {
		s.Size(size[0], size[1])
		s.Accessible()
	}
}

// until loads the page again until it says something: jobs do the work, and the
// public site is built anew every few seconds. The browser may have kept the page.
func (s *seat) until(path, want string) {
	s.t.Helper()
	for n := range 60 {
		s.Go(fmt.Sprintf("%s%s?look=%d", s.base, path, n))
		if strings.Contains(s.Text("body"), want) {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	s.sees(want)
}

// officerTells: a communications officer sets a run up and freezes it, but signs
// nothing and sees no value; two others look at ten letters and sign; it is sent.
// Then she writes an update, which somebody else releases, and lets the public
// know of a scam that somebody else wrote down.
func (s *seat) officerTells(public *seat) {
	officer := s.invite("Lettice Marchbanks", "communications", "")
	officer.Go(s.base + "/notices")
	officer.Picture("tour-notices")
	officer.fits()
	officer.sees("Letters to people at higher risk")
	run := officer.setsUp()
	officer.seesNot("Sign\n")

	legal := s.invite("Ambrose Quill-Daley", "legal", "")
	s.Go(s.base + run + "/letters")
	s.open("details:has(form[action='/reveal'])")
	s.Submit("form[action='/reveal'] button", "reason", "to compare ten letters with what stands behind them")
	s.Picture("tour-letters")
	s.fits()
	for _, who := range []*seat{s, legal} {
		who.Go(s.base + run)
		who.Do(chromedp.Click(chromedp.CSS("#read")))
		who.Follow("form[action$='/sign'] button")
	}
	s.Go(s.base + run)
	s.Follow("form[action$='/test'] button")
	s.until(run, "test letters left")
	s.Follow("form[action$='/start'] button")
	s.until(run, "sent")
	s.Picture("tour-run-sent")
	officer.refusedLetter()
	officer.writes(s, public)
}

// setsUp makes a run in the browser and freezes it.
func (s *seat) setsUp() (run string) {
	s.Go(s.base + "/notices/new")
	s.Picture("tour-notice-new")
	s.fits()
	s.Submit("main form button", "title", "Second letters", "list", "1", "template", "personal", "way", "post", "channel", "practice")
	run = strings.TrimPrefix(s.Where(), s.base)
	s.Follow("form[action$='/freeze'] button")
	s.until(run, "waits for signatures")
	s.sees("nobody has assessed how to contact them safely")
	s.Picture("tour-before-we-send")
	s.fits()
	s.Go(s.base + run + "/letters")
	s.sees("What stands behind it")
	return run
}

// refusedLetter is a letter of the run before that was refused as it left: the
// officer sees that, and why, and not who.
func (s *seat) refusedLetter() {
	s.Go(s.base + "/notices/runs/1")
	s.sees("on hold: contact could put them at risk")
	s.sees("came back")
	s.Shot("tour-refused-letter")
	s.Go(s.base + "/notices/delivery")
	s.Picture("tour-delivery")
	s.fits()
}

// writes: a text of the public site, which another releases, and a scam that
// another wrote down.
func (s *seat) writes(other, public *seat) {
	s.Go(s.base + "/public")
	s.Follow("main a.govuk-button")
	s.Submit("main form button", "title", "We have begun to write to people", "body", "Letters are on their way to people whom we may safely write to. Each letter has a reference that you can [check](/check-a-letter).", "note", "The first letters.")
	draft := s.Where()
	s.sees("somebody else must release it")
	other.Go(draft)
	other.Follow(`form[action$="/release"] button`)
	s.Go(s.base + "/scams/groups/2")
	s.sees("A second person has to read it")
	s.Picture("tour-scam-group")
	s.fits()
	s.Follow(`form[action$="/approve"] button`)
	s.sees("Published")
	public.until("/scams", "Text about compensation for the leak")
	public.until("/updates", "We have begun to write to people")
}

// callsThem: an agent takes the next call of the list, which names one person for
// as long as the call lasts; what was found is shown once it was checked who is
// on the line; after the outcome nothing of it is left, and no list was ever
// theirs to see.
func (s *seat) callsThem(known tellingFacts) {
	s.Go(s.base + "/telling")
	s.fits()
	s.Follow(`form[action="/telling/call/next"] button`)
	s.sees("The call is yours")
	s.seesNot("What we found about you")
	who := s.Text(".govuk-summary-list")
	if !telephone.MatchString(who) || strings.Contains(who, known.sealedName) {
		s.t.Errorf("the call shows no number, or somebody sealed:\n%s", who)
	}
	s.fits()
	s.Follow(`form[action="/telling/call/verified"] button`)
	s.sees("Choose how you checked who it is")
	s.ticks("how-0")
	s.Submit(`form[action="/telling/call/verified"] button`, "born", "1900-01-01")
	s.sees("it could not be checked who it was")
	s.ticks("how-1") // called back through the switchboard
	s.Follow(`form[action="/telling/call/verified"] button`)
	s.sees("What we found about you")
	s.Picture("tour-call-out")
	s.fits()
	s.ticks("outcome-0")
	s.Follow(`form[action="/telling/call/outcome"] button`)
	s.sees("Kept as told")
	s.Go(s.base + "/telling/call")
	s.sees("You have no call now")
	for _, no := range []string{"/notices", "/notices/hand", "/notices/delivery", "/notices/runs/1/letters"} {
		s.Go(s.base + no)
		s.sees("You may not do this")
	}
}

var telephone = regexp.MustCompile(`(\+44|0)[0-9 ]{9,12}`)

// ticks chooses what has an id.
func (s *seat) ticks(id string) {
	s.t.Helper()
	if !browser.Eval[bool](s.Tab, `(e => { e.click(); return e.checked })(document.getElementById("`+id+`"))`) {
		s.t.Fatalf("%s: %s cannot be chosen", s.Where(), id)
	}
}

// walksRound: a delivery officer takes the next round, sees whose letters these
// are and where they live, and says what came of one.
func (s *seat) walksRound(known tellingFacts) {
	walker := s.invite("Idris Pembroke", "delivery", "")
	walker.Go(s.base + "/telling")
	walker.Follow(`form[action="/telling/round/next"] button`)
	walker.sees("is yours")
	walker.seesNot(known.sealedName)
	walker.seesNot("National Insurance")
	walker.fits()
	walker.ticks("outcome-1")
	walker.Follow(`form[action="/telling/round/outcome"] button`)
	walker.sees("Kept")
}
