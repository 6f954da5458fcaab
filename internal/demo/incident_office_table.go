package demo

import "github.com/reeve-council/reeve/internal/incident"

var decisions = []struct {
	at, title, question, reason, authority, delegation, dissent, evidence, review, council string
	who                                                                                    actor
	options, cites                                                                         []string
	tlp                                                                                    incident.TLP
}{
	{"2025-11-24 08:20", "Cut the shared network at once", "Is the shared network cut before we know more?", "Every hour of doubt could cost more than a day without services.", "Scheme of delegation, 4.2: urgent action", "", "Head of benefits: payments of the week will be late.", "Incident log, entries of 24 November", "2025-11-25 09:00", norvale, gold,
		[]string{"Cut it all now: safest, most services stop", "Cut the file servers alone: fewer services stop, the rest stays open", "Watch for a day"}, []string{"found"}, amber},
	{"2025-11-26 17:40", "We are aware of a personal data breach", "When did the council become aware?", "Until this hour there were signs of copying; now files with personal data have been seen.", "Data protection officer, Article 38 and 39", "", "", "Forensic report 1", "", norvale, dpo,
		[]string{"From the first alert: too early, nothing was known of data", "From the forensic report", "When the review has ended: too late"}, []string{"found"}, amber},
	{"2025-11-28 13:30", "Say in public that data was copied", "Do we say it before we know whose data it is?", "People must be able to be on their guard; it would come out in any case.", "Chief executive", "", "Legal would have waited for the list.", "", "", norvale, gold,
		[]string{"Say it now, with what is not known", "Wait for the list"}, []string{"what", "lost-one"}, green},
	{"2025-12-03 10:00", "A general letter to every household", "Do we write to all before we can write to each?", "The personal letters take months; the warning about scams cannot wait.", "Chief executive", "", "Finance: about £75,000 for postage.", "", "", norvale, gold,
		[]string{"A letter to every household", "Website and press alone", "Personal letters only, when the list is ready"}, []string{"what", "consequences"}, green},
	{"2025-12-17 09:30", "No payment and no talk with the attackers", "Would we pay if asked?", "It would prove nothing and pay for the next attack.", "Cabinet, informal; NCSC and police advice", "", "", "", "2026-03-31 12:00", "", gold,
		[]string{"Never pay, never talk", "Talk through the police to gain time"}, []string{"publication"}, strict},
	{"2026-01-13 18:30", "Delegation to the chief executive for the recovery", "Who decides quickly in the next six months?", "Recovery needs decisions faster than the meetings.", "Cabinet", "Cabinet to the chief executive, until 31 July 2026, with a monthly report", "Two members asked for three months.", "Cabinet minutes, item 7", "2026-07-31 12:00", norvale, gold,
		[]string{"Six months with monthly reports", "Three months", "None"}, []string{"recovery"}, clear},
	{"2026-01-29 15:00", "Housing benefit by an interim system", "Do we pay by an interim system with known gaps?", "Tenants face arrears; the gaps are known and are made up later.", "Chief executive under the delegation", "Delegation of 13 January 2026", "Council tenants are left out for now: housing objected.", "", "2026-03-02 12:00", norvale, gold,
		[]string{"Interim system for private and association tenants", "Wait for the old system", "Flat payments to all"}, []string{"services"}, amber},
}

var tasks = []struct {
	from, due, stream, title, detail, state, council string
	who                                              actor
	steps                                            []string
}{
	{"2025-11-28 16:00", "2025-12-05 17:00", "public", "Helpline open seven days until Christmas", "", "done", norvale, press, []string{"x Rota for two rooms", "x Script from released facts", "x Interpreter line"}},
	{"2025-12-01 18:00", "2025-12-20 17:00", "agencies", "Publish the register of electors late, and say why", "Agree the date with the Electoral Commission", "done", norvale, lawyer, nil},
	{"2025-12-10 09:00", "2025-12-12 17:00", "public", "Ask the news pages to put right dates and figures", "", "done", "", press, []string{"x Date of the attack", "x 440,000 files", "Who leads the investigation"}},
	{"2025-12-17 15:00", "2026-03-31 17:00", "data", "Review of the copied files, people at risk first", "", "doing", norvale, dpo, []string{"x Sweep of the exhibit", "x First version of the list", "Safe contact of the safety lane", "Special categories"}},
	{"2026-01-12 09:00", "2026-02-27 17:00", "services", "650 planning applications that wait", "And 420 received since", "doing", norvale, lead, nil},
	{"2026-01-14 09:00", "2026-01-30 17:00", "technology", "Hallowfen's checklist before it reconnects", "", "blocked", hallow, tech, []string{"x Scan of endpoints", "Letter of assurance from Norvale"}},
	{"2026-02-03 10:00", "2026-03-02 17:00", "services", "Housing benefit for council tenants and temporary accommodation", "", "open", norvale, lead, nil},
}

