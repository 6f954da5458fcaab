package linkage

import (
	"fmt"
	"math"
	"strings"

	"github.com/reeve-council/reeve"
)

// Reason is one step of the way from "anybody" to a link's probability: what was
// compared, what was found, and how many bits of evidence it is (hundredths;
// positive speaks for the person).
type Reason struct {
	Field string // "name", "born" …; "prior" and "rivals" for the first and last
	Words string // plain English, without any value
	Bits  int32
}

// Explanation is why a link stands, rebuilt from its level vector and the
// parameters that it was made with. It holds no values: a caller that may show
// them puts them beside the fields by name.
type Explanation struct {
	Reasons  []Reason
	Rivals   []string // why not someone else, in step with the link's rivals
	Sentence string   // all of it in one sentence
	Change   []string // what would settle a link that is not strong, most telling first
}

// Explain says why a mention was tied to its person.
func Explain(l reeve.Link, p *Params) Explanation {
	var e Explanation
	if l.Decided != "" {
		e.Reasons = append(e.Reasons, Reason{"decision", "a named person decided that this is the same human", 0})
	}
	prior, known := priorWeight(&l)
	if known {
		e.Reasons = append(e.Reasons, Reason{"prior", priorWords(prior), prior})
	}
	e.addLevels(&l, p)
	for _, r := range l.Rivals {
		e.Rivals = append(e.Rivals, rivalWords(&l, &r))
	}
	if known {
		e.Reasons = append(e.Reasons, Reason{"rivals", competitionWords(l.Rivals), competition(&l, prior)})
	}
	e.Sentence = sentence(&l, e.Reasons)
	e.Change = missingEvidence(&l)
	return e
}

// priorWeight finds the prior in the rival "nobody", which carries it.
func priorWeight(l *reeve.Link) (int32, bool) {
	for _, r := range l.Rivals {
		if r.Person == "" {
			return -r.Weight, true
		}
	}
	return 0, false
}

func priorWords(prior int32) string {
	return fmt.Sprintf("before comparing, any one person on the registers is the right one about once in %s", round2(odds(-prior)))
}

// round2 writes a large number with two figures: 450,000.
func round2(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.0f", max(x, 1))
	}
	scale := math.Pow(10, math.Floor(math.Log10(x))-1)
	digits := fmt.Sprintf("%.0f", math.Round(x/scale)*scale)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// addLevels adds the fields that were compared, in the order of the vector.
func (e *Explanation) addLevels(l *reeve.Link, p *Params) {
	if len(l.Levels) <= rarityAt || !p.usable() {
		return
	}
	w := p.weights().strict()
	for f := range fieldCount {
		level := l.Levels[f]
		if level == missing || int(level) >= len(w[f]) {
			continue
		}
		e.Reasons = append(e.Reasons, Reason{fieldNames[f], levelWords[f][level], w[f][level]})
	}
	if rare := (int32(l.Levels[rarityAt]) - 128) * 25; rare != 0 {
		words := "the name is rarer than most"
		if rare < 0 {
			words = "the name is more common than most"
		}
		e.Reasons = append(e.Reasons, Reason{"rarity", words, rare})
	}
}

// competition is what the other candidates take away, in hundredths of a bit.
func competition(l *reeve.Link, prior int32) int32 {
	alone := probability(l.Weight + prior)
	if l.Posterior <= 0 || l.Posterior >= 1 || alone <= 0 || alone >= 1 {
		return 0
	}
	taken := hundredthsWide(l.Posterior / (1 - l.Posterior) / (alone / (1 - alone)))
	if taken > 0 || l.Posterior > 0.9995 {
		return 0 // rounding of the stored probability
	}
	return taken
}

func competitionWords(rivals []reeve.Rival) string {
	others := 0
	for _, r := range rivals {
		if r.Person != "" && r.Posterior >= 0.0005 {
			others++
		}
	}
	switch others {
	case 0:
		return "nobody else comes close"
	case 1:
		return "one other person could be meant"
	}
	return "several other people could be meant"
}

func rivalWords(l *reeve.Link, r *reeve.Rival) string {
	if r.Person == "" {
		return fmt.Sprintf("someone on no register: %s", chance(r.Posterior))
	}
	switch less := l.Weight - r.Weight; {
	case less <= 0:
		return fmt.Sprintf("fits as well: %s", chance(r.Posterior))
	default:
		return fmt.Sprintf("fits %s times less well: %s", round2(odds(less)), chance(r.Posterior))
	}
}

func chance(p float64) string {
	switch {
	case p < 0.0001:
		return "less than 1 in 10,000"
	case p < 0.01:
		return "about 1 in " + round2(1/p)
	}
	return fmt.Sprintf("%.0f %%", p*100)
}

// sentence tells the strongest reasons for and against.
func sentence(l *reeve.Link, reasons []Reason) string {
	var fors, against []string
	for _, r := range reasons {
		switch {
		case r.Field == "prior" || r.Field == "rivals" || r.Field == "rarity":
		case r.Bits >= 0:
			fors = append(fors, r.Words)
		case r.Bits <= -100:
			against = append(against, r.Words)
		}
	}
	s := "The chance that this is the same person is " + chance(l.Posterior)
	if len(fors) > 0 {
		s += ": " + strings.Join(fors, ", ")
	}
	if len(against) > 0 {
		s += "; but " + strings.Join(against, ", ")
	}
	return s + "."
}

// missingEvidence lists what was not compared and would settle the link.
func missingEvidence(l *reeve.Link) []string {
	if l.Posterior >= 0.99 || len(l.Levels) <= rarityAt {
		return nil
	}
	var out []string
	for _, want := range [...]struct {
		field int
		words string
	}{{fieldNINO, "a National Insurance number beside the name"}, {fieldNHS, "an NHS number beside the name"}, {fieldBorn, "a date of birth"},
		{fieldHome, "an address or postcode"}, {fieldEmail, "an e-mail address"}, {fieldPhone, "a telephone number"}} {
		if l.Levels[want.field] == missing {
			out = append(out, want.words)
		}
	}
	for _, r := range l.Rivals {
		if r.Person != "" && r.Posterior >= 0.01 {
			return append(out, "anything that tells the person from the other people it could be")
		}
	}
	return out
}
