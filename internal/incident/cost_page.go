package incident

import (
	"fmt"
	"net/http"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) costSection() web.Section {
	routes := []web.Route{
		see("/costs", web.ObjectCost, m.costList),
		see("/costs/{id}", web.ObjectCost, m.costOne),
		{Pattern: "GET /costs/book", Verb: web.Export, Object: web.ObjectCost, Do: m.costBook},
	}
	routes = append(routes, both("/costs/new", web.Write, web.ObjectCost, m.costEdit)...)
	routes = append(routes, both("/costs/forecast", web.Write, web.ObjectCost, m.costForecast)...)
	routes = append(routes, both("/costs/{id}/edit", web.Write, web.ObjectCost, m.costEdit)...)
	return web.Section{Path: "/costs", Object: web.ObjectCost, Routes: routes}
}

// costQuery is the lines that a page or a file lists.
func costQuery(r *web.Request) query {
	q := query{where: "1 = 1", order: "x.day DESC, x.id DESC"}
	for _, by := range [][2]string{{"council", "x.council"}, {"stream", "x.stream"}, {"kind", "x.sort"}} {
		if v := r.Ask(by[0]); v != "" {
			q.where, q.args = q.where+" AND "+by[1]+" = ?", append(q.args, v)
		}
	}
	return q
}

func (m *Room) costList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Costs", Back: "/clocks", Lead: "What is spent and worked, what comes in, and what is expected: by council and by stream of work."}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error { return fillCosts(tx, r, &s) })
	if err != nil {
		return nil, fmt.Errorf("list costs: %w", err)
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectCost}) {
		s.Acts = append(s.Acts, leads("Add a line", "/costs/new"), leads("Enter a forecast", "/costs/forecast"))
	}
	if r.May(web.Act{Verb: web.Export, Object: web.ObjectCost}) {
		s.Acts = append(s.Acts, leads("Workbook with all lines (XLSX)", "/costs/book"))
	}
	return s.page(), nil
}

func fillCosts(tx *db.Tx, r *web.Request, s *sheet) error {
	sight := SightOf(r, web.ObjectCost)
	councils, err := Councils(tx)
	if err != nil {
		return err
	}
	names := councilNames(councils)
	sums, err := Costs(tx, sight)
	if err != nil {
		return err
	}
	groups, err := costGroups(tx, sight, r.Ask("council"))
	if err != nil {
		return err
	}
	q := costQuery(r)
	q.limit, q.skip = pageSize+1, pageOf(r)*pageSize
	if r.Machine() {
		q.limit, q.skip = mostListed, 0
	}
	lines, err := costs.list(tx, sight, q)
	if err != nil {
		return err
	}
	if s.turn(r, pageOf(r), len(lines) > pageSize && !r.Machine()); len(lines) > pageSize && !r.Machine() {
		lines = lines[:pageSize]
	}
	expected, err := forecasts.list(tx, sight, query{order: "x.council, x.at DESC, x.id DESC"})
	if err != nil {
		return err
	}
	s.Items = struct {
		Councils  []CostSum  `json:"councils"`
		Lines     []Cost     `json:"lines"`
		Forecasts []Forecast `json:"forecasts"`
	}{sums, lines, expected}
	s.Filters = append(councilFilters(r, councils), filterBy(r, "kind", append([]choice{{Text: "all lines"}}, costSorts...))...)
	streams := sumBy(groups, func(g costGroup) string { return choiceText(streams, g.stream) })
	s.Tables = []table{sumTable("By council", sums, func(of string) string { return councilWords(names, of) }), sumTable("By stream of work", streams, func(of string) string { return of }),
		forecastTable(expected, sums, names), costTable(lines, names)}
	s.costLines(lines)
	return nil
}

func sumTable(title string, sums []CostSum, name func(string) string) table {
	t := table{Title: title, Columns: []string{"", "Immediate", "Long-term", "Outturn", "of that hours", "Set aside", "Asked for", "Agreed", "Received"}, Empty: "No line yet."}
	var all CostSum
	for _, s := range sums {
		t.Rows = append(t.Rows, s.row(name(s.Of)))
		all = all.plus(s)
	}
	if len(sums) > 1 {
		t.Rows = append(t.Rows, all.row("Together"))
	}
	return t
}

