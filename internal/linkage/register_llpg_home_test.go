package linkage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dtfRow is a row of DTF 7.3 with some of its fields, by number.
func dtfRow(width int, at map[int]string) string {
	row := make([]string, width)
	for i, v := range at {
		row[i] = v
	}
	return strings.Join(row, "|")
}

// blpu and lpi are records 21 and 24 of a flat that may be written to, but for
// the fields that a test sets.
func blpu(uprn string, set map[int]string) string {
	at := map[int]string{0: "21", 1: "I", 3: uprn, 4: "1", 5: "2", 7: "RD06"}
	for i, v := range set {
		at[i] = v
	}
	return dtfRow(23, at)
}

func lpi(uprn, key string, set map[int]string) string {
	at := map[int]string{0: "24", 1: "I", 3: uprn, 4: key, 5: "ENG", 6: "1", 11: "2", 15: "FLAT", 16: "14", 17: "A", 20: "ROSE HOUSE", 21: "900", 23: "Y", 24: "ze11aa", 25: "NORVALE"}
	for i, v := range set {
		at[i] = v
	}
	return dtfRow(30, at)
}

// homesOf maps the rows of a gazetteer and gives its homes.
func homesOf(t *testing.T, rows ...string) ([]Home, []Omission) {
	t.Helper()
	first := strings.Split(rows[0], "|")
	layout, ok := Recognise(first)
	if !ok || layout.Kind != "llpg" {
		t.Fatalf("%q is no gazetteer", rows[0])
	}
	m := NewMapper(layout, first, MapOptions{Council: "nor", File: "g.csv"}).(Gazetteer)
	for i, row := range rows {
		if _, bad := m.Row(i+1, strings.Split(row, "|")); bad != nil {
			t.Fatal(bad.Reason)
		}
	}
	return m.Homes()
}

const dtfHead = "10|Norvale Borough Council|9999|2019-12-01|1"
const dtfStreetRow = "15|I|1|900|ACACIA ROAD|HILL|NORVALE|NORVALE|ENG"

func TestHomesOfAGazetteer(t *testing.T) {
	homes, out := homesOf(t, dtfHead, dtfStreetRow, blpu("000100001", nil), lpi("000100001", "L1", nil))
	want := []Home{{UPRN: "100001", Lines: []string{"FLAT 2", "ROSE HOUSE", "14A ACACIA ROAD", "HILL", "NORVALE"}, Postcode: "ZE1 1AA", Class: "RD06", Council: "nor"}}
	if diff := cmp.Diff(want, homes); diff != "" || len(out) > 0 {
		t.Error(diff, out)
	}
}

// TestWhatIsNoHome changes one thing of an address that may be written to, and
// says under which reason it is left out; "" where it is not.
func TestWhatIsNoHome(t *testing.T) {
	for _, x := range []struct {
		name      string
		unit, lpi map[int]string
		want      string
	}{
		{"a flat", nil, nil, ""},
		{"a house in multiple occupation", map[int]string{7: "RH01"}, nil, ""},
		{"a care home", map[int]string{7: "RI01"}, nil, ""},
		{"a flat over its shop", map[int]string{7: "X"}, nil, ""},
		{"an empty house", map[int]string{5: "3"}, nil, ""},
		{"a unit that ended", map[int]string{4: "8"}, nil, OmitHistoric},
		{"a unit with an end date", map[int]string{14: "2015-01-01"}, nil, OmitHistoric},
		{"a wording that ended", nil, map[int]string{6: "8", 8: "2015-01-01"}, OmitHistoric},
		{"a provisional unit", map[int]string{4: "6"}, nil, OmitProvisional},
		{"a provisional wording", nil, map[int]string{6: "6"}, OmitProvisional},
		{"another wording alone", nil, map[int]string{6: "3"}, OmitProvisional},
		{"a rejected unit", map[int]string{4: "9"}, nil, OmitRejected},
		{"no class", map[int]string{7: ""}, nil, OmitUnclassified},
		{"an office", map[int]string{7: "CO01"}, nil, OmitCommercial},
		{"a garage", map[int]string{7: "RG02"}, nil, OmitNotHome},
		{"the shell of a block", map[int]string{7: "PP"}, nil, OmitNotHome},
		{"a house being built", map[int]string{5: "1"}, nil, OmitNotBuilt},
		{"a house that is gone", map[int]string{5: "4"}, nil, OmitNotBuilt},
		{"no post", nil, map[int]string{23: "N"}, OmitNotPostal},
		{"no postcode", nil, map[int]string{24: ""}, OmitNoPostcode},
		{"a broken postcode", nil, map[int]string{24: "ZE1"}, OmitNoPostcode},
		{"a unit taken away", map[int]string{1: "D"}, nil, OmitUnclassified},
		{"a wording taken away", nil, map[int]string{1: "D"}, OmitNoAddress},
	} {
		homes, out := homesOf(t, dtfHead, dtfStreetRow, blpu("7", x.unit), lpi("7", "L1", x.lpi))
		if x.want == "" {
			if len(homes) != 1 || len(out) != 0 {
				t.Errorf("%s: %v %v", x.name, homes, out)
			}
			continue
		}
		if diff := cmp.Diff([]Omission{{x.want, 1}}, out); len(homes) != 0 || diff != "" {
			t.Errorf("%s: %v %s", x.name, homes, diff)
		}
	}
}

