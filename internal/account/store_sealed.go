package account

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

func addGrant(tx *db.Tx, holder, thing string, now, until int64) error {
	if _, err := tx.Exec("DELETE FROM account_grant WHERE until <= ?", now); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO account_grant (holder, thing, until) VALUES (?, ?, ?) ON CONFLICT (holder, thing) DO UPDATE SET until = excluded.until", holder, thing, until)
	return err
}

const openingColumns = "id, person, asker, councils, reason, asked, second, answered, until"

func scanOpening(r db.Row) (*Opening, error) {
	var o Opening
	var councils string
	err := r.Scan(&o.ID, &o.Person, &o.Asker, &councils, &o.Reason, &o.Asked, &o.Second, &o.Answered, &o.Until)
	o.Councils = fieldsOf(councils)
	return &o, err
}

// openings gives the newest openings first.
func openings(tx *db.Tx, limit int) ([]*Opening, error) {
	return db.All(tx, scanOpening, "SELECT "+openingColumns+" FROM account_opening ORDER BY id DESC LIMIT ?", limit)
}

func oneOpening(tx *db.Tx, id int64) (*Opening, error) {
	all, err := db.All(tx, scanOpening, "SELECT "+openingColumns+" FROM account_opening WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return nil, fmt.Errorf("find opening: %w", err)
	}
	return all[0], nil
}

// addOpening keeps a request and gives it its number.
func addOpening(tx *db.Tx, o *Opening) error {
	if err := tx.Serialise("account: opening"); err != nil {
		return err
	}
	if err := tx.One([]any{&o.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM account_opening"); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO account_opening ("+openingColumns+") VALUES (?, ?, ?, ?, ?, ?, '', 0, 0)",
		o.ID, o.Person, o.Asker, strings.Join(o.Councils, " "), o.Reason, o.Asked)
	return err
}

// answerOpening keeps the answer to a request; until 0 refuses. reeve.Conflict
// if it was answered before.
func answerOpening(tx *db.Tx, id int64, second string, now, until int64) error {
	n, err := tx.Exec("UPDATE account_opening SET second = ?, answered = ?, until = ? WHERE id = ? AND second = ''", second, now, until, id)
	if err == nil && n == 0 {
		err = reeve.Conflict
	}
	return err
}

// endOpening ends an opening before its time; reeve.Conflict if it is over.
func endOpening(tx *db.Tx, id, now int64) error {
	n, err := tx.Exec("UPDATE account_opening SET until = ? WHERE id = ? AND until > ?", now, id, now)
	if err == nil && n == 0 {
		err = reeve.Conflict
	}
	return err
}

// openOpening gives the opening by which a person is open to a user now;
// reeve.NotFound if there is none.
func openOpening(tx *db.Tx, user, person string, now int64) (id int64, err error) {
	err = tx.One([]any{&id}, "SELECT id FROM account_opening WHERE asker = ? AND person = ? AND until > ? ORDER BY until DESC", user, person, now)
	return id, err
}

func addSealedRead(tx *db.Tx, opening int64, reader string, now int64) error {
	if err := tx.Serialise("account: sealed read"); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO account_sealed_read (id, opening, reader, read_at, checker, checked, remark)
		SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, '', 0, '' FROM account_sealed_read`, opening, reader, now)
	return err
}

const readColumns = `SELECT s.id, s.opening, o.person, s.reader, o.asker, o.second, o.reason, o.councils, s.read_at, s.checker, s.checked, s.remark
	FROM account_sealed_read s JOIN account_opening o ON o.id = s.opening`

func scanSealedRead(r db.Row) (*SealedRead, error) {
	var s SealedRead
	var councils string
	err := r.Scan(&s.ID, &s.Opening, &s.Person, &s.Reader, &s.Asker, &s.Second, &s.Reason, &councils, &s.At, &s.Checker, &s.Checked, &s.Remark)
	s.councils = fieldsOf(councils)
	return &s, err
}

// sealedReads gives the reads before a number: those that nobody has checked
// first, then the newest.
func sealedReads(tx *db.Tx, limit int) ([]*SealedRead, error) {
	return db.All(tx, scanSealedRead, readColumns+" ORDER BY CASE WHEN s.checked = 0 THEN 0 ELSE 1 END, s.id DESC LIMIT ?", limit)
}

func oneSealedRead(tx *db.Tx, id int64) (*SealedRead, error) {
	all, err := db.All(tx, scanSealedRead, readColumns+" WHERE s.id = ?", id)
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return nil, fmt.Errorf("find read: %w", err)
	}
	return all[0], nil
}

// checkRead keeps that somebody looked at a read; reeve.Conflict if somebody
// did before.
func checkRead(tx *db.Tx, id int64, checker, remark string, now int64) error {
	n, err := tx.Exec("UPDATE account_sealed_read SET checker = ?, checked = ?, remark = ? WHERE id = ? AND checked = 0", checker, now, remark, id)
	if err == nil && n == 0 {
		err = reeve.Conflict
	}
	return err
}

func countUnchecked(tx *db.Tx) (n int, err error) {
	err = tx.One([]any{&n}, "SELECT COUNT(*) FROM account_sealed_read WHERE checked = 0")
	return n, err
}

func countWaiting(tx *db.Tx, asked int64) (n int, err error) {
	err = tx.One([]any{&n}, "SELECT COUNT(*) FROM account_opening WHERE second = '' AND asked > ?", asked)
	return n, err
}
