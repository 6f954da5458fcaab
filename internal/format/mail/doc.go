// Package mail reads messages (RFC 5322 with MIME, and saved web pages, which
// are messages too) and mailboxes (mbox).
//
// Bytes flow in; the header fields that name people, the body and embedded
// items (attachments, messages within messages) flow out. Everything streams:
// an attachment is decoded while it is being read, a mailbox is cut while it is
// being read, and a mailbox of many gigabytes costs no more memory than one
// message header.
//
// Mail in the wild obeys no standard, so nothing here refuses: a missing
// boundary ends with the file, a header that is none is text, base64 with holes
// gives what it holds. A mail of which no part gave anything is read as plain
// text.
package mail
