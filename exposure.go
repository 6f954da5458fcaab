package reeve

import "slices"

// Signal is a circumstance that makes an exposure dangerous or a person
// vulnerable. The order of Signals is the contract's.
type Signal string

const (
	SignalDomesticAbuse     Signal = "domestic_abuse"
	SignalProtectedPerson   Signal = "protected_person"
	SignalSafeAddress       Signal = "safe_address"
	SignalChildProtection   Signal = "child_protection"
	SignalTrafficking       Signal = "trafficking"
	SignalLookedAfter       Signal = "looked_after"
	SignalChildInNeed       Signal = "child_in_need"
	SignalAdultSafeguarding Signal = "adult_safeguarding"
	SignalAdultCare         Signal = "adult_care"
	SignalMentalHealth      Signal = "mental_health"
	SignalAsylum            Signal = "asylum"
	SignalHomelessness      Signal = "homelessness"
	SignalAtRiskList        Signal = "at_risk_list"
	SignalMinor             Signal = "minor"
	SignalOffender          Signal = "offender"
)

// Signals in the order of the contract; the first five are safety signals.
var Signals = []Signal{SignalDomesticAbuse, SignalProtectedPerson, SignalSafeAddress, SignalChildProtection, SignalTrafficking,
	SignalLookedAfter, SignalChildInNeed, SignalAdultSafeguarding, SignalAdultCare, SignalMentalHealth, SignalAsylum,
	SignalHomelessness, SignalAtRiskList, SignalMinor, SignalOffender}

// Known reports whether the signal is one of the contract's.
func (s Signal) Known() bool { return slices.Contains(Signals, s) }

// Safety reports whether the signal is one of the first five: what was taken
// could help someone find or hurt the person.
func (s Signal) Safety() bool {
	switch s {
	case SignalDomesticAbuse, SignalProtectedPerson, SignalSafeAddress, SignalChildProtection, SignalTrafficking:
		return true
	}
	return false
}

// Band is the severity in words: a sorting aid, not the Article 34 decision.
type Band string

const (
	BandLow      Band = "low"
	BandMedium   Band = "medium"
	BandHigh     Band = "high"
	BandVeryHigh Band = "very-high"
)

// Bands, lowest first.
var Bands = []Band{BandLow, BandMedium, BandHigh, BandVeryHigh}

// Lane is who should act on a person first.
type Lane string

const (
	LaneSafety      Lane = "safety"
	LaneChild       Lane = "child"
	LaneAdultAtRisk Lane = "adult-at-risk"
	LaneFraud       Lane = "fraud"
	LaneOther       Lane = "other"
)

// SafeContact is how a person may be contacted.
type SafeContact string

const (
	ContactWorker      SafeContact = "worker"
	ContactHold        SafeContact = "hold"
	ContactPost        SafeContact = "post"
	ContactPhone       SafeContact = "phone"
	ContactEmail       SafeContact = "email"
	ContactNotAssessed SafeContact = "not-assessed"
)

// SignalReason is a signal with where it comes from.
type SignalReason struct {
	Signal Signal
	Source string // "register HOUSING-RBKC", "findings in 3 items"
	Since  Date   // date the source gives, zero if none
}

// Exposure is what of one person was in the exhibits. Severity is the ENISA
// score in hundredths. Reasons are plain English, without personal values.
type Exposure struct {
	Person      string
	Severity    int
	Band        Band
	Lane        Lane
	Signals     []SignalReason
	Kinds       []Kind
	Categories  []Category
	Capacity    Capacity
	Role        Role
	Deceased    string
	DataFrom    Date
	DataTo      Date
	Items       int
	Incomplete  int
	Controllers []string
	SafeContact SafeContact
	Sealed      bool
	Reasons     []string
}
