package incident

// agencySort is a body that councils deal with after an attack: what is owed to
// it, which clock goes with it, and how it is reached, as it says itself.
type agencySort struct {
	ID     string
	Title  string
	Duty   string
	Clock  string // a duty of clock_table.go, "" for none
	Reach  string
	Police bool // the state of an investigation is kept
}

// agencySorts is the table of agencies.
var agencySorts = []agencySort{
	{ID: "ico", Title: "Information Commissioner's Office", Duty: "Report within 72 hours of being aware; the rest in phases (UK GDPR, Article 33).", Clock: dutyICO, Reach: "ico.org.uk/for-organisations/report-a-breach\n0303 123 1113"},
	{ID: "ncsc", Title: "National Cyber Security Centre", Duty: "Report a significant incident and take its advice; there is no statutory period.", Reach: "report.ncsc.gov.uk, watched day and night"},
	{ID: "nca", Title: "National Crime Agency", Duty: "Support its investigation; keep the evidence.", Reach: "through the NCSC or the police", Police: true},
	{ID: "police", Title: "Police, cyber crime unit", Duty: "Report the crime, keep the evidence and hand it over against signature.", Reach: "101, or the regional cyber crime unit", Police: true},
	{ID: "report-fraud", Title: "Report Fraud", Duty: "Report the crime; organisations under attack may call at any hour.", Reach: "reportfraud.police.uk\n0300 123 2040", Police: true},
	{ID: "mhclg", Title: "Ministry of Housing, Communities and Local Government", Duty: "Situation reports as it asks for them; help from its cyber team.", Reach: "the council's lead there"},
	{ID: "insurer", Title: "Insurer", Duty: "Notify as the policy says, before money is spent that it is to repay.", Clock: "insurer", Reach: "the number in the policy"},
	{ID: "lgsco", Title: "Local Government and Social Care Ombudsman", Duty: "Answer its enquiries in time; tell it early what cannot be answered.", Clock: "ombudsman", Reach: "lgo.org.uk"},
	{ID: "housing-ombudsman", Title: "Housing Ombudsman", Duty: "Answer its enquiries in time; tell it early what cannot be answered.", Clock: "ombudsman", Reach: "housing-ombudsman.org.uk"},
	{ID: "dwp", Title: "Department for Work and Pensions", Duty: "Notify as the agreement on shared data says; assurance before reconnection.", Clock: "agreement", Reach: "the contact named in the agreement"},
	{ID: "nhs", Title: "NHS England and local NHS bodies", Duty: "Report health and care data through the toolkit within 72 hours.", Clock: "health-72", Reach: "dsptoolkit.nhs.uk"},
	{ID: "electoral-commission", Title: "Electoral Commission", Duty: "Tell it early if the register or an election is in danger.", Clock: "electoral-register", Reach: "electoralcommission.org.uk"},
	{ID: "lrf", Title: "Local resilience forum", Duty: "Share what other responders need (Civil Contingencies Act 2004).", Reach: "the duty officer"},
	{ID: "bank", Title: "Bank or card scheme", Duty: "Notify as the agreement says; it may watch or replace accounts and cards.", Clock: "agreement", Reach: "the contact named in the agreement"},
	{ID: "supplier", Title: "Supplier or processor", Duty: "Have it say what it knows (UK GDPR, Article 33(2)) and keep its logs.", Reach: "the contract manager"},
	{ID: "partner", Title: "Partner council or organisation", Duty: "Tell it what it must know to protect itself and its people.", Clock: "processor-tells", Reach: "its duty officer"},
	{ID: "auditor", Title: "External auditor", Duty: "Tell it of effects on accounts and controls.", Reach: "the engagement lead"},
	{ID: "other", Title: "Another body", Duty: "", Reach: ""},
}

// sortOf finds an agency of the table, the last one for an unknown id.
func sortOf(id string) *agencySort {
	for i := range agencySorts {
		if agencySorts[i].ID == id {
			return &agencySorts[i]
		}
	}
	return &agencySorts[len(agencySorts)-1]
}

// policeStages are the states of a police investigation, from the first.
var policeStages = []choice{
	{Value: "reported", Text: "Reported, no crime reference yet"},
	{Value: "recorded", Text: "Recorded as a crime"},
	{Value: "early", Text: "Investigation in its early stages, no arrests made"},
	{Value: "investigating", Text: "Under investigation"},
	{Value: "arrest", Text: "Arrests made"},
	{Value: "charged", Text: "Somebody is charged"},
	{Value: "court", Text: "Before the court"},
	{Value: "convicted", Text: "Convicted"},
	{Value: "acquitted", Text: "Acquitted, or the case was dropped"},
	{Value: "filed", Text: "Closed without a charge; may be opened again"},
}

// agencyStates are how far things are with an agency.
var agencyStates = []choice{
	{Value: "to-tell", Text: "To be told"},
	{Value: "told", Text: "Told"},
	{Value: "working", Text: "Working with us"},
	{Value: "closed", Text: "Closed"},
	{Value: "none", Text: "Need not be told"},
}

// directions are which way words went.
var directions = []choice{
	{Value: "told", Text: "We told them"},
	{Value: "heard", Text: "They told us"},
	{Value: "asked", Text: "They asked us"},
}
