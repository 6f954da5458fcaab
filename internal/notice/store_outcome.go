package notice

import (
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// byUser and byRound are who has a message while people tell it.
func byUser(id string) string { return "user:" + id }
func byRound(id int64) string { return "round:" + strconv.FormatInt(id, 10) }

// take marks a message that is on the list as being told by somebody; before
// that the guard was asked. reeve.Conflict when somebody else was quicker, or the
// run does not run.
func take(tx *db.Tx, run, n int64, sender string, at int64) error {
	done, err := tx.Exec(`UPDATE notice_message SET state = 'leaving', sender = ?, claimed = ?, attempts = attempts + 1 WHERE run = ? AND n = ? AND n > 0 AND state = 'ready'
		AND EXISTS (SELECT 1 FROM notice_run WHERE id = ? AND state = 'sending')`, sender, at, run, n, run)
	if err == nil && done == 0 {
		err = reeve.WithHint(fmt.Errorf("take message: %w", reeve.Conflict), "somebody else has it now, or the run is not running")
	}
	return err
}

// refuse ends a message that somebody has and that the guard does not let leave.
func refuse(tx *db.Tx, x *frozenMessage, sender string, reason Reason, at int64) error {
	if err := release(tx, x, sender, msgRefused, string(reason)); err != nil {
		return err
	}
	return addRefusal(tx, x, reason, at)
}

// putBack gives a message that somebody has back to the list.
func putBack(tx *db.Tx, x *frozenMessage, sender string) error {
	return release(tx, x, sender, msgReady, "")
}

func release(tx *db.Tx, x *frozenMessage, sender, state, why string) error {
	done, err := tx.Exec("UPDATE notice_message SET state = ?, why = ?, sender = '' WHERE run = ? AND n = ? AND state = 'leaving' AND sender = ?", state, why, x.Run, x.N, sender)
	if err == nil && done == 0 {
		err = fmt.Errorf("take message back: %w", reeve.Conflict)
	}
	return err
}

// leftElsewhere tells whether a notice to the same person has left in another
// run, and did not come back.
func leftElsewhere(tx *db.Tx, x *frozenMessage) (bool, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM notice_message WHERE person = ? AND run <> ? AND n > 0 AND state = 'left' AND outcome NOT IN ('returned', 'failed')", x.Recipient.Person, x.Run)
	return n > 0, err
}

func addRefusal(tx *db.Tx, x *frozenMessage, reason Reason, at int64) error {
	_, err := tx.Exec("INSERT INTO notice_refusal (id, run, n, person, reason, at) SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ? FROM notice_refusal",
		x.Run, x.N, x.Recipient.Person, string(reason), at)
	return err
}

// endTry writes where an outcome leaves a message that somebody has.
// reeve.Conflict when it is not theirs any more: of two outcomes one is kept.
func endTry(tx *db.Tx, x *frozenMessage, sender, state, why string, a *attempt) error {
	set, args := "state = ?, why = ?, sender = ''", []any{state, why}
	if state == msgLeft {
		status := toldStatus[a.Way]
		set += ", day = ?, left_at = ?, status = ?, outcome = ?, status_at = ?"
		args = append(args, dayOn(a.At), a.At, status, string(statuses[status]), a.At)
	}
	done, err := tx.Exec("UPDATE notice_message SET "+set+" WHERE run = ? AND n = ? AND state = 'leaving' AND sender = ?", append(args, x.Run, x.N, sender)...)
	if err == nil && done == 0 {
		err = reeve.WithHint(fmt.Errorf("keep outcome: %w", reeve.Conflict), "an outcome of this try is on record already")
	}
	if err == nil && state == msgLeft {
		err = addReceipt(tx, x.Recipient.Reference, Receipt{Status: toldStatus[a.Way], At: a.At})
	}
	return err
}

// untell takes back that somebody was told by people: the notice has reached
// nobody. reeve.Conflict where it did not stand so.
func untell(tx *db.Tx, x *frozenMessage) error {
	done, err := tx.Exec(`UPDATE notice_message SET state = 'unreached', why = 'withdrawn', day = '', left_at = 0, status = '', outcome = '', status_at = 0
		WHERE run = ? AND n = ? AND state = 'left' AND status IN ('told-by-call', 'told-in-person', 'told-by-worker')`, x.Run, x.N)
	if err == nil && done == 0 {
		err = fmt.Errorf("take back outcome: %w", reeve.Conflict)
	}
	return err
}

// addAttempt keeps a try and gives it its number.
func addAttempt(tx *db.Tx, a *attempt) error {
	if err := tx.One([]any{&a.ID}, "SELECT COALESCE(MAX(id), 0) + 1 FROM notice_attempt"); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO notice_attempt (id, run, n, person, way, outcome, note, user_, user_name, at, kept, next_at, against) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		a.ID, a.Run, a.N, a.Person, string(a.Way), a.Outcome, a.Note, a.By, a.ByName, a.At, a.Kept, a.Next, string(a.Against))
	return err
}

// attemptsOf gives the tries of a message, newest first.
func attemptsOf(tx *db.Tx, run, n int64) ([]attempt, error) {
	return db.All(tx, func(row db.Row) (a attempt, err error) {
		err = row.Scan(&a.ID, &a.Run, &a.N, &a.Person, &a.Way, &a.Outcome, &a.Note, &a.By, &a.ByName, &a.At, &a.Kept, &a.Next, &a.Against)
		a.Words = fateWords(a.Way, msgUnreached, a.Outcome)
		return a, err
	}, `SELECT id, run, n, person, way, outcome, note, user_, user_name, at, kept, next_at, against FROM notice_attempt
		WHERE run = ? AND n = ? ORDER BY id DESC`, run, n)
}

