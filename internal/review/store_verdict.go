package review

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

const verdictColumns = `v.id, v.about, v.thing, v.value, v.why, v.basis, v.evidence, v.dated, v.seen, v.user_, v.user_name, v.at, v.needs, v.settles, v.batch,
	v.act, v.decision, COALESCE(s.agreed, -1), COALESCE(s.why, ''), COALESCE(s.user_, ''), COALESCE(s.user_name, ''), COALESCE(s.at, 0),
	COALESCE(s.decision, 0), COALESCE(w.cause, ''), COALESCE(w.why, ''), COALESCE(w.user_, ''), COALESCE(w.user_name, ''), COALESCE(w.at, 0)
	FROM verdict v LEFT JOIN verdict_second s ON s.verdict = v.id LEFT JOIN verdict_withdrawn w ON w.verdict = v.id`

func scanVerdict(row db.Row) (v verdict, err error) {
	var settles, agreed int64
	var s second
	var w withdrawn
	err = row.Scan(&v.ID, &v.About, &v.Thing, &v.Value, &v.Why, &v.Basis, &v.Evidence, &v.Dated, &v.Seen, &v.By, &v.ByName, &v.At, &v.Needs, &settles,
		&v.Batch, &v.Act, &v.Decision, &agreed, &s.Why, &s.By, &s.ByName, &s.At, &s.Decision, &w.Cause, &w.Why, &w.By, &w.ByName, &w.At)
	v.Settles = settles != 0
	if agreed >= 0 {
		s.Agreed = agreed != 0
		v.Second = &s
	}
	if w.Cause != "" {
		v.Gone = &w
	}
	return v, err
}

// verdictsAbout is the log of a thing, oldest first.
func verdictsAbout(tx *db.Tx, about, thing string) ([]verdict, error) {
	return db.All(tx, scanVerdict, "SELECT "+verdictColumns+" WHERE v.about = ? AND v.thing = ? ORDER BY v.id", about, thing)
}

// linkVerdicts is the log of all links of a person, oldest first.
func linkVerdicts(tx *db.Tx, person string) ([]verdict, error) {
	return db.All(tx, scanVerdict, "SELECT "+verdictColumns+` JOIN case_links l ON v.thing = l.mark || ':' || l.person
		WHERE v.about = 'link' AND l.person = ? ORDER BY v.id`, person)
}

// readVerdict gives one verdict; reeve.NotFound for an unknown number.
func readVerdict(tx *db.Tx, id int64) (verdict, error) {
	all, err := db.All(tx, scanVerdict, "SELECT "+verdictColumns+" WHERE v.id = ?", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find verdict: %w", reeve.NotFound)
	}
	if err != nil {
		return verdict{}, err
	}
	return all[0], nil
}

// verdictOf is what holds of a thing; version 0 where nobody said anything.
func verdictOf(tx *db.Tx, about, thing string) (s verdictState, err error) {
	err = tx.One([]any{&s.State, &s.Value, &s.Verdict, &s.By, &s.At, &s.Version},
		"SELECT state, value, verdict, user_, at, version FROM verdict_now WHERE about = ? AND thing = ?", about, thing)
	if errors.Is(err, reeve.NotFound) {
		return verdictState{State: stateNone}, nil
	}
	return s, err
}

// beginVerdict makes this transaction the only one that adds to the log, and
// makes sure that the thing is as it was seen; reeve.Conflict if not.
func beginVerdict(tx *db.Tx, about, thing string, seen int64) error {
	if err := tx.Serialise("review: verdicts"); err != nil {
		return err
	}
	now, err := verdictOf(tx, about, thing)
	if err == nil && now.Version != seen {
		err = reeve.WithHint(fmt.Errorf("judge: %w", reeve.Conflict), "Somebody else has judged this since you looked. Look again: if you see it otherwise, say so, and a third person settles it.")
	}
	return err
}

