package detect

import "github.com/reeve-council/reeve"

// The kinds that are said in words. Their wordings stand in
// circumstance_table.go, their columns and labels in fields_table.go.

var health = Detector{Kind: reeve.KindHealth, Rule: "health/1", Label: "information about your health",
	Hits:   []string{"John Smith has {diabetes}.", "Name: John Smith\nMedical conditions: {asthma}", "Mrs Amara Okafor was {admitted to hospital} in May."},
	Misses: []string{"People with diabetes can get help.", "Medical conditions: none", "If you have asthma, tell us."}}

var disability = Detector{Kind: reeve.KindDisability, Rule: "disability/1", Label: "information about a disability",
	Hits:   []string{"Name: John Smith\nDisability: {Y}", "Mr John Smith is a {wheelchair user}."},
	Misses: []string{"Name: John Smith\nDisability: N", "Wheelchair access is at the rear.", "Disabilities: no known disabilities"}}

var genetic = Detector{Kind: reeve.KindGenetic, Rule: "genetic/1", Label: "genetic information about you",
	Hits: []string{"Mr John Smith took a {paternity test} in May."}, Misses: []string{"We offer a paternity test to anyone."}}

var biometric = Detector{Kind: reeve.KindBiometric, Rule: "biometric/1", Label: "biometric information about you",
	Hits: []string{"Mr John Smith had his {fingerprints taken}."}, Misses: []string{"Biometric data is described in the policy."}}

var ethnicity = Detector{Kind: reeve.KindEthnicity, Rule: "ethnicity/1", Label: "your racial or ethnic origin",
	Hits: []string{"Name: John Smith\nEthnicity: {White British}", "Amara Okafor is {Black African}."}, Misses: []string{"Ethnicity: not stated", "Ethnicity:"}}

var politics = Detector{Kind: reeve.KindPolitics, Rule: "politics/1", Label: "your political opinions",
	Hits: []string{"Mr John Smith is a {member of the Labour Party}."}, Misses: []string{"The Labour Party won the ward."}}

var religion = Detector{Kind: reeve.KindReligion, Rule: "religion/1", Label: "your religion or belief",
	Hits: []string{"Name: John Smith\nReligion: {Sikh}", "Mrs Amara Okafor {attends church} weekly."}, Misses: []string{"Religion: prefer not to say", "St Mary's church hall"}}

var tradeUnion = Detector{Kind: reeve.KindTradeUnion, Rule: "trade-union/1", Label: "your trade union membership",
	Hits: []string{"John Smith is a {Unison member}."}, Misses: []string{"Unison held its conference."}}

var sexLife = Detector{Kind: reeve.KindSexLife, Rule: "sex-life/1", Label: "information about your sex life",
	Hits: []string{"Jane Doyle said she is {sexually active}."}, Misses: []string{"Free advice at the sexual health clinic."}}

var sexualOrientation = Detector{Kind: reeve.KindSexualOrientation, Rule: "orientation/1", Label: "your sexual orientation",
	Hits: []string{"Name: John Smith\nSexual orientation: {Gay}", "John Smith said he {is gay}."}, Misses: []string{"Sexual orientation: prefer not to say"}}

var genderReassignment = Detector{Kind: reeve.KindGenderReassignment, Rule: "gender/1", Label: "information about gender reassignment",
	Hits: []string{"John Smith attends the {gender identity clinic}."}, Misses: []string{"Our policy covers gender reassignment."}}

var offence = Detector{Kind: reeve.KindOffence, Rule: "offence/1", Label: "information about offences or alleged offences",
	Hits: []string{"John Smith was {convicted of} theft in 2012."}, Misses: []string{"Anyone convicted of fly-tipping pays a fine.", "Convictions: none"}}

var childSocialCare = Detector{Kind: reeve.KindChildSocialCare, Rule: "child-care/1", Label: "information about children's social care",
	Hits: []string{"Amara Okafor is subject to a {child protection plan}."}, Misses: []string{"Training: what is a child protection plan?"}}

var adultSocialCare = Detector{Kind: reeve.KindAdultSocialCare, Rule: "adult-care/1", Label: "information about adult social care",
	Hits: []string{"Mrs Amara Okafor has a {care package} of four visits."}, Misses: []string{"You may be eligible for a care package."}}

var domesticAbuse = Detector{Kind: reeve.KindDomesticAbuse, Rule: "domestic-abuse/1", Label: "information about domestic abuse",
	Hits: []string{"Amara Okafor was discussed at {MARAC}."}, Misses: []string{"The MARAC protocol was revised."}}

var protection = Detector{Kind: reeve.KindProtection, Rule: "protection/1", Label: "information about protection given to you",
	Hits:   []string{"Amara Okafor moved under {witness protection}.", "Name: John Smith\nAnonymous elector: {Y}"},
	Misses: []string{"Anyone can ask for anonymous registration.", "Name: John Smith\nAnonymous elector: N"}}

var immigration = Detector{Kind: reeve.KindImmigration, Rule: "immigration/1", Label: "your immigration status",
	Hits: []string{"Amara Okafor is an {asylum seeker}."}, Misses: []string{"Asylum seekers can ask for help here."}}

var homelessness = Detector{Kind: reeve.KindHomelessness, Rule: "homelessness/1", Label: "information about homelessness",
	Hits: []string{"John Smith is {sleeping rough} in the park."}, Misses: []string{"If you are homeless, call us."}}

var educationNeed = Detector{Kind: reeve.KindEducationNeed, Rule: "education-need/1", Label: "information about special educational needs or exclusion from school",
	Hits: []string{"Amara Okafor has an {EHCP} naming the school."}, Misses: []string{"An EHCP is a legal document."}}

var income = Detector{Kind: reeve.KindIncome, Rule: "income/1", Label: "information about your income or savings",
	Hits: []string{"John Smith {earns} £21,500 at the depot."}, Misses: []string{"The scheme costs £21,500."}}

var benefits = Detector{Kind: reeve.KindBenefits, Rule: "benefits/1", Label: "information about benefits you receive",
	Hits: []string{"John Smith receives {Universal Credit}."}, Misses: []string{"You can claim Universal Credit online."}}

var debt = Detector{Kind: reeve.KindDebt, Rule: "debt/1", Label: "information about money you owe",
	Hits: []string{"John Smith has {rent arrears} of £1,250."}, Misses: []string{"Rent arrears fell by 3 per cent."}}
