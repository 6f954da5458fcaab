package incident

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/lex"
)

// Fact is a claim in one version: what is said, by whom, as of when, and how
// sure we are. What is published or sent is built on facts and cites their
// versions, so that a change can be followed to everything it touches.
type Fact struct {
	Kept
	Topic      string `json:"topic"` // claims on one topic with different answers contradict each other
	Value      string `json:"value"` // the short answer, "" if there is none
	Claim      string `json:"claim"`
	Source     string `json:"source"`
	AsOf       int64  `json:"as_of"` // seconds UTC
	Confidence string `json:"confidence"`
	Sort       string `json:"sort"` // known, unknown, assumed
	Owner      string `json:"owner"`
	OwnerName  string `json:"owner_name"`
	State      string `json:"state"`         // stands, superseded, withdrawn
	Instead    int64  `json:"superseded_by"` // the fact that stands instead, 0 for none
	Why        string `json:"why"`
}

// Sorts of facts: the three columns of the board.
const (
	sortKnown   = "known"
	sortUnknown = "unknown"
	sortAssumed = "assumed"
)

var factSorts = []choice{{sortKnown, "Known", false}, {sortUnknown, "Not known", false}, {sortAssumed, "Assumed", false}}

var confidences = []choice{
	{"confirmed", "Confirmed: we have seen the proof", false},
	{"likely", "Likely: a source that should know says so", false},
	{"possible", "Possible: said, not checked", false},
	{"doubtful", "Doubtful: something speaks against it", false},
}

// Said is the claim with the names that bodies had at its moment.
func (f Fact) Said() string { return NameAsOf(f.Claim, f.AsOf) }

// Answer is the short answer, or the claim where there is none.
func (f Fact) Answer() string {
	if f.Value != "" {
		return NameAsOf(f.Value, f.AsOf)
	}
	return f.Said()
}

// Stands reports whether the fact may be built on.
func (f Fact) Stands() bool { return f.State == stands }

func (f Fact) topicKey() string { return lex.Fold(f.Topic) }

func (f Fact) valueKey() string {
	if f.Value != "" {
		return lex.Fold(f.Value)
	}
	return lex.Fold(f.Claim)
}

// StateWords say whether the fact stands.
func (f Fact) StateWords() string {
	switch f.State {
	case superseded:
		return "superseded"
	case withdrawn:
		return "withdrawn"
	}
	return wordsOf(factSorts, f.Sort)
}

// Colour is the tag of the state.
func (f Fact) Colour() string {
	switch {
	case !f.Stands():
		return "grey"
	case f.Sort == sortUnknown:
		return "orange"
	case f.Sort == sortAssumed:
		return "yellow"
	}
	return "green"
}

// Audience is to whom a fact may be said.
type Audience string

// The audiences. Everybody who runs the incident is Internal; what the public
// may know all may know; of the others each is released to by itself.
const (
	Internal    Audience = "internal"
	Partners    Audience = "partners"
	Councillors Audience = "councillors"
	Employees   Audience = "staff"
	Press       Audience = "press"
	Public      Audience = "public"
)

// releases are the audiences that somebody must release a fact to, with the
// closest label that may go there.
var releases = []struct {
	To    Audience
	Words string
	Most  TLP
}{
	{Partners, "Partners and agencies", Amber},
	{Councillors, "Councillors", AmberStrict},
	{Employees, "Staff", AmberStrict},
	{Press, "Press", Clear},
	{Public, "Public", Clear},
}

// allows reports whether something of a label may be released to an audience.
func (t TLP) allows(a Audience) bool {
	for _, r := range releases {
		if r.To == a {
			return slices.Index(TLPs, t) <= slices.Index(TLPs, r.Most)
		}
	}
	return a == Internal
}

// levels are the labels that may go to an audience.
func (a Audience) levels() []TLP {
	return slices.DeleteFunc(slices.Clone(TLPs), func(t TLP) bool { return t == Red || !t.allows(a) })
}

// Words name the audience.
func (a Audience) Words() string {
	for _, r := range releases {
		if r.To == a {
			return r.Words
		}
	}
	return "Internal"
}

// Release is one version of a fact released to one audience.
type Release struct {
	Version int64    `json:"version"`
	To      Audience `json:"audience"`
	By      string   `json:"released_by"`
	Name    string   `json:"released_name"`
	At      int64    `json:"released_at"`
	EndedBy string   `json:"ended_by"`
	EndedAt int64    `json:"ended_at"` // 0 while it stands
}

// FactLine is a fact as somebody may say it: cite Version when it is used.
type FactLine struct {
	Version    int64  `json:"version"` // the number to cite
	Fact       int64  `json:"fact"`
	Mark              // whose it is, how far it may travel
	Topic      string `json:"topic"`
	Value      string `json:"value"`
	Claim      string `json:"claim"` // with the names of its time
	Source     string `json:"source"`
	AsOf       int64  `json:"as_of"`
	Confidence string `json:"confidence"`
	Sort       string `json:"sort"`
	Disputed   bool   `json:"disputed"` // another fact that stands contradicts it
}

func (f Fact) line(disputed bool) FactLine {
	return FactLine{Version: f.Number, Fact: f.ID, Mark: f.Mark, Topic: f.Topic, Value: NameAsOf(f.Value, f.AsOf), Claim: f.Said(), Source: f.Source, AsOf: f.AsOf,
		Confidence: f.Confidence, Sort: f.Sort, Disputed: disputed}
}

// Conflict is a topic on which facts that stand give different answers.
type Conflict struct {
	Topic string `json:"topic"`
	Key   string `json:"-"`
	Facts []Fact `json:"facts"`
}

// Answers are the different answers, in order.
func (c Conflict) Answers() []string {
	var all []string
	for _, f := range c.Facts {
		if !slices.Contains(all, f.Answer()) {
			all = append(all, f.Answer())
		}
	}
	return all
}

// answerKeys are what is compared with what was settled.
func (c Conflict) answerKeys() string {
	keys := each(c.Facts, Fact.valueKey)
	slices.Sort(keys)
	return strings.Join(slices.Compact(keys), "\n")
}
