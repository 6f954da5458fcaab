package account

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/reeve-council/reeve"
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

// ReadSealed puts on record that a visitor was shown a sealed person, whom two
// named people opened to them, and keeps it for somebody else to check. Every
// page that shows one calls it, in its own transaction; it appends to the
// record, so it comes last. Without an opening it is reeve.NotFound, as for
// somebody who is not there.
func ReadSealed(tx *db.Tx, v *web.Visitor, person string, now time.Time) error {
	if v == nil || v.Token || !slices.Contains(v.Opened, person) {
		return fmt.Errorf("read person: %w", reeve.NotFound)
	}
	opening, err := openOpening(tx, v.ID, person, now.Unix())
	if err != nil {
		return fmt.Errorf("read person: %w", err)
	}
	if err := addSealedRead(tx, opening, v.ID, now.Unix()); err != nil {
		return fmt.Errorf("read person: %w", err)
	}
	_, err = record.Append(tx, record.Leaf{Time: now.Unix(), Actor: v.ID, Verb: "read-sealed", Object: openingThing(opening), Line: "Was shown the person of an opening"})
	return err
}

// openingThing names an opening in the record. The person is not named there:
// that would tell every reader of the record who is sealed.
func openingThing(id int64) string { return fmt.Sprintf("opening:%d", id) }

// SealedRead is one time that a sealed person was shown to somebody.
type SealedRead struct {
	ID      int64
	Opening int64
	Person  string
	Reader  string
	Asker   string
	Second  string
	Reason  string
	At      int64
	Checker string // "" until somebody who had no part in it has looked
	Checked int64
	Remark  string

	councils []string // the asker's
}
