package review

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

var diffPage = web.NewPage[diffView](pages, "version_diff.html")

// diffView is what changed from one version to a later one, for one sort of
// change at a time.
type diffView struct {
	Number  int64      `json:"number"`
	Was     int64      `json:"was"`
	What    string     `json:"what"`
	Tabs    []diffTab  `json:"counts"`
	Rows    []diffRow  `json:"rows"`
	Next    string     `json:"next"`
	First   string     `json:"-"`
	Others  []diffPick `json:"-"`
	Thing   string     `json:"-"`
	Back    string     `json:"-"`
	Granted bool       `json:"-"`
	Reveals bool       `json:"-"`
}

// diffTab is one sort of change with its count.
type diffTab struct {
	What  string `json:"what"`
	N     int64  `json:"n"`
	Title string `json:"-"`
	Path  string `json:"-"`
	Here  bool   `json:"-"`
}

// diffPick is a version to compare with.
type diffPick struct {
	Number int64
	Chosen bool
}

// Changes says what changed of a row, in words.
func (d diffRow) Changes() (lines []string) {
	for _, c := range [][3]string{
		{"who it is", tierWords(reeve.Tier(d.Was.Tier)), tierWords(reeve.Tier(d.Is.Tier))},
		{"lane", laneWords(reeve.Lane(d.Was.Lane)), laneWords(reeve.Lane(d.Is.Lane))},
		{"severity", bandWords(reeve.Band(d.Was.Band)), bandWords(reeve.Band(d.Is.Band))},
		{"safe contact", d.Was.Contact, d.Is.Contact},
		{"judged", verdictPhrase(d.Was.Verdict), verdictPhrase(d.Is.Verdict)},
	} {
		if c[1] != c[2] {
			lines = append(lines, fmt.Sprintf("%s: %s, was %s", sentence(c[0]), c[2], c[1]))
		}
	}
	return lines
}

// State says how somebody stands who is in one of the two versions alone.
func (d diffRow) State() string {
	s := d.Is
	if s.Tier == "" {
		s = d.Was
	}
	return sentence(laneWords(reeve.Lane(s.Lane))) + ", " + bandWords(reeve.Band(s.Band)) + ", " + tierWords(reeve.Tier(s.Tier)) + ", " + verdictPhrase(s.Verdict)
}

func (m *Room) versionDiff(r *web.Request) (web.Answer, error) {
	number, err := r.Number("n")
	if err != nil {
		return nil, err
	}
	with, _ := strconv.ParseInt(r.Ask("with"), 10, 64)
	v := diffView{Number: number, Was: with, What: r.Ask("what"), Thing: versionThing(number), Back: r.URL.RequestURI(),
		Reveals: mayReveal(r, web.ObjectVersion, web.Special)}
	if v.What != diffLeft && v.What != diffChanged {
		v.What = diffAdded
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error { return v.read(tx, r, r.Ask("after")) })
	if err != nil {
		return nil, fmt.Errorf("compare list versions: %w", err)
	}
	v.Granted = mayShow(r, v.Thing, web.ObjectVersion)
	title := fmt.Sprintf("What changed from version %d to %d", v.Was, v.Number)
	if v.Was == 0 {
		title = "Nothing to compare with"
	}
	return diffPage.With(title, v).Show(v.Granted), nil
}

func (v *diffView) read(tx *db.Tx, r *web.Request, after string) error {
	all, err := readVersions(tx)
	if err != nil {
		return err
	}
	if _, err := readVersion(tx, v.Number); err != nil {
		return err
	}
	if v.Was == 0 {
		if v.Was, err = versionBefore(tx, v.Number); err != nil || v.Was == 0 {
			return err
		}
	}
	if _, err := readVersion(tx, v.Was); err != nil {
		return err
	}
	for _, one := range all {
		if one.Number != v.Number {
			v.Others = append(v.Others, diffPick{one.Number, one.Number == v.Was})
		}
	}
	scope := scopeOf(r.Visitor)
	asked := url.Values{"with": {strconv.FormatInt(v.Was, 10)}}
	here := versionPath(v.Number) + "/diff?"
	for _, tab := range []diffTab{{What: diffAdded, Title: "Added"}, {What: diffLeft, Title: "Left"}, {What: diffChanged, Title: "Changed"}} {
		if tab.N, err = countDiff(tx, tab.What, v.Number, v.Was, scope); err != nil {
			return err
		}
		asked.Set("what", tab.What)
		tab.Path, tab.Here = here+asked.Encode(), tab.What == v.What
		v.Tabs = append(v.Tabs, tab)
	}
	if v.Rows, err = readDiff(tx, v.What, v.Number, v.Was, scope, after, peopleOnPage+1); err != nil {
		return err
	}
	asked.Set("what", v.What)
	if after != "" {
		v.First = here + asked.Encode()
	}
	if len(v.Rows) > peopleOnPage {
		v.Rows = v.Rows[:peopleOnPage]
		asked.Set("after", v.Rows[peopleOnPage-1].Person)
		v.Next = here + asked.Encode()
	}
	return nil
}

// Columns and EachRow make the page a table.
func (v diffView) Columns() []string {
	return []string{"change", "person", "name", "tier_was", "tier", "lane_was", "lane", "band_was", "band", "safe_contact_was", "safe_contact", "verdict_was",
		"verdict", "answers_to"}
}

func (v diffView) EachRow(emit func(...any) error) error {
	for _, d := range v.Rows {
		err := emit(v.What, d.Person, d.Name, d.Was.Tier, d.Is.Tier, d.Was.Lane, d.Is.Lane, d.Was.Band, d.Is.Band, d.Was.Contact, d.Is.Contact, d.Was.Verdict,
			d.Is.Verdict, d.Now)
		if err != nil {
			return err
		}
	}
	return nil
}
