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

// neverSentences are forms of what nobody can know, as people write them.
var neverSentences = []string{
	"You are not affected.", "You have not been affected by this.", "You were not directly affected.", "You aren’t affected.", "You're not impacted.", "Residents are unaffected.",
	"Your records were never compromised.", "You weren't involved.", "There is no impact on you.", "No personal data was taken.", "None of your data was copied.", "Nothing about you was found there.",
	"No bank information has been accessed.", "Nothing of yours was there: none of yours.", "Your data is safe.", "Your information remains secure.", "Your details are still safe.", "You are safe.", "You’re all fine.",
	"This is historical data only.", "It is only old data.", "These are just very old files.", "There is no need to worry.", "You do not need to be concerned.", "You don't have to worry.",
	"No cause for alarm.", "Click the link.", "You are not\naffected.",
}

// TestNeverSaidInAnyForm: each is found, with what to say instead, in a template,
// in the wording and in what a council types; what we do say is not.
func TestNeverSaidInAnyForm(t *testing.T) {
	for _, s := range neverSentences {
		if bad, instead := forbids(s); bad == "" || instead == "" {
			t.Errorf("%q passes", s)
		}
		x, err := ParseTemplate("name: personal\nkind: personal\ntitle: T\n\n" + s + "\n" + testTemplate(t, "personal").Body)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := renderLetter(x, testRecipient(1), testWording(), testCoverage, testOn); !errors.Is(err, Forbidden) {
			t.Errorf("%q in a template: %v", s, err)
		}
		w := testWording()
		w.Published += " " + s
		if _, _, err := mailText(testTemplate(t, "personal"), testRecipient(1), w, testCoverage, testOn); !errors.Is(err, Forbidden) {
			t.Errorf("%q in a fact, by e-mail: %v", s, err)
		}
	}
	for _, s := range []string{"We have not found you in the files we have been able to read so far.", "We found no bank details in the files that name you.", "The services to you go on as before.",
		"We no longer have this data.", "It does not say what we found about anyone.", "Call us if it is not safe to write to you."} {
		if bad, _ := forbids(s); bad != "" {
			t.Errorf("%q is refused for %q", s, bad)
		}
	}
}

// TestNothingOfOursSaysIt reads every template, phrase and reason.
func TestNothingOfOursSaysIt(t *testing.T) {
	var all []string
	_, texts, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, texts...)
	for _, x := range builtinTemplates(t) {
		all = append(all, phrasesOf(x, testWording())...)
	}
	for _, s := range reasonWords {
		all = append(all, s)
	}
	for _, s := range all {
		if bad, _ := forbids(s); bad != "" {
			t.Errorf("%q says %q", first(s), bad)
		}
	}
}

// TestWhatACouncilTypesIsHeldToIt: the form refuses what no notice may say, and
// what can be read before one is opened.
func TestWhatACouncilTypesIsHeldToIt(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 1)
	h := webtest.House(t, &webtest.Door{Visitor: &web.Visitor{ID: "u1", Name: "One"}}, New(Deps{DB: d, Guard: &testGuard{}}).Sections()...)
	w := testWording()
	whole := map[string]string{"version": "1", "name": w.Council, "address": w.Address, "phone": w.Phone, "hours": w.Hours, "email": w.Email, "check_page": w.CheckPage, "dpo": w.DPO,
		"dpo_email": w.DPOEmail, "signatory": w.Signatory, "role": w.Role, "worker_line": w.Line, "services": w.Services, "happened": w.Happened, "measures": w.Measures, "published": w.Published, "next": w.Next}
	for _, c := range [][2]string{
		{"happened", "You are not affected. It was on 3 May 2026."}, {"measures", "Your data is safe."}, {"easy_next", "No need to worry."}, {"credit", "Click here."},
		{"published", "It is not public."}, {"happened", "Someone broke in."}, {"check_page", "https://council.example.org/letter"}, {"check_page", "council.example.org/letter?x=1"},
		{"next", strings.Repeat("we go on and on ", 9)}, {"easy_happened", "On a day in the year 2025 somebody who we do not know broke into our computers and copied files."},
		{"address", "Adult Social Care\nPO Box 1\nExample Town\nZE1 0AA"}, {"happened", "On 3 May 2026 somebody copied housing files."}, {"address", "PO Box 1"}, {"next", "See https://example.org."},
		{"measures", "Comprehensive organisational investigatory considerations notwithstanding, directorates endeavour accordingly."}, {"measures", "我们"},
	} {
		form := url.Values{}
		for k, v := range whole {
			form.Set(k, v)
		}
		form.Set(c[0], c[1])
		if _, body := webtest.Post(t, h, "/notices/wording", form, http.StatusUnprocessableEntity); !strings.Contains(body, `id="`+c[0]+`-error"`) {
			t.Errorf("%s: %q is not refused there", c[0], c[1])
		}
	}
	form := url.Values{}
	for k, v := range whole {
		form.Set(k, v)
	}
	form.Set("easy_happened", "Someone copied our files.")
	webtest.Post(t, h, "/notices/wording", form, http.StatusSeeOther)
}

