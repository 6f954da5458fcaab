package detect

import (
	"errors"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

const libraryCards = `# our own
[library-card]
kind    = library_card
label   = your library card number
near    = library card, borrower
pattern = \bLIB-\d{6}[A-Z]?\b
hit     = Library card LIB-004217
miss    = LIB-0042 is a shelf
`

func TestCustom(t *testing.T) {
	own, err := ReadCustom(strings.NewReader(libraryCards))
	if err != nil {
		t.Fatal(err)
	}
	set := must(New(own))
	d := set.Open(lex.Compile(testRecords(), set.Words()))
	found := d.Block(0, &reeve.Block{Text: "Amara Okafor, library card LIB-004217.\n\nShelf LIB-999999 is empty."})
	var got []string
	for _, f := range found {
		if f.Kind == "library_card" {
			got = append(got, f.Value.Reveal()+"/"+f.Confidence.String())
		}
	}
	if strings.Join(got, " ") != "LIB-004217/B LIB-999999/C" {
		t.Errorf("found %v", got)
	}
	if got := set.Label("library_card"); got != "your library card number" {
		t.Errorf("label %q", got)
	}
	if set.Fingerprint() == testSet().Fingerprint() {
		t.Error("a detector of our own leaves the fingerprint as it was")
	}
}

func TestCustomRefused(t *testing.T) {
	for why, file := range map[string]string{
		"setting before a name":    "kind = x\n",
		"no such setting":          "[a]\ncolour = red\n",
		"no literal":               strings.Replace(libraryCards, `\bLIB-\d{6}[A-Z]?\b`, `[A-Z]{3}-\d{6}`, 1),
		"pattern does not parse":   strings.Replace(libraryCards, `\bLIB-\d{6}[A-Z]?\b`, `LIB-(\d{6}`, 1),
		"hit is not found":         strings.Replace(libraryCards, "LIB-004217", "LIB-42", 1),
		"miss is found":            strings.Replace(libraryCards, "LIB-0042 is", "LIB-004200 is", 1),
		"no samples":               "[a]\nkind = x\nlabel = your x\npattern = ABCD\\d+\n",
		"no such check":            libraryCards + "check = crc\n",
		"kind with a space":        strings.Replace(libraryCards, "library_card", "library card", 1),
		"a literal only sometimes": strings.Replace(libraryCards, `\bLIB-\d{6}[A-Z]?\b`, `(LIB-)?\d{6}`, 1),
	} {
		if _, err := ReadCustom(strings.NewReader(file)); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func FuzzCustom(f *testing.F) {
	f.Add(libraryCards)
	f.Fuzz(func(t *testing.T, file string) {
		own, err := ReadCustom(strings.NewReader(file))
		if err == nil && len(own) < 10 {
			if _, err := New(own); err != nil {
				t.Fatal(err)
			}
		}
	})
}
