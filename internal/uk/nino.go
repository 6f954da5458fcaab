package uk

// NINOClass says what sort of National Insurance number a value can be.
type NINOClass uint8

// The classes of National Insurance numbers.
const (
	NotNINO            NINOClass = iota
	IssuedNINO                   // could have been issued to a person
	AdministrativeNINO           // prefixes departments used for their own purposes; they occur in old benefit files
	TemporaryNINO                // TN, date of birth, M or F: given until a real number was known
)

// ClassifyNINO tells what sort of National Insurance number the whole of s is.
//
// Rule (HMRC National Insurance Manual NIM39110): two letters, six digits, and
// a suffix A to D that exports often leave out. Neither letter is D, F, I, Q, U
// or V; the second is not O; BG, GB, KN, NK, NT, TN and ZZ are not used. There
// is no check digit.
func ClassifyNINO[T Text](s T) NINOClass {
	var b [9]byte
	return classifyNINO(b[:max(compact(s, b[:]), 0)])
}

func classifyNINO(b []byte) NINOClass {
	if len(b) < 8 || !isLetter(b[0]) || !isLetter(b[1]) || !allDigits(b[2:8]) {
		return NotNINO
	}
	if b[0] == 'T' && b[1] == 'N' {
		if len(b) == 9 && (b[8] == 'M' || b[8] == 'F') && dayMonthYear(b[2:8]).Exists() {
			return TemporaryNINO
		}
		return NotNINO
	}
	if len(b) == 9 && (b[8] < 'A' || b[8] > 'D') {
		return NotNINO
	}
	switch string(b[:2]) {
	case "OO", "CR", "FY", "MW", "NC", "PP", "PZ":
		return AdministrativeNINO
	case "BG", "GB", "KN", "NK", "NT", "ZZ":
		return NotNINO
	}
	if ninoNever(b[0]) || ninoNever(b[1]) || b[1] == 'O' {
		return NotNINO
	}
	return IssuedNINO
}

func ninoNever(c byte) bool {
	switch c {
	case 'D', 'F', 'I', 'Q', 'U', 'V':
		return true
	}
	return false
}

// ValidNINO reports whether the whole of s is a National Insurance number that
// could have been issued, with or without its suffix.
func ValidNINO[T Text](s T) bool { return ClassifyNINO(s) == IssuedNINO }

// NormNINO gives the normal form of any class: two letters, six digits, and the
// suffix if there is one. Compare people by NINOKey of it.
func NormNINO[T Text](s T) (string, bool) {
	var b [9]byte
	n := max(compact(s, b[:]), 0)
	if classifyNINO(b[:n]) == NotNINO {
		return "", false
	}
	return string(b[:n]), true
}

// NINOKey is the part of a normal form that is unique to a person: the first
// eight characters. The suffix told the quarter in which a stamp card was
// exchanged and differs between files.
func NINOKey(norm string) string { return norm[:min(len(norm), 8)] }

// TemporaryNINOHolder gives the date of birth and sex that a temporary number
// states.
func TemporaryNINOHolder[T Text](s T) (ShortDate, Sex, bool) {
	var b [9]byte
	n := max(compact(s, b[:]), 0)
	if classifyNINO(b[:n]) != TemporaryNINO {
		return ShortDate{}, SexUnknown, false
	}
	return dayMonthYear(b[2:8]), Sex(b[8]), true
}

// ValidTRN reports whether s has the form of HMRC's temporary reference number,
// two digits, a letter, five digits (NIM39110): not a National Insurance
// number, but about one person all the same.
func ValidTRN[T Text](s T) bool {
	var b [8]byte
	return compact(s, b[:]) == 8 && allDigits(b[:2]) && isLetter(b[2]) && allDigits(b[3:])
}
