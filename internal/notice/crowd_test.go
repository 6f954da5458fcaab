package notice

import (
	"context"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// TestTroubledOfMany: what needs somebody is found among many refusals without
// comparing each with each, which took minutes.
func TestTroubledOfMany(t *testing.T) {
	d := dbtest.SQLite(t)
	if err := Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	const many = 10_000
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		for _, q := range []string{
			"CREATE VIEW case_sealed_ids AS SELECT '' AS id WHERE 1 = 0",
			`INSERT INTO notice_run (id, title, kind, way, channel, council, bands, template, template_number, template_text, list_version, list_digest, on_day, quota, state,
				paused_why, wording, facts, unread, total, people, checked, pence, digest, user_, user_name, at, frozen_at, started_at, ended_at, version)
				VALUES (1, 'Run', 'personal', 'post', 'folder', '', '', '', 1, '', 1, '', 20260112, 0, 'sending', '', '{}', '', 0, 0, 0, 0, 0, '', '', '', 1, 1, 1, 0, 1)`,
			`INSERT INTO notice_message (run, n, person, reference, name, about, lines, email, phone, place, kinds, data_from, data_to, items, incomplete, band, tier, confirmed,
				held, council, decided, state, why, sender, attempts, claimed, sides, day, left_at, channel_id, status, outcome, status_at)
				WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 10000)
				SELECT 1, i, 'P' || i, 'R' || i, '', '', '', '', '', '', '', 0, 0, 0, 0, '', '', 0, '', '', 0, 'left', '', '', 1, 0, 2, '', 1, '',
				CASE WHEN i = 7 THEN 'returned' ELSE 'delivered' END, CASE WHEN i = 7 THEN 'returned' ELSE 'arrived' END, 1 FROM k`,
			"INSERT INTO notice_refusal (id, run, n, person, reason, at) SELECT n, 1, -n, person, 'hold', 1 FROM notice_message",
			"UPDATE notice_refusal SET n = 9 WHERE id = 9",
		} {
			if _, err := tx.Exec(q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
	defer stop()
	err = d.Read(ctx, func(tx *db.Tx) error {
		lines, err := troubled(tx, 1, 10)
		if err != nil {
			return err
		}
		if len(lines) != 2 || lines[0].N != 7 || lines[0].Why != "returned" || lines[1].N != 9 || lines[1].Why != "told-against" {
			t.Errorf("%+v", lines)
		}
		all, err := fates(tx, 0)
		if len(all) != 2 || all[0].N != many-1 || all[1].N != 1 {
			t.Errorf("%+v", all)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
