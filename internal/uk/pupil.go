package uk

// checkLetters are the letters without I, O and S that the Department for
// Education and the police use for remainders modulo 23.
const checkLetters = "ABCDEFGHJKLMNPQRTUVWXYZ"

// ValidUPN reports whether s is a Unique Pupil Number.
//
// Rule (Department for Education, UPN guide): a check letter, twelve digits of
// local authority, school, year and serial; the last may be a letter in a
// temporary number. The sum of positions 2 to 13 times 2 to 13, modulo 23,
// picks the check letter. The authority's code is not checked: new ones appear.
func ValidUPN[T Text](s T) bool {
	var b [13]byte
	return compact(s, b[:]) == 13 && upn(b[:])
}

func upn(b []byte) bool {
	if !isLetter(b[0]) || !allDigits(b[1:12]) {
		return false
	}
	last := int(b[12]) - '0'
	if isLetter(b[12]) {
		if last = checkValue(b[12]); last < 0 {
			return false
		}
	}
	sum := last * 13
	for i := 1; i < 12; i++ {
		sum += int(b[i]-'0') * (i + 1)
	}
	return checkLetters[sum%23] == b[0]
}

// checkValue is the value of a letter in checkLetters, -1 if it is not there.
func checkValue(c byte) int {
	for i := range len(checkLetters) {
		if checkLetters[i] == c {
			return i
		}
	}
	return -1
}

// NormUPN gives the thirteen characters.
func NormUPN[T Text](s T) (string, bool) {
	var b [13]byte
	if compact(s, b[:]) != 13 || !upn(b[:]) {
		return "", false
	}
	return string(b[:]), true
}

// UPNAuthority is the number of the local authority in a normal form: 207.
func UPNAuthority(norm string) int {
	if len(norm) != 13 {
		return 0
	}
	return number([]byte(norm[1:4]))
}

// ValidULN reports whether s is a Unique Learner Number.
//
// Rule (Learning Records Service; HESA field ULN): ten digits, the first not 0,
// and weights 10 to 1 give 10 modulo 11. No ULN is an NHS number.
func ValidULN[T Text](s T) bool {
	var b [10]byte
	return compactDigits(s, b[:]) == 10 && b[0] != '0' && weighted(b[:], 10)%11 == 10
}

// NormULN gives the ten digits.
func NormULN[T Text](s T) (string, bool) {
	if !ValidULN(s) {
		return "", false
	}
	var b [10]byte
	compact(s, b[:])
	return string(b[:]), true
}
