package demo

import "github.com/reeve-council/reeve/internal/incident"

// The story: what happened when, who knew when, and who said so. Times are those
// of London. It follows the public dates of the real case.

const (
	clear  = incident.Clear
	green  = incident.Green
	amber  = incident.Amber
	strict = incident.AmberStrict
	red    = incident.Red
)

var roles = []struct {
	role, sees string
	who        actor
}{
	{"gold", "Sets what matters most and answers for it", gold}, {"silver", "Turns that into work", lead}, {"bronze", "Systems and networks", tech},
	{"bronze", "The copied data and the people in it", dpo}, {"bronze", "What is said to whom", press}, {"scribe", "Keeps the book", scribe},
	{"liaison", "Partner councils, police, government", lead},
}

var shifts = []struct {
	who      actor
	role     string
	from, to string
}{
	{lead, "silver", "2025-11-24 08:00", "2025-11-24 20:00"}, {scribe, "scribe", "2025-11-24 08:30", "2025-11-24 20:00"}, {tech, "bronze", "2025-11-24 08:00", "2025-11-24 20:00"},
	{dpo, "silver", "2025-11-24 20:00", "2025-11-25 07:00"}, {lead, "silver", "2025-11-25 07:30", "2025-11-25 19:00"}, {scribe, "scribe", "2025-11-25 08:00", "2025-11-25 19:00"},
}

var handovers = []struct {
	who               actor
	at                string
	done, open, worry string
}{
	{lead, "2025-11-24 19:45", "Shared network cut at three points. NCSC, police and response firm on the case. Partner councils told by telephone.", "Whether anything was copied. Which suppliers still have remote access.", "Social care works from paper: check the night list at 23:00."},
	{dpo, "2025-11-25 06:40", "Night list of vulnerable residents checked by telephone. Backups seen to be whole up to 21 November.", "Payroll for December. The electoral register of 1 December.", "Staff have begun to use private mail."},
	{lead, "2025-11-28 18:30", "Statement that data was copied is out. Helpline open seven days.", "Who is in the copied files. Letters to households.", "First scam calls that name the council."},
}

var plans = []struct{ kind, title, from, why string }{
	{"emergency", "Emergency plan: loss of technology", "2025-11-24 09:10", "Phones and online services are down in most departments"},
	{"continuity", "Continuity plans of housing, social care, benefits and registrars", "2025-11-24 09:30", "Essential services go on by paper and mobile telephone"},
}

