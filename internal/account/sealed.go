package account

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// OpeningTime is how long a sealed person stays open to who asked.
const OpeningTime = 60 * time.Minute

// askTime is how long a request waits for somebody to agree.
const askTime = 24 * time.Hour

var personForm = regexp.MustCompile(`^P[A-Z2-7]{12}$`)

// Opening is somebody's request to see a sealed person. The person is what was
// typed: that nothing is there, or that nothing is sealed, is told to nobody.
type Opening struct {
	ID       int64
	Person   string
	Asker    string
	Councils []string // the asker's
	Reason   string
	Asked    int64
	Second   string // who agreed or refused; "" while it waits
	Answered int64
	Until    int64
}

// state says where an opening stands.
func (o *Opening) state(now int64) string {
	switch {
	case o.Second == "" && o.Asked+int64(askTime.Seconds()) <= now:
		return "lapsed"
	case o.Second == "":
		return "waiting"
	case o.Until > now:
		return "open"
	case o.Until == 0:
		return "refused"
	}
	return "ended"
}

// seenBy reports whether a visitor may know of the opening: those limited to
// councils only of those that others with no further reach asked for.
func (o *Opening) seenBy(v *web.Visitor) bool {
	return o.Asker == v.ID || reaches(v, o.Councils)
}

// reaches reports whether a visitor's councils are at least those of somebody
// else; none is every council.
func reaches(v *web.Visitor, councils []string) bool {
	if v.Councils == nil {
		return true
	}
	return councils != nil && !slices.ContainsFunc(councils, func(c string) bool { return !slices.Contains(v.Councils, c) })
}

// openingThing names an opening in the record. The person is not named there:
// that would tell every reader of the record who is sealed.
func openingThing(id int64) string { return fmt.Sprintf("opening:%d", id) }

// SealedRead is the act of showing a sealed person to a visitor; whoever is about
// to show one appends it first. Its object is the opening, as the record must
// not tell whoever checks it which ids are sealed: the person stands in the line
// alone, which bundles leave out.
func SealedRead(v *web.Visitor, person string, now time.Time) record.Leaf {
	thing := "sealed"
	if id := v.Openings[person]; id > 0 {
		thing = openingThing(id)
	}
	return record.Leaf{Time: now.Unix(), Actor: v.ID, Verb: readVerb, Object: thing, Line: "Saw " + person + ", whose record is sealed"}
}

// sealedRead is one time that a sealed person was shown to somebody. The list of
// reads is gathered from the record itself, so that none can be left out of it.
type sealedRead struct {
	leaf    int64
	person  string
	reader  string
	at      int64
	opening int64  // 0: none held
	checker string // "" until somebody who had no part in it has looked
	checked int64
	remark  string

	asker    string
	second   string
	reason   string
	councils []string // the asker's
}

// readVerb is the act of being shown a sealed person.
const readVerb = "read-sealed"

// gatherAtOnce bounds the acts looked at in one transaction, and gatherPieces
// how many of them one page waits for.
const (
	gatherAtOnce = 5000
	gatherPieces = 8
)

// gather takes the reads of sealed people out of what the record has had since
// the last time; more tells that it has not come to the end.
func (m *Room) gather(ctx context.Context) (more bool, err error) {
	for range gatherPieces {
		err := m.read(ctx, func(tx *db.Tx) (err error) {
			more, err = ungathered(tx)
			return err
		})
		if err != nil || !more {
			return false, err
		}
		if err := m.DB.Write(ctx, gatherSome); err != nil {
			return false, fmt.Errorf("gather reads of sealed people: %w", err)
		}
	}
	return more, nil
}

func ungathered(tx *db.Tx) (bool, error) {
	head, err := record.Root(tx)
	if err != nil {
		return false, err
	}
	upto, err := gathered(tx)
	return head.Size > upto, err
}

func gatherSome(tx *db.Tx) error {
	if err := tx.Serialise("account: reads"); err != nil {
		return err
	}
	from, err := gathered(tx)
	if err != nil {
		return err
	}
	acts, err := record.Lines(tx, from, gatherAtOnce)
	if err != nil || len(acts) == 0 {
		return err
	}
	for _, a := range acts {
		if a.Verb != readVerb {
			continue
		}
		if err := addRead(tx, sealedRead{leaf: a.Sequence, person: personIn.FindString(a.Leaf.Line), reader: a.Actor, at: a.Time}); err != nil {
			return err
		}
	}
	return setGathered(tx, acts[len(acts)-1].Sequence+1)
}
