package enquiry

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

const destructionColumns = "SELECT id, before, ground, why, state, by_, by_name, at, second, second_name, second_at, rows_, head, done_at, compacted, version FROM enquiry_destruction "

func scanDestruction(row db.Row) (d destruction, err error) {
	var rows string
	err = row.Scan(&d.ID, &d.Before, &d.Ground, &d.Why, &d.State, &d.By, &d.ByName, &d.At, &d.Second, &d.SecondName, &d.SecondAt, &rows, &d.Head, &d.Done, &d.Compacted, &d.Version)
	if err == nil && json.Unmarshal([]byte(rows), &d.Rows) != nil {
		err = fmt.Errorf("read what was destroyed: %w", reeve.Invalid)
	}
	return d, err
}

func readDestructions(tx *db.Tx) ([]destruction, error) {
	return db.All(tx, scanDestruction, destructionColumns+"ORDER BY id DESC LIMIT 100")
}

func oneDestruction(tx *db.Tx, where string, args ...any) (d destruction, err error) {
	all, err := db.All(tx, scanDestruction, destructionColumns+where, args...)
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return d, fmt.Errorf("read destruction: %w", err)
	}
	return all[0], nil
}

// unfinished is a destruction that two people have signed and that is not done
// to its end; reeve.NotFound if there is none.
func unfinished(tx *db.Tx) (destruction, error) {
	return oneDestruction(tx, "WHERE state = ? OR state = ? AND compacted = 0 ORDER BY id LIMIT 1", destroySigned, destroyDone)
}

// addDestruction keeps a request; reeve.Conflict while another is not finished.
func addDestruction(tx *db.Tx, d *destruction) error {
	var open int64
	if err := tx.One([]any{&open}, "SELECT COUNT(*) FROM enquiry_destruction WHERE state IN (?, ?) OR state = ? AND compacted = 0", destroyAsked, destroySigned, destroyDone); err != nil {
		return err
	}
	if open > 0 {
		return reeve.WithHint(fmt.Errorf("ask for a destruction: %w", reeve.Conflict), "Another one was asked for and is not finished.")
	}
	id, err := next(tx, "SELECT COALESCE(MAX(id), 0) + 1 FROM enquiry_destruction")
	if err != nil {
		return err
	}
	d.ID = id
	_, err = tx.Exec(`INSERT INTO enquiry_destruction (id, before, ground, why, state, by_, by_name, at, second, second_name, second_at, rows_, head, done_at, compacted, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, '[]', '', 0, 0, 1)`, d.ID, d.Before, d.Ground, d.Why, d.State, d.By, d.ByName, d.At)
	return err
}

// keepDestruction writes how far a destruction is; reeve.Conflict if somebody
// else changed it since it was read.
func keepDestruction(tx *db.Tx, d *destruction) error {
	rows, err := json.Marshal(d.Rows)
	if err != nil {
		return err
	}
	n, err := tx.Exec(`UPDATE enquiry_destruction SET state = ?, second = ?, second_name = ?, second_at = ?, rows_ = ?, head = ?, done_at = ?, compacted = ?, version = version + 1
		WHERE id = ? AND version = ?`, d.State, d.Second, d.SecondName, d.SecondAt, string(rows), d.Head, d.Done, d.Compacted, d.ID, d.Version)
	if err == nil && n == 0 {
		err = fmt.Errorf("keep destruction: %w", reeve.Conflict)
	}
	d.Version++
	return err
}

// mayDestroy refuses while a legal hold forbids deletions. A hold and a
// destruction wait for each other.
func mayDestroy(tx *db.Tx) error {
	if err := tx.Serialise("review: hold"); err != nil {
		return err
	}
	held, err := isHeld(tx)
	if err == nil && held {
		err = reeve.WithHint(fmt.Errorf("a legal hold forbids every deletion: %w", reeve.Denied), "Two people have to lift the hold first, with a reason.")
	}
	return err
}

func isHeld(tx *db.Tx) (bool, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM review_hold")
	return n > 0, err
}

// recordHead is the signed head of the record as certificates print it.
func recordHead(tx *db.Tx) (string, error) {
	c, err := record.Newest(tx)
	if errors.Is(err, reeve.NotFound) {
		return "The record has no signed head yet.", nil
	}
	return strings.TrimSpace(c.Footer()), err
}

// readKept gives every rule, the newest first.
func readKept(tx *db.Tx) ([]kept, error) {
	return db.All(tx, func(row db.Row) (k kept, err error) {
		return k, row.Scan(&k.Months, &k.Why, &k.ByName, &k.At)
	}, "SELECT months, why, by_name, at FROM enquiry_kept ORDER BY id DESC LIMIT 100")
}

