package sweep

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
)

// PeopleQuery asks for one page of the people list. Empty fields do not filter.
type PeopleQuery struct {
	Scope   Scope
	Lane    reeve.Lane
	Band    reeve.Band
	Tier    reeve.Tier
	Signal  reeve.Signal
	Council string // one council within the scope
	Text    string // words of a name, a postcode, a register id or a person id; the last word may be cut short
	After   string // Next of the page before; "" for the first
	Limit   int    // rows, 1 to 100; 0 is 50
}

// PeoplePage is one page of people in the order of priority.
type PeoplePage struct {
	People []PersonLine `json:"people"`
	Next   string       `json:"next"` // "" on the last page
	Stamp  Stamp        `json:"stamp"`
}

// PersonLine is a person in a list. Number is the place in the list asked for,
// from 1. Dates are 2001-03-05, 2001-03 or 2001, "" when not known.
type PersonLine struct {
	ID          string          `json:"id"`
	Number      int64           `json:"number"`
	Name        reeve.Sensitive `json:"name"`
	Born        reeve.Sensitive `json:"born"`
	Postcode    reeve.Sensitive `json:"postcode"`
	Tier        string          `json:"tier"`
	Probability string          `json:"probability"` // four decimals
	Capacity    string          `json:"capacity"`
	Role        string          `json:"role"`
	Deceased    string          `json:"deceased"`
	Severity    string          `json:"severity"` // two decimals
	Band        string          `json:"band"`
	Lane        string          `json:"lane"`
	Signals     []string        `json:"signals"`
	Categories  []string        `json:"categories"`
	Kinds       []string        `json:"kinds"`
	DataFrom    string          `json:"data_from"`
	DataTo      string          `json:"data_to"`
	Items       int64           `json:"items"`
	Incomplete  int64           `json:"incomplete"`
	Controllers []string        `json:"controllers"`
	SafeContact string          `json:"safe_contact"`
	StillHeld   []string        `json:"still_held"` // kinds of which a value found is what a register holds now
	Sealed      bool            `json:"sealed"`     // opened to this visitor: others are not in any list
}

// lineOf is a row as a list shows it.
func lineOf(p *personRow) PersonLine {
	return PersonLine{ID: p.id, Name: reeve.Private(reeve.KindName, p.name), Born: reeve.Private(reeve.KindDateOfBirth, p.born),
		Postcode: reeve.Private(reeve.KindPostcode, p.postcode), Tier: p.tier, Probability: probability(p.posterior), Capacity: p.capacity, Role: p.role,
		Deceased: p.deceased, Severity: hundredths(p.severity), Band: p.band, Lane: p.lane, Signals: cellList(p.signals), Categories: cellList(p.categories),
		Kinds: cellList(p.kinds), DataFrom: dateCell(p.from), DataTo: dateCell(p.to), Items: p.items, Incomplete: p.incomplete,
		Controllers: cellList(p.controller), SafeContact: p.safeContact, StillHeld: cellList(p.stillHeld), Sealed: p.sealed}
}

// People gives one page of the people list, in the order of priority. Sealed
// people are left out unless opened, and so are those of other councils.
func (c *Case) People(ctx context.Context, q PeopleQuery) (PeoplePage, error) {
	page := PeoplePage{People: []PersonLine{}}
	limit := between(q.Limit, 50, 100)
	after, number, err := cursor(q.After)
	if err != nil {
		return page, err
	}
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		if page.Stamp, err = stampOf(tx); err != nil {
			return err
		}
		query, args, err := q.statement(tx, after, limit+1)
		if err != nil || query == "" {
			return err
		}
		rows, err := db.All(tx, scanPerson, query, args...)
		if err != nil {
			return err
		}
		for i := range rows[:min(limit, len(rows))] {
			line := lineOf(&rows[i])
			number++
			line.Number = number
			page.People = append(page.People, line)
		}
		if len(rows) > limit {
			page.Next = fmt.Sprintf("%d.%d", rows[limit-1].place, number)
		}
		return nil
	})
	if err != nil {
		return page, fmt.Errorf("list people: %w", err)
	}
	return page, nil
}

// between is a limit that was asked for, within bounds; standard for none.
func between(n, standard, most int) int {
	if n <= 0 {
		return standard
	}
	return min(n, most)
}

// cursor reads where a page ended: the place of its last row, and its number.
func cursor(text string) (place, number int64, err error) {
	if text == "" {
		return -1, 0, nil
	}
	a, b, ok := strings.Cut(text, ".")
	if place, err = strconv.ParseInt(a, 10, 64); err == nil && ok {
		number, err = strconv.ParseInt(b, 10, 64)
	}
	if err != nil || !ok {
		return 0, 0, fmt.Errorf("go on with the list: %w", reeve.Invalid)
	}
	return place, number, nil
}

// rareEnough is how many people a filter may leave for it to be quicker to find
// them all and sort them than to walk the list in order until a page is full.
const rareEnough = 4000

