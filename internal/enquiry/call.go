package enquiry

import "github.com/reeve-council/reeve"

// Level is how sure it is who calls. Name, date of birth and postcode stand in
// the copied files: whoever has those can say them. They never verify anybody by
// themselves.
type Level int

// The levels of a caller.
const (
	Nobody   Level = iota // nothing was checked, or it did not fit
	Facts                 // said name, date of birth and postcode that fit
	Verified              // facts that fit, and the letter sent to that very person or a photo document shown in person
)

// Levels are all of them, in rising order.
var Levels = []Level{Nobody, Facts, Verified}

// levelOf puts together what a caller showed. hers says that the letter quoted
// was sent to the person whom the facts fit.
func levelOf(facts, hers, document bool) Level {
	switch {
	case facts && (hers || document):
		return Verified
	case facts:
		return Facts
	}
	return Nobody
}

// Standing is how the person whom the facts fit stands. It is never shown.
type Standing string

// The standings. Those from None to Deceased are one and the same to Say.
const (
	None        Standing = "none"         // nobody whom the facts fit
	Several     Standing = "several"      // more than one
	Sealed      Standing = "sealed"       // answers as None everywhere in the case; here for the test of every cell
	Elsewhere   Standing = "elsewhere"    // another council's
	Unlisted    Standing = "unlisted"     // on the lists as they stand, on no approved version
	Unsure      Standing = "unsure"       // on the version, but it is not sure enough who it is
	Hold        Standing = "hold"         // safe contact: hold
	Worker      Standing = "worker"       // safe contact: a named worker
	NotAssessed Standing = "not-assessed" // safe contact: nobody has looked
	Child       Standing = "child"        // under 18, or of an age that is not known
	Deceased    Standing = "deceased"     // or suspected
	Listed      Standing = "listed"       // on the approved version, adult, and may be contacted
)

// Standings are all of them.
var Standings = []Standing{None, Several, Sealed, Elsewhere, Unlisted, Unsure, Hold, Worker, NotAssessed, Child, Deceased, Listed}

// List is whether an approved version of the list is there.
type List string

// The states of the list.
const (
	NoList       List = "none"
	ApprovedList List = "approved"
	EmptiedList  List = "emptied" // its rows were destroyed
)

// Lists are all of them.
var Lists = []List{NoList, ApprovedList, EmptiedList}

// Speech is what may be said to a caller.
type Speech struct {
	Lines  []string `json:"lines"`  // codes of speechTable, in order
	Listed bool     `json:"listed"` // it may be said that their data was in the files, and which plain kinds
}

// Say is the policy of the telephone and the counter: what may be said to a
// caller of a level about a person who stands so, while the list is so; letter
// says that they quoted the reference of a letter of ours, told that the person
// was told already. It is pure, and below Verified neither level nor standing,
// nor what was told, makes a difference.
//
// Nothing tells a caller, or the agent, whether somebody is on hold, sealed, a
// child, or not in the case at all: all of them hear that the matter goes to the
// team that may look, and that an answer comes in a safe way.
func Say(level Level, letter bool, who Standing, list List, told bool) Speech {
	s := Speech{Lines: []string{"general"}}
	if letter {
		s.Lines = append(s.Lines, "letter-real")
	}
	if level == Verified && who == Listed && list == ApprovedList {
		s.Listed = true
		s.Lines = append(s.Lines, "listed")
		if told {
			s.Lines = append(s.Lines, "more-in-letter")
		} else {
			s.Lines = append(s.Lines, "will-write")
		}
	} else {
		s.Lines = append(s.Lines, "cannot-say", "refer")
	}
	return Speech{append(s.Lines, "protect", "never-ask"), s.Listed}
}

// speakable reports whether a kind of data may be named to a verified caller:
// what says nothing of a life. Everything else is told by letter, after a human
// verdict.
func speakable(k reeve.Kind) bool { return spokenKinds[k] != "" }

// adultAge is from when somebody is told themselves, in years.
const adultAge = 18

// adult reports whether somebody born on a day is surely an adult on another;
// a birthday that is not wholly known is taken as late as it can be.
func adult(born, on reeve.Date) bool {
	if born.Year == 0 {
		return false
	}
	if born.Month == 0 {
		born.Month, born.Day = 12, 31
	}
	if born.Day == 0 {
		born.Day = 31
	}
	years := on.Year - born.Year
	if on.Month < born.Month || on.Month == born.Month && on.Day < born.Day {
		years--
	}
	return years >= adultAge
}
