// Package msg reads Outlook messages that are files of their own ([MS-OXMSG]):
// mail, contacts, appointments, tasks and notes.
//
// An OLE compound file flows in. Its streams become a mapi.Message, which is
// read through its canonical text as any mail is: header, body, attachments as
// items. A message within the message is an item too, in canonical text.
//
// Files are read as far as they go: a property whose stream is missing is
// missing, a stream that no property list names is read by its own name.
package msg
