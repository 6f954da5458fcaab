package linkage

import (
	"slices"
	"testing"

	"github.com/reeve-council/reeve"
)

// TestHouseholds checks that rows with and without UPRN meet, that a former
// address stays known, and that the registers' flats are kept apart.
func TestHouseholds(t *testing.T) {
	rec := func(system, id, given string, uprn, line string, from, to reeve.Date) reeve.Record {
		return reeve.Record{System: system, SourceID: id, Forename: given, Surname: "Okonkwo", Born: born(1970, 1, 2), UPRN: uprn, Address: []string{line}, Postcode: "SW3 4AB", AddressFrom: from, AddressTo: to}
	}
	records := []reeve.Record{
		rec("CT", "1", "Ada", "", "7 Elm Street", born(2015, 1, 1), reeve.Date{}),
		rec("HB", "1", "Ada", "100", "7 Elm Street", born(2016, 1, 1), reeve.Date{}),
		rec("CT", "2", "Ben", "200", "Flat 1, 9 Elm Street", born(2012, 1, 1), reeve.Date{}),
		rec("CT", "3", "Cyd", "300", "Flat 2, 9 Elm Street", born(2012, 1, 1), reeve.Date{}),
		rec("CT", "2", "Ben", "", "7 Elm Street", born(2001, 1, 1), born(2011, 12, 31)),
	}
	res, err := Resolve(t.Context(), Input{Records: records})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Households) != 3 {
		t.Fatalf("%d households, want 3: %v", len(res.Households), res.Households)
	}
	who := whoIs(res, records)
	elm := slices.IndexFunc(res.Households, func(h reeve.Household) bool { return h.Address.UPRN == "100" })
	if elm < 0 {
		t.Fatal("no household has UPRN 100")
	}
	for _, key := range []string{"r:CT\x001", "r:HB\x001", "r:CT\x002"} {
		if !slices.Contains(res.Households[elm].People, who[key]) {
			t.Errorf("%q is not among the people of the house", key)
		}
	}
	if slices.Contains(res.Households[elm].People, who["r:CT\x003"]) {
		t.Error("a flat of the next house is in this one")
	}
	ben := slices.IndexFunc(res.People, func(p reeve.Person) bool { return p.ID == who["r:CT\x002"] })
	if got := res.People[ben].Households; len(got) != 2 || got[1] != res.Households[elm].ID {
		t.Errorf("households %v, want the present one first and the former one after it", got)
	}
	past := slices.ContainsFunc(res.Residences, func(r Residence) bool {
		return r.Household == res.Households[elm].ID && r.Person == who["r:CT\x002"] && r.To == born(2011, 12, 31)
	})
	if !past {
		t.Error("the end of the former residence is lost")
	}
}
