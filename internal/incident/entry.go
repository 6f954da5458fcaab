package incident

import (
	"strings"

	"github.com/reeve-council/reeve/internal/lex"
)

// Entry is one line of the timeline in one version. It has two times: when it
// happened and when we knew, since most of what matters to a regulator lies
// between them.
type Entry struct {
	Kept
	Happened int64  `json:"happened"` // event time, seconds UTC
	Known    int64  `json:"known"`    // known to us
	Kind     string `json:"kind"`
	Source   string `json:"source"` // who or what says so
	Title    string `json:"title"`
	Note     string `json:"note"`
	State    string `json:"state"` // stands, withdrawn
	Why      string `json:"why"`   // this version was written
}

// States of objects that are true or not.
const (
	stands     = "stands"
	withdrawn  = "withdrawn"
	superseded = "superseded"
)

// entryKinds are what an entry can be about.
var entryKinds = []choice{
	{"event", "Something happened", false},
	{"attack", "What the attackers did", false},
	{"action", "We did something", false},
	{"finding", "We found something out", false},
	{"contact", "We told or were told", false},
	{"press", "Published or in the press", false},
	{"milestone", "Milestone of recovery", false},
}

// KindWords say the kind.
func (e Entry) KindWords() string { return wordsOf(entryKinds, e.Kind) }

// Withdrawn reports whether the entry was found to be wrong.
func (e Entry) Withdrawn() bool { return e.State == withdrawn }

// Late is how much later we knew than it happened, in words; "" within an hour.
func (e Entry) Late() string {
	if e.Known-e.Happened < 3600 {
		return ""
	}
	return spanOf(e.Known - e.Happened)
}

// folded is what the search looks through.
func (e Entry) folded() string { return foldAll(e.Title, e.Source, e.Note) }

// foldAll is texts as the search compares them.
func foldAll(texts ...string) string { return lex.Fold(strings.Join(texts, " ")) }

// wordsOf gives the words of a value, or the value.
func wordsOf(all []choice, value string) string {
	for _, c := range all {
		if c.Value == value {
			return c.Text
		}
	}
	return value
}
