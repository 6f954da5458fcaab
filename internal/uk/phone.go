package uk

// PhonePlan is what a range of the National Telephone Numbering Plan is for.
type PhonePlan uint8

// The plans.
const (
	NotPhone      PhonePlan = iota
	Geographic              // 01, 02
	NonGeographic           // 03
	Corporate               // 055, 056: company networks, voice over the internet
	Mobile                  // 071 to 075, 077 to 079, and 07624 of the Isle of Man
	Personal                // 070 personal numbering, 076 pagers
	Special                 // 080 free, 084, 087 charged
	Premium                 // 09
)

// ClassifyPhone gives the plan of a telephone number of the United Kingdom as
// dialled inside it (0…) or from abroad (+44…, 0044…, 44…, also +44 (0)…).
//
// Rule (Ofcom, National Telephone Numbering Plan): ten digits after the 0, nine
// for some in 01 and for 0500 and 0800.
func ClassifyPhone[T Text](s T) PhonePlan {
	var b [15]byte
	_, plan := phone(s, &b)
	return plan
}

// ValidPhone reports whether s is a telephone number of some plan.
func ValidPhone[T Text](s T) bool { return ClassifyPhone(s) != NotPhone }

// NormPhone gives the number as dialled from abroad: "+442079460000".
func NormPhone[T Text](s T) (string, bool) {
	var b [15]byte
	national, plan := phone(s, &b)
	if plan == NotPhone {
		return "", false
	}
	var out [13]byte
	n := copy(out[:], "+44")
	n += copy(out[n:], national)
	return string(out[:n]), true
}

// phone gives the digits behind the 0 or +44.
func phone[T Text](s T, b *[15]byte) ([]byte, PhonePlan) {
	n := phoneDigits(s, b)
	if n < 10 {
		return nil, NotPhone
	}
	d := b[:n]
	switch {
	case n > 12 && string(d[:4]) == "0044":
		d = d[4:]
	case n > 10 && string(d[:2]) == "44":
		d = d[2:]
	case d[0] != '0':
		return nil, NotPhone
	}
	if d[0] == '0' {
		d = d[1:]
	}
	return d, phonePlan(d)
}

// phoneDigits is compactDigits that takes a plus sign in front and brackets.
func phoneDigits[T Text](s T, b *[15]byte) int {
	n := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case isDigit(c):
			if n == len(b) {
				return -1
			}
			b[n] = c
			n++
		case c == '+' && n == 0, c == '(', c == ')':
		default:
			w := separator(s, i)
			if w == 0 {
				return -1
			}
			i += w
			continue
		}
		i++
	}
	return n
}

func phonePlan(d []byte) PhonePlan {
	if len(d) != 10 && len(d) != 9 {
		return NotPhone
	}
	short := len(d) == 9
	if short && d[0] != '1' && string(d[:3]) != "500" && string(d[:3]) != "800" || sameDigit(d[1:]) {
		return NotPhone
	}
	switch d[0] {
	case '1':
		if d[1] == '0' {
			return NotPhone
		}
		return Geographic
	case '2':
		if d[1] == '0' || d[1] == '3' || d[1] == '4' || d[1] == '8' || d[1] == '9' {
			return Geographic
		}
	case '3':
		return NonGeographic
	case '5':
		if short {
			return Special
		}
		if d[1] == '5' || d[1] == '6' {
			return Corporate
		}
	case '7':
		return mobilePlan(d)
	case '8':
		if d[1] == '0' || d[1] == '4' || d[1] == '7' {
			return Special
		}
	case '9':
		if d[1] == '0' || d[1] == '1' || d[1] == '8' {
			return Premium
		}
	}
	return NotPhone
}

func mobilePlan(d []byte) PhonePlan {
	switch {
	case d[1] == '0', d[1] == '6' && string(d[:4]) != "7624":
		return Personal
	}
	return Mobile
}
