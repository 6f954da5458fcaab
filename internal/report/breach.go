package report

import (
	"fmt"

	"github.com/reeve-council/reeve/internal/incident"
)

// Breach is one version of an entry in the register of breaches: "any personal
// data breaches, comprising the facts relating to the personal data breach, its
// effects and the remedial action taken" (UK GDPR, Article 33(5)), whether the
// Commissioner was told or not.
type Breach struct {
	Number  int64 `json:"-"`
	ID      int64 `json:"id"`
	Version int64 `json:"version"`
	Latest  bool  `json:"latest"`
	incident.Mark
	Title       string `json:"title"`
	Happened    int64  `json:"happened"`
	Aware       int64  `json:"aware"`
	What        string `json:"what"`
	Effects     string `json:"effects"`
	Action      string `json:"action"`
	People      string `json:"people"`
	Reported    string `json:"reported"`
	Why         string `json:"why"`
	ReportedAt  int64  `json:"reported_at"`
	Reference   string `json:"reference"`
	Told        string `json:"told"`
	ToldWhy     string `json:"told_why"`
	State       string `json:"state"`
	ChangedBy   string `json:"changed_by"`
	ChangedName string `json:"changed_name"`
	ChangedAt   int64  `json:"changed_at"`
}

// What the fields of a breach may say.
var (
	breachPeople = []choice{{"1-9", "1 to 9", false}, {"10-99", "10 to 99", false}, {"100-1k", "100 to 1,000", false}, {"1k-10k", "1,000 to 10,000", false},
		{"10k-100k", "10,000 to 100,000", false}, {"100k+", "100,000 and more", false}, {"unknown", "Not known", false}}
	breachReported = []choice{{"yes", "Reported to the ICO", false}, {"no", "Not reported", false}, {"open", "Not decided", false}}
	breachTold     = []choice{{"yes", "The people were told", false}, {"no", "The people were not told", false}, {"open", "Not decided", false}}
	breachStates   = []choice{{"open", "Open", false}, {"closed", "Closed", false}, {"withdrawn", "Withdrawn: no breach", false}}
)

func (b Breach) PeopleWords() string   { return wordsOf(breachPeople, b.People) }
func (b Breach) ReportedWords() string { return wordsOf(breachReported, b.Reported) }
func (b Breach) ToldWords() string     { return wordsOf(breachTold, b.Told) }
func (b Breach) StateWords() string    { return wordsOf(breachStates, b.State) }
func (b Breach) Path() string          { return fmt.Sprintf("/reports/breaches/%d", b.ID) }

// Colour shows whether somebody still has to decide something.
func (b Breach) Colour() string {
	switch {
	case b.State != "open":
		return "grey"
	case b.Reported == "open" || b.Told == "open":
		return "yellow"
	}
	return "blue"
}

// Hours is how long after awareness the breach was reported, in whole hours; -1
// where it was not.
func (b Breach) Hours() int64 {
	if b.Reported != "yes" || b.Aware == 0 || b.ReportedAt == 0 {
		return -1
	}
	return (b.ReportedAt - b.Aware) / 3600
}

// Late reports whether it was reported after the 72 hours.
func (b Breach) Late() bool { return b.Hours() >= 0 && b.ReportedAt-b.Aware > reportable }
