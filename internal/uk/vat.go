package uk

// ValidVAT reports whether s is a VAT registration number of the United
// Kingdom, with or without GB or XI before it. A sole trader's is personal data.
//
// Rule (HMRC; European Commission VIES): nine digits, or twelve for a branch.
// With weights 8 to 2 on the first seven digits, the sum and the number in the
// last two are 0 modulo 97 in the old series and 42 in the series from 100
// (written "55 added"). Government departments have GD and a number below 500,
// health authorities HA and a number from 500.
func ValidVAT[T Text](s T) bool {
	var b [14]byte
	_, ok := vat(s, &b)
	return ok
}

// NormVAT gives the number without its country letters.
func NormVAT[T Text](s T) (string, bool) {
	var b [14]byte
	v, ok := vat(s, &b)
	return string(v), ok
}

func vat[T Text](s T, b *[14]byte) ([]byte, bool) {
	n := compact(s, b[:])
	if n < 5 {
		return nil, false
	}
	v := b[:n]
	if c := string(v[:2]); c == "GB" || c == "XI" {
		v = v[2:]
	}
	if len(v) == 5 && vatAuthority(v) {
		return v, true
	}
	if len(v) != 9 && len(v) != 12 || !allDigits(v) || sameDigit(v[:9]) {
		return nil, false
	}
	sum := (weighted(v[:7], 8) + number(v[7:9])) % 97
	if sum == 0 || sum == 42 && number(v[:3]) >= 100 {
		return v, true
	}
	return nil, false
}

func vatAuthority(v []byte) bool {
	if !allDigits(v[2:]) {
		return false
	}
	switch string(v[:2]) {
	case "GD":
		return number(v[2:]) < 500
	case "HA":
		return number(v[2:]) >= 500
	}
	return false
}
