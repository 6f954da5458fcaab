package notice

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
)

// fullReader is somebody of whom a letter has to say all that it can.
func fullReader(x *Template) *Recipient {
	r := testRecipient(1)
	r.Kinds = []reeve.Kind{reeve.KindName, reeve.KindBankAccount, reeve.KindNINO, reeve.KindPassport, reeve.KindHealth}
	r.Tier, r.Incomplete, r.Held, r.Band, r.Confirmed = reeve.TierPossible, 1, "no", reeve.BandHigh, false
	r.Services = []string{"housing", "revenues and benefits"}
	switch x.Kind {
	case General:
		r.Name, r.Kinds, r.Services, r.Lines = reeve.Sensitive{}, nil, nil, private([]string{"The occupier", "1 Example Street", "Example Town", "ZE1 0AA"})
	case Child, Estate:
		r.About = reeve.Private(reeve.KindName, "Młody Brook")
	}
	return r
}

func fullWording() *Wording {
	w := testWording()
	w.Credit = "We pay for a year of credit checks. Call us for the code."
	return w
}

// good gives a letter that meets everything, as the requirements look at it.
func good(t testing.TB, x *Template) *checked {
	t.Helper()
	r, w := fullReader(x), fullWording()
	l, m, err := lay(x, r, w, testCoverage, testOn)
	if err == nil {
		err = l.write()
	}
	if err != nil {
		t.Fatal(err)
	}
	c := &checked{t: x, r: r, w: w, c: testCoverage, on: testOn, text: m.words(), around: around(x, r, w, testOn, m), laid: l}
	if err := c.check(); err != nil {
		t.Fatalf("%s, before it is spoilt: %v\n%s", x, err, c.text)
	}
	return c
}

// without takes a phrase out of a text, whatever its line breaks; it fails where
// the phrase is not.
func without(t testing.TB, text, phrase, put string) string {
	t.Helper()
	var form []string
	for _, w := range strings.Fields(phrase) {
		form = append(form, regexp.QuoteMeta(w))
	}
	re := regexp.MustCompile(strings.Join(form, `\s+`))
	if !re.MatchString(text) {
		t.Fatalf("%q is not in\n%s", phrase, text)
	}
	return re.ReplaceAllLiteralString(text, put)
}

// spoils are ways to break each requirement: words to take out, what to put in
// their place, and whether they stand around the text.
func spoils(c *checked) map[int][][2]string {
	kinds, _ := c.r.sayable()
	means, advice := follow(kinds)
	all := map[int][][2]string{
		3: {{"sorry", "glad"}, {c.w.Happened, "Something happened."}}, 5: {{"services to you", "things"}}, 6: {{c.w.Published, ""}}, 8: {{c.w.Measures, "We did things."}},
		10: {}, 11: {{debitLine, ""}}, 12: {{c.w.Line, ""}, {"999", ""}, {"Victim Support", ""}, {"Samaritans", ""}, {"Domestic Abuse", ""}, {"MoneyHelper", ""}},
		13: {{c.w.CheckPage, "our page"}, {"council tax bill", "bill"}, {c.w.CheckPage, "https://" + c.w.CheckPage}}, 14: {{c.w.DPO, ""}, {c.w.DPOEmail, ""}},
		15: {{c.w.Next, "Wait."}}, 16: {{formatLine, "Call us for other formats."}},
		17: {{c.w.Next, c.w.Next + " " + strings.Repeat("and we go on with it ", 6) + "."}, {c.w.Next, c.w.Next + strings.Repeat(" Notwithstanding contemporaneous investigatory considerations.", 60)}},
	}
	for _, line := range scamLines[:len(scamLines)-1] {
		all[10] = append(all[10], [2]string{line, ""})
	}
	all[10] = append(all[10], [2]string{fraudLine(c.on), ""})
	for _, line := range rightLines {
		all[14] = append(all[14], [2]string{line, ""})
	}
	if !c.t.Kind.named() {
		all[9] = [][2]string{{groups[len(groups)-1].advice[0], ""}}
		return all
	}
	held := heldLine(c.r.Held)
	all[5] = append(all[5], [2]string{held, heldLines[0]}, [2]string{held, heldLines[2]}, [2]string{held, held + "\n" + heldLines[0]})
	all[7] = [][2]string{{means[0], ""}, {means[0], means[0] + "\n" + groups[len(groups)-2].means}}
	all[9] = [][2]string{{advice[0], ""}, {advice[0], advice[len(advice)-1]}}
	all[12] = append(all[12], [2]string{c.w.Credit, ""})
	all[4] = [][2]string{{"not sure", "sure"}, {"could not read every page", "read every page"}, {"check who you are", "tell you"}, {"about 4 %", "about half"},
		{period(c.r.From, c.r.To, &speaker{}), "long ago"}, {origin(c.r, c.w, &speaker{}), "somewhere"}, {held, held + "\n" + noBankLine}}
	for _, line := range foundLines(kinds, c.t.Kind) {
		all[4] = append(all[4], [2]string{"- " + line, ""})
	}
	return all
}

