package review

import (
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// errNoPerson is the one answer to an id that is unknown, one that is sealed and
// one of another council.
var errNoPerson = fmt.Errorf("find person: %w", reeve.NotFound)

// mayShow reports whether a visitor may see a thing's values in clear now, be
// they of special categories: their role allows it, and the reveal is on record.
func mayShow(r *web.Request, thing string, o web.Object) bool {
	return mayShowUpTo(r, thing, o, web.Special)
}

// mayShowUpTo is mayShow for what is as grave as d.
func mayShowUpTo(r *web.Request, thing string, o web.Object, d web.Degree) bool {
	return r.Granted(thing) && mayReveal(r, o, d)
}

// mayReveal reports whether the visitor's role allows them to ask for values.
func mayReveal(r *web.Request, o web.Object, d web.Degree) bool {
	return r.May(web.Act{Verb: web.SeePersonal, Object: o, Degree: d})
}

// degreeOf is how grave it is to read what is known of a person.
func degreeOf(sealed bool, categories []string) web.Degree {
	switch {
	case sealed:
		return web.Sealed
	case hasSpecial(categories):
		return web.Special
	}
	return web.Personal
}

// noteSealed writes to the record that sealed people who were opened to a
// visitor are about to be shown to them, one leaf for each. Nothing is shown if
// this fails. Other desks call it before they show a list that holds any.
func (m *Room) noteSealed(r *web.Request, people ...string) error {
	if len(people) == 0 {
		return nil
	}
	return m.db.WriteDurable(r.Context(), func(tx *db.Tx) error {
		for _, id := range people {
			if _, err := record.Append(tx, account.SealedRead(r.Visitor, id, r.Now)); err != nil {
				return err
			}
		}
		return nil
	})
}

// sealedIn are the sealed people among some: they are there because they were
// opened to the visitor.
func sealedIn(lines []sweep.PersonLine) []string {
	var ids []string
	for _, l := range lines {
		if l.Sealed {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// noteSpecial writes to the record, once for each grant, that special categories
// or data on offences were read in clear.
func (m *Room) noteSpecial(r *web.Request, thing string, categories []string) error {
	if !slices.ContainsFunc(categories, special) {
		return nil
	}
	at := slices.IndexFunc(r.Visitor.Shown, func(g web.Grant) bool { return g.Thing == thing && r.Now.Before(g.Until) })
	if at < 0 {
		return nil
	}
	return m.db.WriteDurable(r.Context(), func(tx *db.Tx) error {
		first, err := noteRead(tx, r.Visitor.ID, thing, r.Visitor.Shown[at].Until.Unix())
		if err != nil || !first {
			return err
		}
		_, err = record.Append(tx, record.Leaf{Time: r.Now.Unix(), Actor: r.Visitor.ID, Verb: "read-special", Object: thing,
			Line: "read special categories or data on offences in clear"})
		return err
	})
}

// special reports whether a category is of Article 9 or 10 of the UK GDPR, or
// is what a council treats alike: who is in care or in danger.
func special(category string) bool {
	switch reeve.Category(category) {
	case reeve.CategoryHealth, reeve.CategoryGenetic, reeve.CategoryEthnic, reeve.CategoryPolitical, reeve.CategoryReligious, reeve.CategoryTradeUnion,
		reeve.CategorySexLife, reeve.CategorySexual, reeve.CategoryGender, reeve.CategoryCriminal, reeve.CategoryCircumstances:
		return true
	}
	return false
}
