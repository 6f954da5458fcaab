package detect

import (
	"strings"

	"github.com/reeve-council/reeve/internal/lex"
)

// DocumentType is what sort of document the text seems to be. Public texts
// speak to everybody: what they say is said of nobody, and the numbers in them
// are examples.
type DocumentType uint8

// The types that matter to the rules of scope.
const (
	Unknown DocumentType = iota
	Record               // letter, form, case note: about somebody
	Mail
	Minutes
	Public // leaflet, policy, newsletter, training: about nobody
	Blank  // a template or form not filled in
)

var typeNames = [...]string{"unknown", "record", "mail", "minutes", "public", "blank"}

// String is the type's name in lower case.
func (t DocumentType) String() string { return typeNames[t] }

// cue is what a phrase says about the type of the document it stands in.
type cue uint8

const (
	cueNone cue = iota
	cuePublic
	cueRecord
	cueMinutes
	cueBlank
)

type cueRow struct {
	cue   cue
	words string
}

var cueRows = []cueRow{
	{cuePublic, `this leaflet|how to apply|for more information|visit our website|you may be eligible|you can apply|find out more|frequently asked questions|large print|this booklet|this factsheet|
		this policy|policy statement|this procedure|this guidance|code of practice|version control|document control|equality impact assessment|terms of reference|aims and objectives|
		training materials|learning outcomes|learning objectives|case study|scenario|quiz|training course|workshop|trainer notes|slide|newsletter|press release|notes to editors|who can apply|
		drop in session|helpline|all residents|our services|our service|what we do|we offer|we provide|eligibility criteria|statutory guidance|good practice|practice guidance|fact sheet|
		guidance for staff|all staff|e learning|protocol|toolkit|privacy notice|terms and conditions|strategy|consultation|user guide|example only|fictional|fictitious|worked example|sample data`},
	{cueRecord, `home visit|case note|case notes|telephone call from|t c from|phone call from|our ref|your ref|i am writing to|further to your|your application|your claim|your tenancy|your account|
		chronology|assessment of|care plan review|risk assessment|statement of|visited today|visited|case closed|case summary|allocated to|contact record|interview with`},
	{cueMinutes, `minutes of|minutes|matters arising|apologies for absence|action points|in attendance|agenda|agenda item|any other business|date of next meeting`},
	{cueBlank, `delete as appropriate|insert name|block capitals|please print|please complete|for office use only|office use only|please tick|insert date|mail merge|template|complete all sections|
		enter your|dd mm yyyy|example|specimen|for example`},
}

// tally is the evidence for a type in one block.
type cues [5]int

// typeOf judges the first block of a document by the cues among its marks.
func (d *Document) typeOf(text string, marks []lex.Mark) DocumentType {
	var n cues
	people, values := 0, 0
	for _, m := range marks {
		switch m.Kind {
		case lex.MarkWord:
			if t := d.set.term(m); t != nil {
				n[t.cue]++
			}
		case lex.MarkName, lex.MarkPerson:
			people++
			if m.Has(lex.FlagDear) {
				n[cueRecord] += 3
			}
		case lex.MarkAddress, lex.MarkRef:
			values++
		}
	}
	head := text[:min(len(text), 4096)]
	return n.judge(head, people, values+filledLabels(head))
}

// filledLabels counts the labels of a text's head that have a good value of a
// person beside them: a form that somebody has filled in is no leaflet, whatever
// it says of whom to ask.
func filledLabels(head string) int {
	n := 0
	for line := range strings.SplitSeq(head, "\n") {
		label, value, ok := strings.Cut(line, ":")
		if !ok || len(label) > maxLabel || len(value) > 80 || !mayBeHeading(label) || exemplary(line, len(line)) {
			continue
		}
		h := readHeading(strings.TrimSpace(label))
		if !h.known() || h.detector == nil || h.part == partText || h.bare {
			continue
		}
		if _, ok := h.valueOf(strings.TrimSpace(value)); ok {
			n++
		}
	}
	return n
}

func (n cues) judge(head string, people, values int) DocumentType {
	if mailHead(head) {
		return Mail
	}
	merge := strings.Count(head, "«") + strings.Count(head, "{{") + strings.Count(head, "[insert") + strings.Count(head, "[Insert") + strings.Count(head, "____")
	if !strings.Contains(head, "<<<") { // a machine readable zone
		merge += strings.Count(head, "<<")
	}
	switch public := n[cuePublic]; {
	case merge >= 3 && values == 0:
		return Blank
	case public >= 3 && public > 2*(n[cueRecord]+values), public >= 1 && n[cueRecord] == 0 && values == 0 && people <= 2*public:
		return Public
	case n[cueBlank] >= 3 && n[cueRecord] == 0 && values == 0 && people == 0:
		return Blank
	case n[cueMinutes] >= 2:
		return Minutes
	case n[cueRecord] >= 1:
		return Record
	}
	return Unknown
}

// mailHead reports whether a text starts as a message does: From and To or Sent
// or Subject among its first lines.
func mailHead(head string) bool {
	from, other := false, false
	for i := 0; i < 8 && head != ""; i++ {
		line, rest, _ := strings.Cut(head, "\n")
		head = rest
		name, _, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		switch name {
		case "From":
			from = true
		case "To", "Sent", "Subject", "Date", "Cc":
			other = true
		}
	}
	return from && other
}
