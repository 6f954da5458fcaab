package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) article34Section() web.Section {
	return web.Section{Object: web.ObjectVersion, Routes: []web.Route{
		{Pattern: "GET /article34", Verb: web.See, Object: web.ObjectVersion, Do: m.article34},
		{Pattern: "POST /article34/groups", Verb: web.Write, Object: web.ObjectVersion, Do: m.makeGroup},
		{Pattern: "POST /article34/groups/{g}/decide", Verb: web.Approve, Object: web.ObjectVersion, Do: m.decideGroup},
		{Pattern: "POST /article34/carry", Verb: web.Write, Object: web.ObjectVersion, Do: m.carryGroups},
	}}
}

var article34Page = web.NewPage[article34View](pages, "article34.html")

// Decisions under Article 34 of the UK GDPR, and the strictest first: who is in
// several groups gets that.
const (
	tellNow     = "tell-now"
	tell        = "tell"
	notDecided  = "not-decided"
	notRequired = "not-required"
)

var strictest = []string{tellNow, tell, notDecided, notRequired}

func article34Words(value string) string {
	switch value {
	case tellNow:
		return "Tell now: do not wait for the rest"
	case tell:
		return "Tell"
	case notRequired:
		return "Not required"
	}
	return "Not decided"
}

// Whom a group takes, by verdict and by whether they live.
const (
	judgedOpen      = "open"
	judgedConfirmed = "confirmed"
	judgedAny       = "any"
	deceasedAny     = "any"
	deceasedNo      = "living"
	deceasedYes     = "deceased"
)

