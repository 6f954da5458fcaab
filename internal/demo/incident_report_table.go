package demo

// several are the questions that take more than one answer.
var several = map[string]bool{"categories": true, "incident_type": true, "how_found": true, "affected": true}

var icoFirst = [][2]string{
	{"reason", "We think the breach must be reported"},
	{"what", "On 24 November 2025 unusual activity was found on systems that three councils share. Forensic work showed on 26 November that archives with files of this council left the network. The systems were isolated within an hour of the first alert."},
	{"cyber", "Yes"}, {"incident_type", "Unauthorised access"}, {"how_found", "Unusual activity seen by the council's own monitoring"},
	{"found_more", "An account that should have been closed was active."},
	{"discovered", "2025-11-24"}, {"discovered_time", "07:40"}, {"happened", "2025-11-22"}, {"happened_time", "02:15"},
	{"happened_more", "The first sign-in that is known; there may have been others before it."},
	{"categories", "basic identifiers"}, {"categories", "unknown"},
	{"data_more", "A sample of twenty files was opened. The rest has still to be read."},
	{"likelihood", "Not yet known"}, {"consequences", "Not yet known. Scams that use the details, and danger for people whose address is kept secret, cannot be ruled out."},
	{"affected", "Confidentiality"}, {"affected", "Availability"}, {"impact", "High"}, {"recovery", "Extended: the time cannot be foreseen"},
	{"staff_involved", "Not yet known"}, {"training", "Yes"}, {"before", "Monitoring day and night; backups kept apart from the network."},
	{"after", "Isolation, forensic work, reports to the NCSC and the police. The copied files will be read and the people in them found, those at risk first."},
	{"told_people", "About to"}, {"told_why", "A public statement is being prepared. People cannot be told one by one before it is known who they are."},
	{"overseas", "Not yet known"}, {"others_told", "The police, the NCSC, the National Crime Agency and the two partner councils."},
	{"organisation", "Norvale Borough Council"}, {"registration", "Z0000001"}, {"dpo", "Data protection officer, 020 7946 0101, dpo@norvale.example.org"}, {"sector", "Local government"},
}

var icoSecond = [][2]string{
	{"case_reference", "IC-900017-N0V1"},
	{"data_more", "The files are mostly from 2006 to 2020. Samples show that sensitive personal data is likely to be among them. Data of Westmer was found on the shared server on 15 December; Westmer reports for itself."},
	{"detriment", "No case is known."}, {"likelihood", "Likely"},
	{"consequences", "Scams that sound credible because they use people's details. For some, danger if an address or care becomes known."},
	{"before", "Monitoring day and night; backups kept apart from the network. Old supplier accounts were not closed in every case."},
	{"told_people", "Yes"}, {"told_why", "A general letter went to 100,000 households from 5 December. Personal letters follow the review, people at risk first."},
}

var icoThird = [][2]string{
	{"categories", "health"}, {"categories", "economic and financial"}, {"categories", "other"},
	{"after", "All supplier accounts were closed and opened again only by name. Multi-factor sign-in is required everywhere. The first version of the list of people is approved; those in the safety lane are told first."},
	{"recovery", "Supplemented: the time can be foreseen, with further means"},
}

var icoFourth = [][2]string{
	{"detriment", "No case is known. The helpline asks callers and passes scams on."},
	{"recovery_more", "All systems are to work by summer 2026."},
}

var ncscAnswers = [][2]string{
	{"summary", "Shared servers of three councils were entered by an account that should have been closed. Archives of files were sent out. The shared network is isolated."},
	{"systems", "File and sign-in servers of the shared data centre; edge firewall."}, {"data", "Files of departments; how much is being found out."},
	{"actor", "Not known."}, {"done", "Isolation, images of two servers, logs sealed, accounts reset."}, {"others", "Police, National Crime Agency, a response firm."},
	{"asks", "Advice on safe return, and whether the same account was seen elsewhere."}, {"contact", "Head of IT, 020 7946 0101, day and night"},
}

var mhclgAnswers = [][2]string{
	{"headline", "Contained. Essential services run by paper and telephone. Review of the copied files is under way."},
	{"services", "Phones, planning, land charges, parking and housing benefit work in part or not."}, {"vulnerable", "The night list of social care is checked by telephone."},
	{"data", "Files of past years were copied; sensitive data is likely."}, {"money", "About one million pounds so far."}, {"public", "Statements of 28 November and 17 December; general letter to households."},
	{"partners", "Westmer's data lay on the shared server. Hallowfen isolated itself in time."}, {"asks", "Support grant; help with the interim benefits system."}, {"next", "8 January 2026"},
}

