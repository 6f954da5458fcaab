package linkage

import "math"

// Level is how often a level of a field is seen between two descriptions of
// one human (M) and between those of two different humans (U): probabilities.
type Level struct{ M, U float64 }

// FieldParams are the levels of one comparison field.
type FieldParams struct {
	Name   string
	Levels []Level
}

// Params are the fitted parameters. They are values that the caller stores with
// the lists they made; they change only when registers, exhibits or detectors
// change, never by a decision. The zero value is not usable; see Shipped.
type Params struct {
	Version    int
	Fields     []FieldParams
	Persons    int     // people on the registers when the parameters were fitted
	OnRegister float64 // share of the mentions whose human is on a register, 0..1
	Match      float64 // odds that two persons of the registers, taken at random, are one human
	Stranger   float64 // the same for two mentions that no register claims
	GivenU     float64 // probability that two given names, taken at random, are the same
	SurnameU   float64 // the same for surnames
}

// paramsVersion goes up when a level changes its meaning: older parameters are
// then not used.
const paramsVersion = 1

// shippedOnRegister is the usual share of mentions whose human is on a register.
const shippedOnRegister = 0.6

// Shipped gives the parameters that work without any training: rates usual in
// an English council's data.
func Shipped() Params {
	p := Params{Version: paramsVersion, OnRegister: shippedOnRegister, Persons: 300_000, Match: 3e-6, Stranger: 1e-4, GivenU: shippedGivenU, SurnameU: shippedSurnameU}
	for f, levels := range shippedLevels {
		p.Fields = append(p.Fields, FieldParams{Name: fieldNames[f], Levels: append([]Level(nil), levels...)})
	}
	return p
}

// usable reports whether stored parameters fit this program.
func (p *Params) usable() bool {
	if p == nil || p.Version != paramsVersion || len(p.Fields) < fieldCount {
		return false
	}
	for f := range fieldCount {
		if len(p.Fields[f].Levels) != levelsOf[f] {
			return false
		}
	}
	return true
}

func (p *Params) clone() Params {
	q := *p
	q.Fields = make([]FieldParams, len(p.Fields))
	for i, f := range p.Fields {
		q.Fields[i] = FieldParams{f.Name, append([]Level(nil), f.Levels...)}
	}
	return q
}

// Weights are in hundredths of a bit: the base-2 logarithm of M over U.
type weights [fieldCount + maxExtras][]int32

// mostWeight bounds what one field can say: no single value proves a human.
const (
	mostWeight  = 2400
	leastWeight = -1400
)

func (p *Params) weights() weights {
	var w weights
	for f, field := range p.Fields {
		if f >= len(w) {
			break
		}
		w[f] = make([]int32, len(field.Levels))
		for l, level := range field.Levels {
			w[f][l] = hundredths(level.M / level.U)
		}
	}
	return w
}

// strict bounds the levels that, whatever training says, are never evidence for
// one human in a council's data.
func (w weights) strict() weights {
	w[fieldName][nameGivenConflict] = min(w[fieldName][nameGivenConflict], -300)
	w[fieldName][nameElse] = min(w[fieldName][nameElse], -400)
	w[fieldBorn][bornElse] = min(w[fieldBorn][bornElse], -300)
	return w
}

// hundredths is the base-2 logarithm of a ratio in hundredths of a bit, within
// the bounds of one field.
func hundredths(ratio float64) int32 {
	if !(ratio > 0) {
		return leastWeight
	}
	h := math.Round(100 * math.Log2(ratio))
	return int32(max(leastWeight, min(mostWeight, h)))
}

// total is the weight of a level vector: the fields, the rarity, the extras.
func (w *weights) total(v *vector, extras int) int32 {
	sum := (int32(v[rarityAt]) - 128) * 25
	for f := range fieldCount {
		if v[f] != missing {
			sum += w[f][v[f]]
		}
	}
	for x := range extras {
		if l := v[rarityAt+1+x]; l != missing {
			sum += w[fieldCount+x][l]
		}
	}
	return sum
}

// beyondName is the weight of everything but the name.
func (w *weights) beyondName(v *vector) int32 {
	sum := int32(0)
	for f := fieldBorn; f < fieldCount; f++ {
		if v[f] != missing {
			sum += w[f][v[f]]
		}
	}
	return sum
}

// odds turns a weight in hundredths of a bit into the ratio it stands for.
func odds(weight int32) float64 { return math.Exp2(float64(weight) / 100) }

// probability is odds as a probability.
func probability(weight int32) float64 {
	o := odds(weight)
	return o / (1 + o)
}
