package review

import (
	"fmt"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// Residents is what the room asks about what residents sent; the desk of
// enquiries answers. Both may be asked only of whom the visitor may know.
type Residents interface {
	// Reported are the reports and enquiries that staff tied to a person, the
	// newest first.
	Reported(tx *db.Tx, person string) ([]Reported, error)
	// Misused counts the reports of scams that use what was copied of somebody in
	// scope, as reviewers found.
	Misused(tx *db.Tx, s sweep.Scope) (int64, error)
}

// Reported is something residents sent that is tied to a person.
type Reported struct {
	Scam bool   // a scam uses what was copied of them; else a question of theirs or about them
	ID   int64  // its number
	Path string // its page
	At   int64  // when it was tied, seconds UTC
}

// reportPiece is what residents sent about a person, as their page shows it. That
// somebody already uses the data is a sign of harm.
type reportPiece struct {
	Misuse    string       `json:"misuse"` // in words; "" where none is known
	Reports   []reportLine `json:"reports"`
	Enquiries []reportLine `json:"enquiries"`
}

type reportLine struct {
	Title string `json:"title"`
	Path  string `json:"path"` // "" where the visitor may not see it
	At    int64  `json:"at"`
}

// reportPieceOf reads what residents sent about a person whom the visitor sees.
func (m *Room) reportPieceOf(r *web.Request, person string) (p reportPiece, err error) {
	if m.Residents == nil {
		return p, nil
	}
	var all []Reported
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err = m.Residents.Reported(tx, person)
		return err
	})
	if err != nil {
		return p, fmt.Errorf("read what residents sent: %w", err)
	}
	for _, x := range all {
		l, object := reportLine{Title: fmt.Sprintf("Enquiry %d", x.ID), At: x.At}, web.ObjectEnquiry
		if x.Scam {
			l.Title, object = fmt.Sprintf("Scam report %d", x.ID), web.ObjectScam
		}
		if r.May(web.Act{Verb: web.See, Object: object, Degree: web.Personal}) {
			l.Path = x.Path
		}
		if x.Scam {
			p.Reports = append(p.Reports, l)
		} else {
			p.Enquiries = append(p.Enquiries, l)
		}
	}
	if n := int64(len(p.Reports)); n > 0 {
		p.Misuse = "What was copied of this person is being used: " + count(n, "scam report", "scam reports") + " rest on it."
	}
	return p, nil
}

// misused counts the reports that use copied data; none where nobody takes
// reports.
func (m *Room) misused(tx *db.Tx, s sweep.Scope) (int64, error) {
	if m.Residents == nil {
		return 0, nil
	}
	return m.Residents.Misused(tx, s)
}
