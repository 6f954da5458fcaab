package uk

// ValidElectoralNumber reports whether s has the form of a number on the
// electoral roll: polling district of one to four letters and digits beginning
// with a letter, then one to five digits, then perhaps a fraction "/1". It is
// worth nothing outside a register or without its label beside it.
func ValidElectoralNumber[T Text](s T) bool { _, ok := NormElectoralNumber(s); return ok }

// NormElectoralNumber gives district, hyphen, number without leading zeros and
// the fraction: "AB-1234", "AB-1234/1".
func NormElectoralNumber[T Text](s T) (string, bool) {
	s = trim(s)
	main, fraction := len(s), ""
	for i := range len(s) {
		if s[i] == '/' {
			if !shortNumber(s[i+1:]) {
				return "", false
			}
			main, fraction = i, string(s[i:])
			break
		}
	}
	var b [9]byte
	n := compact(s[:main], b[:])
	split := n
	for split > 0 && isDigit(b[split-1]) {
		split--
	}
	if n < 2 || split < 1 || split > 4 || split == n || n-split > 5 || !isLetter(b[0]) {
		return "", false
	}
	digits := b[split:n]
	for len(digits) > 1 && digits[0] == '0' {
		digits = digits[1:]
	}
	return string(b[:split]) + "-" + string(digits) + fraction, true
}