// holder is who has a message, and since when: UTC seconds.
func holder(tx *db.Tx, run, n int64) (sender string, since int64, err error) {
	return sender, since, tx.One([]any{&sender, &since}, "SELECT sender, claimed FROM notice_message WHERE run = ? AND n = ?", run, n)
}

// waitingLine is a message that people have yet to tell, or are telling.
type waitingLine struct {
	Run       int64           `json:"run"`
	N         int64           `json:"n"`
	Person    string          `json:"person"`
	Reference string          `json:"reference"`
	Name      reeve.Sensitive `json:"name"`
	Phone     reeve.Sensitive `json:"phone"`
	Worker    reeve.Sensitive `json:"-"`
	Band      reeve.Band      `json:"band"`
	State     string          `json:"state"`
	Holder    string          `json:"-"`
	Since     int64           `json:"since"` // with its holder
	Tries     int64           `json:"tries"`
	Last      int64           `json:"last"` // when it was tried last; 0: never
	Next      int64           `json:"next"` // not before this; 0: at any time
}

// What orders calls and letters, of a message m. A call that was only given back
// stays where it stood: nobody gets another person by giving one back, and a day
// that somebody asked for is kept.
const (
	riskOf         = "CASE m.band WHEN 'very-high' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END"
	triesOfMessage = "(SELECT COUNT(*) FROM notice_attempt a WHERE a.run = m.run AND a.n = m.n AND a.outcome NOT IN ('verified', 'given-back', 'withdrawn'))"
	dueOfMessage   = "COALESCE((SELECT a.next_at FROM notice_attempt a WHERE a.run = m.run AND a.n = m.n AND (a.next_at > 0 OR a.outcome NOT IN ('verified', 'given-back', 'withdrawn')) ORDER BY a.id DESC LIMIT 1), 0)"
)

// waitingFor gives what people have to tell in a run, whoever stands at highest
// risk first, then whose turn it is. Sealed people are not among them.
func waitingFor(tx *db.Tx, run int64, limit int) ([]waitingLine, error) {
	return db.All(tx, func(row db.Row) (l waitingLine, err error) {
		var name, phone, worker string
		err = row.Scan(&l.Run, &l.N, &l.Person, &l.Reference, &name, &phone, &worker, &l.Band, &l.State, &l.Holder, &l.Since, &l.Tries, &l.Last, &l.Next)
		l.Name, l.Phone, l.Worker = reeve.Private(reeve.KindName, name), reeve.Private(reeve.KindPhone, phone), reeve.Private(reeve.KindName, worker)
		return l, err
	}, `SELECT m.run, m.n, m.person, m.reference, m.name, m.phone, m.worker, m.band, m.state, m.sender, m.claimed,
		`+triesOfMessage+` AS tries,
		(SELECT COALESCE(MAX(a.at), 0) FROM notice_attempt a WHERE a.run = m.run AND a.n = m.n AND a.outcome NOT IN ('verified', 'given-back', 'withdrawn')),
		`+dueOfMessage+` AS due
		FROM notice_message m WHERE m.run = ? AND m.n > 0 AND m.state IN ('ready', 'leaving') AND m.person NOT IN (SELECT id FROM case_sealed_ids)
		ORDER BY `+riskOf+`, due, tries, m.n LIMIT ?`, run, limit)
}

// runsByPeople gives the runs that people carry out and that have begun, newest
// first.
func runsByPeople(tx *db.Tx, ways ...Way) ([]run, error) {
	args := make([]any, len(ways))
	for i, w := range ways {
		args[i] = string(w)
	}
	return db.All(tx, scanRun, "SELECT "+runColumns+" FROM notice_run WHERE way IN ("+marks(len(ways))+") AND started_at > 0 ORDER BY id DESC LIMIT ?", append(args, runsKept)...)
}

// verifiedSince tells whether a user has checked, since they took a message, who
// is on the line.
func verifiedSince(tx *db.Tx, x *frozenMessage, user string, since int64) (bool, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM notice_attempt WHERE run = ? AND n = ? AND outcome = 'verified' AND user_ = ? AND kept >= ?", x.Run, x.N, user, since)
	return n > 0, err
}

// suppressPoint keeps the door or the number at which somebody was not found from
// being tried again.
func suppressPoint(tx *db.Tx, x *frozenMessage, why string, a *attempt) error {
	if x.Place == "" {
		return nil
	}
	bad, err := suppressedPlaces(tx, []string{x.Place})
	if err != nil || bad[x.Place] != 0 {
		return err
	}
	err = addSuppression(tx, &suppression{Place: reeve.Private(reeve.KindAddress, x.Place), Why: why, Cause: "returned", By: a.By, At: a.Kept})
	if err == nil {
		err = keepForms(tx, x.Place, x.places())
	}
	return err
}

// triesOf counts the tries of a message.
func triesOf(tx *db.Tx, run, n int64) (tries int64, err error) {
	return tries, tx.One([]any{&tries}, "SELECT COUNT(*) FROM notice_attempt WHERE run = ? AND n = ? AND outcome NOT IN ('verified', 'given-back', 'withdrawn')", run, n)
}

// openMessage is messageAt for somebody who looks: one about a sealed person is
// reeve.NotFound.
func openMessage(tx *db.Tx, run, n int64) (frozenMessage, error) {
	var sealed int64
	err := tx.One([]any{&sealed}, "SELECT COUNT(*) FROM notice_message m JOIN case_sealed_ids s ON s.id = m.person WHERE m.run = ? AND m.n = ?", run, n)
	if err == nil && sealed > 0 {
		err = fmt.Errorf("find message: %w", reeve.NotFound)
	}
	if err != nil {
		return frozenMessage{}, err
	}
	return messageAt(tx, run, n)
}
