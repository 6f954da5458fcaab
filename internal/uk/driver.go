package uk

// Driver is what the number of a driving licence of Great Britain says about
// its holder.
type Driver struct {
	Surname  string // the first five letters, fewer for a shorter name; MAC is written MC
	Initials string // of the first two forenames; one or none where there are fewer
	Born     ShortDate
	Sex      Sex
}

// ParseDriver reads the whole of s as a driver number of Great Britain.
//
// Rule (DVLA): five letters of the surname padded with 9, decade of birth,
// month (50 more for a woman), day, last digit of the year, two initials padded
// with 9, a digit, and two characters whose rule is not published. The licence
// prints a two-digit issue number behind it. Comparing surname, birth and sex
// with what is known of the person is a better check than any digit.
func ParseDriver[T Text](s T) (Driver, bool) {
	var b [18]byte
	n := compact(s, b[:])
	if n != 16 && (n != 18 || !allDigits(b[16:])) {
		return Driver{}, false
	}
	return driver(b[:16])
}

func driver(b []byte) (Driver, bool) {
	surname, ok := padded(b[:5])
	initials, ok2 := padded(b[11:13])
	if !ok || !ok2 || len(surname) == 0 || !allDigits(b[5:11]) || !isDigit(b[13]) {
		return Driver{}, false
	}
	d := Driver{Sex: Male}
	d.Born.Year = int(b[5]-'0')*10 + int(b[10]-'0')
	d.Born.Month = number(b[6:8])
	d.Born.Day = number(b[8:10])
	if d.Born.Month > 50 {
		d.Born.Month -= 50
		d.Sex = Female
	}
	if !d.Born.Exists() {
		return Driver{}, false
	}
	d.Surname, d.Initials = string(surname), string(initials)
	return d, true
}

// padded gives the letters before the 9s that fill up a part.
func padded(b []byte) ([]byte, bool) {
	n := 0
	for n < len(b) && isLetter(b[n]) {
		n++
	}
	for _, c := range b[n:] {
		if c != '9' {
			return nil, false
		}
	}
	return b[:n], true
}

// ValidDriver reports whether s is a driver number of Great Britain with a date
// of birth that exists. Northern Ireland's eight digits have no form to check:
// see ValidNIDriver.
func ValidDriver[T Text](s T) bool { _, ok := ParseDriver(s); return ok }

// ValidNIDriver reports whether s has the form of a driver number of Northern
// Ireland: eight digits. Only a label or column makes one of them.
func ValidNIDriver[T Text](s T) bool {
	var b [8]byte
	return compactDigits(s, b[:]) == 8 && !sameDigit(b[:])
}

// NormDriver gives the sixteen characters without issue number, or the eight of
// Northern Ireland.
func NormDriver[T Text](s T) (string, bool) {
	var b [18]byte
	n := compact(s, b[:])
	if ValidDriver(s) {
		return string(b[:16]), true
	}
	if ValidNIDriver(s) {
		return string(b[:n]), true
	}
	return "", false
}

// SurnameMatches reports whether the number can be that of a person with the
// surname, compared on the letters that the number holds.
func (d Driver) SurnameMatches(surname string) bool {
	var b [64]byte
	n := 0
	for i := 0; i < len(surname) && n < len(b); i++ {
		c := surname[i]
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		if isLetter(c) {
			b[n] = c
			n++
		}
	}
	name := b[:n]
	if n > 3 && string(name[:3]) == "MAC" {
		copy(name[1:], name[2:])
		name = name[:n-1]
	}
	return d.Surname == string(name[:min(len(name), 5)])
}
