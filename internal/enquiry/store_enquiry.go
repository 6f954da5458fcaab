package enquiry

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/uk"
	"github.com/reeve-council/reeve/internal/web"
)

// personOf wraps what somebody said of themselves.
func personOf(name, email, phone, postcode, safe string) Person {
	return Person{reeve.Private(reeve.KindName, name), reeve.Private(reeve.KindEmail, email), reeve.Private(reeve.KindPhone, phone),
		reeve.Private(reeve.KindPostcode, postcode), private(safe)}
}

// next is the number after the highest; the caller is the only one that asks.
func next(tx *db.Tx, query string) (n int64, err error) {
	err = tx.One([]any{&n}, query)
	return n, err
}

// addEnquiry keeps a submission and gives its number. One that is there already,
// by its reference or by the file that it came as, is left as it is: added is
// false. A repeat of a contact that is still open becomes part of that.
func addEnquiry(tx *db.Tx, s Submission, n uk.Nation) (id int64, added bool, err error) {
	if err := tx.Serialise("enquiry"); err != nil {
		return 0, false, err
	}
	err = tx.One([]any{&id}, "SELECT id FROM enquiry WHERE reference = ? OR digest = ? AND digest <> ''", s.Reference, s.Digest)
	if err == nil || !errors.Is(err, reeve.NotFound) {
		return id, false, err
	}
	if id, err = next(tx, "SELECT COALESCE(MAX(id), 0) + 1 FROM enquiry"); err != nil {
		return 0, false, err
	}
	first, due := dues(s.Kind, s.Vulnerable, time.Unix(s.At, 0), n)
	key := contactKey(s.Person.Email.Reveal(), s.Person.Phone.Reveal())
	p := s.Person
	_, err = tx.Exec(`INSERT INTO enquiry (id, reference, kind, channel, topic, name, email, phone, postcode, safe, words, letter, council, state, live, rank, owner, owner_name,
		received, first_due, due, extended, extended_why, first_at, ended, merged, repeats, contact, digest, form, by_, by_name, version, next_due)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, '', '', ?, ?, ?, 0, '', 0, 0, 0, 0, ?, ?, ?, ?, ?, 1, ?)`,
		id, s.Reference, s.Kind, s.Channel, s.Topic, p.Name.Reveal(), p.Email.Reveal(), p.Phone.Reveal(), p.Postcode.Reveal(), p.Safe.Reveal(), s.Words.Reveal(), s.Letter.Reveal(),
		s.Council, Fresh, rankOf(s.Vulnerable), s.At, first.Unix(), due.Unix(), key, s.Digest, s.Form, s.By, s.ByName, min(first.Unix(), due.Unix()))
	if err != nil {
		return 0, false, fmt.Errorf("keep enquiry: %w", err)
	}
	if err := addNote(tx, id, Note{What: "received", Way: s.Channel, By: s.By, ByName: s.ByName, At: s.At}); err != nil {
		return 0, false, err
	}
	return id, true, joinRepeat(tx, id, s, key)
}

func rankOf(vulnerable bool) int {
	if vulnerable {
		return 0
	}
	return 1
}

// joinRepeat merges a new enquiry into the oldest open one that it repeats.
func joinRepeat(tx *db.Tx, id int64, s Submission, key string) error {
	if key == "" {
		return nil
	}
	all, err := db.All(tx, scanEnquiry, enquiryColumns+"WHERE contact = ? AND received >= ? AND live = 1 AND id < ? ORDER BY received, id LIMIT 20", key, s.At-repeatTime, id)
	if err != nil {
		return err
	}
	for _, e := range all {
		if joins(s, e) {
			return merge(tx, id, e.ID, Note{What: "merge", At: s.At})
		}
	}
	return nil
}

// merge makes one enquiry part of another; what is urgent in it is urgent there.
func merge(tx *db.Tx, id, into int64, by Note) error {
	part, err := readEnquiry(tx, id)
	if err != nil {
		return err
	}
	whole, err := readEnquiry(tx, into)
	if err != nil {
		return err
	}
	if part.MergedInto != 0 || whole.MergedInto != 0 || id == into || part.Repeats > 0 {
		return fmt.Errorf("merge enquiries: %w", reeve.Conflict)
	}
	if _, err := tx.Exec("UPDATE enquiry SET state = ?, live = 0, merged = ?, version = version + 1 WHERE id = ?", Merged, into, id); err != nil {
		return err
	}
	whole.FirstDue, whole.Due = min(part.FirstDue, whole.FirstDue), min(part.Due, whole.Due)
	_, err = tx.Exec("UPDATE enquiry SET repeats = repeats + 1, rank = ?, first_due = ?, due = ?, next_due = ?, version = version + 1 WHERE id = ?",
		min(rankOf(part.Vulnerable), rankOf(whole.Vulnerable)), whole.FirstDue, whole.Due, whole.NextDue(), into)
	if err != nil {
		return err
	}
	by.What, by.Words = "merge", private("Contact "+fmt.Sprint(id))
	return addNote(tx, into, by)
}

