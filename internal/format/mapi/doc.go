// Package mapi knows what Outlook and Exchange keep of a message: properties
// ([MS-OXPROPS], [MS-OXCDATA]), recipients and attachments, in whatever
// container they came (an MSG file, winmail.dat, a PST or OST store).
//
// A container's reader fills a Message; Canonical turns it into text that any
// reader of mail understands: the same properties give the same bytes, whatever
// the container and its order. That text is what a message of a store is as an
// item, and what its digest is taken of (docs/formats.md says how it is made);
// a message that is a file of its own is read through the same text, so that
// the two read alike.
//
// Everything streams but bodies and properties, which are bounded by MaxKept.
// Nothing here knows a container, opens a file or invents a value. A property
// that people should read is one row of labels_table.go.
package mapi
