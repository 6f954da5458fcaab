package enquiry

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// formBatch is forms that were printed together, and what became of them.
type formBatch struct {
	ID     int64  `json:"id"`
	First  int64  `json:"-"`
	Forms  int64  `json:"forms"`
	Place  string `json:"place"`
	ByName string `json:"by_name"`
	At     int64  `json:"at"`
	Out    int64  `json:"out"`
	Typed  int64  `json:"typed"`
	Void   int64  `json:"void"`
}

func (b formBatch) From() string { return formName(b.First) }
func (b formBatch) To() string   { return formName(b.First + b.Forms - 1) }

// printForms gives numbers to new forms.
func printForms(tx *db.Tx, n int64, place, by, byName string, now int64) (b formBatch, err error) {
	if err := tx.Serialise("enquiry-form"); err != nil {
		return b, err
	}
	if b.ID, err = next(tx, "SELECT COALESCE(MAX(id), 0) + 1 FROM enquiry_batch"); err != nil {
		return b, err
	}
	if b.First, err = next(tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM enquiry_form"); err != nil {
		return b, err
	}
	b.Forms, b.Place, b.ByName, b.At = n, place, byName, now
	if _, err := tx.Exec("INSERT INTO enquiry_batch (id, first, forms, place, by_, by_name, at) VALUES (?, ?, ?, ?, ?, ?, ?)", b.ID, b.First, n, place, by, byName, now); err != nil {
		return b, err
	}
	load := tx.Load("enquiry_form", "number", "batch", "state", "enquiry", "why", "by_name", "at")
	for i := range n {
		if err := load.Add(b.First+i, b.ID, "out", int64(0), "", "", int64(0)); err != nil {
			return b, err
		}
	}
	return b, load.Close()
}

// typeForm marks a form as typed in; reeve.Conflict if it is not out.
func typeForm(tx *db.Tx, number, enquiry int64, byName string, now int64) error {
	n, err := tx.Exec("UPDATE enquiry_form SET state = 'typed', enquiry = ?, by_name = ?, at = ? WHERE number = ? AND state = 'out'", enquiry, byName, now, number)
	if err == nil && n == 0 {
		err = errFormGone
	}
	return err
}

// voidForm marks a form as spoilt or lost.
func voidForm(tx *db.Tx, number int64, why, byName string, now int64) error {
	n, err := tx.Exec("UPDATE enquiry_form SET state = 'void', why = ?, by_name = ?, at = ? WHERE number = ? AND state = 'out'", why, byName, now, number)
	if err == nil && n == 0 {
		err = errFormGone
	}
	return err
}

func readBatch(tx *db.Tx, id int64) (b formBatch, err error) {
	all, err := db.All(tx, scanBatch, batchColumns+"WHERE b.id = ?", id)
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return b, fmt.Errorf("read forms: %w", err)
	}
	return all[0], nil
}

const batchColumns = `SELECT b.id, b.first, b.forms, b.place, b.by_name, b.at,
	(SELECT COUNT(*) FROM enquiry_form f WHERE f.batch = b.id AND f.state = 'out'), (SELECT COUNT(*) FROM enquiry_form f WHERE f.batch = b.id AND f.state = 'typed'),
	(SELECT COUNT(*) FROM enquiry_form f WHERE f.batch = b.id AND f.state = 'void') FROM enquiry_batch b `

func scanBatch(row db.Row) (b formBatch, err error) {
	return b, row.Scan(&b.ID, &b.First, &b.Forms, &b.Place, &b.ByName, &b.At, &b.Out, &b.Typed, &b.Void)
}

func readBatches(tx *db.Tx) ([]formBatch, error) {
	return db.All(tx, scanBatch, batchColumns+"ORDER BY b.id DESC LIMIT 100")
}

// paperForm is one form of a batch.
type paperForm struct {
	Number  int64  `json:"-"`
	State   string `json:"state"`
	Enquiry int64  `json:"enquiry"`
	Why     string `json:"why"`
	ByName  string `json:"by_name"`
	At      int64  `json:"at"`
}

func (f paperForm) Name() string { return formName(f.Number) }

const paperColumns = "SELECT number, state, enquiry, why, by_name, at FROM enquiry_form "

func scanForm(row db.Row) (f paperForm, err error) {
	return f, row.Scan(&f.Number, &f.State, &f.Enquiry, &f.Why, &f.ByName, &f.At)
}

func readForms(tx *db.Tx, batch int64) ([]paperForm, error) {
	return db.All(tx, scanForm, paperColumns+"WHERE batch = ? ORDER BY number", batch)
}

// readForm is one form that went out.
func readForm(tx *db.Tx, number int64) (paperForm, error) {
	all, err := db.All(tx, scanForm, paperColumns+"WHERE number = ?", number)
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return paperForm{}, fmt.Errorf("read form: %w", err)
	}
	return all[0], nil
}