// unmerge takes an enquiry out of another again. The other keeps its rank and
// terms: what was urgent once is looked at once too often.
func unmerge(tx *db.Tx, id int64, by Note) error {
	part, err := readEnquiry(tx, id)
	if err != nil {
		return err
	}
	if part.MergedInto == 0 {
		return fmt.Errorf("take out enquiry: %w", reeve.Conflict)
	}
	if _, err := tx.Exec("UPDATE enquiry SET state = ?, live = 1, merged = 0, version = version + 1 WHERE id = ?", Fresh, id); err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE enquiry SET repeats = repeats - 1, version = version + 1 WHERE id = ?", part.MergedInto); err != nil {
		return err
	}
	by.What, by.Words = "unmerge", private("Contact "+fmt.Sprint(id))
	if err := addNote(tx, part.MergedInto, by); err != nil {
		return err
	}
	return addNote(tx, id, by)
}

// addNote adds a line to the history of an enquiry.
func addNote(tx *db.Tx, enquiry int64, n Note) error {
	if err := tx.Serialise("enquiry-note"); err != nil {
		return err
	}
	id, err := next(tx, "SELECT COALESCE(MAX(id), 0) + 1 FROM enquiry_note")
	if err != nil {
		return err
	}
	_, err = tx.Exec("INSERT INTO enquiry_note (id, enquiry, what, words, way, by_, by_name, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		id, enquiry, n.What, n.Words.Reveal(), n.Way, n.By, n.ByName, n.At)
	return err
}

func readNotes(tx *db.Tx, enquiry int64) ([]Note, error) {
	return db.All(tx, func(row db.Row) (n Note, err error) {
		var words string
		err = row.Scan(&n.ID, &n.What, &words, &n.Way, &n.By, &n.ByName, &n.At)
		n.Words = private(words)
		return n, err
	}, "SELECT id, what, words, way, by_, by_name, at FROM enquiry_note WHERE enquiry = ? ORDER BY id", enquiry)
}

// enquiryColumns is what scanEnquiry reads.
const enquiryColumns = `SELECT id, reference, kind, channel, topic, name, email, phone, postcode, safe, words, letter, council, state, rank, owner, owner_name,
	received, first_due, due, extended, extended_why, first_at, ended, merged, repeats, form, version, paused, pause, stage, emptied FROM enquiry `

func scanEnquiry(row db.Row) (e Enquiry, err error) {
	var name, email, phone, postcode, safe, words, letter, why string
	var rank int
	err = row.Scan(&e.ID, &e.Reference, &e.Kind, &e.Channel, &e.Topic, &name, &email, &phone, &postcode, &safe, &words, &letter, &e.Council, &e.State, &rank, &e.Owner, &e.OwnerName,
		&e.Received, &e.FirstDue, &e.Due, &e.Extended, &why, &e.First, &e.Ended, &e.MergedInto, &e.Repeats, &e.Form, &e.Version, &e.Paused, &e.Pause, &e.Stage, &e.Emptied)
	e.Person, e.Words, e.Letter, e.ExtendedWhy, e.Vulnerable = personOf(name, email, phone, postcode, safe), private(words), private(letter), private(why), rank == 0
	return e, err
}

func readEnquiry(tx *db.Tx, id int64) (e Enquiry, err error) {
	return oneEnquiry(tx, "WHERE id = ?", id)
}

// byReference finds an enquiry by its reference, in the form in which it is kept.
func byReference(tx *db.Tx, reference string) (Enquiry, error) {
	return oneEnquiry(tx, "WHERE reference = ?", reference)
}

func oneEnquiry(tx *db.Tx, where string, args ...any) (e Enquiry, err error) {
	all, err := db.All(tx, scanEnquiry, enquiryColumns+where, args...)
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return e, fmt.Errorf("read enquiry: %w", err)
	}
	return all[0], nil
}

// partsOf are the contacts that were merged into an enquiry.
func partsOf(tx *db.Tx, id int64) ([]Enquiry, error) {
	return db.All(tx, scanEnquiry, enquiryColumns+"WHERE merged = ? ORDER BY id LIMIT 200", id)
}

