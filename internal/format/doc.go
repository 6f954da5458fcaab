// Package format says what an item is and turns its bytes into blocks.
//
// Bytes flow in (a Source), blocks and embedded items flow out (a Sink), and
// every reading ends in exactly one Outcome with a status and a reason:
// nothing that could not be read vanishes. The list of formats is in
// formats.go: a name, the extensions it goes by, how it is recognised and how
// it is read. Order in the list is precedence.
//
//   - Identify decides by content alone, from the head of the file, the
//     directory of a ZIP or OLE container, or the shape of its text.
//   - Read runs the format's reader, and turns a panic into an outcome.
//
// Readers live in inner rooms (mail, pdf, ooxml, …), which share the vocabulary
// of internal/format/part and do not import this package. Containers that are
// merely unpacked (ZIP, 7-Zip, TAR …) are recognised here and unpacked by
// internal/evidence; mail stores and embedded objects are read here.
//
// To add a format: write its reader over part.Writer, add one line to the list
// and one row to docs/formats.md; the corpus test and the fuzz target pick it
// up. A reader must never panic on purpose, hold a whole document, look at a
// file's name, or use a clock, a logger or the network.
package format
