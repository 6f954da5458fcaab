package notice

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// somebody is a recipient of whom one thing at least is known.
func somebody(random *rand.Rand) Recipient {
	full := *testRecipient(random.IntN(100))
	full.About, full.Email, full.Phone, full.Worker = full.Name, full.Name, full.Name, full.Name
	full.Confirmed, full.Incomplete, full.Services, full.Language, full.Format = true, 2, []string{"housing"}, "cy", LargePrint
	c := Recipient{Reference: "7Q2M-4KXD-0001", Lines: full.Lines}
	some := []func(){func() { c.Person = full.Person }, func() { c.Name = full.Name }, func() { c.About = full.About }, func() { c.Email = full.Email },
		func() { c.Phone = full.Phone }, func() { c.Worker = full.Worker }, func() { c.Kinds = full.Kinds }, func() { c.Services = full.Services },
		func() { c.From = full.From }, func() { c.To = full.To }, func() { c.Items = full.Items }, func() { c.Incomplete = full.Incomplete },
		func() { c.Band = full.Band }, func() { c.Tier = full.Tier }, func() { c.Confirmed = true }, func() { c.Held = full.Held },
		func() { c.Language = full.Language }, func() { c.Format = full.Format }}
	for range 1 + random.IntN(4) {
		some[random.IntN(len(some))]()
	}
	return c
}

// TestNothingFoundGoesToHomes: whatever is known of a recipient, a letter to every
// home says the same as to one of whom nothing is known, and a run to homes makes
// nothing of it at all.
func TestNothingFoundGoesToHomes(t *testing.T) {
	text := testTemplate(t, "general")
	r := run{ID: 1, Kind: General, Way: Post, Wording: *testWording(), Coverage: testCoverage, On: testOn}
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 3))
		c := somebody(random)
		bare := Recipient{Reference: c.Reference, Lines: c.Lines}
		got, err := compose(text, &c, testWording(), testCoverage, testOn)
		if err != nil {
			t.Fatal(err)
		}
		want, err := compose(text, &bare, testWording(), testCoverage, testOn)
		if err != nil {
			t.Fatal(err)
		}
		if got.words() != want.words() || got.Title != want.Title || greet(text, &c) != greet(text, &bare) {
			t.Fatalf("seed %d: a letter to every home says something of somebody", seed)
		}
		if err := r.hold(&frozenMessage{N: 1, Recipient: c}); !errors.Is(err, Misplaced) {
			t.Fatalf("seed %d: a run to every home holds somebody: %v", seed, err)
		}
		if err := r.hold(&frozenMessage{N: 1, Recipient: bare}); err != nil {
			t.Fatal(err)
		}
	}
	r.Kind = Personal
	if err := r.hold(&frozenMessage{N: 1, Recipient: Recipient{Reference: "7Q2M-4KXD-0001"}}); !errors.Is(err, Misplaced) {
		t.Error("a personal run holds a message to nobody")
	}
	r.Kind, r.Way = General, Email
	if err := r.hold(&frozenMessage{N: 1}); !errors.Is(err, Misplaced) {
		t.Error("a letter to every home goes by e-mail")
	}
}

// TestWhatEveryHomeMayRead: whatever a template may print or ask is either of one
// person, and then no letter to every home has it, or stands here.
func TestWhatEveryHomeMayRead(t *testing.T) {
	open := set("council", "date", "reference", "phone", "website", "email", "hours", "check-page", "dpo", "dpo-email", "signatory", "role", "happened", "measures",
		"published", "next", "credit", "services", "unread", "worker-line", "report-fraud", "scams", "rights", "formats", "check")
	for _, all := range []map[string]bool{fields, blocks, conditions} {
		for name := range all {
			if personal[name] == open[name] {
				t.Errorf("may a letter to every home have %q?", name)
			}
		}
	}
}

