package uk

// ValidHomeOfficeRef reports whether s has the form of a Home Office reference:
// a letter and seven digits, with or without a part number "/2" behind. Many
// other references look like it; take it only near words of immigration.
func ValidHomeOfficeRef[T Text](s T) bool { _, ok := NormHomeOfficeRef(s); return ok }

// NormHomeOfficeRef gives the letter and seven digits without the part number,
// which counts dependants and journeys of one file.
func NormHomeOfficeRef[T Text](s T) (string, bool) {
	s = trim(s)
	end := len(s)
	for i := range len(s) {
		if s[i] == '/' && i >= 8 {
			end = i
			break
		}
	}
	if end < len(s) && !shortNumber(s[end+1:]) {
		return "", false
	}
	var b [8]byte
	if compact(s[:end], b[:]) != 8 || !isLetter(b[0]) || !allDigits(b[1:]) {
		return "", false
	}
	return string(b[:]), true
}

// shortNumber reports whether s is one or two digits and nothing else.
func shortNumber[T Text](s T) bool {
	return len(s) > 0 && len(s) <= 2 && isDigit(s[0]) && isDigit(s[len(s)-1])
}
