package incident

import (
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/uk"
)

// Basis says what obliges: only law is a statutory clock, the others run beside
// it because missing them costs a council as well.
type Basis string

// The bases.
const (
	BasisLaw      Basis = "law"
	BasisCode     Basis = "code"     // a statutory code, or guidance that must be regarded
	BasisContract Basis = "contract" // an agreement, a policy of insurance
	BasisTarget   Basis = "target"   // published by the council itself or its peers
)

// Words name the basis.
func (b Basis) Words() string {
	switch b {
	case BasisLaw:
		return "Law"
	case BasisCode:
		return "Statutory code or guidance"
	case BasisContract:
		return "Contract or agreement"
	}
	return "Target"
}

// Duty is one row of the table of clocks: what must be done, by when, and which
// law says so.
type Duty struct {
	ID     string
	Area   Area
	Title  string
	Begins string // what starts the clock, in words
	Law    string // the statute with its section, as one cites it
	Basis  Basis
	In     []uk.Nation // where it applies; nil everywhere
	Rule   Rule        // nil: the end is typed, because a contract or somebody else sets it
	Longer *Longer     // nil: nothing makes it longer
	Note   string      // what officers get wrong about it
	Before bool        // counted back from what begins it
}

// Longer is how a duty may be extended: reckoned from the same start.
type Longer struct {
	Words string // on what condition
	Law   string
	Rule  Rule
}

// Area groups duties on the page.
type Area string

// The areas, in the order in which pages show them.
const (
	AreaBreach     Area = "breach"
	AreaRights     Area = "rights"
	AreaComplaints Area = "complaints"
	AreaElections  Area = "elections"
	AreaPlanning   Area = "planning"
	AreaHousing    Area = "housing"
	AreaCare       Area = "care"
	AreaMoney      Area = "money"
	AreaGovernance Area = "governance"
	AreaOther      Area = "other"
)

// areas are all of them with their titles.
var areas = []struct {
	Area  Area
	Title string
}{
	{AreaBreach, "The breach itself"},
	{AreaRights, "Rights and requests for information"},
	{AreaComplaints, "Complaints"},
	{AreaElections, "Elections"},
	{AreaPlanning, "Planning and land"},
	{AreaHousing, "Housing"},
	{AreaCare, "Children and adults"},
	{AreaMoney, "Money"},
	{AreaGovernance, "Meetings and accounts"},
	{AreaOther, "Other"},
}

// Applies reports whether the duty binds councils of a nation.
func (d *Duty) Applies(n uk.Nation) bool { return d.In == nil || slices.Contains(d.In, n) }

// Where says in words where it applies.
func (d *Duty) Where() string {
	if d.In == nil {
		return "United Kingdom"
	}
	names := make([]string, len(d.In))
	for i, n := range d.In {
		names[i] = n.String()
	}
	return strings.Join(names, ", ")
}

// Typed reports whether the end is typed by hand.
func (d *Duty) Typed() bool { return d.Rule == nil }

// Due reckons the deadline from a start.
func (d *Duty) Due(start time.Time, n uk.Nation) Deadline {
	if d.Rule == nil {
		return Deadline{Open: true}
	}
	return d.Rule(start, n)
}

// dutyOf finds a duty by its id, nil if there is none.
func dutyOf(id string) *Duty {
	i := slices.IndexFunc(duties, func(d Duty) bool { return d.ID == id })
	if i < 0 {
		return nil
	}
	return &duties[i]
}

// The duties that the program itself starts or reads.
const (
	dutyICO       = "ico-72"
	dutyArticle34 = "article-34"
)