var breaches = []struct {
	written, title, council, aware, what, effects, action, people, reported, why, reportedAt, reference, told, toldWhy, state string
}{
	{"2025-11-28 10:00", "Files copied from shared servers", norvale, "2025-11-26 16:30", "Archives of files left the shared server between 22 and 24 November 2025.", "People may meet scams; some could be in danger. Still under review.", "Isolation, reports, review of the files, letters.",
		"unknown", "yes", "", "2025-11-27 15:10", "IC-900017-N0V1", "yes", "A general letter first, personal letters as the review goes on", "open"},
	{"2025-12-16 10:00", "Files of Westmer on the shared server", westmer, "2025-12-15 11:00", "Files that Norvale kept for Westmer were in the same archives.", "As for Norvale's.", "Westmer was told within the hour and reports for itself.",
		"unknown", "yes", "", "2025-12-17 16:20", "IC-900023-W3M1", "open", "", "open"},
	{"2026-01-16 11:00", "Letter put into the wrong envelope", norvale, "2026-01-15 09:30", "One general letter was addressed to a former occupier.", "It held no personal data beyond a name and an address.", "Apology; the address list was corrected.",
		"1-9", "no", "A risk to the person is unlikely: the letter names no data and was given back unopened", "", "", "no", "No high risk", "closed"},
	{"2026-01-21 15:00", "Staff list mailed to the wrong team", norvale, "2026-01-20 14:00", "A rota with private telephone numbers went to another department by mail.", "Twelve members of staff; deleted within an hour.", "Recall, confirmation of deletion, reminder to the team.",
		"10-99", "no", "Deleted by all that got it, inside the council, within an hour", "", "", "no", "No high risk; the staff were told by their manager all the same", "closed"},
}

var lessons = []struct{ at, kind, source, what, answer, owner, due, review, done, evidence string }{
	{"2025-12-15 10:00", "lesson", "Debrief of the first three weeks", "Close accounts of suppliers on the day their contract ends", "Accepted", "Head of IT", "2026-01-31", "2026-07-31", "2026-01-28 15:00", "List of accounts and contracts compared, signed on 28 January 2026"},
	{"2025-12-15 10:10", "lesson", "Debrief of the first three weeks", "Print the contact list of gold and silver every month", "Accepted", "Head of resilience", "2026-01-15", "2026-06-30", "2026-01-14 12:00", "Printed list of January in the grab bag"},
	{"2026-01-13 19:00", "recommendation", "Cabinet, 13 January 2026", "Delete or archive files of past years by the retention schedule", "Accepted, folder by folder", "Data protection officer", "2026-09-30", "2027-01-31", "", ""},
	{"2026-01-20 10:00", "recommendation", "External auditor", "Test the return from backups of each tier-one service once a year", "Accepted", "Head of IT", "2026-06-30", "2027-01-31", "", ""},
	{"2026-01-26 10:00", "lesson", "Helpline figures", "Say in the first letter how to check that a letter is real", "Accepted", "Head of communications", "2026-02-28", "2026-08-31", "", ""},
	{"2026-01-29 10:00", "recommendation", "Independent review, interim note", "Agree with Westmer who is controller of the joint care records", "Accepted", "Monitoring officer", "2026-05-31", "2026-11-30", "", ""},
}

var papers = []struct {
	who                                                      actor
	at, kind, title, audience, council, list, summary, asked string
}{
	{lead, "2025-11-28 17:00", "situation", "Situation report, 28 November 2025", "partners", "", "0", "Contained. Data was copied. Services run by paper.", "Tell your staff not to open links from our mail."},
	{lead, "2025-12-17 16:00", "situation", "Situation report, 17 December 2025", "councillors", "", "0", "Review of the copied files has begun. It takes months; people at risk come first.", ""},
	{gold, "2026-01-12 17:00", "cabinet", "Cabinet paper, 13 January 2026", "councillors", "", "1", "The council was attacked on 24 November 2025. This paper says what is known, what it costs and what is to be decided.", "Agree to delegate urgent decisions on recovery to the chief executive until 31 July 2026.\n\nNote the report."},
	{money, "2026-01-30 12:00", "board", "Board pack, January 2026", "internal", norvale, "1", "Review and recovery are on course; cost is inside the reserve.", ""},
	{lawyer, "2026-02-02 10:00", "counsel", "Timeline for counsel", "internal", norvale, "0", "Advice is asked on claims that may be brought.", "Is the moment of awareness sound?\n\nWho is controller of the joint care records?"},
}
