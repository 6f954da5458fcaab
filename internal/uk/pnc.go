package uk

// ValidPNC reports whether s is an identifier of the Police National Computer:
// year with two or four digits, serial of up to seven digits, check letter.
//
// Rule (Criminal Justice Hub): the two-digit year followed by the seven-digit
// serial, modulo 23, picks the letter from Z A B C … Y without I, O and S.
// Personal data about criminal convictions always.
func ValidPNC[T Text](s T) bool { _, ok := NormPNC(s); return ok }

// NormPNC gives year, slash, seven digits, letter: "2002/0073319Z" and
// "02/0073319Z" alike give "02/0073319Z". The year and the serial must be
// parted by a slash in s unless the serial has all seven digits.
func NormPNC[T Text](s T) (string, bool) {
	slash := -1
	for i := range len(s) {
		if s[i] == '/' {
			slash = i
			break
		}
	}
	var b [12]byte
	var year, serial int
	var letter byte
	if slash >= 0 {
		var y [4]byte
		ny := compactDigits(s[:slash], y[:])
		n := compact(s[slash+1:], b[:8])
		if ny != 2 && ny != 4 || n < 2 || !allDigits(b[:n-1]) {
			return "", false
		}
		year, serial, letter = number(y[ny-2:ny]), number(b[:n-1]), b[n-1]
		if ny == 4 && !pncCentury(y[:]) {
			return "", false
		}
	} else {
		n := compact(s, b[:])
		if n != 10 && n != 12 || !allDigits(b[:n-1]) {
			return "", false
		}
		year, serial, letter = number(b[n-10:n-8]), number(b[n-8:n-1]), b[n-1]
		if n == 12 && !pncCentury(b[:]) {
			return "", false
		}
	}
	return pnc(year, serial, letter)
}

func pncCentury(year []byte) bool {
	c := number(year[:2])
	return c == 19 || c == 20
}

func pnc(year, serial int, letter byte) (string, bool) {
	rest := (year*10_000_000 + serial) % 23
	if serial == 0 || checkLetters[(rest+22)%23] != letter {
		return "", false
	}
	out := [11]byte{byte('0' + year/10), byte('0' + year%10), '/'}
	for i := 9; i > 2; i-- {
		out[i] = byte('0' + serial%10)
		serial /= 10
	}
	out[10] = letter
	return string(out[:]), true
}
