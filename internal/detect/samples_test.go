package detect

import (
	"strings"
	"sync"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// testSet and testIndex are compiled once for all tests.
var (
	testSet   = sync.OnceValue(func() *Set { return must(New(nil)) })
	testIndex = sync.OnceValue(func() *lex.Index { return lex.Compile(testRecords(), testSet().Words()) })
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// testRecords are a few invented residents.
func testRecords() []reeve.Record {
	return []reeve.Record{
		{System: "T", SourceID: "1", Title: "Mr", Forename: "John", Surname: "Smith", Born: reeve.Date{Year: 1984, Month: 3, Day: 5}, NINO: "AA123456B", NHS: "9990000018",
			Address: []string{"12 Acacia Road"}, Postcode: "W8 7NX", Refs: []reeve.Ref{{Kind: reeve.KindCouncilTaxRef, Header: "ctax", Value: "501234567"}}},
		{System: "T", SourceID: "2", Title: "Mrs", Forename: "Amara", Surname: "Okafor", Born: reeve.Date{Year: 1979, Month: 11, Day: 20}, Address: []string{"14 Elm Grove"}, Postcode: "W2 6BD"},
		{System: "T", SourceID: "3", Title: "Miss", Forename: "Shabnam", Surname: "Khan", Born: reeve.Date{Year: 1990, Month: 6, Day: 1}, Address: []string{"Flat 3, 9 Mill Lane"}, Postcode: "SW6 1AA"},
		{System: "T", SourceID: "4", Forename: "Tomasz", Surname: "Zielinski", Address: []string{"12 Acacia Road"}, Postcode: "W8 7NX"},
	}
}

// read gives the findings of one text.
func read(text string) []reeve.Finding {
	d := testSet().Open(testIndex())
	return d.Block(0, &reeve.Block{Text: text})
}

// hits reports whether a finding of the kind at B or C covers text[start:end],
// or lies in it.
func hits(found []reeve.Finding, kind reeve.Kind, start, end int) bool {
	for _, f := range found {
		if f.Kind == kind && f.Confidence <= reeve.ConfidenceC && !f.Negated && int(f.Place.Start) < end && int(f.Place.End) > start {
			return true
		}
	}
	return false
}

func plain(sample string) (text string, start, end int) {
	start = strings.IndexByte(sample, '{')
	end = strings.IndexByte(sample, '}') - 1
	return strings.NewReplacer("{", "", "}", "").Replace(sample), start, end
}

func TestSamples(t *testing.T) {
	for _, det := range detectors {
		if !det.Kind.Known() {
			t.Errorf("%s: kind.go has no row for it, so that it has no category", det.Kind)
		}
		if det.Label == "" || det.Rule == "" || len(det.Hits) == 0 || len(det.Misses) == 0 {
			t.Errorf("%s: label, rule, hits and misses are needed", det.Kind)
		}
		for _, s := range det.Hits {
			text, start, end := plain(s)
			if found := read(text); start < 0 || !hits(found, det.Kind, start, end) {
				t.Errorf("%s: not found in %q; found %s", det.Kind, s, brief(found))
			}
		}
		for _, s := range det.Misses {
			for _, f := range read(s) {
				if f.Kind == det.Kind && !f.Negated && (f.Confidence == reeve.ConfidenceB || f.Kind.Circumstance()) {
					t.Errorf("%s: found at %s in %q", det.Kind, f.Confidence, s)
				}
			}
		}
	}
}

// TestKinds: whatever says of something what it is names a kind that has a
// category and a detector.
func TestKinds(t *testing.T) {
	var kinds []reeve.Kind
	for _, r := range circumstanceRows {
		kinds = append(kinds, r.kind)
	}
	for _, r := range fieldRows {
		kinds = append(kinds, r.kind)
	}
	for _, r := range topicRows {
		kinds = append(kinds, r.kind)
	}
	for _, k := range kinds {
		if k != "" && (!k.Known() || detectorOf(k) == nil) {
			t.Errorf("%s: no category in kind.go, or no detector", k)
		}
	}
}

// brief writes findings for people who read a failed test; the values are
// invented.
func brief(found []reeve.Finding) string {
	var b strings.Builder
	for _, f := range found {
		b.WriteString(string(f.Kind) + "/" + f.Confidence.String() + "=" + f.Value.Reveal() + "; ")
	}
	return b.String()
}
