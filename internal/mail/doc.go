// Package mail sends messages by SMTP and takes in messages that people drop
// into a folder.
//
// A Message goes out through a Server, or through a Drop, which writes it as an
// .eml file into a folder for a desk without a mail server. Both have the same
// Send. A message carries an id of ours, so that whoever gets it twice sees that
// it is one.
//
// An Inbox lists the files of a folder and moves them away when they are dealt
// with. It never looks into them: what strangers write is parsed in the cage.
//
// ReadBounce tells from the bytes of a report what a mail server says became of
// a message of ours (RFC 3464).
//
// In flow messages and settings; out flow bytes on a connection and files. A
// server is spoken to with TLS unless it is on this machine. A value with a line
// break or another control character never gets into a header. Neither errors
// nor logs name an address, a subject, or what the server said, which may quote
// both: they tell the code it gave.
//
// Another way to send is a type with the method Send, in a file beside drop.go.
package mail
