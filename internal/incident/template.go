package incident

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
)

// Playbook is what an incident of one sort asks of a council: what is done
// first, in seven work streams, which decisions come up, and which clocks may
// run. It is a beginning: everything that it lays out can be changed or dropped.
type Playbook struct {
	Key      string
	Title    string
	What     string // when to take it
	Severity string
	Tasks    []play
	Open     []opening
	Clocks   []string // duties of the table of clocks, by id
}

// play is a task of a playbook.
type play struct {
	key    string // by which others wait for it
	stream string
	title  string
	hours  int // after the incident was opened
	after  string
	steps  []string
}

// opening is a decision that comes up first.
type opening struct {
	title   string
	options []string
	ask     string // the question
}

// playbookOf finds a playbook; nil for none.
func playbookOf(key string) *Playbook {
	for i := range playbooks {
		if playbooks[i].Key == key {
			return &playbooks[i]
		}
	}
	return nil
}

// playbookChoices offers the playbooks.
func playbookChoices() []choice {
	return each(playbooks, func(p Playbook) choice { return choice{p.Key, p.Title + ": " + p.What, false} })
}

// layOut writes the tasks and first decisions of a playbook. by signs them; it
// gives how many there are. Laying out the same playbook again adds what a
// second phase needs, beside what is there.
func (p Playbook) layOut(tx *db.Tx, by Kept) (n int64, err error) {
	ids := make(map[string]int64)
	for _, x := range p.Tasks {
		t := Task{Kept: by, Stream: x.stream, Title: x.title, Due: by.ChangedAt + int64(x.hours)*3600, State: taskOpen, Steps: strings.Join(x.steps, "\n"), Origin: "playbook:" + p.Key}
		if id := ids[x.after]; x.after != "" {
			t.Needs = fmt.Sprint(id)
		}
		if err := taskShelf.put(tx, &t, 0); err != nil {
			return n, err
		}
		if x.key != "" {
			ids[x.key] = t.ID
		}
		n++
	}
	if len(p.Clocks) > 0 {
		t := Task{Kept: by, Stream: "agencies", Title: "Start the clocks that run", Due: by.ChangedAt + 3600, State: taskOpen, Steps: p.clockSteps(), Origin: "playbook:" + p.Key,
			Detail: "Each clock begins with a moment that somebody decides, with reasons: /clocks."}
		if err := taskShelf.put(tx, &t, 0); err != nil {
			return n, err
		}
		n++
	}
	for _, o := range p.Open {
		d := Decision{Kept: by, Title: o.title, Question: o.ask, Options: strings.Join(o.options, "\n"), Decided: by.ChangedAt, State: proposed}
		if err := decisionShelf.put(tx, &d, 0); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func (p Playbook) clockSteps() string {
	return strings.Join(each(p.Clocks, func(id string) string {
		if d := dutyOf(id); d != nil {
			return d.Title
		}
		return id
	}), "\n")
}
