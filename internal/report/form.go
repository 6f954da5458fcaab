package report

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/incident"
)

// form is one sort of return: to whom it goes, and its questions in the order
// in which that body asks them.
type form struct {
	Kind     string // in addresses and tables
	Title    string
	To       string
	How      string            // how that body takes it
	Audience incident.Audience // the facts it is filled from were released this far at least
	TLP      incident.TLP      // proposed for a new one
	Note     string            // what to know before it is sent
	Figures  bool              // it holds figures of a list version
	Clock    bool              // the 72 hours from awareness run for it
	Phased   bool              // it may be followed up
	Parts    []part
}

// part is a page or a heading of a form.
type part struct {
	Title     string
	Questions []question
}

// question is one thing that is asked.
type question struct {
	Key    string // never changed: answers are kept under it
	Label  string
	Hint   string
	As     shape
	From   []string // what may be chosen
	Topics []string // facts on these topics, and on parts of them ("services: rents"), fill it when the return is begun
	Need   bool     // must be answered before anybody approves
	Follow bool     // asked in a follow-up alone
	Cyber  bool     // asked of a cyber incident alone
	Person bool     // names a person who acts for the council: not searched for names
}

// shape is how a question is answered.
type shape int

const (
	asText    shape = iota // some sentences
	asLine                 // a few words
	asChoice               // one of From
	asSeveral              // any of From, one in a line
	asMoment               // a day and a time
	asFigures              // taken from the list version, never typed
)

// The lengths of answers, in characters.
const (
	lineLength = 300
	textLength = 8000
)

// answers are what was answered, by key.
type answers map[string]string

// formOf finds a form by its kind.
func formOf(kind string) (form, bool) {
	i := slices.IndexFunc(forms, func(f form) bool { return f.Kind == kind })
	if i < 0 {
		return form{}, false
	}
	return forms[i], true
}

// asked gives the parts of a form with the questions that are asked of a return
// of this sort, so answered; parts without any are left out.
func (f form) asked(followUp bool, a answers) []part {
	var all []part
	for _, p := range f.Parts {
		p.Questions = slices.DeleteFunc(slices.Clone(p.Questions), func(q question) bool {
			return q.Follow && !followUp || q.Cyber && a["cyber"] == "No"
		})
		if len(p.Questions) > 0 {
			all = append(all, p)
		}
	}
	return all
}

// missing gives the labels of what must still be answered.
func (f form) missing(followUp bool, a answers) []string {
	var labels []string
	for _, p := range f.asked(followUp, a) {
		for _, q := range p.Questions {
			if q.Need && q.As != asFigures && strings.TrimSpace(a[q.Key]) == "" {
				labels = append(labels, q.Label)
			}
		}
	}
	return labels
}

// change is a question whose answer differs between two versions.
type change struct {
	Part   string `json:"part"`
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// changes compares two sets of answers to a form, in its order. What only one of
// the two was asked counts as empty in the other.
func (f form) changes(before, after answers) []change {
	var all []change
	for _, p := range f.Parts {
		for _, q := range p.Questions {
			if was, is := strings.TrimSpace(before[q.Key]), strings.TrimSpace(after[q.Key]); was != is {
				all = append(all, change{p.Title, q.Label, was, is})
			}
		}
	}
	return all
}
