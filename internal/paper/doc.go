// Package paper writes what leaves Reeve as a file: documents, letters,
// workbooks, lists, codes to be scanned, and dates for calendars.
//
// A Document is a title and blocks. The same value is written as PDF, as DOCX
// for those who must edit it, as HTML for the page that shows it, and as plain
// text: what is read aloud, printed and signed cannot differ.
//
// A Letter is text at exact millimetres of A4 with blocks that flow through
// frames, and tells where each line came to stand, so that the rules of a
// printer can be checked before anything is sent. Read gives the same of the
// finished file, from its bytes alone.
//
// Pages are drawn on sheets, a PDF writer of a few operators; fonts are cut down
// and embedded once for a set of characters (embed.go), not for each letter.
//
// Workbook streams rows into XLSX, NewCSV writes RFC 4180, Code is a QR code,
// and Calendar gathers events.
//
// In flow strings, numbers and times; out flow bytes. Nothing here reads a
// database, a clock or a file: the same value always gives the same bytes, so a
// report can be signed by its digest. What a spreadsheet would run as a formula
// never leaves as one. Personal values are revealed by the rooms that may,
// before they come here, and no error repeats what was to be printed.
//
// To add a kind of block: a type in document.go, and a case in each of pdf.go,
// docx.go, html.go and text.go, which a test demands.
package paper
