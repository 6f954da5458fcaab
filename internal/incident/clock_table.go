package incident

import (
	"time"

	"github.com/reeve-council/reeve/internal/uk"
)

var (
	inEngland      = []uk.Nation{uk.England}
	inWales        = []uk.Nation{uk.Wales}
	inScotland     = []uk.Nation{uk.Scotland}
	inNI           = []uk.Nation{uk.NorthernIreland}
	inEnglandWales = []uk.Nation{uk.England, uk.Wales}
	inBritain      = []uk.Nation{uk.England, uk.Wales, uk.Scotland}
	notScotland    = []uk.Nation{uk.England, uk.Wales, uk.NorthernIreland}
)

// duties is the table of clocks. A new one is a row with its statute and a case
// in the test. Where a period is one that guidance or a contract sets, Basis
// says so: it is never passed off as law.
var duties = []Duty{
	{ID: dutyICO, Area: AreaBreach, Title: "Report the breach to the ICO", Begins: "when the council became aware, which is a decision with reasons",
		Law: "UK GDPR, Article 33(1)", Basis: BasisLaw, Rule: hours(72),
		Note: "Hours run through nights, weekends and bank holidays. Report what is known, the rest may follow in phases (Article 33(4)). A later report needs reasons for the delay."},
	{ID: dutyArticle34, Area: AreaBreach, Title: "Tell the people concerned", Begins: "when a high risk to a group of people is likely",
		Law: "UK GDPR, Article 34(1)", Basis: BasisLaw, Rule: promptly,
		Note: "The law names no hours. Decide group by group; a group that is in danger does not wait for the others."},
	{ID: "processor-tells", Area: AreaBreach, Title: "Tell the controllers whose data it is", Begins: "when a council that holds data for others became aware",
		Law: "UK GDPR, Article 33(2)", Basis: BasisLaw, Rule: promptly,
		Note: "For shared systems: whoever runs one for another council tells that council, however little is known."},
	{ID: "health-72", Area: AreaBreach, Title: "Report health and care data through the NHS toolkit", Begins: "when the council became aware that such data is concerned",
		Law: "Data Security and Protection Toolkit, guide to the notification of incidents", Basis: BasisCode, In: inEngland, Rule: hours(72),
		Note: "For councils that hold NHS or adult social care data under the toolkit. The report is passed on to the ICO."},
	{ID: "insurer", Area: AreaBreach, Title: "Notify the insurer", Begins: "when the policy says", Law: "the policy of insurance", Basis: BasisContract,
		Note: "Policies differ, many say as soon as practicable and ask for consent before money is spent. Enter the end that yours names."},
	{ID: "agreement", Area: AreaBreach, Title: "Notify a partner under an agreement", Begins: "when the agreement says", Law: "the data sharing agreement", Basis: BasisContract,
		Note: "DWP, NHS bodies, banks and card schemes each have their own. Enter the end that yours names."},

	{ID: "rights-request", Area: AreaRights, Title: "Answer a request about one's own data", Begins: "on the day when it was received",
		Law: "UK GDPR, Articles 12(3) and 15 to 22", Basis: BasisLaw, Rule: monthsRolled(1),
		Longer: &Longer{Words: "It is complex, or one person made many: tell them within the first month, with reasons.", Law: "UK GDPR, Article 12(3)", Rule: monthsRolled(3)},
		Note:   "A lost system is no ground to extend by itself. Tell the person before the month ends."},
	{ID: "data-complaint", Area: AreaRights, Title: "Acknowledge a complaint about data protection", Begins: "on the day when it was received",
		Law: "Data Protection Act 2018, section 164A", Basis: BasisLaw, Rule: daysWith(30)},
	{ID: "foi", Area: AreaRights, Title: "Answer a freedom of information request", Begins: "on the day when it was received",
		Law: "Freedom of Information Act 2000, section 10(1) and (6)", Basis: BasisLaw, In: notScotland, Rule: workdaysEverywhere(20),
		Longer: &Longer{Words: "The public interest test of a qualified exemption needs more time.", Law: "section 10(3), with the section 45 code", Rule: workdaysEverywhere(40)},
		Note:   "A bank holiday in any part of the United Kingdom is not counted."},
	{ID: "foi-review", Area: AreaRights, Title: "Review a refusal of information", Begins: "on the day when the review was asked for",
		Law: "Freedom of Information Code of Practice (section 45), part 5", Basis: BasisCode, In: notScotland, Rule: workdaysEverywhere(20),
		Longer: &Longer{Words: "It is exceptional.", Law: "part 5 of the code", Rule: workdaysEverywhere(40)}},
	{ID: "foi-scotland", Area: AreaRights, Title: "Answer a freedom of information request", Begins: "on the day when it was received",
		Law: "Freedom of Information (Scotland) Act 2002, section 10(1)", Basis: BasisLaw, In: inScotland, Rule: workdays(20)},
	{ID: "foi-review-scotland", Area: AreaRights, Title: "Review a refusal of information", Begins: "on the day when the review was asked for",
		Law: "Freedom of Information (Scotland) Act 2002, section 21(1)", Basis: BasisLaw, In: inScotland, Rule: workdays(20)},
	{ID: "eir", Area: AreaRights, Title: "Answer a request for environmental information", Begins: "on the day when it was received",
		Law: "Environmental Information Regulations 2004, regulation 5(2)", Basis: BasisLaw, In: notScotland, Rule: workdaysEverywhere(20),
		Longer: &Longer{Words: "It is complex and voluminous.", Law: "regulation 7(1)", Rule: workdaysEverywhere(40)}},
	{ID: "eir-scotland", Area: AreaRights, Title: "Answer a request for environmental information", Begins: "on the day when it was received",
		Law: "Environmental Information (Scotland) Regulations 2004, regulation 5(2)", Basis: BasisLaw, In: inScotland, Rule: workdays(20),
		Longer: &Longer{Words: "It is complex and voluminous.", Law: "regulation 7(1)", Rule: workdays(40)}},

	{ID: "complaint-1", Area: AreaComplaints, Title: "Answer a complaint, stage 1", Begins: "on the day when it was acknowledged, within five working days of its receipt",
		Law: "LGSCO Complaint Handling Code 2024 (Local Government Act 1974, section 23(12A))", Basis: BasisCode, In: inEngland, Rule: workdays(10),
		Longer: &Longer{Words: "It is complex: say so and why.", Law: "the code", Rule: workdays(20)}},
	{ID: "complaint-2", Area: AreaComplaints, Title: "Answer a complaint, stage 2", Begins: "on the day when it was acknowledged",
		Law: "LGSCO Complaint Handling Code 2024", Basis: BasisCode, In: inEngland, Rule: workdays(20),
		Longer: &Longer{Words: "It is complex: say so and why.", Law: "the code", Rule: workdays(40)}},
	{ID: "complaint-housing-1", Area: AreaComplaints, Title: "Answer a tenant's complaint, stage 1", Begins: "on the day when it was acknowledged, within five working days of its receipt",
		Law: "Housing Ombudsman Complaint Handling Code 2024 (Housing Act 1996, Schedule 2)", Basis: BasisCode, In: inEngland, Rule: workdays(10),
		Longer: &Longer{Words: "It is complex: tell the tenant and name the ombudsman.", Law: "the code", Rule: workdays(20)}},
	{ID: "complaint-housing-2", Area: AreaComplaints, Title: "Answer a tenant's complaint, stage 2", Begins: "on the day when the escalation was acknowledged",
		Law: "Housing Ombudsman Complaint Handling Code 2024", Basis: BasisCode, In: inEngland, Rule: workdays(20),
		Longer: &Longer{Words: "It is complex: tell the tenant and name the ombudsman.", Law: "the code", Rule: workdays(40)}},
	{ID: "complaint-adult-care", Area: AreaComplaints, Title: "Acknowledge a complaint about adult social care", Begins: "on the day when it was received",
		Law: "Local Authority Social Services and National Health Service Complaints (England) Regulations 2009, regulation 13(3)", Basis: BasisLaw, In: inEngland, Rule: workdays(3)},
	{ID: "complaint-children", Area: AreaComplaints, Title: "Answer a child's complaint, stage 1", Begins: "on the day when it was made",
		Law: "Children Act 1989 Representations Procedure (England) Regulations 2006, regulation 14", Basis: BasisLaw, In: inEngland, Rule: workdays(10),
		Longer: &Longer{Words: "It is complex, or an advocate has to be found.", Law: "regulation 14(5)", Rule: workdays(20)}},
	{ID: "complaint-scotland", Area: AreaComplaints, Title: "Answer a complaint, investigation stage", Begins: "on the day when it was received",
		Law: "SPSO Model Complaints Handling Procedure for local authorities", Basis: BasisCode, In: inScotland, Rule: workdays(20)},
	{ID: "complaint-wales", Area: AreaComplaints, Title: "Answer a complaint, formal investigation", Begins: "on the day when it was received",
		Law: "Public Services Ombudsman (Wales) Act 2019, section 36, with the model complaints policy", Basis: BasisCode, In: inWales, Rule: workdays(20)},
	{ID: "ombudsman", Area: AreaComplaints, Title: "Answer an ombudsman's enquiry", Begins: "when the ombudsman says", Law: "the ombudsman's letter", Basis: BasisCode,
		Note: "Ombudsmen have paused complaints about councils under attack. Put the pause into the clock as a note with its source."},

	{ID: "electoral-register", Area: AreaElections, Title: "Publish the revised electoral register", Begins: "with the annual canvass",
		Law: "Representation of the People Act 1983, section 13(1)(a)", Basis: BasisLaw, In: inBritain, Rule: yearly(time.December, 1),
		Note: "Tell the Electoral Commission early if the day cannot be met; there is no power to waive it."},

	{ID: "planning-8", Area: AreaPlanning, Title: "Decide a planning application", Begins: "on the day when a valid application was received",
		Law: "Town and Country Planning (Development Management Procedure) (England) Order 2015, article 34(2)(b)", Basis: BasisLaw, In: inEngland, Rule: weeksAfter(8),
		Note: "The applicant may agree in writing to a longer period; without it they may appeal."},
	{ID: "planning-13", Area: AreaPlanning, Title: "Decide a major planning application", Begins: "on the day when a valid application was received",
		Law: "Town and Country Planning (Development Management Procedure) (England) Order 2015, article 34(2)(a)", Basis: BasisLaw, In: inEngland, Rule: weeksAfter(13)},
	{ID: "planning-16", Area: AreaPlanning, Title: "Decide an application with an environmental statement", Begins: "on the day when a valid application was received",
		Law: "Town and Country Planning (Environmental Impact Assessment) Regulations 2017, regulation 68", Basis: BasisLaw, In: inEngland, Rule: weeksAfter(16)},
	{ID: "planning-wales", Area: AreaPlanning, Title: "Decide a planning application", Begins: "on the day when a valid application was received",
		Law: "Town and Country Planning (Development Management Procedure) (Wales) Order 2012, article 22", Basis: BasisLaw, In: inWales, Rule: weeksAfter(8)},
	{ID: "planning-scotland", Area: AreaPlanning, Title: "Decide a local planning application", Begins: "on the day of validation",
		Law: "Town and Country Planning (Development Management Procedure) (Scotland) Regulations 2013, regulation 26(2)", Basis: BasisLaw, In: inScotland, Rule: monthsAfter(2)},
	{ID: "planning-scotland-major", Area: AreaPlanning, Title: "Decide a major planning application", Begins: "on the day of validation",
		Law: "Town and Country Planning (Development Management Procedure) (Scotland) Regulations 2013, regulation 26(2)", Basis: BasisLaw, In: inScotland, Rule: monthsAfter(4)},
	{ID: "planning-ni", Area: AreaPlanning, Title: "Decide a local planning application", Begins: "on the day when a valid application was received",
		Law: "Planning (General Development Procedure) Order (Northern Ireland) 2015, article 20", Basis: BasisLaw, In: inNI, Rule: weeksAfter(8)},
	{ID: "planning-ni-major", Area: AreaPlanning, Title: "Decide a major planning application", Begins: "on the day when a valid application was received",
		Law: "Planning (General Development Procedure) Order (Northern Ireland) 2015, article 20", Basis: BasisLaw, In: inNI, Rule: weeksAfter(16)},
	{ID: "prior-approval", Area: AreaPlanning, Title: "Decide a prior approval", Begins: "on the day when the application was received",
		Law: "Town and Country Planning (General Permitted Development) (England) Order 2015, article 7", Basis: BasisLaw, In: inEngland, Rule: daysAfter(56),
		Note: "If nothing is decided in time the development may go ahead. Larger home extensions have 42 days."},
	{ID: "prior-approval-home", Area: AreaPlanning, Title: "Decide a larger home extension", Begins: "on the day when the application was received",
		Law: "Town and Country Planning (General Permitted Development) (England) Order 2015, Schedule 2, paragraph A.4", Basis: BasisLaw, In: inEngland, Rule: daysAfter(42),
		Note: "If nothing is decided in time the development may go ahead."},
	{ID: "trees", Area: AreaPlanning, Title: "Answer a notice of works to trees in a conservation area", Begins: "on the date of the notice",
		Law: "Town and Country Planning Act 1990, section 211(3)", Basis: BasisLaw, In: inEnglandWales, Rule: weeksAfter(6),
		Note: "If nothing is said in time the works may be done."},
	{ID: "land-search", Area: AreaPlanning, Title: "Answer a local land charge search", Begins: "on the day when it was received",
		Law: "Environmental Information Regulations 2004, regulation 5(2); Local Land Charges Act 1975, section 9", Basis: BasisLaw, In: inEnglandWales, Rule: workdaysEverywhere(20),
		Note: "The Act of 1975 names no period for the official search; the answers to enquiries are environmental information. Solicitors expect ten working days."},
	{ID: "land-search-target", Area: AreaPlanning, Title: "Answer a local land charge search as solicitors expect", Begins: "on the day when it was received",
		Law: "the council's published standard", Basis: BasisTarget, In: inEnglandWales, Rule: workdays(10)},

	{ID: "homeless-relief", Area: AreaHousing, Title: "Help a homeless household: end of the relief duty", Begins: "on the day when the council was satisfied that the household is homeless",
		Law: "Housing Act 1996, section 189B(7)(b)", Basis: BasisLaw, In: inEngland, Rule: daysWith(56)},
	{ID: "homeless-review", Area: AreaHousing, Title: "Decide a review about homelessness", Begins: "on the day when the review was asked for",
		Law: "Homelessness (Review Procedure etc.) Regulations 2018, regulation 9(1)(b)", Basis: BasisLaw, In: inEngland, Rule: weeksAfter(8)},
	{ID: "right-to-buy", Area: AreaHousing, Title: "Answer a claim of the right to buy", Begins: "on the day when the claim was served",
		Law: "Housing Act 1985, section 124", Basis: BasisLaw, In: inEngland, Rule: weeksAfter(4),
		Longer: &Longer{Words: "Part of the qualifying time was with another landlord.", Law: "section 124(2)(b)", Rule: weeksAfter(8)}},

	{ID: "child-assessment", Area: AreaCare, Title: "Finish the assessment of a child in need", Begins: "on the day of the referral",
		Law: "Working Together to Safeguard Children (Children Act 2004, sections 10 and 11)", Basis: BasisCode, In: inEngland, Rule: workdays(45)},
	{ID: "child-conference", Area: AreaCare, Title: "Hold the first child protection conference", Begins: "on the day of the strategy discussion",
		Law: "Working Together to Safeguard Children (Children Act 1989, section 47)", Basis: BasisCode, In: inEngland, Rule: workdays(15)},
	{ID: "ehc-plan", Area: AreaCare, Title: "Issue an education, health and care plan", Begins: "on the day of the request",
		Law: "Special Educational Needs and Disability Regulations 2014, regulation 13(2)", Basis: BasisLaw, In: inEngland, Rule: weeksAfter(20)},

	{ID: "housing-benefit", Area: AreaMoney, Title: "Decide a claim for housing benefit", Begins: "on the day when all that was asked for had come",
		Law: "Housing Benefit Regulations 2006, regulation 89(2)", Basis: BasisLaw, In: inBritain, Rule: daysAfter(14),
		Note: "Or as soon as reasonably practicable after that. A payment on account is due to private tenants where the council cannot decide (regulation 93)."},
	{ID: "council-tax-appeal", Area: AreaMoney, Title: "Answer who disputes their council tax", Begins: "on the day when the notice was served",
		Law: "Local Government Finance Act 1992, section 16(7)", Basis: BasisLaw, In: inEnglandWales, Rule: monthsWith(2),
		Note: "After that they may go to the tribunal without an answer."},
	{ID: "supplier-payment", Area: AreaMoney, Title: "Pay an undisputed invoice", Begins: "on the day when it was received",
		Law: "Procurement Act 2023, section 68(2)", Basis: BasisLaw, In: notScotland, Rule: daysWith(30)},

	{ID: "committee-papers", Area: AreaGovernance, Title: "Publish the papers of a meeting", Begins: "counted back from the day of the meeting",
		Law: "Local Government Act 1972, section 100B(3)", Basis: BasisLaw, In: inEngland, Rule: clearDaysBefore(5), Before: true},
	{ID: "committee-papers-wales", Area: AreaGovernance, Title: "Publish the papers of a meeting", Begins: "counted back from the day of the meeting",
		Law: "Local Government Act 1972, section 100B(3), as it is in Wales", Basis: BasisLaw, In: inWales, Rule: clearDaysBefore(3), Before: true},
	{ID: "committee-papers-scotland", Area: AreaGovernance, Title: "Publish the papers of a meeting", Begins: "counted back from the day of the meeting",
		Law: "Local Government (Scotland) Act 1973, section 50B(3)", Basis: BasisLaw, In: inScotland, Rule: clearDaysBefore(3), Before: true},
	{ID: "licensing-hearing", Area: AreaGovernance, Title: "Hold the hearing about a premises licence", Begins: "on the last day for representations",
		Law: "Licensing Act 2003 (Hearings) Regulations 2005, Schedule 1", Basis: BasisLaw, In: inEnglandWales, Rule: workdays(20)},
	{ID: "accounts", Area: AreaGovernance, Title: "Publish the draft accounts", Begins: "with the end of the financial year",
		Law: "Accounts and Audit Regulations 2015, regulation 15, as amended", Basis: BasisLaw, In: inEngland, Rule: yearly(time.June, 30),
		Note: "The day was moved for several years: check it for yours."},

	{ID: "other", Area: AreaOther, Title: "Another date that must be met", Begins: "as you say", Law: "as you say", Basis: BasisTarget},
}
