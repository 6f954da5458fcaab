// Package incident is the book that everybody who answers an incident writes
// in: how it was opened and who leads, what happened when, what is known, what
// was decided and why, who does what by when, which dates the law sets, who was
// told what, what is kept as evidence, what it costs, and what several councils
// in one incident may see of each other's.
//
// In flow what people type, lines of CSV, and the readable lines of the record;
// out flow pages, lists as JSON and CSV, calendars, and to other rooms
//
//	Facts(tx, audience)        what may be said to whom, each fact in its version
//	Cite(tx, version, object)  that a letter, page or return was built on a fact
//	Built(tx, fact)            everything that was built on a fact
//	Now, Tasks, Decisions, …   what stands, for papers (reading.go)
//	Open, Put                  what programs write (put.go)
//	SightOf, Outside           what a visitor, or another council, may see
//
// and the views that the schema files publish.
//
// What holds of every object: it has a Mark (whose it is, and how far it may
// travel by the Traffic Light Protocol 2.0), and every list, page, search,
// count and export asks Sight for what may be shown, as one SQL condition and
// its twin in Go; TLP:RED leaves in nothing. What is written is never changed:
// the next version stands beside it (Kept), and who comes second with an old
// version is told and gets back what was typed. Every act is one leaf of the
// record in the transaction that makes it, with ids and no text of the object;
// these lines stand in the timeline by themselves.
//
// The room never imports one that does the work (review, restore, …) and knows
// nothing of exposures: what it shows of the list it is given by cmd/reeve.
// Legal advice is kept apart from the object that it is about and shown to
// whom the policy lets see legal advice, nobody else.
//
// To add a kind of object: schema_x.go with its tables as a line in Schemas,
// x.go with its rules, store_x.go with its shelf, x_page.go with routes as a
// line in Sections; its pages are sheets and its forms slips, unless they need
// more. A playbook is a row of template_table.go, a statutory clock one of
// clock_table.go.
package incident
