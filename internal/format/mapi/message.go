package mapi

import "io"

// Message is one message, contact, appointment, task, note or other item of
// Outlook, as its container's reader found it.
type Message struct {
	Props       *Bag
	Recipients  []*Bag
	Attachments []Attachment
	Fault       error // part of it could not be read
}

// Attachment is one attachment. What it holds is opened when it is wanted: as
// bytes by Open, or as a message within the message by Message.
type Attachment struct {
	Props   *Bag
	Open    func() (io.Reader, error)
	Message func() (*Message, error)
}

// How an attachment is attached ([MS-OXCMSG] 2.2.2.9).
const (
	ByValue   = 1
	AsMessage = 5
)

// Method is how it is attached; ByValue where nothing is said.
func (a *Attachment) Method() int {
	if n, ok := a.Props.Int(TagAttachMethod); ok {
		return int(n)
	}
	return ByValue
}

// maxName is how many characters of an attachment's name are kept; no file
// system takes more.
const maxName = 255

// Name is the attachment's name as stored, perhaps "".
func (a *Attachment) Name() string {
	name := []rune(clean(a.Props.First(tagAttachLongName, tagAttachName, TagName)))
	return string(name[:min(len(name), maxName)])
}

// pointer says where an attachment without content of its own is.
func (a *Attachment) pointer() (label, place string) {
	if place = a.Props.First(tagAttachPath, tagAttachPath8); place != "" {
		return "Linked file", place
	}
	return "Attachment without content", a.Name()
}
