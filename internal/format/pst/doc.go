// Package pst reads Outlook's stores, PST and OST ([MS-PST]): mailboxes with
// folders, messages, contacts, calendars and attachments.
//
// A file flows in; each message flows out as an item, in the canonical text of
// mapi, with the folders that it lies in and its place there. Messages and
// folders whose parent is gone come in a folder "recovered".
//
// The layers are those of the specification: pages and blocks (page.go,
// block.go), subnodes (subnode.go), heaps and what lies in them (heap.go,
// property.go, table.go), folders and messages (folder.go, message.go). All
// three layouts are read: ANSI of Outlook 97 to 2002, Unicode, and the 4 KiB
// pages of Outlook 2013. A store's password is a checksum that protects
// nothing and is not asked for.
//
// What is held at a time is one message without its attachments, a few pages,
// and eight bytes for each message of the store. A page or block that is
// broken costs what it held, and the outcome says so.
package pst
