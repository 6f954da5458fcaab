package lex

// NormPostcode gives a postcode in capitals with one space ("W8 7NX"), whatever
// its case and spaces, and false when s is not one by form (BS 7666: which
// letters may stand where; GIR 0AA). Whether it is in use is not known here.
func NormPostcode(s string) (string, bool) {
	var b [8]byte
	n := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case c == ' ' || c == '\t':
			continue
		case c == 0xC2 && i+1 < len(s) && s[i+1] == 0xA0: // no-break space
			i++
			continue
		case c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
		default:
			return "", false
		}
		if n == 7 {
			return "", false
		}
		b[n] = c
		n++
	}
	if n < 5 || !isPostcode(b[:n]) {
		return "", false
	}
	out := make([]byte, 0, 8)
	out = append(out, b[:n-3]...)
	out = append(out, ' ')
	return string(append(out, b[n-3:n]...)), true
}

// isPostcode checks a postcode in capitals without space, 5 to 7 bytes.
func isPostcode(b []byte) bool {
	n := len(b)
	if n < 5 || n > 7 {
		return false
	}
	in := b[n-3:]
	if !isDigit(in[0]) || !inwardLetter(in[1]) || !inwardLetter(in[2]) {
		return false
	}
	return isOutward(b[:n-3]) || string(b) == "GIR0AA"
}

// isOutward checks the first half: A9 A99 A9A AA9 AA99 AA9A.
func isOutward(b []byte) bool {
	if len(b) < 2 || len(b) > 4 || !isUpper(b[0]) || b[0] == 'Q' || b[0] == 'V' || b[0] == 'X' {
		return false
	}
	rest := b[1:]
	two := isUpper(rest[0])
	if two {
		if rest[0] == 'I' || rest[0] == 'J' || rest[0] == 'Z' {
			return false
		}
		rest = rest[1:]
	}
	switch len(rest) {
	case 1:
		return isDigit(rest[0])
	case 2:
		if !isDigit(rest[0]) {
			return false
		}
		return isDigit(rest[1]) || !two && thirdLetter[rest[1]] || two && fourthLetter[rest[1]]
	}
	return false
}

func inwardLetter(c byte) bool {
	switch c {
	case 'C', 'I', 'K', 'M', 'O', 'V':
		return false
	}
	return isUpper(c)
}

var (
	thirdLetter  = letterSet("ABCDEFGHJKPSTUW")
	fourthLetter = letterSet("ABEHMNPRVWXY")
)

func letterSet(s string) (set [256]bool) {
	for i := range len(s) {
		set[s[i]] = true
	}
	return set
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
