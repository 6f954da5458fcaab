package notice

import (
	"fmt"

	"github.com/reeve-council/reeve"
)

// State is where a run stands.
type State string

// The states of a run.
const (
	Draft    State = "draft"    // being set up; nobody is in it yet
	Checking State = "checking" // frozen; every message is being made and checked
	Checked  State = "checked"  // waits for signatures
	Signed   State = "signed"   // two people signed; may be tested and started
	Sending  State = "sending"
	Paused   State = "paused"
	Done     State = "done"
	Stopped  State = "stopped" // for good; what had not left never will
)

// States of a message.
const (
	msgFrozen  = "frozen"
	msgReady   = "ready"
	msgFaulty  = "faulty"
	msgLeaving = "leaving"
	msgLeft    = "left"
	msgRefused = "refused"
	msgUnsure  = "unsure"
	msgStopped = "stopped"

	// msgByPeople is one that a person makes: in Braille, spoken, or in a
	// language of which no text was released.
	msgByPeople = "by-people"

	// msgUnreached is one that people tried to tell, until its way was at an end:
	// somebody has to find another.
	msgUnreached = "unreached"
)

// signaturesNeeded is how many different people sign a run.
const signaturesNeeded = 2

// run is one run as it is kept.
type run struct {
	ID         int64
	Title      string
	Kind       Kind
	Way        Way
	Channel    string
	Council    string
	Bands      []reeve.Band
	Template   string
	Number     int64 // of the template
	Text       string
	List       int64
	ListDigest string
	On         reeve.Date
	Quota      int64
	State      State
	PausedWhy  string
	Wording    Wording
	Facts      []int64
	Coverage   Coverage
	People     int64
	Checked    int64
	Pence      int64
	Digest     string
	By, ByName string
	At         int64
	Frozen     int64
	Started    int64
	Ended      int64
	Version    int64
	Signed     []signature
	variants   []variant // in other formats and languages, as frozen
	forms      *forms
}

// signature is one of the names under a run.
type signature struct {
	By     string `json:"by"`
	ByName string `json:"by_name"`
	Digest string `json:"digest"`
	At     int64  `json:"at"`
}

// next are the states that may follow each.
var next = map[State][]State{
	Draft:    {Checking, Stopped},
	Checking: {Checked, Stopped},
	Checked:  {Signed, Stopped},
	Signed:   {Sending, Stopped},
	Sending:  {Paused, Done, Stopped},
	Paused:   {Sending, Stopped},
}

// step refuses a change of state that cannot be.
func (r *run) step(to State) error {
	for _, s := range next[r.State] {
		if s == to {
			return nil
		}
	}
	return reeve.WithHint(fmt.Errorf("run %d is %s: %w", r.ID, r.State, reeve.Conflict), "look at the run again: somebody may have changed it")
}

// frozenMessage is one message of a run.
type frozenMessage struct {
	Run, N    int64
	Recipient Recipient
	Place     string // the address, folded
	Decided   int64
	State     string
	Why       string
	Attempts  int64
	Sides     int64
}

func (m *frozenMessage) test() bool { return m.N < 0 }

// result is what became of one message that was to leave.
type result struct {
	n       int64
	person  string
	ref     string
	holder  string // who had it: what became of it is written while they still have it
	state   string // msgLeft, msgRefused, msgUnsure, or msgReady to be tried again
	why     string
	receipt Receipt
	sides   int64
}
