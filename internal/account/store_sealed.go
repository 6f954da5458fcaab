package account

import (
	"errors"
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

// gathered is how many acts of the record were looked at for reads.
func gathered(tx *db.Tx) (upto int64, err error) {
	err = tx.One([]any{&upto}, "SELECT upto FROM account_gathered WHERE one = 1")
	if errors.Is(err, reeve.NotFound) {
		err = nil
	}
	return upto, err
}

func setGathered(tx *db.Tx, upto int64) error {
	_, err := tx.Exec("INSERT INTO account_gathered (one, upto) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET upto = excluded.upto", upto)
	return err
}

// addRead keeps a read with the opening that held at its time.
func addRead(tx *db.Tx, s sealedRead) error {
	err := tx.One([]any{&s.opening}, "SELECT id FROM account_opening WHERE asker = ? AND person = ? AND answered <= ? AND until > ? ORDER BY id DESC", s.reader, s.person, s.at, s.at)
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return err
	}
	_, err = tx.Exec("INSERT INTO account_read (leaf, person, reader, read_at, opening, checker, checked, remark) VALUES (?, ?, ?, ?, ?, '', 0, '') ON CONFLICT DO NOTHING",
		s.leaf, s.person, s.reader, s.at, s.opening)
	return err
}

const readColumns = `SELECT s.leaf, s.person, s.reader, s.read_at, s.opening, s.checker, s.checked, s.remark,
	COALESCE(o.asker, ''), COALESCE(o.second, ''), COALESCE(o.reason, ''), COALESCE(o.councils, '')
	FROM account_read s LEFT JOIN account_opening o ON o.id = s.opening`

func scanRead(r db.Row) (s sealedRead, err error) {
	var councils string
	err = r.Scan(&s.leaf, &s.person, &s.reader, &s.at, &s.opening, &s.checker, &s.checked, &s.remark, &s.asker, &s.second, &s.reason, &councils)
	s.councils = fieldsOf(councils)
	return s, err
}

// sealedReads gives those that nobody has checked first, then the newest.
func sealedReads(tx *db.Tx, limit int) ([]sealedRead, error) {
	return db.All(tx, scanRead, readColumns+" ORDER BY CASE WHEN s.checked = 0 THEN 0 ELSE 1 END, s.leaf DESC LIMIT ?", limit)
}

func oneRead(tx *db.Tx, leaf int64) (s sealedRead, err error) {
	all, err := db.All(tx, scanRead, readColumns+" WHERE s.leaf = ?", leaf)
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return s, fmt.Errorf("find read: %w", err)
	}
	return all[0], nil
}

// checkRead keeps that somebody looked at a read; reeve.Conflict if somebody
// did before.
func checkRead(tx *db.Tx, leaf int64, checker, remark string, now int64) error {
	n, err := tx.Exec("UPDATE account_read SET checker = ?, checked = ?, remark = ? WHERE leaf = ? AND checked = 0", checker, now, remark, leaf)
	if err == nil && n == 0 {
		err = reeve.Conflict
	}
	return err
}

func countUnchecked(tx *db.Tx) (n int, err error) {
	err = tx.One([]any{&n}, "SELECT COUNT(*) FROM account_read WHERE checked = 0")
	return n, err
}

func countWaiting(tx *db.Tx, asked int64) (n int, err error) {
	err = tx.One([]any{&n}, "SELECT COUNT(*) FROM account_opening WHERE second = '' AND asked > ?", asked)
	return n, err
}
