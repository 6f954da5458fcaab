package account

import "github.com/reeve-council/reeve/internal/web"

// Objects of this room, beside those of package web.
const (
	objectOpening    web.Object = "opening"     // asking to open sealed people
	objectSealedRead web.Object = "sealed-read" // who read sealed people, to be checked
)

// verbs in the order in which pages show them.
var verbs = []verbWords{
	{web.See, "See"},
	{web.SeePersonal, "See personal data in clear"},
	{web.OpenSealed, "Open what is sealed"},
	{web.Write, "Write"},
	{web.Judge, "Judge"},
	{web.Approve, "Approve"},
	{web.Close, "Close"},
	{web.Delete, "Delete"},
	{web.Export, "Export"},
	{web.Administer, "Administer"},
}

// objects in the order in which pages show them.
var objects = []objectWords{
	{web.ObjectHome, "Start page and one's own sign-in"},
	{web.ObjectCase, "Exhibits, registers, sweeps, coverage"},
	{web.ObjectPerson, "People and households"},
	{web.ObjectDocument, "Documents"},
	{web.ObjectQueue, "Verdicts and batches"},
	{web.ObjectContact, "Safe contact"},
	{web.ObjectSample, "Samples"},
	{web.ObjectVersion, "List versions and Article 34"},
	{web.ObjectHold, "Legal hold, retention, destruction"},
	{web.ObjectStop, "Things set aside"},
	{objectOpening, "Openings of sealed people"},
	{objectSealedRead, "Reads of sealed people"},
	{web.ObjectStaff, "Users, roles, sessions"},
	{web.ObjectRecord, "The record"},
	{web.ObjectJob, "Jobs of the program"},
	{web.ObjectIncident, "The incident"},
	{web.ObjectEntry, "Timeline"},
	{web.ObjectFact, "Facts"},
	{web.ObjectDecision, "Decisions"},
	{web.ObjectTask, "Tasks"},
	{web.ObjectClock, "Statutory clocks"},
	{web.ObjectAgency, "Agencies"},
	{web.ObjectEvidence, "Technical evidence"},
	{web.ObjectCost, "Costs"},
	{web.ObjectCouncil, "Other councils, sharing, clearances"},
	{web.ObjectLegal, "Legal advice"},
	{web.ObjectReturn, "Regulator returns and papers"},
	{web.ObjectLesson, "Lessons"},
	{web.ObjectNotice, "Notices to people"},
	{web.ObjectTelling, "Telling people: the call or the round that somebody has"},
	{web.ObjectPublic, "The public site"},
	{web.ObjectEnquiry, "Residents' questions"},
	{web.ObjectScam, "Reports of scams"},
}

// on and may only make the table below easy to read.
type (
	on  []web.Object
	may []web.Verb
)

// rule lets a role do some verbs on some objects as long as what is touched is
// no graver than upTo. What no rule allows is denied.
type rule struct {
	role Role
	may  may
	on   on
	upTo web.Degree
}

// book is the incident book, as most roles that help to run a response use it.
var book = on{web.ObjectIncident, web.ObjectEntry, web.ObjectFact, web.ObjectDecision, web.ObjectTask, web.ObjectClock, web.ObjectAgency}

