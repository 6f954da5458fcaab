package review

import (
	"cmp"
	"slices"

	"github.com/reeve-council/reeve"
)

// What a verdict can be about.
const (
	aboutPerson     = "person"     // what was found of a person
	aboutLink       = "link"       // whether a mention is a person
	aboutFinding    = "finding"    // one value
	aboutDocument   = "document"   // what an item is, and whether it matters
	aboutContact    = "contact"    // how a person may be contacted
	aboutController = "controller" // which council held a person's data
)

// Values of verdicts. About a contact the values are the contract's; about a
// controller the code of a council; a document's type is "type:" and a word.
const (
	saysConfirmed   = "confirmed"
	saysNotTheirs   = "not-theirs"
	saysNotPersonal = "not-personal"
	saysUnsure      = "unsure"
	saysIrrelevant  = "irrelevant"
	saysMatters     = "matters" // an item that could not be read and must be
	saysType        = "type:"
	saysTheirs      = "theirs:" // of a link: the mention is another person, whose id follows
)

// verdict is what one person said of a thing, with what became of it.
type verdict struct {
	ID       int64      `json:"id"`
	About    string     `json:"about"`
	Thing    string     `json:"thing"`
	Value    string     `json:"value"`
	Why      string     `json:"why"`
	Basis    string     `json:"basis,omitempty"`
	Evidence string     `json:"evidence,omitempty"`
	Dated    string     `json:"dated,omitempty"`
	Seen     string     `json:"-"`
	By       string     `json:"by"`
	ByName   string     `json:"by_name"`
	At       int64      `json:"at"`
	Needs    string     `json:"needs_second"` // why a second person is asked; "" where none is
	Settles  bool       `json:"settles"`
	Batch    int64      `json:"batch"`
	Act      int64      `json:"act"`
	Decision int64      `json:"decision"`
	Second   *second    `json:"second"`
	Gone     *withdrawn `json:"withdrawn"`
}

// second is what another person said of a verdict.
type second struct {
	Agreed   bool   `json:"agreed"`
	Why      string `json:"why"`
	By       string `json:"by"`
	ByName   string `json:"by_name"`
	At       int64  `json:"at"`
	Decision int64  `json:"decision"`
}

// withdrawn is how a verdict came not to hold any more.
type withdrawn struct {
	Cause  string `json:"cause"`
	Why    string `json:"why"`
	By     string `json:"by"`
	ByName string `json:"by_name"`
	At     int64  `json:"at"`
}

// Causes of a withdrawal.
const (
	causeWithdrawn = "withdrawn"
	causeReplaced  = "replaced" // by a later one of the same person
	causeSettled   = "settled"  // by a third person
	causeUndone    = "undone"   // with the whole act on many
)

// verdictState is what holds of a thing.
type verdictState struct {
	State   string `json:"state"`
	Value   string `json:"value"`
	Verdict int64  `json:"verdict"`
	By      string `json:"by"`
	At      int64  `json:"at"`
	Version int64  `json:"version"`
}

// States of a thing.
const (
	stateNone     = "none"
	stateWaiting  = "waiting"  // for a second person
	stateStands   = "stands"   // it holds
	stateConflict = "conflict" // two people differ: a third settles it
)

// outcomeOf tells what holds of a thing by its log, oldest first. "Unsure" yields to
// any other word. Two people who say the same are each other's second; two who
// differ, and a second who does not agree, are a conflict until a third person
// settles it.
func outcomeOf(log []verdict) verdictState {
	live := slices.Clone(log)
	live = slices.DeleteFunc(live, func(v verdict) bool { return v.Gone != nil })
	if i := slices.IndexFunc(live, func(v verdict) bool { return v.Settles }); i >= 0 {
		live = live[i:]
	}
	firm := slices.DeleteFunc(slices.Clone(live), func(v verdict) bool { return v.Value == saysUnsure })
	if len(firm) == 0 {
		firm = live
	}
	if len(firm) == 0 {
		return verdictState{State: stateNone}
	}
	first := firm[0]
	at := verdictState{State: stateWaiting, Value: first.Value, Verdict: first.ID, By: first.By, At: first.At}
	for _, v := range firm {
		at.At = max(at.At, v.At)
		switch {
		case v.Value != first.Value, v.Second != nil && !v.Second.Agreed && !v.Settles:
			return verdictState{State: stateConflict, At: at.At}
		case v.Needs == "", v.Settles, v.Second != nil, v.By != first.By:
			at.State = stateStands
		}
	}
	return at
}

