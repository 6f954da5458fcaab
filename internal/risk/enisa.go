package risk

import (
	"slices"

	"github.com/reeve-council/reeve"
)

// Class is a class of data in ENISA's "Recommendations for a methodology of
// the assessment of severity of personal data breaches" (2013), annex 1.
type Class int

const (
	Simple Class = iota
	Behavioural
	Financial
	Sensitive
)

var classBase = [...]int{Simple: 1, Behavioural: 2, Financial: 3, Sensitive: 4}

// Context is the data processing context of one class: its base score and the
// adjustment that the circumstances call for.
type Context struct {
	Class  Class
	Adjust int
	Why    string
}

// score is the context's score, clamped to 1..4 as the annex demands.
func (c Context) score() int { return min(max(classBase[c.Class]+c.Adjust, 1), 4) }

// Ease of identification, in hundredths (annex 2).
const (
	EaseNegligible  = 25
	EaseLimited     = 50
	EaseSignificant = 75
	EaseMaximum     = 100
)

// Circumstances of the breach, in hundredths (annex 3). Copying by criminals
// is a loss of confidentiality to an unknown number of people, with malice.
const (
	ConfidentialityUnknown = 50
	MaliciousIntent        = 50
	CopiedByCriminals      = ConfidentialityUnknown + MaliciousIntent
)

// Severity is SE = DPC × EI + CB in hundredths, where DPC is the highest score
// over the contexts.
func Severity(contexts []Context, ease, circumstances int) int {
	highest := 0
	for _, c := range contexts {
		highest = max(highest, c.score())
	}
	return highest*ease + circumstances
}

// BandOf is the band of a severity in hundredths: below 2 low, below 3 medium,
// below 4 high, else very high.
func BandOf(severity int) reeve.Band {
	switch {
	case severity < 200:
		return reeve.BandLow
	case severity < 300:
		return reeve.BandMedium
	case severity < 400:
		return reeve.BandHigh
	}
	return reeve.BandVeryHigh
}

// kindSet is the kinds that were exposed of one person.
type kindSet map[reeve.Kind]bool

func (s kindSet) any(kinds ...reeve.Kind) bool {
	return slices.ContainsFunc(kinds, func(k reeve.Kind) bool { return s[k] })
}

func (s kindSet) hasCategory(cs ...reeve.Category) bool {
	for k := range s {
		if slices.Contains(cs, k.Category()) {
			return true
		}
	}
	return false
}

func (s kindSet) document() bool { return s.hasCategory(reeve.CategoryDocuments) }

func (s kindSet) bank() bool {
	return s.any(reeve.KindBankAccount, reeve.KindIBAN, reeve.KindPaymentCard)
}

// identitySet reports whether what was exposed is enough to pose as the person.
func (s kindSet) identitySet() bool {
	named := s[reeve.KindName]
	return named && (s[reeve.KindDateOfBirth] && (s.any(reeve.KindNINO, reeve.KindAddress) && s.any(reeve.KindNINO, reeve.KindPassport, reeve.KindDrivingLicence)) || s.document())
}

// fraud reports whether the set serves fraud: bank, identity or password.
func (s kindSet) fraud() bool {
	return s.bank() || s[reeve.KindCredential] || s.identitySet()
}

// contexts gives the data processing contexts of what was exposed.
func (s kindSet) contexts(safety, minor bool) []Context {
	simple := Context{Class: Simple, Why: "ordinary details"}
	switch {
	case safety:
		simple.Adjust, simple.Why = 3, "details that are critical to the safety of the person"
	case minor:
		simple.Adjust, simple.Why = 3, "details of a child"
	case len(s) >= 5:
		simple.Adjust, simple.Why = 1, "enough ordinary details for a profile"
	}
	out := []Context{simple}
	if s[reeve.KindLocation] {
		out = append(out, Context{Behavioural, 0, "where the person was"})
	}
	if c, ok := s.financial(); ok {
		out = append(out, c)
	}
	if s.hasCategory(reeve.CategoryHealth, reeve.CategoryGenetic, reeve.CategoryEthnic, reeve.CategoryPolitical, reeve.CategoryReligious,
		reeve.CategoryTradeUnion, reeve.CategorySexLife, reeve.CategorySexual, reeve.CategoryGender) {
		out = append(out, Context{Sensitive, 0, "special-category data"})
	}
	if s.hasCategory(reeve.CategoryCriminal) {
		out = append(out, Context{Sensitive, 0, "offence data"})
	}
	if s.any(reeve.KindChildSocialCare, reeve.KindAdultSocialCare, reeve.KindDomesticAbuse, reeve.KindImmigration, reeve.KindHomelessness, reeve.KindEducationNeed,
		reeve.KindProtection) {
		out = append(out, Context{Sensitive, 0, "social care or similar circumstances"})
	}
	return out
}

func (s kindSet) financial() (Context, bool) {
	switch {
	case s.bank() || s[reeve.KindCredential]:
		if s[reeve.KindName] {
			return Context{Financial, 1, "bank, card or password data that enables fraud"}, true
		}
		return Context{Financial, 0, "bank, card or password data"}, true
	case s.identitySet():
		return Context{Financial, 1, "identity data that enables fraud"}, true
	case s.any(reeve.KindIncome, reeve.KindBenefits, reeve.KindDebt):
		return Context{Financial, 0, "income, benefits or debts"}, true
	case s.any(reeve.KindNINO, reeve.KindUTR, reeve.KindVATNumber):
		return Context{Financial, -1, "a tax or insurance number"}, true
	case s.any(reeve.KindCouncilTaxRef, reeve.KindBenefitRef, reeve.KindRentRef):
		return Context{Financial, -2, "an account reference"}, true
	}
	return Context{}, false
}

// ease is how easily the exposed set leads to the person.
func (s kindSet) ease() int {
	unique := false
	for k := range s {
		unique = unique || k.UniqueID()
	}
	switch {
	case s[reeve.KindName] && (unique || s.any(reeve.KindAddress, reeve.KindDateOfBirth, reeve.KindEmail, reeve.KindPhone, reeve.KindBankAccount, reeve.KindUPRN)):
		return EaseMaximum
	case s[reeve.KindName] && len(s) > 1, unique:
		return EaseSignificant
	case s[reeve.KindName]:
		return EaseLimited
	}
	return EaseNegligible
}
