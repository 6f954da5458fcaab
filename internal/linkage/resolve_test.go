package linkage

import (
	"context"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

func born(y, m, d int) reeve.Date { return reeve.DateNumber(y*10000 + m*100 + d) }

// street is a small register: a family with a father and a son of one name,
// twins, and a neighbour.
func street() []reeve.Record {
	rec := func(id, forename, surname string, b reeve.Date, number string) reeve.Record {
		return reeve.Record{System: "HOUSING-X", SourceID: id, Kind: "housing", Forename: forename, Surname: surname, Born: b,
			Address: []string{number + " Acacia Road"}, Postcode: "W10 5AB"}
	}
	return []reeve.Record{
		rec("1", "John", "Smythe-Okoro", born(1950, 3, 5), "12"),
		rec("2", "John", "Smythe-Okoro", born(1981, 7, 9), "12"),
		rec("3", "Amina", "Khan", born(2004, 2, 1), "14"),
		rec("4", "Aisha", "Khan", born(2004, 2, 1), "14"),
		rec("5", "Piotr", "Wisniewski", born(1975, 11, 30), "16"),
	}
}

func mention(id string, n reeve.Name, b reeve.Date, a ...reeve.Address) reeve.Mention {
	m := reeve.Mention{ID: id, Digest: "d-" + id, Ordinal: 1, Capacity: reeve.CapacitySubject}
	if !n.Empty() {
		m.Names = []reeve.Name{n}
	}
	if !b.IsZero() {
		m.Born = []reeve.Date{b}
	}
	m.Addresses = a
	return m
}

func linkOf(t *testing.T, res *Result, id string) (reeve.Person, reeve.Link, bool) {
	t.Helper()
	for _, p := range res.People {
		for _, l := range p.Links {
			if l.Mention == id {
				return p, l, true
			}
		}
	}
	return reeve.Person{}, reeve.Link{}, false
}

func resolveStreet(t *testing.T, in Input) *Result {
	t.Helper()
	in.Records = street()
	res, err := Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestResolve(t *testing.T) {
	door := func(n string) reeve.Address {
		return reeve.Address{Number: n, Street: "acacia road", Postcode: "W10 5AB"}
	}
	smythe := reeve.Name{Given: "John", Surname: "Smythe-Okoro"}
	tests := []struct {
		name    string
		mention reeve.Mention
		source  string // source id of the person expected, "" for none
		placed  bool
		least   float64
	}{
		{"name, birth and address", mention("M1", smythe, born(1981, 7, 9), door("12")), "2", false, 0.99},
		{"day and month exchanged", mention("M1", smythe, born(1981, 9, 7), door("12")), "2", false, 0.99},
		{"father or son", mention("M1", smythe, reeve.Date{}, door("12")), "", true, 0},
		{"a twin", mention("M1", reeve.Name{Given: "Aisha", Surname: "Khan"}, born(2004, 2, 1), door("14")), "4", false, 0.99},
		{"one twin or the other", mention("M1", reeve.Name{Given: "A", Surname: "Khan"}, born(2004, 2, 1), door("14")), "", true, 0},
		{"a third child", mention("M1", reeve.Name{Given: "Zainab", Surname: "Khan"}, born(2004, 2, 1), door("14")), "new", false, 0.9},
		{"family name and door", mention("M1", reeve.Name{Surname: "Khan"}, reeve.Date{}, door("14")), "", true, 0},
		{"the only one of the name at the door", mention("M1", reeve.Name{Title: "Mr", Surname: "Wisniewski"}, reeve.Date{}, door("16")), "5", false, 0.9},
		{"misspelt, with postcode", mention("M1", reeve.Name{Given: "Piotr", Surname: "Wisnewski"}, reeve.Date{}, reeve.Address{Postcode: "W10 5AB"}), "5", false, 0.9},
		{"address alone", mention("M1", reeve.Name{}, reeve.Date{}, door("16")), "", true, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := resolveStreet(t, Input{Mentions: []reeve.Mention{tt.mention}})
			p, l, ok := linkOf(t, res, "M1")
			switch {
			case tt.source == "" && ok:
				t.Errorf("linked to records %v at %v", p.Records, l.Posterior)
			case tt.source == "new" && (!ok || len(p.Records) > 0):
				t.Errorf("want someone on no register, got %v %v", ok, p.Records)
			case tt.source != "" && tt.source != "new" && (!ok || len(p.Records) != 1 || street()[p.Records[0]].SourceID != tt.source):
				t.Errorf("want %s, got %v %v", tt.source, ok, p.Records)
			case l.Posterior < tt.least:
				t.Errorf("posterior %v, want at least %v", l.Posterior, tt.least)
			}
			if got := len(res.Placed) == 1; got != tt.placed {
				t.Errorf("placed at a household: %v, want %v", got, tt.placed)
			}
		})
	}
}

// TestUnbornAtTheTime: a letter dated before the son was born is the father's.
func TestUnbornAtTheTime(t *testing.T) {
	m := mention("M1", reeve.Name{Given: "John", Surname: "Smythe-Okoro"}, reeve.Date{}, reeve.Address{Number: "12", Street: "acacia road", Postcode: "W10 5AB"})
	m.Said = born(1979, 5, 1)
	p, _, ok := linkOf(t, resolveStreet(t, Input{Mentions: []reeve.Mention{m}}), "M1")
	if !ok || len(p.Records) != 1 || street()[p.Records[0]].SourceID != "1" {
		t.Errorf("linked %v to records %v, want the father", ok, p.Records)
	}
}

// TestSonOnAdultRegister checks that the row of a register of adults goes to the
// father and not to the small son of his name.
func TestSonOnAdultRegister(t *testing.T) {
	row := func(system, id, kind string, b reeve.Date) reeve.Record {
		return reeve.Record{System: system, SourceID: id, Kind: kind, Forename: "Krzysztof", Surname: "Mazurek", Born: b, Address: []string{"1 Larch Square"}, Postcode: "W10 5AB", Updated: born(2024, 1, 1)}
	}
	records := []reeve.Record{row("CRM", "1", "generic", born(1988, 11, 10)), row("CRM", "2", "generic", born(2020, 6, 5)), row("ELECTORAL", "3", "electoral", reeve.Date{})}
	res, err := Resolve(context.Background(), Input{Records: records})
	if err != nil {
		t.Fatal(err)
	}
	who := whoIs(res, records)
	if who["r:CRM\x001"] != who["r:ELECTORAL\x003"] || who["r:CRM\x002"] == who["r:CRM\x001"] {
		t.Errorf("the elector is neither the father nor apart from the son: %v", who)
	}
}

// TestSonInAnOldRegister: in the register of 2011 the elector is the father, though
// the son of his name is an adult by now.
func TestSonInAnOldRegister(t *testing.T) {
	row := func(id, kind string, edition int, b reeve.Date) reeve.Record {
		return reeve.Record{System: strings.ToUpper(kind), SourceID: id, Kind: kind, Edition: edition, Forename: "Krzysztof", Surname: "Mazurek", Born: b, Address: []string{"1 Larch Square"}, Postcode: "W10 5AB"}
	}
	for edition, apart := range map[int]bool{2011: true, 2025: false, 0: false} {
		records := []reeve.Record{row("1", "crm", 0, born(2003, 6, 5)), row("2", "electoral", edition, reeve.Date{})}
		res, err := Resolve(context.Background(), Input{Records: records, Task: Task{AsOf: born(2026, 1, 1)}})
		if err != nil {
			t.Fatal(err)
		}
		who := whoIs(res, records)
		if got := who["r:CRM\x001"] != who["r:ELECTORAL\x002"]; got != apart {
			t.Errorf("register of %d: apart %v, want %v", edition, got, apart)
		}
	}
}

// TestAmbiguousStaysAlone: an elector who could be either of two people of one
// name and home is neither, also by way of a row that one of them has elsewhere,
// and when both stand in the registers of two years.
func TestAmbiguousStaysAlone(t *testing.T) {
	row := func(system, id, kind string, b reeve.Date) reeve.Record {
		return reeve.Record{System: system, SourceID: id, Kind: kind, Forename: "Mariana", Surname: "Costa", Born: b, Address: []string{"1 Larch Square"}, Postcode: "W10 5AB"}
	}
	for name, records := range map[string][]reeve.Record{
		"by way of another row": {row("CRM", "1", "generic", born(1951, 12, 27)), row("CRM", "2", "generic", born(1999, 11, 27)), row("CTAX", "3", "ctax", reeve.Date{}), row("ELECTORAL", "4", "electoral", reeve.Date{})},
		"electors of two years": {row("CRM", "1", "generic", born(1951, 12, 27)), row("ELECTORAL", "3", "electoral", reeve.Date{}), row("ELECTORAL", "4", "electoral", reeve.Date{})},
	} {
		res, err := Resolve(context.Background(), Input{Records: records})
		if err != nil {
			t.Fatal(err)
		}
		who := whoIs(res, records)
		elector := who["r:ELECTORAL\x004"]
		if elector == who["r:CRM\x001"] || elector == who["r:CRM\x002"] && elector != "" {
			t.Errorf("%s: the elector was joined with one of two whom it fits alike: %v", name, who)
		}
	}
}

// TestProtectedIdentity checks that the machine never joins a protected record
// with a record under another name, whatever else agrees.
func TestProtectedIdentity(t *testing.T) {
	old := reeve.Record{System: "CRM", SourceID: "1", Forename: "Jean", Surname: "Armitage", Born: born(1980, 1, 2), NHS: "9990000018"}
	renewed := reeve.Record{System: "MOSAIC", SourceID: "2", Forename: "Jean", Surname: "Winterbourne", Born: born(1980, 1, 2), NHS: "9990000018", Restricted: true}
	res, err := Resolve(context.Background(), Input{Records: []reeve.Record{old, renewed}})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.People) != 2 {
		t.Error("an old and a new identity were joined by the machine")
	}
}
