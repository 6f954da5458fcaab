package linkage

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// TestExplainAddsUp rebuilds every link of a town from its vector: the fields
// must add up to the stored weight, and prior, weight and rivals to the stored
// probability.
func TestExplainAddsUp(t *testing.T) {
	in := smallTown(t, 3)
	res, err := Resolve(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	for _, p := range res.People {
		for _, l := range p.Links {
			if len(p.Records) == 0 || len(l.Levels) == 0 {
				continue
			}
			links++
			checkExplanation(t, &l, &res.Params)
		}
	}
	if links < 100 {
		t.Errorf("only %d links were explained", links)
	}
}

func checkExplanation(t *testing.T, l *reeve.Link, p *Params) {
	t.Helper()
	e := Explain(*l, p)
	sum, all := int32(0), int32(0)
	for _, r := range e.Reasons {
		all += r.Bits
		if r.Field != "prior" && r.Field != "rivals" {
			sum += r.Bits
		}
		if r.Words == "" {
			t.Errorf("%s: no words for %s", l.Mention, r.Field)
		}
	}
	if sum != l.Weight {
		t.Errorf("%s: the fields add up to %d, the link weighs %d", l.Mention, sum, l.Weight)
	}
	if got := probability(all); math.Abs(got-l.Posterior) > 0.02 && l.Posterior < mostBare {
		t.Errorf("%s: the reasons add up to %.3f, the link says %.3f", l.Mention, got, l.Posterior)
	}
	if len(e.Rivals) != len(l.Rivals) || !strings.HasSuffix(e.Sentence, ".") {
		t.Errorf("%s: %d rivals for %d, %q", l.Mention, len(e.Rivals), len(l.Rivals), e.Sentence)
	}
}

func TestExplainSaysWhatIsMissing(t *testing.T) {
	m := mention("M1", reeve.Name{Given: "Piotr", Surname: "Wisniewski"}, reeve.Date{})
	m.Said = born(2019, 1, 1)
	res := resolveStreet(t, Input{Mentions: []reeve.Mention{m}, Task: Task{Params: certain()}})
	_, l, ok := linkOf(t, res, "M1")
	if !ok || reeve.TierOf(l.Posterior) == reeve.TierStrong {
		t.Fatalf("a name alone: %v at %v", ok, l.Posterior)
	}
	e := Explain(l, &res.Params)
	if !slices.Contains(e.Change, "a date of birth") {
		t.Errorf("what would change it: %v", e.Change)
	}
	if !strings.Contains(e.Sentence, "the same full name") {
		t.Errorf("sentence %q", e.Sentence)
	}
}

// certain are parameters of a place where nearly every mention is of a resident.
func certain() *Params {
	p := Shipped()
	p.Persons, p.OnRegister = 5, 0.95
	return &p
}
