// Package review is where people judge the list that a sweep made: they act on
// the worst first, look at the evidence, give verdicts, and freeze and approve
// versions of the list that others then rely on.
//
// In flow the case (through the views and the API of sweep, within the Scope of
// the visitor), and what people type. Out flow verdicts, assignments, safe
// contacts, holds, list versions and their exports; every act is one leaf of
// the record, in the transaction that keeps it.
//
// The room has several desks, one prefix of files each:
//
//	today       who could be hurt now, and who owns the call
//	standing    where we stand, and one sentence about it that can be read aloud
//	exhibit     the copied files under examination: adding, custody, uploads
//	register    the council's registers: adding, mapping, rows that were refused
//	live        the sweep while it goes on: start, stop, resume
//	coverage    what could not be read, and what to do about it
//	search      words in what was read
//
// and those of the list: person, household, document, stop; verdict, queue,
// batch, sample, contact; version, export, article34, hold, sar. A desk is
// <prefix>*.go with its route table, schema_<prefix>.go with its steps,
// store_<prefix>*.go with its SQL and pages/<prefix>*.html; it stands in three
// lists: Schemas (schema.go), Sections and Jobs (room.go).
//
// Never: a personal value outside reeve.Sensitive, a value in clear without a
// grant that is on record, a sealed person outside what was opened to the
// visitor (not in a list, a count, an error, or the difference between two
// answers), another council's people outside the visitor's Scope, the band taken
// for the Article 34 decision, or the words "only", "historical only" and "you
// are not affected" in a sentence about what was taken.
package review
