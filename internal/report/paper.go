package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/reeve-council/reeve/internal/incident"
)

// paperKind is one sort of paper: its readers and its parts, in order.
type paperKind struct {
	Kind       string
	Title      string
	Lead       string // for who chooses it
	For        []incident.Audience
	Privileged bool // it is written for legal advice, and says so on top
	Since      int  // hours of the timeline that it tells; 0 all
	Parts      []paperPart
}

// paperPart is one heading of a paper and what makes it. A part without pieces
// is left out.
type paperPart struct {
	Title string
	Make  func(*gathered) []piece
}

// Memo is a paper as it was made. It is kept as it was handed out.
type Memo struct {
	ID       int64             `json:"id"`
	Kind     string            `json:"kind"`
	Audience incident.Audience `json:"audience"`
	incident.Mark
	Title    string  `json:"title"`
	List     int64   `json:"list"`
	Footer   string  `json:"footer"`
	Pieces   []piece `json:"pieces"`
	Digest   string  `json:"digest"`
	MadeBy   string  `json:"made_by"`
	MadeName string  `json:"made_name"`
	MadeAt   int64   `json:"made_at"`
	Facts    []int64 `json:"facts"`
}

// paperOf finds a kind of paper.
func paperOf(kind string) (paperKind, bool) {
	i := slices.IndexFunc(paperKinds, func(k paperKind) bool { return k.Kind == kind })
	if i < 0 {
		return paperKind{}, false
	}
	return paperKinds[i], true
}

// Path is the paper's page.
func (p Memo) Path() string { return fmt.Sprintf("/papers/%d", p.ID) }

// Words say for whom it is.
func (p Memo) Words() string { return p.Audience.Words() }

// sum is the digest of all that is printed.
func (p Memo) sum() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %q\n%s", p.Kind, p.Audience, p.Title, p.Council, p.Footer, packed(p.Pieces))
	return hex.EncodeToString(h.Sum(nil))
}

// sheet is the paper as a document.
func (p Memo) sheet(author string) sheet {
	return sheet{Title: p.Title, Subtitle: fmt.Sprintf("%s. For: %s. As of %s.", p.TLP.Label(), p.Audience.Words(), shown(p.MadeAt)), Author: author,
		Footer: p.Footer, Date: time.Unix(p.MadeAt, 0), Pieces: p.Pieces}
}

// object is the paper as facts are told that it cites them.
func (p Memo) object() incident.Object {
	return incident.Object{Kind: "paper", ID: fmt.Sprint(p.ID), Title: p.Title, Path: p.Path(), Owner: p.MadeBy, OwnerName: p.MadeName, Mark: p.Mark, At: p.MadeAt}
}

// paperSight is what may stand in a paper: what its maker sees, of the council
// for which it is, with labels that may go to its readers. Red goes nowhere.
func paperSight(maker incident.Sight, council string, to incident.Audience) incident.Sight {
	s := maker.Leaving()
	s.Levels = slices.DeleteFunc(slices.Clone(s.Levels), func(t incident.TLP) bool { return !slices.Contains(to.Levels(), t) })
	if council != "" {
		s.All, s.Councils = false, []string{council}
	}
	return s
}

// nobody is the code of no council: a sight of it sees what every council in the
// incident may see, and nothing that is one council's own.
const nobody = "-"

// outward is what of a paper's sight may go to readers outside the councils,
// where nobody released it to them as facts are: nothing that is shared by one
// council with some others alone.
func outward(s incident.Sight, council string, to incident.Audience) incident.Sight {
	if council == "" && (to == incident.Partners || to == incident.Press || to == incident.Public) {
		s.All, s.Councils = false, []string{nobody}
	}
	return s
}
