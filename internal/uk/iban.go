package uk

// ibanLength is the length of an account number by country, in the ISO 13616
// registry; countries that are not listed are taken at any length from 15 to 34.
func ibanLength(country string) int {
	switch country {
	case "NO":
		return 15
	case "BE":
		return 16
	case "DK", "FI", "NL":
		return 18
	case "AT", "EE", "LT", "LU":
		return 20
	case "CH", "HR", "LI", "LV":
		return 21
	case "BG", "DE", "GB", "GE", "IE", "ME", "RS":
		return 22
	case "AE", "GI", "IL":
		return 23
	case "AD", "CZ", "ES", "MD", "PK", "RO", "SA", "SE", "SK", "TN":
		return 24
	case "PT":
		return 25
	case "IS", "TR":
		return 26
	case "FR", "GR", "IT":
		return 27
	case "AL", "CY", "HU", "LB", "PL":
		return 28
	case "MT":
		return 31
	}
	return 0
}

// ValidIBAN reports whether s is an international bank account number: two
// letters, two check digits, up to thirty characters, the length of its
// country, remainder 1 modulo 97 (ISO 13616, ISO 7064).
func ValidIBAN[T Text](s T) bool {
	var b [34]byte
	n := compact(s, b[:])
	return n >= 15 && iban(b[:n])
}

func iban(b []byte) bool {
	if !isLetter(b[0]) || !isLetter(b[1]) || !allDigits(b[2:4]) {
		return false
	}
	country := string(b[:2])
	if want := ibanLength(country); want != 0 && want != len(b) {
		return false
	}
	if country == "GB" && (!allLetters(b[4:8]) || !allDigits(b[8:])) {
		return false
	}
	rest := 0
	for i := range b {
		c := b[(i+4)%len(b)]
		if isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest == 1
}

// NormIBAN gives the characters without separators.
func NormIBAN[T Text](s T) (string, bool) {
	var b [34]byte
	n := compact(s, b[:])
	if n < 15 || !iban(b[:n]) {
		return "", false
	}
	return string(b[:n]), true
}

// IBANAccount gives sort code and account number of a British normal form.
func IBANAccount(norm string) (sortCode, account string, ok bool) {
	if len(norm) != 22 || norm[:2] != "GB" {
		return "", "", false
	}
	return norm[8:14], norm[14:], true
}
