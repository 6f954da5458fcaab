package uk

// NHSRange says who issues the range that an NHS number lies in.
type NHSRange uint8

// The ranges of NHS numbers.
const (
	NotNHS             NHSRange = iota
	NHSEngland                  // England, Wales and the Isle of Man
	NHSNorthernIreland          // the Health and Care Number
	NHSTest                     // 9…: never issued to anyone, used in examples and test systems
)

// ClassifyNHSNumber gives the range of the ten-digit number s, or NotNHS when
// its check digit is wrong or its range was never issued.
//
// Rule (NHS Data Dictionary, NHS NUMBER): weights 10 to 2 on the first nine
// digits; eleven less the remainder modulo 11 is the tenth, where 11 is written
// 0 and 10 means that the number is never issued. Ranges in use, by the first
// nine digits: 300 000 000 to 320 000 000, 400 000 000 to 499 999 999 and
// 600 000 000 to 799 999 999 in England; 320 000 001 to 399 999 999 in Northern
// Ireland. Numbers from 900 000 000 are nobody's: 999 is set aside for tests,
// and published examples (943 476 5919) and the invented patients of test
// systems lie in the rest; they are let through because such data ends up in
// real folders, as training sheets do. Scottish numbers (ValidCHI) share the
// sum. Asking for the range halves chance hits on ten-digit numbers.
func ClassifyNHSNumber[T Text](s T) NHSRange {
	var b [10]byte
	if compactDigits(s, b[:]) != 10 || !nhsCheck(b[:]) {
		return NotNHS
	}
	switch stem := number(b[:9]); {
	case stem >= 900_000_000:
		return NHSTest
	case stem >= 300_000_000 && stem <= 320_000_000,
		stem >= 400_000_000 && stem <= 499_999_999,
		stem >= 600_000_000 && stem <= 799_999_999:
		return NHSEngland
	case stem > 320_000_000 && stem <= 399_999_999:
		return NHSNorthernIreland
	}
	return NotNHS
}

// nhsCheck is the sum shared by NHS, Health and Care, and CHI numbers.
func nhsCheck(b []byte) bool {
	check := (11 - weighted(b[:9], 10)%11) % 11
	return check == int(b[9]-'0') && !sameDigit(b)
}

// ValidNHSNumber reports whether s is an NHS number or Health and Care Number
// of an issued or test range. 987 654 4321, the example printed widely, is not:
// its check digit is wrong.
func ValidNHSNumber[T Text](s T) bool { return ClassifyNHSNumber(s) != NotNHS }

// NormNHSNumber gives the ten digits.
func NormNHSNumber[T Text](s T) (string, bool) {
	if !ValidNHSNumber(s) {
		return "", false
	}
	var b [10]byte
	compact(s, b[:])
	return string(b[:]), true
}
