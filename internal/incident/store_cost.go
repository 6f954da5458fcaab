package incident

import "github.com/reeve-council/reeve/internal/db"

var (
	costs     = shelf[Cost, *Cost]{"incident_cost", KindCost, "sort, term, stream, day, title, party, reference, amount, minutes, rate, agreed, received, fund, stage, state, why"}
	forecasts = shelf[Forecast, *Forecast]{"incident_forecast", KindForecast, "at, amount, low, high, note, state, why"}
)

func (c *Cost) places() []any {
	return []any{&c.Sort, &c.Term, &c.Stream, &c.Day, &c.Title, &c.Party, &c.Reference, &c.Amount, &c.Minutes, &c.Rate, &c.Agreed, &c.Received,
		&c.Fund, &c.Stage, &c.State, &c.Why}
}
func (c *Cost) cells() []any {
	return []any{c.Sort, c.Term, c.Stream, c.Day, c.Title, c.Party, c.Reference, c.Amount, c.Minutes, c.Rate, c.Agreed, c.Received,
		c.Fund, c.Stage, c.State, c.Why}
}

func (f *Forecast) places() []any {
	return []any{&f.At, &f.Amount, &f.Low, &f.High, &f.Note, &f.State, &f.Why}
}
func (f *Forecast) cells() []any {
	return []any{f.At, f.Amount, f.Low, f.High, f.Note, f.State, f.Why}
}

// costGroups sums the lines that stand and may be seen; council "" is all.
func costGroups(tx *db.Tx, s Sight, council string) ([]costGroup, error) {
	q := query{where: "x.state = 'stands'"}
	if council != "" {
		q.where, q.args = q.where+" AND x.council = ?", []any{council}
	}
	where, args := costs.where(s, q)
	return db.All(tx, func(row db.Row) (g costGroup, err error) {
		return g, row.Scan(&g.council, &g.stream, &g.sort, &g.term, &g.stage, &g.amount, &g.minutes, &g.agreed, &g.received, &g.number)
	}, "SELECT x.council, x.stream, x.sort, x.term, x.stage, CAST(SUM(x.amount) AS BIGINT), CAST(SUM(x.minutes) AS BIGINT), CAST(SUM(x.agreed) AS BIGINT), CAST(SUM(x.received) AS BIGINT), COUNT(*) "+
		"FROM incident_cost x WHERE "+where+" GROUP BY x.council, x.stream, x.sort, x.term, x.stage ORDER BY x.council, x.stream, x.sort, x.term, x.stage", args...)
}

// newestForecasts gives the newest forecast of each council that may be seen.
func newestForecasts(tx *db.Tx, s Sight) (map[string]Forecast, error) {
	all, err := forecasts.list(tx, s, query{where: "x.state = 'stands'", order: "x.at, x.id"})
	by := make(map[string]Forecast)
	for _, f := range all {
		by[f.Council] = f
	}
	return by, err
}

// Costs sums what the incident costs, council by council, of what may be seen.
func Costs(tx *db.Tx, s Sight) ([]CostSum, error) {
	groups, err := costGroups(tx, s, "")
	if err != nil {
		return nil, err
	}
	expected, err := newestForecasts(tx, s)
	if err != nil {
		return nil, err
	}
	all := sumBy(groups, func(g costGroup) string { return g.council })
	for i := range all {
		all[i].Forecast = expected[all[i].Of].Amount
	}
	return all, nil
}
