package notice

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// pullable gives references whose fate is not known yet and that left since a
// time, in order.
func pullable(tx *db.Tx, channel string, since int64) ([]string, error) {
	return db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) }, `SELECT m.reference FROM notice_message m JOIN notice_run r ON r.id = m.run
		WHERE m.outcome = 'on-its-way' AND r.channel = ? AND m.left_at >= ? ORDER BY m.reference`, channel, since)
}

// heard is what is kept of a message of which a channel speaks.
type heard struct {
	State   string
	Status  string
	Outcome outcome
	Channel string
	Run, N  int64
}

// readHeard gives a message by its reference; reeve.NotFound for one that never
// left.
func readHeard(tx *db.Tx, reference string) (h heard, err error) {
	err = tx.One([]any{&h.State, &h.Status, &h.Outcome, &h.Channel, &h.Run, &h.N}, `SELECT m.state, m.status, m.outcome, r.channel, m.run, m.n
		FROM notice_message m JOIN notice_run r ON r.id = m.run WHERE m.reference = ? AND m.state IN ('left', 'leaving', 'unsure')`, reference)
	return h, err
}

// replaces tells whether a word of the channel is news. Words come twice, late
// and out of order: what is settled is never on its way again, and what came back
// stays so.
func (h *heard) replaces(status string) bool {
	out := statuses[status]
	switch {
	case out == "" || status == h.Status || h.Outcome == returned:
		return false
	case out == onItsWay:
		return h.Outcome == "" || h.Outcome == onItsWay
	case out == arrived:
		return h.Outcome != arrived && h.Outcome != failed
	}
	return true
}

// keepStatus writes a channel's newest word on a message, and tells whether it
// was news. What came back keeps its address from being used again. A reference
// that is not the channel's is reeve.NotFound.
func keepStatus(tx *db.Tx, channel, reference string, r Receipt, at int64) (news bool, err error) {
	if err := tx.Serialise("notice"); err != nil {
		return false, err
	}
	h, err := readHeard(tx, reference)
	if err == nil && channel != "" && h.Channel != channel {
		err = reeve.NotFound
	}
	if err != nil || !h.replaces(r.Status) {
		return false, err
	}
	_, err = tx.Exec("UPDATE notice_message SET status = ?, outcome = ?, status_at = ? WHERE run = ? AND n = ?", r.Status, string(statuses[r.Status]), r.At, h.Run, h.N)
	if err != nil {
		return false, err
	}
	if h.State == msgUnsure { // whoever tells what became of it took it
		if err := settleLeft(tx, h.Run, h.N, r.At); err != nil {
			return false, err
		}
	}
	if err := addReceipt(tx, reference, r); err != nil {
		return false, err
	}
	if statuses[r.Status] == returned || r.Status == "permanent-failure" {
		if err = suppressGone(tx, reference, r.Status, at); err == nil {
			err = keepFormsOf(tx, h.Run, h.N)
		}
	}
	return true, err
}

// addReceipt keeps a word of the channel about a message, once.
func addReceipt(tx *db.Tx, reference string, r Receipt) error {
	_, err := tx.Exec(`INSERT INTO notice_receipt (id, reference, status, outcome, at) SELECT (SELECT COALESCE(MAX(id), 0) + 1 FROM notice_receipt), m.reference, ?, ?, ?
		FROM notice_message m WHERE m.reference = ? AND NOT EXISTS (SELECT 1 FROM notice_receipt r WHERE r.reference = m.reference AND r.status = ?)`,
		r.Status, string(statuses[r.Status]), r.At, reference, r.Status)
	return err
}

// suppressGone keeps a home, mailbox or number from which a notice came back from
// being used. An e-mail that bounced says nothing about where somebody lives.
func suppressGone(tx *db.Tx, reference, status string, at int64) error {
	_, err := tx.Exec(`INSERT INTO notice_suppression (id, person, place, why, cause, user_, at, lifted, lifted_why)
		SELECT (SELECT COALESCE(MAX(id), 0) + 1 FROM notice_suppression), '', m.place, ?, 'returned', 'job', ?, 0, '' FROM notice_message m
		WHERE m.reference = ? AND m.place <> '' AND NOT EXISTS (SELECT 1 FROM notice_suppression s WHERE s.place = m.place AND s.lifted = 0)`,
		"the channel says: "+plainError(status), at, reference)
	return err
}
