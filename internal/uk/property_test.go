package uk

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestOneWrongDigit: where the scheme guarantees it, every change of one digit
// breaks the value. (UTR and VAT do not: two remainders share a digit.)
func TestOneWrongDigit(t *testing.T) {
	for name, c := range map[string]struct {
		valid  func(string) bool
		values []string
	}{
		"nhs":  {func(s string) bool { return ValidNHSNumber(s) }, []string{"9434765919", "4010232137", "9990000018"}},
		"chi":  {func(s string) bool { return ValidCHI(s) }, []string{"0101011237", "1904851231"}},
		"card": {func(s string) bool { b := []byte(s); return luhn(b) }, []string{"4242424242424242", "378282246310005"}},
		"iban": {func(s string) bool { return ValidIBAN(s) }, []string{"GB29NWBK60161331926819", "DE89370400440532013000"}},
		"uln":  {func(s string) bool { return ValidULN(s) }, []string{"9276308686", "1000000019"}},
		"upn":  {func(s string) bool { return ValidUPN(s) }, []string{"B801200005001", "P207000016049"}},
		"pnc":  {func(s string) bool { return ValidPNC(s) }, []string{"02/0073319Z", "01/0171310W"}},
	} {
		for _, v := range c.values {
			if !c.valid(v) {
				t.Errorf("%s: %s is not valid", name, v)
			}
			for i := range v {
				for d := byte('0'); d <= '9'; d++ {
					if v[i] == d || !isDigit(v[i]) {
						continue
					}
					if wrong := v[:i] + string(d) + v[i+1:]; c.valid(wrong) {
						t.Errorf("%s: %s passes like %s", name, wrong, v)
					}
				}
			}
		}
	}
}

// TestChanceHits: how many of a hundred random numbers of the right length pass
// is what a check is worth without context.
func TestChanceHits(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	digits := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('0' + random.IntN(10))
		}
		return string(b)
	}
	for name, c := range map[string]struct {
		length  int
		valid   func(string) bool
		percent float64
	}{
		"nhs":  {10, func(s string) bool { return ValidNHSNumber(s) }, 4.7},
		"chi":  {10, func(s string) bool { return ValidCHI(s) }, 0.4},
		"utr":  {10, func(s string) bool { return ValidUTR(s) }, 10.5},
		"uln":  {10, func(s string) bool { return ValidULN(s) }, 8.5},
		"vat":  {9, func(s string) bool { return ValidVAT(s) }, 2.2},
		"card": {16, func(s string) bool { return ValidCard(s) }, 2.1},
	} {
		const tries = 100_000
		hits := 0
		for range tries {
			if c.valid(digits(c.length)) {
				hits++
			}
		}
		if got := 100 * float64(hits) / tries; got > c.percent || got == 0 {
			t.Errorf("%s: %.2f in a hundred random numbers pass, want at most %.2f and some", name, got, c.percent)
		}
	}
}

func TestNoAllocation(t *testing.T) {
	values := []string{"AA 12 34 56 B", "943 476 5919", "SW1A 1AA", "4242 4242 4242 4242", "GB29 NWBK 6016 1331 9268 19", "+44 (0)7700 900123", "AB51 CDE", "MORGA657054SM9IJ"}
	text := []byte("943 476 5919")
	n := testing.AllocsPerRun(100, func() {
		for _, v := range values {
			_ = ValidNINO(v) || ValidNHSNumber(v) || ValidCHI(v) || ValidUTR(v) || ValidVAT(v) || ValidPassport(v) || ValidBRP(v)
			_ = ValidIBAN(v) || ValidCard(v) || ValidSortCode(v) || ValidAccount(v) || ValidPostcode(v) || ValidUPRN(v) || ValidPhone(v)
			_ = ValidUPN(v) || ValidULN(v) || ValidVehicle(v) || ValidNHSNumber(text) || ValidTRN(v)
		}
	})
	if n != 0 {
		t.Errorf("checks allocate %v times", n)
	}
}

// norms are all schemes, for what holds of every one.
var norms = map[string]func(string) (string, bool){
	"nino": NormNINO[string], "nhs": NormNHSNumber[string], "chi": NormCHI[string], "utr": NormUTR[string], "vat": NormVAT[string],
	"passport": NormPassport[string], "brp": NormBRP[string], "home office": NormHomeOfficeRef[string], "driver": NormDriver[string],
	"iban": NormIBAN[string], "card": NormCard[string], "sort code": NormSortCode[string], "postcode": NormPostcode[string],
	"uprn": NormUPRN[string], "phone": NormPhone[string], "upn": NormUPN[string], "uln": NormULN[string], "pnc": NormPNC[string],
	"electoral": NormElectoralNumber[string], "vehicle": NormVehicle[string],
}

// FuzzNorms: no input panics; a normal form is plain ASCII, its own normal form,
// and does not depend on case or on spaces around.
func FuzzNorms(f *testing.F) {
	for _, s := range []string{"", "AA 12 34 56 B", "9434765919", "SW1A 1AA", "02/0073319Z", "+44 (0)20 7946 0000", "AB-12/1", "MORGA657054SM9IJ 12", "\xc2", "\xe2\x80", "A1234567/2", "«"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, norm := range norms {
			got, ok := norm(s)
			if !ok {
				if got != "" {
					t.Errorf("%s: %q is not valid and gives %q", name, s, got)
				}
				continue
			}
			if again, ok := norm(got); !ok || again != got {
				t.Errorf("%s: normal form %q of %q becomes %q", name, got, s, again)
			}
			for _, c := range []byte(got) {
				if c >= utf8.RuneSelf || c < ' ' {
					t.Errorf("%s: normal form %q of %q is not plain", name, got, s)
				}
			}
			for _, same := range []string{strings.ToLower(s), " " + s + "\n"} {
				if strings.ToLower(s) == same && !isASCII(s) {
					continue
				}
				if other, _ := norm(same); other != got {
					t.Errorf("%s: %q gives %q, %q gives %q", name, s, got, same, other)
				}
			}
		}
		RepairPostcode(s)
		ParseDriver(s)
		if m, ok := ParseMRZ(s); ok && !(m.Born.Exists() && m.Expires.Exists()) {
			t.Errorf("%q gives dates that do not exist: %+v", s, m)
		}
	})
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// FuzzModulusTable: no table and no account makes the check fail to answer.
func FuzzModulusTable(f *testing.F) {
	f.Add(weights, "330000 330001", "330000", "12345678")
	f.Add("000000 999999 DBLAL -9 99999999999 3 4 5 6 7 8 9 1 2 3 4 5 5", "1 2", "089999", "66374958")
	f.Fuzz(func(t *testing.T, rows, swaps, sort, account string) {
		table, err := ReadModulusTable(strings.NewReader(rows), strings.NewReader(swaps))
		if err != nil {
			return
		}
		verdict := table.Check(sort, account)
		if len(table.rows) == 0 && verdict == ModulusPass {
			t.Errorf("an empty table passes %q %q", sort, account)
		}
		if again := table.Check(sort, account); again != verdict {
			t.Errorf("%q %q: first %d, then %d", sort, account, verdict, again)
		}
	})
}