var awares = []struct {
	council, at, decided, who, evidence, reasoning string
	by                                             actor
}{
	{norvale, "2025-11-26 16:30", "2025-11-26 17:40", "Data protection officer", "Forensic report 1, sample of twenty files", "Before that hour there were signs of copying and no certainty that personal data was concerned. Twenty files were opened and held names, addresses and case notes.", dpo},
	{westmer, "2025-12-15 11:00", "2025-12-15 12:10", "Data protection officer of Westmer", "Forensic report 3", "Files of Westmer were recognised on the shared server. Until then its data was not known to be there.", westDPO},
}

// clocks run for the councils. Where ended is given, a report ended them then.
var clocks = []struct {
	council, duty, title, begun, why, owner, held, cohort, list, choice, choiceWhy string
	ended, phase, way, reference, note, late                                       string
}{
	{council: norvale, duty: "ico-72", title: "Report to the ICO", begun: "2025-11-26 16:30", why: "Aware since the forensic report", owner: "Data protection officer", ended: "2025-11-27 15:10", phase: "initial", way: "Online form", reference: "IC-900017-N0V1", note: "First phase: what is known, figures to follow"},
	{council: westmer, duty: "ico-72", title: "Report to the ICO", begun: "2025-12-15 11:00", why: "Aware since the forensic report", owner: "Data protection officer of Westmer", ended: "2025-12-17 16:20", phase: "initial", way: "Online form", reference: "IC-900023-W3M1", note: "Refers to Norvale's report"},
	{council: norvale, duty: "article-34", title: "Tell people in the safety lane", begun: "2026-01-09 16:00", why: "They stand on the first version of the list", owner: "Data protection officer", cohort: "Safety lane", list: "1", choice: "tell", choiceWhy: "Disclosure could help somebody find or hurt them"},
	{council: norvale, duty: "insurer", title: "Notice to the insurer", begun: "2025-11-24 07:40", why: "First alert", owner: "Director of finance", ended: "2025-11-25 10:00", phase: "done", way: "Broker", reference: "CL-DEMO-11"},
	{council: norvale, duty: "electoral-register", title: "Revised register of electors", begun: "2025-11-24 08:00", why: "Systems of the registration officer are off", owner: "Electoral registration officer", ended: "2025-12-19 15:00", phase: "done", way: "Published", note: "Published late", late: "The register could not be printed before 18 December"},
	{council: norvale, duty: "rights-request", title: "Access request, first of the helpline", begun: "2025-12-08 10:00", why: "Received by letter", owner: "Information governance", held: "Answer delayed: records could not be read until 12 January 2026; the person was told"},
	{council: norvale, duty: "foi", title: "Request for the cost of the response", begun: "2026-01-19 09:00", why: "Received by mail", owner: "Information governance"},
	{council: norvale, duty: "planning-8", title: "Oldest minor application that waits", begun: "2025-11-20 09:00", why: "Made valid", owner: "Head of planning", held: "Extension of time agreed with the applicant"},
	{council: norvale, duty: "land-search", title: "Searches that wait", begun: "2025-12-01 09:00", why: "First search that could not be answered", owner: "Land charges"},
	{council: norvale, duty: "processor-tells", title: "Tell Westmer of its data on the shared server", begun: "2025-12-15 10:00", why: "Norvale runs the server for Westmer", owner: "Head of IT", ended: "2025-12-15 10:50", phase: "done", way: "Telephone and letter"},
}

var agencies = []struct{ sort, title, duty, contacts, reference, state string }{
	{"ico", "Information Commissioner's Office", "Report within 72 hours, the rest in phases", "Case officer, by the online form", "IC-900017-N0V1", "working"},
	{"ncsc", "National Cyber Security Centre", "Advice; no statutory period", "Incident manager", "NCSC-DEMO-24", "working"},
	{"nca", "National Crime Agency", "Supports the investigation", "Liaison officer", "", "working"},
	{"police", "Metropolitan Police, cyber crime unit", "Keep evidence, hand it over against signature", "Officer in the case", "CR-DEMO-2411", "working"},
	{"report-fraud", "Report Fraud", "Crime reference", "", "NFRC-DEMO-77", "told"},
	{"mhclg", "Ministry of Housing, Communities and Local Government", "Situation reports", "Resilience desk", "", "working"},
	{"insurer", "Cyber insurer", "Notice before money is spent that it is to repay", "Through the broker", "CL-DEMO-11", "working"},
	{"lgsco", "Local Government and Social Care Ombudsman", "Complaints paused", "Link officer", "", "told"},
	{"dwp", "Department for Work and Pensions", "Assurance before the data link opens again", "Data sharing lead", "", "told"},
	{"nhs", "NHS integrated care board", "Health data of joint teams", "Data security lead", "", "told"},
	{"electoral-commission", "Electoral Commission", "Late register; elections in May", "Regional lead", "", "told"},
	{"partner", "Westmer and Hallowfen", "What they need to protect themselves", "Duty officers", "", "working"},
}

