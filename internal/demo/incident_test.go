package demo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/enquiry"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/report"
	"github.com/reeve-council/reeve/internal/review"
	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
)

func TestMain(m *testing.M) {
	if sandbox.Called() {
		sweep.ServeReader()
	}
	os.Exit(m.Run())
}

// sweptCase is a small invented council, swept, with the tables of all rooms.
func sweptCase(t *testing.T) *sweep.Case {
	t.Helper()
	c, _ := sweptCouncil(t, plant.Options{Seed: 7, People: 120, Documents: 40})
	return c
}

// sweptCouncil is an invented council, swept, with what was planted in it.
func sweptCouncil(t *testing.T, o plant.Options) (*sweep.Case, *plant.Truth) {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	o.Dir = filepath.Join(dir, "council")
	truth, err := plant.Generate(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	c, err := sweep.Make(ctx, filepath.Join(dir, "case"), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	opt, err := Sweep(filepath.Join(dir, "council"), truth)
	if err != nil {
		t.Fatal(err)
	}
	opt.NoOCR = true
	if _, err := c.Sweep(ctx, opt); err != nil {
		t.Fatal(err)
	}
	if err := migrate(ctx, c.DB); err != nil {
		t.Fatal(err)
	}
	return c, truth
}

func migrate(ctx context.Context, d *db.DB) error {
	all := []error{d.Migrate(ctx, job.Room, job.Schema()), d.Migrate(ctx, notice.TableRoom, notice.Schema()), review.Migrate(ctx, d), incident.Migrate(ctx, d), report.Migrate(ctx, d)}
	for _, s := range enquiry.Schemas() {
		all = append(all, d.Migrate(ctx, s.Room, s.Steps))
	}
	return errors.Join(all...)
}

// TestIncident tells the whole story in some seconds, twice: the second time
// changes nothing. The record holds.
func TestIncident(t *testing.T) {
	c := sweptCase(t)
	began := time.Now()
	for range 2 {
		if err := Incident(t.Context(), c, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Logf("the story took %s; the aim is ten seconds", took)
	}
	all := incident.Sight{All: true, Levels: incident.TLPs}
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		i, err := incident.Now(tx, all)
		if err != nil || i.Severity != "major" || i.Status != "stable" {
			t.Errorf("the incident: %s, %s, %v", i.Severity, i.Status, err)
		}
		conflicts, err := incident.Conflicts(tx, all)
		if err != nil || len(conflicts) != 1 || conflicts[0].Topic != "lead agency" || len(conflicts[0].Answers()) != 3 {
			t.Errorf("what is still contradicted: %v, %v", conflicts, err)
		}
		return errors.Join(checkFacts(t, tx), checkRecord(t, tx), checkReports(t, tx), checkTelling(t, tx))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkFacts: what the public is told has the right dates, names bodies as they
// were called then, and holds none of the claims that fell.
func checkFacts(t *testing.T, tx *db.Tx) error {
	lines, err := incident.Facts(tx, incident.Public)
	var all strings.Builder
	for _, l := range lines {
		all.WriteString(l.Claim + "\n")
	}
	for _, no := range []string{"2023", "2024", "Action Fraud", "440,000"} {
		if strings.Contains(all.String(), no) {
			t.Errorf("the public is told %q", no)
		}
	}
	for _, yes := range []string{"24 November 2025", "12 January 2026", "Report Fraud"} {
		if !strings.Contains(all.String(), yes) {
			t.Errorf("the public is not told %q", yes)
		}
	}
	return err
}

func checkRecord(t *testing.T, tx *db.Tx) error {
	r, err := record.Audit(tx)
	if err == nil {
		err = r.Err()
	}
	return err
}

// checkReports: four versions to the Commissioner, three of them sent, the last
// with the figures of the list; every other desk holds something.
func checkReports(t *testing.T, tx *db.Tx) error {
	return checkCounts(t, tx, map[string]int64{
		"SELECT COUNT(*) FROM report_return_version v JOIN report_return r ON r.id = v.return_ WHERE r.kind = 'ico'":                      4,
		"SELECT COUNT(*) FROM report_return_version v JOIN report_return r ON r.id = v.return_ WHERE r.kind = 'ico' AND v.state = 'sent'": 3,
		"SELECT COUNT(*) FROM report_return_version v WHERE v.list = 1 AND v.figures LIKE '%\"most\":%'":                                  2,
		"SELECT COUNT(*) FROM report_breach WHERE latest = 1":                                                                             4,
		"SELECT COUNT(*) FROM report_lesson WHERE latest = 1 AND state = 'checked'":                                                       2,
		"SELECT COUNT(*) FROM report_paper":                                             5,
		"SELECT COUNT(*) FROM incident_evidence WHERE latest = 1 AND state = 'out'":     3,
		"SELECT COUNT(*) FROM incident_clearance WHERE latest = 1 AND state = 'signed'": 3,
	})
}

// checkTelling: of the letters that two people signed one is refused as it leaves,
// since its reader was put on hold after that, and one came back; three runs
// wait, and a language does;
// residents came by every way, the first of those who wait needs help; of three
// groups of scams the public knows one.
func checkTelling(t *testing.T, tx *db.Tx) error {
	return checkCounts(t, tx, map[string]int64{
		"SELECT COUNT(*) FROM notice_message m JOIN notice_run r ON r.id = m.run WHERE r.kind = 'general' AND (m.person <> '' OR m.kinds <> '')": 0,
		"SELECT COUNT(*) FROM notice_run WHERE state = 'done'":                                     1,
		"SELECT COUNT(*) FROM notice_run WHERE state = 'checked' AND way IN ('post', 'email')":     3,
		"SELECT COUNT(*) FROM notice_message WHERE run = 1 AND state = 'refused' AND why = 'hold'": 1,
		"SELECT COUNT(*) FROM notice_language WHERE second_at = 0":                                 1,
		"SELECT COUNT(*) FROM notice_message WHERE outcome = 'returned'":                           1,
		"SELECT COUNT(*) FROM notice_signature WHERE run = 1":                                      2,
		"SELECT COUNT(DISTINCT channel) FROM enquiry":                                              5,
		"SELECT COUNT(*) FROM enquiry WHERE state = 'merged'":                                      1,
		"SELECT COUNT(*) FROM enquiry WHERE state = 'new' AND rank = 0":                            2,
		"SELECT COUNT(*) FROM scam_cluster":                                                        3,
		"SELECT COUNT(*) FROM scam_cluster WHERE state = 'published'":                              1,
		"SELECT COUNT(*) FROM scam_report WHERE unread = 0":                                        6,
		"SELECT COUNT(*) FROM scam_person":                                                         1,
		"SELECT COUNT(*) FROM scam_link WHERE target LIKE 'http%'":                                 0,
	})
}

// checkCounts holds counts to what they should be.
func checkCounts(t *testing.T, tx *db.Tx, want map[string]int64) error {
	t.Helper()
	for query, n := range want {
		var got int64
		if err := tx.One([]any{&got}, query); err != nil {
			return err
		}
		if got != n {
			t.Errorf("%s: %d, want %d", query, got, n)
		}
	}
	return nil
}
