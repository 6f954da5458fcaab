package review

import (
	"io"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
)

// Forms of the digest of a version. What a version was frozen with is what it is
// checked by, whatever a later program puts in.
const (
	formRows     = 1 // over the rows
	formContacts = 2 // over the rows, and behind them how their people are reached
)

// freezeContacts copies how people are reached, what their registers say of
// reading, and whether a register holds now what was found. It says no more than
// yes: that no register of the case holds a value does not show that the council
// no longer has it.
func freezeContacts(tx *db.Tx, v *ListVersion) error {
	_, err := tx.Exec(`INSERT INTO list_contact (list, n, person, email, phone, language, format, worker, services, held)
		SELECT p.list, p.n, p.person, COALESCE(c.email, ''), COALESCE(c.phone, ''), COALESCE(c.language, ''), COALESCE(c.format, ''), COALESCE(c.worker, ''),
		COALESCE(c.services, ''), CASE WHEN q.still_held <> '' THEN 'yes' ELSE '' END
		FROM list_person p JOIN case_people q ON q.id = p.person LEFT JOIN case_contacts c ON c.person = p.person
		WHERE p.list = ? AND (c.person IS NOT NULL OR q.still_held <> '')`, v.Number)
	return err
}

// digestContacts adds the contacts of a version to its digest, in order, every
// cell with its length before it. A version of the form without them has none:
// any that somebody put there are added, so that the digest does not hold.
func digestContacts(tx *db.Tx, v *ListVersion, h io.Writer) error {
	if v.form >= formContacts {
		if _, err := io.WriteString(h, "contacts\n"); err != nil {
			return err
		}
	}
	return tx.Each(func(row db.Row) error {
		var n int64
		cells := make([]string, 8)
		err := row.Scan(&n, &cells[0], &cells[1], &cells[2], &cells[3], &cells[4], &cells[5], &cells[6], &cells[7])
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, s := range append([]string{strconv.FormatInt(n, 10)}, cells...) {
			b.WriteString(strconv.Itoa(len(s)) + ":" + s + "\n")
		}
		_, err = io.WriteString(h, b.String())
		return err
	}, "SELECT n, person, email, phone, language, format, worker, services, held FROM list_contact WHERE list = ? ORDER BY n", v.Number)
}
