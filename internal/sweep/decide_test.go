package sweep_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// twoAdas is a case in which one woman may be two: a resident, and a name with
// an e-mail address that no register holds.
func twoAdas(t *testing.T) (*sweep.Case, sweep.Options) {
	t.Helper()
	dir := t.TempDir()
	share := filepath.Join(dir, "share")
	write(t, filepath.Join(share, "letter.txt"), "Name: Ada Okafor\nDate of birth: 05/03/1980\nAddress: 4 Weir Street, Norvale NV2 1AA\n")
	write(t, filepath.Join(share, "list.csv"), "Name,Email,Passport number\nAdaeze Okafor,adaeze@example.org,925076473\nRuth Sealed,ruth@example.org,\n")
	write(t, filepath.Join(share, "safe.txt"), "Name: Ruth Sealed\nDate of birth: 01/02/1990\nAddress: 9 Quay Road, Norvale NV3 5CD\n")
	register := filepath.Join(dir, "people.csv")
	write(t, register, "source_system,source_person_id,surname,forename,date_of_birth,address_1,postcode,restricted\n"+
		"CRM,1,Okafor,Ada,1980-03-05,4 Weir Street,NV2 1AA,N\nCRM,2,Sealed,Ruth,1990-02-01,9 Quay Road,NV3 5CD,Y\n")
	c := openCase(t, filepath.Join(dir, "case"), "")
	opt := sweep.Options{AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12}, Exhibits: []sweep.ExhibitFlag{{Path: share}}, Registers: []sweep.RegisterFlag{{Path: register}}}
	runSweep(t, c, opt)
	return c, opt
}

func TestDecisionsAreObeyed(t *testing.T) {
	c, opt := twoAdas(t)
	resident := column(t, c, "people", "register_id", "person")["1"]
	byName := column(t, c, "findings", "value", "mention")
	mention := byName["Adaeze Okafor"]
	if resident == "" || mention == "" {
		t.Fatalf("resident %q, mention %q", resident, mention)
	}
	owner := func() string { return column(t, c, "findings", "mention", "person")[mention] }
	if owner() == resident {
		t.Fatal("the machine joined two names by itself")
	}
	if _, err := c.Decide(t.Context(), "same", resident, mention, "she signs with both names", "tester", false); err != nil {
		t.Fatal(err)
	}
	if owner() != resident {
		t.Errorf("same: the mention belongs to %q", owner())
	}
	if kinds := column(t, c, "people", "person", "kinds")[resident]; !strings.Contains(kinds, "email") {
		t.Errorf("the list is not right at once: %s", kinds)
	}
	before := lists(t, c)
	runSweep(t, c, opt)
	sameLists(t, "a run after the decision", before, lists(t, c))
	letter := byName["Ada Okafor"]
	if _, err := c.Decide(t.Context(), "different", resident, letter, "another birth year in the paper file", "tester", false); err != nil {
		t.Fatal(err)
	}
	if got := column(t, c, "findings", "mention", "person")[letter]; got == resident {
		t.Error("different: the mention still belongs to her")
	}
	var lines []record.Line
	if err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		lines, err = record.Lines(tx, 0, 100)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	decided := 0
	for _, l := range lines {
		if strings.HasPrefix(l.Verb, "decide ") && l.Actor == "tester" {
			decided++
		}
	}
	if decided != 2 {
		t.Errorf("%d decisions on record, want 2", decided)
	}
}

// TestSealedAndUnknownAnswerAlike: nothing that may be asked tells a sealed
// person from one who is not there.
func TestSealedAndUnknownAnswerAlike(t *testing.T) {
	c, _ := twoAdas(t)
	sealed := column(t, c, "people", "register_id", "person")["2"]
	open := column(t, c, "people", "register_id", "person")["1"]
	mention := column(t, c, "findings", "person", "mention")[sealed]
	if sealed == "" || mention == "" {
		t.Fatal("the sealed person was not found at all")
	}
	const nobody = "PAAAAAAAAAAAA"
	_, unknown := c.Explain(t.Context(), nobody, sweep.ListOptions{})
	_, hidden := c.Explain(t.Context(), sealed, sweep.ListOptions{})
	if unknown == nil || hidden == nil || unknown.Error() != hidden.Error() || reeve.HintOf(unknown) != reeve.HintOf(hidden) {
		t.Errorf("explain: %v and %v", unknown, hidden)
	}
	for _, id := range []string{nobody, sealed, mention, "MAAAAAAAAAAAA"} {
		if _, err := c.Decide(t.Context(), "same", open, id, "x", "tester", false); !errors.Is(err, reeve.NotFound) {
			t.Errorf("decide on a hidden id: %v", err)
		}
	}
	for _, l := range sweep.Lists() {
		err := c.Rows(t.Context(), l, sweep.ListOptions{Reveal: true}, func(row []string) error {
			for _, cell := range row {
				if strings.Contains(cell, sealed) || strings.Contains(cell, mention) || strings.Contains(cell, "Ruth") || strings.Contains(cell, "safe.txt") {
					t.Errorf("list %s shows a sealed person", l.Name)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Explain(t.Context(), sealed, sweep.ListOptions{Sealed: true}); err != nil {
		t.Errorf("with --sealed: %v", err)
	}
}