// policyTable is the policy. docs/policy.md is made from it.
var policyTable = []rule{
	// The machine and its users; nothing of anybody. Lines of the record may be
	// personal, so this role sees who did what when, without them.
	{Administrator, may{web.See, web.Write, web.Administer}, on{web.ObjectStaff}, web.Plain},
	{Administrator, may{web.See, web.Write, web.Close, web.Delete, web.Administer}, on{web.ObjectJob}, web.Plain},
	{Administrator, may{web.See}, on{web.ObjectRecord, web.ObjectCouncil, web.ObjectIncident, web.ObjectTask, web.ObjectClock, web.ObjectPublic}, web.Plain},

	// Answers for the list.
	{DPO, may{web.See, web.SeePersonal, web.Judge, web.Write}, on{web.ObjectPerson, web.ObjectDocument, web.ObjectContact}, web.Sealed},
	{DPO, may{web.OpenSealed}, on{web.ObjectPerson, web.ObjectDocument}, web.Sealed},
	{DPO, may{web.See, web.Write, web.Approve}, on{objectOpening}, web.Sealed},
	{DPO, may{web.See, web.Approve}, on{objectSealedRead}, web.Sealed},
	{DPO, may{web.See, web.SeePersonal, web.Judge, web.Write, web.Approve}, on{web.ObjectQueue, web.ObjectSample, web.ObjectVersion, web.ObjectStop}, web.Special},
	{DPO, may{web.Approve, web.Close}, on{web.ObjectContact, web.ObjectQueue, web.ObjectSample, web.ObjectStop}, web.Special},
	{DPO, may{web.See, web.SeePersonal, web.Write, web.Close, web.Export, web.Delete}, on{web.ObjectCase}, web.Special},
	{DPO, may{web.See, web.Write, web.Approve, web.Close, web.Delete}, on{web.ObjectHold}, web.Special},
	{DPO, may{web.Export}, on{web.ObjectPerson, web.ObjectDocument, web.ObjectVersion, web.ObjectSample, web.ObjectRecord, web.ObjectReturn, web.ObjectLesson, web.ObjectHold, web.ObjectQueue, web.ObjectContact, web.ObjectCouncil}, web.Special},
	{DPO, may{web.Administer}, on{web.ObjectStop}, web.Special}, // names who leads on each ground
	{DPO, may{web.See}, on{web.ObjectRecord}, web.Special},
	{DPO, may{web.See, web.Write}, on{web.ObjectJob}, web.Plain},
	{DPO, may{web.See}, on{web.ObjectStaff}, web.Plain},
	{DPO, may{web.See, web.Write}, book, web.Special},
	{DPO, may{web.Approve}, on{web.ObjectFact, web.ObjectDecision, web.ObjectCouncil, web.ObjectPublic}, web.Special},
	{DPO, may{web.See, web.Write, web.Approve, web.Close}, on{web.ObjectReturn, web.ObjectNotice}, web.Special},
	{DPO, may{web.SeePersonal, web.Export}, on{web.ObjectNotice}, web.Special},
	{DPO, may{web.See, web.SeePersonal, web.Write}, on{web.ObjectTelling}, web.Special},
	{DPO, may{web.Approve}, on{web.ObjectScam}, web.Special},
	{DPO, may{web.See, web.Write}, on{web.ObjectCouncil, web.ObjectLegal, web.ObjectLesson, web.ObjectEvidence, web.ObjectPublic}, web.Special},
	{DPO, may{web.See, web.SeePersonal, web.Write, web.Close}, on{web.ObjectEnquiry, web.ObjectScam}, web.Special},
	{DPO, may{web.See}, on{web.ObjectCost}, web.Plain},

	// Judges on the evidence.
	{Reviewer, may{web.See, web.SeePersonal}, on{web.ObjectPerson, web.ObjectDocument, web.ObjectQueue, web.ObjectContact, web.ObjectSample}, web.Special},
	{Reviewer, may{web.Judge}, on{web.ObjectPerson, web.ObjectDocument, web.ObjectQueue, web.ObjectContact, web.ObjectSample}, web.Special},
	{Reviewer, may{web.Write}, on{web.ObjectPerson, web.ObjectQueue, web.ObjectContact, web.ObjectSample, web.ObjectStop}, web.Special},
	{Reviewer, may{web.See}, on{web.ObjectCase, web.ObjectVersion}, web.Special},
	{Reviewer, may{web.See, web.SeePersonal}, on{web.ObjectScam}, web.Personal}, // says whose copied data a scam used
	{Reviewer, may{web.See}, on{web.ObjectStop, web.ObjectIncident, web.ObjectTask, web.ObjectPublic}, web.Plain},

	// Judges, and approves what others judged.
	{Senior, may{web.See, web.SeePersonal, web.Judge, web.Write}, on{web.ObjectPerson, web.ObjectDocument, web.ObjectContact}, web.Sealed},
	{Senior, may{web.OpenSealed}, on{web.ObjectPerson, web.ObjectDocument}, web.Sealed},
	{Senior, may{web.See, web.Write, web.Approve}, on{objectOpening}, web.Sealed},
	{Senior, may{web.See, web.Approve}, on{objectSealedRead}, web.Sealed},
	{Senior, may{web.See, web.SeePersonal, web.Judge, web.Write, web.Approve, web.Close}, on{web.ObjectQueue, web.ObjectSample}, web.Special},
	{Senior, may{web.Approve}, on{web.ObjectPerson, web.ObjectContact, web.ObjectVersion, web.ObjectHold, web.ObjectStop}, web.Special},
	{Senior, may{web.See, web.Write, web.SeePersonal}, on{web.ObjectVersion, web.ObjectStop}, web.Special},
	{Senior, may{web.See}, on{web.ObjectCase, web.ObjectHold, web.ObjectRecord}, web.Special},
	{Senior, may{web.Write}, on{web.ObjectCase}, web.Special},
	{Senior, may{web.See}, on{web.ObjectJob, web.ObjectStaff, web.ObjectPublic}, web.Plain},
	{Senior, may{web.See}, book, web.Personal},
	{Senior, may{web.Write}, on{web.ObjectTask, web.ObjectEntry}, web.Personal},
	{Senior, may{web.See, web.SeePersonal}, on{web.ObjectNotice, web.ObjectEnquiry, web.ObjectScam}, web.Special},

	// Leads and decides; whom it is about only masked.
	{IncidentLead, may{web.See, web.Write, web.Close}, book, web.Special},
	{IncidentLead, may{web.Approve}, on{web.ObjectFact, web.ObjectDecision, web.ObjectReturn, web.ObjectPublic, web.ObjectNotice, web.ObjectCouncil, web.ObjectCost}, web.Special},
	{IncidentLead, may{web.See, web.Write}, on{web.ObjectCouncil, web.ObjectEvidence, web.ObjectReturn, web.ObjectLesson, web.ObjectCost}, web.Special},
	{IncidentLead, may{web.See}, on{web.ObjectCase, web.ObjectPerson, web.ObjectQueue, web.ObjectSample, web.ObjectVersion, web.ObjectHold, web.ObjectNotice, web.ObjectLegal}, web.Special},
	{IncidentLead, may{web.Approve}, on{web.ObjectScam}, web.Plain},
	{IncidentLead, may{web.See}, on{web.ObjectTelling, web.ObjectPublic, web.ObjectEnquiry, web.ObjectScam, web.ObjectStaff, web.ObjectJob, web.ObjectStop}, web.Plain},
	{IncidentLead, may{web.See}, on{web.ObjectRecord}, web.Personal},
	{IncidentLead, may{web.Export}, on{web.ObjectIncident, web.ObjectEntry, web.ObjectDecision, web.ObjectReturn, web.ObjectCost, web.ObjectLesson, web.ObjectCouncil, web.ObjectEvidence}, web.Special},

	// Brings services back.
	{RecoveryLead, may{web.See, web.Write}, on{web.ObjectEntry, web.ObjectTask, web.ObjectDecision, web.ObjectAgency, web.ObjectEvidence, web.ObjectCost, web.ObjectLesson}, web.Personal},
	{RecoveryLead, may{web.See}, on{web.ObjectIncident, web.ObjectFact, web.ObjectClock, web.ObjectCouncil}, web.Personal},
	{RecoveryLead, may{web.See, web.Write}, on{web.ObjectPublic}, web.Plain},
	{RecoveryLead, may{web.See}, on{web.ObjectCase}, web.Plain},
	{RecoveryLead, may{web.Close}, on{web.ObjectTask}, web.Personal},

	// Writes what is said.
	{Communicator, may{web.See}, on{web.ObjectIncident, web.ObjectEntry, web.ObjectFact, web.ObjectDecision, web.ObjectClock, web.ObjectAgency, web.ObjectEnquiry, web.ObjectScam, web.ObjectCouncil}, web.Plain},
	{Communicator, may{web.See, web.Write, web.Close}, on{web.ObjectTask}, web.Plain},
	{Communicator, may{web.See, web.Write}, on{web.ObjectNotice}, web.Plain},
	{Communicator, may{web.See, web.Write, web.Close, web.Export}, on{web.ObjectPublic}, web.Plain},
	{Communicator, may{web.Approve}, on{web.ObjectScam}, web.Plain}, // what the public learns of scams seen here

	// Answers residents.
	{ContactCentre, may{web.See, web.SeePersonal, web.Write, web.Close}, on{web.ObjectEnquiry, web.ObjectScam}, web.Personal},
	{ContactCentre, may{web.See, web.SeePersonal, web.Write}, on{web.ObjectTelling}, web.Personal},
	{ContactCentre, may{web.See}, on{web.ObjectPublic, web.ObjectFact, web.ObjectIncident}, web.Plain},

	// Hands letters over.
	{Delivery, may{web.See, web.SeePersonal, web.Write}, on{web.ObjectTelling}, web.Personal},
	{Delivery, may{web.See}, on{web.ObjectPublic}, web.Plain},

	// Keeps the costs.
	{Finance, may{web.See, web.Write, web.Close, web.Export}, on{web.ObjectCost}, web.Plain},
	{Finance, may{web.See}, on{web.ObjectIncident, web.ObjectDecision, web.ObjectTask, web.ObjectReturn}, web.Plain},

	// Runs sweeps and keeps technical evidence; sees no values.
	{Analyst, may{web.See, web.Write}, on{web.ObjectCase, web.ObjectJob, web.ObjectEvidence, web.ObjectEntry, web.ObjectTask}, web.Plain},
	{Analyst, may{web.Export}, on{web.ObjectEvidence}, web.Plain},
	{Analyst, may{web.See}, on{web.ObjectSample, web.ObjectIncident, web.ObjectFact, web.ObjectClock, web.ObjectAgency}, web.Plain},

	// Another council's officer: that council's own part, see limit in policy.go.
	{Partner, may{web.See, web.SeePersonal}, on{web.ObjectPerson, web.ObjectVersion, web.ObjectNotice}, web.Special},
	{Partner, may{web.Export}, on{web.ObjectVersion}, web.Special},
	{Partner, may{web.See, web.Write, web.Approve}, on{web.ObjectCouncil}, web.Plain}, // declares its own network safe
	{Partner, may{web.See, web.Write}, on{web.ObjectClock}, web.Plain},                // decides when it was aware itself
	{Partner, may{web.See}, on{web.ObjectIncident, web.ObjectFact, web.ObjectPublic}, web.Plain},

	// Keeps the book.
	{Scribe, may{web.See, web.Write}, book, web.Personal},
	{Scribe, may{web.See, web.Write}, on{web.ObjectLesson}, web.Plain},
	{Scribe, may{web.See}, on{web.ObjectCost, web.ObjectCouncil, web.ObjectPublic}, web.Plain},

	// Reads everything, masked; changes nothing. What the record says of itself
	// may be taken away to be checked elsewhere.
	{Auditor, may{web.See}, on{web.ObjectCase, web.ObjectPerson, web.ObjectDocument, web.ObjectQueue, web.ObjectContact, web.ObjectSample, web.ObjectVersion,
		web.ObjectHold, web.ObjectStop, web.ObjectRecord, web.ObjectReturn, web.ObjectNotice, web.ObjectTelling, web.ObjectEnquiry, web.ObjectScam, web.ObjectCouncil,
		web.ObjectEvidence, web.ObjectLesson}, web.Special},
	{Auditor, may{web.See}, book, web.Special},
	{Auditor, may{web.See}, on{web.ObjectStaff, web.ObjectJob, web.ObjectCost, web.ObjectPublic, objectSealedRead}, web.Plain},
	{Auditor, may{web.Export}, on{web.ObjectRecord}, web.Plain},

	// Privileged things, holds and advice.
	{Legal, may{web.See, web.SeePersonal, web.Judge, web.Write, web.Approve, web.Close}, on{web.ObjectStop}, web.Special},
	{Legal, may{web.See, web.SeePersonal}, on{web.ObjectDocument}, web.Special},
	{Legal, may{web.See, web.Write, web.Approve}, on{web.ObjectHold}, web.Special},
	{Legal, may{web.See, web.Write, web.Close, web.Export}, on{web.ObjectLegal}, web.Special},
	{Legal, may{web.See, web.Approve}, on{web.ObjectReturn, web.ObjectNotice, web.ObjectCouncil, web.ObjectPublic}, web.Special},
	{Legal, may{web.See}, on{web.ObjectCase, web.ObjectPerson, web.ObjectQueue, web.ObjectVersion, web.ObjectRecord, web.ObjectEvidence}, web.Special},
	{Legal, may{web.See}, book, web.Special},
	{Legal, may{web.Write}, on{web.ObjectDecision, web.ObjectTask, web.ObjectEntry}, web.Special},
	{Legal, may{web.See, web.Approve}, on{objectSealedRead}, web.Plain},
}

