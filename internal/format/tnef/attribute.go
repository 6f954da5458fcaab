package tnef

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/format/mapi"
)

// Attributes that are read ([MS-OXTNEF] 2.1.3.3): number and type.
const (
	idFrom        = 0x00008000
	idSubject     = 0x00018004
	idSent        = 0x00038005
	idReceived    = 0x00038006
	idClass       = 0x00078008
	idBody        = 0x0002800C
	idPage        = 0x00069007
	idProperties  = 0x00069003
	idRecipients  = 0x00069004
	idStart       = 0x00030006
	idEnd         = 0x00030007
	idAttachBegin = 0x00069002
	idAttachData  = 0x0006800F
	idAttachTitle = 0x00018010
	idAttachProps = 0x00069005
	idAttachName  = 0x00069001
)

// legacy is a property that an attribute of old gives.
type legacy struct {
	key   mapi.Key
	value mapi.Value
}

// take reads one attribute.
func (e *envelope) take(id uint32, data *io.SectionReader) error {
	switch id {
	case idAttachBegin:
		e.begin()
		return nil
	case idAttachData:
		e.attachment().data = data
		return nil
	}
	b, err := whole(data)
	switch id {
	case idPage:
		if len(b) >= 4 {
			e.message.Props.Set(mapi.TagCodePage, mapi.Value{Type: mapi.Int32, Data: b[:4]})
		}
	case idProperties:
		err = first(readList(b, e.message.Props), err)
	case idRecipients:
		err = first(e.recipients(b), err)
	case idAttachProps:
		err = first(readList(b, e.attachment().props), err)
	case idAttachTitle, idAttachName:
		a := e.attachment()
		a.old = append(a.old, legacy{mapi.TagName, mapi.Value{Type: mapi.String8, Data: b}})
	default:
		e.ofOld(id, b)
	}
	return err
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// ofOld keeps an attribute that counts where no property says better.
func (e *envelope) ofOld(id uint32, b []byte) {
	text := func(k mapi.Key) {
		e.old = append(e.old, legacy{k, mapi.Value{Type: mapi.String8, Data: b}})
	}
	moment := func(k mapi.Key) {
		if v, ok := date(b); ok {
			e.old = append(e.old, legacy{k, mapi.Value{Type: mapi.Time, Data: v}})
		}
	}
	switch id {
	case idSubject:
		text(mapi.TagSubject)
	case idClass:
		text(mapi.TagClass)
	case idBody:
		text(mapi.TagBody)
	case idSent:
		moment(mapi.TagSubmitted)
	case idReceived:
		moment(mapi.TagDelivered)
	case idStart:
		moment(mapi.TagStart)
	case idEnd:
		moment(mapi.TagEnd)
	case idFrom:
		e.from(b)
	}
}

// from reads the sender ([MS-OXTNEF] 2.1.3.3.2): a triple of name, address type
// and address behind four numbers.
func (e *envelope) from(b []byte) {
	const head = 8
	if len(b) < head {
		return
	}
	names := int(binary.LittleEndian.Uint16(b[4:]))
	if head+names > len(b) {
		return
	}
	name, address := b[head:head+names], bytes.TrimRight(b[head+names:], "\x00")
	kind, at, ok := strings.Cut(string(address), ":")
	if !ok {
		kind, at = "", string(address)
	}
	for k, v := range map[mapi.Key]string{mapi.TagSenderName: string(name), mapi.TagSenderKind: kind, mapi.TagSenderAddress: at} {
		e.old = append(e.old, legacy{k, mapi.Value{Type: mapi.String8, Data: []byte(v)}})
	}
}

// date is a moment in seven numbers ([MS-OXTNEF] 2.1.3.3.4) as a property has it.
func date(b []byte) ([]byte, bool) {
	if len(b) < 12 {
		return nil, false
	}
	n := func(i int) int { return int(binary.LittleEndian.Uint16(b[2*i:])) }
	const epoch = 11644473600 // seconds from 1601 to 1970
	at := time.Date(n(0), time.Month(n(1)), n(2), n(3), n(4), n(5), 0, time.UTC).Unix() + epoch
	return binary.LittleEndian.AppendUint64(nil, uint64(at)*1e7), n(0) > 1850 && n(0) < 2200
}

// recipients reads the table of recipients: rows, each a list of properties.
func (e *envelope) recipients(b []byte) error {
	c := &cursor{b: b}
	for rows := c.count(); rows > 0 && c.err == nil; rows-- {
		r := mapi.NewBag(e.message.Props)
		c.list(r)
		e.message.Recipients = append(e.message.Recipients, r)
	}
	return c.err
}

// finish lets attributes of old fill what properties left open, and turns what
// was gathered into attachments.
func (e *envelope) finish() {
	fill(e.message.Props, e.old)
	for _, w := range e.all {
		fill(w.props, w.old)
		e.message.Attachments = append(e.message.Attachments, w.attachment())
	}
}

func fill(b *mapi.Bag, old []legacy) {
	for _, l := range old {
		if b.Text(l.key) == "" {
			b.Replace(l.key, l.value)
		}
	}
}
