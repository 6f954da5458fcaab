package notice

import (
	"context"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

// standsAgainst asks the guard, and what the room knows, about one message now;
// "" when it may be told.
func (m *Room) standsAgainst(tx *db.Tx, r *run, x *frozenMessage) (Reason, error) {
	person := x.Recipient.Person
	out, decided, err := m.rule(tx, r, []string{person}, map[string]bool{person: x.Recipient.needsVerdict()})
	if err != nil {
		return "", err
	}
	if out[person] != "" {
		return out[person], nil
	}
	if d := decided[person]; d.ID != x.Decided {
		return Stale, nil // another decision than the one that was signed
	}
	bad, err := suppressedPlaces(tx, x.places())
	if err == nil && len(bad) > 0 {
		return Suppressed, nil
	}
	return "", err
}

// begin gives messages that are on the list of a run to somebody; note writes
// down, in the same transaction, what they are taken for, and gives its leaf.
// They are marked first and the guard is asked then, as channels do it: of two
// runs that would tell one person at the same time at least one sees the other.
// It gives whom the guard refused.
func (m *Room) begin(ctx context.Context, by record.By, r *run, numbers []int64, sender func() string, note func(tx *db.Tx) (record.Leaf, error)) (map[int64]Reason, error) {
	err := record.Act(ctx, m.db, by, func(tx *db.Tx) (record.Leaf, error) {
		leaf, err := note(tx)
		for _, n := range numbers {
			if err != nil {
				break
			}
			err = take(tx, r.ID, n, sender(), by.Time)
		}
		return leaf, err
	})
	if err != nil {
		return nil, err
	}
	return m.askAgain(ctx, by, r, numbers, sender())
}

// askAgain asks the guard about messages that somebody has, and takes from them
// those that may not be told any more: before a paper is printed, too. Somebody
// whom another run is telling at this moment goes back to the list.
func (m *Room) askAgain(ctx context.Context, by record.By, r *run, numbers []int64, sender string) (refused map[int64]Reason, err error) {
	err = record.Work(ctx, m.db, by, func(tx *db.Tx) (record.Leaf, error) {
		refused = make(map[int64]Reason)
		for _, n := range numbers {
			x, err := messageAt(tx, r.ID, n)
			if err != nil {
				return record.Leaf{}, err
			}
			reason, err := m.standsAgainst(tx, r, &x)
			if err == nil && reason != "" {
				refused[n], err = reason, m.takeFrom(tx, &x, sender, reason, by.Time)
			}
			if err != nil {
				return record.Leaf{}, err
			}
		}
		if len(refused) == 0 {
			return record.Leaf{}, nil
		}
		return record.Leaf{Verb: "refuse", Object: runObject(r.ID), Rows: int64(len(refused)), Line: fmt.Sprintf("%d notices of the run may not be told: they were taken back", len(refused))}, nil
	})
	return refused, err
}

func (m *Room) takeFrom(tx *db.Tx, x *frozenMessage, sender string, reason Reason, at int64) error {
	if reason == Told {
		elsewhere, err := leftElsewhere(tx, x)
		if err != nil {
			return err
		}
		if !elsewhere {
			return putBack(tx, x, sender)
		}
	}
	return refuse(tx, x, sender, reason, at)
}

// keepOutcome ends a try, or notes on the way that it was checked who is on the
// line. The guard is asked once more: whoever may not be told any more leaves the
// list, and telling them all the same stays on record as that. It gives the state
// in which the message is now.
func (m *Room) keepOutcome(tx *db.Tx, r *run, x *frozenMessage, sender string, a *attempt) (state string, err error) {
	if err := tx.Serialise("notice"); err != nil {
		return "", err
	}
	o, err := outcomeOf(r.Way, a.Outcome)
	if err != nil {
		return "", err
	}
	a.Run, a.N, a.Person, a.Way = r.ID, x.N, x.Recipient.Person, r.Way
	if err := mayEnd(tx, x, o, sender, a.By); err != nil {
		return "", err
	}
	if a.Against, err = m.standsAgainst(tx, r, x); err != nil {
		return "", err
	}
	tries, err := triesOf(tx, r.ID, x.N)
	if err != nil {
		return "", err
	}
	if err := addAttempt(tx, a); err != nil || o.Does == isVerified {
		return msgLeaving, err
	}
	if o.counts() {
		tries++
	}
	state, why := o.end(tries, a.Against, r.State == Stopped)
	if err := endTry(tx, x, sender, state, why, a); err != nil {
		return "", err
	}
	switch {
	case state == msgRefused:
		err = addRefusal(tx, x, Reason(why), a.Kept)
	case a.Against != "":
		err = addRefusal(tx, x, a.Against, a.Kept)
	}
	if err == nil && o.Elsewhere {
		err = suppressPoint(tx, x, o.Words, a)
	}
	if err == nil {
		err = finish(tx, r.ID, a)
	}
	return state, err
}

// mayEnd refuses an outcome of what somebody else has, and that somebody was told
// on the telephone before it was checked who was on the line.
func mayEnd(tx *db.Tx, x *frozenMessage, o tryOutcome, sender, user string) error {
	has, since, err := holder(tx, x.Run, x.N)
	if err != nil {
		return err
	}
	if x.State != msgLeaving || has != sender {
		return errNotOnList
	}
	if o.Way != Call || o.Does != tellsThem {
		return nil
	}
	ok, err := verifiedSince(tx, x, user, since)
	if err == nil && !ok {
		err = errNotVerified
	}
	return err
}

// finish closes a run of which nothing is left to be told.
func finish(tx *db.Tx, id int64, a *attempt) error {
	r, err := readRun(tx, id)
	if err != nil || r.State != Sending {
		return err
	}
	ready, leaving, err := waiting(tx, id, false)
	if err != nil || ready+leaving > 0 {
		return err
	}
	if err := moveRun(tx, &r, Done, "", a.Kept); err != nil {
		return err
	}
	_, err = record.Append(tx, record.Leaf{Time: a.Kept, Actor: a.By, Verb: "finish", Object: runObject(id), Line: "Nobody is left on the list of the run"})
	return err
}

// outcomeLeaf is the leaf of an outcome: it names the message, never what was
// said.
func outcomeLeaf(x *frozenMessage, a *attempt, state string) record.Leaf {
	line := fmt.Sprintf("A try by %s ended: %s; the notice is %s", a.Way, a.Outcome, state)
	if a.Against != "" {
		line += "; the guard said: " + string(a.Against)
	}
	return record.Leaf{Verb: "try", Object: noticeObject(x), Line: line}
}

// errNotVerified is the answer to telling somebody who could be anybody.
var errNotVerified = reeve.WithHint(fmt.Errorf("keep outcome: %w", reeve.Invalid), "check who is on the line first, and say that you did")

// errNotOnList is the answer for a message that is not with whoever acts on it.
var errNotOnList = reeve.WithHint(fmt.Errorf("take message: %w", reeve.Conflict), "it is not on the list any more: look at the list again")
