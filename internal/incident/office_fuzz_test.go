package incident

import (
	"strings"
	"testing"
)

// FuzzMoney: what is taken as money is written as the same money.
func FuzzMoney(f *testing.F) {
	for _, s := range []string{"1,250.00", "£12", "0.5", "1e9", "-1", "99999999999.99", "٣.٠٠"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		pence, ok := parseMoney(s)
		if !ok {
			return
		}
		if again, ok := parseMoney(moneyText(pence)); !ok || again != pence || pence < 0 {
			t.Errorf("%q is %d, written %q, read %d", s, pence, moneyText(pence), again)
		}
		if again, ok := parseMoney(moneyWords(pence)); !ok || again != pence {
			t.Errorf("%d is shown as %q", pence, moneyWords(pence))
		}
	})
}

// FuzzPieces: a list of numbers gives as many as are asked for, or is refused.
func FuzzPieces(f *testing.F) {
	for _, s := range []string{"", "1, 2", "E-1,E-2", "one", ",,,", "9999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, ok := piecesOf(s)
		if ok && strings.Count(q.where, "?") != len(q.args) {
			t.Errorf("%q: %q for %d numbers", s, q.where, len(q.args))
		}
		if len(q.args) > 500 {
			t.Errorf("%d numbers", len(q.args))
		}
	})
}

// FuzzDigest: what is taken as a SHA-256 has 64 digits in lower case and is taken
// again as itself.
func FuzzDigest(f *testing.F) {
	f.Add(strings.ToUpper(digest))
	f.Add("e3:b0 c4")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := readSHA256(s)
		if err != nil {
			return
		}
		if again, err := readSHA256(got); err != nil || again != got || len(got) != 64 && got != "" || strings.ToLower(got) != got {
			t.Errorf("%q: %q", s, got)
		}
	})
}