// TestOneWordingStands: of several wordings of a UPRN the current English one is
// taken, in whatever order the rows come.
func TestOneWordingStands(t *testing.T) {
	rows := []string{blpu("7", nil), lpi("7", "L1", map[int]string{6: "8", 8: "2015-01-01", 20: "OLD NAME"}), lpi("7", "L2", map[int]string{5: "CYM", 20: "TY RHOSYN"}),
		lpi("7", "L3", nil), lpi("7", "L4", map[int]string{20: "SECOND NAME"}), lpi("7", "L0", map[int]string{6: "3", 20: "ANOTHER NAME"})}
	for turn := range rows {
		homes, out := homesOf(t, append([]string{dtfHead, dtfStreetRow}, append(append([]string{}, rows[turn:]...), rows[:turn]...)...)...)
		if len(homes) != 1 || homes[0].Lines[1] != "ROSE HOUSE" {
			t.Fatalf("turn %d: %v", turn, homes)
		}
		if diff := cmp.Diff([]Omission{{OmitDuplicate, 1}}, out); diff != "" {
			t.Errorf("turn %d: %s", turn, diff)
		}
	}
}

func TestHomesOfATable(t *testing.T) {
	homes, out := homesOf(t, "UPRN|ADDRESS_LINE_1|ADDRESS_LINE_2|POST_TOWN|POSTCODE|CLASSIFICATION_CODE|BLPU_STATE",
		"000000000012|Flat 2|14 Acacia Road|Norvale|ZE1 1AA|RD06|2", "11|3 Acacia Road||Norvale|ZE1 1AB|RD04|", "13|Unit 1|Acacia Road|Norvale|ZE1 1AA|CR08|2",
		"14|5 Acacia Road||Norvale||RD04|", "15|6 Acacia Road||Norvale|ZE1 1AA|RD04|6", "11|3 Acacia Road||Norvale|ZE1 1AB|RD04|")
	want := []Home{{UPRN: "11", Lines: []string{"3 Acacia Road", "Norvale"}, Postcode: "ZE1 1AB", Class: "RD04", Council: "nor"},
		{UPRN: "12", Lines: []string{"Flat 2", "14 Acacia Road", "Norvale"}, Postcode: "ZE1 1AA", Class: "RD06", Council: "nor"}}
	if diff := cmp.Diff(want, homes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Omission{{OmitCommercial, 1}, {OmitNotBuilt, 1}, {OmitNoPostcode, 1}, {OmitDuplicate, 1}}, out); diff != "" {
		t.Error(diff)
	}
	one, _ := homesOf(t, "UPRN|SINGLE_LINE_ADDRESS|POSTCODE|CLASSIFICATION_CODE", "9|Flat 2, 14 Acacia Road, Norvale, ZE1 1AA|ZE11AA|RD06")
	if len(one) != 1 || strings.Join(one[0].Lines, "/") != "Flat 2/14 Acacia Road/Norvale" {
		t.Errorf("%+v", one)
	}
	if _, ok := Recognise(strings.Split("UPRN|ADDRESS|POSTCODE|NAME", "|")); ok {
		t.Error("a table without a class is taken for a gazetteer")
	}
}
