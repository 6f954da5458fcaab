package pdf

import "math"

// matrix is a transformation [a b c d e f] (ISO 32000-2, 8.3.3).
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// mul is m applied first, then n.
func (m matrix) mul(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// shift is a move by x, y before m.
func (m matrix) shift(x, y float64) matrix {
	m[4], m[5] = x*m[0]+y*m[2]+m[4], x*m[1]+y*m[3]+m[5]
	return m
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return x*m[0] + y*m[2] + m[4], x*m[1] + y*m[3] + m[5]
}

// scale is how much m stretches lengths across the direction of writing.
func (m matrix) scale() float64 { return math.Hypot(m[2], m[3]) }

// stretch is how much m stretches lengths along the direction of writing.
func (m matrix) stretch() float64 { return math.Hypot(m[0], m[1]) }

// finite reports whether no member is infinite or no number.
func (m matrix) finite() bool {
	for _, v := range m {
		if math.IsNaN(v) || math.Abs(v) > 1e9 {
			return false
		}
	}
	return true
}

// toMatrix reads six numbers; anything else is the identity.
func toMatrix(n []float64) matrix {
	if len(n) != 6 {
		return identity
	}
	return matrix(n)
}
