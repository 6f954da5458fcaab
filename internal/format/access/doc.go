// Package access reads the databases of Microsoft Access, page by page, without
// a database engine: Jet 3 (Access 95 and 97), Jet 4 (2000 to 2003) and ACE
// (2007 and later). The format is not published; what is known of it comes from
// looking at files.
//
// Bytes flow in. Each table of the catalogue flows out as rows under its column
// names, in the order of its pages; attachments and documents in OLE fields as
// items; rows that are marked as deleted, lie on pages given up, or belong to
// tables dropped from the catalogue, in layer deleted; the names of linked
// tables and what queries are made of, as metadata. System tables are left out.
//
// No index is used and no SQL is run. A data page belongs to the table that it
// names; the table's map of pages only tells pages in use from pages given up.
// So the loss of one page, or of the catalogue, costs no other. The password of
// a Jet file is a lock on the program, not a cipher, and is passed over; the
// page key of an encoded file is in its own header. A password is needed for
// what Access 2007 and later encrypt.
//
// A column type is one case in value.go.
package access
