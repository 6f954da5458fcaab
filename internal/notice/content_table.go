package notice

import "github.com/reeve-council/reeve"

// fields are what a template may print, blocks what it may have Reeve make, and
// conditions what it may ask.
var (
	fields = set("council", "date", "reference", "name", "about", "phone", "website", "email", "hours", "check-page", "dpo", "dpo-email", "signatory", "role",
		"happened", "measures", "published", "next", "credit", "services", "period", "unread", "worker-line", "report-fraud")
	blocks     = set("found", "held", "not-found", "consequences", "advice", "scams", "rights", "formats", "check")
	conditions = set("confirmed", "withheld", "child", "estate", "bank", "incomplete", "held", "not-held", "published", "credit", "unread", "possible", "period")
)

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// group is a set of kinds that a letter names, and for which it says what could
// follow and what can be done. Groups are told in this order: the one that needs
// action soonest first.
type group struct {
	code   string
	kinds  []reeve.Kind
	means  string // what it could mean for the reader
	advice []string
}

var groups = []group{
	{"bank", []reeve.Kind{reeve.KindBankAccount, reeve.KindIBAN, reeve.KindPaymentCard},
		"Someone could try to take money from your account, or set up payments from it.",
		[]string{"Tell your bank today. You can reach most banks by calling 159.", "Check your statements for payments that you do not know."}},
	{"password", []reeve.Kind{reeve.KindCredential},
		"Someone could try your password on this and other accounts.",
		[]string{"Change the password everywhere you used it. Use three random words.", "Turn on two-step verification for your email and bank."}},
	{"identity", []reeve.Kind{reeve.KindPassport, reeve.KindDrivingLicence, reeve.KindBRP, reeve.KindHomeOfficeRef},
		"Someone could try to use your identity to open accounts or sign contracts.",
		[]string{"Tell the office that gave you the passport, licence or permit.", "Check your credit report. You can do this free of charge."}},
	{"number", []reeve.Kind{reeve.KindNINO, reeve.KindUTR, reeve.KindVATNumber},
		"Someone could try to claim benefits or tax refunds in your name.",
		[]string{"You do not need a new number. Check your tax and benefit accounts for changes.", "Check your credit report. You can do this free of charge."}},
	{"money", []reeve.Kind{reeve.KindIncome, reeve.KindBenefits, reeve.KindDebt},
		"A caller who knows about your money could sound real when they are not.",
		[]string{"Be careful with offers of help with debts, refunds or grants."}},
	{"health", []reeve.Kind{reeve.KindHealth, reeve.KindDisability, reeve.KindGenetic, reeve.KindBiometric, reeve.KindNHSNumber, reeve.KindCHINumber, reeve.KindAdultSocialCare, reeve.KindChildSocialCare, reeve.KindEducationNeed},
		"Others could learn private things about your health, care or family.",
		[]string{"Talk to us if this worries you. We can help you find support."}},
	{"private", []reeve.Kind{reeve.KindEthnicity, reeve.KindPolitics, reeve.KindReligion, reeve.KindTradeUnion, reeve.KindSexLife, reeve.KindSexualOrientation, reeve.KindGenderReassignment, reeve.KindImmigration, reeve.KindHomelessness, reeve.KindDomesticAbuse, reeve.KindProtection, reeve.KindDeath},
		"Others could learn private things about your life.",
		[]string{"Call us if this puts you at risk. In danger, call 999."}},
	{"offence", []reeve.Kind{reeve.KindOffence, reeve.KindPNCID},
		"Others could learn about contact with the police or courts.",
		[]string{"Tell the police if someone threatens to make it known. Do not pay."}},
	{"place", []reeve.Kind{reeve.KindLocation, reeve.KindVehicleRegistration, reeve.KindIPAddress},
		"Someone could learn where you go.",
		[]string{"Call us if this puts you at risk. In danger, call 999."}},
	{"contact", []reeve.Kind{reeve.KindName, reeve.KindDateOfBirth, reeve.KindAge, reeve.KindAddress, reeve.KindPostcode, reeve.KindUPRN, reeve.KindEmail, reeve.KindPhone, reeve.KindUPN, reeve.KindULN, reeve.KindElectoralNumber, reeve.KindCouncilTaxRef, reeve.KindBenefitRef, reeve.KindRentRef, reeve.KindCaseRef, reeve.KindLocalRef},
		"Someone could use your details to make a false call or message sound real.",
		[]string{"Take care with calls, emails, texts, letters and visits that you did not expect."}},
}

