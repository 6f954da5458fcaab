package uk

// ValidBRP reports whether s has the form of the number of a biometric
// residence permit: two letters, a digit or X, six digits (Home Office leaflet,
// sample ZW9005196). There is no check digit in the number itself.
func ValidBRP[T Text](s T) bool {
	var b [9]byte
	return compact(s, b[:]) == 9 && brp(b[:])
}

func brp(b []byte) bool {
	return isLetter(b[0]) && isLetter(b[1]) && (isDigit(b[2]) || b[2] == 'X') && allDigits(b[3:])
}

// NormBRP gives the nine characters.
func NormBRP[T Text](s T) (string, bool) {
	var b [9]byte
	if compact(s, b[:]) != 9 || !brp(b[:]) {
		return "", false
	}
	return string(b[:]), true
}
