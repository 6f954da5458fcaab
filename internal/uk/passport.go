package uk

// PassportForm says what sort of British passport number a value has the form
// of. Passport numbers carry no check digit outside the machine readable zone:
// only context makes one.
type PassportForm uint8

// The forms of passport numbers.
const (
	NotPassport      PassportForm = iota
	PassportDigits                // nine digits, all booklets since 1988
	PassportOld                   // a letter and six digits or six digits and a letter: booklets of before 1988
	PassportLettered              // two letters, seven digits: said of newer booklets by some, denied by the Home Office
)

// ClassifyPassport gives the form of the passport number s.
//
// Rule (GOV.UK, basic passport checks; NHS Data Dictionary): nine digits.
func ClassifyPassport[T Text](s T) PassportForm {
	var b [9]byte
	n := compact(s, b[:])
	switch {
	case n == 9 && allDigits(b[:]):
		if sameDigit(b[:]) {
			return NotPassport
		}
		return PassportDigits
	case n == 9 && isLetter(b[0]) && isLetter(b[1]) && allDigits(b[2:]):
		return PassportLettered
	case n == 7 && (isLetter(b[0]) && allDigits(b[1:7]) || isLetter(b[6]) && allDigits(b[:6])):
		return PassportOld
	}
	return NotPassport
}

// ValidPassport reports whether s has a form that British passports have or
// had; PassportLettered is not among them.
func ValidPassport[T Text](s T) bool {
	f := ClassifyPassport(s)
	return f == PassportDigits || f == PassportOld
}

// NormPassport gives the characters without separators, for any form.
func NormPassport[T Text](s T) (string, bool) {
	if ClassifyPassport(s) == NotPassport {
		return "", false
	}
	var b [9]byte
	n := compact(s, b[:])
	return string(b[:n]), true
}
