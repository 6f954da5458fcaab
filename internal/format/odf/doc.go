// Package odf reads OpenDocument files (ISO/IEC 26300, OASIS ODF 1.3): texts,
// spreadsheets, presentations and drawings, as packages and as single "flat"
// XML files, and the older OpenOffice.org 1 files that they grew from.
//
// A Source flows in; blocks, embedded items and one Outcome flow out. Content
// is streamed; of a table only the row at hand is held. Tracked deletions,
// annotations, hidden text, hidden sheets and page headers come out in layers
// of their own. Rows and columns that a file repeats are given as often as
// they hold anything and a person could have typed them, never as often as
// the file claims.
//
//   - odf.go: the package and its order of parts; lock.go: encryption
//   - content.go: paragraphs, frames, notes; table.go: tables and cells
//
// Links are never followed and scripts never run. A new element is one case in
// content.go.
package odf
