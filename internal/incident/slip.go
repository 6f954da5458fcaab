package incident

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// slip is a form as a value: what is asked, and what was typed. A page asks for
// one thing; what was typed stands in it again when something is wrong.
type slip struct {
	Heading string           `json:"heading"`
	Lead    string           `json:"lead"`
	Warn    string           `json:"warn"` // what must be known before one types
	Action  string           `json:"action"`
	Back    string           `json:"back"`
	Button  string           `json:"button"`
	Version int64            `json:"version"` // of the object that is changed, 0 for a new one
	Asks    []ask            `json:"asks"`
	Errors  []web.FieldError `json:"-"`
	in      map[string]string
}

// askKind is how something is asked.
type askKind string

const (
	askLine   askKind = "line"
	askArea   askKind = "area"
	askMoment askKind = "moment" // a day and a time of day in London
	askDay    askKind = "day"
	askNumber askKind = "number"
	askMoney  askKind = "money" // pounds and pence
	askChoice askKind = "choice"
	askPick   askKind = "pick" // a choice from a long list
	askMany   askKind = "many"
)

// ask is one question of a slip.
type ask struct {
	Name    string   `json:"name"`
	Kind    askKind  `json:"kind"`
	Label   string   `json:"label"`
	Hint    string   `json:"hint,omitempty"`
	Value   string   `json:"value"`
	Clock   string   `json:"clock,omitempty"` // the time of day of a moment
	Choices []choice `json:"-"`
	Need    string   `json:"-"` // what to enter, said when nothing was; "" may be empty
	Most    int      `json:"-"` // characters; 0: 200 for a line, 4,000 for an area
	Past    bool     `json:"-"` // a moment or day must have been
}

// Lengths of what is typed, in characters.
const (
	lineLength = 200
	areaLength = 4000
)

// moment asks for a moment; 0 leaves the fields empty.
func momentAsk(name, label, hint string, at int64, need string, past bool) ask {
	return ask{Name: name, Kind: askMoment, Label: label, Hint: hint, Value: dayOf(at), Clock: timeOf(at), Need: need, Past: past}
}

// markAsks are the two questions about whose an object is and how far it may
// travel.
func markAsks(r *web.Request, councils []Council, k Mark) []ask {
	f := markFormOf(r, councils, k)
	return []ask{
		{Name: "council", Kind: askChoice, Label: "Whose is it?", Choices: f.Councils, Need: "Choose whose it is"},
		{Name: "tlp", Kind: askChoice, Label: "How far may it travel?", Choices: f.Levels, Need: "Choose how far it may travel"},
	}
}

var slipPage = web.NewPage[slip](pages, "slip.html")

// page shows the slip.
func (s *slip) page() *web.View { return slipPage.With(s.Heading, *s) }

// read takes what was typed. What is wrong stands in s.Errors, and what was
// typed in the questions.
func (s *slip) read(r *web.Request) (*web.Form, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s.in = make(map[string]string)
	for i := range s.Asks {
		s.Asks[i].read(f, r, s.in)
	}
	if s.Version > 0 {
		s.Version = f.Number("version", "Open the page again", 1, 1<<53)
	}
	s.Errors = f.Errors
	return f, nil
}

// ok reports whether nothing was wrong.
func (s *slip) ok() bool { return len(s.Errors) == 0 }

// fault adds something that is wrong with an answer.
func (s *slip) fault(f *web.Form, name, text string) {
	f.Fault(name, text)
	s.Errors = f.Errors
}

// again shows the slip with what is wrong.
func (s *slip) again(f *web.Form) (web.Answer, error) {
	s.Errors = f.Errors
	return s.page().Faulty(f), nil
}

