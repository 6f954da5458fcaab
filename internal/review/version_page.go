package review

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// versionView is one version: how it stands, what was red, and its people in
// numbers. The numbers are of those whom the visitor may see.
type versionView struct {
	ListVersion
	Checks   []check          `json:"checks"`
	Figures  versionFigures   `json:"figures"`
	Frozen   frozenFigures    `json:"frozen"`
	Sealed   string           `json:"sealed"` // then, as it may be told
	Whole    bool             `json:"whole"`  // every council's people are in the numbers
	Before   int64            `json:"before"` // the version to compare with; 0 for none
	Signed   bool             `json:"-"`      // the visitor has signed
	Approves bool             `json:"-"`
	Exports  bool             `json:"-"`
	Groups   []groupLine      `json:"-"`
	Note     string           `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

// versionFigures are the people of a version in numbers.
type versionFigures struct {
	People     int64         `json:"people"`
	Households int64         `json:"households"`
	Tiers      []sweep.Count `json:"tiers"`
	Bands      []sweep.Count `json:"bands"`
	Lanes      []sweep.Count `json:"lanes"`
	Signals    []sweep.Count `json:"signals"`
	Categories []sweep.Count `json:"categories"`
	Kinds      []sweep.Count `json:"kinds"`
	Contacts   []sweep.Count `json:"safe_contacts"`
	Verdicts   []sweep.Count `json:"verdicts"` // value "": nobody has judged
	Deceased   []sweep.Count `json:"deceased"`
	Taken      []sweep.Count `json:"taken"`
}

// figuresOfVersion counts the rows of a version that may be seen.
func figuresOfVersion(tx *db.Tx, number int64, s sweep.Scope) (f versionFigures, err error) {
	sums, err := tallyOf(tx, number, s)
	if err != nil {
		return f, err
	}
	f.People, f.Households = sums[tallyPeople][""], sums[tallyHome][""]
	for _, part := range []struct {
		into  *[]sweep.Count
		what  string
		order []string
	}{
		{&f.Tiers, tallyTier, []string{string(reeve.TierStrong), string(reeve.TierLikely), string(reeve.TierPossible)}},
		{&f.Bands, tallyBand, each(reeve.Bands, func(b reeve.Band) string { return string(b) })},
		{&f.Lanes, tallyLane, each(lanes, func(l reeve.Lane) string { return string(l) })},
		{&f.Signals, tallySignal, each(reeve.Signals, func(s reeve.Signal) string { return string(s) })},
		{&f.Categories, tallyCategory, nil}, {&f.Kinds, tallyKind, nil}, {&f.Contacts, tallyContact, nil}, {&f.Verdicts, tallyVerdict, nil},
		{&f.Deceased, tallyDeceased, nil}, {&f.Taken, tallyTaken, surest},
	} {
		*part.into = countsIn(sums[part.what], part.order)
	}
	return f, nil
}

// countsIn orders counts: by a list where there is one, else the most first.
// Nothing is counted nought times.
func countsIn(sums map[string]int64, order []string) (all []sweep.Count) {
	for _, value := range slices.Sorted(maps.Keys(sums)) {
		if sums[value] > 0 {
			all = append(all, sweep.Count{Value: value, N: sums[value]})
		}
	}
	slices.SortStableFunc(all, func(a, b sweep.Count) int {
		if order != nil {
			return slices.Index(order, a.Value) - slices.Index(order, b.Value)
		}
		return cmp.Compare(b.N, a.N)
	})
	return all
}

func (m *Room) versionView(r *web.Request) (v versionView, err error) {
	number, err := r.Number("n")
	if err != nil {
		return v, err
	}
	scope := scopeOf(r.Visitor)
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.ListVersion, err = readVersion(tx, number); err != nil {
			return err
		}
		if v.Checks, err = readChecks(tx, number); err != nil {
			return err
		}
		if v.Figures, err = figuresOfVersion(tx, number, scope); err != nil {
			return err
		}
		if v.Groups, err = groupLines(tx, number, scope); err != nil {
			return err
		}
		v.Before, err = versionBefore(tx, number)
		return err
	})
	if err != nil {
		return v, fmt.Errorf("show list version: %w", err)
	}
	if v.Frozen, err = readFigures(v.figures); err != nil {
		return v, err
	}
	v.Whole = scope.Councils == nil
	if v.Sealed = sweep.SmallCount(v.sealed); !v.Whole {
		v.Sealed = ""
		for i := range v.Checks { // what they count is of every council
			v.Checks[i].N, v.Checks[i].Words = 0, checkTitle(v.Checks[i].Code)
		}
	}
	v.Signed = slices.ContainsFunc(v.Approved, func(a approval) bool { return a.By == r.Visitor.ID })
	v.Approves = v.Whole && v.State == versionDraft && v.Emptied == 0 && r.May(web.Act{Verb: web.Approve, Object: web.ObjectVersion})
	v.Exports = v.Emptied == 0 && mayExportList(r)
	return v, nil
}

func (v versionView) page() *web.View {
	return versionOnePage.With("List version "+strconv.FormatInt(v.Number, 10), v)
}

// Reds are the checks that were red.
func (v versionView) Reds() []check { return reds(v.Checks) }

// Fine are the checks that were not.
func (v versionView) Fine() (some []check) {
	for _, c := range v.Checks {
		if !c.Red {
			some = append(some, c)
		}
	}
	return some
}

func (m *Room) versionPage(r *web.Request) (web.Answer, error) {
	v, err := m.versionView(r)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// figureLine is a count with its words, as a table of a page.
type figureLine struct {
	Words string
	N     int64
	Path  string
}

// figureTable is counts of one thing.
type figureTable struct {
	Title string
	Lines []figureLine
}

// Tables are the figures in words.
func (v versionView) Tables() []figureTable {
	of := func(title string, counts []sweep.Count, words func(string) string, query string) figureTable {
		t := figureTable{Title: title}
		for _, c := range counts {
			line := figureLine{Words: sentence(words(c.Value)), N: c.N}
			if query != "" {
				line.Path = v.Path() + "/people?" + url.Values{query: {c.Value}}.Encode()
			}
			t.Lines = append(t.Lines, line)
		}
		return t
	}
	f := &v.Figures
	return []figureTable{
		of("By lane", f.Lanes, func(s string) string { return laneWords(reeve.Lane(s)) }, "lane"),
		of("By severity, which sorts and does not decide", f.Bands, func(s string) string { return bandWords(reeve.Band(s)) }, "band"),
		of("By how sure the machine is who it is", f.Tiers, func(s string) string { return tierWords(reeve.Tier(s)) }, ""),
		of("By what people judged", f.Verdicts, verdictPhrase, ""),
		of("By safe contact", f.Contacts, func(s string) string { return contactWords(reeve.SafeContact(s)) }, ""),
		of("By how sure it is that it was taken", f.Taken, func(s string) string { return takenWords(reeve.Taken(s)) }, ""),
		of("By circumstance", f.Signals, func(s string) string { return signalWords(reeve.Signal(s)) }, ""),
		of("By category of data", f.Categories, func(s string) string { return categoryWords(reeve.Category(s)) }, ""),
		of("Alive or not", f.Deceased, deceasedWords, ""),
	}
}

// verdictPhrase says a verdict about a person's exposure.
func verdictPhrase(value string) string {
	switch value {
	case "":
		return "not judged by anybody"
	case "confirmed":
		return "confirmed"
	case "not-theirs":
		return "not theirs: the wrong person"
	case "not-personal":
		return "no personal data"
	case "unsure":
		return "unsure"
	}
	return value
}

// versionRowsView is a page of the rows of a version.
type versionRowsView struct {
	Number  int64            `json:"number"`
	Rows    []versionPerson  `json:"people"`
	Next    string           `json:"next"`
	First   string           `json:"-"`
	Filters []filter         `json:"-"`
	Thing   string           `json:"-"`
	Back    string           `json:"-"`
	Granted bool             `json:"-"`
	Reveals bool             `json:"-"`
	Emptied int64            `json:"emptied"`
	Errors  []web.FieldError `json:"-"`
}

// versionPerson is a row as a page shows it.
type versionPerson struct {
	ID          string          `json:"person"`
	Name        reeve.Sensitive `json:"name"`
	Born        reeve.Sensitive `json:"born"`
	Postcode    reeve.Sensitive `json:"postcode"`
	Tier        string          `json:"tier"`
	Lane        string          `json:"lane"`
	Band        string          `json:"band"`
	Severity    string          `json:"severity"`
	Signals     []string        `json:"signals"`
	Kinds       []string        `json:"kinds"`
	Controllers []string        `json:"controllers"`
	Contact     string          `json:"safe_contact"`
	Basis       string          `json:"basis"`
	Verdict     string          `json:"verdict"`
	Taken       string          `json:"taken"`
}

func (r *listRow) person(s sweep.Scope) versionPerson {
	return versionPerson{ID: r.Person, Name: r.Name, Born: r.Born, Postcode: r.Postcode, Tier: r.Tier, Lane: r.Lane, Band: r.Band,
		Severity: hundredths(r.Severity), Signals: split[string](r.Signals), Kinds: split[string](r.Kinds), Controllers: ownCouncils(r.Controller, s),
		Contact: r.Contact, Basis: r.Basis, Verdict: r.Verdict, Taken: r.Taken}
}

// ownCouncils are those of some councils that a scope names; all for everybody.
func ownCouncils(controllers string, s sweep.Scope) []string {
	all := split[string](controllers)
	if s.Councils == nil {
		return all
	}
	return slices.DeleteFunc(all, func(c string) bool { return !slices.Contains(s.Councils, c) })
}

// hundredths prints a number of them with two decimals.
func hundredths(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

// Words are the codes of a row as people say them.
func (p versionPerson) Words() lineWords {
	line := sweep.PersonLine{Lane: p.Lane, Band: p.Band, Tier: p.Tier, Signals: p.Signals, Kinds: p.Kinds, SafeContact: p.Contact}
	return wordsOfLine(&line)
}

// Judged says what people judged.
func (p versionPerson) Judged() string { return verdictPhrase(p.Verdict) }

func (m *Room) versionPeople(r *web.Request) (web.Answer, error) {
	number, err := r.Number("n")
	if err != nil {
		return nil, err
	}
	scope := scopeOf(r.Visitor)
	v := versionRowsView{Number: number, Thing: versionThing(number), Back: r.URL.RequestURI(), Reveals: mayReveal(r, web.ObjectVersion, web.Special)}
	v.Granted = mayShow(r, v.Thing, web.ObjectVersion)
	q := rowsQuery{Version: number, Scope: scope, Lane: r.Ask("lane"), Band: r.Ask("band"), After: r.Ask("after"), Limit: peopleOnPage + 1}
	var categories []string
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		one, err := readVersion(tx, number)
		if err != nil {
			return err
		}
		v.Emptied = one.Emptied
		return eachListRow(tx, q, func(row listRow) error {
			v.Rows = append(v.Rows, row.person(scope))
			categories = append(categories, split[string](row.Categories)...)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list people of a version: %w", err)
	}
	if v.Granted {
		if err := m.noteSpecial(r, v.Thing, categories); err != nil {
			return nil, err
		}
	}
	v.turn(q)
	return versionRowPage.With("People of list version "+strconv.FormatInt(number, 10), v).Show(v.Granted), nil
}

// turn cuts the page and says where the next one is.
func (v *versionRowsView) turn(q rowsQuery) {
	asked := url.Values{}
	for _, f := range [][2]string{{"lane", q.Lane}, {"band", q.Band}} {
		if f[1] != "" {
			asked.Set(f[0], f[1])
		}
	}
	here := versionPath(v.Number) + "/people"
	if q.After != "" {
		v.First = strings.TrimSuffix(here+"?"+asked.Encode(), "?")
	}
	if len(v.Rows) > peopleOnPage {
		v.Rows = v.Rows[:peopleOnPage]
		asked.Set("after", v.Rows[peopleOnPage-1].ID)
		v.Next = here + "?" + asked.Encode()
	}
	v.Filters = []filter{
		{"lane", "Lane", filterChoices(q.Lane, lanes, laneWords)},
		{"band", "Severity", filterChoices(q.Band, reeve.Bands, bandWords)},
	}
}

// Columns and EachRow make the page a table.
func (v versionRowsView) Columns() []string {
	return []string{"person", "name", "date_of_birth", "postcode", "tier", "lane", "band", "severity", "signals", "kinds", "controller",
		"safe_contact", "safe_contact_basis", "verdict", "taken"}
}

func (v versionRowsView) EachRow(emit func(...any) error) error {
	for _, p := range v.Rows {
		err := emit(p.ID, p.Name, p.Born, p.Postcode, p.Tier, p.Lane, p.Band, p.Severity, joined(p.Signals), joined(p.Kinds), joined(p.Controllers),
			p.Contact, p.Basis, p.Verdict, p.Taken)
		if err != nil {
			return err
		}
	}
	return nil
}
