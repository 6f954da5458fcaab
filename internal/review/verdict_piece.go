package review

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// verdictPiece is what other desks' pages show of the verdicts on a person or a
// document: what holds, and the form to say something. The form leads to the
// desk of verdicts and back.
type verdictPiece struct {
	State        verdictState `json:"state"`
	Words        string       `json:"words"`
	Values       []choice     `json:"-"`
	Judges       bool         `json:"-"`
	Path         string       `json:"-"`
	Contact      contactNow   `json:"contact"` // of a person
	ContactWords string       `json:"-"`
	ContactBasis string       `json:"-"`
	ContactPath  string       `json:"-"`
}

// verdictPieceOf gathers the piece of a person or document that the visitor may
// see; the caller has made sure of that.
func (m *Room) verdictPieceOf(r *web.Request, about, thing string) (p verdictPiece, err error) {
	p = verdictPiece{Values: verdictValues[about], Judges: r.May(web.Act{Verb: web.Judge, Object: web.ObjectQueue}), Path: verdictPath(about, thing)}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if p.State, err = verdictOf(tx, about, thing); err != nil || about != aboutPerson {
			return err
		}
		p.Contact, err = contactOf(tx, thing)
		return err
	})
	if err != nil {
		return p, fmt.Errorf("read verdicts: %w", err)
	}
	p.Words = stateWords(about, p.State)
	if about == aboutPerson {
		p.ContactPath, p.ContactWords, p.ContactBasis = contactPath(thing), contactWords(reeve.SafeContact(p.Contact.Value)), basisWords(p.Contact)
	}
	return p, nil
}
