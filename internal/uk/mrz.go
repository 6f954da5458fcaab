package uk

import "strings"

// MRZ is what the machine readable zone of a passport, visa, identity card or
// residence permit says: the best single piece of evidence of who someone is.
type MRZ struct {
	Form        string // TD1 (card, three lines of 30), TD2 (two of 36), TD3 (passport, two of 44)
	Document    string // P, V, I, IR …
	Issuer      string // country of issue, three letters
	Surname     string // words parted by spaces; "" where only the data line was given
	Given       string
	Number      string // of the document
	Nationality string
	Born        ShortDate
	Sex         Sex
	Expires     ShortDate
	Optional    string // personal number or what else the issuer put there
	Whole       bool   // the check digit over all parts is right too
}

// maxMRZ bounds what ParseMRZ looks at, in bytes.
const maxMRZ = 400

// ParseMRZ reads the two or three lines of a machine readable zone, or the data
// line of a passport alone (44 characters). Spaces do not matter; what scanners
// confuse is put right: letters read for digits in dates and check digits,
// digits for letters in names and countries, K for the filler.
//
// Rule (ICAO Doc 9303, parts 3 to 6): digits as they are, A is 10 to Z is 35,
// the filler 0; weights 7 3 1; the sum modulo 10. The check digits of number,
// date of birth and date of expiry must all be right.
func ParseMRZ[T Text](s T) (MRZ, bool) {
	if len(s) > maxMRZ {
		return MRZ{}, false
	}
	lines := mrzLines(string(s))
	switch {
	case len(lines) == 3 && len(lines[0]) == 30 && len(lines[1]) == 30:
		return mrzCard(lines[0], lines[1], lines[2])
	case len(lines) == 2 && len(lines[1]) == 44:
		return mrzBook("TD3", lines[0], lines[1])
	case len(lines) == 2 && len(lines[1]) == 36:
		return mrzBook("TD2", lines[0], lines[1])
	case len(lines) == 1 && len(lines[0]) == 44:
		return mrzBook("TD3", "", lines[0])
	}
	return MRZ{}, false
}

// mrzLines gives the lines in upper case without spaces; nil when a character
// is there that no zone has.
func mrzLines(s string) []string {
	s = strings.ReplaceAll(s, "«", "<<")
	var lines []string
	for line := range strings.Lines(s) {
		b := make([]byte, 0, 48)
		for i := range len(line) {
			c := line[i]
			switch {
			case 'a' <= c && c <= 'z':
				b = append(b, c-('a'-'A'))
			case isDigit(c), isLetter(c), c == '<':
				b = append(b, c)
			case c != ' ' && c != '\t' && c != '\r' && c != '\n':
				return nil
			}
		}
		if len(b) > 0 {
			lines = append(lines, string(b))
		}
	}
	return lines
}

// mrzBook reads TD3 and TD2, whose data lines begin alike.
func mrzBook(form, top, data string) (MRZ, bool) {
	d := []byte(data)
	end := len(d)
	mrzDigits(d[9:10], d[13:20], d[21:28], d[end-1:])
	if form == "TD3" && d[42] != '<' {
		mrzDigits(d[42:43])
	}
	mrzLetters(d[10:13])
	m := MRZ{Form: form, Nationality: mrzWord(d[10:13])}
	if !m.dates(d[13:20], d[20], d[21:28]) || !mrzCheck(d[9], d[:9]) {
		return MRZ{}, false
	}
	m.Number = mrzWord(d[:9])
	optional := d[28 : end-1]
	if form == "TD3" {
		optional = d[28:42]
	}
	m.Optional = mrzWord(optional)
	m.Whole = mrzCheck(d[end-1], d[:10], d[13:20], d[21:end-1])
	if top != "" {
		m.heading([]byte(top))
		m.names(top[min(5, len(top)):])
	}
	return m, true
}

