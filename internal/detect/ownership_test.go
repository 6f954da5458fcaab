package detect

import (
	"slices"
	"testing"

	"github.com/reeve-council/reeve"
)

// clumpOf gives the clump of the first finding with the value.
func clumpOf(t *testing.T, found []reeve.Finding, value string) uint32 {
	t.Helper()
	for _, f := range found {
		if f.Value.Reveal() == value {
			return f.Clump
		}
	}
	t.Fatalf("%q is not found; found %s", value, brief(found))
	return 0
}

// Whoever writes of their own number and home says so, though another person's
// name stands nearer; a son's number is not theirs.
const (
	ownMail  = "From: AMARA OKAFOR <amara.o@example.org>\nTo: John Smith <j.s@town.example.org>\nSubject: Re: your letter\n\ni am writing again. my ni is NC400120A. i live 14 Elm Grove NV5 4GA with Mr Paul Ashraf who has heart failure. nobody answers.\namara okafor\n"
	sonsMail = "From: AMARA OKAFOR <amara.o@example.org>\nTo: John Smith <j.s@town.example.org>\nSubject: Re: your letter\n\nmy son Mr Paul Ashraf came. my son's ni is NC400120A.\n"
)

// TestWhose has texts with two values that one person has, or that two have.
func TestWhose(t *testing.T) {
	for _, c := range []struct {
		text, one, other string
		same             bool
	}{
		{"Name: Kevin Wilworth\nMobile: 07700 900852\n\nName: Nasreen Ashraf\nMobile: 07700 900856", "Kevin Wilworth", "07700 900856", false},
		{"Name: Kevin Wilworth\nMobile: 07700 900852\n\nName: Nasreen Ashraf\nMobile: 07700 900856", "Nasreen Ashraf", "07700 900856", true},
		{"Victim: Hazel Steward\nChildren: Paul Steward (26/04/2012)\nHazel is at high risk of domestic abuse.", "Hazel Steward", "domestic abuse", true},
		{"From: Amara Okafor <amara.o@example.org>\nTo: Help <help@testborough.gov.uk>\nSubject: Bins\n\nHi\nI have paid. Account, 14 Elm Grove. Please check.", "Amara Okafor", "14 Elm Grove", true},
		{"From: Amara Okafor <amara.o@town.example.org>\nTo: John Smith <j.s@town.example.org>\nSubject: Visit\n\nHi\nWent to 9 Mill Lane today.", "Amara Okafor", "9 Mill Lane", false},
		{ownMail, "AMARA OKAFOR", "NC400120A", true},
		{ownMail, "AMARA OKAFOR", "14 Elm Grove NV5 4GA", true},
		{ownMail, "AMARA OKAFOR", "NV5 4GA", true},
		{ownMail, "Mr Paul Ashraf", "heart failure", true},
		{sonsMail, "AMARA OKAFOR", "NC400120A", false},
		{"Prospective adopters: Amara Okafor and John Smith\nChild: Paul Steward\nThe adopters were seen.\nPaul is a looked after child.", "Paul Steward", "looked after child", true},
		{"Name: Amara Okafor\nDate of birth: 20/11/1979\nSigned: Amara Okafor Date: 1 May 2012", "20/11/1979", "Amara Okafor", true},
		{"Victim\nKHAN, Shabnam\n1 June 1990\n\nPerpetrator\nSMITH, John\n5 March 1984", "SMITH, John", "5 March 1984", true},
		{"Victim: Hazel Steward\nPerpetrator: Ben Steward\nAddress: 5 Drapers Rise, NV6 2DA", "Hazel Steward", "5 Drapers Rise, NV6 2DA", true},
		{"Requester: STEWARD, Hazel, hazel@example.net", "STEWARD, Hazel", "hazel@example.net", true},
		{"Amara Okafor rang about Jordan Field (DOB 22/08/2010). John Smith came. CIN meeting booked.", "Jordan Field", "CIN meeting", true},
	} {
		found := read(c.text)
		if same := clumpOf(t, found, c.one) == clumpOf(t, found, c.other); same != c.same {
			t.Errorf("%q and %q one person: %v; found %s", c.one, c.other, same, brief(found))
		}
	}
}

