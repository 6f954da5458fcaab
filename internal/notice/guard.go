package notice

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// Guard says what is known of people at the moment in which they would be sent
// something. review answers, from the lists, the verdicts and safe contact as
// they are now; Rule turns the answer into a ruling.
type Guard interface {
	// Stand tells how people stand now, by id, in the caller's transaction. Who
	// is sealed, was merged away or is on no list is left out: the answers for
	// all of these must not be told apart. version is the frozen list that the
	// run is made from; 0 for none.
	Stand(tx *db.Tx, version int64, people []string) (map[string]Standing, error)
}

// Evidence gives the passages behind one recipient of a frozen list, for those
// who compare a letter with them before it goes out. Implementations leave out
// what the visitor may not see.
type Evidence interface {
	Passages(r *web.Request, person string, limit int) ([]Passage, error)
}

// Passage is one place in the copied files with what was found there.
type Passage struct {
	Item  reeve.Sensitive
	Place string
	Text  reeve.Sensitive
	Path  string // of the page that shows it
}

// Standing is how a person stands now.
type Standing struct {
	Contact  reeve.SafeContact
	Deceased string     // no, yes, suspected
	Born     reeve.Date // zero when unknown
	Minor    bool       // a source says that they are under 18
	Verdict  string     // about the exposure: confirmed, not-theirs, not-personal, unsure or ""
	Moved    bool       // the register's address is not the frozen one any more

	// What a register gave when the list was frozen, and gives otherwise now.
	OtherEmail, OtherPhone, OtherWorker bool

	Worker reeve.Sensitive // who is named as their worker now; empty for none

	// Changed tells that the frozen list says something of them that holds no
	// more: another name, data that is linked to somebody else by now, or a row
	// that was destroyed.
	Changed bool

	Told bool // somebody told them by themselves, outside of any run
}

// Ask is the question that Rule answers.
type Ask struct {
	Way     Way
	On      reeve.Date // the date on the letter, by which ages are reckoned
	Today   reeve.Date // on which it is asked; zero where that is the same
	Child   bool       // children's services recorded whom to tell
	Estate  bool       // it was recorded whom to tell about a person who died
	Address bool       // the letter goes to the person's own address
	Verdict bool       // it says what is said after a human verdict alone
}

// Reason says why somebody is not sent something; "" means that they may be.
type Reason string

// The reasons, in the order in which they are looked for.
const (
	NotListed   Reason = "not-listed" // on no list now, or sealed: one answer for both
	Dead        Reason = "deceased"
	NotTheirs   Reason = "not-theirs"
	UnderAge    Reason = "under-18"
	OfAge       Reason = "of-age" // told of as a child, and 18 or over by now: the notice is theirs
	Living      Reason = "living" // told of as somebody who died, and no register says so any more
	OnHold      Reason = "hold"
	HasWorker   Reason = "worker"
	NotAssessed Reason = "not-assessed"
	OtherWay    Reason = "other-way"
	Changed     Reason = "changed"       // what the list says of them holds no more
	Stale       Reason = "stale-address" // of the way that was to be gone: home, mailbox, number or worker
	Suppressed  Reason = "suppressed"
	Told        Reason = "already-told"
	HighRisk    Reason = "high-risk"
	OtherRole   Reason = "other-role"
	NoAddress   Reason = "no-address" // no e-mail address or telephone number is held
	Duplicate   Reason = "duplicate"
	Shared      Reason = "shared-address" // somebody else on the list has the same e-mail address or number
	OtherFormat Reason = "other-format"   // reads in a form that people have to make
)

// adulthood is the age from which a person is written to themselves, never
// through a parent.
const adulthood = 18

// Rule says whether a person may be sent something. listed is false when the
// guard did not name them.
func Rule(s Standing, listed bool, a Ask) Reason {
	switch {
	case !listed:
		return NotListed
	case s.Deceased != "" && s.Deceased != "no" && !a.Estate:
		return Dead
	case s.Verdict == "not-theirs" || s.Verdict == "not-personal":
		return NotTheirs
	case minor(s, a.On) && !a.Child && !a.Estate:
		return UnderAge
	case a.Child && s.Born.Year != 0 && (!minor(s, a.On) || a.Today.Year != 0 && !minor(s, a.Today)):
		return OfAge
	case a.Estate && (s.Deceased == "" || s.Deceased == "no"):
		return Living
	}
	if r := ruleContact(s.Contact, a); r != "" {
		return r
	}
	switch {
	case s.Changed || a.Verdict && s.Verdict != "confirmed":
		return Changed
	case a.Address && s.stale(a.Way):
		return Stale
	}
	return ""
}

// stale tells whether what a way needs to reach the person is not the frozen one
// any more: nothing goes to where somebody no longer is.
func (s *Standing) stale(w Way) bool {
	switch w {
	case Email:
		return s.OtherEmail
	case Text, Call:
		return s.OtherPhone
	case Worker:
		return s.OtherWorker
	}
	return s.Moved
}

// minor tells whether somebody is under 18 on a day. A birth date decides, at the
// youngest that it can mean; only without one does the word of a source.
// Somebody born on 29 February comes of age on 1 March of a year without that
// day.
func minor(s Standing, on reeve.Date) bool {
	if s.Born.Year == 0 {
		return s.Minor
	}
	age, ok := s.Born.AgeOn(on)
	return !ok || age < adulthood
}

// ruleContact holds a way to what is safe for the person. Only post, phone and
// e-mail enter a bulk run; a named worker may be given a brief.
func ruleContact(c reeve.SafeContact, a Ask) Reason {
	switch c {
	case reeve.ContactHold:
		return OnHold
	case reeve.ContactWorker:
		if a.Way == Worker {
			return ""
		}
		return HasWorker
	case reeve.ContactPost, reeve.ContactPhone, reeve.ContactEmail:
		if !a.Way.suits(c) {
			return OtherWay
		}
		return ""
	}
	return NotAssessed
}
