package linkage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
)

func load(t *testing.T, text string, opt MapOptions) (recs []reeve.Record, bad []reeve.BadRow) {
	t.Helper()
	var m RowMapper
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		cells := strings.Split(line, "|")
		if m == nil {
			l, ok := Recognise(cells)
			if !ok {
				t.Fatalf("no layout for %q", line)
			}
			m = NewMapper(l, cells, opt)
			if !l.Bare {
				continue
			}
		}
		r, b := m.Row(i+1, cells)
		recs = append(recs, r...)
		if b != nil {
			bad = append(bad, *b)
		}
	}
	return recs, bad
}

func TestGenericRegister(t *testing.T) {
	recs, bad := load(t, `source_system|source_person_id|surname|forename|date_of_birth|ni_number|address_1|postcode|vulnerable_codes|restricted|rent_ref|ward
HOUSING|1|Okafor|Ada|05/03/2001|QQ123456A|1 Mill Lane|nv1  4ab|CP;LAC;zz|N|R0012345|Riverside
HOUSING||Nobody|X||||||||
HOUSING|2|Smith|Al|31/02/2001|||||Y||
HOUSING|3|Smith|Al|2001-03-05|||||Y|||too many`, MapOptions{Council: "NOR", File: "h.csv"})
	if len(recs) != 2 || len(bad) != 3 {
		t.Fatalf("%d records, %d bad rows", len(recs), len(bad))
	}
	want := reeve.Record{System: "HOUSING", SourceID: "1", Kind: "generic", Surname: "Okafor", Forename: "Ada", Born: reeve.Date{Year: 2001, Month: 3, Day: 5},
		NINO: "QQ123456A", Address: []string{"1 Mill Lane"}, Postcode: "NV1 4AB", Council: "NOR", Line: 2,
		Signals: []reeve.Signal{reeve.SignalChildProtection, reeve.SignalLookedAfter, reeve.SignalAtRiskList},
		Refs:    []reeve.Ref{{Kind: reeve.KindRentRef, Header: "rent_ref", Value: "R0012345"}}}
	if diff := cmp.Diff(want, recs[0]); diff != "" {
		t.Error(diff)
	}
	if !recs[1].Restricted || !recs[1].Born.IsZero() {
		t.Error("a broken date must not lose the row")
	}
	for _, b := range bad {
		if b.Line == 0 || b.Reason == "" || strings.Contains(b.Reason, "Smith") {
			t.Errorf("bad row %+v", b)
		}
	}
}

func TestElectoralRegisters(t *testing.T) {
	recs, _ := load(t, `Elector Number Prefix|Elector Number|Elector Number Suffix|Elector Markers|Elector DOB|Elector Name|PostCode|Address1|Address2
AB|123|1|||Mensah, Kofi John|NV2 1AA|Flat 2|9 Weir Street
AB|124||N|||NV2 1AA|Flat 3|9 Weir Street`, MapOptions{Council: "NOR"})
	if len(recs) != 2 {
		t.Fatal(len(recs))
	}
	if r := recs[0]; r.SourceID != "AB-123/1" || r.Surname != "Mensah" || r.Forename != "Kofi" || r.System != "ELECTORAL-NOR" || len(r.Address) != 2 {
		t.Errorf("%+v", r)
	}
	if !recs[1].AnonymousElector {
		t.Error("an elector without a name is anonymous")
	}
}

func TestHousingTablesJoin(t *testing.T) {
	members, _ := load(t, "house_ref|person_no|title|forename|surname|dob|ni_no|at_risk\nH1|1|Ms|Ada|Okafor|05/03/1980||Y", MapOptions{})
	tenancies, _ := load(t, "tag_ref|house_ref|prop_ref|cot|eot\n000123/01|H1|P9|01/04/2010|", MapOptions{})
	properties, _ := load(t, "prop_ref|address1|post_code|u_llpg_ref\nP9|4 Weir Street, Norvale|NV2 1AA|100001", MapOptions{})
	people, places := Complete(append(append(members, tenancies...), properties...))
	if len(people) != 1 || len(places) != 0 {
		t.Fatalf("%d people, %d places", len(people), len(places))
	}
	p := people[0]
	if p.UPRN != "100001" || p.Postcode != "NV2 1AA" || p.AddressFrom.Year != 2010 || len(p.Refs) != 1 || p.Refs[0].Kind != reeve.KindRentRef {
		t.Errorf("%+v", p)
	}
	if diff := cmp.Diff([]reeve.Signal{reeve.SignalAtRiskList}, p.Signals); diff != "" {
		t.Error(diff)
	}
}

func TestMosaicAddressesTakeTheName(t *testing.T) {
	persons, _ := load(t, "person_id|title|first_name|last_name|date_of_birth|nhs_id|context_flag|restricted\n500123|Mr|Jo|Bloggs|01/02/2009|9990000018|C|Y", MapOptions{})
	addresses, _ := load(t, "person_id|address|post_code|start_date|end_date|unique_id\n500123|1 Old Road|NV1 1AA|01/01/2010|31/12/2012|77", MapOptions{})
	people, _ := Complete(append(persons, addresses...))
	if len(people) != 2 || people[1].Surname != "Bloggs" || people[1].UPRN != "77" || !people[0].Restricted {
		t.Fatalf("%+v", people)
	}
}

func TestLLPG(t *testing.T) {
	lpi := make([]string, 30)
	lpi[0], lpi[1], lpi[3], lpi[4], lpi[6] = "24", "I", "000100001", "L1", "8"
	lpi[11], lpi[12], lpi[16], lpi[21], lpi[24], lpi[25] = "2", "A", "14", "900", "nv11aa", "Norvale"
	recs, bad := load(t, "10|Norvale Borough Council|9999|2019-12-01|1\n15|I|1|900|ACACIA ROAD|Hill|Norvale\n"+strings.Join(lpi, "|"), MapOptions{Council: "NOR"})
	if len(bad) > 0 || len(recs) != 1 {
		t.Fatal(recs, bad)
	}
	if diff := cmp.Diff([]string{"2A", "14 ACACIA ROAD", "Hill"}, recs[0].Address); diff != "" {
		t.Error(diff)
	}
	if _, places := Complete(recs); len(places) != 1 {
		t.Error("gazetteer rows are places")
	}
}

func TestEditionOf(t *testing.T) {
	for file, want := range map[string]int{"electoral-register-2011.csv": 2011, "ER_20191201.csv": 2019, "ER_01122019.csv": 0, "register 2019 of 2019.csv": 2019, "2018-2019.csv": 0, "ward 1234.csv": 0, "electors.csv": 0} {
		if got := editionOf(file); got != want {
			t.Errorf("%s: %d, want %d", file, got, want)
		}
	}
}
