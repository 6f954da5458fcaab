package report

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve/internal/incident"
)

// summaryPart and askPart are what the maker of the paper typed.
func summaryPart(g *gathered) []piece { return typedPart(g.Summary) }
func askPart(g *gathered) []piece     { return typedPart(g.Asked) }

func typedPart(text string) (all []piece) {
	for _, p := range strings.Split(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, plain(p))
		}
	}
	return all
}

func knownPart(g *gathered) []piece   { return factsPart(g, "known") }
func unknownPart(g *gathered) []piece { return factsPart(g, "unknown") }
func assumedPart(g *gathered) []piece { return factsPart(g, "assumed") }

// factsPart tells the facts of a sort by topic. Where facts contradict each
// other it says so and tells all of them.
func factsPart(g *gathered, sort string) (all []piece) {
	topic := ""
	for _, f := range g.about(sort) {
		if name := cmp.Or(strings.TrimSpace(f.Topic), "Other"); !strings.EqualFold(name, topic) {
			topic = name
			all = append(all, head(2, sentence(name)))
			if f.Disputed {
				all = append(all, warning("Sources contradict each other here, and nobody has decided yet which is right."))
			}
		}
		all = append(all, plain(f.Claim), small(fmt.Sprintf("%s, as of %s; %s. Fact version %d.", f.Source, shown(f.AsOf), f.Confidence, f.Version)))
	}
	return all
}

// sentence begins a text with a capital.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func figuresPart(g *gathered) []piece {
	if g.Figures == nil {
		return nil
	}
	if g.Audience == incident.Public || g.Audience == incident.Press {
		return []piece{plain(fmt.Sprintf("Between %s and %s people, likely %s, had data in the copied files. This is counted from version %d of the list, of %s, and may change.",
			digits(g.Figures.People.Least), digits(g.Figures.People.Most), digits(g.Figures.People.Likely), g.Figures.List, shown(g.Figures.MadeAt)))}
	}
	return g.Figures.pieces()
}

func timelinePart(g *gathered) []piece {
	t := table{Caption: "Times are those of London", Columns: []string{"Happened", "Known to us", "What", "Source"}}
	for _, e := range g.Entries {
		g.use(e.Mark)
		what := e.Title
		if e.Note != "" {
			what += "\n" + e.Note
		}
		t.Rows = append(t.Rows, []string{shown(e.Happened), shown(e.Known), what, e.Source})
	}
	return rowsOf(t)
}

// rowsOf is a table, or nothing where it has no row.
func rowsOf(t table) []piece {
	if len(t.Rows) == 0 {
		return nil
	}
	return []piece{{Table: &t}}
}

func clocksPart(g *gathered) []piece {
	t := table{Caption: "Statutory clocks", Columns: []string{"Council", "Duty", "Ends", "State"}}
	for _, c := range g.Clocks {
		g.use(c.Mark)
		end, left := c.Words(timeAt(g.Now))
		t.Rows = append(t.Rows, []string{cmp.Or(c.Council, "all"), c.Title, end, left})
	}
	return rowsOf(t)
}

// mostTasks bounds the tasks of a paper: those due first.
const mostTasks = 40

func tasksPart(g *gathered) []piece {
	late := 0
	t := table{Caption: "Tasks that are not done, due first", Columns: []string{"Task", "Owner", "Due", "State"}}
	for _, x := range g.Tasks {
		g.use(x.Mark)
		state := x.StateWords()
		if x.Late(g.Now) {
			late++
			state += ", late"
		}
		if len(t.Rows) < mostTasks {
			t.Rows = append(t.Rows, []string{x.Title, cmp.Or(x.OwnerName, "nobody yet"), shown(x.Due), state})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []piece{plain(fmt.Sprintf("%s tasks are not done; %s are late.", digits(int64(len(g.Tasks))), digits(int64(late)))), {Table: &t}}
}

func agenciesPart(g *gathered) []piece {
	t := table{Caption: "Bodies outside", Columns: []string{"Agency", "State", "Reference", "Last told"}}
	for _, a := range g.Agencies {
		g.use(a.Mark)
		t.Rows = append(t.Rows, []string{a.Title, a.StateWords(), a.Reference, shown(g.LastTold[a.ID])})
	}
	return rowsOf(t)
}

func lessonsPart(g *gathered) []piece {
	t := table{Caption: "Lessons and recommendations", Columns: []string{"What", "Source", "Owner", "Due", "State"}}
	for _, l := range g.Lessons {
		g.use(l.Mark)
		state := l.StateWords()
		if l.Late() {
			state += ", late"
		}
		t.Rows = append(t.Rows, []string{l.What, l.Source, l.OwnerName, l.DueDay(), state})
	}
	return rowsOf(t)
}

func returnsPart(g *gathered) []piece {
	t := table{Caption: "Returns to regulators and agencies", Columns: []string{"To", "Version", "State", "Sent", "Reference"}}
	for _, f := range g.Returns {
		g.use(f.Mark)
		t.Rows = append(t.Rows, []string{f.form().To, fmt.Sprint(f.Number), f.StateWords(), shown(f.SentAt), f.Reference})
	}
	return rowsOf(t)
}

func decisionsPart(g *gathered) []piece {
	t := table{Caption: "Decisions", Columns: []string{"Decided", "Decision", "By, and by what authority", "Reason", "State"}}
	for _, d := range g.Decisions {
		g.use(d.Mark)
		t.Rows = append(t.Rows, []string{shown(d.Decided), d.Title, strings.TrimSuffix(d.Decider+"; "+d.Authority, "; "), d.Reason, d.StateWords()})
	}
	return rowsOf(t)
}

// costPart tells the sums by council. Sums may hold lines of any label that its
// readers may see, so the paper is no freer than amber.
func costPart(g *gathered) []piece {
	t := table{Caption: "Sums by council", Columns: []string{"Council", "Immediate", "Long-term", "Spent and committed", "Forecast", "Asked for", "Received"}, Numbers: []int{1, 2, 3, 4, 5, 6}}
	for _, c := range g.Costs {
		g.use(incident.Mark{TLP: incident.Amber})
		t.Rows = append(t.Rows, []string{cmp.Or(c.Of, "all"), incident.Money(c.Immediate), incident.Money(c.Long), incident.Money(c.Outturn()), incident.Money(c.Forecast),
			incident.Money(c.Asked), incident.Money(c.Received)})
	}
	return rowsOf(t)
}
