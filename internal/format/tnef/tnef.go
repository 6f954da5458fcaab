package tnef

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/mail"
	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
)

const (
	reader = "tnef/1"

	signature  = 0x223E9F78
	headSize   = 6   // signature and key
	attribute  = 9   // level, id and length before an attribute's data
	maxEntries = 1e5 // attributes, properties of a list, rows of a table
)

// Levels of attributes ([MS-OXTNEF] 2.1.3.1).
const (
	ofMessage    = 1
	ofAttachment = 2
)

// Read reads one stream.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	m, err := open(src)
	if err != nil {
		return part.Fail(reader, err)
	}
	text := mapi.Canonical(m)
	err = mail.Flow(mapi.Bounded(text, src.Size), w)
	if why := text.Fault(); why != nil {
		w.Lost(why)
	}
	return w.Finish(reader, err)
}

// open reads the attributes into a message; the fault of one that could not be
// read whole is the message's.
func open(src part.Source) (*mapi.Message, error) {
	head := src.Head(headSize)
	if len(head) < headSize || binary.LittleEndian.Uint32(head)&0xFFFFFF != signature&0xFFFFFF {
		return nil, part.Broken("it does not begin as TNEF does")
	}
	e := &envelope{src: src, message: &mapi.Message{Props: mapi.NewBag(nil)}}
	if binary.LittleEndian.Uint32(head) != signature {
		e.message.Fault = part.Broken("its signature is damaged")
	}
	err := e.attributes()
	e.finish()
	if err != nil && e.message.Fault == nil {
		e.message.Fault = err
	}
	return e.message, nil
}

// envelope is the state of one reading.
type envelope struct {
	src     part.Source
	message *mapi.Message
	old     []legacy // attributes that count where no property says better
	now     *wrapped // the attachment at hand
	all     []*wrapped
}

// wrapped is an attachment being gathered.
type wrapped struct {
	props *mapi.Bag
	data  *io.SectionReader
	old   []legacy
}

// attributes walks the stream.
func (e *envelope) attributes() error {
	at := int64(headSize)
	for n := 0; at < e.src.Size; n++ {
		head := e.src.At(at, attribute)
		if len(head) < attribute && len(bytes.TrimLeft(head, "\r\n\x00 ")) == 0 {
			return nil // line ends that the mail put there
		}
		if len(head) < attribute {
			return part.CutShort("it ends within an attribute")
		}
		level, id := head[0], binary.LittleEndian.Uint32(head[1:])
		if n >= maxEntries {
			return part.Over(reeve.ReasonTooMany, "more attributes than the limit")
		}
		if level != ofMessage && level != ofAttachment {
			return part.Broken("what follows its attributes is none")
		}
		size := int64(binary.LittleEndian.Uint32(head[5:]))
		data := io.NewSectionReader(e.src.Reader, at+attribute, min(size, e.src.Size-at-attribute))
		if err := e.take(id, data); err != nil && e.message.Fault == nil {
			e.message.Fault = err
		}
		at += attribute + size + 2
		if at > e.src.Size {
			return part.CutShort("it ends within an attribute")
		}
		if e.sum(data) != binary.LittleEndian.Uint16(e.src.At(at-2, 2)) && e.message.Fault == nil {
			e.message.Fault = part.Broken("the checksum of an attribute does not fit")
		}
	}
	return nil
}

// sum is the checksum of an attribute: the sum of its bytes.
func (e *envelope) sum(data *io.SectionReader) (sum uint16) {
	buf := make([]byte, min(data.Size(), 64<<10))
	for at := int64(0); at < data.Size(); {
		n, err := data.ReadAt(buf, at)
		for _, c := range buf[:n] {
			sum += uint16(c)
		}
		if at += int64(n); err != nil || n == 0 {
			break
		}
	}
	return sum
}

// whole reads an attribute that is no attachment's bytes.
func whole(data *io.SectionReader) ([]byte, error) {
	if data.Size() > mapi.MaxKept {
		return nil, part.Over(reeve.ReasonTooLarge, "an attribute larger than the limit")
	}
	b := make([]byte, data.Size())
	n, err := data.ReadAt(b, 0)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return b[:n], err
}

// attachment is the attachment at hand. One begins with its rendering data;
// writers that leave that out have one all the same.
func (e *envelope) attachment() *wrapped {
	if e.now == nil {
		e.begin()
	}
	return e.now
}

func (e *envelope) begin() {
	e.now = &wrapped{props: mapi.NewBag(e.message.Props)}
	e.all = append(e.all, e.now)
}
