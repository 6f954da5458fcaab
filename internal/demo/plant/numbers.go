package plant

import (
	"fmt"
	"strings"
)

// The numbers below are valid by their public rules and lie in ranges that no
// real person can hold. Check digits are worked out here, apart from the code
// that will be measured against them.

// ninoOf gives National Insurance numbers with the test prefix AA: one for each
// n below a million, e.g. AA123456B.
func ninoOf(n int) string {
	return fmt.Sprintf("AA%06d%c", (n*7919+123456)%1000000, 'A'+n%4)
}

// nhsOf gives NHS numbers of the test range 999 000 0000 to 999 999 9999, one for
// each n below 500,000. A body may have no check digit; then the next has, as
// the two differ by 2 in their weighted sum.
func nhsOf(n int) string {
	for at := 0; ; at++ {
		body := fmt.Sprintf("999%06d", n*74202%1000000+at)
		if check, ok := mod11(body); ok {
			return body + check
		}
	}
}

// mod11 is the NHS check digit: weights 10 down to 2, 11 less the remainder.
func mod11(body string) (string, bool) {
	sum := 0
	for i, r := range body {
		sum += int(r-'0') * (10 - i)
	}
	switch check := 11 - sum%11; check {
	case 11:
		return "0", true
	case 10:
		return "", false
	default:
		return fmt.Sprint(check), true
	}
}

// upnOf gives a unique pupil number: check letter, an authority number that no
// authority has (299), school, year of joining and serial (DfE guide 1.2).
func upnOf(n, year int) string {
	const letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
	body := fmt.Sprintf("299%04d%02d%03d", 2000+n/1000%1000, year%100, n%1000)
	sum := 0
	for i, r := range body {
		sum += int(r-'0') * (i + 2)
	}
	return string(letters[sum%23]) + body
}

// ulnOf gives a unique learner number: ten digits whose weighted sum leaves 10.
func ulnOf(n int) string {
	for at := 0; ; at++ {
		body := fmt.Sprintf("9%08d", (n*13+at)%100000000)
		sum := 0
		for i, r := range body {
			sum += int(r-'0') * (10 - i)
		}
		if check := (10 - sum%11 + 11) % 11; check < 10 {
			return body + fmt.Sprint(check)
		}
	}
}

// utrOf gives a unique taxpayer reference: the first digit checks the rest.
func utrOf(n int) string {
	body := fmt.Sprintf("%09d", (n*7717+955839661)%1000000000)
	weights := [...]int{6, 7, 8, 9, 10, 5, 4, 3, 2}
	sum := 0
	for i, r := range body {
		sum += int(r-'0') * weights[i]
	}
	return string("21987654321"[sum%11]) + body
}

// luhn appends the check digit that meters and cards carry.
func luhn(body string) string {
	sum := 0
	for i := range body {
		d := int(body[len(body)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return body + fmt.Sprint((10-sum%10)%10)
}

// pncOf gives a Police National Computer id: year, serial, check letter.
func pncOf(n, year int) string {
	serial := n % 10000000
	const letters = "ZABCDEFGHJKLMNPQRTUVWXY"
	return fmt.Sprintf("%d/%07d%c", year, serial, letters[((year%100)*10000000+serial)%23])
}

// drivingLicenceOf builds a driver number from the facts it encodes.
func drivingLicenceOf(h *human) string {
	sur := strings.ToUpper(plain(h.surname))
	var letters []byte
	for i := range len(sur) {
		if sur[i] >= 'A' && sur[i] <= 'Z' {
			letters = append(letters, sur[i])
		}
	}
	month := int(h.born.Month)
	if h.sex == 'F' {
		month += 50
	}
	second := "9"
	if h.middle != "" {
		second = strings.ToUpper(plain(h.middle))[:1]
	}
	return fmt.Sprintf("%s%d%02d%02d%d%s%s9%s", (string(letters) + "99999")[:5], h.born.Year/10%10, month, h.born.Day,
		h.born.Year%10, strings.ToUpper(plain(h.given))[:1], second, "IJ")
}

// phones are the numbers that Ofcom keeps for drama: few, so that only some
// residents have one of their own.
func phoneOf(n int) (string, bool) {
	geographic := []string{"020 7946 0", "0113 496 0", "0114 496 0", "0115 496 0", "0116 496 0", "0117 496 0", "0118 496 0",
		"0121 496 0", "0131 496 0", "0141 496 0", "0151 496 0", "0161 496 0", "0191 498 0", "028 9649 6", "029 2018 0", "01632 960"}
	if n < 1000 {
		return fmt.Sprintf("07700 900%03d", n), true
	}
	if n -= 1000; n/1000 < len(geographic) {
		return fmt.Sprintf("%s%03d", geographic[n/1000], n%1000), true
	}
	return "", false
}

// accountOf gives a sort code from the industry's published test values, and an
// account number.
func accountOf(n int) (sort, account string) {
	sorts := []string{"08-99-99", "10-79-99", "20-29-59", "87-14-27"}
	return sorts[n%len(sorts)], fmt.Sprintf("%08d", (n*104729+66374958)%100000000)
}

// markOf gives a vehicle mark of a year to come: valid in form, never issued.
func markOf(n int) string {
	const letters = "ABCDEFGHJKLMNOPRSTUVWXYZ"
	return fmt.Sprintf("NV%d %c%c%c", 28+n/13824%2, letters[n%24], letters[n/24%24], letters[n/576%24])
}

func passportOf(n int) string   { return fmt.Sprintf("%09d", 900000000+(n*7919)%99999999) }
func permitOf(n int) string     { return fmt.Sprintf("ZW9%06d", (n*6007+5196)%1000000) }
func homeOfficeOf(n int) string { return fmt.Sprintf("%c%07d", 'A'+n%4, 1000000+(n*5003)%8999999) }
func ibanOf(sort, account string) string {
	body := "TEST" + strings.ReplaceAll(sort, "-", "") + account
	rest := 0
	for _, r := range body + "GB00" {
		if r >= 'A' {
			rest = (rest*100 + int(r-'A'+10)) % 97
		} else {
			rest = (rest*10 + int(r-'0')) % 97
		}
	}
	return fmt.Sprintf("GB%02d%s", 98-rest, body)
}
