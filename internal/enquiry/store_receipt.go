package enquiry

import (
	"cmp"
	"errors"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/mail"
)

// owed is a receipt that is to be sent.
type owed struct {
	about     string // enquiry or scam
	id        int64
	email     reeve.Sensitive
	reference string
	state     string
	why       string
	tries     int
	due       int64
}

// to is whom the receipt is for.
func (o owed) to() []mail.Address { return []mail.Address{{Mail: o.email.Reveal()}} }

// owe notes that somebody is to be told that a submission was taken; nothing
// where they gave no address.
func owe(tx *db.Tx, about string, id int64, s Submission) error {
	if s.Person.Email.Empty() {
		return nil
	}
	contact, why := contactKey(s.Person.Email.Reveal(), ""), withheld(s)
	if why == "" {
		var n int64
		if err := tx.One([]any{&n}, "SELECT COUNT(*) FROM enquiry_receipt WHERE contact = ? AND at > ? AND state <> 'withheld'", contact, s.At-24*3600); err != nil {
			return err
		}
		if n >= mostReceipts {
			why = "many"
		}
	}
	state := "waiting"
	if why != "" {
		state = "withheld"
	}
	_, err := tx.Exec("INSERT INTO enquiry_receipt (about, id, contact, state, why, tries, due, at) VALUES (?, ?, ?, ?, ?, 0, ?, ?)", about, id, contact, state, why, s.At, s.At)
	return err
}

// dueReceipts are the receipts to send by now, those due longest first.
func dueReceipts(tx *db.Tx, now int64, limit int) ([]owed, error) {
	return db.All(tx, func(row db.Row) (o owed, err error) {
		var email string
		err = row.Scan(&o.about, &o.id, &email, &o.reference, &o.tries, &o.due)
		o.email, o.state = reeve.Private(reeve.KindEmail, email), "waiting"
		return o, err
	}, `SELECT r.about, r.id, COALESCE(e.email, s.email), COALESCE(e.reference, s.reference), r.tries, r.due FROM enquiry_receipt r
		LEFT JOIN enquiry e ON r.about = 'enquiry' AND e.id = r.id LEFT JOIN scam_report s ON r.about = 'scam' AND s.id = r.id
		WHERE r.state = 'waiting' AND r.due <= ? AND COALESCE(e.email, s.email) IS NOT NULL ORDER BY r.due, r.about, r.id LIMIT ?`, now, limit)
}

// settle writes down how receipts went.
func settle(tx *db.Tx, all []owed, now int64) error {
	for _, o := range all {
		_, err := tx.Exec("UPDATE enquiry_receipt SET state = ?, why = ?, tries = ?, due = ?, at = ? WHERE about = ? AND id = ?", o.state, o.why, o.tries, cmp.Or(o.due, now), now, o.about, o.id)
		if err != nil {
			return err
		}
	}
	return nil
}

// readReceipt is how it stands with the receipt of an enquiry or report.
func readReceipt(tx *db.Tx, about string, id int64) (r Receipt, err error) {
	err = tx.One([]any{&r.State, &r.Why, &r.At}, "SELECT state, why, at FROM enquiry_receipt WHERE about = ? AND id = ?", about, id)
	if errors.Is(err, reeve.NotFound) {
		err = nil
	}
	return r, err
}

// receiptCounts are the figures over receipts since a moment.
type receiptCounts struct {
	Sent     int64 `json:"sent"`
	Waiting  int64 `json:"waiting"`
	Failed   int64 `json:"failed"`
	Withheld int64 `json:"withheld"`
}

func countReceipts(tx *db.Tx, from int64) (c receiptCounts, err error) {
	err = tx.Each(func(row db.Row) error {
		var state string
		var n int64
		if err := row.Scan(&state, &n); err != nil {
			return err
		}
		*map[string]*int64{"sent": &c.Sent, "waiting": &c.Waiting, "failed": &c.Failed, "withheld": &c.Withheld}[state] = n
		return nil
	}, "SELECT state, COUNT(*) FROM enquiry_receipt WHERE at >= ? GROUP BY state", from)
	return c, err
}