// statement is the query for a page; "" where nobody can match. What is rare is
// looked up, what is common is met soon enough in the order of the list.
func (q *PeopleQuery) statement(tx *db.Tx, after int64, limit int) (string, []any, error) {
	counts, err := countFilters(tx, q)
	if err != nil {
		return "", nil, err
	}
	w := &filter{}
	if !w.text(q.Text) {
		return "", nil, nil
	}
	from, place := "", "p.place"
	if q.Signal != "" {
		from, place = " JOIN person_signal s ON s.person = p.id", "s.place"
		w.and("s.signal = ?", string(q.Signal))
		if q.Lane != "" {
			w.and("s.lane = ?", string(q.Lane))
		}
	}
	w.column("lane", string(q.Lane))
	w.column("band", string(q.Band))
	w.column("tier", string(q.Tier))
	w.facet("person_council", "council", counts.council, q.Council)
	if q.Scope.Councils != nil {
		w.facet("person_council", "council", counts.scope, q.Scope.Councils...)
	}
	q.Scope.sealed(&w.where, &w.args)
	if w.narrow || counts.least() <= rareEnough {
		place = "+" + place // keeps the index of the order out of it: the filter's is quicker
	}
	query := personSelect + from + " WHERE " + place + " > ?" + w.where.String() + " ORDER BY " + place + " LIMIT ?"
	return query, append(append([]any{after}, w.args...), limit), nil
}

// filter is the conditions on a person p.
type filter struct {
	where  strings.Builder
	args   []any
	narrow bool // words were looked up
}

func (w *filter) and(text string, values ...any) {
	w.where.WriteString(" AND " + text)
	w.args = append(w.args, values...)
}

func (w *filter) column(name, value string) {
	if value != "" {
		w.and("p."+name+" = ?", value)
	}
}

// facet asks that a person has one of some values in a table of rare rows.
func (w *filter) facet(table, column string, n int64, values ...string) {
	if len(values) == 1 && values[0] == "" {
		return
	}
	if len(values) == 0 {
		w.and("1 = 0")
		return
	}
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	test := "EXISTS (SELECT 1 FROM " + table + " x WHERE x.person = p.id AND x." + column + " IN (" + marks(len(values)) + "))"
	if n <= rareEnough {
		test = "p.id IN (SELECT person FROM " + table + " WHERE " + column + " IN (" + marks(len(values)) + "))"
	}
	w.and(test, args...)
}

// leastPrefix is how many letters of a word must be there for others to follow.
const leastPrefix = 3

// text asks for the words of a query; false where there are none to ask for.
func (w *filter) text(query string) bool {
	query = strings.TrimSpace(query)
	if query == "" {
		return true
	}
	w.narrow = true
	if len(query) == 13 && strings.HasPrefix(query, "P") && strings.ToUpper(query) == query {
		w.and("p.id = ?", query)
		return true
	}
	words := strings.Fields(lex.Fold(query))
	if strings.ContainsAny(query, "0123456789") {
		words = []string{wordOf(query)}
	}
	words = slices.DeleteFunc(words, func(s string) bool { return s == "" })
	for i, s := range words {
		if i == len(words)-1 && len(s) >= leastPrefix {
			w.and("p.id IN (SELECT person FROM person_word WHERE word >= ? AND word < ?)", s, s+"\U0010FFFF")
			continue
		}
		w.and("p.id IN (SELECT person FROM person_word WHERE word = ?)", s)
	}
	return len(words) > 0
}

// filterCounts are how many people each filter of a query leaves.
type filterCounts struct{ lane, band, tier, signal, council, scope int64 }

func (c filterCounts) least() int64 {
	return min(c.lane, c.band, c.tier, c.signal, c.council, c.scope)
}

func countFilters(tx *db.Tx, q *PeopleQuery) (filterCounts, error) {
	const all = math.MaxInt64
	c := filterCounts{all, all, all, all, all, all}
	for _, f := range []struct {
		into        *int64
		what, value string
	}{{&c.lane, tallyLane, string(q.Lane)}, {&c.band, tallyBand, string(q.Band)}, {&c.tier, tallyTier, string(q.Tier)}, {&c.signal, tallySignal, string(q.Signal)}} {
		if f.value == "" {
			continue
		}
		if err := tx.One([]any{f.into}, "SELECT COALESCE(SUM(n), 0) FROM tally WHERE what = ? AND value = ?", f.what, f.value); err != nil {
			return c, err
		}
	}
	if q.Council == "" && q.Scope.Councils == nil {
		return c, nil
	}
	var council, scope int64
	err := tx.Each(func(row db.Row) error {
		var councils string
		var n int64
		err := row.Scan(&councils, &n)
		if slices.Contains(cellList(councils), q.Council) {
			council += n
		}
		if q.Scope.seesCouncil(councils) {
			scope += n
		}
		return err
	}, "SELECT councils, n FROM tally WHERE what = ?", tallyPeople)
	if q.Council != "" {
		c.council = council
	}
	if q.Scope.Councils != nil {
		c.scope = scope
	}
	return c, err
}
