package linkage

import (
	"context"
	"fmt"
	"testing"

	"github.com/reeve-council/reeve"
)

// TestStrangerOfManyDocuments checks that one who is on no register and stands
// in more documents than a block may hold stays one person, and that a bare name
// joins nobody across documents.
func TestStrangerOfManyDocuments(t *testing.T) {
	var in Input
	for n := range 600 {
		m := mention(fmt.Sprintf("M%04d", n), reeve.Name{Given: "Nkechi", Surname: "Balogun"}, reeve.Date{})
		m.IDs = []reeve.ID{{Kind: reeve.KindEmail, Norm: "n.balogun@example.org"}, {Kind: reeve.KindCaseRef, Norm: fmt.Sprintf("C%05d", n)}}
		in.Mentions = append(in.Mentions, m)
	}
	for n := range 5 {
		m := mention(fmt.Sprintf("N%04d", n), reeve.Name{Given: "Kwabena", Surname: "Danso"}, reeve.Date{})
		in.Mentions = append(in.Mentions, m)
	}
	res, err := Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	sizes := map[string]int{}
	for _, p := range res.People {
		for _, l := range p.Links {
			sizes[l.Mention[:1]+p.ID]++
		}
	}
	largest, bare := 0, 0
	for key, n := range sizes {
		if key[0] == 'M' {
			largest = max(largest, n)
		} else {
			bare++
		}
	}
	if largest < 590 {
		t.Errorf("the largest part of one person holds %d of 600 mentions", largest)
	}
	if bare != 5 {
		t.Errorf("five bare names in five documents became %d people", bare)
	}
}

func TestRealness(t *testing.T) {
	full, address := reeve.Name{Given: "Amina", Surname: "Khan"}, reeve.Address{Number: "18", Street: "acacia road", Postcode: "W10 5AB"}
	withID := mention("M1", full, reeve.Date{})
	withID.IDs = []reeve.ID{{Kind: reeve.KindNHSNumber, Norm: "9990000018"}}
	sole := mention("M1", full, reeve.Date{})
	sole.Sole = true
	tests := []struct {
		name    string
		mention reeve.Mention
		want    reeve.Tier
	}{
		{"name and unique id", withID, reeve.TierStrong},
		{"name and birth date", mention("M1", full, born(1990, 1, 2)), reeve.TierLikely},
		{"name and address", mention("M1", full, reeve.Date{}, address), reeve.TierLikely},
		{"surname and address", mention("M1", reeve.Name{Surname: "Khan"}, reeve.Date{}, address), reeve.TierPossible},
		{"name of whom something is said", mention("M1", full, reeve.Date{}), reeve.TierPossible},
		{"name alone", sole, reeve.TierNone},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res, err := Resolve(context.Background(), Input{Mentions: []reeve.Mention{tt.mention}})
			if err != nil {
				t.Fatal(err)
			}
			_, l, ok := linkOf(t, res, "M1")
			if got := reeve.TierOf(l.Posterior); got != tt.want || ok != (tt.want != reeve.TierNone) {
				t.Errorf("tier %q at %v (%v), want %q", got, l.Posterior, ok, tt.want)
			}
		})
	}
}