// words are the kinds as a letter names them; numbers and dates of a house that
// mean nothing to a reader are named together.
var words = map[reeve.Kind]string{
	reeve.KindName: "your name", reeve.KindDateOfBirth: "your date of birth", reeve.KindAge: "your age", reeve.KindAddress: "your address",
	reeve.KindPostcode: "your postcode", reeve.KindUPRN: "your address", reeve.KindEmail: "your email address", reeve.KindPhone: "your phone number",
	reeve.KindNINO: "your National Insurance number", reeve.KindNHSNumber: "your NHS number", reeve.KindCHINumber: "your NHS number",
	reeve.KindUPN: "your pupil number", reeve.KindULN: "your learner number", reeve.KindElectoralNumber: "your number on the register of voters",
	reeve.KindVehicleRegistration: "your vehicle's number plate", reeve.KindCouncilTaxRef: "your council tax number", reeve.KindBenefitRef: "your benefit claim number",
	reeve.KindRentRef: "your rent account number", reeve.KindCaseRef: "a case number", reeve.KindLocalRef: "a reference number that we use for you",
	reeve.KindCredential: "a password or sign-in", reeve.KindIPAddress: "an address of your computer on the internet",
	reeve.KindIBAN: "your bank account number", reeve.KindBankAccount: "your bank account number and sort code", reeve.KindPaymentCard: "your bank card number",
	reeve.KindUTR: "your tax reference number", reeve.KindVATNumber: "your VAT number", reeve.KindIncome: "your income", reeve.KindBenefits: "your benefits",
	reeve.KindDebt: "money that you owed", reeve.KindPassport: "your passport number", reeve.KindDrivingLicence: "your driving licence number",
	reeve.KindBRP: "your residence permit number", reeve.KindHomeOfficeRef: "your Home Office reference", reeve.KindLocation: "places where you were",
	reeve.KindHealth: "information about your health", reeve.KindDisability: "information about a disability", reeve.KindGenetic: "genetic information",
	reeve.KindBiometric: "a fingerprint or similar", reeve.KindEthnicity: "your ethnic group", reeve.KindPolitics: "your political views",
	reeve.KindReligion: "your religion or belief", reeve.KindTradeUnion: "your trade union", reeve.KindSexLife: "information about your private life",
	reeve.KindSexualOrientation: "your sexual orientation", reeve.KindGenderReassignment: "information about your gender history",
	reeve.KindOffence: "information about an offence", reeve.KindPNCID: "a police reference number", reeve.KindChildSocialCare: "information about children's services",
	reeve.KindAdultSocialCare: "information about care and support", reeve.KindDomesticAbuse: "information about your safety at home",
	reeve.KindImmigration: "your immigration status", reeve.KindHomelessness: "information about housing need", reeve.KindEducationNeed: "support needs at school",
	reeve.KindProtection: "information about your protection", reeve.KindDeath: "the date of a death",
}

// What stands in every letter in these words. The National Cyber Security
// Centre, the Information Commissioner and Report Fraud publish what the lines on
// scams and rights rest on.
var (
	scamLines = []string{
		"We will never ask for your password, your PIN or your full bank details.",
		"False calls, emails, texts, letters and visits may use what was taken.",
		"Forward a false email to report@phishing.gov.uk. Forward a false text to 7726.",
		"To report a false call, text the word call and the number to 7726.",
		"If a caller says that they are your bank, hang up. Then call 159.",
		debitLine,
	}
	rightLines = []string{
		"You can ask us for a copy of the data that we hold about you.",
		"You can complain to us. Our data protection officer will answer.",
		"You can then complain to the Information Commissioner on 0303 123 1113.",
		"You do not need to do anything to stay on our list.",
	}
	heldLines = []string{
		"Yes. We still have this data.",
		"No. We do not have this data in our own systems any more.",
		"We are finding out if we still have this data.",
	}
)

const (
	debitLine     = "Keep your Direct Debit. We will not ask you to pay again by phone."
	formatLine    = "Call us to get this in large print, Easy Read, Braille, audio, sign language or another language. We can book an interpreter. For Text Relay, dial 18001 first."
	checkLine     = "Type {check-page} into your browser. Do not follow a link to it. Enter the reference {reference} there. Or call the number on your council tax bill."
	noBankLine    = "We found no bank details in the files that name you. We could read all of those files."
	unnamedLine   = "Personal details that our services keep."
	oneService    = "the files of this service: {services}"
	manyServices  = "the files of these services: {services}"
	oneYear       = "in {year}"
	manyYears     = "between {from} and {to}"
	phoneLine     = "Phone: {phone}"
	emailLine     = "Email: {email}"
	dearLine      = "Dear {name}"
	referenceLine = "Reference: {reference}"
	occupierLine  = "To the occupier"
	aboutWho      = "About: {name}"
	textLine      = "{council}: we need to tell you about the cyber attack. Call the number on your council tax bill and give reference {reference}. We will never ask for a password or bank details by text."
)
