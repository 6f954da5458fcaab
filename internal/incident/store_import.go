package incident

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// batch is a file of entries that was read and waits for somebody to take it in.
type batch struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	Mark             // of all its entries
	State     string `json:"state"`
	Good      int64  `json:"good"`
	Bad       int64  `json:"bad"`
	AddedBy   string `json:"added_by"`
	AddedName string `json:"added_name"`
	AddedAt   int64  `json:"added_at"`
}

// States of a batch.
const (
	batchWaiting = "waiting"
	batchTaken   = "taken"
	batchDropped = "dropped"
)

// importRow is one row of a file.
type importRow struct {
	Line  int64  `json:"line"`
	Fault string `json:"fault"`
	Entry
}

func addBatch(tx *db.Tx, b *batch) error {
	if err := tx.Serialise("incident_import"); err != nil {
		return err
	}
	if err := tx.One([]any{&b.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM incident_import"); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO incident_import (id, name, council, tlp, state, good, bad, added_by, added_name, added_at) VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?, ?)",
		b.ID, b.Name, b.Council, string(b.TLP), batchWaiting, b.AddedBy, b.AddedName, b.AddedAt)
	return err
}

// addRows adds rows to a batch.
func addRows(tx *db.Tx, id int64, rows []importRow) error {
	load := tx.Load("incident_import_row", "import", "line", "happened", "known", "kind", "source", "title", "note", "words", "fault")
	good := 0
	for _, r := range rows {
		if r.Fault == "" {
			good++
		}
		if err := load.Add(id, r.Line, r.Happened, r.Known, r.Kind, r.Source, r.Title, r.Note, r.folded(), r.Fault); err != nil {
			return err
		}
	}
	if err := load.Close(); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE incident_import SET good = good + ?, bad = bad + ? WHERE id = ?", good, len(rows)-good, id)
	return err
}

// findBatch gives a batch; reeve.NotFound for none that this user brought in.
func findBatch(tx *db.Tx, id int64, user string) (b batch, err error) {
	err = tx.One([]any{&b.ID, &b.Name, &b.Council, &b.TLP, &b.State, &b.Good, &b.Bad, &b.AddedBy, &b.AddedName, &b.AddedAt},
		"SELECT id, name, council, tlp, state, good, bad, added_by, added_name, added_at FROM incident_import WHERE id = ? AND added_by = ?", id, user)
	return b, err
}

// batchRows gives the first rows of a batch: those with a fault, or the others.
func batchRows(tx *db.Tx, id int64, faulty bool, limit int) ([]importRow, error) {
	condition := "fault = ''"
	if faulty {
		condition = "fault <> ''"
	}
	return db.All(tx, func(row db.Row) (r importRow, err error) {
		return r, row.Scan(&r.Line, &r.Happened, &r.Known, &r.Kind, &r.Source, &r.Title, &r.Note, &r.Fault)
	}, "SELECT line, happened, known, kind, source, title, note, fault FROM incident_import_row WHERE import = ? AND "+condition+" ORDER BY line LIMIT ?", id, limit)
}

// takeBatch makes the good rows of a batch entries and gives how many.
func takeBatch(tx *db.Tx, b batch, k Kept) (n int64, err error) {
	if err := tx.Serialise("incident_entry"); err != nil {
		return 0, err
	}
	if err := endBatch(tx, b.ID, batchTaken); err != nil {
		return 0, err
	}
	n, err = tx.Exec(`INSERT INTO incident_entry (`+entryColumns+`, words)
		SELECT t.number + ROW_NUMBER() OVER (ORDER BY r.line), t.id + ROW_NUMBER() OVER (ORDER BY r.line), 1, 1, b.council, b.tlp,
			CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS INTEGER), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS INTEGER),
			r.happened, r.known, r.kind, r.source, r.title, r.note, 'stands', 'from ' || b.name, r.words
		FROM incident_import_row r JOIN incident_import b ON b.id = r.import
		CROSS JOIN (SELECT COALESCE(MAX(number), 0) AS number, COALESCE(MAX(id), 0) AS id FROM incident_entry) t
		WHERE r.import = ? AND r.fault = ''`,
		k.ChangedBy, k.ChangedName, k.ChangedAt, k.ChangedBy, k.ChangedName, k.ChangedAt, b.ID)
	if err != nil {
		return 0, err
	}
	return n, dropRows(tx, b.ID)
}

// endBatch gives a batch that waits its last state.
func endBatch(tx *db.Tx, id int64, state string) error {
	n, err := tx.Exec("UPDATE incident_import SET state = ? WHERE id = ? AND state = ?", state, id, batchWaiting)
	if err == nil && n == 0 {
		err = fmt.Errorf("end import %d: %w", id, reeve.Conflict)
	}
	return err
}

func dropRows(tx *db.Tx, id int64) error {
	_, err := tx.Exec("DELETE FROM incident_import_row WHERE import = ?", id)
	return err
}

// oldBatches gives the files that wait since before a moment.
func oldBatches(tx *db.Tx, before int64) ([]int64, error) {
	return db.All(tx, func(row db.Row) (id int64, err error) { return id, row.Scan(&id) },
		"SELECT id FROM incident_import WHERE state = ? AND added_at < ? ORDER BY id", batchWaiting, before)
}