// addVerdict keeps a verdict, gives its number, and takes back what the same
// person said of the thing before.
func addVerdict(tx *db.Tx, v *verdict) error {
	if err := tx.One([]any{&v.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM verdict"); err != nil {
		return err
	}
	log, err := verdictsAbout(tx, v.About, v.Thing)
	if err != nil {
		return err
	}
	for _, old := range log {
		if old.Gone == nil && (old.By == v.By || v.Settles) {
			cause := causeReplaced
			if v.Settles {
				cause = causeSettled
			}
			if err := addWithdrawal(tx, old.ID, &withdrawn{Cause: cause, By: v.By, ByName: v.ByName, At: v.At}); err != nil {
				return err
			}
		}
	}
	_, err = tx.Exec(`INSERT INTO verdict (id, about, thing, value, why, basis, evidence, dated, seen, user_, user_name, at, needs, settles, batch, act, decision)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, v.ID, v.About, v.Thing, v.Value, v.Why, v.Basis, v.Evidence, v.Dated, v.Seen, v.By, v.ByName,
		v.At, v.Needs, truth(v.Settles), v.Batch, v.Act, v.Decision)
	if err != nil {
		return err
	}
	return reckon(tx, v.About, v.Thing)
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// addSecond keeps what a second person said; reeve.Conflict if somebody has
// said it already or the verdict does not hold any more.
func addSecond(tx *db.Tx, v *verdict, s *second) error {
	if v.Second != nil || v.Gone != nil {
		return fmt.Errorf("second a verdict: %w", reeve.Conflict)
	}
	_, err := tx.Exec("INSERT INTO verdict_second (verdict, agreed, why, user_, user_name, at, decision) VALUES (?, ?, ?, ?, ?, ?, ?)",
		v.ID, truth(s.Agreed), s.Why, s.By, s.ByName, s.At, s.Decision)
	if err != nil {
		return err
	}
	return reckon(tx, v.About, v.Thing)
}

func addWithdrawal(tx *db.Tx, id int64, w *withdrawn) error {
	_, err := tx.Exec("INSERT INTO verdict_withdrawn (verdict, cause, why, user_, user_name, at) VALUES (?, ?, ?, ?, ?, ?)", id, w.Cause, w.Why, w.By, w.ByName, w.At)
	return err
}

// withdraw takes a verdict back; reeve.Conflict if it does not hold any more.
func withdraw(tx *db.Tx, v *verdict, w *withdrawn) error {
	if v.Gone != nil {
		return fmt.Errorf("withdraw a verdict: %w", reeve.Conflict)
	}
	if err := addWithdrawal(tx, v.ID, w); err != nil {
		return err
	}
	if err := reopen(tx, v.About, v.Thing); err != nil {
		return err
	}
	return reckon(tx, v.About, v.Thing)
}

// reckon writes down what holds of a thing by its log.
func reckon(tx *db.Tx, about, thing string) error {
	log, err := verdictsAbout(tx, about, thing)
	if err != nil {
		return err
	}
	s := outcomeOf(log)
	n, err := tx.Exec("UPDATE verdict_now SET state = ?, value = ?, verdict = ?, user_ = ?, at = ?, version = version + 1 WHERE about = ? AND thing = ?",
		s.State, s.Value, s.Verdict, s.By, s.At, about, thing)
	if err == nil && n == 0 {
		_, err = tx.Exec("INSERT INTO verdict_now (about, thing, state, value, verdict, user_, at, version) VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
			about, thing, s.State, s.Value, s.Verdict, s.By, s.At)
	}
	return err
}

// thingsIn gives some of the things with a state, newest first, from the one
// after skip on: what waits for a second person, and what is in conflict. Those of
// whom the visitor may not know are sorted out by the caller.
func thingsIn(tx *db.Tx, state string, skip int64, limit int) (all []thingState, err error) {
	return db.All(tx, func(row db.Row) (t thingState, err error) {
		return t, row.Scan(&t.About, &t.Thing, &t.Value, &t.Verdict, &t.By, &t.At, &t.Version)
	}, "SELECT about, thing, value, verdict, user_, at, version FROM verdict_now WHERE state = ? ORDER BY at DESC, about, thing LIMIT ? OFFSET ?", state, limit, skip)
}

// countStates counts the things in each state.
func countStates(tx *db.Tx) (map[string]int64, error) {
	n := make(map[string]int64)
	err := tx.Each(func(row db.Row) error {
		var state string
		var c int64
		err := row.Scan(&state, &c)
		n[state] = c
		return err
	}, "SELECT state, COUNT(*) FROM verdict_now GROUP BY state")
	return n, err
}

// thingState is a thing with what holds of it.
type thingState struct {
	About   string `json:"about"`
	Thing   string `json:"thing"`
	Value   string `json:"value"`
	Verdict int64  `json:"verdict"`
	By      string `json:"by"`
	At      int64  `json:"at"`
	Version int64  `json:"version"`
}

// judgedPerson is what policy needs to know of a person, and what the lists say
// of them now, so that a later reader can tell what changed since.
func judgedPerson(tx *db.Tx, id string) (j judged, seen string, err error) {
	var lane, signals, categories, kinds, contact string
	var items int64
	err = tx.One([]any{&lane, &signals, &categories, &kinds, &items, &contact},
		"SELECT lane, signals, categories, kinds, items, safe_contact FROM case_people WHERE id = ?", id)
	j = judged{Lane: reeve.Lane(lane), Signals: split[reeve.Signal](signals), Categories: split[string](categories)}
	return j, strings.Join([]string{signals, kinds, strconv.FormatInt(items, 10), contact}, "|"), err
}

// listedContact is how the lists say that a person may be contacted.
func listedContact(tx *db.Tx, id string) (value string, err error) {
	return value, tx.One([]any{&value}, "SELECT safe_contact FROM case_people WHERE id = ?", id)
}

// dangerIn tells whether a document holds somebody with a safety signal.
func dangerIn(tx *db.Tx, item int64) (bool, error) {
	var n int64
	err := tx.One([]any{&n}, `SELECT COUNT(*) FROM case_items i JOIN case_links l ON l.document = i.document JOIN case_people p ON p.id = l.person
		WHERE i.id = ? AND p.lane = 'safety'`, item)
	return n > 0, err
}

// linkHolds makes sure that a mention is linked to a person now.
func linkHolds(tx *db.Tx, mark, person string) error {
	var n int64
	return tx.One([]any{&n}, "SELECT 1 FROM case_links WHERE mark = ? AND person = ?", mark, person)
}

// findingHolder gives whose a finding is, "" for nobody's.
func findingHolder(tx *db.Tx, document, n int64) (person string, err error) {
	return person, tx.One([]any{&person}, "SELECT person FROM case_findings WHERE document = ? AND n = ?", document, n)
}

// verdictsGiven counts the verdicts of a user from a moment on.
func verdictsGiven(tx *db.Tx, user string, from int64) (n int64, err error) {
	return n, tx.One([]any{&n}, "SELECT COUNT(*) FROM verdict WHERE user_ = ? AND at >= ?", user, from)
}

// addAct keeps an act on many things.
func addAct(tx *db.Tx, a *verdictAct) error {
	if err := tx.One([]any{&a.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM verdict_act"); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO verdict_act (id, what, things, digest, user_, user_name, at, undone, undone_by, undone_why) VALUES (?, ?, ?, ?, ?, ?, ?, 0, '', '')`,
		a.ID, a.What, a.Things, a.Digest, a.By, a.ByName, a.At)
	return err
}

// verdictAct is one act on many things.
type verdictAct struct {
	ID        int64  `json:"id"`
	What      string `json:"what"`
	Things    int64  `json:"things"`
	Digest    string `json:"digest"`
	By        string `json:"by"`
	ByName    string `json:"by_name"`
	At        int64  `json:"at"`
	Undone    int64  `json:"undone"`
	UndoneBy  string `json:"undone_by"`
	UndoneWhy string `json:"undone_why"`
}

const actColumns = "SELECT id, what, things, digest, user_, user_name, at, undone, undone_by, undone_why FROM verdict_act"

func scanAct(row db.Row) (a verdictAct, err error) {
	return a, row.Scan(&a.ID, &a.What, &a.Things, &a.Digest, &a.By, &a.ByName, &a.At, &a.Undone, &a.UndoneBy, &a.UndoneWhy)
}

// readActs gives the newest acts on many things.
func readActs(tx *db.Tx, limit int) ([]verdictAct, error) {
	return db.All(tx, scanAct, actColumns+" ORDER BY id DESC LIMIT ?", limit)
}

// undoAct takes back every verdict of an act that still holds, and gives them;
// reeve.Conflict if the act was undone before.
func undoAct(tx *db.Tx, id int64, w *withdrawn) ([]verdict, error) {
	n, err := tx.Exec("UPDATE verdict_act SET undone = ?, undone_by = ?, undone_why = ? WHERE id = ? AND undone = 0", w.At, w.By, w.Why, id)
	if err == nil && n == 0 {
		err = fmt.Errorf("undo an act: %w", reeve.Conflict)
	}
	if err != nil {
		return nil, err
	}
	all, err := verdictsIn(tx, id)
	for i := range all {
		if err == nil {
			err = withdraw(tx, &all[i], w)
		}
	}
	return all, err
}

// verdictsIn are the verdicts of an act that still hold.
func verdictsIn(tx *db.Tx, act int64) ([]verdict, error) {
	return db.All(tx, scanVerdict, "SELECT "+verdictColumns+" WHERE v.act = ? AND v.act > 0 AND w.verdict IS NULL ORDER BY v.id", act)
}

// obeyedIn are those of them that the lists obey.
func obeyedIn(tx *db.Tx, act int64) ([]verdict, error) {
	all, err := verdictsIn(tx, act)
	return slices.DeleteFunc(all, func(v verdict) bool { return v.obeyed() == 0 }), err
}

// lastOf gives the newest verdict of a user from a moment on that still holds,
// nil for none.
func lastOf(tx *db.Tx, user string, from int64) (*verdict, error) {
	all, err := db.All(tx, scanVerdict, "SELECT "+verdictColumns+" WHERE v.user_ = ? AND v.at >= ? AND w.verdict IS NULL ORDER BY v.at DESC, v.id DESC LIMIT 1", user, from)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// writeDigest adds a value to a digest, with its length, so that two values do
// not read as one.
func writeDigest(h io.Writer, value reeve.Sensitive) {
	fmt.Fprintf(h, "%d:%s\n", value.Len(), value.Reveal())
}
