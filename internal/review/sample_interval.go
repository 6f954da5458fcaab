package review

import "math"

// The exact interval of C. J. Clopper and E. S. Pearson, "The use of confidence
// or fiducial limits illustrated in the case of the binomial", Biometrika 26
// (1934) 404–413: its limits are quantiles of beta distributions, and it covers
// the true share with at least the confidence stated, whatever that share is.

// confidence is how sure intervals are, on both sides together.
const confidence = 0.95

// interval is a share with its exact limits, all from 0 to 1.
type interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// exact is the two-sided interval for x of n, 0 ≤ x ≤ n, with half of what is
// left of the confidence on each side. Of nothing, anything may be: 0 to 1.
func exact(x, n int64) interval {
	if n <= 0 {
		return interval{0, 1}
	}
	alpha := (1 - confidence) / 2
	return interval{lowLimit(x, n, alpha), highLimit(x, n, alpha)}
}

// highLimit is the one-sided limit above for x of n: with a true share any higher, x
// or fewer would be seen with a probability below alpha.
func highLimit(x, n int64, alpha float64) float64 {
	if x >= n {
		return 1
	}
	return betaQuantile(1-alpha, float64(x+1), float64(n-x))
}

// lowLimit is the one-sided limit below for x of n.
func lowLimit(x, n int64, alpha float64) float64 {
	if x <= 0 {
		return 0
	}
	return betaQuantile(alpha, float64(x), float64(n-x+1))
}

// betaQuantile is the x at which the regularised incomplete beta function is p,
// found by halving: 60 halvings leave less than 1e-18.
func betaQuantile(p, a, b float64) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		middle := (low + high) / 2
		if incompleteBeta(middle, a, b) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// incompleteBeta is the regularised incomplete beta function I_x(a, b), for
// a, b > 0 and 0 ≤ x ≤ 1: by its continued fraction (NIST Digital Library of
// Mathematical Functions, 8.17.22), on that side of the mean where it converges
// quickly (8.17.4 gives the other).
func incompleteBeta(x, a, b float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - incompleteBeta(1-x, b, a)
	}
	sum, _ := math.Lgamma(a + b)
	left, _ := math.Lgamma(a)
	right, _ := math.Lgamma(b)
	front := math.Exp(sum - left - right + a*math.Log(x) + b*math.Log1p(-x))
	return front / (a * betaFraction(x, a, b))
}

// betaFraction is 1 + d1/(1 + d2/(1 + …)) of 8.17.22, reckoned forwards by
// Lentz's method until a step changes nothing.
func betaFraction(x, a, b float64) float64 {
	const tiny, steps = 1e-300, 10_000
	away := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	f, c, d := 1.0, 1.0, 0.0
	for i := 1; i < steps; i++ {
		m := float64(i / 2)
		term := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1)) // 8.17.23, odd
		if i%2 == 0 {
			term = m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m)) // even
		}
		c = away(1 + term/c)
		d = 1 / away(1+term*d)
		f *= c * d
		if math.Abs(c*d-1) < 1e-15 {
			break
		}
	}
	return f
}

// sizeFor is how many things must be judged so that, if none of them is a miss,
// the true share of misses is below share with 95 % confidence, one-sided: the
// least n for which (1 − share)^n ≤ 0.05.
func sizeFor(share float64) int64 {
	return int64(math.Ceil(math.Log(1-confidence) / math.Log1p(-share)))
}
