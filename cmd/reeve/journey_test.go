package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// seat is somebody's browser, signed in to a workspace on a small case.
type seat struct {
	*browser.Tab
	t    *testing.T
	base string
}

func newSeat(t *testing.T) *seat {
	t.Helper()
	if testing.Short() {
		t.Skip("a walk in a browser takes half a minute")
	}
	return seatAt(t, smallCase(t))
}

// seatAt serves a case and signs in as its first administrator.
func seatAt(t *testing.T, dir string) *seat {
	t.Helper()
	s := &seat{browser.Open(t), t, walker(t, dir).Base}
	s.Size(1200, 900)
	s.Go(s.base + "/sign-in")
	s.Submit("main form button", "name", "dana", "password", "copper lantern willow")
	return s
}

// sees holds the page to a text that a person would look for.
func (s *seat) sees(want string) {
	s.t.Helper()
	if text := s.Text("body"); !strings.Contains(text, want) {
		s.t.Errorf("%s does not say %q:\n%.1500s", s.Where(), want, text)
	}
}

// seesNot holds the page to say nothing of a text.
func (s *seat) seesNot(never string) {
	s.t.Helper()
	if strings.Contains(s.Text("body"), never) {
		s.t.Errorf("%s says %q", s.Where(), never)
	}
}

// open unfolds the part of the page under a summary, if it is folded.
func (s *seat) open(details string) {
	s.t.Helper()
	s.Do(chromedp.Evaluate[chromedp.Void]("document.querySelector(" + quoted(details) + ").open = true"))
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `\'`) + "'" }

// TestReviewersJourney: judge by keyboard, take back, look at the evidence, show
// values with a reason, step through a document, stop.
func TestReviewersJourney(t *testing.T) {
	s := newSeat(t)
	s.Go(s.base + "/queue")
	s.Picture("tour-queue")
	first := s.Text("h2")
	s.Press("u")
	s.Do(chromedp.WaitVisible(chromedp.CSS(`button[data-key="z"]`)))
	s.sees("You said last")
	if next := s.Text("h2"); next == first {
		t.Errorf("after a verdict the queue shows %q again", next)
	}
	s.Press("z")
	s.Do(chromedp.WaitNotPresent(chromedp.CSS(`button[data-key="z"]`)))

	s.Go(s.base + "/people")
	s.Picture("tour-people")
	s.Follow("table tbody a[href^='/people/P'], main a[href^='/people/P']")
	person := s.Where()
	s.sees("The evidence")
	hidden := s.Text("h1")
	s.open("details:has(form[action='/reveal'])")
	s.Submit("form[action='/reveal'] button", "reason", "to judge whose data this is")
	if s.Where() != person {
		t.Errorf("after showing values the browser is at %s, not at %s", s.Where(), person)
	}
	if s.Text("h1") == hidden {
		t.Error("values are masked after they were shown with a reason")
	}
	s.Picture("tour-person")

	s.Follow("a[href^='/documents/']")
	s.open("details:has(form[action='/reveal'])")
	s.Submit("form[action='/reveal'] button", "reason", "to judge what this document is")
	s.Press("n")
	s.Do(chromedp.WaitVisible(chromedp.CSS("mark.reeve-here")))
	s.Picture("tour-document")
	s.Size(320, 640)
	s.Picture("tour-document-small")
	s.Size(1200, 900)
	document := s.Where()

	s.Follow("a[href^='/stop?']")
	s.Picture("tour-stop")
	s.Do(chromedp.Click(chromedp.CSS("input[name='why'][value='known']")))
	s.Follow("main form button")
	s.Go(document)
	s.sees("Set aside")
	if marks := browser.Eval[int](s.Tab, "document.querySelectorAll('mark').length"); marks != 0 {
		t.Errorf("a document that was stopped shows %d findings", marks)
	}
}

// TestOfficersJourney: the data protection officer acts on the worst, says since
// when the council was aware, freezes the list with its weak points signed, and
// reads the statement.
func TestOfficersJourney(t *testing.T) {
	s := newSeat(t)
	s.Go(s.base + "/")
	s.Picture("tour-start")
	s.Go(s.base + "/today")
	s.Picture("tour-today")
	s.sees("How it could hurt")
	s.Follow("form[action$='/owner'] button")
	s.sees("Dana Hall")

	s.Go(s.base + "/standing/aware")
	s.Submit("main form button", "day", "2025-11-24", "time", "08:40", "why", "The monitoring service called and the first servers were shut down.")
	s.Go(s.base + "/standing")
	s.Picture("tour-standing")
	s.sees("since the council was aware")
	s.seesNot("historical only")
	s.seesNot("not affected")

	s.Go(s.base + "/versions/freeze")
	s.Do(chromedp.SetValue(chromedp.CSS("#purpose"), "first calls to people in danger"))
	s.Follow("main form button")
	s.sees("There is a problem")
	fill := `document.querySelectorAll("textarea[name^='why-']").forEach(a => { a.value = "The calls cannot wait for it; it is done this week." }), 1`
	browser.Eval[int](s.Tab, fill)
	s.Picture("tour-freeze")
	s.Follow("main form button")
	s.Picture("tour-version")
	s.sees("first calls to people in danger")
	s.sees("The calls cannot wait for it")

	s.Go(s.base + "/statements/list?version=1")
	s.Picture("tour-statement")
	s.sees("The calls cannot wait for it")
	s.Go(s.base + "/record")
	s.Picture("tour-record")
	s.sees("Dana Hall")
}
