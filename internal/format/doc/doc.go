// Package doc reads the documents of Word 6, 95 and 97 to 2003 ([MS-DOC]): the
// text that the pieces of a compound file's stream "WordDocument" put together.
//
// A Source flows in; blocks, embedded items and one Outcome flow out. Text is
// streamed piece by piece; held are the paragraph or row at hand, the list of
// pieces, and the ranges whose text is hidden, deleted or in a table. Results of
// fields are text, their instructions metadata. What an author thought gone is
// read too: tracked deletions, hidden text, who saved the file where.
//
//   - word.go: the streams of a file and its order of reading; fib.go: where
//     things are; lock.go: encryption
//   - piece.go: the pieces; span.go, property.go: properties of text ranges
//   - walk.go, table.go: characters to lines and rows; side.go: comments, lists
//     of names; language_table.go: code pages
//
// Where the structure is lost text is carved out as far as it goes, and the
// outcome says so. A document of Word 2 or before is reported as unsupported.
// A further property is one case in property.go.
package doc
