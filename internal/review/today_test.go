package review

import (
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/detect"
)

func TestHarm(t *testing.T) {
	for _, c := range []struct {
		signals []reeve.Signal
		kinds   []reeve.Kind
		want    string
	}{
		{[]reeve.Signal{reeve.SignalDomesticAbuse}, []reeve.Kind{reeve.KindName, reeve.KindAddress}, "An abuser could use this to find"},
		{[]reeve.Signal{reeve.SignalDomesticAbuse}, []reeve.Kind{reeve.KindName, reeve.KindDomesticAbuse}, "asked for help"},
		{[]reeve.Signal{reeve.SignalMinor, reeve.SignalChildProtection}, []reeve.Kind{reeve.KindPostcode}, "could find them"},
		{[]reeve.Signal{reeve.SignalMinor}, []reeve.Kind{reeve.KindNINO}, "A child’s identity"},
		{nil, []reeve.Kind{reeve.KindName, reeve.KindBankAccount}, "take money"},
		{nil, []reeve.Kind{reeve.KindCredential, reeve.KindPassport}, "sign in"},
		{nil, []reeve.Kind{reeve.KindPassport}, "pass as them"},
		{nil, []reeve.Kind{reeve.KindReligion}, "picked out for hate"},
		{nil, []reeve.Kind{reeve.KindAddress}, "Scam letters"},
		{nil, []reeve.Kind{reeve.KindName}, "Little by itself"},
		{nil, nil, "Little by itself"},
	} {
		if got := harmOf(c.signals, c.kinds); !strings.Contains(got, c.want) {
			t.Errorf("harmOf(%v, %v) = %q, want %q in it", c.signals, c.kinds, got, c.want)
		}
	}
}

// TestHarmOfEverySignalAndKind: whatever is exposed, one plain sentence is said,
// and it never plays down.
func TestHarmOfEverySignalAndKind(t *testing.T) {
	kinds := kindsOf(nil)
	for k := range kindTable {
		kinds = append(kinds, k)
	}
	for _, s := range append([]reeve.Signal{""}, reeve.Signals...) {
		for _, k := range kinds {
			got := harmOf([]reeve.Signal{s}, []reeve.Kind{k})
			if strings.Count(got, ".") != 1 || !strings.HasSuffix(got, ".") {
				t.Errorf("%s with %s: %q is not one sentence", s, k, got)
			}
			if s.Safety() && got == harmElse {
				t.Errorf("%s with %s: danger is played down", s, k)
			}
		}
	}
}

func TestHarmOfDocument(t *testing.T) {
	for _, c := range []struct {
		reasons []string
		want    string
	}{
		{[]string{"domestic_abuse ×3", "bank details ×2"}, "An abuser could use this to find"},
		{[]string{"name or folder says child protection", "not read: encrypted"}, "could find them"},
		{[]string{"bank details ×12"}, "take money"},
		{[]string{"not read: encrypted"}, "Not known before"},
	} {
		if got := harmOfDocument(c.reasons); !strings.Contains(got, c.want) {
			t.Errorf("%v: %q, want %q in it", c.reasons, got, c.want)
		}
	}
}

func TestTriageWords(t *testing.T) {
	for reason, want := range map[string]string{
		"domestic_abuse ×3":          "domestic abuse (3 found)",
		"bank details ×12":           "bank details (12 found)",
		"name or folder says asylum": "name or folder says asylum",
	} {
		if got := triageWords(reason); got != want {
			t.Errorf("%q: %q, want %q", reason, got, want)
		}
	}
}

// TestEveryKindHasWords: what detectors can find is said in plain English.
func TestEveryKindHasWords(t *testing.T) {
	for k := range kindTable {
		if !k.Known() {
			t.Errorf("words for %q, which is no kind", k)
		}
		if detect.Label(k) == "your "+strings.ReplaceAll(string(k), "_", " ") && strings.Contains(string(k), "_") && kindTable[k] == "" {
			t.Errorf("%q has no words", k)
		}
	}
	for _, k := range []reeve.Kind{reeve.KindNINO, reeve.KindPNCID, reeve.KindIPAddress, reeve.KindEducationNeed, reeve.KindProtection, reeve.KindAge, reeve.KindDeath} {
		if kindTable[k] == "" {
			t.Errorf("%q has no words", k)
		}
	}
	for _, s := range reeve.Signals {
		if signalTable[s] == "" {
			t.Errorf("signal %q has no words", s)
		}
	}
}

func TestEnumerate(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  string
	}{
		{nil, ""}, {[]string{"a"}, "a"}, {[]string{"a", "b"}, "a and b"}, {[]string{"a", "b", "c"}, "a, b and c"},
		{[]string{"a", "b", "c", "d"}, "a, b, c and 1 other thing"},
	} {
		if got := enumerate(c.words, 3); got != c.want {
			t.Errorf("%v: %q, want %q", c.words, got, c.want)
		}
	}
	if got := digits(1234567); got != "1,234,567" {
		t.Error(got)
	}
	if got := digits(1000); got != "1,000" {
		t.Error(got)
	}
}

func TestRoute(t *testing.T) {
	for _, c := range []struct {
		r    route
		want string
		held bool
	}{
		{route{reeve.ContactPost, "lists"}, "what the lists say", false},
		{route{reeve.ContactHold, "lists"}, "what the lists say", true},
		{route{reeve.ContactPhone, "assessed"}, "By telephone, as one of us assessed", false},
		{route{reeve.ContactHold, "assessed"}, "Do not contact, as one of us assessed", true},
		{route{reeve.ContactPost, "screened"}, "By post, under a screening rule that two people signed", false},
		{route{reeve.ContactHold, "flag"}, "Do not contact: a warning has come since one of us assessed it", true},
	} {
		if got := c.r.Words("what the lists say"); got != c.want || c.r.Held() != c.held {
			t.Errorf("%+v: %q, held %t", c.r, got, c.r.Held())
		}
	}
}
