// Package lex is the one pass over text: tokens, normal forms, the compiled
// index of the registers, and the scan that finds every place where a personal
// value may stand.
//
// In: the register records of a case and the vocabulary of the detectors
// (Compile), then the text of blocks and cells (Index.Scan). Out: Marks, small
// values that say "bytes 12 to 23 are the register's name pair 917, reversed,
// in capitals". detect turns marks into findings; linkage compares the normal
// forms (Name, Date, Address, postcode, similarity) that stand here too, so that
// a name is folded in one way throughout.
//
// The package is pure: no clock, no randomness, no files. A mark is evidence
// of form, never a judgement: whether a number is an NHS number, or a name a
// person of interest, is decided by uk's checks and by detect. Nothing here
// prints or logs a value. The index holds hashes and ids, and the folded text of
// name tokens alone, which one-edit matching needs.
//
// Files: lex.go (marks and their flags), fold.go, name.go, date.go, address.go,
// similar.go (normal forms and likeness), given.go (names known by themselves),
// token.go (bytes to hashes), compile*.go and phrase.go (registers and vocabulary
// to Index), postings.go (key to records), scan*.go (text to marks, one file a
// family of marks), rarity.go (how common a name is in the registers),
// *_table.go (lists). A name, nickname, street type or title is added to its table; a new
// kind of mark is a constant in lex.go and a rule in one scan file.
package lex
