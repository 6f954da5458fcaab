package notice

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/uk"
	"github.com/reeve-council/reeve/internal/web"
)

// suppressHome keeps an address of the gazetteer out of every letter, whoever
// lives there. The record says that it was done, not where: that an address is
// sensitive is itself to be kept.
func (m *Room) suppressHome(r *web.Request) (web.Answer, error) {
	v, err := m.suppressionView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v.UPRN, v.WhyHome = f.Need("uprn", 20, "Enter the UPRN of the address"), f.Need("why_home", 300, "Say why nothing is to be sent there")
	var places []string
	if f.OK() {
		if places, err = m.placesAt(r, v.UPRN); err != nil {
			return nil, err
		}
		if len(places) == 0 {
			f.Fault("uprn", "No gazetteer in this case has a home with this UPRN")
		}
	}
	if !f.OK() {
		v.Errors = f.Errors
		return suppressionPage.With("Never write to", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		for _, p := range places {
			s := suppression{Place: reeve.Private(reeve.KindAddress, p), Why: v.WhyHome, Cause: "asked", By: r.Visitor.ID, At: r.Now.Unix()}
			if err := addSuppression(tx, &s); err != nil {
				return record.Leaf{}, err
			}
		}
		return record.Leaf{Verb: "suppress", Object: "notice-address", Line: fmt.Sprintf("Nothing is to be sent to an address any more (%d ways of writing it)", len(places))}, nil
	})
	return web.Redirect("/notices/suppression", "The address is in no run from now on, nor does anything leave to it from those that run."), err
}

// placesAt gives the folded addresses of a UPRN, as far as the visitor may write
// for their councils.
func (m *Room) placesAt(r *web.Request, typed string) (places []string, err error) {
	uprn, ok := uk.NormUPRN(typed)
	if !ok {
		return nil, nil
	}
	var homes []home
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) { homes, err = homesAt(tx, uprn); return err })
	known := make(map[string]bool)
	for _, h := range homes {
		place := placesOf(h.lines, h.postcode)[0]
		if sees(r.Visitor, h.council) && !known[place] {
			known[place] = true
			places = append(places, place)
		}
	}
	return places, err
}
