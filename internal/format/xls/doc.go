// Package xls reads the workbooks of Excel 2 to 2003: records in the stream
// "Book" or "Workbook" of a compound file, or bare ([MS-XLS]; BIFF2 to BIFF8).
//
// A Source flows in; blocks, embedded items and one Outcome flow out. Records
// are streamed in stored order; only the shared strings (up to maxStringBytes),
// styles, and the notes of the sheet at hand are held. Numbers are shown by
// internal/format/figure as in the newer formats. What an author thought gone
// is read too: hidden sheets and rows, strings that no cell shows any more,
// caches of other workbooks and of pivot tables.
//
//   - xls.go: the streams of a file; record.go: records; lock.go: encryption
//   - book.go: what the sheets share; text.go, strings.go: strings
//   - sheet.go: cells; note.go: notes, boxes, links, headers
//   - cache.go: other workbooks; pivot.go: pivot caches
//   - old.go: Excel 2 to 4, whose records become those of later versions
//
// Formulas are never computed and macros never run: a cell shows the value that
// was saved with it. A further record is one case in book.record or
// sheet.record.
package xls