// wholeCase are acts that reach beyond any one council: whoever is limited to
// councils may not do them, whatever their role.
var wholeCase = []struct {
	verb   web.Verb
	object web.Object
}{
	{web.Administer, web.ObjectStaff}, {web.Write, web.ObjectStaff}, {web.Administer, web.ObjectJob}, {web.Delete, web.ObjectJob},
	{web.Delete, web.ObjectCase}, {web.Close, web.ObjectCase}, {web.Export, web.ObjectCase},
	{web.Delete, web.ObjectHold}, {web.Close, web.ObjectHold}, {web.Close, web.ObjectIncident}, {web.Export, web.ObjectRecord},
}

// policyNotes say why some rows are as they are; docs/policy.md ends with them.
var policyNotes = []struct{ Title, Text string }{
	{"Why: a run of notices", "Communications set a run up, freeze it, and look at ten of its letters with every value masked: they answer for the words. They sign nothing. A run leaves after the signatures of two people who may approve notices (the data protection officer, the incident lead, legal), for these answer for whom it reaches. Nobody who only writes a run may approve it, and one person cannot sign twice."},
	{"Why: telling people", "Whoever sees notices sees lists of people, so the contact centre and delivery officers do not. They take the next call or the next round, which the program chooses, and have one at a time. Name, telephone number or address are shown to them for as long as they have it, and on the telephone, once they have recorded that it was checked who is on the line, what was found in plain types of data; special categories are for those who may go up to special. Each of these is a reveal on record. Another person has no address that they could ask for. Somebody sealed, on hold or not there at all answers alike: there is no such call. Whoever may write notices but not see personal data in clear (communications) takes no call and enters no outcome."},
}
