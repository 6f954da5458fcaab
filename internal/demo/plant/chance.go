package plant

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// chance is one stream of random choices. Every part of the generator has its
// own, named, so that adding a document does not change the people.
type chance struct{ *rand.Rand }

func stream(seed uint64, label string) chance {
	h := fnv.New64a()
	h.Write([]byte(label))
	return chance{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// one is true with probability p.
func (c chance) one(p float64) bool { return c.Float64() < p }

// between gives a whole number from low to high, both included.
func (c chance) between(low, high int) int { return low + c.IntN(high-low+1) }

func pick[T any](c chance, list []T) T { return list[c.IntN(len(list))] }

// skewed picks as names are spread in life: the first of the list far more
// often than the last. Steep 0 is even, 1 is Zipf's law.
func skewed[T any](c chance, list []T, steep float64) T {
	n := float64(len(list))
	if steep == 1 {
		return list[min(int(math.Pow(n+1, c.Float64()))-1, len(list)-1)]
	}
	top := math.Pow(n+1, 1-steep)
	at := math.Pow(c.Float64()*(top-1)+1, 1/(1-steep))
	return list[min(int(at)-1, len(list)-1)]
}

// weighted picks an index by weight.
func weighted(c chance, weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	at := c.IntN(sum)
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}
