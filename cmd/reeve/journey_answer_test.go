package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/chromedp/chromedp"

	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// reached presses the tab key until a field has the focus.
func (s *seat) reached(name string) {
	s.t.Helper()
	for range 80 {
		s.Press("\t")
		if browser.Eval[string](s.Tab, `document.activeElement.name || document.activeElement.textContent || ""`) == name {
			return
		}
	}
	s.t.Fatalf("%s: %q is not reached with the tab key", s.Where(), name)
}

// calls fills in the form for a caller with the keyboard alone.
func (s *seat) calls(letter, name, born, postcode string) (said string) {
	s.t.Helper()
	s.Go(s.base + "/calls")
	for _, f := range [][2]string{{"letter", letter}, {"name", name}, {"born", born}, {"postcode", postcode}} {
		s.reached(f[0])
		s.Press(f[1])
	}
	s.reached("Show what I may say")
	s.Press("\r")
	s.Do(chromedp.WaitVisible(chromedp.CSS("#say")))
	return s.Text("section:has(#say)")
}

// agentAnswers: the most vulnerable first; a caller is checked with the keyboard
// alone; whoever is not sure to be who they say, and a sealed person, hear the
// same words; one with the letter hears that, and no more than plain kinds; what
// they ask is taken down and found again by its reference.
func (s *seat) agentAnswers(known tellingFacts) (agent *seat) {
	agent = s.invite("Perpetua Holloway", "contact-centre", "")
	agent.Go(s.base + "/enquiries")
	agent.Shot("tour-enquiries")
	agent.fits()
	if first := agent.Text("table tbody tr"); !strings.Contains(first, "needs extra help") {
		agent.t.Errorf("the first of the queue is %q, not somebody who needs extra help", first)
	}
	agent.Follow(`form[action="/enquiries/next"] button`)
	agent.sees("You have this enquiry now")
	agent.Picture("tour-enquiry")
	agent.fits()

	stranger := agent.calls("", "Nobody Atall", "1 January 1970", "NV5 3EA")
	agent.fits()
	sealed := agent.calls("", known.sealedName, known.sealedBorn, known.sealedPostcode)
	facts := agent.calls("", known.name, known.born, known.postcode)
	if sealed != stranger || facts != stranger {
		agent.t.Errorf("a stranger, a sealed person and one who knows what was copied hear different words:\n%s\n%s\n%s", stranger, sealed, facts)
	}
	if wrong := agent.calls(known.reference, known.sealedName, known.sealedBorn, known.sealedPostcode); strings.Contains(wrong, "Some of your details") {
		agent.t.Errorf("with somebody else's letter: %s", wrong)
	}
	told := agent.calls(known.reference, known.name, known.born, known.postcode)
	if !strings.Contains(told, "Some of your details were in the copied files") {
		agent.t.Errorf("the one with the letter hears %s", told)
	}
	for _, never := range []string{"health", "disab", "social", "benefit", "immigration", "religio", known.postcode} {
		if strings.Contains(strings.ToLower(told), strings.ToLower(never)) {
			agent.t.Errorf("the caller hears %q:\n%s", never, told)
		}
	}
	agent.Picture("tour-call")
	agent.takesDown()
	return agent
}

// takesDown keeps what the caller asks, and finds it again by its reference.
func (s *seat) takesDown() {
	s.Follow(`form[action="/enquiries/new"] button`)
	s.fits()
	for _, choose := range []string{"input[name='kind'][value='question']", "input[name='topic'][value='letter']"} {
		s.Do(chromedp.Click(chromedp.CSS(choose)))
	}
	s.Submit(`form[action="/enquiries/new"] button`, "words", "What does the word register mean in the letter?")
	reference := printedReference.FindString(s.Text("body"))
	if reference == "" {
		s.t.Fatalf("no reference for the caller:\n%.1000s", s.Text("main"))
	}
	s.Go(s.base + "/enquiries")
	s.Submit(`form[action="/enquiries/find"] button`, "reference", strings.ToLower(reference))
	s.sees("A letter that I got")
	s.seesNot("What does the word register mean") // the words are for whoever takes it
	s.Follow(`form[action$="/take"] button`)
	s.sees("What does the word register mean")
	for _, no := range []string{"/people", "/today", "/notices/new"} {
		s.Go(s.base + no)
		s.sees("You may not do this")
	}
}

var printedReference = regexp.MustCompile(`[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}`)

// residentAsks: on a small screen and without JavaScript, somebody asks, follows
// it, reports a scam with the mail itself, checks a letter, and leaves the page
// that must not be seen.
func (s *seat) residentAsks(known tellingFacts) {
	s.Size(320, 640)
	s.plain("/")
	s.Picture("tour-resident-small")
	s.plain("/ask")
	s.Do(chromedp.Click(chromedp.CSS("#kind-0")), chromedp.Click(chromedp.CSS("#topic-0")))
	s.Submit("main form button", "words", "Is my name in the files? I have moved twice.")
	reference := printedReference.FindString(s.Text("main"))
	s.Picture("tour-resident-reference")
	s.plain("/track")
	s.Submit("main form button", "reference", reference)
	s.sees("We have it.")
	s.seesNot("moved twice")

	s.reportsScam()
	s.plain("/check-a-letter")
	s.Submit("main form button", "reference", strings.ToLower(known.reference))
	s.sees("Yes. We sent a letter")
	s.seesNot(known.name)
	s.Picture("tour-resident-letter")
	s.plain("/check-a-letter")
	s.Submit("main form button", "reference", "QQQQ-WWWW-ZZZZ")
	s.seesNot("Yes. We sent")
	s.plain("/protect-yourself/at-risk")
	s.Picture("tour-exit")
	if to := browser.Eval[string](s.Tab, `document.querySelector(".site-exit a").href`); strings.HasPrefix(to, s.base) {
		s.t.Errorf("the way out leads to %s, which is this site", to)
	}
	if n := browser.Eval[int](s.Tab, `document.cookie.length + performance.getEntriesByType("resource").filter(r => !r.name.startsWith(location.origin)).length`); n != 0 {
		s.t.Errorf("%d signs of cookies or of things loaded from elsewhere", n)
	}
}

// plain loads a page without JavaScript, after it was held to axe with it.
func (s *seat) plain(path string) {
	s.t.Helper()
	s.Script(true)
	s.Go(s.base + path)
	s.Accessible()
	s.Script(false)
	s.Go(s.base + path)
}

// reportsScam sends a false mail as a file.
func (s *seat) reportsScam() {
	file := filepath.Join(s.t.TempDir(), "forwarded.eml")
	mail := "From: \"Norvale Council\" <pay@norvale-help.example>\r\nTo: me@example.org\r\nSubject: Pay now\r\n\r\nYour data was found. Pay at https://norvale-help.example/pay within one day or it is shown.\r\n"
	if err := os.WriteFile(file, []byte(mail), 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.plain("/report-a-scam")
	s.Picture("tour-resident-scam")
	s.Do(chromedp.Click(chromedp.CSS("#way-0")), chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	s.Submit("main form button", "words", "It knows my old address.")
	s.sees("Thank you for telling us")
	s.sees("report@phishing.gov.uk")
}