// TestEasyReadHasItsOwnWords where a council wrote them, and the others where it
// did not.
func TestEasyReadHasItsOwnWords(t *testing.T) {
	w := testWording()
	w.Easy.Happened = "Someone copied our files."
	for name, easy := range map[string]bool{"personal": false, "personal-easy-read": true} {
		m, err := compose(testTemplate(t, name), testRecipient(1), w, testCoverage, testOn)
		if err != nil {
			t.Fatal(err)
		}
		if has(m.words(), w.Easy.Happened) != easy || has(m.words(), w.Happened) == easy || !has(m.words(), w.Next) {
			t.Errorf("%s says\n%s", name, m.words())
		}
		if _, err := renderLetter(testTemplate(t, name), testRecipient(1), w, testCoverage, testOn); err != nil {
			t.Error(err)
		}
	}
}

// TestOneIdeaALine: an Easy Read letter never puts two sentences on a line.
func TestOneIdeaALine(t *testing.T) {
	m, err := compose(testTemplate(t, "personal-easy-read"), testRecipient(1), testWording(), testCoverage, testOn)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(m.words()) {
		if n := len(sentences(line)); n > 1 && !strings.HasPrefix(line, "- ") && !strings.Contains(line, "R. Officer") {
			t.Errorf("%d sentences in %q", n, line)
		}
	}
	if got := lineByLine("Ask R. Brook of the council. Then call 7726. Now?"); len(got) != 3 {
		t.Errorf("%q", got)
	}
}

// TestNothingIsNamedBeforeItIsOpened: titles, the first words of an e-mail and
// text messages of every template and form name no data and no service.
func TestNothingIsNamedBeforeItIsOpened(t *testing.T) {
	for _, x := range builtinTemplates(t) {
		if err := checkOutside(x.Title); err != nil {
			t.Errorf("%s: %v", x, err)
		}
		r := fullReader(x)
		r.Phone = reeve.Private(reeve.KindPhone, "07700 900123")
		if p, err := render(Text, x, r, testWording(), testCoverage, testOn); err != nil || p.Subject != "" || strings.Contains(p.Text, "Łucja") {
			t.Errorf("%s as a text message: %v", x, err)
		}
		if !x.Kind.named() || x.Kind == Update { // which first says that we wrote before
			continue
		}
		w := testWording()
		w.Happened = "On 3 May 2026 somebody copied files about your health."
		if _, _, err := mailText(x, r, w, testCoverage, testOn); !errors.Is(err, NamesData) {
			t.Errorf("%s shows what it is about before it is opened: %v", x, err)
		}
	}
	bad, err := ParseTemplate("name: x\nkind: personal\ntitle: About your housing benefit\n\n" + testTemplate(t, "personal").Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := tryTemplate(bad); !errors.Is(err, NamesData) {
		t.Errorf("a title that names data: %v", err)
	}
}

// badFacts is a book in which somebody released what nobody can know.
type badFacts struct{}

func (badFacts) Said(_ *db.Tx, topic string) (string, int64, error) {
	if topic != "letter-next" {
		return "", 0, reeve.NotFound
	}
	return "Residents are unaffected.", 1, nil
}

func (badFacts) Cite(*db.Tx, []int64, int64, string, string) error { return nil }

// TestAFactThatSaysItIsNotFrozen into a hundred thousand letters.
func TestAFactThatSaysItIsNotFrozen(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d, 2)
	m := New(Deps{DB: d, Guard: &testGuard{}, Facts: badFacts{}})
	r := run{Kind: Personal, Way: Post, Template: "personal", List: 1, On: testOn, Text: "x"}
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		if err := addRun(tx, &r); err != nil {
			return err
		}
		return m.freeze(tx, &r, 2)
	})
	if !errors.Is(err, Forbidden) {
		t.Errorf("frozen with %v", err)
	}
}
