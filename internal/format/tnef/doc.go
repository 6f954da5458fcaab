// Package tnef reads the Transport Neutral Encapsulation Format ([MS-OXTNEF]):
// the winmail.dat that Outlook hangs on mail to others, with the real body,
// recipients and attachments in it.
//
// Bytes flow in; a mapi.Message is made of the attributes and read through its
// canonical text as any mail is. Attachments stay in the source until they are
// wanted.
//
// A stream that breaks off or turns into garbage is read as far as it goes,
// and so is an attribute whose checksum does not fit; the outcome says so.
package tnef
