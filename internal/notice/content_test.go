package notice

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// everybody are recipients that differ in all that a letter looks at.
func everybody() []*Recipient {
	var all []*Recipient
	for _, kinds := range [][]reeve.Kind{{reeve.KindName}, {reeve.KindBankAccount, reeve.KindName}, {reeve.KindHealth, reeve.KindNINO}, reeve.Kinds(), {"school_meal_ref"}} {
		for _, confirmed := range []bool{true, false} {
			for _, incomplete := range []int64{0, 2} {
				r := testRecipient(len(all))
				r.Kinds, r.Confirmed, r.Incomplete = kinds, confirmed, incomplete
				if len(all)%3 == 0 {
					r.Tier, r.Held, r.From = reeve.TierPossible, "", reeve.Date{}
				}
				if len(all)%4 == 0 {
					r.Band = reeve.BandHigh
				}
				all = append(all, r)
			}
		}
	}
	return all
}

// TestEveryTemplateMeetsTheRequirements renders every template for recipients
// that differ, and holds each letter to the eighteen requirements.
func TestEveryTemplateMeetsTheRequirements(t *testing.T) {
	all, _, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		for _, r := range everybody() {
			if x.Kind == General {
				r.Name, r.Lines = reeve.Sensitive{}, private([]string{"The occupier", "1 Example Street", "Example Town", "ZE1 0AA"})
			}
			if x.Kind == Child {
				r.About = reeve.Private(reeve.KindName, "Młody Brook")
			}
			if _, err := renderLetter(x, r, testWording(), testCoverage, testOn); err != nil {
				l, m, _ := lay(x, r, testWording(), testCoverage, testOn)
				if m == nil {
					t.Fatalf("%s, %v: %v", x.Name, r.Kinds, err)
				}
				_ = l.write()
				n, s := longestSentence(m.words())
				t.Fatalf("%s, %v: %v\nsides %d, reading age %.1f, longest %d: %s\n%s", x.Name, r.Kinds, err, l.sides, readingAge(m.words()), n, s, m.words())
			}
		}
	}
}

// TestRequirementsBite spoils a letter in one way at a time: the requirement that
// it breaks must say so, and no other kind of fault may.
func TestRequirementsBite(t *testing.T) {
	cut := func(old, new string) func(string) string {
		return func(s string) string { return strings.ReplaceAll(s, old, new) }
	}
	body := func(t *Template) string { return t.Body }
	for n, spoil := range map[string]func(string) string{
		"3,": cut("We are sorry.", ""), "4,": cut("{{found}}", ""), "5,": cut("The copying did not change any services to you.", ""),
		"6,": cut("{published}", "We know nothing."), "7,": cut("{{consequences}}", ""), "8,": cut("{measures}", "We did things."), "9,": cut("{{advice}}", ""),
		"10,": cut("{{scams}}", "- Keep your Direct Debit"), "11,": cut("{{scams}}", "- "+strings.Join(scamLines[:len(scamLines)-1], "\n- ")+"\n- "+fraudLine(testOn)),
		"12,": cut("{worker-line}", "us"), "13,": cut("{{check}}", ""), "14,": cut("{{rights}}", ""), "15,": cut("{next}", "Wait."), "16,": cut("{{formats}}", ""),
		"17,": cut("## What we have done", "Notwithstanding the aforementioned circumstances, the organisation's constituent directorates are endeavouring to comprehensively investigate, remediate and subsequently communicate all pertinent developments to individuals potentially implicated by any or all of the matters hereinbefore described.\n\n## What we have done"),
	} {
		x := *testTemplate(t, "personal")
		text := spoil(body(&x))
		if text == x.Body {
			t.Fatalf("requirement %s: nothing was spoilt", n)
		}
		bad, err := ParseTemplate("name: personal\nkind: personal\ntitle: T\n\n" + text)
		if err != nil {
			t.Fatal(err)
		}
		_, err = renderLetter(bad, testRecipient(1), testWording(), testCoverage, testOn)
		if !errors.Is(err, Unmet) || !strings.Contains(err.Error(), ": "+n) {
			t.Errorf("requirement %s: %v", n, err)
		}
	}
}

