package notice

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// formLine is a notice that a person has to make, in the form in which its
// reader reads.
type formLine struct {
	Run       int64  `json:"run"`
	N         int64  `json:"n"`
	Person    string `json:"person"`
	Reference string `json:"reference"`
	Language  string `json:"language"`
	Format    Format `json:"format"`
	Council   string `json:"council"`
	Started   bool   `json:"started"` // its run was signed and started
}

// readForms gives what waits to be made, the oldest run first. Sealed people are
// not among it.
func readForms(tx *db.Tx, limit int) ([]formLine, error) {
	return db.All(tx, func(row db.Row) (l formLine, err error) {
		var started int64
		err = row.Scan(&l.Run, &l.N, &l.Person, &l.Reference, &l.Language, &l.Format, &l.Council, &started)
		l.Started = started > 0
		return l, err
	}, `SELECT m.run, m.n, m.person, m.reference, m.language, m.format, r.council, r.started_at FROM notice_message m JOIN notice_run r ON r.id = m.run
		WHERE m.state = 'by-people' AND m.n > 0 AND m.person NOT IN (SELECT id FROM case_sealed_ids) ORDER BY m.run, m.n LIMIT ?`, limit)
}

// sentForm keeps that a person made a notice and handed it over, once.
func sentForm(tx *db.Tx, x *frozenMessage, at int64) error {
	receipt := Receipt{ID: "by-people", Status: "handed-over", At: at}
	n, err := tx.Exec(`UPDATE notice_message SET state = 'left', day = ?, left_at = ?, channel_id = ?, status = ?, outcome = ?, status_at = ?
		WHERE run = ? AND n = ? AND state = 'by-people'`, dayOn(at), at, receipt.ID, receipt.Status, string(statuses[receipt.Status]), at, x.Run, x.N)
	if err == nil && n == 0 {
		err = fmt.Errorf("keep notice: %w", reeve.Conflict)
	}
	if err != nil {
		return err
	}
	return addReceipt(tx, x.Recipient.Reference, receipt)
}

// refusedForm keeps that a notice may not be made any more, and why.
func refusedForm(tx *db.Tx, x *frozenMessage, why Reason, at int64) error {
	n, err := tx.Exec("UPDATE notice_message SET state = 'refused', why = ? WHERE run = ? AND n = ? AND state = 'by-people'", string(why), x.Run, x.N)
	if err == nil && n == 0 {
		err = fmt.Errorf("refuse notice: %w", reeve.Conflict)
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO notice_refusal (id, run, n, person, reason, at) SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ? FROM notice_refusal",
		x.Run, x.N, x.Recipient.Person, string(why), at)
	return err
}

// formCounts counts the messages of a run by how they are read.
func formCounts(tx *db.Tx, run int64) (all []formCount, err error) {
	return db.All(tx, func(row db.Row) (c formCount, err error) {
		var state string
		err = row.Scan(&c.Language, &c.Format, &state, &c.N)
		c.ByPeople = state == msgByPeople
		return c, err
	}, `SELECT language, format, CASE WHEN state = 'by-people' THEN 'by-people' ELSE '' END, COUNT(*) FROM notice_message WHERE run = ? AND n > 0
		GROUP BY language, format, CASE WHEN state = 'by-people' THEN 'by-people' ELSE '' END ORDER BY 1, 2, 3`, run)
}

// formCount is how many notices of a run are in one form.
type formCount struct {
	Language string `json:"language"`
	Format   Format `json:"format"`
	ByPeople bool   `json:"by_people"`
	N        int64  `json:"n"`
}

// firstOfForms gives a message of each form that leaves by itself, the first by
// number: nobody chooses it.
func firstOfForms(tx *db.Tx, run int64) ([]int64, error) {
	return db.All(tx, func(row db.Row) (n int64, err error) { return n, row.Scan(&n) },
		`SELECT MIN(n) FROM notice_message WHERE run = ? AND n > 0 AND state NOT IN ('faulty', 'frozen', 'by-people')
		AND person NOT IN (SELECT id FROM case_sealed_ids) GROUP BY language, format ORDER BY 1`, run)
}
