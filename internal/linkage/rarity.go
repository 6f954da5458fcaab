package linkage

import "math"

// rarity says how much rarer a name is than an average one, from the registers
// themselves: quarters of a bit, plus 128, as the vector keeps it.
type rarity struct {
	never                  [2]int8 // of a given name and of a surname that no register holds
	givenBits, surnameBits []int8  // by word, quarters of a bit; 0 for words never seen
	extraBits              [][]int16
	givenU, surnameU       float64
}

// backgroundNames is the weight, in people, that the shipped average has beside
// the names counted: it keeps a register of fifty people from calling each of
// its names common.
const backgroundNames = 4000

// countRarity counts the names of all profiles. The averages are part of the
// parameters: with stored ones they are used as they are.
func countRarity(w *words, p *profiles, background float64) *rarity {
	given, surname := make([]uint32, len(w.text)), make([]uint32, len(w.text))
	for _, n := range p.names {
		given[n.given]++
		surname[n.surname]++
	}
	given[0], surname[0] = 0, 0
	r := &rarity{}
	r.givenBits, r.givenU = bitsOf(given, background, shippedGivenU)
	r.surnameBits, r.surnameU = bitsOf(surname, background, shippedSurnameU)
	r.never = [2]int8{r.givenBits[0], r.surnameBits[0]}
	r.extraBits = countExtras(w, p)
	return r
}

// unseen is how rare a given name and a surname are that no register holds.
func (r *rarity) unseen() (given, surname int8) { return r.never[0], r.never[1] }

// bitsOf turns counts into quarter bits against the average, which is the sum
// of squared shares with the background's mixed in.
func bitsOf(count []uint32, background, shipped float64) ([]int8, float64) {
	total, squares := 0.0, 0.0
	for _, n := range count {
		total += float64(n)
	}
	if total == 0 {
		return make([]int8, len(count)), shipped
	}
	all := total + background
	for _, n := range count {
		squares += float64(n) / all * float64(n) / all
	}
	average := squares + background/all*background/all*shipped
	average = max(average, 1/all)
	typical := shipped / 8 // a name that the background holds but the register rarely
	bits := make([]int8, len(count))
	for i, n := range count {
		share := (float64(n) + background*typical + 0.5) / all
		bits[i] = int8(math.Round(4 * max(-6, min(7, math.Log2(average/share)))))
	}
	return bits, average
}

func countExtras(w *words, p *profiles) [][]int16 {
	out := make([][]int16, p.stride)
	for x := range out {
		count := make([]uint32, len(w.text))
		total, squares := 0.0, 0.0
		for i := range p.len() {
			if v := p.extrasOf(i)[x]; v != 0 {
				count[v]++
				total++
			}
		}
		for _, n := range count {
			squares += float64(n) / max(total, 1) * float64(n) / max(total, 1)
		}
		out[x] = make([]int16, len(count))
		for i, n := range count {
			if n > 0 {
				out[x][i] = int16(math.Round(100 * max(-5, min(8, math.Log2(squares*total/float64(n))))))
			}
		}
	}
	return out
}

func (r *rarity) given(w uint32) byte   { return byte(128 + int(bitAt(r.givenBits, w))) }
func (r *rarity) surname(w uint32) byte { return byte(128 + int(bitAt(r.surnameBits, w))) }

func (r *rarity) pair(given, surname uint32) byte {
	return byte(128 + int(bitAt(r.givenBits, given)) + int(bitAt(r.surnameBits, surname)))
}

func (r *rarity) extra(x int, w uint32) int32 {
	if x < len(r.extraBits) && int(w) < len(r.extraBits[x]) {
		return int32(r.extraBits[x][w])
	}
	return 0
}

func bitAt(bits []int8, w uint32) int8 {
	if int(w) < len(bits) {
		return bits[w]
	}
	return 0
}