// article34View is the groups of one version, and the form for another.
type article34View struct {
	List     int64            `json:"version"` // 0: no version yet
	State    string           `json:"state"`
	People   int64            `json:"people"`
	Groups   []groupLine      `json:"groups"`
	Sums     []decisionSum    `json:"people_by_decision"` // of the strictest of their groups
	Shared   int64            `json:"in_several_groups"`
	Earlier  int64            `json:"-"` // the version whose groups can be brought here; 0 for none
	Versions []diffPick       `json:"-"`
	Writes   bool             `json:"-"`
	Decides  bool             `json:"-"`
	Lanes    []filterChoice   `json:"-"`
	Bands    []filterChoice   `json:"-"`
	Signals  []filterChoice   `json:"-"`
	Kinds    []filterChoice   `json:"-"`
	Councils []filterChoice   `json:"-"`
	Choices  []choice         `json:"-"`
	Typed    groupTyped       `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

// groupTyped is the form as it was typed.
type groupTyped struct{ Title, Why string }

// decisionSum is how many people have one decision.
type decisionSum struct {
	Decision string `json:"decision"`
	N        int64  `json:"n"`
}

// Words says the decision.
func (d decisionSum) Words() string {
	if d.Decision == "" {
		return "In no group: not decided"
	}
	return article34Words(d.Decision)
}

// Words says what was decided last.
func (g groupLine) Words() string { return article34Words(g.group.Decision) }

// Version is the number by which a change made by somebody else is seen.
func (g groupLine) Version() int64 { return g.group.Version }

// Was says what was decided of the same group of an earlier version.
func (g groupLine) Was() string {
	if g.Before == "" {
		return ""
	}
	return article34Words(g.Before)
}

// Who says who is in a group.
func (g groupLine) Who() string { return g.Rule.words() }

func (g groupRule) words() string {
	var parts []string
	add := func(what string, values []string, words func(string) string) {
		if len(values) > 0 {
			parts = append(parts, what+" "+strings.Join(each(values, words), " or "))
		}
	}
	add("lane", g.Lanes, func(s string) string { return laneWords(reeve.Lane(s)) })
	add("severity", g.Bands, func(s string) string { return bandWords(reeve.Band(s)) })
	add("circumstance", g.Signals, func(s string) string { return signalWords(reeve.Signal(s)) })
	add("data:", g.Kinds, func(s string) string { return kindWords(reeve.Kind(s)) })
	if g.Council != "" {
		parts = append(parts, "held by "+g.Council)
	}
	switch g.Judged {
	case judgedOpen:
		parts = append(parts, "not judged to be nobody’s or somebody else’s")
	case judgedConfirmed:
		parts = append(parts, "confirmed by a reviewer")
	}
	switch g.Deceased {
	case deceasedNo:
		parts = append(parts, "not known to have died")
	case deceasedYes:
		parts = append(parts, "dead or perhaps dead")
	}
	if len(parts) == 0 {
		return "Everybody on the version"
	}
	return sentence(strings.Join(parts, "; "))
}

// article34Of gathers the page for a version, by default the approved one.
func (m *Room) article34Of(r *web.Request, asked string) (v article34View, err error) {
	scope := scopeOf(r.Visitor)
	v.List, _ = strconv.ParseInt(asked, 10, 64)
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readVersions(tx)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, state := range []string{versionApproved, ""} {
			if v.List == 0 {
				if v.List, err = newestVersion(tx, state); err != nil {
					return err
				}
			}
		}
		one, err := readVersion(tx, v.List)
		if err != nil {
			return err
		}
		v.State = one.Words()
		for _, o := range all {
			v.Versions = append(v.Versions, diffPick{o.Number, o.Number == v.List})
		}
		return v.fill(tx, scope)
	})
	if err != nil {
		return v, fmt.Errorf("show Article 34: %w", err)
	}
	v.Writes = scope.Councils == nil && v.List > 0 && r.May(web.Act{Verb: web.Write, Object: web.ObjectVersion})
	v.Decides = scope.Councils == nil && r.May(web.Act{Verb: web.Approve, Object: web.ObjectVersion})
	return v, nil
}

func (v *article34View) fill(tx *db.Tx, s sweep.Scope) error {
	sums, err := tallyOf(tx, v.List, s)
	if err != nil {
		return err
	}
	v.People = sums[tallyPeople][""]
	if v.Groups, err = groupLines(tx, v.List, s); err != nil {
		return err
	}
	o, err := overlapOf(tx, v.List, s)
	if err != nil {
		return err
	}
	rest := v.People
	for _, d := range strictest {
		if n := o.By[d]; n > 0 {
			v.Sums = append(v.Sums, decisionSum{d, n})
			rest -= n
		}
	}
	v.Sums, v.Shared = append(v.Sums, decisionSum{"", rest}), o.Shared
	if len(v.Groups) == 0 {
		if v.Earlier, err = versionWithGroups(tx, v.List); err != nil {
			return err
		}
	}
	councils, err := councilsOf(tx)
	if err != nil {
		return err
	}
	none := func(all []filterChoice) []filterChoice { return all[1:] } // without "Any"
	v.Lanes, v.Bands = none(filterChoices("", lanes, laneWords)), none(filterChoices("", reeve.Bands, bandWords))
	v.Signals = none(filterChoices("", reeve.Signals, signalWords))
	kinds := each(countsIn(sums[tallyKind], nil), func(c sweep.Count) reeve.Kind { return reeve.Kind(c.Value) })
	v.Kinds = none(filterChoices("", kinds, kindWords))
	v.Councils = filterChoices("", councils, func(c string) string { return c })
	v.Choices = []choice{{tellNow, article34Words(tellNow)}, {tell, article34Words(tell)}, {notRequired, article34Words(notRequired)}, {notDecided, article34Words(notDecided)}}
	return nil
}

func (m *Room) article34(r *web.Request) (web.Answer, error) {
	v, err := m.article34Of(r, r.Ask("version"))
	if err != nil {
		return nil, err
	}
	return article34Page.With("Article 34: who must be told", v), nil
}

// makeGroup keeps a group of the people of a version. It decides nothing.
func (m *Room) makeGroup(r *web.Request) (web.Answer, error) {
	if err := wholeCase(r); err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.article34Of(r, f.Said("list"))
	if err != nil {
		return nil, err
	}
	g := group{List: v.List, Title: f.Need("title", 120, "Give the group a name"), By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	g.Rule = groupRule{Lanes: f.All("lane"), Bands: f.All("band"), Signals: f.All("signal"), Kinds: f.All("kind"), Council: f.Text("council", 100),
		Judged:   f.Choice("judged", "Choose whom the group takes", judgedOpen, judgedConfirmed, judgedAny),
		Deceased: f.Choice("deceased", "Choose whom the group takes", deceasedAny, deceasedNo, deceasedYes)}
	v.checkRule(f, &g.Rule)
	if v.List == 0 {
		f.Fault("title", "Freeze a list first: a group is of the people of a version")
	}
	if !f.OK() {
		v.Errors, v.Typed = f.Errors, groupTyped{Title: f.Said("title")}
		return article34Page.With("Article 34: who must be told", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := addGroup(tx, &g)
		return record.Leaf{Verb: "group", Object: versionThing(g.List), Rows: g.people, Line: fmt.Sprintf("made group %d of list version %d for Article 34", g.ID, g.List)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(article34Path(g.List), "The group is there; nothing is decided of it yet."), nil
}

func article34Path(list int64) string { return "/article34?version=" + strconv.FormatInt(list, 10) }

// checkRule refuses values that the form does not offer.
func (v *article34View) checkRule(f *web.Form, g *groupRule) {
	check := func(field string, values []string, from []filterChoice) {
		for _, value := range values {
			if !slices.ContainsFunc(from, func(c filterChoice) bool { return c.Value == value }) {
				f.Fault(field, "Choose from the list")
			}
		}
	}
	check("lane", g.Lanes, v.Lanes)
	check("band", g.Bands, v.Bands)
	check("signal", g.Signals, v.Signals)
	check("kind", g.Kinds, v.Kinds)
	check("council", []string{g.Council}, v.Councils)
}

// decideGroup is the decision about a group, with its reason and who signs it.
// Nothing but this act makes a decision: no band, lane or rule does.
func (m *Room) decideGroup(r *web.Request) (web.Answer, error) {
	if err := wholeCase(r); err != nil {
		return nil, err
	}
	id, err := r.Number("g")
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	var g group
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if g, err = readGroup(tx, id); err == nil {
			g.people, err = countGroup(tx, &g, sweep.Scope{})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	d := groupDecision{By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix(), Value: f.Choice(fmt.Sprintf("decision-%d", id), "Choose a decision", strictest...),
		Why: f.Need(fmt.Sprintf("why-%d", id), 4000, "Give the reason: the risk to these people, and what speaks for and against telling them")}
	g.Version = f.Number("version", "", 1, 1<<53)
	if !f.OK() {
		v, err := m.article34Of(r, strconv.FormatInt(g.List, 10))
		v.Errors, v.Typed.Why = f.Errors, f.Said(fmt.Sprintf("why-%d", id))
		return article34Page.With("Article 34: who must be told", v).Faulty(f), err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := addGroupDecision(tx, &g, d)
		return record.Leaf{Verb: "decide-article34", Object: "group:" + strconv.FormatInt(id, 10), Rows: g.people,
			Line: fmt.Sprintf("decided under Article 34 about group %d of list version %d: %s", id, g.List, d.Value)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(article34Path(g.List), "Decided: "+lower(article34Words(d.Value))+"."), nil
}

// carryGroups makes the groups of an earlier version for a later one. Decisions
// do not come along: who is in a group has changed, so each is decided anew, with
// what was decided before beside it.
func (m *Room) carryGroups(r *web.Request) (web.Answer, error) {
	if err := wholeCase(r); err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.article34Of(r, f.Said("list"))
	if err != nil {
		return nil, err
	}
	if v.Earlier == 0 {
		return nil, reeve.WithHint(fmt.Errorf("carry groups: %w", reeve.Conflict), "This version has groups of its own, or there are none to bring.")
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		n, err := copyGroups(tx, v.Earlier, v.List, r.Visitor.ID, r.Visitor.Name, r.Now.Unix())
		return record.Leaf{Verb: "group", Object: versionThing(v.List), Line: fmt.Sprintf("brought %d groups of list version %d to version %d, undecided", n, v.Earlier, v.List)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(article34Path(v.List), "The groups are here. Each is to be decided anew."), nil
}

// Columns and EachRow make the groups a table.
func (v article34View) Columns() []string {
	return []string{"group", "title", "who", "people", "decision", "why", "by", "at"}
}

func (v article34View) EachRow(emit func(...any) error) error {
	for _, g := range v.Groups {
		var last groupDecision
		if len(g.Log) > 0 {
			last = g.Log[0]
		}
		if err := emit(g.ID, g.Title, g.Who(), g.People, g.Decision, last.Why, last.ByName, last.At); err != nil {
			return err
		}
	}
	return nil
}
