package report

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

const breachColumns = `number, id, version, latest, council, tlp, title, happened, aware, what, effects, action, people, reported, why, reported_at,
	reference, told, told_why, state, changed_by, changed_name, changed_at`

func scanBreach(row db.Row) (b Breach, err error) {
	var latest int64
	err = row.Scan(&b.Number, &b.ID, &b.Version, &latest, &b.Council, (*string)(&b.TLP), &b.Title, &b.Happened, &b.Aware, &b.What, &b.Effects, &b.Action, &b.People,
		&b.Reported, &b.Why, &b.ReportedAt, &b.Reference, &b.Told, &b.ToldWhy, &b.State, &b.ChangedBy, &b.ChangedName, &b.ChangedAt)
	b.Latest = latest == 1
	return b, err
}

// readBreaches gives the register as it stands, the newest first.
func readBreaches(tx *db.Tx) ([]Breach, error) {
	return db.All(tx, scanBreach, "SELECT "+breachColumns+" FROM report_breach WHERE latest = 1 ORDER BY aware DESC, id DESC")
}

// readBreach gives all versions of an entry, the newest first; reeve.NotFound if
// there is none.
func readBreach(tx *db.Tx, id int64) ([]Breach, error) {
	all, err := db.All(tx, scanBreach, "SELECT "+breachColumns+" FROM report_breach WHERE id = ? ORDER BY version DESC", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("read breach: %w", reeve.NotFound)
	}
	return all, err
}

// putBreach keeps the next version of an entry, or a new entry for id 0. seen is
// the version that was on the screen; reeve.Conflict if another stands.
func putBreach(tx *db.Tx, b *Breach, seen int64) error {
	if err := next(tx, "report_breach", &b.Number, &b.ID, &b.Version, seen); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO report_breach ("+breachColumns+") VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		b.Number, b.ID, b.Version, b.Council, string(b.TLP), b.Title, b.Happened, b.Aware, b.What, b.Effects, b.Action, b.People,
		b.Reported, b.Why, b.ReportedAt, b.Reference, b.Told, b.ToldWhy, b.State, b.ChangedBy, b.ChangedName, b.ChangedAt)
	return err
}

// next gives the numbers of the next version of a row, or of a new one for id 0,
// and ends the version before. Tables of versions have the columns number, id,
// version and latest.
func next(tx *db.Tx, table string, number, id, version *int64, seen int64) error {
	if err := tx.Serialise(table); err != nil {
		return err
	}
	if err := tx.One([]any{number}, "SELECT COALESCE(MAX(number), 0) + 1 FROM "+table); err != nil {
		return err
	}
	if *id == 0 {
		*version = 1
		return tx.One([]any{id}, "SELECT COALESCE(MAX(id), 0) + 1 FROM "+table)
	}
	var stands int64
	err := tx.One([]any{&stands}, "SELECT version FROM "+table+" WHERE id = ? AND latest = 1", *id)
	switch {
	case err != nil:
		return err
	case stands != seen:
		return fmt.Errorf("change %s: %w", table, reeve.Conflict)
	}
	*version = stands + 1
	_, err = tx.Exec("UPDATE "+table+" SET latest = 0 WHERE id = ? AND latest = 1", *id)
	return err
}
