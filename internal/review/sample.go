package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Sorts of samples, and what each asks of whoever judges blind.
const (
	sampleItems     = "recall-items"
	samplePeople    = "recall-people"
	sampleElusion   = "elusion"
	samplePrecision = "precision"
)

// sampleSort is one sort of sample in words.
type sampleSort struct {
	Code     string
	Title    string
	Asks     string // of whom judges
	Counts   bool   // the answer is a number of people, else yes or no
	Measures string // what the share means
	Of       string // what the population is
}

var sampleSorts = []sampleSort{
	{sampleItems, "Recall: items in which nothing was found", "Does this item hold personal data about anybody?", false,
		"share of items with no finding that hold personal data all the same", "items that were read and in which nothing was found"},
	{samplePeople, "Recall: people in documents", "Of how many people does this document hold more than a bare name?", true,
		"share of documents in which people were missed", "documents in which somebody is linked"},
	{sampleElusion, "Elusion: items in which nobody is linked", "Does this item hold data that could be tied to a real person?", false,
		"share of items set aside as nobody’s that hold somebody’s data", "items that were read and in which nobody is linked"},
	{samplePrecision, "Precision: links of one tier", "Do the passages speak of the person shown?", false,
		"share of links that are the wrong person", "links from mentions to people, of the tier chosen"},
}

func sampleSortOf(code string) (sampleSort, bool) {
	i := slices.IndexFunc(sampleSorts, func(s sampleSort) bool { return s.Code == code })
	if i < 0 {
		return sampleSort{}, false
	}
	return sampleSorts[i], true
}

// Answers that are no number.
const (
	answerNone   = -1 // nothing yet
	answerUnsure = -2 // nobody can tell
)

// sampleItem is one thing of a sample.
type sampleItem struct {
	N       int64
	Thing   string
	Stratum string
	Machine int64
	Answer  int64
	By      string
	At      int64
}

// missed reports whether an answer shows a miss of the machine. For recall and
// elusion "yes" (1) is one: there is something that was not found. For people it
// is more of them than the machine has. For precision "no" (0) is one.
func missed(sort string, machine, answer int64) bool {
	switch sort {
	case samplePeople:
		return answer > machine
	case samplePrecision:
		return answer == 0
	}
	return answer > 0
}

// stratumResult is the result of one stratum, or of the whole. Unsure answers
// are not judged; Worst counts them as misses.
type stratumResult struct {
	Stratum string   `json:"stratum"`
	Judged  int64    `json:"judged"`
	Misses  int64    `json:"misses"`
	Unsure  int64    `json:"unsure"`
	Share   interval `json:"share"`      // exact, of misses among those judged
	Below   float64  `json:"below"`      // one-sided limit above
	Worst   interval `json:"worst_case"` // with every unsure answer a miss
}

// results reckons a sample by stratum, in the order of their names, and as a
// whole, which comes first under the name "all".
func results(sort string, items []sampleItem) []stratumResult {
	by := map[string]*stratumResult{"": {Stratum: wholeSample}}
	for _, i := range items {
		if by[i.Stratum] == nil {
			by[i.Stratum] = &stratumResult{Stratum: i.Stratum}
		}
		for _, s := range []*stratumResult{by[""], by[i.Stratum]} {
			switch {
			case i.Answer == answerNone:
			case i.Answer == answerUnsure:
				s.Unsure++
			default:
				s.Judged++
				if missed(sort, i.Machine, i.Answer) {
					s.Misses++
				}
			}
			if i.Stratum == "" {
				break
			}
		}
	}
	all := make([]stratumResult, 0, len(by))
	for _, s := range by {
		s.Share, s.Below = exact(s.Misses, s.Judged), 1
		if s.Judged > 0 {
			s.Below = highLimit(s.Misses, s.Judged, 1-confidence)
		}
		s.Worst = exact(s.Misses+s.Unsure, s.Judged+s.Unsure)
		all = append(all, *s)
	}
	slices.SortFunc(all, func(a, b stratumResult) int {
		return cmp.Or(cmp.Compare(truth(a.Stratum != wholeSample), truth(b.Stratum != wholeSample)), strings.Compare(a.Stratum, b.Stratum))
	})
	return all
}

// wholeSample is the name of all strata together.
const wholeSample = "all"

// stratumOf is the service or folder by which items are told apart: the first
// two steps of a path below its exhibit, of which the file itself is none.
func stratumOf(exhibit, folder string) string {
	folder, _, _ = strings.Cut(folder, "!/")
	steps := strings.Split(folder, "/")
	if folder == "" {
		return exhibit
	}
	return exhibit + ": " + strings.Join(steps[:min(2, len(steps))], "/")
}

// sampleSize is a size that is proposed, with what it can show.
type sampleSize struct {
	Share float64
	Size  int64
}

// Words says what a size can show.
func (s sampleSize) Words() string {
	return fmt.Sprintf("%s: no miss among them shows with 95 %% confidence that fewer than %s are missed", digits(s.Size), shareWords(s.Share))
}

// sampleSizes are the sizes proposed.
var sampleSizes = each([]float64{0.05, 0.02, 0.01, 0.005, 0.002, 0.001}, func(p float64) sampleSize { return sampleSize{p, sizeFor(p)} })

// shareWords prints a share with the digits that it deserves: "0.23 %".
func shareWords(p float64) string {
	switch {
	case p == 0, p == 1:
		return fmt.Sprintf("%.0f %%", p*100)
	case p < 0.0999:
		return fmt.Sprintf("%.2f %%", p*100)
	}
	return fmt.Sprintf("%.1f %%", p*100)
}

// In words: shares of a result.
func (s stratumResult) Seen() string {
	if s.Judged == 0 {
		return "–"
	}
	return shareWords(float64(s.Misses) / float64(s.Judged))
}
func (s stratumResult) Limits() string {
	return shareWords(s.Share.Low) + " to " + shareWords(s.Share.High)
}
func (s stratumResult) AtMost() string { return shareWords(s.Below) }
func (s stratumResult) WorstCase() string {
	return shareWords(s.Worst.Low) + " to " + shareWords(s.Worst.High)
}