var said = []struct {
	to, at, way, by, note, reference string
	who                              actor
	facts                            []string
}{
	{"ncsc", "2025-11-24 10:30", "told", "Online form", "First report; asked for an incident manager", "NCSC-DEMO-24", tech, []string{"found"}},
	{"police", "2025-11-24 10:40", "told", "Telephone", "Crime reported", "CR-DEMO-2411", lead, []string{"found"}},
	{"nca", "2025-11-24 11:20", "told", "Telephone", "Told through the NCSC", "", lead, []string{"found"}},
	{"partner", "2025-11-24 08:55", "told", "Telephone", "Cut links; do not open our mail", "", lead, []string{"isolated"}},
	{"insurer", "2025-11-25 10:00", "told", "Broker", "Notice of circumstances", "CL-DEMO-11", money, []string{"found", "isolated"}},
	{"ico", "2025-11-27 15:10", "told", "Online form", "Initial report", "IC-900017-N0V1", dpo, []string{"what", "found"}},
	{"mhclg", "2025-11-28 17:00", "told", "Mail from an outside account", "First situation report", "", lead, []string{"what", "services"}},
	{"report-fraud", "2025-12-04 12:00", "heard", "Letter", "Referral passed to the police", "NFRC-DEMO-77", lead, []string{"referral"}},
	{"lgsco", "2025-12-04 12:00", "heard", "Mail", "Pauses complaints about three councils", "", lawyer, nil},
	{"electoral-commission", "2025-12-01 16:00", "told", "Telephone", "The register will be late", "", lawyer, []string{"services"}},
	{"ico", "2025-12-17 17:00", "told", "Online form", "Follow-up: likely kinds of data, review under way", "IC-900017-N0V1", dpo, []string{"data", "lost"}},
	{"dwp", "2025-12-18 10:00", "told", "Letter", "State of the benefits systems", "", tech, []string{"isolated", "lateral"}},
	{"nhs", "2025-12-18 11:00", "told", "Letter", "Joint team records may be among the copied files", "", dpo, []string{"data"}},
}

var police = []struct{ at, stage, source, note string }{
	{"2025-11-24 10:40", "reported", "Head of resilience", ""},
	{"2025-11-25 15:00", "recorded", "Police liaison", ""},
	{"2025-12-10 10:00", "early", "Police liaison", "Investigations are in the early stages, no arrests have been made"},
	{"2026-01-20 10:00", "investigating", "Police liaison", "Enquiries abroad have begun"},
}

var pieces = []struct {
	title, sort, source, method, tool, at, seal, given, paper string
	size                                                      int64
}{
	{"Image of file server FS-04", "image", "Shared data centre, rack 7", "Switched off, write blocker", "Imaging tool 4.7", "2025-11-24 13:30", "NV-000141", "2025-12-03 16:00", "Police form 17, sheet 1", 4_398_046_511_104},
	{"Image of sign-in server AD-02", "image", "Shared data centre, rack 7", "Live, memory first", "Imaging tool 4.7", "2025-11-24 15:10", "NV-000142", "2025-12-03 16:00", "Police form 17, sheet 2", 1_099_511_627_776},
	{"Firewall logs, 1 October to 24 November 2025", "logs", "Edge firewall, both nodes", "Exported, read-only medium", "Firewall console", "2025-11-24 11:50", "NV-000143", "2025-12-03 16:00", "Police form 17, sheet 3", 64_424_509_440},
	{"Copied files as restored from the attackers' archives", "copied", "Working folder on FS-04", "Recovered from deleted space", "Recovery tool 9.1", "2025-12-01 09:20", "NV-000150", "", "", 118_111_600_640},
}

