package notice

import (
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
	var homes []home
	if f.OK() {
		if homes, err = m.homesFor(r, v.UPRN); err != nil {
			return nil, err
		}
		if len(homes) == 0 {
			f.Fault("uprn", "No gazetteer in this case has a home with this UPRN")
		}
	}
	if !f.OK() {
		v.Errors = f.Errors
		return suppressionPage.With("Never write to", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		for _, h := range homes {
			forms := placesOf(h.lines, h.postcode)
			s := suppression{Place: reeve.Private(reeve.KindAddress, forms[0]), Why: v.WhyHome, Cause: "asked", By: r.Visitor.ID, At: r.Now.Unix()}
			err := addSuppression(tx, &s)
			if err == nil {
				err = keepForms(tx, forms[0], forms)
			}
			if err != nil {
				return record.Leaf{}, err
			}
		}
		return record.Leaf{Verb: "suppress", Object: "notice-address", Line: "Nothing is to be sent to an address any more"}, nil
	})
	return web.Redirect("/notices/suppression", "The address is in no run from now on, nor does anything leave to it from those that run."), err
}

// homesFor gives what gazetteers say of a UPRN, each way of writing it once, as
// far as the visitor may write for their councils.
func (m *Room) homesFor(r *web.Request, typed string) (homes []home, err error) {
	uprn, ok := uk.NormUPRN(typed)
	if !ok {
		return nil, nil
	}
	var all []home
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) { all, err = homesAt(tx, uprn); return err })
	known := make(map[string]bool)
	for _, h := range all {
		place := placesOf(h.lines, h.postcode)[0]
		if sees(r.Visitor, h.council) && !known[place] {
			known[place] = true
			homes = append(homes, h)
		}
	}
	return homes, err
}
