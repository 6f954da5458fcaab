package sweep

import (
	"github.com/reeve-council/reeve"
)

// PersonView is everything that the page of a person needs.
type PersonView struct {
	PersonLine
	Asked       string           `json:"asked"` // the id asked for, if a redirect led here
	AsOf        string           `json:"as_of"` // the case's day
	Age         *int             `json:"age"`   // in whole years on the case's day; null when not known
	AgeToday    *int             `json:"age_today"`
	UPRN        reeve.Sensitive  `json:"uprn"`
	Address     reeve.Sensitive  `json:"address"` // of the register, never of an exhibit
	Registers   []RegisterRef    `json:"registers"`
	Reasons     []string         `json:"reasons"` // of signals, severity and completeness, without personal values
	Sources     []SignalSource   `json:"sources"`
	Links       []LinkView       `json:"links"` // the surest first
	MoreLinks   int64            `json:"more_links"`
	Incompletes []IncompleteItem `json:"incomplete_items"`
	Contact     ContactView      `json:"contact"`
	Household   *HouseholdView   `json:"household"` // null when of none
	Decisions   []DecisionView   `json:"decisions"`
	HiddenItems int64            `json:"hidden_items"` // of the person's items that also hold a sealed person: shown without text
}

// RegisterRef is a register person: the register's name and the id in it.
type RegisterRef struct {
	Register string          `json:"register"`
	ID       reeve.Sensitive `json:"id"`
}

// SignalSource is a signal with where it comes from and the date that its
// source gives.
type SignalSource struct {
	Signal string `json:"signal"`
	Source string `json:"source"`
	Since  string `json:"since"`
}

// LinkView is one link: why a mention is tied to the person, who else it could
// be, and the passages it consists of.
type LinkView struct {
	Mention      string          `json:"mention"`
	Document     int64           `json:"document"`
	Ordinal      int64           `json:"ordinal"`
	Item         int64           `json:"item"` // the first copy
	Exhibit      string          `json:"exhibit"`
	Path         reeve.Sensitive `json:"path"`
	Status       string          `json:"status"`
	Probability  string          `json:"probability"`
	Tier         string          `json:"tier"`
	Capacity     string          `json:"capacity"`
	Decided      string          `json:"decided"`
	Sentence     string          `json:"sentence"`
	Waterfall    []FieldBits     `json:"waterfall"`
	Rivals       []RivalView     `json:"rivals"`
	Settle       []string        `json:"settle"` // what would settle a link that is not strong
	Passages     []Passage       `json:"passages"`
	MoreFindings bool            `json:"more_findings"` // there are more than those shown
	Hidden       bool            `json:"hidden"`        // the document holds a sealed person: no path, no text
}

// FieldBits is one step of the waterfall from "anybody" to the link's
// probability.
type FieldBits struct {
	Field string `json:"field"` // "prior", "name", "born" …, "rivals"
	Words string `json:"words"`
	Bits  int32  `json:"bits"` // hundredths of a bit; positive speaks for the person
}

// RivalView is somebody else whom a mention could mean. ID and Name are empty
// for nobody on a register, and for those of whom the case shows nothing.
type RivalView struct {
	ID          string          `json:"id"`
	Name        reeve.Sensitive `json:"name"`
	Probability string          `json:"probability"`
	Bits        int32           `json:"bits"`
	Words       string          `json:"words"` // why not
}

// Passage is the text around findings that stand together, or the table row in
// which they stand with its header.
type Passage struct {
	Block  int64             `json:"block"`
	Place  string            `json:"place"`
	Layer  string            `json:"layer"`
	Text   reeve.Sensitive   `json:"text"`   // of running text: about 200 characters each way
	Before bool              `json:"before"` // text was left out before it
	After  bool              `json:"after"`
	Header []reeve.Sensitive `json:"header"` // of a table, in step with Row; may be empty
	Row    []reeve.Sensitive `json:"row"`
	Line   int64             `json:"line"` // row of the table within its block, from 0; -1 in text
	From   int64             `json:"from"` // for Blocks: shows the document from here
	Found  []FoundView       `json:"found"`
}

// FoundView is one finding. First and Last are byte offsets in the passage's
// Text, or in the cell Col of its Row.
type FoundView struct {
	N          int64           `json:"n"`
	Kind       string          `json:"kind"`
	Category   string          `json:"category"`
	Confidence string          `json:"confidence"`
	Value      reeve.Sensitive `json:"value"`
	Rule       string          `json:"rule"`
	Place      string          `json:"place"`
	Capacity   string          `json:"capacity"`
	Signal     string          `json:"signal"`
	Said       string          `json:"said"`    // date that the content gives
	Negated    bool            `json:"negated"` // the text denies it: never counted
	Current    bool            `json:"current"` // equal to what a register holds now
	Line       int64           `json:"line"`    // row within the block, -1 in text
	Col        int64           `json:"col"`     // cell, -1 in text
	First      int64           `json:"first"`
	Last       int64           `json:"last"`
	Mention    string          `json:"mention"`
	Person     string          `json:"person"` // who may be seen; "" where nobody is linked
	Household  string          `json:"household"`
}

// IncompleteItem is an item of a person that was not fully read.
type IncompleteItem struct {
	Item    int64           `json:"item"`
	Exhibit string          `json:"exhibit"`
	Path    reeve.Sensitive `json:"path"`
	Status  string          `json:"status"`
	Reason  string          `json:"reason"`
	Detail  string          `json:"detail"`
}

// ContactView is the safe way to reach a person, with the rule of the contract
// that gave it.
type ContactView struct {
	Value string `json:"value"`
	Basis string `json:"basis"` // worker, own-signal, near-signal, register-none, register, none
	Words string `json:"words"` // the rule in plain English
}

// DecisionView is a human decision on a person or on a mention of theirs.
type DecisionView struct {
	ID    int64           `json:"id"`
	What  string          `json:"what"`
	A     string          `json:"a"`
	B     string          `json:"b"`
	Why   reeve.Sensitive `json:"why"`
	Actor string          `json:"actor"`
	At    int64           `json:"at"`
}
