package enquiry

import (
	"fmt"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var scamNewPage = web.NewPage[askView](pages, "scam_new.html")

func (m *Room) scamForm(r *web.Request) (web.Answer, error) {
	if err := mayScam(r, ""); err != nil {
		return nil, err
	}
	return scamNewPage.With("New scam report", emptyAsk()), nil
}

// scamKeep keeps a report that an agent took.
func (m *Room) scamKeep(r *web.Request) (web.Answer, error) {
	v := emptyAsk()
	s, f, err := m.readTold(r, &v)
	if err != nil {
		return nil, err
	}
	s.Channel = Channel(f.Choice("channel", "Choose how they told you", string(ByPhone), string(ByMail), string(ByCounter), string(ByPaper)))
	v.Typed.Channel = string(s.Channel)
	if v.Errors = f.Errors; !f.OK() {
		return scamNewPage.With("New scam report", v).Faulty(f), nil
	}
	if len(r.Visitor.Councils) > 0 {
		s.Council = r.Visitor.Councils[0]
	}
	if err := mayScam(r, s.Council); err != nil {
		return nil, err
	}
	s.Reference, s.By, s.ByName = newReference(), r.Visitor.ID, r.Visitor.Name
	var id int64
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		id, _, err = m.keepReport(tx, s)
		return record.Leaf{Verb: "scam-type", Object: fmt.Sprintf("scam:%d", id), Line: fmt.Sprintf("Took scam report %d", id)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/scams/%d", id), "Kept. Their reference is "+spacedReference(s.Reference)), nil
}
