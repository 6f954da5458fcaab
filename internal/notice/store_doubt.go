package notice

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// doubt is a message of which nobody knows whether the channel took it.
type doubt struct {
	Run       int64  `json:"run"`
	N         int64  `json:"n"`
	Reference string `json:"reference"`
	Channel   string `json:"channel"`
	Council   string `json:"council"` // of the run
	Claimed   int64  `json:"claimed"` // when it was to leave, UTC seconds
}

const doubtColumns = "m.run, m.n, m.reference, r.channel, r.council, m.claimed FROM notice_message m JOIN notice_run r ON r.id = m.run WHERE m.state = 'unsure'"

func scanDoubt(row db.Row) (d doubt, err error) {
	return d, row.Scan(&d.Run, &d.N, &d.Reference, &d.Channel, &d.Council, &d.Claimed)
}

// doubts are what somebody has to look up, the oldest first. Sealed people are
// not among them.
func doubts(tx *db.Tx, limit int) ([]doubt, error) {
	return db.All(tx, scanDoubt, "SELECT "+doubtColumns+" AND m.person NOT IN (SELECT id FROM case_sealed_ids) ORDER BY m.claimed, m.run, m.n LIMIT ?", limit)
}

func readDoubt(tx *db.Tx, reference string) (doubt, error) {
	all, err := db.All(tx, scanDoubt, "SELECT "+doubtColumns+" AND m.reference = ?", reference)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find message in doubt: %w", reeve.NotFound)
	}
	if err != nil {
		return doubt{}, err
	}
	return all[0], nil
}

// errSettled is the answer to whoever settles what somebody settled before.
func errSettled() error {
	return reeve.WithHint(fmt.Errorf("settle message in doubt: %w", reeve.Conflict), "somebody has settled it meanwhile: look at it again")
}

// settleLeft writes that a message in doubt left.
func settleLeft(tx *db.Tx, run, n, at int64) error {
	done, err := tx.Exec("UPDATE notice_message SET state = 'left', why = '', day = ?, left_at = ? WHERE run = ? AND n = ? AND state = 'unsure'", dayOn(at), at, run, n)
	if err == nil && done == 0 {
		err = errSettled()
	}
	return err
}

// settleAsLeft is settleLeft with a receipt: somebody saw in the channel's log
// that it was taken.
func settleAsLeft(tx *db.Tx, d *doubt, id string) error {
	if err := settleLeft(tx, d.Run, d.N, d.Claimed); err != nil {
		return err
	}
	r := Receipt{ID: id, Status: "handed-over", At: d.Claimed}
	_, err := tx.Exec("UPDATE notice_message SET channel_id = ?, status = ?, outcome = ?, status_at = ? WHERE run = ? AND n = ?", id, r.Status, string(statuses[r.Status]), r.At, d.Run, d.N)
	if err != nil {
		return err
	}
	return addReceipt(tx, d.Reference, r)
}

// settleAgain puts a message in doubt back to those that leave. A run that was at
// its end goes on; one that was stopped, or is not being sent, does not.
func settleAgain(tx *db.Tx, d *doubt) error {
	r, err := readRun(tx, d.Run)
	if err != nil {
		return err
	}
	test := d.N < 0
	switch {
	case !test && r.State == Done:
		_, err = tx.Exec("UPDATE notice_run SET state = 'sending', ended_at = 0, version = version + 1 WHERE id = ?", d.Run)
	case test && r.State == Signed || !test && (r.State == Sending || r.State == Paused):
	default:
		err = reeve.WithHint(fmt.Errorf("try message again: the run is %s: %w", r.State, reeve.Conflict), "nothing more leaves from it: another run can take the person in")
	}
	if err != nil {
		return err
	}
	done, err := tx.Exec("UPDATE notice_message SET state = 'ready', why = '' WHERE run = ? AND n = ? AND state = 'unsure'", d.Run, d.N)
	if err == nil && done == 0 {
		err = errSettled()
	}
	return err
}

// onItsWayBy counts, for each channel, the messages whose fate is not known yet.
func onItsWayBy(tx *db.Tx) (map[string]int64, error) {
	n := make(map[string]int64)
	return n, tx.Each(func(row db.Row) error {
		var channel string
		var count int64
		err := row.Scan(&channel, &count)
		n[channel] = count
		return err
	}, "SELECT r.channel, COUNT(*) FROM notice_message m JOIN notice_run r ON r.id = m.run WHERE m.outcome = 'on-its-way' GROUP BY r.channel")
}
