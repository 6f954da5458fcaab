package review

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// States of a list version.
const (
	versionDraft      = "draft"
	versionApproved   = "approved"
	versionSuperseded = "superseded"
)

// ListVersion is a frozen list as it is kept.
type ListVersion struct {
	Number   int64      `json:"number"`
	State    string     `json:"state"`
	Purpose  string     `json:"purpose"`
	Stamp    string     `json:"stamp"`
	AsOf     string     `json:"as_of"`
	Digest   string     `json:"digest"`
	By       string     `json:"made_by"`
	ByName   string     `json:"made_by_name"`
	At       int64      `json:"made_at"`
	Emptied  int64      `json:"emptied"` // when its rows were destroyed; 0 never
	Version  int64      `json:"version"`
	Approved []approval `json:"approvals"`
	rows     int64      // never shown: whoever was sealed since is among them
	sealed   int64
	figures  string
	form     int64 // of the digest
}

// approval is one signature under a version.
type approval struct {
	By     string `json:"by"`
	ByName string `json:"by_name"`
	Note   string `json:"note"`
	At     int64  `json:"at"`
}

const versionColumns = "SELECT number, state, purpose, stamp, as_of, people, sealed, digest, figures, user_, user_name, at, emptied, version, form FROM list_version"

func scanVersion(row db.Row) (v ListVersion, err error) {
	return v, row.Scan(&v.Number, &v.State, &v.Purpose, &v.Stamp, &v.AsOf, &v.rows, &v.sealed, &v.Digest, &v.figures, &v.By, &v.ByName, &v.At, &v.Emptied, &v.Version, &v.form)
}

// readVersion gives one version with its signatures; reeve.NotFound for an
// unknown number.
func readVersion(tx *db.Tx, number int64) (ListVersion, error) {
	all, err := db.All(tx, scanVersion, versionColumns+" WHERE number = ?", number)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find list version: %w", reeve.NotFound)
	}
	if err != nil {
		return ListVersion{}, err
	}
	all[0].Approved, err = readApprovals(tx, number)
	return all[0], err
}

func readApprovals(tx *db.Tx, number int64) ([]approval, error) {
	return db.All(tx, func(row db.Row) (a approval, err error) {
		return a, row.Scan(&a.By, &a.ByName, &a.Note, &a.At)
	}, "SELECT user_, user_name, note, at FROM list_approval WHERE list = ? ORDER BY at, user_", number)
}

// versionsKept bounds the list of versions.
const versionsKept = 200

// readVersions gives the versions, the newest first.
func readVersions(tx *db.Tx) ([]ListVersion, error) {
	all, err := db.All(tx, scanVersion, versionColumns+" ORDER BY number DESC LIMIT ?", versionsKept)
	for i := range all {
		if err == nil {
			all[i].Approved, err = readApprovals(tx, all[i].Number)
		}
	}
	return all, err
}

// newestVersion gives the number of the newest version in a state, of any for
// ""; 0 if there is none.
func newestVersion(tx *db.Tx, state string) (number int64, err error) {
	return number, tx.One([]any{&number}, "SELECT COALESCE(MAX(number), 0) FROM list_version WHERE ? = '' OR state = ?", state, state)
}

// check is one thing that was looked at when a list was frozen.
type check struct {
	Code  string `json:"code"`
	Red   bool   `json:"red"`
	N     int64  `json:"n"`
	Words string `json:"words"`
	Why   string `json:"why"` // the signed reason for going on all the same
}

func readChecks(tx *db.Tx, number int64) ([]check, error) {
	return db.All(tx, func(row db.Row) (c check, err error) {
		var red int64
		err = row.Scan(&c.Code, &red, &c.N, &c.Words, &c.Why)
		c.Red = red != 0
		return c, err
	}, "SELECT code, red, found, words, why FROM list_check WHERE list = ? ORDER BY n", number)
}

// addApproval signs a version as it was seen; reeve.Conflict if somebody changed
// it since, or this person has signed. The second signature makes it the
// approved version in the place of the one before.
func addApproval(tx *db.Tx, v *ListVersion, a approval) error {
	n, err := tx.Exec("UPDATE list_version SET version = version + 1 WHERE number = ? AND version = ? AND state = ?", v.Number, v.Version, versionDraft)
	if err == nil && n == 0 {
		err = fmt.Errorf("approve list version: %w", reeve.Conflict)
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO list_approval (list, user_, user_name, note, at) VALUES (?, ?, ?, ?, ?)", v.Number, a.By, a.ByName, a.Note, a.At); err != nil {
		return err
	}
	if v.Approved, err = readApprovals(tx, v.Number); err != nil || len(v.Approved) < approvalsNeeded {
		return err
	}
	if _, err := tx.Exec("UPDATE list_version SET state = ?, version = version + 1 WHERE state = ?", versionSuperseded, versionApproved); err != nil {
		return err
	}
	v.State = versionApproved
	_, err = tx.Exec("UPDATE list_version SET state = ? WHERE number = ?", versionApproved, v.Number)
	return err
}

// approvalsNeeded is how many people sign a version.
const approvalsNeeded = 2