// TestEachRequirementOfEachNotice spoils every template, in standard and in large
// print, in each way that breaks one requirement: that one says so.
func TestEachRequirementOfEachNotice(t *testing.T) {
	for _, x := range builtinTemplates(t) {
		for _, f := range []Format{x.Format, LargePrint} {
			if x.Format == EasyRead && f == LargePrint {
				continue
			}
			form := *x
			form.Format = f
			c := good(t, &form)
			tried := spoilAround(t, c)
			for n, list := range spoils(c) {
				if i := slices.IndexFunc(requirements, func(q requirement) bool { return q.n == n }); slices.Contains(requirements[i].not, x.Kind) {
					continue
				}
				for _, s := range list {
					bad := *c
					bad.text = without(t, c.text, s[0], s[1])
					if err := bad.content(); !errors.Is(err, Unmet) || !strings.Contains(err.Error(), fmt.Sprintf(": %d,", n)) {
						t.Errorf("%s: %q for %q breaks requirement %d: %v", &form, s[1], s[0], n, err)
					}
				}
				tried[n] = len(list) > 0
			}
			for _, q := range requirements {
				if !tried[q.n] && !slices.Contains(q.not, x.Kind) {
					t.Errorf("%s: requirement %d was never broken", &form, q.n)
				}
			}
		}
	}
}

// spoilAround breaks what stands around the text: who writes, to whom, who signs,
// and how the letter lies on its pages.
func spoilAround(t *testing.T, c *checked) map[int]bool {
	t.Helper()
	check := func(n int, bad *checked, what string) {
		t.Helper()
		if err := bad.content(); !errors.Is(err, Unmet) || !strings.Contains(err.Error(), fmt.Sprintf(": %d,", n)) {
			t.Errorf("%s, %s: %v", c.t, what, err)
		}
	}
	gone := map[int][]string{1: {c.w.Council, c.w.Address, c.w.Phone, c.w.Email, c.w.Hours, longDate(c.on), c.r.Reference}, 17: {c.w.Signatory, c.w.Role}}
	if c.t.Kind.named() {
		gone[2] = []string{greet(c.t, c.r)}
		if about := aboutLine(c.t, c.r); about != "" {
			gone[2] = append(gone[2], about)
		}
	}
	for n, list := range gone {
		for _, phrase := range list {
			bad := *c
			bad.around = without(t, c.around, phrase, "")
			check(n, &bad, "without "+phrase)
		}
	}
	bad, l := *c, *c.laid
	bad.laid, l.sides = &l, sidesOf(c.t.Format)+1
	check(18, &bad, "too long")
	l = *c.laid
	l.placed = append(slices.Clone(l.placed), paper.Placed{Page: 1, X: 30, Y: 60, W: 10, H: 3, Text: "health"})
	check(18, &bad, "more in the window")
	return map[int]bool{1: true, 2: len(gone[2]) > 0, 17: true, 18: true}
}

// TestMailIsHeldToTheSame: an e-mail that lacks something does not leave either.
func TestMailIsHeldToTheSame(t *testing.T) {
	for _, x := range builtinTemplates(t) {
		if !x.Kind.named() {
			continue
		}
		subject, text, err := mailText(x, fullReader(x), fullWording(), testCoverage, testOn)
		if err != nil || checkOutside(subject) != nil {
			t.Fatalf("%s: %q, %v", x, subject, err)
		}
		if !has(text, fullWording().Hours, longDate(testOn), "Dear Łucja") || links.MatchString(text) || strings.Contains(text, "http") {
			t.Errorf("%s by e-mail:\n%s", x, text)
		}
		bad, err := ParseTemplate("name: x\nkind: " + string(x.Kind) + "\ntitle: T\n\n" + strings.Replace(x.Body, "{{check}}", "", 1))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := mailText(bad, fullReader(x), fullWording(), testCoverage, testOn); !errors.Is(err, Unmet) || !strings.Contains(err.Error(), ": 13,") {
			t.Errorf("%s without how to check it: %v", x, err)
		}
	}
}
