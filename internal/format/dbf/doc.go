// Package dbf reads the tables of dBase III to 7, Clipper and FoxPro (layouts
// as published by dBase Inc. and, for FoxPro, in Microsoft's "Table File
// Structure"), and by themselves the memo files that stand beside them.
//
// Bytes of one file flow in. A table flows out as rows under its column names,
// rows marked as deleted in layer deleted at their places; the memos of a memo
// file as paragraphs, in the order of the file. The two are items of their own,
// and an item is read by its own bytes alone: a table whose memos are in
// another file says so and is partly read. Encrypted dBase tables are told, not
// opened. A new field type is one case in value.go.
package dbf
