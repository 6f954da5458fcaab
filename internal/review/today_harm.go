package review

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// harm is one way in which what was taken could hurt. It holds for somebody who
// has one of Signals (where there are any) and of whom one of Kinds was exposed
// (where there are any).
type harm struct {
	Signals []reeve.Signal
	Kinds   []reeve.Kind
	Says    string
}

// where are the kinds by which somebody can be found or reached.
var where = []reeve.Kind{reeve.KindAddress, reeve.KindPostcode, reeve.KindUPRN, reeve.KindLocation, reeve.KindPhone, reeve.KindEmail, reeve.KindVehicleRegistration}

// identity are the kinds with which one can pass for somebody.
var identity = []reeve.Kind{reeve.KindPassport, reeve.KindDrivingLicence, reeve.KindBRP, reeve.KindNINO, reeve.KindUTR}

// harms are all ways, the gravest first: the first that holds is said. What
// they rest on: the ICO's guidance on breaches that put people at risk (physical
// harm, discrimination, identity theft or fraud, financial loss, loss of
// confidentiality: UK GDPR recital 85).
var harms = []harm{
	{[]reeve.Signal{reeve.SignalProtectedPerson, reeve.SignalSafeAddress}, where, "Someone could find a person whose whereabouts are kept secret for their safety."},
	{[]reeve.Signal{reeve.SignalProtectedPerson, reeve.SignalSafeAddress}, nil, "Someone could link this person to the identity or place that is kept secret for their safety."},
	{[]reeve.Signal{reeve.SignalDomesticAbuse}, where, "An abuser could use this to find or contact them."},
	{[]reeve.Signal{reeve.SignalDomesticAbuse}, nil, "An abuser could learn that they asked for help, and what they said."},
	{[]reeve.Signal{reeve.SignalTrafficking}, where, "Traffickers could use this to find them again."},
	{[]reeve.Signal{reeve.SignalTrafficking}, nil, "Traffickers could learn that they asked for help, and what they said."},
	{[]reeve.Signal{reeve.SignalChildProtection}, where, "Someone who harmed this child, or is kept apart from them, could find them."},
	{[]reeve.Signal{reeve.SignalChildProtection}, nil, "What happened to a child could become known to those who harmed them, or to others."},
	{[]reeve.Signal{reeve.SignalLookedAfter}, where, "Someone from whom this child is kept apart could find where they live."},
	{[]reeve.Signal{reeve.SignalAsylum}, where, "The people or the state that they fled from could find them."},
	{[]reeve.Signal{reeve.SignalAtRiskList}, where, "The council lists this person as at risk: someone could find or contact them."},
	{[]reeve.Signal{reeve.SignalAdultSafeguarding, reeve.SignalAdultCare}, where, "Someone could pass as a carer or an official, to get into their home or at their money."},
	{[]reeve.Signal{reeve.SignalMinor, reeve.SignalLookedAfter, reeve.SignalChildInNeed}, identity, "A child’s identity could be misused for years before anyone notices."},
	{[]reeve.Signal{reeve.SignalLookedAfter, reeve.SignalChildInNeed}, nil, "A child’s private family life could become known at school or online."},
	{[]reeve.Signal{reeve.SignalMentalHealth}, nil, "They could be threatened or shamed with it, at a time when that can do great harm."},
	{[]reeve.Signal{reeve.SignalOffender}, where, "People who know of the offence could find and threaten them."},
	{nil, []reeve.Kind{reeve.KindCredential}, "Someone could sign in to their accounts, and wherever else they use the same password."},
	{nil, []reeve.Kind{reeve.KindBankAccount, reeve.KindIBAN, reeve.KindPaymentCard}, "Someone could take money, or sound genuine in a call about their bank account."},
	{nil, identity, "Someone could pass as them, to open accounts or to claim in their name."},
	{nil, []reeve.Kind{reeve.KindSexLife, reeve.KindSexualOrientation, reeve.KindGenderReassignment, reeve.KindGenetic, reeve.KindBiometric}, "They could be blackmailed, or shown to others against their will."},
	{nil, []reeve.Kind{reeve.KindEthnicity, reeve.KindReligion, reeve.KindPolitics, reeve.KindTradeUnion, reeve.KindImmigration}, "They could be picked out for hate, or treated worse at work or at home."},
	{nil, []reeve.Kind{reeve.KindOffence, reeve.KindPNCID}, "They could lose work or be threatened because of it."},
	{nil, []reeve.Kind{reeve.KindHealth, reeve.KindDisability, reeve.KindAdultSocialCare, reeve.KindChildSocialCare, reeve.KindDomesticAbuse, reeve.KindHomelessness, reeve.KindEducationNeed}, "Private facts could become known, or make a scam sound genuine."},
	{nil, []reeve.Kind{reeve.KindDebt, reeve.KindBenefits, reeve.KindIncome}, "A scam about money, benefits or debts could sound genuine."},
	{nil, where, "Scam letters, calls and messages to them could sound genuine."},
}

// harmElse is said where none of the harms holds: nothing is harmless.
const harmElse = "Little by itself; put together with other facts it can make a scam sound genuine."

// harmOf says in one sentence how what was exposed could hurt somebody, from
// their signals and the kinds that were exposed.
func harmOf(signals []reeve.Signal, kinds []reeve.Kind) string {
	for _, h := range harms {
		if holds(h.Signals, signals) && holds(h.Kinds, kinds) {
			return h.Says
		}
	}
	return harmElse
}

// holds reports whether nothing is asked for, or one of it is there.
func holds[T comparable](asked, there []T) bool {
	return len(asked) == 0 || slices.ContainsFunc(asked, func(a T) bool { return slices.Contains(there, a) })
}

// triageKinds are the words of triage reasons that stand for kinds.
var triageKinds = map[string]reeve.Kind{
	"bank details": reeve.KindBankAccount, "identity data": reeve.KindNINO, "passwords": reeve.KindCredential,
	"special categories or circumstances": reeve.KindHealth,
}

// harmOfDocument is harmOf for a document, from the reasons of its triage. A
// document with data of people in danger is taken to say where they are: it must
// be looked at to know better.
func harmOfDocument(reasons []string) string {
	var signals []reeve.Signal
	kinds := []reeve.Kind{}
	for _, r := range reasons {
		what, _, _ := strings.Cut(strings.TrimPrefix(r, "name or folder says "), " ×")
		if s := reeve.Signal(strings.ReplaceAll(what, " ", "_")); s.Known() {
			signals = append(signals, s)
		}
		if k, ok := triageKinds[what]; ok {
			kinds = append(kinds, k)
		}
	}
	if len(signals) > 0 {
		kinds = append(kinds, reeve.KindAddress)
	}
	if len(signals)+len(kinds) == 0 {
		return "Not known before somebody has looked at it."
	}
	return harmOf(signals, kinds)
}

// triageWords says a reason of triage in plain English.
func triageWords(reason string) string {
	what, n, counted := strings.Cut(reason, " ×")
	if s := reeve.Signal(what); s.Known() {
		what = signalWords(s)
	}
	if !counted {
		return what
	}
	return what + " (" + n + " found)"
}
