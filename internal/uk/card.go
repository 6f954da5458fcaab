package uk

// CardScheme is the issuer's network of a payment card.
type CardScheme string

// The schemes that are told apart.
const (
	NotCard         CardScheme = ""
	Visa            CardScheme = "Visa"
	Mastercard      CardScheme = "Mastercard"
	AmericanExpress CardScheme = "American Express"
	Maestro         CardScheme = "Maestro"
)

// ClassifyCard gives the scheme of the payment card number s, or NotCard when
// prefix, length or check digit is wrong.
//
// Rule (ISO/IEC 7812): Visa 4 (13, 16 or 19 digits); Mastercard 51 to 55 and
// 2221 to 2720 (16); American Express 34 and 37 (15); Maestro of the United
// Kingdom 6759, 676770 and 676774 (12 to 19). Luhn's sum alone passes one
// random number in ten.
func ClassifyCard[T Text](s T) CardScheme {
	var b [19]byte
	n := compactDigits(s, b[:])
	if n < 12 || !luhn(b[:n]) {
		return NotCard
	}
	six, four := number(b[:6]), number(b[:4])
	switch {
	case b[0] == '4' && (n == 13 || n == 16 || n == 19):
		return Visa
	case n == 16 && (four >= 5100 && four <= 5599 || four >= 2221 && four <= 2720):
		return Mastercard
	case n == 15 && (four/100 == 34 || four/100 == 37):
		return AmericanExpress
	case four == 6759 || six == 676770 || six == 676774:
		return Maestro
	}
	return NotCard
}

func luhn(b []byte) bool {
	sum := 0
	for i := range b {
		d := int(b[len(b)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && !sameDigit(b)
}

// ValidCard reports whether s is a card number of a known scheme.
func ValidCard[T Text](s T) bool { return ClassifyCard(s) != NotCard }

// NormCard gives the digits.
func NormCard[T Text](s T) (string, bool) {
	if !ValidCard(s) {
		return "", false
	}
	var b [19]byte
	n := compact(s, b[:])
	return string(b[:n]), true
}
