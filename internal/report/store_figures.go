package report

import (
	"github.com/reeve-council/reeve/internal/db"
)

// list is a version of the list that figures can be taken from.
type list struct {
	Number int64  `json:"number"`
	State  string `json:"state"`
	Digest string `json:"digest"`
	MadeAt int64  `json:"made_at"`
}

// readLists gives the versions of the list whose rows are there, the newest
// first.
func readLists(tx *db.Tx) ([]list, error) {
	return db.All(tx, scanList, "SELECT number, state, digest, made_at FROM review_version WHERE emptied = 0 ORDER BY number DESC")
}

// readList gives one of them; reeve.NotFound if there is none of that number or
// its rows were destroyed.
func readList(tx *db.Tx, number int64) (l list, err error) {
	err = tx.One([]any{&l.Number, &l.State, &l.Digest, &l.MadeAt}, "SELECT number, state, digest, made_at FROM review_version WHERE number = ? AND emptied = 0", number)
	return l, err
}

func scanList(row db.Row) (l list, err error) {
	return l, row.Scan(&l.Number, &l.State, &l.Digest, &l.MadeAt)
}

// countList takes the figures from the rows of a list version; council "" counts
// the whole of it, another the people whose data it holds.
func countList(tx *db.Tx, number int64, council string) (figures, error) {
	l, err := readList(tx, number)
	if err != nil {
		return figures{}, err
	}
	query := "SELECT p.tier, p.verdict, p.deceased, p.role, p.lane, p.taken, p.signals, p.categories, p.items FROM review_version_person p WHERE p.version = ?"
	args := []any{number}
	if council != "" {
		query += " AND EXISTS (SELECT 1 FROM review_version_council k WHERE k.version = p.version AND k.person = p.person AND k.council = ?)"
		args = append(args, council)
	}
	c := newCounter()
	err = tx.Each(func(row db.Row) error {
		var x listed
		err := row.Scan(&x.Tier, &x.Verdict, &x.Deceased, &x.Role, &x.Lane, &x.Taken, &x.Signals, &x.Categories, &x.Items)
		c.add(x)
		return err
	}, query, args...)
	if err != nil {
		return figures{}, err
	}
	f := c.end()
	f.List, f.Digest, f.State, f.MadeAt, f.Council = l.Number, l.Digest, l.State, l.MadeAt, council
	f.Red, err = readRed(tx, number)
	return f, err
}

// readRed gives what was not in order when a list was frozen.
func readRed(tx *db.Tx, number int64) ([]check, error) {
	return db.All(tx, func(row db.Row) (c check, err error) { return c, row.Scan(&c.Words, &c.Why) },
		"SELECT words, why FROM review_version_check WHERE version = ? AND red = 1 ORDER BY n", number)
}
