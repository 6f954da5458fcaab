package notice

import (
	"fmt"
	"testing"

	"github.com/reeve-council/reeve"
)

// testOn is the date on the letters of the tests.
var testOn = reeve.Date{Year: 2026, Month: 1, Day: 19}

func testWording() *Wording {
	return &Wording{Council: "Royal Borough of Example", Address: "PO Box 1\nExample Town\nZE1 0AA", Phone: "020 7946 0100", Hours: "Monday to Friday, 9am to 5pm",
		Email: "data@council.example.org", Website: "council.example.org", CheckPage: "council.example.org/letter", DPO: "R. Officer", DPOEmail: "dpo@council.example.org",
		Signatory: "A. Chief", Role: "Chief executive", Line: "020 7946 0199", Services: "our housing and benefits services",
		Happened:  "On 24 November 2025 we found that someone had broken into our computers. They copied files.",
		Measures:  "We cut the computers off from the internet. We told the police, the Information Commissioner and the National Cyber Security Centre. The Metropolitan Police look into it.",
		Published: "On 12 January 2026 we had not seen the data made public. We do not know who did it.",
		Next:      "We go on checking. We will write again in March 2026, or sooner if we find more."}
}

var testCoverage = Coverage{Unread: 4, Total: 100}

func testTemplate(t testing.TB, name string) *Template {
	t.Helper()
	all, _, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		if x.Name == name {
			return x
		}
	}
	t.Fatalf("no template %s", name)
	return nil
}

// testRecipient is an invented person.
func testRecipient(n int) *Recipient {
	name := fmt.Sprintf("Łucja Brook%d", n)
	return &Recipient{Person: fmt.Sprintf("P%012d", n), Reference: fmt.Sprintf("7Q2M-4KXD-%04d", n), Name: reeve.Private(reeve.KindName, name),
		Lines: private([]string{name, fmt.Sprintf("%d Example Street", n+1), "Example Town", "ZE1 0AA"}),
		Kinds: []reeve.Kind{reeve.KindName, reeve.KindAddress, reeve.KindDateOfBirth, reeve.KindNINO, reeve.KindBankAccount},
		From:  reeve.Date{Year: 2011}, To: reeve.Date{Year: 2016}, Items: 3, Band: reeve.BandMedium, Tier: reeve.TierStrong, Held: "yes", Confirmed: true}
}