func (s CostSum) row(name string) []cell {
	labour := cell{Text: moneyWords(s.Labour)}
	if s.Minutes > 0 {
		labour.Small = hoursText(s.Minutes) + " hours"
	}
	return []cell{says(name), says(moneyWords(s.Immediate)), says(moneyWords(s.Long)), says(moneyWords(s.Outturn())), labour, says(moneyWords(s.Funds)),
		says(moneyWords(s.Asked)), says(moneyWords(s.Agreed)), says(moneyWords(s.Received))}
}

func (s CostSum) plus(o CostSum) CostSum {
	return CostSum{Immediate: s.Immediate + o.Immediate, Long: s.Long + o.Long, Expected: s.Expected + o.Expected, Minutes: s.Minutes + o.Minutes, Labour: s.Labour + o.Labour,
		Funds: s.Funds + o.Funds, Asked: s.Asked + o.Asked, Agreed: s.Agreed + o.Agreed, Received: s.Received + o.Received}
}

// forecastTable sets every forecast against what is spent now: the way they went
// is part of the story.
func forecastTable(all []Forecast, sums []CostSum, names map[string]string) table {
	t := table{Title: "Forecast against outturn", ID: "forecast", Columns: []string{"Council", "As of", "Expected in all", "Between", "Outturn now", "Left of it", "Words"}, Empty: "No forecast yet."}
	outturn := make(map[string]int64)
	for _, s := range sums {
		outturn[s.Of] = s.Outturn()
	}
	for _, f := range all {
		now := outturn[f.Council]
		between := ""
		if f.High > 0 {
			between = moneyWords(f.Low) + " and " + moneyWords(f.High)
		}
		t.Rows = append(t.Rows, []cell{says(councilWords(names, f.Council)), says(shown(f.At)), {Text: moneyWords(f.Amount), Struck: f.State == stateWithdrawn}, says(between),
			says(moneyWords(now)), says(moneyWords(f.Amount - now)), says(f.Note)})
	}
	return t
}

func costTable(lines []Cost, names map[string]string) table {
	t := table{Title: "Lines", ID: "lines", Columns: []string{"Day", "What", "Council and stream", "Amount", "Agreed, received", "Stage"}, Empty: "No line yet."}
	for _, c := range lines {
		off := c.State == stateWithdrawn
		amount := cell{Text: moneyWords(c.Amount), Struck: off}
		if c.Minutes > 0 {
			amount.Small = hoursText(c.Minutes) + " hours"
		}
		came := cell{}
		if c.incoming() {
			came = cell{Text: moneyWords(c.Agreed), Small: moneyWords(c.Received)}
		}
		t.Rows = append(t.Rows, []cell{says(dayWords(c.Day)), {Text: c.Title, Path: path("/costs", c.ID), Small: c.Party, Struck: off},
			{Text: councilWords(names, c.Council), Small: choiceText(streams, c.Stream)}, amount, came, says(choiceText(costStages, c.Stage))})
	}
	return t
}

// dayWords is the day of a moment as people read it.
func dayWords(at int64) string { return time.Unix(at, 0).In(london).Format("2 January 2006") }

var costColumns = []string{"line", "council", "kind", "term", "stream", "day", "title", "party", "reference", "amount", "hours", "agreed", "received", "stage", "state", "tlp"}

func (c Cost) line() []any {
	return []any{c.ID, c.Council, c.Sort, c.Term, c.Stream, dayOf(c.Day), c.Title, c.Party, c.Reference, moneyText(c.Amount), hoursText(c.Minutes), moneyText(c.Agreed), moneyText(c.Received), c.Stage, c.State, string(c.TLP)}
}

func (s *sheet) costLines(lines []Cost) {
	s.columns = costColumns
	for _, c := range lines {
		s.lines = append(s.lines, c.line())
	}
}

func (m *Room) costOne(r *web.Request) (web.Answer, error) {
	c, err := m.costOf(r)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: c.Title, Back: "/costs", Tags: []cell{tlpTag(c.TLP)}, Items: c}
	err = m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		versions, err := costs.versions(tx, SightOf(r, web.ObjectCost), c.ID)
		if err != nil {
			return err
		}
		s.Facts = facts(factOf("Amount", cell{Text: moneyWords(c.Amount), Struck: c.State == stateWithdrawn}), factOf("What it is", says(choiceText(costSorts, c.Sort))),
			factOf("Term", says(choiceText(costTerms, c.Term))), factOf("Stream of work", says(choiceText(streams, c.Stream))), factOf("Day", says(dayWords(c.Day))),
			factOf("With", says(c.Party)), factOf("Reference", says(c.Reference)), factOf("Stage", says(choiceText(costStages, c.Stage))), markFact(names, c.Mark))
		if c.Sort == costHours {
			s.Facts = append(s.Facts, factOf("Hours", says(hoursText(c.Minutes)+" at "+moneyWords(c.Rate)+" an hour")))
		}
		if c.incoming() {
			s.Facts = append(s.Facts, factOf("Agreed", says(moneyWords(c.Agreed))), factOf("Received", says(moneyWords(c.Received))))
		}
		s.Tables = []table{versionTable(versions, func(v Cost) string {
			return moneyWords(v.Amount) + ", " + choiceText(costStages, v.Stage) + ". " + v.Why
		})}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectCost, Council: c.Council, Degree: c.TLP.Degree()}) {
		s.Acts = []cell{leads("Correct or withdraw it", path("/costs", c.ID, "edit"))}
	}
	return s.page(), nil
}

