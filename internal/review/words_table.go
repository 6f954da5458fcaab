package review

import "github.com/reeve-council/reeve"

// kindTable says what a kind of value is, without saying whose. The detectors'
// labels say the same to the person whose it is.
var kindTable = map[reeve.Kind]string{
	reeve.KindName:                "name",
	reeve.KindDateOfBirth:         "date of birth",
	reeve.KindAddress:             "address",
	reeve.KindPostcode:            "postcode",
	reeve.KindUPRN:                "property reference (UPRN)",
	reeve.KindEmail:               "email address",
	reeve.KindPhone:               "telephone number",
	reeve.KindNINO:                "National Insurance number",
	reeve.KindNHSNumber:           "NHS number",
	reeve.KindCHINumber:           "CHI number (Scottish health number)",
	reeve.KindUPN:                 "Unique Pupil Number",
	reeve.KindULN:                 "Unique Learner Number",
	reeve.KindElectoralNumber:     "electoral register number",
	reeve.KindVehicleRegistration: "vehicle registration",
	reeve.KindCouncilTaxRef:       "council tax reference",
	reeve.KindBenefitRef:          "benefit claim reference",
	reeve.KindRentRef:             "rent or tenancy reference",
	reeve.KindCaseRef:             "case reference",
	reeve.KindLocalRef:            "another council reference",
	reeve.KindCredential:          "password, PIN or security answer",
	reeve.KindIPAddress:           "internet (IP) address",
	reeve.KindIBAN:                "bank account number (IBAN)",
	reeve.KindBankAccount:         "bank account details",
	reeve.KindPaymentCard:         "payment card number",
	reeve.KindUTR:                 "tax reference (UTR)",
	reeve.KindVATNumber:           "VAT number",
	reeve.KindIncome:              "income or savings",
	reeve.KindBenefits:            "benefits received",
	reeve.KindDebt:                "money owed",
	reeve.KindPassport:            "passport number",
	reeve.KindDrivingLicence:      "driving licence number",
	reeve.KindBRP:                 "biometric residence permit number",
	reeve.KindHomeOfficeRef:       "Home Office reference",
	reeve.KindLocation:            "whereabouts",
	reeve.KindHealth:              "health",
	reeve.KindDisability:          "disability",
	reeve.KindGenetic:             "genetic information",
	reeve.KindBiometric:           "biometric information",
	reeve.KindEthnicity:           "racial or ethnic origin",
	reeve.KindPolitics:            "political opinions",
	reeve.KindReligion:            "religion or belief",
	reeve.KindTradeUnion:          "trade union membership",
	reeve.KindSexLife:             "sex life",
	reeve.KindSexualOrientation:   "sexual orientation",
	reeve.KindGenderReassignment:  "gender reassignment",
	reeve.KindOffence:             "offences or alleged offences",
	reeve.KindPNCID:               "Police National Computer number",
	reeve.KindChildSocialCare:     "children’s social care",
	reeve.KindAdultSocialCare:     "adult social care",
	reeve.KindDomesticAbuse:       "domestic abuse",
	reeve.KindImmigration:         "immigration status",
	reeve.KindHomelessness:        "homelessness",
	reeve.KindProtection:          "protection of identity or address",
	reeve.KindAge:                 "age",
	reeve.KindDeath:               "that they have died",
	reeve.KindEducationNeed:       "special educational needs or exclusion from school",
}

var categoryTable = map[reeve.Category]string{reeve.CategoryNotYetKnown: "not yet known"}

var signalTable = map[reeve.Signal]string{
	reeve.SignalDomesticAbuse:     "domestic abuse",
	reeve.SignalProtectedPerson:   "protected person",
	reeve.SignalSafeAddress:       "safe address",
	reeve.SignalChildProtection:   "child protection",
	reeve.SignalTrafficking:       "trafficking or modern slavery",
	reeve.SignalLookedAfter:       "looked-after child or care leaver",
	reeve.SignalChildInNeed:       "child in need",
	reeve.SignalAdultSafeguarding: "adult safeguarding",
	reeve.SignalAdultCare:         "adult social care",
	reeve.SignalMentalHealth:      "mental health",
	reeve.SignalAsylum:            "asylum or no recourse to public funds",
	reeve.SignalHomelessness:      "homelessness",
	reeve.SignalAtRiskList:        "on the council’s list of people at risk",
	reeve.SignalMinor:             "under 18",
	reeve.SignalOffender:          "offender",
}

