package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"github.com/reeve-council/reeve/internal/demo"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// newBookSeat is a seat at a case in which the sample incident is told.
func newBookSeat(t *testing.T) *seat {
	t.Helper()
	if testing.Short() {
		t.Skip("a walk in a browser takes half a minute")
	}
	dir := smallCase(t)
	kase, err := sweep.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := migrate(t.Context(), kase.DB); err != nil {
		t.Fatal(err)
	}
	if err := demo.Incident(t.Context(), kase, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := kase.Close(); err != nil {
		t.Fatal(err)
	}
	return seatAt(t, dir)
}

// invite makes a user with a role and the browser in which they have joined.
func (s *seat) invite(name, role, councils string) *seat {
	s.t.Helper()
	s.Go(s.base + "/staff/new")
	s.Do(chromedp.Click(chromedp.CSS("input[name='role'][value='" + role + "']")))
	s.Submit("main form button", "name", name, "sign_in", role, "councils", councils)
	link := regexp.MustCompile(`http\S+/first\?link=\S+`).FindString(s.Text("main"))
	if link == "" {
		s.t.Fatalf("no link for the one who was invited:\n%s", s.Text("main"))
	}
	other := &seat{browser.Open(s.t), s.t, s.base}
	other.Size(1200, 900)
	other.Go(s.base + link[strings.Index(link, "/first"):])
	code, err := totp.GenerateCode(browser.Eval[string](other.Tab, "document.querySelector('[name=code_secret]').value"), time.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	other.Submit("main form button", "password", "copper lantern willow", "password_again", "copper lantern willow", "code", code)
	return other
}

// TestLeadsPartnersAndAuditorsJourneys: the incident lead finds the book and
// logs a decision; another council's officer sees what is shared and nothing of
// people who are not theirs; the auditor reads the record and may write nothing.
func TestLeadsPartnersAndAuditorsJourneys(t *testing.T) {
	s := newBookSeat(t)
	lead := s.invite("Callum Ferreira", "incident-lead", "")
	for _, p := range []string{"incident", "timeline", "facts", "decisions", "clocks", "councils"} {
		lead.Go(s.base + "/" + p)
		lead.Picture("tour-" + p)
		lead.Accessible()
	}
	lead.Go(s.base + "/facts")
	lead.sees("The Metropolitan Police leads the investigation.")

	partner := s.invite("Wren Abiodun", "partner", "WMC")
	partner.Go(s.base + "/incident")
	partner.sees("Files copied from shared servers")
	partner.Picture("tour-partner")
	partner.Go(s.base + "/people")
	if rows := browser.Eval[int](partner.Tab, "document.querySelectorAll(\"main a[href^='/people/P']\").length"); rows != 0 {
		t.Errorf("the officer of another council sees %d people of this one", rows)
	}

	auditor := s.invite("Imogen Tarrant", "auditor", "")
	auditor.Go(s.base + "/record")
	auditor.sees("Record")
	auditor.Picture("tour-auditor")
	auditor.Go(s.base + "/decisions")
	if forms := browser.Eval[int](auditor.Tab, "document.querySelectorAll('main form[method=post]').length"); forms != 0 {
		t.Errorf("the auditor is offered %d forms that write", forms)
	}
	auditor.Go(s.base + "/staff/new")
	auditor.sees("You may not do this")
}
