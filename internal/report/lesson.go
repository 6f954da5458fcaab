package report

import (
	"fmt"

	"github.com/reeve-council/reeve/internal/incident"
)

// Lesson is one version of a recommendation or a lesson. It outlives the
// incident: councils were told the same thing twice, years apart, because
// nobody kept the list.
type Lesson struct {
	Number  int64 `json:"-"`
	ID      int64 `json:"id"`
	Version int64 `json:"version"`
	Latest  bool  `json:"latest"`
	incident.Mark
	Kind        string `json:"kind"`
	Source      string `json:"source"`
	SourceAt    int64  `json:"source_at"`
	What        string `json:"what"`
	Answer      string `json:"answer"`
	Owner       string `json:"owner"`
	OwnerName   string `json:"owner_name"`
	Due         int64  `json:"due"`
	State       string `json:"state"`
	Evidence    string `json:"evidence"`
	Review      int64  `json:"review"`
	Why         string `json:"why"`
	ChangedBy   string `json:"changed_by"`
	ChangedName string `json:"changed_name"`
	ChangedAt   int64  `json:"changed_at"`
	DoneBy      string `json:"done_by"`
	Now         int64  `json:"-"` // when it is looked at
}

// States of a lesson, in the order of its life.
const (
	lessonOpen     = "open"
	lessonAccepted = "accepted"
	lessonRejected = "rejected"
	lessonDone     = "done"
	lessonChecked  = "checked"
)

var (
	lessonKinds  = []choice{{"recommendation", "Recommendation of a review, an audit or a regulator", false}, {"lesson", "Lesson that we drew ourselves", false}}
	lessonStates = []choice{{lessonOpen, "Open", false}, {lessonAccepted, "Accepted, being done", false}, {lessonRejected, "Not accepted", false},
		{lessonDone, "Done, not yet checked", false}, {lessonChecked, "Done and checked", false}}
)

func (l Lesson) KindWords() string  { return wordsOf(lessonKinds, l.Kind) }
func (l Lesson) StateWords() string { return wordsOf(lessonStates, l.State) }
func (l Lesson) Path() string       { return fmt.Sprintf("/lessons/%d", l.ID) }

// Running reports whether something is still to be done.
func (l Lesson) Running() bool { return l.State == lessonOpen || l.State == lessonAccepted }

// Late reports whether the day by which it was due has gone.
func (l Lesson) Late() bool { return l.Running() && l.Due > 0 && l.Now >= l.Due+24*3600 }

// Again reports whether it is to be looked at again now: what was done is not
// done for ever.
func (l Lesson) Again() bool { return l.Review > 0 && l.Now >= l.Review }

func (l Lesson) DueDay() string    { return longDay(l.Due) }
func (l Lesson) ReviewDay() string { return longDay(l.Review) }
func (l Lesson) SourceDay() string { return longDay(l.SourceAt) }

// Colour shows the state.
func (l Lesson) Colour() string {
	switch {
	case l.Late():
		return "red"
	case l.State == lessonOpen:
		return "yellow"
	case l.State == lessonChecked:
		return "green"
	case l.State == lessonRejected:
		return "grey"
	}
	return "blue"
}

// faults says what is wrong with the next version of a lesson, by field; was is
// the version before, by who writes the next.
func (l Lesson) faults(was Lesson, by string) map[string]string {
	all := make(map[string]string)
	switch {
	case l.State == lessonRejected && l.Answer == "":
		all["answer"] = "Say why it is not accepted"
	case l.State == lessonAccepted && (l.OwnerName == "" || l.Due == 0):
		all["owner_name"] = "What is accepted has an owner and a day"
	case (l.State == lessonDone || l.State == lessonChecked) && l.Evidence == "":
		all["evidence"] = "Say what shows that it is done"
	case l.State == lessonChecked && was.State != lessonDone && was.State != lessonChecked:
		all["state"] = "It is done first, and checked by somebody else after that"
	case l.State == lessonChecked && was.State == lessonDone && was.DoneBy == by:
		all["state"] = "Somebody else than who said it is done has to check it"
	}
	if was.ID != 0 && was.State != l.State && l.Why == "" {
		all["why"] = "Say why the state changes"
	}
	return all
}
