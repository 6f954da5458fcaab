// Package report writes what the council owes to others about an incident, and
// what it owes to itself: returns to regulators and agencies, the register of
// breaches that Article 33(5) of the UK GDPR asks for, papers for those who
// lead, and the lessons, which outlive the incident.
//
// The room has four desks, one prefix of files each:
//
//	return   the ICO's report and the other returns: forms as tables, numbered
//	         versions, approved by two, sent with a reference
//	breach   the internal register of breaches
//	paper    situation report, cabinet paper, board pack, timeline for counsel
//	lesson   recommendations and lessons, with owner, date and evidence
//
// In flow facts from the incident's ledger, its clocks and lists, the rows of a
// named list version of review, and what people type; out flow pages and
// paper.Documents as text, HTML, PDF and DOCX. A text says which facts it rests
// on, each in its version (incident.Cite), so that a fact that changes lists
// every text that said it.
//
// Never: a number of people from anywhere but a list version, whose number and
// digest stand beside it; the name or number of anybody concerned; a sealed
// person, in a count either; something red, or closer than its readers, in a
// paper. What was sent is never changed: the next version stands beside it.
//
// To add a return: a form in form_table.go. A kind of paper: a row in
// paper_table.go. A part of a paper: a function in paper_part.go.
package report