var costs = []struct {
	day, sort, term, stream, title, party, reference, stage, council string
	pounds, hours, rate, agreed, received                            int64
}{
	{"2025-11-30", "spend", "immediate", "technology", "Response firm, first week", "Response firm", "PO-DEMO-1", "actual", norvale, 186_000, 0, 0, 0, 0},
	{"2025-12-31", "spend", "immediate", "technology", "Response firm, December", "Response firm", "PO-DEMO-2", "actual", norvale, 412_000, 0, 0, 0, 0},
	{"2025-12-05", "spend", "immediate", "public", "General letter to 100,000 households", "Print house", "PO-DEMO-3", "actual", norvale, 75_300, 0, 0, 0, 0},
	{"2025-12-24", "spend", "immediate", "public", "Helpline, four weeks", "Contact centre", "PO-DEMO-4", "actual", norvale, 58_400, 0, 0, 0, 0},
	{"2025-12-31", "hours", "immediate", "technology", "Overtime of the IT teams", "Own staff", "", "actual", norvale, 0, 3_150, 31, 0, 0},
	{"2025-12-31", "hours", "immediate", "services", "Paper working in social care and housing", "Own staff", "", "actual", norvale, 0, 5_400, 24, 0, 0},
	{"2026-01-31", "spend", "long", "technology", "New sign-in system and device management", "Supplier", "PO-DEMO-7", "committed", norvale, 640_000, 0, 0, 0, 0},
	{"2026-01-31", "spend", "immediate", "data", "Review of the copied files", "Own staff and reviewers", "PO-DEMO-8", "actual", norvale, 121_000, 0, 0, 0, 0},
	{"2026-01-15", "fund", "immediate", "services", "Reserve set aside", "Norvale", "Cabinet 13 January", "actual", norvale, 2_500_000, 0, 0, 0, 0},
	{"2026-01-20", "grant", "immediate", "agencies", "Support grant", "MHCLG", "GR-DEMO-1", "asked", norvale, 1_200_000, 0, 0, 400_000, 0},
	{"2026-01-22", "claim", "immediate", "agencies", "First claim under the cyber policy", "Insurer", "CL-DEMO-11", "agreed", norvale, 750_000, 0, 0, 500_000, 250_000},
	{"2025-12-20", "spend", "immediate", "technology", "Checks of the shared server", "Response firm", "PO-W-2", "actual", westmer, 94_000, 0, 0, 0, 0},
	{"2025-12-12", "spend", "immediate", "technology", "Isolation and scans", "Own supplier", "PO-H-1", "actual", hallow, 47_500, 0, 0, 0, 0},
}

var forecasts = []struct {
	at, note, council string
	pounds, low, high int64
}{
	{"2025-12-10 12:00", "First estimate, before the review was priced", norvale, 4_100_000, 2_000_000, 9_000_000},
	{"2026-01-12 12:00", "With the review and the new sign-in system", norvale, 3_600_000, 2_900_000, 5_500_000},
}

var profiles = []struct{ council, contact, officer, ico string }{
	{norvale, "Duty officer, 020 7946 0101", "dpo@norvale.example.org", "Z0000001"},
	{westmer, "Duty officer, 020 7946 0102", "dpo@westmer.example.org", "Z0000002"},
	{hallow, "Duty officer, 020 7946 0103", "dpo@hallowfen.example.org", "Z0000003"},
}

var arrangements = []struct {
	title, sort, what, host, processors, law, state, why string
	controllers                                          []string
}{
	{"Shared file and sign-in servers", "system", "Files of departments, accounts of staff", norvale, norvale, "Shared services agreement of 2011, schedule 3", "stands", "Each council decides over its own data; Norvale keeps it for the others", []string{norvale, westmer, hallow}},
	{"Joint team for adult social care", "service", "Case records of adults", westmer, "", "Section 75 agreement", "disputed", "Westmer and Norvale do not agree who is controller of the old records", []string{norvale, westmer}},
	{"Joint response", "strategy", "One forensic firm, one rota for gold, facts shared at once", norvale, "", "Letter of the three chief executives, 26 November 2025", "stands", "", []string{norvale, westmer, hallow}},
}

var clearances = []struct{ council, sort, thing, to, basis, evidence, at, until string }{
	{norvale, "mail", "Mail from norvale.example.org", westmer + "\n" + hallow, "New mail gateway; all accounts reset with a second factor", "Report of the response firm, 9 January 2026", "2026-01-12 07:30", ""},
	{norvale, "reconnect", "Shared sign-in service", westmer, "Rebuilt from a clean copy and watched for two weeks", "Report of the response firm, 26 January 2026", "2026-01-27 15:00", "2026-07-31 12:00"},
	{hallow, "reconnect", "Hallowfen's network", "", "No sign of compromise in three scans", "Hallowfen's scan report, 11 December 2025", "2025-12-12 10:00", "2026-03-31 12:00"},
}

var warnings = []struct{ title, note, ask, to, outside, at string }{
	{"Do not open links from our mail or chat", "Accounts of Norvale and Westmer may be misused.", "Tell your staff; ring back on a number that you know.", westmer + "\n" + hallow, "Neighbouring councils\nNHS partners\nSchools", "2025-11-25 09:15"},
	{"Callers who claim to be the council", "Scam calls that name the incident have begun.", "Tell your contact centres and trading standards.", westmer + "\n" + hallow, "Neighbouring councils", "2025-12-02 11:00"},
}
