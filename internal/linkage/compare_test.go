package linkage

import (
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// pairOf compares two mentions and gives the level vector.
func pairOf(a, b reeve.Mention) (vector, int32) {
	in := NewIntake()
	in.Mention(&a)
	in.Mention(&b)
	p := Shipped()
	c := newComparer(in.words, countRarity(in.words, newProfiles(0, 0), backgroundNames), &p, 0)
	var v vector
	return v, c.compare(in.mentions, 0, in.mentions, 1, &v)
}

func TestNameLevels(t *testing.T) {
	tests := []struct {
		a, b string
		want byte
	}{
		{"John Smith", "John Smith", nameExact},
		{"John Smith", "JOHN SMITH", nameExact},
		{"Zoë O'Brien", "Zoe OBrien", nameExact},
		{"Smith John", "John Smith", nameSwapped},
		{"Katarzyna Wisniewski", "Katarzyna Wisnewski", nameNear},
		{"Amina Khan-Begum", "Amina Khan", namePart},
		{"J Smith", "John Smith", nameInitial},
		{"John Smith", "Peter Smith", nameGivenConflict},
		{"Amina Khan", "Amina Lewandowska", nameGivenChanged},
		{"Amina Khan", "Peter Smith", nameElse},
	}
	for _, tt := range tests {
		name := func(s string) reeve.Mention {
			given, surname, _ := cutLast(s)
			return reeve.Mention{Names: []reeve.Name{{Given: given, Surname: surname}}}
		}
		v, _ := pairOf(name(tt.a), name(tt.b))
		if v[fieldName] != tt.want {
			t.Errorf("%s / %s: %s, want %s", tt.a, tt.b, levelWords[fieldName][v[fieldName]], levelWords[fieldName][tt.want])
		}
	}
}

func cutLast(s string) (string, string, bool) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == ' ' {
			return s[:i], s[i+1:], true
		}
	}
	return "", s, false
}

func TestBornLevels(t *testing.T) {
	tests := []struct {
		x, y int32
		want byte
	}{
		{19840305, 19840305, bornExact}, {19840305, 19840503, bornSwapped}, {19840305, 19840306, bornEdit}, {19840305, 19480305, bornEdit},
		{19840305, 19840000, bornPart}, {19840305, 19840300, bornPart}, {19840305, 19840101, bornPart}, {19840305, 19850000, bornElse},
		{19840305, 19841127, bornYear}, {19840305, 19860307, bornDecade}, {19840305, 19511231, bornElse},
	}
	for _, tt := range tests {
		if got := dateLevel(tt.x, tt.y); got != tt.want {
			t.Errorf("%d / %d: level %d, want %d", tt.x, tt.y, got, tt.want)
		}
		if got := dateLevel(tt.y, tt.x); got != tt.want {
			t.Errorf("%d / %d is not the same both ways", tt.x, tt.y)
		}
	}
}

func TestHomeLevels(t *testing.T) {
	tests := []struct {
		a, b string
		want byte
	}{
		{"12 Acacia Road, W10 5AB", "12 Acacia Rd, W10 5AB", homeSame},
		{"Flat 2, 12 Acacia Road, W10 5AB", "Flat 3, 12 Acacia Road, W10 5AB", homeBuilding},
		{"12 Acacia Road", "12 Acacia Road, W10 5AB", homeStreetDoor},
		{"12 Acacia Road, W10 5AB", "14 Acacia Road, W10 5AB", homeNeighbour},
		{"12 Acacia Road, W10 5AB", "W10 5AB", homePostcode},
		{"12 Acacia Road, W10 5AB", "12 Acacia Road, W10 5AD", homeNear},
		{"12 Acacia Road, W10 5AB", "3 Elm Grove, W10 5ZZ", homeSector},
		{"12 Acacia Road, W10 5AB", "3 Elm Grove, W10 9ZZ", homeDistrict},
		{"12 Acacia Road, W10 5AB", "3 Elm Grove, SW3 9ZZ", homeElse},
	}
	for _, tt := range tests {
		at := func(s string) reeve.Mention { return reeve.Mention{Addresses: []reeve.Address{lex.ParseAddress(s)}} }
		v, _ := pairOf(at(tt.a), at(tt.b))
		if v[fieldHome] != tt.want {
			t.Errorf("%s / %s: level %d, want %s", tt.a, tt.b, v[fieldHome], levelWords[fieldHome][tt.want])
		}
	}
}

// FuzzOneEdit holds the quick test to the full measure.
func FuzzOneEdit(f *testing.F) {
	f.Add("W10 5AB", "W10 5BA")
	f.Add("", "x")
	f.Add("aab", "aba")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > 100 || len(b) > 100 {
			return
		}
		if got, want := oneEdit(a, b), lex.Distance(a, b, 1) <= 1; got != want {
			t.Errorf("oneEdit(%q, %q) = %v, the distance says %v", a, b, got, want)
		}
	})
}

func TestShippedParamsAreInOrder(t *testing.T) {
	p := Shipped()
	w := p.weights()
	for f, list := range chains {
		for _, chain := range list {
			for k := 1; k < len(chain); k++ {
				if w[f][chain[k]] > w[f][chain[k-1]] {
					t.Errorf("%s: %q weighs %d, more than %q with %d", fieldNames[f], levelWords[f][chain[k]], w[f][chain[k]], levelWords[f][chain[k-1]], w[f][chain[k-1]])
				}
			}
		}
	}
}