var entries = []struct {
	at, known, kind, source, title, note, council string
	tlp                                           incident.TLP
}{
	{"2025-11-22 02:15", "2025-11-26 16:30", "attack", "Forensic report 1", "Somebody signs in to a file server with an account of a former supplier", "From the sign-in log of the server", norvale, strict},
	{"2025-11-22 03:02", "2025-11-26 16:30", "attack", "Forensic report 1", "Files are gathered into archives on the server", "", norvale, strict},
	{"2025-11-23 23:40", "2025-11-26 16:30", "attack", "Forensic report 1", "The archives are sent out of the network", "Volume of outgoing traffic by the firewall's log", norvale, amber},
	{"2025-11-24 07:40", "", "event", "Monitoring desk", "Unusual activity seen on shared systems", "An account that should be closed was active", norvale, amber},
	{"2025-11-24 08:20", "", "action", "Head of IT", "The link to the shared network is cut at three points", "", norvale, green},
	{"2025-11-24 08:55", "", "contact", "Head of resilience", "Duty officers of Westmer and Hallowfen are told by telephone", "", "", green},
	{"2025-11-24 09:10", "", "action", "Chief executive", "Emergency plan in force; staff are asked to work from home where they can", "", norvale, clear},
	{"2025-11-24 09:50", "", "action", "Hallowfen IT", "Hallowfen cuts its own links and some public pages as a precaution", "", hallow, green},
	{"2025-11-24 10:30", "", "contact", "Head of IT", "NCSC, National Crime Agency and police are told; a response firm is engaged", "", "", amber},
	{"2025-11-24 14:00", "", "press", "Head of communications", "First statement: systems were isolated, some phones and online services do not work", "", norvale, clear},
	{"2025-11-25 09:15", "", "contact", "Partner organisations", "Staff of partners are told not to open links from Norvale or Westmer until the networks are declared safe", "", "", green},
	{"2025-11-25 11:00", "", "finding", "Head of IT", "Backups are whole up to 21 November", "", norvale, amber},
	{"2025-11-26 16:30", "", "finding", "Forensic report 1", "Archives with personal data left the network", "A sample of twenty files was opened: names, addresses, case notes", norvale, strict},
	{"2025-11-26 17:40", "", "action", "Data protection officer", "Norvale is aware of a personal data breach", "Decided with the reasons under statutory clocks", norvale, amber},
	{"2025-11-27 15:10", "", "contact", "Data protection officer", "Initial report to the Information Commissioner", "", norvale, amber},
	{"2025-11-28 15:00", "", "press", "Head of communications", "Statement: some data was copied and taken away; it may be from years past", "", norvale, clear},
	{"2025-12-01 17:00", "", "event", "Electoral registration officer", "The revised register of electors is not published on its day", "", norvale, green},
	{"2025-12-02 10:00", "", "press", "Westmer communications", "Westmer publishes the list of services that are affected", "", westmer, clear},
	{"2025-12-04 09:00", "", "event", "City of London Police", "Report Fraud takes the place of Action Fraud", "", "", clear},
	{"2025-12-04 12:00", "", "contact", "Ombudsman", "The ombudsman pauses complaints about three councils", "", "", green},
	{"2025-12-05 09:00", "2025-12-05 09:00", "action", "Head of communications", "General letters to 100,000 households begin to go out", "They name no category of data", norvale, clear},
	{"2025-12-09 13:20", "2025-12-09 15:00", "press", "News page", "A news page links 440,000 files of another council of 2020 to this incident", "No council says so", "", green},
	{"2025-12-12 12:00", "", "contact", "Ombudsman", "The ombudsman takes Hallowfen off its list", "", "", green},
	{"2025-12-15 11:00", "", "finding", "Westmer DPO", "Data of Westmer is found on the shared server", "", westmer, amber},
	{"2025-12-17 14:00", "", "press", "Head of communications", "Update: criminal intent; no sign of movement to other systems; sensitive data is likely; checking takes months, vulnerable people first", "", norvale, clear},
	{"2025-12-23 10:00", "", "milestone", "Director of finance", "December payroll was paid in full", "", norvale, green},
	{"2026-01-09 16:00", "", "milestone", "Data protection officer", "First version of the list of people is frozen and approved", "", norvale, amber},
	{"2026-01-12 07:00", "", "milestone", "Head of IT", "Internet is back for staff and councillors, on council equipment", "", norvale, clear},
	{"2026-01-13 18:30", "", "event", "Cabinet", "Cabinet hears the report: recovery in phases until summer; delegation to the chief executive", "", norvale, clear},
	{"2026-01-22 10:00", "", "milestone", "Hallowfen finance", "Hallowfen's payments run again", "", hallow, green},
	{"2026-02-03 09:00", "", "milestone", "Head of benefits", "Housing benefit is paid again by an interim system, to private and housing association tenants", "Council tenants and temporary accommodation are not in it yet", norvale, clear},
	{"2026-02-04 11:30", "", "finding", "Chief executive", "Name of a possible insider is under enquiry", "Seen by two people", norvale, red},
}

var (
	everyone   = []incident.Audience{incident.Partners, incident.Councillors, incident.Employees, incident.Press, incident.Public}
	within     = []incident.Audience{incident.Partners, incident.Councillors, incident.Employees}
	members    = []incident.Audience{incident.Councillors}
	toPartners = []incident.Audience{incident.Partners}
)

