package review

import (
	"fmt"
	"net/url"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) householdSection() web.Section {
	return web.Section{Object: web.ObjectPerson, Routes: []web.Route{
		{Pattern: "GET /households/{id}", Verb: web.See, Object: web.ObjectPerson, Do: m.household},
	}}
}

var householdPage = web.NewPage[householdView](pages, "household.html")

// householdView is an address, who of those that may be seen is linked to it,
// and what could be placed there and nowhere else.
type householdView struct {
	sweep.HouseholdView
	Band    string       `json:"-"`
	Colour  string       `json:"-"`
	Rows    []personLine `json:"-"`
	Set     []placedCard `json:"-"`
	Thing   string       `json:"-"`
	Back    string       `json:"-"`
	Granted bool         `json:"-"`
	Reveals bool         `json:"-"`
}

// placedCard is a mention that is the address's and nobody's.
type placedCard struct {
	Item   int64
	Viewer string
	Found  []foundLine
}

func (v householdView) Columns() []string {
	return []string{"household", "person", "name", "date_of_birth", "tier", "lane", "band", "safe_contact"}
}

// EachRow gives the people of the address.
func (v householdView) EachRow(emit func(...any) error) error {
	for _, p := range v.Rows {
		if err := emit(v.ID, p.ID, p.Name, p.Born, p.Tier, p.Lane, p.PersonLine.Band, p.SafeContact); err != nil {
			return err
		}
	}
	return nil
}

func (m *Room) household(r *web.Request) (web.Answer, error) {
	id := r.Part("id")
	h, err := m.kase.Household(r.Context(), id, scopeOf(r.Visitor))
	if isNotFound(err) {
		return nil, fmt.Errorf("find household: %w", reeve.NotFound)
	}
	if err != nil {
		return nil, err
	}
	if err := m.noteSealed(r, sealedIn(h.People)...); err != nil {
		return nil, err
	}
	v := householdView{HouseholdView: *h, Band: bandWords(reeve.Band(h.Band)), Colour: bandColour(reeve.Band(h.Band)),
		Thing: "household:" + h.ID, Back: "/households/" + url.PathEscape(h.ID)}
	degree := web.Special // whatever was placed at the address
	if len(sealedIn(h.People)) > 0 {
		degree = web.Sealed
	}
	v.Granted = mayShowUpTo(r, v.Thing, web.ObjectPerson, degree)
	v.Reveals = !v.Granted && mayReveal(r, web.ObjectPerson, degree)
	if v.Rows, err = m.personLines(r, h.People); err != nil {
		return nil, err
	}
	var categories []string
	aside, err := m.aside(r, each(h.Placed, func(p sweep.PlacedView) int64 { return p.Item }))
	if err != nil {
		return nil, err
	}
	v.Placed = slices.DeleteFunc(slices.Clone(h.Placed), func(p sweep.PlacedView) bool { return aside[p.Item] })
	for _, p := range v.Placed {
		card := placedCard{Item: p.Item, Viewer: documentPath(p.Item)}
		for i := range p.Found {
			f := &p.Found[i]
			card.Viewer = findingPath(p.Item, f)
			card.Found = append(card.Found, lineOf(f))
			categories = append(categories, f.Category)
		}
		v.Set = append(v.Set, card)
	}
	if v.Granted {
		if err := m.noteSpecial(r, v.Thing, categories); err != nil {
			return nil, err
		}
	}
	return householdPage.With("Household "+h.ID, v).Show(v.Granted), nil
}