// alsoFrom are other enquiries of the same sender.
func alsoFrom(tx *db.Tx, e Enquiry) ([]Enquiry, error) {
	key := contactKey(e.Person.Email.Reveal(), e.Person.Phone.Reveal())
	if key == "" {
		return nil, nil
	}
	return db.All(tx, scanEnquiry, enquiryColumns+"WHERE contact = ? AND id <> ? AND merged = 0 ORDER BY received DESC, id DESC LIMIT 20", key, e.ID)
}

// listQuery asks for a page of the queue.
type listQuery struct {
	Councils []string // nil: all
	Kind     Kind
	Channel  Channel
	Topic    string
	State    State  // "" : whatever is to be done
	Owner    string // "" : anybody
	Late     int64  // now, for those whose term has passed; 0 for all
	Contact  string // a mail address or telephone number
	After    string
	Limit    int
}

// listEnquiries gives a page of the queue, the vulnerable first, then by what is
// due soonest.
func listEnquiries(tx *db.Tx, q listQuery) ([]Enquiry, error) {
	where, args := "WHERE 1 = 1", []any{}
	add := func(condition string, values ...any) { where, args = where+" AND "+condition, append(args, values...) }
	if q.State == "" {
		add("live = 1")
	} else {
		add("state = ?", q.State)
	}
	for _, f := range []struct{ column, value string }{{"kind", string(q.Kind)}, {"channel", string(q.Channel)}, {"topic", q.Topic}, {"owner", q.Owner}} {
		if f.value != "" {
			add(f.column+" = ?", f.value)
		}
	}
	if q.Late > 0 {
		add("paused = 0 AND next_due < ?", q.Late)
	}
	if q.Contact != "" {
		add("contact = ?", contactKey(q.Contact, q.Contact))
	}
	if q.Councils != nil {
		condition, values := ofCouncils("council", q.Councils)
		add(condition, values...)
	}
	if q.After != "" {
		var rank, due, id int64
		if _, err := fmt.Sscanf(q.After, "%d.%d.%d", &rank, &due, &id); err != nil {
			return nil, fmt.Errorf("go on with the queue: %w", reeve.Invalid)
		}
		add("(rank > ? OR rank = ? AND (next_due > ? OR next_due = ? AND id > ?))", rank, rank, due, due, id)
	}
	return db.All(tx, scanEnquiry, enquiryColumns+where+" ORDER BY rank, next_due, id LIMIT ?", append(args, q.Limit)...)
}

// ofCouncils is the condition that a row is one of some councils'; rows of no
// council are everybody's.
func ofCouncils(column string, councils []string) (string, []any) {
	args := []any{}
	for _, c := range councils {
		args = append(args, c)
	}
	return column + " IN (''" + strings.Repeat(", ?", len(councils)) + ")", args
}

// change writes what an act changed of an enquiry, if it is still at the version
// that was seen; reeve.Conflict otherwise.
func change(tx *db.Tx, e Enquiry, seen int64) error {
	n, err := tx.Exec(`UPDATE enquiry SET state = ?, live = ?, rank = ?, owner = ?, owner_name = ?, due = ?, first_due = ?, extended = ?, extended_why = ?, first_at = ?, ended = ?,
		paused = ?, pause = ?, stage = ?, next_due = ?, version = version + 1 WHERE id = ? AND version = ?`, e.State, e.State.Live(), rankOf(e.Vulnerable), e.Owner, e.OwnerName, e.Due, e.FirstDue, e.Extended,
		e.ExtendedWhy.Reveal(), e.First, e.Ended, e.Paused, e.Pause, e.Stage, e.NextDue(), e.ID, seen)
	if err == nil && n == 0 {
		err = fmt.Errorf("change enquiry: %w", reeve.Conflict)
	}
	return err
}

// nextFree is the first enquiry of the queue that nobody has; reeve.NotFound if
// there is none.
func nextFree(tx *db.Tx, councils []string) (Enquiry, error) {
	if err := tx.Serialise("enquiry-queue"); err != nil {
		return Enquiry{}, err
	}
	where, args := "WHERE live = 1 AND owner = ''", []any{}
	if councils != nil {
		condition, values := ofCouncils("council", councils)
		where, args = where+" AND "+condition, values
	}
	return oneEnquiry(tx, where+" ORDER BY rank, next_due, id LIMIT 1", args...)
}

// sees reports whether a visitor may see what is of a council.
func sees(v *web.Visitor, council string) bool {
	if v.Councils == nil || council == "" {
		return true
	}
	for _, c := range v.Councils {
		if c == council {
			return true
		}
	}
	return false
}
