package uk

// ValidHomeOfficeRef reports whether s has the form of a Home Office reference:
// a letter and seven digits, with or without a part number "/2" behind. Many
// other references look like it; take it only near words of immigration.
func ValidHomeOfficeRef[T Text](s T) bool { _, ok := NormHomeOfficeRef(s); return ok }

// NormHomeOfficeRef gives the letter and seven digits without the part number,
// which counts dependants and journeys of one file.
func NormHomeOfficeRef[T Text](s T) (string, bool) {
	var b [10]byte
	end := len(s)
	for i := range len(s) {
		if s[i] == '/' && i >= 8 {
			end = i
			for j := i + 1; j < len(s); j++ {
				if !isDigit(s[j]) {
					return "", false
				}
			}
			if len(s)-i > 3 {
				return "", false
			}
			break
		}
	}
	if compact(s[:end], b[:]) != 8 || !isLetter(b[0]) || !allDigits(b[1:8]) {
		return "", false
	}
	return string(b[:8]), true
}
