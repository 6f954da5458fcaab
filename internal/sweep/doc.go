// Package sweep runs the five stages over exhibits and keeps the case.
//
// In: exhibits (folders, files, archives, mailboxes), the council's registers,
// human decisions. Out: the case (its tables are listed in schema.go) and the
// lists of the contract, which are read from it. sweep owns concurrency,
// resume, progress and coverage; the stages below it are pure. It has no pages.
//
// The way of one item: walk.go finds it on disk; task.go hashes it and, if the
// bytes are new to the case, has a reader process read it (reader.go is the
// code inside that process, wire.go the language between the two); scan.go
// turns its blocks into findings and mentions; store_write.go keeps them.
// Then ocr.go has outside programs read the scans, the most telling first, of
// which fetch.go gets the bytes again; lists stand before it begins.
// When nothing is left to read, resolve.go links all mentions to people and
// weighs what was exposed of each. list_*.go print.
//
// What rooms above read is in view_*.go and search*.go: one Go answer for each
// screen, and SQL views with stable columns (schema_view.go) that they join in
// their own transactions. Each takes a Scope and leaves out whoever the visitor
// may not see: sealed people, and those of other councils. tally_*.go keeps the
// counts behind them, so that no page counts millions of rows; whoever changes
// people, links or households says so there (tallyOut, tallyIn).
//
// Documents are known by their SHA-256 and everything kept of them depends on
// their bytes alone; items are the places where a document was seen. What a
// folder's name says is added when people are weighed and when items are
// triaged.
//
// sweep never logs or returns a personal value or a path in an error: items
// are named by the first twelve characters of their digest.
package sweep
