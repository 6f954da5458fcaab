package enquiry

import (
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/uk"
)

func TestReferences(t *testing.T) {
	seen := make(map[string]bool)
	for range 2000 {
		r := newReference()
		if seen[r] || len(r) != 12 {
			t.Fatalf("reference %s", r)
		}
		seen[r] = true
		if got, ok := normReference(strings.ToLower(spacedReference(r)) + " "); !ok || got != r {
			t.Fatalf("%s reads as %s, %v", r, got, ok)
		}
		for i := range r { // every slip of one character is found
			for _, c := range referenceLetters {
				if other := r[:i] + string(c) + r[i+1:]; other != r {
					if _, ok := normReference(other); ok {
						t.Fatalf("%s passes for %s", other, r)
					}
				}
			}
		}
		for i := range len(r) - 2 { // and two that changed places
			if r[i] != r[i+1] {
				if _, ok := normReference(r[:i] + r[i+1:i+2] + r[i:i+1] + r[i+2:]); ok {
					t.Fatalf("%s passes with places %d and %d changed", r, i, i+1)
				}
			}
		}
		if len(seen) > 40 {
			break
		}
	}
	for _, bad := range []string{"", "ABC", "ABCD-EFGH-JK!M", strings.Repeat("A", 13)} {
		if _, ok := normReference(bad); ok {
			t.Errorf("%q is a reference", bad)
		}
	}
}

func TestFormNumbers(t *testing.T) {
	for _, n := range []int64{1, 123, 999_999, 1_000_000} {
		name := formName(n)
		if got, err := formNumber(" " + strings.ToLower(name)); err != nil || got != n {
			t.Errorf("%s reads as %d, %v", name, got, err)
		}
	}
	for _, bad := range []string{"", "F000124-" + formName(123)[8:], "F-1", "F00012X-A", "F000000-A"} {
		if _, err := formNumber(bad); err == nil {
			t.Errorf("%q is a number", bad)
		}
	}
}

func TestDues(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, london)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		kind          Kind
		vulnerable    bool
		at, first, by string
	}{
		{Question, false, "2026-01-12 10:00", "2026-01-14", "2026-01-19"},
		{Question, true, "2026-01-16 17:00", "2026-01-19", "2026-01-23"},   // Friday evening
		{Help, false, "2025-12-24 09:00", "2025-12-29", "2025-12-30"},      // Christmas
		{Complaint, false, "2026-03-27 09:00", "2026-04-07", "2026-04-21"}, // Easter, and summer time begins
		{Rights, false, "2026-01-31 23:59", "2026-02-06", "2026-03-02"},    // no 31 February; the 28th is a Saturday
		{Rights, false, "2024-01-30 09:00", "2024-02-06", "2024-02-29"},    // a leap day
		{Rights, true, "2025-11-25 09:00", "2025-11-26", "2025-12-29"},     // the 25th is a holiday, then a weekend
	} {
		first, due := dues(c.kind, c.vulnerable, at(c.at), uk.England)
		if f, d := first.Format(time.DateOnly), due.Format(time.DateOnly); f != c.first || d != c.by || due.Format("15:04:05") != "23:59:59" {
			t.Errorf("%s at %s: %s and %s, want %s and %s", c.kind, c.at, f, due, c.first, c.by)
		}
	}
	if got := monthsDue(at("2026-01-12 09:00"), 3, uk.England).Format(time.DateOnly); got != "2026-04-13" {
		t.Errorf("three months from 12 January: %s", got) // the 12th is a Sunday
	}
}

// TestScriptsAreRead: sentences that agents read aloud are short and plain, and
// none says what must never be said.
func TestScriptsAreRead(t *testing.T) {
	var all []string
	for _, s := range scripts {
		all = append(all, strings.Join(s.Say, " "))
	}
	speech := ""
	for _, code := range speechOrder {
		speech += speechTable[code] + " "
	}
	all = append(all, strings.TrimSpace(speech))
	if len(speechOrder) != len(speechTable) {
		t.Error("a line is in no order")
	}
	for _, text := range all {
		for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == '?' || r == '!' || r == ':' }) {
			if n := len(strings.Fields(sentence)); n > 25 {
				t.Errorf("%d words: %s", n, sentence)
			}
		}
		if age := readingAge(text); age > 11 {
			t.Errorf("reading age %.1f: %s", age, text)
		}
		lower := strings.ToLower(text)
		for _, never := range []string{"not affected", "are safe", "action fraud"} {
			if strings.Contains(lower, never) {
				t.Errorf("says %q: %s", never, text)
			}
		}
	}
}

// readingAge is the grade of Flesch and Kincaid (1975) and five, the age at
// which it begins; syllables are groups of vowels.
func readingAge(text string) float64 {
	words, syllables, sentences := 0, 0, 0
	for _, w := range strings.Fields(text) {
		words++
		groups, last := 0, false
		for _, r := range strings.ToLower(w) {
			vowel := strings.ContainsRune("aeiouy", r)
			if vowel && !last {
				groups++
			}
			last = vowel
		}
		if strings.HasSuffix(strings.ToLower(strings.Trim(w, ".,?")), "e") && groups > 1 {
			groups--
		}
		syllables += max(1, groups)
		if strings.ContainsAny(w[len(w)-1:], ".?!") {
			sentences++
		}
	}
	return 0.39*float64(words)/float64(max(1, sentences)) + 11.8*float64(syllables)/float64(max(1, words)) - 15.59 + 5
}
