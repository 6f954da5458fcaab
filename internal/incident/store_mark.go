package incident

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// marks are n placeholders for a list.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// arguments makes a list of texts what a statement takes.
func arguments(list []string) []any {
	all := make([]any, len(list))
	for i, s := range list {
		all[i] = s
	}
	return all
}

// sharedWith is the condition that the object of a kind, whose id is in a
// column, is shared with one of some councils.
func sharedWith(id, councils string) string {
	return "EXISTS (SELECT 1 FROM incident_share h WHERE h.kind = ? AND h.object = " + id + " AND h.council IN (" + councils + "))"
}

// Council is a council that takes part.
type Council struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Part string `json:"part"`
}

// Councils gives the councils that take part, by code.
func Councils(tx *db.Tx) ([]Council, error) {
	return db.All(tx, func(row db.Row) (c Council, err error) { return c, row.Scan(&c.Code, &c.Name, &c.Part) },
		"SELECT code, name, part FROM incident_council ORDER BY code")
}

// putCouncil adds a council or changes its name and part.
func putCouncil(tx *db.Tx, c Council, by string, at int64) error {
	b := tx.Upsert("incident_council", []string{"code"}, []string{"code", "name", "part", "added_by", "added_at"})
	if err := b.Add(c.Code, c.Name, c.Part, by, at); err != nil {
		return err
	}
	return b.Close()
}

// keptColumns are what every table of versions begins with; see Kept.
const keptColumns = "number, id, version, latest, council, tlp, created_by, created_name, created_at, changed_by, changed_name, changed_at"

// keptFields are those columns for a schema; UNIQUE (id, version) and an index
// on (latest, id) belong to them.
const keptFields = `
	number INTEGER NOT NULL PRIMARY KEY, -- of the version, never used twice
	id INTEGER NOT NULL, -- of the object
	version INTEGER NOT NULL, -- of the object, from 1
	latest INTEGER NOT NULL, -- 1 for the version that stands
	council TEXT NOT NULL, -- whose it is, '' for the whole incident
	tlp TEXT NOT NULL,
	created_by TEXT NOT NULL,
	created_name TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	changed_by TEXT NOT NULL,
	changed_name TEXT NOT NULL,
	changed_at INTEGER NOT NULL,
`

// into are the places of keptColumns for Scan.
func (k *Kept) into(more ...any) []any {
	return append([]any{&k.Number, &k.ID, &k.Version, &k.Latest, &k.Council, &k.TLP, &k.CreatedBy, &k.CreatedName, &k.CreatedAt,
		&k.ChangedBy, &k.ChangedName, &k.ChangedAt}, more...)
}

// row are the values of keptColumns.
func (k Kept) row(more ...any) []any {
	return append([]any{k.Number, k.ID, k.Version, bit(k.Latest), k.Council, string(k.TLP), k.CreatedBy, k.CreatedName, k.CreatedAt,
		k.ChangedBy, k.ChangedName, k.ChangedAt}, more...)
}

// bit is how a truth is stored.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// keep begins the next version of an object in a table of versions, or its first
// when it has no id yet: it gives k its numbers and ends the version before.
// The caller inserts the row. seen is the version that was on the screen;
// reeve.Conflict if somebody else was quicker, reeve.NotFound for no object.
func keep(tx *db.Tx, table string, k *Kept, seen int64) error {
	if err := tx.Serialise(table); err != nil {
		return err
	}
	if err := tx.One([]any{&k.Number}, "SELECT COALESCE(MAX(number), 0) + 1 FROM "+table); err != nil {
		return err
	}
	k.Latest, k.Version = true, 1
	if k.ID == 0 {
		k.CreatedBy, k.CreatedName, k.CreatedAt = k.ChangedBy, k.ChangedName, k.ChangedAt
		return tx.One([]any{&k.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM "+table)
	}
	var version int64
	err := tx.One([]any{&version, &k.CreatedBy, &k.CreatedName, &k.CreatedAt},
		"SELECT version, created_by, created_name, created_at FROM "+table+" WHERE id = ? AND latest = 1", k.ID)
	switch {
	case err != nil:
		return err
	case version != seen:
		return fmt.Errorf("change %s %d: %w", table, k.ID, reeve.Conflict)
	}
	k.Version = version + 1
	_, err = tx.Exec("UPDATE "+table+" SET latest = 0 WHERE id = ? AND latest = 1", k.ID)
	return err
}

// sharedWithOf gives the councils that an object is shared with.
func sharedWithOf(tx *db.Tx, kind string, id int64) ([]string, error) {
	return db.All(tx, func(row db.Row) (c string, err error) { return c, row.Scan(&c) },
		"SELECT council FROM incident_share WHERE kind = ? AND object = ? ORDER BY council", kind, id)
}