func addKept(tx *db.Tx, k kept, by string) error {
	id, err := next(tx, "SELECT COALESCE(MAX(id), 0) + 1 FROM enquiry_kept")
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO enquiry_kept (id, months, why, by_, by_name, at) VALUES (?, ?, ?, ?, ?, ?)", id, k.Months, k.Why, by, k.ByName, k.At)
	return err
}

// Which matters ended before a moment and still hold what was said. A report of
// a scam ends when it was read: nobody is answered. What is part of another
// matter goes with that.
const (
	endedEnquiries = "emptied = 0 AND live = 0 AND merged = 0 AND ended > 0 AND ended < ?"
	endedReports   = "emptied = 0 AND unread = 0 AND received < ?"
)

func countEnded(tx *db.Tx, before int64) (enquiries, reports int64, err error) {
	if err = tx.One([]any{&enquiries}, "SELECT COUNT(*) FROM enquiry WHERE "+endedEnquiries, before); err == nil {
		err = tx.One([]any{&reports}, "SELECT COUNT(*) FROM scam_report WHERE "+endedReports, before)
	}
	return enquiries, reports, err
}

// forgetting is a statement that destroys something. A place for the moment, and
// one for the limit, stand where uses says: 'a' and 'b'.
type forgetting struct{ what, uses, text string }

const (
	emptyEnquiry = "UPDATE enquiry SET name = '', email = '', phone = '', postcode = '', safe = '', words = '', letter = '', extended_why = '', contact = '', digest = '', emptied = ?, version = version + 1 WHERE "
	ofEnquiries  = "IN (SELECT id FROM enquiry WHERE emptied > 0)"
	ofReports    = "IN (SELECT id FROM scam_report WHERE emptied > 0)"
)

// forgettings are in order: matters first, then what hangs on them. The groups of
// scams stay, with the words that the desk wrote for the public.
var forgettings = []forgetting{
	{"enquiries, all that was said in them", "ab", emptyEnquiry + endedEnquiries},
	{"repeated contacts, all that was said in them", "a", emptyEnquiry + "emptied = 0 AND merged " + ofEnquiries},
	{"notes and answers", "", "UPDATE enquiry_note SET words = '' WHERE words <> '' AND enquiry " + ofEnquiries},
	{"ties of enquiries to people", "", "DELETE FROM enquiry_person WHERE enquiry " + ofEnquiries},
	{"checks of callers", "b", "DELETE FROM enquiry_call WHERE at < ?"},
	{"", "b", "DELETE FROM enquiry_caller WHERE at < ?"},
	{"reports of scams, all that was said in them", "ab", "UPDATE scam_report SET name = '', email = '', phone = '', sender = '', subject = '', words = '', said = '', digest = '', emptied = ?, version = version + 1 WHERE " + endedReports},
	{"links in reports", "", "DELETE FROM scam_link WHERE report " + ofReports},
	{"ties of reports to people", "", "DELETE FROM scam_person WHERE report " + ofReports},
	{"files that came with reports", "", "DELETE FROM scam_file WHERE report " + ofReports},
	{"", "", "DELETE FROM scam_body WHERE NOT EXISTS (SELECT 1 FROM scam_file WHERE scam_file.digest = scam_body.digest)"},
	{"", "", "UPDATE scam_cluster SET title = 'Reports destroyed', version = version + 1 WHERE title <> 'Reports destroyed' AND reports > 0 AND NOT EXISTS (SELECT 1 FROM scam_report WHERE scam_report.cluster = scam_cluster.id AND scam_report.emptied = 0)"},
	{"receipts", "", "DELETE FROM enquiry_receipt WHERE about = 'enquiry' AND id " + ofEnquiries + " OR about = 'scam' AND id " + ofReports},
}

// forgetRows destroys what ended before a moment.
func forgetRows(tx *db.Tx, before, at int64) (rows []forgotten, err error) {
	for _, f := range forgettings {
		var args []any
		for _, use := range f.uses {
			args = append(args, map[rune]int64{'a': at, 'b': before}[use])
		}
		n, err := tx.Exec(f.text, args...)
		if err != nil {
			return nil, err
		}
		if f.what != "" {
			rows = append(rows, forgotten{f.what, n})
		}
	}
	return rows, nil
}

// mailsHeld are the beginnings of the digests of the mails whose matters are
// still whole, as the names of the files have them that were taken in.
func mailsHeld(tx *db.Tx) (map[string]bool, error) {
	all, err := db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) },
		"SELECT digest FROM enquiry WHERE digest <> '' UNION ALL SELECT digest FROM scam_report WHERE digest <> ''")
	held := make(map[string]bool, len(all))
	for _, d := range all {
		held[d[:min(len(d), takenDigest)]] = true
	}
	return held, err
}
