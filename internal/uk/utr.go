package uk

// ValidUTR reports whether s is a Unique Taxpayer Reference of HMRC: ten digits,
// with or without the letter K before or behind. Corporations have one too.
//
// Rule (OECD sheet on UK tax identification numbers): the first digit checks
// the other nine; their sum with weights 6 7 8 9 10 5 4 3 2, modulo 11, picks
// it from 21987654321. One random number in ten passes.
func ValidUTR[T Text](s T) bool {
	var b [11]byte
	_, ok := utr(s, &b)
	return ok
}

// NormUTR gives the ten digits.
func NormUTR[T Text](s T) (string, bool) {
	var b [11]byte
	digits, ok := utr(s, &b)
	return string(digits), ok
}

func utr[T Text](s T, b *[11]byte) ([]byte, bool) {
	n := compact(s, b[:])
	if n < 10 {
		return nil, false
	}
	d := b[:n]
	if n == 11 && d[0] == 'K' {
		d = d[1:]
	} else if n == 11 && d[10] == 'K' {
		d = d[:10]
	}
	if len(d) != 10 || !allDigits(d) || sameDigit(d) {
		return nil, false
	}
	sum := 0
	for i, w := range [9]int{6, 7, 8, 9, 10, 5, 4, 3, 2} {
		sum += int(d[i+1]-'0') * w
	}
	if "21987654321"[sum%11] != d[0] {
		return nil, false
	}
	return d, true
}
