// Package detect finds personal values in the text and tables of a document
// and says of whom each is said.
//
// In: blocks of text or rows (reeve.Block) and the compiled index of lex, which
// marks a block in one pass. Out: findings (reeve.Finding), each with its kind,
// exact place, confidence B, C or D, the rule that made it and the clump that
// ties it to the other values of the same human. linkage turns clumps into
// mentions and raises a finding to A where a register holds the value.
//
// The work is in three layers:
//
//   - detectors (detectors.go lists them, one file for each family) know what a
//     value of a kind looks like and check it; the wording tables
//     (*_table.go) know what is said in words, and which labels and column
//     headers councils use;
//   - a reader of prose (prose*.go), of label blocks (label.go) and of tables
//     (table*.go) decide from structure whose value it is: people.go holds the
//     humans in scope, scope.go the rules;
//   - a document (document.go) keeps what one item has taught so far: its type,
//     its subject, the columns of its table.
//
// What linkage reads: Value of a name is as written (from several columns put
// together as people write it), and Norm, where it is not empty, says which part
// is the surname: "Surname, Given Middle". Norm of a date is ISO, of a bank account
// six digits, a space and eight, of an address its text in one line, of everything else the
// normal form of uk. A clump
// goes on through a document while the same person is meant; people who are named
// anew get a new one, and linkage joins them by name.
//
// It must never open a file, look at a clock, tokenise text a second time, or
// print a personal value. A check digit rejects, it does not accept: without a
// label, a typed column or a word of context a value is D at most. A bare date
// is never a date of birth.
//
// To add a kind of value: one Detector in the file of its family and its name in
// detectors.go. To add a wording: a row of a table. To add a column header or a
// form label: a row of fields_table.go.
package detect