// judged is what policy needs to know of a person to say whether one pair of
// eyes is enough.
type judged struct {
	Lane       reeve.Lane
	Signals    []reeve.Signal
	Categories []string
}

// Why a second person is asked.
const (
	needsSpecial = "special categories of data or data on offences"
	needsSafety  = "the person is in the safety lane"
	needsSignal  = "the person has a safety signal"
	needsContact = "safe contact: a letter, a call or a message could reach somebody dangerous"
)

// secondFor says why policy asks for a second person, "" where it does not.
// "Unsure" never needs one: it decides nothing.
func secondFor(about, value string, p judged) string {
	safety := slices.ContainsFunc(p.Signals, reeve.Signal.Safety)
	switch {
	case value == saysUnsure:
		return ""
	case about == aboutContact:
		if bulkContact(value) {
			return needsContact
		}
		return ""
	case value != saysConfirmed && value != saysMatters && safety:
		return needsSignal
	case about == aboutPerson && p.Lane == reeve.LaneSafety:
		return needsSafety
	case about == aboutPerson && slices.ContainsFunc(p.Categories, special):
		return needsSpecial
	}
	return ""
}

// bulkContact reports whether a contact value lets a person into a bulk run.
func bulkContact(value string) bool {
	switch reeve.SafeContact(value) {
	case reeve.ContactPost, reeve.ContactPhone, reeve.ContactEmail:
		return true
	}
	return false
}

// verdictValues are what can be said about a thing, with words.
var verdictValues = map[string][]choice{
	aboutPerson: {
		{saysConfirmed, "Confirmed: it is this person, and these are their data"},
		{saysNotTheirs, "Not theirs: the wrong person"},
		{saysNotPersonal, "Not personal data"},
		{saysUnsure, "Unsure"},
	},
	aboutLink: {
		{saysConfirmed, "It is this person"},
		{saysNotTheirs, "It is somebody else"},
		{saysUnsure, "Nobody can tell"},
	},
	aboutFinding: {
		{saysConfirmed, "It is what the machine says"},
		{saysNotTheirs, "It belongs to somebody else"},
		{saysNotPersonal, "Not personal data"},
		{saysUnsure, "Unsure"},
	},
	aboutDocument: {
		{saysMatters, "It matters: it must be read or acted on"},
		{saysIrrelevant, "Irrelevant: nothing about anybody"},
		{saysType + "case-record", "A record about somebody"},
		{saysType + "correspondence", "A letter or message"},
		{saysType + "list", "A list of people"},
		{saysType + "template", "A form or template nobody has filled in"},
		{saysType + "publication", "A leaflet, policy or minutes that were published"},
		{saysUnsure, "Unsure"},
	},
	aboutContact: {
		{string(reeve.ContactWorker), "Through a named worker"},
		{string(reeve.ContactHold), "Hold: no contact"},
		{string(reeve.ContactPost), "By post"},
		{string(reeve.ContactPhone), "By telephone"},
		{string(reeve.ContactEmail), "By email"},
		{string(reeve.ContactNotAssessed), "Not assessed"},
	},
}

// verdictWords says a value in words.
func verdictWords(about, value string) string {
	switch w := wordsIn(verdictValues[about], value); {
	case w != value:
		return w
	case about == aboutController:
		return "The data were held by " + value
	default:
		return sentence(cmp.Or(value, "nothing"))
	}
}