// mrzCard reads TD1.
func mrzCard(top, data, names string) (MRZ, bool) {
	t, d := []byte(top), []byte(data)
	mrzDigits(d[0:7], d[8:15], d[29:])
	mrzLetters(d[15:18])
	m := MRZ{Form: "TD1", Nationality: mrzWord(d[15:18])}
	if !m.dates(d[0:7], d[7], d[8:15]) {
		return MRZ{}, false
	}
	number, check, optional := t[5:14], t[14], t[15:30]
	if check == '<' { // a number of more than nine characters goes on in the optional part
		n := strings.IndexByte(string(optional), '<')
		if n < 2 {
			return MRZ{}, false
		}
		number = append(append([]byte{}, number...), optional[:n-1]...)
		check, optional = optional[n-1], optional[n:]
	}
	mrzDigits([]byte{check})
	if !mrzCheck(check, number) {
		return MRZ{}, false
	}
	m.Number, m.Optional = mrzWord(number), mrzWord(optional)
	m.Whole = mrzCheck(d[29], t[5:30], d[0:7], d[8:15], d[18:29])
	m.heading(t)
	m.names(names)
	return m, true
}

// dates reads date of birth, sex and date of expiry; each date is six digits
// and a check digit.
func (m *MRZ) dates(born []byte, sex byte, expires []byte) bool {
	if !allDigits(born) || !allDigits(expires) || !mrzCheck(born[6], born[:6]) || !mrzCheck(expires[6], expires[:6]) {
		return false
	}
	m.Born, m.Expires = yearMonthDay(born), yearMonthDay(expires)
	if sex == 'M' || sex == 'F' {
		m.Sex = Sex(sex)
	}
	return m.Born.Exists() && m.Expires.Exists()
}

// heading reads document and issuer from the first five characters.
func (m *MRZ) heading(top []byte) {
	if len(top) < 5 {
		return
	}
	mrzLetters(top[2:5])
	m.Document, m.Issuer = mrzWord(top[:2]), mrzWord(top[2:5])
}

// names reads SURNAME<<GIVEN<NAMES<<<.
func (m *MRZ) names(s string) {
	b := []byte(s)
	mrzLetters(b)
	end := len(b)
	for end > 0 && (b[end-1] == '<' || b[end-1] == 'K') {
		end--
	}
	// One K, or K behind a letter alone, belongs to the name; more in a run
	// with fillers are fillers that a scanner misread.
	if end < len(b) && b[end] == 'K' && (end+1 == len(b) || b[end+1] == '<') {
		end++
	}
	surname, given, _ := strings.Cut(string(b[:end]), "<<")
	m.Surname = mrzWords(surname)
	m.Given = mrzWords(given)
}

func mrzWords(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '<' }), " ")
}

func mrzWord(b []byte) string { return strings.TrimRight(string(b), "<") }

// mrzCheck compares the check digit with the sum over parts in a row.
func mrzCheck(check byte, parts ...[]byte) bool {
	weights := [3]int{7, 3, 1}
	sum, i := 0, 0
	for _, part := range parts {
		for _, c := range part {
			v := 0
			if isDigit(c) {
				v = int(c - '0')
			} else if isLetter(c) {
				v = int(c-'A') + 10
			}
			sum += v * weights[i%3]
			i++
		}
	}
	return int(check)-'0' == sum%10 || check == '<' && sum == 0
}

// mrzDigits puts right, in place, letters read for digits.
func mrzDigits(parts ...[]byte) {
	for _, part := range parts {
		for i, c := range part {
			switch c {
			case 'O', 'Q', 'D':
				part[i] = '0'
			case 'I', 'L':
				part[i] = '1'
			case 'Z':
				part[i] = '2'
			case 'S':
				part[i] = '5'
			case 'G':
				part[i] = '6'
			case 'B':
				part[i] = '8'
			}
		}
	}
}

// mrzLetters puts right, in place, digits read for letters.
func mrzLetters(b []byte) {
	for i, c := range b {
		switch c {
		case '0':
			b[i] = 'O'
		case '1':
			b[i] = 'I'
		case '2':
			b[i] = 'Z'
		case '5':
			b[i] = 'S'
		case '6':
			b[i] = 'G'
		case '8':
			b[i] = 'B'
		}
	}
}
