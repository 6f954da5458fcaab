package detect

import (
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// signals gives the signals that findings state, and are not denied.
func signals(found []reeve.Finding) string {
	var out []string
	for _, f := range found {
		if f.Signal != "" && !f.Negated {
			out = append(out, string(f.Signal))
		}
	}
	return strings.Join(out, " ")
}

// TestSignals has sentences whose words mean something else in a longer phrase.
func TestSignals(t *testing.T) {
	for text, want := range map[string]string{
		"Education, Health and Care Plan\nName: Amara Okafor\nDOB: 20/11/1979":              "",
		"Name: Amara Okafor\nHer care plan was reviewed with Amara Okafor in May.":          "adult_care",
		"Note Amara Okafor (DOB 20/11/1979), social, emotional and mental health needs.":    "",
		"Amara Okafor (DOB 20/11/1979) has mental health needs.":                            "mental_health",
		"Amara Okafor (DOB 20/11/1979) was evicted.":                                        "",
		"Amara Okafor (DOB 20/11/1979) was served with a possession order and is homeless.": "homelessness homelessness",
	} {
		if got := signals(read(text)); got != want {
			t.Errorf("%q: signals %q, want %q", text, got, want)
		}
	}
}

// TestShortHeadings has the names of columns as exports cut them short.
func TestShortHeadings(t *testing.T) {
	for header, want := range map[string]reeve.Kind{
		"ELEC_NO": reeve.KindElectoralNumber, "NAT_INS_NO": reeve.KindNINO, "BRTH_DT": reeve.KindDateOfBirth, "HOME_TEL": reeve.KindPhone, "MOB_NO": reeve.KindPhone,
		"PCODE": reeve.KindPostcode, "CURR_ADDR": reeve.KindAddress, "SORT_CD": reeve.KindBankAccount, "ACC_NO": reeve.KindBankAccount, "REG": reeve.KindVehicleRegistration,
		"ETHN_CD": reeve.KindEthnicity, "EMP_NO": reeve.KindLocalRef, "CLM_NO": reeve.KindBenefitRef,
	} {
		h := readHeading(header)
		if !h.known() || h.kind != want {
			t.Errorf("%s: not read as %s", header, want)
		}
	}
}

// TestNumberedPeople has a column that is headed by a person's word and holds
// their numbers.
func TestNumberedPeople(t *testing.T) {
	rows := [][]string{{"EMPLOYEE", "SNAME", "FNAME"}, {"E30019", "Okafor", "Amara"}, {"E30026", "Smith", "John"}, {"E30033", "Khan", "Shabnam"}}
	found := testSet().Open(testIndex()).Block(0, &reeve.Block{Rows: rows, Table: 1, First: 1})
	refs := 0
	for _, f := range found {
		if f.Kind == reeve.KindLocalRef && f.Clump != 0 {
			refs++
		}
	}
	if refs != 3 {
		t.Errorf("%d references of 3; found %s", refs, brief(found))
	}
}
