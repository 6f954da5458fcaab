package uk

// CHIHolder gives the date of birth and sex that a Community Health Index
// number of Scotland states.
//
// Rule (NHS Data Dictionary; Public Health Scotland, phsmethods): date of birth
// ddmmyy, two digits, one digit that is odd for men and even for women, and the
// check digit of NHS numbers.
func CHIHolder[T Text](s T) (ShortDate, Sex, bool) {
	var b [10]byte
	if compactDigits(s, b[:]) != 10 || !nhsCheck(b[:]) {
		return ShortDate{}, SexUnknown, false
	}
	born := dayMonthYear(b[:6])
	if !born.Exists() {
		return ShortDate{}, SexUnknown, false
	}
	if (b[8]-'0')%2 == 1 {
		return born, Male, true
	}
	return born, Female, true
}

// ValidCHI reports whether s is a Community Health Index number: check digit
// and a date of birth that exists. Numbers of people born on the first three
// days of a month lie in ranges that England uses too.
func ValidCHI[T Text](s T) bool { _, _, ok := CHIHolder(s); return ok }

// NormCHI gives the ten digits. Nine digits, as a spreadsheet leaves a number
// that began with 0, are completed; do that only where a column or label says
// CHI.
func NormCHI[T Text](s T) (string, bool) {
	var b [10]byte
	n := compactDigits(s, b[:])
	if n == 9 {
		copy(b[1:], b[:9])
		b[0] = '0'
	} else if n != 10 {
		return "", false
	}
	if !ValidCHI(b[:]) {
		return "", false
	}
	return string(b[:]), true
}
