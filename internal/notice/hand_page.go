package notice

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

var handPage = web.NewPage[handView](pages, "hand.html")

// handView is what is to be delivered by hand or given to named workers.
type handView struct {
	Lines []handLine `json:"lines"`
}

type handLine struct {
	Run       int64             `json:"run"`
	Person    string            `json:"person"`
	Reference string            `json:"reference"`
	Name      reeve.Sensitive   `json:"name"`
	Address   []reeve.Sensitive `json:"address"`
	State     string            `json:"state"`
	File      string            `json:"-"`
}

func (m *Room) hand(r *web.Request) (web.Answer, error) {
	var v handView
	var all []frozenMessage
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) { all, err = byHand(tx, onDelivery); return err })
	for i := range all {
		c := &all[i].Recipient
		if seesAny(r.Visitor, c.Council) {
			v.Lines = append(v.Lines, handLine{all[i].Run, c.Person, c.Reference, c.Name, c.Lines, all[i].State, fmt.Sprintf("%s/letters/%d/pdf", runPath(all[i].Run), all[i].N)})
		}
	}
	return handPage.With("To be delivered by hand", v), err
}
