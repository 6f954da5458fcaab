package incident

import (
	"net/url"
	"strconv"

	"github.com/reeve-council/reeve/internal/web"
)

// sheet is a page that shows what is kept: facts on top, tables below, what can
// be done, and the versions. Programs get Items, the objects themselves, and
// people who ask for .csv the rows of the first table.
type sheet struct {
	Heading  string    `json:"-"`
	Lead     string    `json:"-"`
	Back     string    `json:"-"`
	Tags     []cell    `json:"-"`
	Figures  []figure  `json:"-"`
	Filters  []cell    `json:"-"` // ways to narrow the list down; the one that stands has no Path
	Facts    []factRow `json:"-"`
	Acts     []cell    `json:"-"` // what can be done from here
	Tables   []table   `json:"-"`
	Previous string    `json:"-"`
	Next     string    `json:"next"`
	Items    any       `json:"items"`
	columns  []string  // of the .csv
	lines    [][]any   // of the .csv
}

// figure is a number that counts, with what it counts.
type figure struct {
	Number string
	Text   string
	Alarm  bool
}

// factRow is one row of a list of facts.
type factRow struct {
	Name  string
	Cells []cell // one a line
}

// cell is a piece of text: with a way on, as a tag, or with a line below it.
type cell struct {
	Text   string
	Path   string
	Colour string // a tag of this colour
	Small  string // said below
	Struck bool   // withdrawn: shown, struck through
}

// table is rows below columns.
type table struct {
	Title   string
	ID      string
	Columns []string
	Rows    [][]cell
	Empty   string // said instead of no rows
}

func says(text string) cell                 { return cell{Text: text} }
func leads(text, path string) cell          { return cell{Text: text, Path: path} }
func tagged(text, colour string) cell       { return cell{Text: text, Colour: colour} }
func factOf(name string, c ...cell) factRow { return factRow{name, c} }

// tlpTag shows how far something may travel.
func tlpTag(t TLP) cell { return tagged(t.Label(), t.Colour()) }

// markFact says whose an object is.
func markFact(names map[string]string, k Mark) factRow {
	return factOf("Whose it is", says(councilWords(names, k.Council)+", "+k.TLP.Label()+": "+k.TLP.Words()))
}

// textFact is a fact whose text has lines; one without text is left out by
// facts.
func textFact(name, text string) factRow {
	var r factRow
	r.Name = name
	for _, line := range linesOf(text) {
		r.Cells = append(r.Cells, says(line))
	}
	return r
}

// facts leaves out those that say nothing.
func facts(all ...factRow) (rows []factRow) {
	for _, r := range all {
		if len(r.Cells) > 0 && (r.Cells[0].Text != "" || len(r.Cells) > 1) {
			rows = append(rows, r)
		}
	}
	return rows
}

var sheetPage = web.NewPage[sheet](pages, "sheet.html")

func (s sheet) page() *web.View { return sheetPage.With(s.Heading, s) }

// Columns and EachRow make the sheet a table for .csv.
func (s sheet) Columns() []string { return s.columns }

func (s sheet) EachRow(emit func(...any) error) error {
	for _, line := range s.lines {
		if err := emit(line...); err != nil {
			return err
		}
	}
	return nil
}

// versionTable shows the versions of an object: what was written is never
// changed, so whoever reads sees both.
func versionTable[T any, P object[T]](all []T, words func(T) string) table {
	t := table{Title: "Versions", ID: "versions", Columns: []string{"Version", "Written", "By", "What it says"}, Empty: "None."}
	for _, x := range all {
		k := P(&x).kept()
		c := says(strconv.FormatInt(k.Version, 10))
		if k.Latest {
			c.Small = "stands"
		}
		t.Rows = append(t.Rows, []cell{c, says(shown(k.ChangedAt)), says(k.ChangedName), {Text: words(x), Struck: !k.Latest}})
	}
	return t
}

// pageSize is how many rows a list shows.
const pageSize = 50

// pageOf reads which page of a list is asked for, from 0.
func pageOf(r *web.Request) int {
	n, err := strconv.Atoi(r.Ask("page"))
	if err != nil || n < 0 || n > 10000 {
		return 0
	}
	return n
}

// turn sets the ways to the pages before and after; more tells whether there is
// one.
func (s *sheet) turn(r *web.Request, page int, more bool) {
	to := func(n int) string {
		q := url.Values{}
		for name, values := range r.URL.Query() {
			q[name] = values
		}
		q.Set("page", strconv.Itoa(n))
		return r.URL.Path + "?" + q.Encode()
	}
	if page > 0 {
		s.Previous = to(page - 1)
	}
	if more {
		s.Next = to(page + 1)
	}
}

// filterBy offers a filter of a list by one part of the query.
func filterBy(r *web.Request, name string, all []choice) (ways []cell) {
	for _, c := range all {
		q := url.Values{}
		for n, values := range r.URL.Query() {
			q[n] = values
		}
		q.Del("page")
		q.Set(name, c.Value)
		way := leads(c.Text, r.URL.Path+"?"+q.Encode())
		if r.Ask(name) == c.Value {
			way.Path = ""
		}
		ways = append(ways, way)
	}
	return ways
}

// path joins the parts of an address.
func path(base string, id int64, more ...string) string {
	p := base + "/" + strconv.FormatInt(id, 10)
	for _, m := range more {
		p += "/" + m
	}
	return p
}