// TestGeneralTemplates: a template for every home that would say something of one
// person is refused, whatever would be said.
func TestGeneralTemplates(t *testing.T) {
	base := "name: general\nkind: %s\ntitle: News\n\n%s\n"
	for name := range personal {
		for _, body := range []string{"{" + name + "}", "{{" + name + "}}", "- one {" + name + "}", "[if " + name + "]\nyes\n[end]", "[if not " + name + "]\nno\n[end]"} {
			_, err := ParseTemplate(fmt.Sprintf(base, General, body))
			if !errors.Is(err, Misplaced) && !errors.Is(err, UnknownField) {
				t.Errorf("%s: %v", body, err)
			}
		}
		if !fields[name] && !blocks[name] && !conditions[name] {
			t.Errorf("no template has %s", name)
		}
	}
	if _, err := ParseTemplate(fmt.Sprintf(base, General, "{happened}\n\n{{scams}}\n\n[if unread]\n{unread} %\n[end]")); err != nil {
		t.Error(err)
	}
	if _, err := ParseTemplate(fmt.Sprintf(base, Personal, "{{found}}")); err != nil {
		t.Error(err)
	}
}

// TestGeneralLetterSaysWhatItMust holds the letter to every home to the content
// requirements (mission, section 5) that bear on it, word by word and apart from
// the checks that the program itself makes.
func TestGeneralLetterSaysWhatItMust(t *testing.T) {
	text, w := testTemplate(t, "general"), testWording()
	c := Recipient{Reference: "7Q2M-4KXD-0001", Lines: private([]string{occupier, "1 Example Street", "Example Town", "ZE1 0AA"})}
	l, err := renderLetter(text, &c, w, testCoverage, testOn)
	if err != nil {
		t.Fatal(err)
	}
	m, err := compose(text, &c, w, testCoverage, testOn)
	if err != nil {
		t.Fatal(err)
	}
	words := spaced(greet(text, &c) + " " + m.words() + " " + m.Closing + " " + contactText(&speaker{}, w, c.Reference, testOn))
	for requirement, parts := range map[string][]string{
		"1 who, how to reach us": {w.Council, w.Phone, w.Email, w.Hours, "19 January 2026", c.Reference},
		"2 to nobody by name":    {"To the occupier"},
		"3 what happened, sorry": {w.Happened, "We are sorry."},
		"4 what is known":        {"Files of " + w.Services + " were copied", "does not say what we found about anyone", "about 4 % of the files", "we will write to you by name"},
		"5 services go on":       {"services to you"},
		"6 published":            {w.Published},
		"8 measures":             {w.Measures},
		"9 what to do":           {"bank statements", "passwords", "two-step verification"},
		"10 scams":               {"never ask for your password, your PIN or your full bank details", "letters and visits", "report@phishing.gov.uk", "7726", "Report Fraud on 0300 123 2040", "159"},
		"11 Direct Debit":        {"Keep your Direct Debit", "not ask you to pay again by phone"},
		"12 support, safety":     {w.Line, "call 999", "0808 2000 247", "someone learns where you live", "Victim Support", "help with money"},
		"13 is the letter real":  {"Type " + w.CheckPage, "council tax bill"},
		"14 rights":              {"copy of the data", "complain to us", "0303 123 1113", w.DPO},
		"15 next":                {w.Next},
		"16 formats":             {"large print", "Easy Read", "Braille", "audio", "sign language", "Text Relay", "interpreter"},
		"17 signed by a role":    {w.Signatory, w.Role},
	} {
		for _, p := range parts {
			if !strings.Contains(strings.ToLower(words), strings.ToLower(spaced(p))) {
				t.Errorf("%s: %q is not there", requirement, p)
			}
		}
	}
	if l.sides > standardSides || readingAge(m.words()) > mostAge {
		t.Errorf("%d sides, reading age %.1f", l.sides, readingAge(m.words()))
	}
	if n, s := longestSentence(m.words()); n > mostWords {
		t.Errorf("%d words: %s", n, s)
	}
}
