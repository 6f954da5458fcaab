package notice

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve/internal/paper"
)

// This file writes what people carry: a brief for a named worker about their own
// people, and the list of a round from door to door.

// carryRules stand on both papers. The sources are mission requirement 12 and the
// rule that a letter in the wrong hand can reveal a refuge.
var carryRules = []string{
	"This paper is for you alone. Keep it with you. Do not copy it, photograph it or send it on.",
	"Give it back when you have filled it in. We destroy it.",
	"Tell only the person themself. Say nothing to anybody else, not even that there is something to tell.",
	"If it is not safe, or you are not sure: do not tell them. Call us at once.",
}

var workerRules = []string{
	"You know these people. Decide when, where and how to tell them, and whether now is the time.",
	"We write, call or send nothing to them ourselves. What you do not tell them they do not hear from us.",
}

var safetyQuestions = []string{
	"Can they talk to you now without anybody listening?",
	"Who else opens their post, reads their messages or uses their telephone?",
	"Is there somebody who must not find out where they live, what we hold, or that we spoke to them?",
	"Would it change their safety if somebody else read what was copied? Plan for that with them first.",
}

var askThem = []string{
	"Has anybody contacted you who knew things about you that they should not know?",
	"How shall we reach you from now on, and how not?",
	"What help do you want now?",
}

var doorRules = []string{
	"Ask for the person by name. Hand the letter over only when they have said who they are: full name and date of birth, or a card with a photograph.",
	"Never put a letter through the door, and never leave it with somebody else.",
	"Not in: leave nothing, and say nothing. There are two tries for each letter.",
}

// briefOf writes the paper of a round. people are those who may still be told;
// the order is theirs.
func (r *run) briefOf(o *round, people []frozenMessage) (*paper.Document, error) {
	d := &paper.Document{Author: r.Wording.Council, Date: dayOf(r.On),
		Footer: fmt.Sprintf("Round %d, %d people, digest %.16s. For the person named on page 1 alone.", o.ID, len(people), o.Digest)}
	carrier := o.carriedBy()
	if o.Way == Worker {
		d.Title, d.Subtitle = "Brief for "+carrier, "People whose named worker you are, and whose data was copied"
		d.Blocks = append(d.Blocks, paper.List{Items: append(append([]string{}, workerRules...), carryRules...)})
		if err := r.addPeople(d, people); err != nil {
			return nil, err
		}
	} else {
		d.Title, d.Subtitle = "Letters to hand over", "Round of "+carrier
		d.Blocks = append(d.Blocks, paper.List{Items: append(append([]string{}, doorRules...), carryRules...)}, doorTable(people), outcomeTable(Hand))
	}
	if r.Wording.Line != "" {
		d.Blocks = append(d.Blocks, paper.Paragraph{Text: "Call us: " + r.Wording.Line, Style: paper.Strong})
	}
	d.Blocks = append(d.Blocks, paper.Heading{Level: 2, Text: "I have received this paper"},
		paper.Facts{Rows: []paper.Fact{{Name: "Name", Value: carrier}, {Name: "Day and time", Value: "____________________"}, {Name: "Signature", Value: "____________________"}}})
	return d, nil
}

// addPeople writes a part for each of a worker's people.
func (r *run) addPeople(d *paper.Document, people []frozenMessage) error {
	for i := range people {
		c := &people[i].Recipient
		t, err := r.templateFor(c)
		if err != nil {
			return err
		}
		m, err := compose(t, c, &r.Wording, r.Coverage, r.On)
		if err != nil {
			return err
		}
		who := c.open()
		facts := []paper.Fact{{Name: "Reference", Value: c.Reference}, {Name: "Worker", Value: who.Worker}}
		if who.About != "" {
			facts = append(facts, paper.Fact{Name: "It is about", Value: who.About})
		}
		d.Blocks = append(d.Blocks, paper.PageBreak{}, paper.Heading{Level: 1, Text: strconv.Itoa(i+1) + ". " + who.Name}, paper.Facts{Rows: facts},
			paper.Heading{Level: 2, Text: "Ask yourself first"}, paper.List{Items: safetyQuestions},
			paper.Heading{Level: 2, Text: "What was found, and what to say"})
		d.Blocks = append(d.Blocks, lowered(m.Blocks)...)
		d.Blocks = append(d.Blocks, paper.Heading{Level: 2, Text: "What to ask"}, paper.List{Items: askThem}, outcomeTable(Worker))
	}
	return nil
}

// lowered puts the headings of a notice below those of the paper.
func lowered(blocks []paper.Block) []paper.Block {
	all := make([]paper.Block, len(blocks))
	for i, b := range blocks {
		if h, ok := b.(paper.Heading); ok {
			b = paper.Heading{Level: h.Level + 1, Text: h.Text}
		}
		all[i] = b
	}
	return all
}

// doorTable lists where to go.
func doorTable(people []frozenMessage) paper.Table {
	t := paper.Table{Caption: "Where to go", Columns: []paper.Column{{Title: "No", Number: true}, {Title: "Who"}, {Title: "Where"}, {Title: "Letter"}, {Title: "Outcome, day and time"}}}
	for i := range people {
		o := people[i].Recipient.open()
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), o.Name, strings.Join(o.Lines[min(1, len(o.Lines)):], ", "), people[i].Recipient.Reference, ""})
	}
	return t
}

// outcomeTable is where the carrier ticks what came of it.
func outcomeTable(w Way) paper.Table {
	t := paper.Table{Caption: "What came of it", Columns: []paper.Column{{Title: "Outcome"}, {Title: "Day and time"}, {Title: "Initials"}}}
	for _, o := range tryOutcomes {
		if o.Way == w && o.counts() {
			t.Rows = append(t.Rows, []string{o.Words, "", ""})
		}
	}
	return t
}