func TestNeverSaid(t *testing.T) {
	for _, s := range []string{"You are not affected.", "You have not been affected", "This is historic data only", "Click the link", "Your data is safe"} {
		bad, err := ParseTemplate("name: personal\nkind: personal\ntitle: T\n\n" + s + "\n" + testTemplate(t, "personal").Body)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := renderLetter(bad, testRecipient(1), testWording(), testCoverage, testOn); !errors.Is(err, Forbidden) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestBankDetailsAreDeniedOnlyWhenAllWasRead(t *testing.T) {
	r := testRecipient(1)
	r.Kinds = []reeve.Kind{reeve.KindName}
	says := func() bool {
		m, err := compose(testTemplate(t, "personal"), r, testWording(), testCoverage, testOn)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(m.words(), "no bank details")
	}
	if !says() {
		t.Error("all was read and no bank details found: the letter does not say so")
	}
	r.Incomplete = 1
	if says() {
		t.Error("bank details are denied though an item was not fully read")
	}
	r.Incomplete, r.Items = 0, 0
	if says() {
		t.Error("bank details are denied though nothing was counted")
	}
}

// TestBeforeAVerdict: nothing but plain data types, and an offer of the rest.
func TestBeforeAVerdict(t *testing.T) {
	for _, k := range reeve.Kinds() {
		r := testRecipient(1)
		r.Kinds, r.Confirmed = []reeve.Kind{reeve.KindName, k}, false
		plain := slices.Contains(plainCategories, k.Category()) && k != reeve.KindDeath && k != reeve.KindPNCID
		m, err := compose(testTemplate(t, "personal"), r, testWording(), testCoverage, testOn)
		if err != nil {
			t.Fatal(err)
		}
		if says := strings.Contains(m.words(), words[k]); says != plain {
			t.Errorf("%s: said %v, want %v", k, says, plain)
		}
		if offers := strings.Contains(m.words(), "check who you are"); offers == plain {
			t.Errorf("%s: offered %v", k, offers)
		}
		r.Confirmed = true
		if m, _ = compose(testTemplate(t, "personal"), r, testWording(), testCoverage, testOn); !strings.Contains(m.words(), words[k]) {
			t.Errorf("%s is not said after a verdict", k)
		}
	}
}

func TestUnreadShare(t *testing.T) {
	for _, c := range []struct {
		unread, total, want int64
	}{{0, 100, 0}, {1, 1_000_000, 1}, {4, 100, 4}, {999_999, 1_000_000, 99}, {5, 0, 0}} {
		if got := (Coverage{c.unread, c.total}).Share(); got != c.want {
			t.Errorf("%d of %d: %d %%, want %d", c.unread, c.total, got, c.want)
		}
	}
}

func TestFraudLineHasItsDate(t *testing.T) {
	if s := fraudLine(reeve.Date{Year: 2025, Month: 12, Day: 3}); !strings.Contains(s, "Action Fraud") {
		t.Error(s)
	}
	if s := fraudLine(reportFraudFrom); !strings.Contains(s, "Report Fraud") {
		t.Error(s)
	}
}

func TestMissingWordingIsRefused(t *testing.T) {
	for name, empty := range map[string]func(*Wording){"happened": func(w *Wording) { w.Happened = "" }, "next": func(w *Wording) { w.Next = " " }, "dpo": func(w *Wording) { w.DPO = "" }} {
		w := testWording()
		empty(w)
		if _, err := renderLetter(testTemplate(t, "personal"), testRecipient(1), w, testCoverage, testOn); !errors.Is(err, MissingField) || !errors.Is(err, reeve.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBrokenTemplates(t *testing.T) {
	head := "name: x\nkind: personal\ntitle: T\n\n"
	for text, want := range map[string]Fault{
		head + "{nothing}": UnknownField, head + "{{nothing}}": UnknownField, head + "[if rain]\nx\n[end]": UnknownField, head + "[if bank]\nx": BrokenTemplate,
		head + "[end]": BrokenTemplate, head + "a } b": BrokenTemplate, head + "a { b": BrokenTemplate, head + "{{found": BrokenTemplate, "x": BrokenTemplate,
		"name: x\n\ny": BrokenTemplate, "colour: x\n\ny": BrokenTemplate, head + strings.Repeat("x", mostTemplate): BrokenTemplate,
	} {
		if _, err := ParseTemplate(text); !errors.Is(err, want) {
			t.Errorf("%.60q: %v, want %s", text, err, want)
		}
	}
}

func FuzzTemplate(f *testing.F) {
	_, texts, err := builtin()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range texts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x, err := ParseTemplate(s)
		if err != nil {
			if !errors.Is(err, reeve.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if _, err := compose(x, testRecipient(1), testWording(), testCoverage, testOn); err != nil && !errors.Is(err, MissingField) {
			t.Fatal(err)
		}
	})
}

func TestNothingIsNamedOutside(t *testing.T) {
	for _, r := range everybody() {
		r.Phone = reeve.Private(reeve.KindPhone, "07700 900123")
		p, err := render(Text, testTemplate(t, "personal"), r, testWording(), testCoverage, testOn)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Text) > 306 {
			t.Errorf("a text message of %d characters", len(p.Text))
		}
	}
	for _, s := range []string{"about your National Insurance number", "your health", "Housing files"} {
		if checkOutside(s) == nil {
			t.Errorf("%q passed", s)
		}
	}
	if err := checkOutside(testTemplate(t, "personal").Title); err != nil {
		t.Error(err)
	}
}
