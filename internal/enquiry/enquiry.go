package enquiry

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/uk"
)

// Kind is what somebody wants.
type Kind string

// The kinds of enquiry.
const (
	Question  Kind = "question"
	Help      Kind = "help"
	Complaint Kind = "complaint"
	Rights    Kind = "rights"
)

// Channel is how it came.
type Channel string

// The channels.
const (
	ByForm    Channel = "form"
	ByPhone   Channel = "phone"
	ByMail    Channel = "email"
	ByCounter Channel = "walk-in"
	ByPaper   Channel = "paper"
)

// State is where an enquiry stands.
type State string

// The states. Merged is a contact that belongs to another enquiry.
const (
	Fresh    State = "new"
	Open     State = "open"    // somebody has it
	Waiting  State = "waiting" // for the resident
	Answered State = "answered"
	Closed   State = "closed" // without an answer, with a reason
	Merged   State = "merged"
)

// Live reports whether something is still to be done.
func (s State) Live() bool { return s == Fresh || s == Open || s == Waiting }

// Person is who asks, as they said it themselves.
type Person struct {
	Name     reeve.Sensitive `json:"name"`
	Email    reeve.Sensitive `json:"email"`
	Phone    reeve.Sensitive `json:"phone"`
	Postcode reeve.Sensitive `json:"postcode"`
	Safe     reeve.Sensitive `json:"safe"` // when and how it is safe to be in touch
}

// Submission is what somebody sent, before it has a number.
type Submission struct {
	Reference  string
	At         int64 // seconds UTC
	Channel    Channel
	Kind       Kind
	Topic      string
	Person     Person
	Words      reeve.Sensitive
	Letter     reeve.Sensitive // the reference of a letter of ours, as quoted
	Vulnerable bool
	Council    string
	Form       string // number of the paper form, or ""
	Digest     string // of the file that it came as, or ""
	By, ByName string // the agent; "" where nobody typed it
	Scam       *ScamSubmission
}

// size is how many bytes hang on a submission.
func (s Submission) size() (n int) {
	if s.Scam != nil {
		for _, f := range s.Scam.Files {
			n += len(f.Body)
		}
	}
	return n
}

// Enquiry is one matter of one resident.
type Enquiry struct {
	ID          int64           `json:"id"`
	Reference   string          `json:"reference"`
	Kind        Kind            `json:"kind"`
	Channel     Channel         `json:"channel"`
	Topic       string          `json:"topic"`
	Person      Person          `json:"person"`
	Words       reeve.Sensitive `json:"words"`
	Letter      reeve.Sensitive `json:"letter"`
	Vulnerable  bool            `json:"vulnerable"`
	Council     string          `json:"council"`
	State       State           `json:"state"`
	Owner       string          `json:"owner"`
	OwnerName   string          `json:"owner_name"`
	Received    int64           `json:"received"`
	FirstDue    int64           `json:"first_due"`
	Due         int64           `json:"due"`
	Extended    int64           `json:"extended"` // when the term was made longer; 0 never
	ExtendedWhy reeve.Sensitive `json:"extended_why"`
	Paused      int64           `json:"paused"` // since when the clock stands; 0 it runs
	Pause       Pause           `json:"pause"`
	Stage       int64           `json:"stage"` // of a complaint, 1 or 2
	First       int64           `json:"first"` // when somebody was first in touch
	Ended       int64           `json:"ended"` // answered or closed
	MergedInto  int64           `json:"merged_into"`
	Repeats     int64           `json:"repeats"` // contacts that were merged into this
	Form        string          `json:"form"`
	Emptied     int64           `json:"emptied"` // when what it said was destroyed; 0: it is there
	Version     int64           `json:"version"`
}

// Printed is the reference as people read it.
func (e Enquiry) Printed() string { return spacedReference(e.Reference) }

func (e Enquiry) KindWords() string    { return kindTable[e.Kind] }
func (e Enquiry) ChannelWords() string { return channelTable[e.Channel] }
func (e Enquiry) TopicWords() string   { return topicWords(e.Topic) }
func (e Enquiry) StateWords() string   { return stateTable[e.State].words }
func (e Enquiry) Colour() string       { return stateTable[e.State].colour }

// Living reports whether something is still to be done.
func (e Enquiry) Living() bool { return e.State.Live() }

// NextDue is when the next thing is due: to be in touch, or the answer.
func (e Enquiry) NextDue() int64 {
	if e.First == 0 {
		return min(e.FirstDue, e.Due)
	}
	return e.Due
}

// Late reports whether a term has passed without what it asks for. While the
// clock stands nothing is late.
func (e Enquiry) Late(now int64) bool {
	return e.State.Live() && e.Paused == 0 && now > e.NextDue()
}

// touched notes that somebody was in touch. The answer to a complaint is due by
// its stage from then on, where that is sooner than the longest it may take.
func (e *Enquiry) touched(now time.Time, n uk.Nation) {
	if e.First != 0 {
		return
	}
	e.First = now.Unix()
	if e.Kind == Complaint {
		e.Due = min(e.Due, endOf(uk.AddWorkingDays(n, now.In(london), stageDays(e.Stage))).Unix())
	}
}

// Note is one line of an enquiry's history.
type Note struct {
	ID     int64           `json:"id"`
	What   string          `json:"what"` // note, contact, answer, state, merge, unmerge, extend
	Words  reeve.Sensitive `json:"words"`
	Way    Channel         `json:"way"` // of a contact or answer
	By     string          `json:"by"`
	ByName string          `json:"by_name"`
	At     int64           `json:"at"`
}

func (n Note) WhatWords() string { return noteTable[n.What] }
func (n Note) WayWords() string  { return channelTable[n.Way] }

// moves are the states that may follow a state by hand.
var moves = map[State][]State{
	Fresh:    {Open, Answered, Closed},
	Open:     {Waiting, Answered, Closed, Fresh},
	Waiting:  {Open, Answered, Closed},
	Answered: {Open},
	Closed:   {Open},
}

// may reports whether a state may follow another.
func (s State) may(next State) bool { return slices.Contains(moves[s], next) }

// repeatTime is how long after a contact another one of the same sender, about
// the same kind of thing, counts as a repeat of it: thirty days.
const repeatTime = 30 * 24 * 60 * 60

// contactKey is the same for whoever writes from the same address, or gives the
// same telephone number; "" for who gave neither. It is a digest, so that the
// index of it holds no address.
func contactKey(email, phone string) string {
	key := ""
	if at := strings.IndexByte(email, '@'); at > 0 {
		key = "mail:" + lex.Squeeze(strings.ToLower(email))
	} else if norm, ok := uk.NormPhone(phone); ok {
		key = "phone:" + norm
	}
	if key == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16])
}

// joins reports whether a new contact may be merged into an enquiry by the
// program. Complaints and requests about rights have clocks of their own and are
// never merged by it.
func joins(s Submission, into Enquiry) bool {
	return into.State.Live() && s.Kind == into.Kind && (s.Kind == Question || s.Kind == Help) && s.At-into.Received <= repeatTime && s.Council == into.Council
}
