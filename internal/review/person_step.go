package review

import (
	"fmt"
	"math"

	"github.com/reeve-council/reeve/internal/sweep"
)

// fieldStep is one step of the evidence as a line of the waterfall: the words beside
// it say the same, so that the picture may be left out.
type fieldStep struct {
	Field   string
	Words   string
	Factor  string // "38 times as likely"
	Against bool
	X, W    int // in units of the picture, whose width is stepWidth

}

// The picture of one step: stepWidth wide, with nought in the middle.
const (
	stepWidth = 200
	stepHalf  = stepWidth / 2
)

// fieldTitles are the steps in words.
var fieldTitles = map[string]string{
	"decision": "Decision", "prior": "Before comparing", "name": "Name", "middle": "Middle name", "born": "Date of birth or age", "home": "Address",
	"nino": "National Insurance number", "nhs": "NHS number", "unique": "Unique identifier", "ref": "Council reference", "email": "Email address",
	"phone": "Telephone", "account": "Bank account", "rarity": "How rare the name is", "rivals": "Other people",
}

// fieldSteps draws a waterfall. Bits come in hundredths.
func fieldSteps(steps []sweep.FieldBits) []fieldStep {
	most := int32(100)
	for _, s := range steps {
		most = max(most, s.Bits, -s.Bits)
	}
	bars := make([]fieldStep, len(steps))
	for i, s := range steps {
		w := int(int64(s.Bits) * stepHalf / int64(most))
		b := fieldStep{Field: fieldTitles[s.Field], Words: s.Words, Factor: factor(s.Bits), Against: s.Bits < 0, X: stepHalf, W: w}
		if b.Field == "" {
			b.Field = sentence(s.Field)
		}
		if w < 0 {
			b.X, b.W = stepHalf+w, -w
		}
		if b.W == 0 && s.Bits != 0 {
			b.W = 1
		}
		bars[i] = b
	}
	return bars
}

// factor says what some hundredths of a bit do to the odds.
func factor(hundredths int32) string {
	switch {
	case hundredths == 0:
		return "no change"
	case hundredths > 0:
		return times(hundredths) + " as likely"
	}
	return times(-hundredths) + " less likely"
}

// times writes a factor of the odds with two figures; beyond a million million
// its size says nothing more.
func times(hundredths int32) string {
	x := math.Exp2(float64(hundredths) / 100)
	switch {
	case x < 10:
		return fmt.Sprintf("%.1f times", x)
	case x < 1e6:
		scale := math.Pow(10, math.Floor(math.Log10(x))-1)
		return digits(int64(math.Round(x/scale)*scale)) + " times"
	case x < 1e9:
		return digits(int64(math.Round(x/1e6))) + " million times"
	case x < 1e12:
		return digits(int64(math.Round(x/1e9))) + " thousand million times"
	}
	return "more than a million million times"
}