// listRow is a row of a version. Personal values stay wrapped.
type listRow struct {
	N          int64
	Person     string
	Registers  reeve.Sensitive // JSON: pairs of register and id in it
	Name       reeve.Sensitive
	Born       reeve.Sensitive
	UPRN       reeve.Sensitive
	Address    reeve.Sensitive
	Postcode   reeve.Sensitive
	Household  string
	Tier       string
	Posterior  int64
	Capacity   string
	Role       string
	Deceased   string
	Severity   int64
	Band       string
	Lane       string
	Signals    string
	Categories string
	Kinds      string
	From, To   int64
	Items      int64
	Incomplete int64
	Exhibit    string
	First      reeve.Sensitive
	Controller string
	Contact    string
	Basis      string
	Verdict    string
	Taken      string
}

const listRowColumns = `p.n, p.person, p.registers, p.name, p.born, p.uprn, p.address, p.postcode, p.household, p.tier, p.posterior, p.capacity, p.role, p.deceased,
	p.severity, p.band, p.lane, p.signals, p.categories, p.kinds, p.data_from, p.data_to, p.items, p.incomplete, p.exhibit, p.first_item, p.controller,
	p.safe_contact, p.basis, p.verdict, p.taken`

func scanListRow(row db.Row) (r listRow, err error) {
	var registers, name, born, uprn, address, postcode, first string
	err = row.Scan(&r.N, &r.Person, &registers, &name, &born, &uprn, &address, &postcode, &r.Household, &r.Tier, &r.Posterior, &r.Capacity, &r.Role, &r.Deceased,
		&r.Severity, &r.Band, &r.Lane, &r.Signals, &r.Categories, &r.Kinds, &r.From, &r.To, &r.Items, &r.Incomplete, &r.Exhibit, &first, &r.Controller,
		&r.Contact, &r.Basis, &r.Verdict, &r.Taken)
	r.Registers, r.Name, r.Born = reeve.Private(reeve.KindLocalRef, registers), reeve.Private(reeve.KindName, name), reeve.Private(reeve.KindDateOfBirth, born)
	r.UPRN, r.Address, r.Postcode = reeve.Private(reeve.KindUPRN, uprn), reeve.Private(reeve.KindAddress, address), reeve.Private(reeve.KindPostcode, postcode)
	r.First = reeve.Private(sweep.KindPath, first)
	return r, err
}

// rowScope is the condition that a row p of a version may be seen: whoever is
// sealed now never is, opened or not, and of a council's rows its own alone.
func rowScope(s sweep.Scope) (condition string, args []any) {
	condition = "p.person NOT IN (SELECT id FROM case_sealed_ids)"
	switch {
	case s.Councils == nil:
		return condition, nil
	case len(s.Councils) == 0:
		return "1 = 0", nil
	}
	return condition + " AND EXISTS (SELECT 1 FROM list_council k WHERE k.list = p.list AND k.n = p.n AND k.council IN (" + marks(len(s.Councils)) + "))",
		arguments(s.Councils)
}

// rowsQuery asks for rows of a version in order.
type rowsQuery struct {
	Version int64
	Scope   sweep.Scope
	Lane    string
	Band    string
	After   string // the person of the last row that was seen; "" from the beginning
	Limit   int    // 0: all
}

// eachListRow calls use for the rows of a version that may be seen.
func eachListRow(tx *db.Tx, q rowsQuery, use func(listRow) error) error {
	after, err := placeOf(tx, q.Version, q.After)
	if err != nil {
		return err
	}
	var where strings.Builder
	args := []any{q.Version, after}
	from := "list_person p"
	where.WriteString(" WHERE p.list = ? AND p.n > ?")
	if len(q.Scope.Councils) == 1 { // its rows are at hand in order
		from = "list_council o JOIN list_person p ON p.list = o.list AND p.n = o.n"
		where.Reset()
		where.WriteString(" WHERE o.list = ? AND o.n > ? AND o.council = ?")
		args = append(args, q.Scope.Councils[0])
	}
	for _, f := range [][2]string{{"lane", q.Lane}, {"band", q.Band}} {
		if f[1] != "" {
			where.WriteString(" AND p." + f[0] + " = ?")
			args = append(args, f[1])
		}
	}
	condition, more := rowScope(q.Scope)
	where.WriteString(" AND " + condition)
	args = append(args, more...)
	order := " ORDER BY p.n"
	if len(q.Scope.Councils) == 1 {
		order = " ORDER BY o.n"
	}
	if q.Limit > 0 {
		order += " LIMIT ?"
		args = append(args, q.Limit)
	}
	return tx.Each(func(row db.Row) error {
		r, err := scanListRow(row)
		if err != nil {
			return err
		}
		return use(r)
	}, "SELECT "+listRowColumns+" FROM "+from+where.String()+order, args...)
}

// placeOf gives where in a version somebody stands, 0 for "". Pages go on behind
// a person, not behind a number: numbers would tell how many rows are not shown.
func placeOf(tx *db.Tx, version int64, person string) (n int64, err error) {
	if person == "" {
		return 0, nil
	}
	return n, tx.One([]any{&n}, "SELECT n FROM list_person WHERE list = ? AND person = ?", version, person)
}