// TestConfidence has values with the confidence that the text gives them; "" is
// a value that must not be found at B.
func TestConfidence(t *testing.T) {
	for _, c := range []struct {
		text, value string
		kind        reeve.Kind
		want        string
	}{
		{"Council tax account number: 810011390. Single person discount.", "810011390", reeve.KindCouncilTaxRef, "B"},
		{"Paid on 22/11/08 to 52373662 from account", "22/11/08 52373662", reeve.KindBankAccount, ""},
		{"Payment to: 08-99-99 66374958", "08-99-99 66374958", reeve.KindBankAccount, "B"},
		{"Amara Okafor, payroll no. E30027, was seen.", "E30027", reeve.KindLocalRef, "B"},
		{"Her car NV21 RCH was parked. Amara Okafor", "NV21 RCH", reeve.KindVehicleRegistration, "B"},
		{"Seen: Amara Okafor, amara.okafor@example.org", "amara.okafor@example.org", reeve.KindEmail, "B"},
		{"Name: Amara Okafor\nCompleted by John Smith, 11 June 2010", "11 June 2010", reeve.KindDateOfBirth, ""},
		{"Name: Amara Okafor\nAddress: No fixed abode", "No fixed abode", reeve.KindAddress, ""},
		{"Amara Okafor and NC400120 were in the list.", "NC400120", reeve.KindNINO, ""},
		{"Name: Mr David Ward\nDOB: 1/2/1980", "Mr David Ward", reeve.KindName, "B"},
		{"Mr John Smith holds KHAN9906010S99AB, seen.", "KHAN9906010S99AB", reeve.KindDrivingLicence, ""},
		{"Subject: Penalty charge\nFrom the car park", "Penalty charge", reeve.KindName, ""},
		{"Mr Bob Morgan showed MORGA657054SM9IJ there.", "MORGA657054SM9IJ", reeve.KindDrivingLicence, "B"},
		{"Date of birth: 04/07/2007 UPN: B801200005001 NHS No: 999 000 0018", "04/07/2007", reeve.KindDateOfBirth, "B"},
	} {
		got := ""
		for _, f := range read(c.text) {
			if f.Kind == c.kind && f.Value.Reveal() == c.value && f.Confidence == reeve.ConfidenceB {
				got = "B"
			}
		}
		if got != c.want {
			t.Errorf("%s %q in %q is %q, want %q", c.kind, c.value, c.text, got, c.want)
		}
	}
}

// TestAnswers has questions of a form with their answers.
func TestAnswers(t *testing.T) {
	for text, want := range map[string]bool{
		"Name: Amara Okafor\nDo you get PIP or DLA? [x] Higher rate [ ] No": true,
		"Name: Amara Okafor\nDo you get PIP or DLA? [ ] Yes [x] No":         false,
		"Name: Amara Okafor\nDo you get PIP or DLA?":                        false,
		"Do you get PIP or DLA? Yes":                                        false,
	} {
		said := slices.ContainsFunc(read(text), func(f reeve.Finding) bool { return f.Kind == reeve.KindBenefits && !f.Negated })
		if said != want {
			t.Errorf("%q: benefits %v, want %v", text, said, want)
		}
	}
}

// TestAccused has somebody whom a form names as who did it.
func TestAccused(t *testing.T) {
	for _, f := range read("Victim: Amara Okafor\nName of abuser: John Smith\nDOB of victim: 20/11/1979") {
		if f.Signal == reeve.SignalOffender && f.Kind == reeve.KindOffence {
			return
		}
	}
	t.Error("an abuser who is named is not accused")
}

// TestRowsOfNobody has tables of things and of posts.
func TestRowsOfNobody(t *testing.T) {
	for _, rows := range [][][]string{
		{{"Code", "Description", "Ref", "Price"}, {"8553", "Paving", "4785458013", "45.40"}, {"2760", "Bench", "4938665565", "22.10"}, {"2715", "Lamp", "4065227379", "9.27"}},
		{{"Name", "Post", "Extension"}, {"Justyna Zielinska", "Category manager", "3115"}, {"Chloe Wilson", "Buyer", "9633"}, {"Emily Frost", "Solicitor", "3986"}},
		{{"Meter serial", "Building", "Reading"}, {"47070782", "Town Hall", "25285"}, {"47070783", "Library", "83103"}, {"47070784", "Depot", "14217"}},
	} {
		found := testSet().Open(testIndex()).Block(0, &reeve.Block{Rows: rows, Table: 1, First: 1})
		for _, f := range found {
			if f.Confidence == reeve.ConfidenceB {
				t.Errorf("%s at B in a table of %s", f.Kind, rows[0][1])
			}
		}
	}
}