func (a *ask) read(f *web.Form, r *web.Request, in map[string]string) {
	switch a.Kind {
	case askMoment:
		a.readMoment(f, r, in)
		return
	case askChoice, askPick:
		a.Value = f.Said(a.Name)
		a.Choices = chosen(a.Choices, a.Value)
		if a.Need != "" || a.Value != "" {
			in[a.Name] = f.Choice(a.Name, cmp.Or(a.Need, "Choose one of these"), values(a.Choices)...)
		}
		return
	case askMany:
		a.readMany(f, in)
		return
	}
	most := a.Most
	if most == 0 {
		most = lineLength
		if a.Kind == askArea {
			most = areaLength
		}
	}
	a.Value = f.Text(a.Name, most)
	if a.Value == "" && a.Need != "" {
		f.Fault(a.Name, a.Need)
	}
	in[a.Name] = a.Value
	if a.Value != "" {
		a.check(f, r, in)
	}
}

// check reads numbers, money and days into the form in which they are kept.
func (a *ask) check(f *web.Form, r *web.Request, in map[string]string) {
	switch a.Kind {
	case askNumber:
		n, err := strconv.ParseInt(strings.ReplaceAll(a.Value, ",", ""), 10, 64)
		if err != nil || n < 0 || n > 1<<53 {
			f.Fault(a.Name, "Enter a whole number")
			return
		}
		in[a.Name] = strconv.FormatInt(n, 10)
	case askMoney:
		n, ok := parseMoney(a.Value)
		if !ok {
			f.Fault(a.Name, "Enter an amount, such as 1,250.00")
		}
		in[a.Name] = strconv.FormatInt(n, 10)
	case askDay:
		at, ok := noonOf(a.Value)
		if !ok {
			f.Fault(a.Name, "Enter the day, such as 2026-01-12")
		}
		if a.Past && at > r.Now.Unix()+86400 {
			f.Fault(a.Name, "Enter a day that has been")
		}
		in[a.Name] = strconv.FormatInt(at, 10)
	}
}

func (a *ask) readMoment(f *web.Form, r *web.Request, in map[string]string) {
	clock := a.Name + "_time"
	a.Value, a.Clock = f.Text(a.Name, 10), f.Text(clock, 5)
	if a.Value == "" && a.Clock == "" {
		if a.Need != "" {
			f.Fault(a.Name, a.Need)
		}
		in[a.Name] = "0"
		return
	}
	var at int64
	if a.Past {
		at = pastIn(f, a.Name, clock, r.Now)
	} else {
		at = momentIn(f, a.Name, clock)
	}
	in[a.Name] = strconv.FormatInt(at, 10)
}

// readMany takes several values of the choices; they are kept one a line.
func (a *ask) readMany(f *web.Form, in map[string]string) {
	all := f.All(a.Name)
	a.Choices = slices.Clone(a.Choices)
	var got []string
	for i := range a.Choices {
		if a.Choices[i].Chosen = slices.Contains(all, a.Choices[i].Value); a.Choices[i].Chosen {
			got = append(got, a.Choices[i].Value)
		}
	}
	if len(got) == 0 && a.Need != "" {
		f.Fault(a.Name, a.Need)
	}
	in[a.Name] = strings.Join(got, "\n")
}

// noonOf reads a day as its noon in London, seconds UTC: a day that is kept so is
// the same day whether or not it is summer time.
func noonOf(day string) (at int64, ok bool) {
	d, err := time.ParseInLocation(time.DateOnly, day, london)
	if err != nil || d.Year() < 2000 || d.Year() > 2099 {
		return 0, false
	}
	return d.Add(12 * time.Hour).Unix(), true
}

// What was typed, once read found nothing wrong.
func (s *slip) text(name string) string { return s.in[name] }
func (s *slip) number(name string) int64 {
	n, _ := strconv.ParseInt(s.in[name], 10, 64) // read has checked it; nothing typed is 0
	return n
}
func (s *slip) many(name string) []string { return linesOf(s.in[name]) }
func (s *slip) mark() Mark                { return Mark{Council: s.in["council"], TLP: TLP(s.in["tlp"])} }