// costBook is the ledger as a workbook: sums, forecasts, lines.
func (m *Room) costBook(r *web.Request) (web.Answer, error) {
	var sums []CostSum
	var lines []Cost
	var expected []Forecast
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		sight := SightOf(r, web.ObjectCost).Leaving()
		if sums, err = Costs(tx, sight); err != nil {
			return err
		}
		if expected, err = forecasts.list(tx, sight, query{order: "x.council, x.at, x.id"}); err != nil {
			return err
		}
		q := costQuery(r)
		q.limit = mostInBook
		lines, err = costs.list(tx, sight, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	if m.Office.Temp == "" {
		return nil, reeve.WithHint(fmt.Errorf("write workbook: %w", reeve.Unavailable), "this program was started without a folder for files in work; take the list as CSV")
	}
	now := r.Now
	return web.File{Name: "costs.xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Pour: func(w http.ResponseWriter) error {
		return pourBook(w, m.Office.Temp, now, sums, expected, lines)
	}}, nil
}

// mostInBook is how many lines a workbook holds.
const mostInBook = 100_000

func pourBook(w http.ResponseWriter, temp string, now time.Time, sums []CostSum, expected []Forecast, lines []Cost) error {
	b, err := paper.NewWorkbook("Costs of the incident", "Reeve", now, temp)
	if err != nil {
		return err
	}
	defer b.Close()
	if err := sumSheet(b, sums); err != nil {
		return err
	}
	if err := b.Sheet("Forecasts", paper.SheetColumn{Title: "Council"}, paper.SheetColumn{Title: "As of"}, paper.SheetColumn{Title: "Expected £"}, paper.SheetColumn{Title: "Low £"}, paper.SheetColumn{Title: "High £"}, paper.SheetColumn{Title: "Words", Width: 50}, paper.SheetColumn{Title: "State"}); err != nil {
		return err
	}
	for _, f := range expected {
		if err := b.Row(f.Council, time.Unix(f.At, 0).UTC(), pounds(f.Amount), pounds(f.Low), pounds(f.High), f.Note, f.State); err != nil {
			return err
		}
	}
	columns := make([]paper.SheetColumn, len(costColumns))
	for i, c := range costColumns {
		columns[i].Title = c
	}
	if err := b.Sheet("Lines", columns...); err != nil {
		return err
	}
	for _, c := range lines {
		row := c.line()
		row[9], row[10], row[11], row[12] = pounds(c.Amount), float64(c.Minutes)/60, pounds(c.Agreed), pounds(c.Received)
		if err := b.Row(row...); err != nil {
			return err
		}
	}
	_, err = b.WriteTo(w)
	return err
}

func sumSheet(b *paper.Workbook, sums []CostSum) error {
	var columns []paper.SheetColumn
	for _, title := range []string{"Council", "Immediate £", "Long-term £", "Outturn £", "Hours", "Labour £", "Set aside £", "Asked for £", "Agreed £", "Received £", "Forecast £"} {
		columns = append(columns, paper.SheetColumn{Title: title})
	}
	if err := b.Sheet("Sums", columns...); err != nil {
		return err
	}
	for _, s := range sums {
		if err := b.Row(s.Of, pounds(s.Immediate), pounds(s.Long), pounds(s.Outturn()), float64(s.Minutes)/60, pounds(s.Labour), pounds(s.Funds), pounds(s.Asked), pounds(s.Agreed), pounds(s.Received), pounds(s.Forecast)); err != nil {
			return err
		}
	}
	return nil
}

// pounds is pence as a spreadsheet reckons with them.
func pounds(pence int64) float64 { return float64(pence) / 100 }