var laneTable = map[reeve.Lane]string{
	reeve.LaneSafety:      "Safety",
	reeve.LaneChild:       "Child",
	reeve.LaneAdultAtRisk: "Adult at risk",
	reeve.LaneFraud:       "Fraud",
	reeve.LaneOther:       "Other",
}

var bandTable = map[reeve.Band]string{
	reeve.BandLow:      "low",
	reeve.BandMedium:   "medium",
	reeve.BandHigh:     "high",
	reeve.BandVeryHigh: "very high",
}

// tierTable says how sure the machine is who somebody is; "confirmed" is for
// verdicts of people alone.
var tierTable = map[reeve.Tier]string{
	reeve.TierStrong:   "strong match",
	reeve.TierLikely:   "likely match",
	reeve.TierPossible: "possible match",
	reeve.TierNone:     "no match",
}

// contactTable says how a person may be reached, and on what ground.
var contactTable = map[reeve.SafeContact]string{
	reeve.ContactWorker:      "Through the named worker in the person’s own register record",
	reeve.ContactHold:        "Do not contact: somebody linked to this person or address may be in danger",
	reeve.ContactPost:        "By post: a register records this as safe",
	reeve.ContactPhone:       "By telephone: a register records this as safe",
	reeve.ContactEmail:       "By email: a register records this as safe",
	reeve.ContactNotAssessed: "Not assessed yet: do not contact before somebody has",
}

// assessedTable says how a person may be reached as one of the staff assessed it.
var assessedTable = map[reeve.SafeContact]string{
	reeve.ContactWorker: "Through their worker, as one of us assessed",
	reeve.ContactHold:   "Do not contact, as one of us assessed",
	reeve.ContactPost:   "By post, as one of us assessed",
	reeve.ContactPhone:  "By telephone, as one of us assessed",
	reeve.ContactEmail:  "By email, as one of us assessed",
}

var statusTable = map[reeve.Status]string{
	reeve.StatusRead:        "Read",
	reeve.StatusPartlyRead:  "Partly read",
	reeve.StatusNeedsOCR:    "Pictures of text",
	reeve.StatusEncrypted:   "Locked",
	reeve.StatusDamaged:     "Damaged",
	reeve.StatusUnsupported: "Not supported",
	reeve.StatusLimit:       "Over a limit",
}

var takenTable = map[reeve.Taken]string{
	reeve.TakenProven:  "Proven",
	reeve.TakenLikely:  "Likely",
	reeve.TakenInReach: "Within the attackers’ reach",
	reeve.TakenUnknown: "Not known",
	"":                 "Not known",
}

var roleTable = map[reeve.Role]string{reeve.RoleServiceUser: "service user", reeve.RoleUnknown: "not known"}

var capacityTable = map[string]string{
	"subject":      "what the document is about",
	"relative":     "a relative of the person it is about",
	"professional": "named as a professional",
	"author":       "wrote it",
	"passing":      "named in passing",
	"":             "not known",
}

var deceasedTable = map[string]string{"no": "Not known to have died", "yes": "Has died", "suspected": "May have died"}

var registerTable = map[string]string{
	"generic":   "Generic register",
	"electoral": "Electoral register",
	"ctax":      "Council tax",
	"benefits":  "Benefits",
	"mosaic":    "Social care (Mosaic)",
	"housing":   "Housing",
	"llpg":      "Addresses (LLPG)",
}

var confidenceTable = map[string]string{
	"A": "a register holds this very value for the person",
	"B": "checked, and what stands around it agrees",
	"C": "its form and what stands around it",
	"D": "its form alone",
}
