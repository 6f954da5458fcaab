package linkage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// said makes a finding in running text; each comes after the one before.
func said(clump uint32, kind reeve.Kind, value, norm string) reeve.Finding {
	return reeve.Finding{Kind: kind, Value: reeve.Private(kind, value), Norm: norm, Clump: clump, Confidence: reeve.ConfidenceB, Place: reeve.Place{Row: -1, Col: -1}}
}

func inOrderOfPlace(findings []reeve.Finding) []reeve.Finding {
	for i := range findings {
		findings[i].Place.Start, findings[i].Place.End = uint32(i*200), uint32(i*200+10)
	}
	return findings
}

func TestGrouper(t *testing.T) {
	name := func(clump uint32, text string) reeve.Finding { return said(clump, reeve.KindName, text, "") }
	tests := []struct {
		name     string
		findings []reeve.Finding
		want     string // ordinals of the findings
	}{
		{"a surname after the full name", []reeve.Finding{name(1, "Amina Khan"), name(2, "Mrs Khan"), name(3, "Amina"), name(4, "A. Khan")}, "1 1 1 1"},
		{"two of one surname", []reeve.Finding{name(1, "Amina Khan"), name(2, "Yusuf Khan"), name(3, "Mr Khan")}, "1 2 3"},
		{"titles tell", []reeve.Finding{name(1, "Mrs Amina Khan"), name(2, "Mr Yusuf Khan"), name(3, "Mr Khan"), name(4, "Mrs Khan")}, "1 2 2 1"},
		{"the short name first", []reeve.Finding{name(1, "Mr Baptiste"), name(2, "Jean Baptiste")}, "1 1"},
		{"another given name", []reeve.Finding{name(1, "John Reid"), name(2, "Peter Reid")}, "1 2"},
		{"other births", []reeve.Finding{name(1, "John Reid"), said(1, reeve.KindDateOfBirth, "5 March 1950", "1950-03-05"), name(2, "John Reid"), said(2, reeve.KindDateOfBirth, "9 July 1981", "1981-07-09")}, "1 1 2 2"},
		{"other numbers", []reeve.Finding{name(1, "John Reid"), said(1, reeve.KindNHSNumber, "999 000 0018", "9990000018"), name(2, "John Reid"), said(2, reeve.KindNHSNumber, "999 000 0026", "9990000026")}, "1 1 2 2"},
		{"a number brings them together", []reeve.Finding{said(1, reeve.KindNHSNumber, "999 000 0018", "9990000018"), name(2, "John Reid"), said(2, reeve.KindNHSNumber, "999 000 0018", "9990000018")}, "1 1 1"},
		{"a clump of two people is cut", []reeve.Finding{name(1, "Amina Khan"), said(1, reeve.KindEmail, "a@example.org", "a@example.org"), name(1, "John Reid"), said(1, reeve.KindEmail, "j@example.org", "j@example.org")}, "1 1 2 2"},
		{"a former surname does not cut", []reeve.Finding{name(1, "Amina Khan"), name(1, "Amina Begum"), said(1, reeve.KindEmail, "a@example.org", "a@example.org")}, "1 1 1"},
		{"nobody's value", []reeve.Finding{said(0, reeve.KindNINO, "AA 12 34 56 B", "AA123456B"), name(1, "John Reid")}, "0 1"},
		{"nobody's address", []reeve.Finding{said(0, reeve.KindAddress, "12 Acacia Road, W10 5AB", "")}, "1"},
		{"nobody's postcode", []reeve.Finding{said(0, reeve.KindPostcode, "W10 5AB", "W10 5AB")}, "0"},
		{"denied", []reeve.Finding{name(1, "John Reid"), {Kind: reeve.KindHealth, Clump: 1, Negated: true, Place: reeve.Place{Row: -1, Col: -1}}}, "1 0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := NewGrouper("d", nil)
			g.Add(inOrderOfPlace(tt.findings))
			mentions, ordinals := g.Close()
			if got := strings.Trim(fmt.Sprint(ordinals), "[]"); got != tt.want {
				t.Errorf("ordinals %s, want %s", got, tt.want)
			}
			for i, m := range mentions {
				if m.Ordinal != i+1 || m.ID != MentionID("d", m.First, m.Ordinal) || !strings.HasPrefix(m.ID, "M") || len(m.ID) != 13 {
					t.Errorf("mention %d has ordinal %d and id %s", i, m.Ordinal, m.ID)
				}
			}
		})
	}
}

// TestGrouperRows checks that the rows of a table stay apart whatever they say,
// and that ordinals go on over blocks.
func TestGrouperRows(t *testing.T) {
	g := NewGrouper("d", nil)
	row := func(clump uint32, row int32) []reeve.Finding {
		list := []reeve.Finding{said(clump, reeve.KindName, "KHAN Amina", "Khan, Amina"), said(clump, reeve.KindAddress, "12 Acacia Road", ""), said(clump, reeve.KindPostcode, "W10 5AB", "W10 5AB")}
		for i := range list {
			list[i].Place.Row, list[i].Place.Col, list[i].Capacity = row, int32(i), reeve.CapacitySubject
		}
		return list
	}
	g.Add(append(row(1, 0), row(2, 1)...))
	first, _ := g.Flush()
	g.Add(row(3, 0))
	second, ordinals := g.Close()
	if len(first) != 2 || len(second) != 1 || second[0].Ordinal != 3 || !slices.Equal(ordinals, []int32{3, 3, 3}) {
		t.Fatalf("%d and %d mentions, ordinals %v", len(first), len(second), ordinals)
	}
	m := second[0]
	if n := m.Names[0]; n.Given != "Amina" || n.Surname != "Khan" {
		t.Errorf("name %+v", n)
	}
	if a := m.Addresses; len(a) != 1 || a[0].Number != "12" || a[0].Postcode != "W10 5AB" {
		t.Errorf("addresses %+v, want the postcode joined with the street", a)
	}
	if m.Sole || m.Capacity != reeve.CapacitySubject {
		t.Errorf("sole %v capacity %v", m.Sole, m.Capacity)
	}
}
