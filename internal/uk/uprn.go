package uk

// ValidUPRN reports whether s has the form of a Unique Property Reference
// Number: one to twelve digits, not zero. There is no check digit; only a
// column, a label or a register makes one.
func ValidUPRN[T Text](s T) bool {
	var b [12]byte
	n := compactDigits(s, b[:])
	return n > 0 && number(b[:n]) > 0
}

// NormUPRN gives the digits without leading zeros, which files keep or drop as
// they like.
func NormUPRN[T Text](s T) (string, bool) {
	var b [12]byte
	n := compactDigits(s, b[:])
	for i := range max(n, 0) {
		if b[i] != '0' {
			return string(b[i:n]), true
		}
	}
	return "", false
}
