package report

import (
	"encoding/json"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// filingColumns are what scanFiling reads.
const filingColumns = `r.id, r.kind, r.council, r.tlp, v.id, v.number, v.follow, v.state, v.answers, v.figures, v.list, v.aware, v.edit, v.created_name, v.created_at,
	v.changed_by, v.changed_name, v.changed_at, v.sent_at, v.sent_name, v.sent_how, v.reference, v.digest`

const filingTables = " FROM report_return_version v JOIN report_return r ON r.id = v.return_"

func scanFiling(row db.Row) (f Filing, err error) {
	var follow int64
	var given, counted string
	err = row.Scan(&f.Return, &f.Kind, &f.Council, (*string)(&f.TLP), &f.ID, &f.Number, &follow, &f.State, &given, &counted, &f.List, &f.Aware, &f.Edit,
		&f.CreatedName, &f.CreatedAt, &f.ChangedBy, &f.ChangedName, &f.ChangedAt, &f.SentAt, &f.SentName, &f.SentHow, &f.Reference, &f.Digest)
	if err != nil {
		return f, err
	}
	f.Follow = follow == 1
	if err := json.Unmarshal([]byte(given), &f.Answers); err != nil {
		return f, fmt.Errorf("read answers: %w", err)
	}
	if counted != "" {
		f.Figures = new(figures)
		if err := json.Unmarshal([]byte(counted), f.Figures); err != nil {
			return f, fmt.Errorf("read figures: %w", err)
		}
	}
	return f, nil
}

// readFilings gives all versions of all returns of a kind, or of all kinds for
// "", the newest version of each first; without signatures and facts.
func readFilings(tx *db.Tx, kind string) ([]Filing, error) {
	return db.All(tx, scanFiling, "SELECT "+filingColumns+filingTables+" WHERE r.kind = ? OR ? = '' ORDER BY r.kind, r.council, r.id, v.number DESC", kind, kind)
}

// readFiling gives one version, whole.
func readFiling(tx *db.Tx, id int64) (Filing, error) {
	all, err := db.All(tx, scanFiling, "SELECT "+filingColumns+filingTables+" WHERE v.id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("read return: %w", reeve.NotFound)
	}
	if err != nil {
		return Filing{}, err
	}
	f := all[0]
	f.Signed, err = db.All(tx, func(row db.Row) (s sign, err error) { return s, row.Scan(&s.User, &s.Name, &s.At, &s.Digest) },
		"SELECT user_, name, at, digest FROM report_return_sign WHERE version = ? ORDER BY at, user_", id)
	if err == nil {
		f.Facts, err = db.All(tx, func(row db.Row) (n int64, err error) { return n, row.Scan(&n) },
			"SELECT fact FROM report_return_fact WHERE version = ? ORDER BY fact", id)
	}
	return f, err
}

// author is who writes something, and when.
type author struct {
	ID, Name string
	At       int64
}

// addReturn begins a return; reeve.Conflict if there is one of the kind for the
// council.
func addReturn(tx *db.Tx, f *Filing, by author) error {
	if err := tx.Serialise("report_return"); err != nil {
		return err
	}
	var n int64
	if err := tx.One([]any{&n}, "SELECT COUNT(*) FROM report_return WHERE kind = ? AND council = ?", f.Kind, f.Council); err != nil {
		return err
	}
	if n > 0 {
		return reeve.WithHint(fmt.Errorf("begin return: %w", reeve.Conflict), "there is one for this council already: go on with that")
	}
	if err := tx.One([]any{&f.Return}, "SELECT COALESCE(MAX(id), 0) + 1 FROM report_return"); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO report_return (id, kind, council, tlp, created_by, created_name, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		f.Return, f.Kind, f.Council, string(f.TLP), by.ID, by.Name, by.At)
	return err
}

// addFiling adds the next version of a return, as a draft.
func addFiling(tx *db.Tx, f *Filing, by author) error {
	if err := tx.Serialise("report_return"); err != nil {
		return err
	}
	if err := tx.One([]any{&f.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM report_return_version"); err != nil {
		return err
	}
	if err := tx.One([]any{&f.Number}, "SELECT COALESCE(MAX(number), 0) + 1 FROM report_return_version WHERE return_ = ?", f.Return); err != nil {
		return err
	}
	f.State, f.Edit = draft, 1
	_, err := tx.Exec(`INSERT INTO report_return_version (id, return_, number, follow, state, answers, figures, list, aware, edit,
		created_by, created_name, created_at, changed_by, changed_name, changed_at, sent_at, sent_by, sent_name, sent_how, reference, digest)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', '', '', '', '')`,
		f.ID, f.Return, f.Number, bit(f.Follow), f.State, packed(f.Answers), f.counted(), f.List, f.Aware, f.Edit, by.ID, by.Name, by.At, by.ID, by.Name, by.At)
	if err != nil {
		return err
	}
	return putFacts(tx, f.ID, f.Facts)
}

// counted is the figures as they are kept.
func (f Filing) counted() string {
	if f.Figures == nil {
		return ""
	}
	return packed(f.Figures)
}

// saveFiling keeps a changed draft; the signatures under what was there before
// fall. reeve.Conflict if it is not as it was seen, or no draft any more.
func saveFiling(tx *db.Tx, f Filing, by author) error {
	n, err := tx.Exec(`UPDATE report_return_version SET answers = ?, figures = ?, list = ?, aware = ?, edit = edit + 1, changed_by = ?, changed_name = ?, changed_at = ?
		WHERE id = ? AND edit = ? AND state = ?`, packed(f.Answers), f.counted(), f.List, f.Aware, by.ID, by.Name, by.At, f.ID, f.Edit, draft)
	if err == nil && n == 0 {
		err = fmt.Errorf("save return: %w", reeve.Conflict)
	}
	if err != nil {
		return err
	}
	for _, statement := range []string{"DELETE FROM report_return_sign WHERE version = ?", "DELETE FROM report_return_fact WHERE version = ?"} {
		if _, err := tx.Exec(statement, f.ID); err != nil {
			return err
		}
	}
	return putFacts(tx, f.ID, f.Facts)
}

func putFacts(tx *db.Tx, version int64, facts []int64) error {
	b := tx.LoadNew("report_return_fact", "version", "fact")
	for _, n := range facts {
		if err := b.Add(version, n); err != nil {
			return err
		}
	}
	return b.Close()
}

// moveFiling brings a version from one state to another; reeve.Conflict if it is
// not as it was seen.
func moveFiling(tx *db.Tx, f Filing, from, to string) error {
	n, err := tx.Exec("UPDATE report_return_version SET state = ?, edit = edit + 1 WHERE id = ? AND edit = ? AND state = ?", to, f.ID, f.Edit, from)
	if err == nil && n == 0 {
		err = fmt.Errorf("change return: %w", reeve.Conflict)
	}
	return err
}

// addSign puts a signature under a version as it was seen.
func addSign(tx *db.Tx, f Filing, s sign) error {
	if err := moveFiling(tx, f, draft, draft); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO report_return_sign (version, user_, name, at, digest) VALUES (?, ?, ?, ?, ?)", f.ID, s.User, s.Name, s.At, s.Digest)
	return err
}

// dropSigns takes the signatures off a version that is opened again.
func dropSigns(tx *db.Tx, version int64) error {
	_, err := tx.Exec("DELETE FROM report_return_sign WHERE version = ?", version)
	return err
}

// markSent keeps when and how an approved version went out.
func markSent(tx *db.Tx, f Filing, by author) error {
	if err := moveFiling(tx, f, approved, sent); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE report_return_version SET sent_at = ?, sent_by = ?, sent_name = ?, sent_how = ?, reference = ?, digest = ? WHERE id = ?",
		f.SentAt, by.ID, by.Name, f.SentHow, f.Reference, f.Digest, f.ID)
	return err
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
