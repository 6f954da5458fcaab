package notice

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
)

// echo is a language of our own: the English between two Polish letters. It
// shows what was said through the book and what was not.
func echo(t testing.TB, w *Wording, names ...string) *book {
	t.Helper()
	b := &book{Language: "pl", phrases: map[string]string{}}
	for _, name := range names {
		for _, p := range phrasesOf(testTemplate(t, name), w) {
			b.phrases[p] = "Ę " + p + " ę"
		}
	}
	return b
}

func builtinTemplates(t testing.TB) []*Template {
	t.Helper()
	all, _, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestEveryTemplateInAnotherLanguage: what a reader gets is said through the
// book, to the last line, and meets what the English meets.
func TestEveryTemplateInAnotherLanguage(t *testing.T) {
	w := testWording()
	for _, x := range builtinTemplates(t) {
		if !x.Kind.named() {
			continue
		}
		b := echo(t, w, x.Name)
		read, err := parseBook("pl", b.sheet(phrasesOf(x, w)))
		if err != nil || len(read.phrases) != len(b.phrases) {
			t.Fatalf("%s: %d phrases of %d after writing and reading: %v", x.Name, len(read.phrases), len(b.phrases), err)
		}
		said, err := read.translate(x, w, Post)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range everybody() {
			said.Format = x.Format
			if _, err := renderLetter(said, r, w, testCoverage, testOn); err != nil {
				t.Fatalf("%s, %v: %v", x.Name, r.Kinds, err)
			}
			m, err := compose(said, r, w, testCoverage, testOn)
			if err != nil {
				t.Fatal(err)
			}
			if line := unsaid(m.Blocks); line != "" && x.Format != EasyRead {
				t.Fatalf("%s: %q is English", x.Name, line)
			}
			if !strings.HasPrefix(greet(said, r), "Ę Dear Łucja") {
				t.Fatalf("greets with %q", greet(said, r))
			}
		}
	}
}

// unsaid gives a line that did not go through the book. What is a field alone
// was said when the field was filled.
func unsaid(blocks []paper.Block) string {
	for _, x := range blocks {
		var lines []string
		switch x := x.(type) {
		case paper.Heading:
			lines = []string{x.Text}
		case paper.Paragraph:
			lines = []string{x.Text}
		case paper.List:
			lines = x.Items
		}
		for _, l := range lines {
			if !strings.HasPrefix(l, "Ę ") {
				return l
			}
		}
	}
	return ""
}

// TestTranslationsKeepWhatCounts: a translation that lost or made up a field, a
// number or an address is refused.
func TestTranslationsKeepWhatCounts(t *testing.T) {
	for _, c := range []struct {
		english, other string
		ok             bool
	}{
		{"Call {worker-line} now.", "Zadzwoń: {worker-line}.", true},
		{"Call {worker-line} now.", "Zadzwoń teraz.", false},
		{"Call {worker-line} now.", "Zadzwoń: {phone}.", false},
		{"In danger call 999.", "W razie zagrożenia: 999.", true},
		{"In danger call 999.", "W razie zagrożenia: 99.", false},
		{"In danger call 999.", "في خطر اتصل ٩٩٩", false},
		{"In danger call 999.", "في خطر اتصل 999", true},
		{"Forward it to report@phishing.gov.uk.", "Prześlij na report@phishing.gov.uk.", true},
		{"Forward it to report@phishing.gov.uk.", "Prześlij na raport@phishing.gov.uk.", false},
		{"We are sorry.", "Przepraszamy, zob. example.org/x.", false},
		{"On 24 November 2025 it began.", "Zaczęło się 24 listopada 2025.", true},
		{"On 24 November 2025 it began.", "Zaczęło się 25 listopada 2024.", false},
	} {
		_, err := parseBook("pl", "> "+c.english+"\n"+c.other+"\n")
		if (err == nil) != c.ok || err != nil && !errors.Is(err, Unmet) {
			t.Errorf("%q for %q: %v", c.other, c.english, err)
		}
	}
	for _, broken := range []string{"Co się stało\n", "> a b\nx\n\n> a b\ny\n", strings.Repeat("x", mostBook+1)} {
		if _, err := parseBook("pl", broken); !errors.Is(err, BrokenTemplate) {
			t.Errorf("%.20q: %v", broken, err)
		}
	}
}

// TestATranslationFallsAwayWithItsEnglish: nothing leaves half in one language,
// and nothing says what the English does not say any more.
func TestATranslationFallsAwayWithItsEnglish(t *testing.T) {
	w, x := testWording(), testTemplate(t, "personal")
	b := echo(t, w, "personal")
	if _, err := b.translate(x, w, Post); err != nil {
		t.Fatal(err)
	}
	news := *w
	news.Next = "We will write again in April 2026."
	if _, err := b.translate(x, &news, Post); !errors.Is(err, NoForm) {
		t.Errorf("a wording that nobody translated: %v", err)
	}
	if lacks := b.lacks(x, &news); !slices.Equal(lacks, []string{news.Next}) {
		t.Errorf("lacks %q", lacks)
	}
	for _, phrase := range []string{x.Title, heldLines[1], words[reeve.KindReligion], textLine, scamLines[0]} {
		kept := b.phrases[phrase]
		delete(b.phrases, phrase)
		if _, err := b.translate(x, w, Post); kept == "" || !errors.Is(err, NoForm) {
			t.Errorf("without %q: %v", phrase, err)
		}
		b.phrases[phrase] = kept
	}
}

// TestScriptsThatCannotBePrinted are refused by name on paper, and leave by
// e-mail.
func TestScriptsThatCannotBePrinted(t *testing.T) {
	w, x := testWording(), testTemplate(t, "personal")
	for script, c := range map[string]struct {
		word    string
		printed bool
	}{
		"Polish": {"Ż", true}, "Greek": {"Ω", true}, "Ukrainian": {"Ї", true}, "Welsh": {"ŵ", true}, "Vietnamese": {"ễ", true}, "Arabic": {"خطر", false}, "Urdu": {"خطرہ", false},
		"Bengali": {"বিপদ", false}, "Panjabi": {"ਖ਼ਤਰਾ", false}, "Chinese": {"危险", false}, "Hebrew": {"סכנה", false}, "Tigrinya": {"ሓደጋ", false},
	} {
		b := echo(t, w, "personal")
		for p := range b.phrases {
			b.phrases[p] = c.word + " " + p
		}
		_, err := b.translate(x, w, Post)
		if c.printed != (err == nil) || err != nil && !errors.Is(err, Unprintable) {
			t.Errorf("%s on paper: %v", script, err)
		}
		said, err := b.translate(x, w, Email)
		if err != nil {
			t.Fatalf("%s by e-mail: %v", script, err)
		}
		if _, text, err := mailText(said, testRecipient(1), w, testCoverage, testOn); err != nil || !strings.Contains(text, c.word) {
			t.Errorf("%s by e-mail: %v", script, err)
		}
	}
	r := testRecipient(1)
	r.Name = reeve.Private(reeve.KindName, "王芳")
	if _, err := renderLetter(x, r, w, testCoverage, testOn); !errors.Is(err, Unprintable) || strings.Contains(err.Error(), "王") {
		t.Errorf("a name that cannot be printed: %v", err)
	}
}

func FuzzBook(f *testing.F) {
	f.Add("> We are sorry.\nPrzepraszamy.\n\n> {next}\n{next}\n")
	f.Add(">\n>\nx\n")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := parseBook("pl", s)
		if err != nil {
			if !errors.Is(err, reeve.Invalid) {
				t.Fatal(err)
			}
			return
		}
		var phrases []string
		for p := range b.phrases {
			phrases = append(phrases, p)
		}
		again, err := parseBook("pl", b.sheet(phrases))
		if err != nil || len(again.phrases) != len(b.phrases) {
			t.Fatalf("%q: %v", b.sheet(phrases), err)
		}
	})
}
