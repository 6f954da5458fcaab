package account

import (
	"errors"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

func readAttempts(tx *db.Tx, mark string) (failures int, last int64, err error) {
	err = tx.One([]any{&failures, &last}, "SELECT failures, last FROM account_attempt WHERE mark = ?", mark)
	if errors.Is(err, reeve.NotFound) {
		err = nil
	}
	return failures, last, err
}

func addAttempt(tx *db.Tx, mark string, now int64) error {
	if _, err := tx.Exec("INSERT INTO account_attempt (mark, failures, last) VALUES (?, 0, 0) ON CONFLICT DO NOTHING", mark); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE account_attempt SET failures = failures + 1, last = ? WHERE mark = ?", now, mark)
	return err
}

func lessAttempts(tx *db.Tx, mark string, by int) error {
	_, err := tx.Exec("UPDATE account_attempt SET failures = CASE WHEN failures > ? THEN failures - ? ELSE 0 END WHERE mark = ?", by, by, mark)
	return err
}

func dropAttempts(tx *db.Tx, mark string) error {
	_, err := tx.Exec("DELETE FROM account_attempt WHERE mark = ?", mark)
	return err
}

// clearAttempts forgets what is long past; locks are kept longer, of unknown
// names as of known ones, so that forgetting tells nothing.
func clearAttempts(tx *db.Tx, now time.Time) error {
	_, err := tx.Exec("DELETE FROM account_attempt WHERE last < ? AND (failures < ? OR last < ?)",
		now.Add(-forgetTries).Unix(), namePace.lock, now.Add(-forgetLock).Unix())
	return err
}
