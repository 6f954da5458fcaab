package publish

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
)

// Figures are what was taken as a funnel, frozen when they were drafted: the
// numbers that two people released are the numbers that stand, whatever the
// review counts meanwhile.
type Figures struct {
	AsOf   int64  `json:"as_of"`  // UTC seconds
	Source string `json:"source"` // "list version 3, digest 0123…", "the review as it stood"
	Steps  []Step `json:"steps"`
	Read   Read   `json:"read"`
}

// Step is one narrowing of the funnel. Sealed people are in no number.
type Step struct {
	Title  string `json:"title"`
	N      int64  `json:"n"`
	Text   string `json:"text"`
	People bool   `json:"people"` // it counts people or homes: small numbers are not told
}

// fewest is the smallest number of people that is told.
const fewest = 10

// Words is the number as the public may have it.
func (s Step) Words() string {
	if s.People && s.N > 0 && s.N < fewest {
		return "fewer than " + strconv.Itoa(fewest)
	}
	return digits(s.N)
}

func readFigures(body string) (f Figures, err error) {
	if err := json.Unmarshal([]byte(body), &f); err != nil {
		return f, fmt.Errorf("read figures: %w", reeve.Invalid)
	}
	return f, nil
}

func (f Figures) body() string {
	b, err := json.Marshal(f)
	if err != nil {
		panic(err) // strings and numbers alone
	}
	return string(b)
}

// digits prints a whole number with commas between thousands.
func digits(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func sorted[T any](m map[string]T) []string {
	all := make([]string, 0, len(m))
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}
