package report

import (
	"errors"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
)

// gathered is what a paper is written from: everything in it may go to its
// readers.
type gathered struct {
	Now       int64
	Since     int64 // of the timeline
	Audience  incident.Audience
	Council   string
	Summary   string // typed by who makes the paper
	Asked     string // what the readers are asked to do, typed
	Facts     []incident.FactLine
	Entries   []incident.Entry
	Decisions []incident.Decision
	Tasks     []incident.Task
	Clocks    []incident.Clock
	Agencies  []incident.Agency
	LastTold  map[int64]int64 // agency → when it was last told something
	Costs     []incident.CostSum
	Figures   *figures
	Lessons   []Lesson
	Returns   []Filing
	TLP       incident.TLP // the closest label of anything that was used
	used      []int64      // versions of facts
}

// mostEntries bounds the timeline of a paper.
const mostEntries = 5000

// gather reads what may stand in a paper, through one sight for all of it.
func (g *gathered) gather(tx *db.Tx, s incident.Sight, list int64) (err error) {
	g.TLP = incident.Clear
	if g.Facts, err = incident.FactsSeen(tx, g.Audience, s); err != nil {
		return err
	}
	s = outward(s, g.Council, g.Audience)
	if g.Entries, err = incident.Entries(tx, s, g.Since, mostEntries); err != nil {
		return err
	}
	if g.Decisions, err = incident.Decisions(tx, s); err != nil {
		return err
	}
	if g.Tasks, err = incident.Tasks(tx, s); err != nil {
		return err
	}
	if g.Clocks, err = incident.Clocks(tx, s); err != nil {
		return err
	}
	if g.Agencies, g.LastTold, err = incident.Agencies(tx, s); err != nil {
		return err
	}
	if g.Costs, err = incident.Costs(tx, s); err != nil {
		return err
	}
	return g.gatherOwn(tx, s, list)
}

// gatherOwn reads what this room keeps, and the figures.
func (g *gathered) gatherOwn(tx *db.Tx, s incident.Sight, list int64) error {
	lessons, err := readLessons(tx)
	if err != nil {
		return err
	}
	for _, l := range lessons {
		if l.Now = g.Now; s.Sees(l.Mark) {
			g.Lessons = append(g.Lessons, l)
		}
	}
	returns, err := readFilings(tx, "")
	if err != nil {
		return err
	}
	g.Returns = slices.DeleteFunc(returns, func(f Filing) bool { return !s.Sees(f.Mark) })
	if list == 0 {
		return nil
	}
	f, err := countList(tx, list, g.Council)
	if errors.Is(err, reeve.NotFound) {
		return reeve.WithHint(err, "there is no such list version, or its rows were destroyed")
	}
	g.Figures = &f
	return err
}

// use marks what stands in the paper: the paper is as close as the closest of
// it. What one council shares with some of the others alone makes a paper of the
// whole incident one that no other council sees, unless it was released.
func (g *gathered) use(k incident.Mark) {
	if k.TLP == incident.Amber && k.Council != "" && k.Council != g.Council && g.Audience != incident.Partners {
		k.TLP = incident.AmberStrict
	}
	if slices.Index(incident.TLPs, k.TLP) > slices.Index(incident.TLPs, g.TLP) {
		g.TLP = k.TLP
	}
}

// cite marks a fact as used.
func (g *gathered) cite(f incident.FactLine) {
	g.use(f.Mark)
	if !slices.Contains(g.used, f.Version) {
		g.used = append(g.used, f.Version)
	}
}

// about gives the facts of a sort on some topics, marked as used; no topics are
// all.
func (g *gathered) about(sort string, topics ...string) (all []incident.FactLine) {
	for _, f := range g.Facts {
		if f.Sort == sort && (len(topics) == 0 || speaksOf(f.Topic, topics)) {
			g.cite(f)
			all = append(all, f)
		}
	}
	return all
}