// facts are the ledger. Topics are those by which returns are filled; a part
// behind ":" is a topic of its own.
var facts = []struct {
	key, topic, value, claim, source, asOf, written, sure, sort, council string
	tlp                                                                  incident.TLP
	owner                                                                actor
	to                                                                   []incident.Audience
}{
	{"what", "what happened", "", "On 24 November 2025 unusual activity was found on systems that three councils share. Files were copied and taken away.", "Forensic report 1", "2025-11-27 09:00", "", "confirmed", "known", "", clear, lead, everyone},
	{"found", "discovery", "", "The council's own monitoring saw an account that should have been closed.", "Monitoring desk", "2025-11-24 08:00", "", "confirmed", "known", norvale, amber, tech, toPartners},
	{"isolated", "containment", "", "The shared network was isolated within an hour of the first alert.", "Head of IT", "2025-11-24 08:40", "", "confirmed", "known", norvale, clear, tech, everyone},
	{"lateral", "containment: other systems", "", "No sign of movement to other systems has been found.", "Response firm", "2025-12-17 09:00", "", "likely", "known", norvale, clear, tech, everyone},

	{"date-2023", "date of attack", "November 2023", "The attack was in November 2023.", "News page A", "2025-12-08 09:00", "", "doubtful", "known", "", green, press, nil},
	{"date-bare", "date of attack", "24 November", "The attack was on 24 November.", "News page B", "2025-12-08 09:10", "", "possible", "known", "", green, press, nil},
	{"date-restored", "date of attack", "24 November 2023", "The attack was on 24 November 2023; internet came back on 12 January 2024.", "News page C", "2026-01-13 09:00", "", "doubtful", "known", "", green, press, nil},
	{"date", "date of attack", "24 November 2025", "The activity was found on Monday 24 November 2025.", "Incident log; forensic report 1", "2025-11-28 12:00", "", "confirmed", "known", "", clear, lead, everyone},

	{"lost-one", "who lost data", "Norvale", "Data of Norvale was copied.", "Statement of 28 November", "2025-11-28 15:00", "", "confirmed", "known", "", clear, dpo, nil},
	{"lost-westmer", "who lost data", "Westmer", "Data of Westmer was copied from its own systems.", "News page B", "2025-12-08 09:10", "", "doubtful", "known", "", green, press, nil},
	{"lost", "who lost data", "Norvale, and Westmer from the shared server", "Data of Norvale was copied, and data of Westmer that lay on the shared server. None of Hallowfen's was.", "Forensic report 3; Westmer DPO", "2025-12-15 12:00", "", "confirmed", "known", "", clear, dpo, everyone},

	{"agency-met", "lead agency", "Metropolitan Police", "The Metropolitan Police leads the investigation.", "Police liaison", "2025-11-26 10:00", "", "likely", "known", "", clear, lead, nil},
	{"agency-nca", "lead agency", "National Crime Agency", "The National Crime Agency leads the investigation.", "News page D", "2025-12-10 08:00", "", "possible", "known", "", green, press, nil},
	{"agency-ncsc", "lead agency", "NCSC", "The National Cyber Security Centre leads.", "News page C", "2026-01-13 09:00", "", "doubtful", "known", "", green, press, nil},

	{"hallow-hit", "other councils: Hallowfen", "affected", "Hallowfen's systems were affected.", "News page B", "2025-12-08 09:10", "", "doubtful", "known", "", green, press, nil},
	{"hallow-safe", "other councils: Hallowfen", "not compromised", "No evidence was found that Hallowfen's systems were compromised; it cut its links on 24 November.", "Hallowfen IT; ombudsman, 12 December", "2025-12-12 14:00", "", "likely", "known", hallow, clear, lead, everyone},
	{"hackney", "what data was taken: number of files", "440,000", "440,000 files of a council were taken in this incident.", "News page E", "2025-12-09 15:00", "", "doubtful", "known", "", green, press, nil},
	{"files", "what data was taken: number of files", "not known until the review ends", "How many files were taken is not known until the review ends; the figure of another incident of 2020 does not belong here.", "Data protection officer", "2025-12-09 17:00", "", "confirmed", "known", norvale, clear, dpo, everyone},

	{"data", "what data was taken", "", "The copied files are mostly from 2006 to 2020. Small samples show that sensitive personal data is likely to be among them.", "Data protection officer", "2025-12-17 09:00", "", "likely", "known", norvale, clear, dpo, everyone},
	{"held", "what data was taken: still held", "", "The council still has the data; services to people were not changed by the copying.", "Head of IT", "2025-12-17 09:00", "", "confirmed", "known", norvale, clear, tech, everyone},
	{"publication", "publication", "", "Whether any of it will be published.", "Response firm", "2025-12-17 09:00", "", "possible", "unknown", norvale, clear, dpo, everyone},
	{"attackers", "attackers", "", "Who did it.", "Police liaison", "2025-12-17 09:00", "", "possible", "unknown", "", amber, lead, toPartners},
	{"entry", "attackers: way in", "", "They came in by an account of a former supplier.", "Forensic report 1", "2025-11-26 16:30", "", "likely", "assumed", norvale, strict, tech, nil},
	{"insider", "attackers: insider", "", "Whether somebody inside helped.", "Chief executive", "2026-02-04 11:30", "", "possible", "unknown", norvale, red, gold, nil},
	{"harm", "harm", "", "No case is known in which the copied data was used against somebody.", "Helpline; police liaison", "2026-01-12 12:00", "", "likely", "known", norvale, amber, dpo, members},
	{"consequences", "consequences", "", "People may meet scams that sound credible because they use their details; for some the disclosure of an address or of care could put them in danger.", "Data protection officer", "2025-12-17 09:00", "", "confirmed", "known", norvale, green, dpo, within},
	{"referral", "agencies", "", "The police had a referral from Action Fraud.", "Police liaison", "2025-12-04 12:00", "", "confirmed", "known", "", clear, lead, everyone},
	{"told-all", "telling people", "", "A general letter went to 100,000 households from 5 December 2025. Personal letters follow the review, people at risk first.", "Head of communications", "2026-01-12 12:00", "", "confirmed", "known", norvale, clear, press, everyone},
	{"before", "measures before", "", "The network was monitored day and night, and backups were kept apart from it. Old supplier accounts were not closed in every case.", "Head of IT", "2025-12-17 09:00", "", "confirmed", "known", norvale, amber, tech, nil},
	{"after", "measures after", "", "All supplier accounts were closed and opened again only by name. Multi-factor sign-in is required everywhere. Services return one by one after checks.", "Head of IT", "2026-01-12 12:00", "", "confirmed", "known", norvale, green, tech, within},
	{"training", "training", "", "Nine in ten staff had training in data protection within two years.", "Learning records", "2025-11-20 12:00", "2025-12-01 10:00", "confirmed", "known", norvale, green, dpo, nil},
	{"services", "services", "", "Phones, planning, land charges, parking and housing benefit did not work or worked in part.", "Service status", "2025-12-02 10:00", "", "confirmed", "known", norvale, clear, lead, everyone},
	{"recovery", "recovery", "", "Internet for staff came back on 12 January 2026; all systems are to work by summer 2026.", "Cabinet report", "2026-01-13 18:30", "", "likely", "known", norvale, clear, tech, everyone},
	{"vulnerable", "vulnerable people", "", "Every resident on the night list of social care was reached by telephone in the first night.", "Director of social care", "2025-11-25 06:00", "", "confirmed", "known", norvale, green, lead, within},
	{"complaints", "complaints", "", "Complaint files could not be read from 24 November 2025 to 12 January 2026.", "Customer services", "2026-01-12 12:00", "", "confirmed", "known", norvale, green, lawyer, toPartners},
	{"cost", "cost", "", "Spending on the response was 1.9 million pounds by the end of January 2026.", "Director of finance", "2026-01-31 12:00", "", "confirmed", "known", norvale, amber, money, []incident.Audience{incident.Partners, incident.Councillors}},
	{"kept", "evidence", "", "Images of two servers and the firewall logs are sealed and were given to the police.", "Head of IT", "2025-12-03 16:00", "", "confirmed", "known", norvale, amber, tech, toPartners},
}

// settled is how contradictions were ended: which claim fell, which stands, and
// why. About who leads the investigation nobody has decided.
var settled = []struct{ wrong, right, at, why string }{
	{"date-2023", "date", "2025-12-08 11:00", "Our own log and the forensic report show 2025; the page confuses it with an older story"},
	{"date-bare", "date", "2025-12-08 11:05", "Right day, no year: the claim with the year stands"},
	{"date-restored", "date", "2026-01-13 11:00", "The page gives the wrong years: 2025 and 2026"},
	{"lost-one", "lost", "2025-12-15 13:00", "True when it was said; data of Westmer was found since"},
	{"lost-westmer", "lost", "2025-12-15 13:05", "Westmer's data lay on the shared server; its own systems were not entered"},
	{"hallow-hit", "hallow-safe", "2025-12-12 15:00", "Hallowfen isolated itself; the ombudsman took it off its list"},
	{"hackney", "files", "2025-12-09 17:30", "The figure is of another council's incident of 2020; no council statement supports it"},
}
