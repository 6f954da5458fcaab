package enquiry

import (
	"context"
	"errors"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// tie is that a report or an enquiry is about a person of the case. The program
// never makes one by itself but for a caller who was verified.
type tie struct {
	ID        int64  `json:"id"`
	Person    string `json:"person"`
	Why       string `json:"-"`
	ByName    string `json:"by_name"`
	At        int64  `json:"at"`
	Withdrawn int64  `json:"withdrawn"`
}

// ties is where the ties of one sort of thing are kept.
type ties struct{ table, thing string }

var (
	reportTies  = ties{"scam_person", "report"}
	enquiryTies = ties{"enquiry_person", "enquiry"}
)

// add keeps a tie; reeve.Conflict where it is there already.
func (t ties) add(tx *db.Tx, thing int64, person, why, by, byName string, now int64) (int64, error) {
	if err := tx.Serialise("enquiry-tie"); err != nil {
		return 0, err
	}
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM "+t.table+" WHERE "+t.thing+" = ? AND person = ? AND withdrawn = 0", thing, person)
	if err == nil && n > 0 {
		err = fmt.Errorf("tie to a person: %w", reeve.Conflict)
	}
	if err != nil {
		return 0, err
	}
	id, err := next(tx, "SELECT COALESCE(MAX(id), 0) + 1 FROM "+t.table)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec("INSERT INTO "+t.table+" (id, "+t.thing+", person, why, by_, by_name, at, withdrawn, withdrawn_why) VALUES (?, ?, ?, ?, ?, ?, ?, 0, '')", id, thing, person, why, by, byName, now)
	return id, err
}

// end takes a tie back, with a reason.
func (t ties) end(tx *db.Tx, thing, id int64, why string, now int64) error {
	return moved(tx.Exec("UPDATE "+t.table+" SET withdrawn = ?, withdrawn_why = ? WHERE id = ? AND "+t.thing+" = ? AND withdrawn = 0", now, why, id, thing))
}

// of are the people of a thing. Whoever shows them looks each of them up in the
// case for the visitor first.
func (t ties) of(tx *db.Tx, thing int64) ([]tie, error) {
	return db.All(tx, func(row db.Row) (v tie, err error) {
		return v, row.Scan(&v.ID, &v.Person, &v.Why, &v.ByName, &v.At, &v.Withdrawn)
	}, "SELECT id, person, why, by_name, at, withdrawn FROM "+t.table+" WHERE "+t.thing+" = ? AND withdrawn = 0 ORDER BY id LIMIT 50", thing)
}

// callerTime is how long a check of a caller may lie before the question is taken
// down: an hour, in seconds.
const callerTime = 3600

// keepCaller keeps whom a check verified, until the question is taken down.
func keepCaller(tx *db.Tx, call int64, by, person string, now int64) error {
	if err := forgetCallers(tx, now); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO enquiry_caller (call, by_, person, at) VALUES (?, ?, ?, ?)", call, by, person, now)
	return err
}

func forgetCallers(tx *db.Tx, now int64) error {
	_, err := tx.Exec("DELETE FROM enquiry_caller WHERE at < ?", now-callerTime)
	return err
}

// checkedCaller gives the person whom an agent's own check verified; "" where
// there is none.
func checkedCaller(tx *db.Tx, call int64, by string, now int64) (person string, err error) {
	err = tx.One([]any{&person}, "SELECT person FROM enquiry_caller WHERE call = ? AND by_ = ? AND at >= ?", call, by, now-callerTime)
	if errors.Is(err, reeve.NotFound) {
		err = nil
	}
	return person, err
}

// tieCaller keeps that an enquiry is of a caller who was verified. A check counts
// for one enquiry: reeve.Conflict where it was used meanwhile.
func tieCaller(tx *db.Tx, enquiry int64, v verified, s Submission) error {
	if err := moved(tx.Exec("DELETE FROM enquiry_caller WHERE call = ?", v.call)); err != nil {
		return err
	}
	id, err := enquiryTies.add(tx, enquiry, v.person, "verified as the caller", s.By, s.ByName, s.At)
	if err == nil {
		_, err = tx.Exec("UPDATE enquiry_person SET basis = 'caller' WHERE id = ?", id)
	}
	return err
}

// callerOf is the person as whom the caller of an enquiry was verified; "" where
// nobody was.
func callerOf(tx *db.Tx, enquiry int64) (person string, err error) {
	err = tx.One([]any{&person}, "SELECT person FROM enquiry_person WHERE enquiry = ? AND basis = 'caller' AND withdrawn = 0 ORDER BY id DESC LIMIT 1", enquiry)
	if errors.Is(err, reeve.NotFound) {
		err = nil
	}
	return person, err
}

// sameCaller gives the oldest open enquiry of a verified caller that a new one
// repeats; reeve.NotFound if there is none.
func sameCaller(tx *db.Tx, id int64, s Submission, person string) (Enquiry, error) {
	all, err := db.All(tx, scanEnquiry, enquiryColumns+`WHERE id <> ? AND live = 1 AND received >= ? AND id IN
		(SELECT enquiry FROM enquiry_person WHERE person = ? AND basis = 'caller' AND withdrawn = 0) ORDER BY received, id LIMIT 20`, id, s.At-repeatTime, person)
	if err != nil {
		return Enquiry{}, err
	}
	for _, e := range all {
		if joins(s, e) {
			return e, nil
		}
	}
	return Enquiry{}, fmt.Errorf("find a repeated call: %w", reeve.NotFound)
}

// Reported is a report or an enquiry that is tied to a person.
type Reported struct {
	Scam bool  // a report of a scam that uses what was copied of them; else an enquiry
	ID   int64 // its number
	At   int64 // when it was tied, seconds UTC
}

// ReportedOf are the reports and enquiries tied to a person, under the id that
// they have now or had before a merge, the newest first. Who may know of the
// person is for the caller to ask first.
func ReportedOf(tx *db.Tx, person string) ([]Reported, error) {
	return db.All(tx, func(row db.Row) (r Reported, err error) {
		var about string
		err = row.Scan(&about, &r.ID, &r.At)
		r.Scam = about == "scam"
		return r, err
	}, `SELECT about, id, MAX(at) AS at FROM enquiry_reports WHERE person = ? OR person IN (SELECT old FROM case_redirects WHERE new_ = ?)
		GROUP BY about, id ORDER BY at DESC, about, id LIMIT 200`, person, person)
}

// CountMisuse counts the reports of scams that use what was copied of somebody in
// scope; sealed people never count.
func CountMisuse(tx *db.Tx, s sweep.Scope) (n int64, err error) {
	where, args := "", []any{}
	if s.Councils != nil {
		if len(s.Councils) == 0 {
			return 0, nil
		}
		where = " AND EXISTS (SELECT 1 FROM case_controllers k WHERE k.person = p.id AND k.council IN (" + marks(len(s.Councils)) + "))"
		for _, c := range s.Councils {
			args = append(args, c)
		}
	}
	err = tx.One([]any{&n}, `SELECT COUNT(DISTINCT t.report) FROM enquiry_scam_person t LEFT JOIN case_redirects r ON r.old = t.person
		JOIN case_people p ON p.id = t.person OR p.id = r.new_ WHERE p.sealed = 0`+where, args...)
	return n, err
}

// peopleOf are the people to whom a document is linked at all likely, by number.
func peopleOf(ctx context.Context, d *db.DB, document int64) (all []string, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		all, err = db.All(tx, func(row db.Row) (id string, err error) { return id, row.Scan(&id) },
			"SELECT DISTINCT l.person FROM case_links l JOIN case_people p ON p.id = l.person WHERE l.document = ? AND p.sealed = 0 ORDER BY l.person LIMIT ?", document, mostCandidates)
		return err
	})
	return all, err
}
