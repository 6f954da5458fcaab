package incident

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/web"
)

// TLP is how far something may travel: the labels of FIRST's Traffic Light
// Protocol 2.0 (first.org/tlp), kept in lower case.
type TLP string

// The labels, from the one that travels furthest.
const (
	Clear       TLP = "clear"        // anybody
	Green       TLP = "green"        // every council and partner in the incident
	Amber       TLP = "amber"        // whose it is, and with whom they share it
	AmberStrict TLP = "amber+strict" // whose it is alone
	Red         TLP = "red"          // whose it is alone, on the screen alone
)

// TLPs are all labels, from the one that travels furthest.
var TLPs = []TLP{Clear, Green, Amber, AmberStrict, Red}

// Label is how the protocol wants a label written.
func (t TLP) Label() string { return "TLP:" + strings.ToUpper(string(t)) }

// Words say what a label means here.
func (t TLP) Words() string {
	switch t {
	case Clear:
		return "anyone may see it"
	case Green:
		return "every council in this incident may see it"
	case Amber:
		return "the council whose it is, and those it is shared with; what is the whole incident's, every council in it"
	case AmberStrict:
		return "the council whose it is, nobody else"
	case Red:
		return "the council whose it is, on the screen only: in no export, feed or file"
	}
	return string(t)
}

// Colour is the tag that shows a label.
func (t TLP) Colour() string {
	switch t {
	case Clear:
		return "grey"
	case Green:
		return "green"
	case Red:
		return "red"
	}
	return "orange"
}

// Degree says how grave the policy takes something of a label to be: roles that
// see only plain things see up to amber.
func (t TLP) Degree() web.Degree {
	switch t {
	case Clear, Green, Amber:
		return web.Plain
	case AmberStrict:
		return web.Personal
	}
	return web.Special
}

// Mark is whose an object is and how far it may travel.
type Mark struct {
	Council string `json:"council"` // "" is the whole incident: amber and what is freer is for every council in it
	TLP     TLP    `json:"tlp"`
}

// Object kinds of the room, as they stand in shares, citations and leaves.
const (
	KindIncident = "incident"
	KindEntry    = "entry"
	KindFact     = "fact"
	KindDecision = "decision"
	KindTask     = "task"
	KindHandover = "handover"
)

// Object names something anywhere in Reeve, for lists of what belongs together.
type Object struct {
	Kind      string `json:"kind"`
	ID        string `json:"id"`
	Title     string `json:"title"` // no personal value
	Path      string `json:"path"`  // of its page
	Owner     string `json:"owner"` // who sees to it when a fact under it changes; "" is the owner of the fact
	OwnerName string `json:"owner_name"`
	Mark      Mark   `json:"mark"` // who may see the title; no TLP counts as amber
	At        int64  `json:"at"`   // when it was made, seconds UTC; 0: with the fact
}

// Sight is what of the book somebody may see. The zero value sees nothing.
type Sight struct {
	All      bool     // every council's
	Councils []string // of these councils, if not All
	Levels   []TLP    // at most these labels
}

// SightOf is what who asks may see of objects that the policy calls o. An
// answer to a program leaves Reeve, so it holds nothing red.
func SightOf(r *web.Request, o web.Object) Sight {
	s := Sight{All: r.Visitor.Councils == nil, Councils: r.Visitor.Councils}
	for _, t := range TLPs {
		if r.May(web.Act{Verb: web.See, Object: o, Degree: t.Degree()}) {
			s.Levels = append(s.Levels, t)
		}
	}
	if r.Machine() {
		return s.Leaving()
	}
	return s
}

// sightOfCard is what the start page may count for a visitor: nothing that is
// closer than amber, since a card does not know their roles.
func sightOfCard(v *web.Visitor) Sight {
	return Sight{All: v.Councils == nil, Councils: v.Councils, Levels: []TLP{Clear, Green, Amber}}
}

// Leaving is what of a sight may be put into a file, a feed or a message.
func (s Sight) Leaving() Sight {
	s.Levels = slices.DeleteFunc(slices.Clone(s.Levels), func(t TLP) bool { return t == Red })
	return s
}

// Outside is what councils may be given of the book, their own included, in a
// file.
func Outside(councils ...string) Sight {
	return Sight{Councils: councils, Levels: []TLP{Clear, Green, Amber, AmberStrict}}
}

// Sees tells whether an object of a mark, shared with councils besides, may be
// seen. It is the twin of where.
func (s Sight) Sees(k Mark, shared ...string) bool {
	if !slices.Contains(s.Levels, k.TLP) {
		return false
	}
	own := func(c string) bool { return slices.Contains(s.Councils, c) }
	switch {
	case s.All || k.Council != "" && own(k.Council) || len(s.Councils) > 0 && (k.TLP == Clear || k.TLP == Green):
		return true
	case k.TLP != Amber || len(s.Councils) == 0:
		return false
	}
	return k.Council == "" || slices.ContainsFunc(shared, own)
}

// where is the condition that a row, called alias, of an object of a kind may
// be seen: the one condition of every list, page, search, count and export. id
// is the column with the object's id; the row has columns council and tlp too.
func (s Sight) where(kind, alias, id string) (condition string, args []any) {
	if len(s.Levels) == 0 || !s.All && len(s.Councils) == 0 {
		return "1 = 0", nil
	}
	condition = alias + ".tlp IN (" + marks(len(s.Levels)) + ")"
	for _, t := range s.Levels {
		args = append(args, string(t))
	}
	if s.All {
		return "(" + condition + ")", args
	}
	own := marks(len(s.Councils))
	condition = "(" + condition + " AND (" + alias + ".council IN (" + own + ") AND " + alias + ".council <> '' OR " + alias + ".tlp IN ('clear', 'green') OR " +
		alias + ".tlp = 'amber' AND (" + alias + ".council = '' OR " + sharedWith(alias+"."+id, own) + ")))"
	args = append(args, arguments(s.Councils)...)
	args = append(args, kind)
	return condition, append(args, arguments(s.Councils)...)
}

// closer is the mark of something that tells of two things: the label that
// travels less far, and the council of the one that has one. Of two councils it
// is the whole incident's, for those alone who see all of it.
func (k Mark) closer(o Mark) Mark {
	if slices.Index(TLPs, o.TLP) > slices.Index(TLPs, k.TLP) {
		k.TLP = o.TLP
	}
	switch {
	case k.Council == o.Council:
	case k.Council == "":
		k.Council = o.Council
	case o.Council != "":
		k.Council = ""
		if k.TLP == Amber {
			k.TLP = AmberStrict
		}
	}
	return k
}
