package enquiry

import "github.com/reeve-council/reeve"

// speechTable holds what agents say, by the codes of Say. Plain words, short
// sentences, to be read aloud as they stand.
var speechTable = map[string]string{
	"general":        "Files were copied from the council’s computers. We are checking whose details are in them. This takes time.",
	"letter-real":    "The letter with that reference is from us.",
	"listed":         "Some of your details were in the copied files. I can tell you which kinds they were.",
	"more-in-letter": "We have told you about it already. What we sent has the full list. If you do not have it, say so: we will send it again.",
	"will-write":     "We have not told you in writing yet. We will, with the full list.",
	"cannot-say":     "I cannot tell you on the phone whether your details are in the files. We have not read every file yet.",
	"refer":          "I will pass your question to the team that can look. They will answer in a way that is safe for you.",
	"protect":        "Until then, be careful with calls, messages and visits. Do not give your passwords, PIN or bank details.",
	"never-ask":      "We will never ask you for a password, a PIN or your full bank details.",
}

// speechOrder is the order in which the codes stand on pages and papers.
var speechOrder = []string{"general", "letter-real", "listed", "more-in-letter", "will-write", "cannot-say", "refer", "protect", "never-ask"}

// spokenKinds are the kinds that may be named to a verified caller, as they are
// said. A kind that is not here is told by letter alone: it could say something
// of a life (a case number, a benefit, a health number, an immigration paper).
var spokenKinds = map[reeve.Kind]string{
	reeve.KindName:                "your name",
	reeve.KindDateOfBirth:         "your date of birth",
	reeve.KindAddress:             "your address",
	reeve.KindPostcode:            "your postcode",
	reeve.KindEmail:               "your e-mail address",
	reeve.KindPhone:               "your telephone number",
	reeve.KindNINO:                "your National Insurance number",
	reeve.KindCouncilTaxRef:       "your council tax reference",
	reeve.KindElectoralNumber:     "your number on the electoral register",
	reeve.KindVehicleRegistration: "your vehicle registration",
	reeve.KindBankAccount:         "your bank account number",
	reeve.KindIBAN:                "your bank account number",
	reeve.KindPaymentCard:         "your payment card number",
	reeve.KindPassport:            "your passport number",
	reeve.KindDrivingLicence:      "your driving licence number",
}
