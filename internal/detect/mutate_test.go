package detect

import (
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// mutations are harmless changes to how a value is written or set: whoever typed
// it did not change what it is.
var mutations = []struct {
	name  string
	apply func(value string) string
	skip  func(d *Detector, value string) bool // the change would change the value, or only a label shows its extent
}{
	{"lower case", strings.ToLower, func(d *Detector, v string) bool {
		return d.Kind == reeve.KindName || d.Kind == reeve.KindCredential || d.Kind == reeve.KindPassport && strings.Contains(v, "L89")
	}},
	{"no spaces", func(v string) string { return strings.ReplaceAll(v, " ", "") }, func(d *Detector, v string) bool {
		return !d.formed() || d.Kind == reeve.KindDateOfBirth || d.Kind == reeve.KindBankAccount || d.Kind == reeve.KindLocation || d.Kind == reeve.KindCredential
	}},
	{"no-break spaces", func(v string) string { return strings.ReplaceAll(v, " ", "\u00a0") }, func(d *Detector, v string) bool {
		return !d.formed() || d.Kind == reeve.KindDateOfBirth || d.Kind == reeve.KindBankAccount || d.Kind == reeve.KindLocation || d.Kind == reeve.KindPhone
	}},
}

// rounds are harmless changes to what stands round a value.
var rounds = []struct{ name, before, after string }{
	{"in brackets of the page", "Page 1 of 2\n\n", "\n\nPage 2 of 2\n"},
	{"quoted in a mail", "", "\n\nThis message was scanned."},
	{"after a wide margin", "      ", "      "},
}

func TestMutations(t *testing.T) {
	for _, det := range detectors {
		for _, s := range det.Hits {
			text, start, end := plain(s)
			value := text[start:end]
			for _, m := range mutations {
				if m.skip(det, value) || strings.Contains(value, " ") && m.name != "no spaces" && !strings.Contains(text[:start], ": ") {
					continue
				}
				changed := m.apply(value)
				if found := read(text[:start] + changed + text[end:]); !hits(found, det.Kind, start, start+len(changed)) {
					t.Errorf("%s, %s: not found in %q; found %s", det.Kind, m.name, text[:start]+changed+text[end:], brief(found))
				}
			}
			for _, r := range rounds {
				if found := read(r.before + text + r.after); !hits(found, det.Kind, start+len(r.before), end+len(r.before)) {
					t.Errorf("%s, %s: not found in %q; found %s", det.Kind, r.name, r.before+text+r.after, brief(found))
				}
			}
		}
	}
}

// TestOneDigitWrong changes the last digit of values that carry a check: none may
// pass as B.
func TestOneDigitWrong(t *testing.T) {
	for _, kind := range []reeve.Kind{reeve.KindNHSNumber, reeve.KindUPN, reeve.KindULN, reeve.KindUTR, reeve.KindIBAN, reeve.KindPaymentCard, reeve.KindVATNumber} {
		det := detectorOf(kind)
		for _, s := range det.Hits {
			text, start, end := plain(s)
			b := []byte(text)
			for i := end - 1; i >= start; i-- {
				if isDigit(b[i]) {
					b[i] = '0' + (b[i]-'0'+1)%10
					break
				}
			}
			for _, f := range read(string(b)) {
				if f.Kind == kind && f.Confidence <= reeve.ConfidenceB {
					t.Errorf("%s: %q passes at %s", kind, b, f.Confidence)
				}
			}
		}
	}
}