// parseMoney reads pounds with or without pence, pounds sign and commas, as
// pence, up to a hundred thousand million pounds.
func parseMoney(text string) (pence int64, ok bool) {
	text = strings.NewReplacer(",", "", "£", "", " ", "").Replace(text)
	pounds, rest, dot := strings.Cut(text, ".")
	if len(pounds) == 0 || len(pounds) > 11 || dot && len(rest) != 2 && len(rest) != 1 {
		return 0, false
	}
	for _, c := range pounds + rest {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	if len(rest) == 1 {
		rest += "0"
	} else if rest == "" {
		rest = "00"
	}
	pence, err := strconv.ParseInt(pounds+rest, 10, 64)
	return pence, err == nil
}

// moneyText is pence as one types it, moneyWords as one reads it.
func moneyText(pence int64) string {
	sign := ""
	if pence < 0 {
		sign, pence = "-", -pence
	}
	return sign + strconv.FormatInt(pence/100, 10) + "." + strconv.FormatInt(pence/10%10, 10) + strconv.FormatInt(pence%10, 10)
}

func moneyWords(pence int64) string {
	s := moneyText(pence)
	sign := ""
	if s[0] == '-' {
		sign, s = "−", s[1:]
	}
	for i := len(s) - 6; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + "£" + s
}

// councilNames tells the names of councils by code.
func councilNames(councils []Council) map[string]string {
	names := make(map[string]string, len(councils))
	for _, c := range councils {
		names[c.Code] = c.Name
	}
	return names
}

// councilWords is a council as people read it.
func councilWords(names map[string]string, code string) string {
	switch {
	case code == "":
		return "the whole incident"
	case names[code] != "":
		return names[code]
	}
	return code
}

// serve shows a slip, and when it comes back reads and checks it. check adds what
// is wrong and may be nil; keep does the rest once nothing is.
func (s *slip) serve(r *web.Request, check func(f *web.Form), keep func(f *web.Form) (web.Answer, error)) (web.Answer, error) {
	if r.Method != http.MethodPost {
		return s.page(), nil
	}
	f, err := s.read(r)
	if err != nil {
		return nil, err
	}
	if check != nil {
		check(f)
	}
	if !f.OK() {
		return s.again(f)
	}
	return keep(f)
}

// fill serves a slip behind which stands one act: do is the act, with its leaf;
// done tells where to go on. check looks at answers that are all there.
func (m *Room) fill(r *web.Request, s *slip, check func(f *web.Form), do func(tx *db.Tx) (record.Leaf, error), done func() (path, saying string)) (web.Answer, error) {
	whole := func(f *web.Form) {
		if s.ok() && check != nil {
			check(f)
		}
	}
	return s.serve(r, whole, func(*web.Form) (web.Answer, error) {
		if err := m.act(r, do); err != nil {
			return nil, err
		}
		to, saying := done()
		return web.Redirect(to, saying), nil
	})
}

// both are the routes of a slip.
func both(pattern string, v web.Verb, o web.Object, do func(*web.Request) (web.Answer, error)) []web.Route {
	return []web.Route{{Pattern: "GET " + pattern, Verb: v, Object: o, Do: do}, {Pattern: "POST " + pattern, Verb: v, Object: o, Do: do}}
}

// see is the route of a page.
func see(pattern string, o web.Object, do func(*web.Request) (web.Answer, error)) web.Route {
	return web.Route{Pattern: "GET " + pattern, Verb: web.See, Object: o, Do: do}
}

// leafOf names an act on an object: its line stands in the timeline, whose
// readers may not all see the object, so words say nothing of what is in it.
func leafOf(verb, kind string, id int64, words string) record.Leaf {
	thing := kind + ":" + strconv.FormatInt(id, 10)
	return record.Leaf{Verb: verb, Object: thing, Line: thing + ": " + words}
}

// mayMove refuses to change an object whose mark was and whose mark is to be
// unless the policy allows both.
func mayMove(r *web.Request, v web.Verb, o web.Object, was, will Mark) error {
	if err := must(r, v, o, was); err != nil {
		return err
	}
	return must(r, v, o, will)
}
