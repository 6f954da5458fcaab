package sweep

import (
	"github.com/reeve-council/reeve"
)

// PeopleQuery asks for one page of the people list. Empty fields do not filter.
type PeopleQuery struct {
	Scope   Scope
	Lane    reeve.Lane
	Band    reeve.Band
	Tier    reeve.Tier
	Signal  reeve.Signal
	Council string // one council within the scope
	Text    string // words of a name, a postcode, a register id or a person id; the last word may be cut short
	After   string // Next of the page before; "" for the first
	Limit   int    // rows, 1 to 100; 0 is 50
}

// PeoplePage is one page of people in the order of priority.
type PeoplePage struct {
	People []PersonLine `json:"people"`
	Next   string       `json:"next"` // "" on the last page
	Stamp  Stamp        `json:"stamp"`
}

// PersonLine is a person in a list. Number is the place in the list asked for,
// from 1. Dates are 2001-03-05, 2001-03 or 2001, "" when not known.
type PersonLine struct {
	ID          string          `json:"id"`
	Number      int64           `json:"number"`
	Name        reeve.Sensitive `json:"name"`
	Born        reeve.Sensitive `json:"born"`
	Postcode    reeve.Sensitive `json:"postcode"`
	Tier        string          `json:"tier"`
	Probability string          `json:"probability"` // four decimals
	Capacity    string          `json:"capacity"`
	Role        string          `json:"role"`
	Deceased    string          `json:"deceased"`
	Severity    string          `json:"severity"` // two decimals
	Band        string          `json:"band"`
	Lane        string          `json:"lane"`
	Signals     []string        `json:"signals"`
	Categories  []string        `json:"categories"`
	Kinds       []string        `json:"kinds"`
	DataFrom    string          `json:"data_from"`
	DataTo      string          `json:"data_to"`
	Items       int64           `json:"items"`
	Incomplete  int64           `json:"incomplete"`
	Controllers []string        `json:"controllers"`
	SafeContact string          `json:"safe_contact"`
	StillHeld   []string        `json:"still_held"` // kinds of which a value found is what a register holds now
	Sealed      bool            `json:"sealed"`     // opened to this visitor: others are not in any list
}
