// Package ooxml reads the office files of ECMA-376, transitional and strict:
// DOCX, XLSX and PPTX with their macro-enabled kin, and workbooks in binary
// records ([MS-XLSB]).
//
// A Source flows in; blocks, embedded items and one Outcome flow out. Parts are
// streamed: of a document only the paragraph or row at hand is held, of a
// workbook only its shared strings (up to maxStrings) and styles. What an
// author thought gone is read too: tracked deletions, hidden sheets, pivot
// caches, slides that no presentation lists, comments, properties.
//
//   - ReadDOCX: docx.go (order of parts), docx_walk.go (one part),
//     docx_table.go, docx_form.go, docx_list.go
//   - ReadXLSX: xlsx.go, xlsx_sheet.go (the hot path), xlsx_strings.go,
//     xlsx_style.go, xlsx_cache.go (pivot and link caches), xlsx_notes.go
//   - ReadXLSB: xlsb.go, over the same sheets and parts
//   - ReadPPTX: pptx.go; ReadVSDX: vsdx.go
//   - ReadEncrypted: encrypted.go, which opens one of them with a password
//   - shared: related.go (relationships), drawing.go (text in drawings, charts
//     and diagrams), property.go (metadata)
//
// Links are never followed, macros never run, entities never expanded. A part
// that cannot be read is noted with Writer.Lost and the rest goes on. A new
// kind of part is one line in the dispatch on relationship types of its reader.
package ooxml
