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

// contacts writes how people are reached, what their registers say of reading,
// and whether a register holds now what was found. It says no more than yes: that
// no register of the case holds a value does not show that the council no longer
// has it.
func (f *freezing) contacts(tx *db.Tx) error {
	to := f.into("list_contact", "list", "n", "person", "email", "phone", "language", "format", "worker", "services", "held")
	if _, err := io.WriteString(f.digest, contactsFollow); err != nil {
		return err
	}
	err := tx.Each(func(row db.Row) error {
		_, c, err := scanContacts(row)
		if err != nil {
			return err
		}
		n := f.places[c[0]]
		if err := digestContact(f.digest, n, c); err != nil {
			return err
		}
		return to.add(f.v.Number, n, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7])
	}, `SELECT 0, q.id, COALESCE(c.email, ''), COALESCE(c.phone, ''), COALESCE(c.language, ''), COALESCE(c.format, ''), COALESCE(c.worker, ''),
		COALESCE(c.services, ''), CASE WHEN q.still_held <> '' THEN 'yes' ELSE '' END
		FROM case_people q LEFT JOIN case_contacts c ON c.person = q.id WHERE q.sealed = 0 AND (c.person IS NOT NULL OR q.still_held <> '') ORDER BY q.place`)
	if err != nil {
		return err
	}
	return to.close()
}

// contactsFollow stands in a digest between the rows and the contacts.
const contactsFollow = "contacts\n"

// contactCells are the person of a row and how they are reached.
type contactCells [8]string

func scanContacts(row db.Row) (n int64, c contactCells, err error) {
	return n, c, row.Scan(&n, &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &c[7])
}

// digestContact adds the contacts of a row, every cell with its length before it.
func digestContact(h io.Writer, n int64, c contactCells) error {
	var b strings.Builder
	for _, s := range append([]string{strconv.FormatInt(n, 10)}, c[:]...) {
		b.WriteString(strconv.Itoa(len(s)) + ":" + s + "\n")
	}
	_, err := io.WriteString(h, b.String())
	return err
}

// digestContacts adds the contacts of a version to its digest, in order. A
// version of the form without them has none: any that somebody put there are
// added, so that the digest does not hold.
func digestContacts(tx *db.Tx, v *ListVersion, h io.Writer) error {
	if v.form >= formContacts {
		if _, err := io.WriteString(h, contactsFollow); err != nil {
			return err
		}
	}
	return tx.Each(func(row db.Row) error {
		n, c, err := scanContacts(row)
		if err != nil {
			return err
		}
		return digestContact(h, n, c)
	}, "SELECT n, person, email, phone, language, format, worker, services, held FROM list_contact WHERE list = ? ORDER BY n", v.Number)
}
