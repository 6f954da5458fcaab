package notice

import (
	"slices"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// deliveryView is what needs somebody after notices left.
type deliveryView struct {
	Lines []deliveryLine `json:"lines"`
}

func (v deliveryView) Columns() []string {
	return []string{"run", "person", "reference", "state", "why", "status", "at"}
}

func (v deliveryView) EachRow(emit func(...any) error) error {
	for _, l := range v.Lines {
		if err := emit(l.Run, l.Person, l.Reference, l.State, l.Why, l.Status, l.At); err != nil {
			return err
		}
	}
	return nil
}

var deliveryPage = web.NewPage[deliveryView](pages, "delivery.html")

const onDelivery = 500

func (m *Room) delivery(r *web.Request) (web.Answer, error) {
	var v deliveryView
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) { v.Lines, err = troubled(tx, onDelivery); return err })
	v.Lines = slices.DeleteFunc(v.Lines, func(l deliveryLine) bool { return !seesAny(r.Visitor, l.Council) })
	for i := range v.Lines {
		v.Lines[i].Why = said(v.Lines[i].Why)
	}
	return deliveryPage.With("Delivery and returns", v), err
}

// seesAny tells whether a visitor may see what is of one of several councils,
// joined.
func seesAny(v *web.Visitor, councils string) bool {
	return v.Councils == nil || slices.ContainsFunc(split[string](councils), func(c string) bool { return slices.Contains(v.Councils, c) })
}
