package uk

// ValidSortCode reports whether s has the form of a sort code: six digits that
// are not all the same. Dates have it too (12-10-85): demand an account number
// or words beside it.
func ValidSortCode[T Text](s T) bool {
	var b [6]byte
	return compactDigits(s, b[:]) == 6 && !sameDigit(b[:])
}

// NormSortCode gives the six digits.
func NormSortCode[T Text](s T) (string, bool) {
	var b [6]byte
	if compactDigits(s, b[:]) != 6 || sameDigit(b[:]) {
		return "", false
	}
	return string(b[:]), true
}

// ValidAccount reports whether s has the form of an account number: six to ten
// digits that are not all the same.
func ValidAccount[T Text](s T) bool {
	var b [10]byte
	n := compactDigits(s, b[:])
	return n >= 6 && !sameDigit(b[:n])
}

// NormAccount gives the eight digits under which sortCode (normal form) holds
// the account, following the rules for numbers of other lengths in "Validating
// account numbers" (Pay.UK): six and seven digits get zeros in front; ten
// digits are the last eight at the Co-operative Bank (08 …) and the first eight
// elsewhere; nine digits are the last eight, the first belonging to the sort
// code (Santander, 09 …).
func NormAccount[T Text](sortCode string, s T) (string, bool) {
	var b [10]byte
	n := compactDigits(s, b[:])
	if n < 6 || sameDigit(b[:n]) {
		return "", false
	}
	var out [8]byte
	switch {
	case n <= 8:
		for i := range out {
			out[i] = '0'
		}
		copy(out[8-n:], b[:n])
	case n == 9 || len(sortCode) > 1 && sortCode[:2] == "08":
		copy(out[:], b[n-8:n])
	default:
		copy(out[:], b[:8])
	}
	return string(out[:]), true
}
