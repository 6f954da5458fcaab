package web

import (
	"cmp"
	"embed"
	"slices"
)

//go:embed pages
var pageFiles embed.FS

var homePage = NewPage[homeView](pageFiles, "home.html")

// homeView is the start page: what every room has to say to this visitor.
type homeView struct {
	Cards []CardText `json:"cards"`
}

// home gathers the cards that the visitor may see, the alarms first.
func (h *House) home(r *Request) (Answer, error) {
	var cards []Card
	for _, s := range h.sections {
		for _, c := range s.Cards {
			if r.May(Act{Verb: See, Object: c.Object}) {
				cards = append(cards, c)
			}
		}
	}
	slices.SortStableFunc(cards, func(a, b Card) int { return cmp.Compare(a.Order, b.Order) })
	var v homeView
	for _, c := range cards {
		text, err := c.Make(r.Context(), r.Visitor)
		if err != nil {
			return nil, err
		}
		if text.Title != "" {
			v.Cards = append(v.Cards, text)
		}
	}
	slices.SortStableFunc(v.Cards, func(a, b CardText) int { return cmp.Compare(order(a.Alarm), order(b.Alarm)) })
	return homePage.With("Start", v), nil
}

func order(alarm bool) int {
	if alarm {
		return 0
	}
	return 1
}
