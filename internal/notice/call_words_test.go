package notice

import (
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
)

// TestCallsAreInWordsForTheEar: no caller says that something is not written
// here, or asks somebody on the line to call; what is left out is still offered.
// What was composed stays as it was.
func TestCallsAreInWordsForTheEar(t *testing.T) {
	all, _, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, tmpl := range all {
		if !tmpl.Kind.named() {
			continue
		}
		for i := range 2 {
			r := testRecipient(i)
			r.Confirmed, r.Kinds = i%2 == 0, append(r.Kinds, reeve.KindDomesticAbuse, reeve.KindImmigration)
			m, err := compose(tmpl, r, testWording(), testCoverage, testOn)
			if err != nil {
				t.Fatal(err)
			}
			written := wordsIn(m.Blocks)
			s, err := scriptOf(tmpl, r, testWording(), testCoverage, testOn, true)
			if err != nil {
				t.Fatal(err)
			}
			said := wordsIn(s.Told)
			for _, bad := range []string{"write here", "all us to ask", "Call us to", "Call us if"} {
				if strings.Contains(said, bad) {
					t.Errorf("%s: a caller says %q", tmpl.Name, bad)
				}
			}
			if _, withheld := r.sayable(); withheld != strings.Contains(said, offAloud) {
				t.Errorf("%s, recipient %d: withheld is %v, and the call says otherwise", tmpl.Name, i, withheld)
			}
			if wordsIn(m.Blocks) != written {
				t.Errorf("%s: saying it changed what was composed", tmpl.Name)
			}
		}
	}
}

func wordsIn(blocks []paper.Block) string {
	var all []string
	for _, b := range spoken(blocks) {
		all = append(append(all, b.Heading, b.Text), b.Items...)
	}
	return strings.Join(all, "\n")
}
