package incident

import (
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// This file is what rooms above read of the book beside facts: each function
// gives what stands and may be seen by a Sight, in the order in which a paper
// tells it.

// AwareSince gives since when a council has been aware of the breach, as it was
// decided, the earliest if there are several; where the council has no decision
// of its own, that for the whole incident counts. reeve.NotFound before anybody
// decided.
func AwareSince(tx *db.Tx, council string) (int64, error) {
	all, err := awares.list(tx, Sight{All: true, Levels: TLPs}, query{where: "x.state = 'stands' AND x.council IN (?, '')", args: []any{council},
		order: "x.council DESC, x.at, x.id", limit: 1})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("read awareness: %w", reeve.NotFound)
	}
	if err != nil {
		return 0, err
	}
	return all[0].At, nil
}

// Levels are the labels of what may go to an audience; red goes to none.
func (a Audience) Levels() []TLP { return a.levels() }

// Entries gives the entries of the timeline whose event lies from a moment on,
// seconds UTC, the earliest first and at most limit of them: the latest ones.
func Entries(tx *db.Tx, s Sight, from int64, limit int) ([]Entry, error) {
	all, err := listEntries(tx, entryQuery{Sight: s, From: from, Limit: limit})
	slices.Reverse(all)
	return slices.DeleteFunc(all, Entry.Withdrawn), err
}

// Tasks gives the tasks that are not over, those that are due first in front.
func Tasks(tx *db.Tx, s Sight) ([]Task, error) {
	return taskShelf.list(tx, s, query{where: "x.state IN ('open', 'doing', 'blocked')", order: "CASE WHEN x.due = 0 THEN 1 ELSE 0 END, x.due, x.id"})
}

// Clocks gives all clocks, those that run and end soonest in front.
func Clocks(tx *db.Tx, s Sight) ([]Clock, error) {
	return clocks.list(tx, s, query{order: soonest})
}

// Agencies gives the bodies that are told or work on the incident, each with
// when it was last told something, 0 for never.
func Agencies(tx *db.Tx, s Sight) (all []Agency, last map[int64]int64, err error) {
	last = make(map[int64]int64)
	if all, err = agencies.list(tx, s, query{}); err != nil {
		return nil, nil, err
	}
	said, err := tolds.under(tx, each(all, func(a Agency) int64 { return a.ID })...)
	for _, t := range said {
		if t.State == stateStands {
			last[t.Parent] = max(last[t.Parent], t.At)
		}
	}
	return all, last, err
}

// StateWords say how far things are with the agency.
func (a Agency) StateWords() string { return choiceText(agencyStates, a.State) }

// Decisions gives what was decided or is proposed, the earliest first. Legal
// advice is no part of a decision.
func Decisions(tx *db.Tx, s Sight) ([]Decision, error) {
	return decisionShelf.list(tx, s, query{where: "x.state <> 'withdrawn'", order: "x.decided, x.id"})
}

// Money is pence as people read them: "£1,250.00".
func Money(pence int64) string { return moneyWords(pence) }
