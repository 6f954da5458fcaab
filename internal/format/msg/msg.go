package msg

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/mail"
	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

const reader = "msg/1"

// Names of storages and streams ([MS-OXMSG] 2.1 and 2.2).
const (
	propertyStream   = "__properties_version1.0"
	valuePrefix      = "__substg1.0_"
	recipientPrefix  = "__recip_version1.0_"
	attachmentPrefix = "__attach_version1.0_"
	nameStorage      = "__nameid_version1.0"
)

// Sizes of what stands before the properties of a list ([MS-OXMSG] 2.4.1).
const (
	headTop      = 32
	headEmbedded = 24
	headOther    = 8
)

// Read reads one message.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	f, err := ole.Open(src.Reader, src.Size)
	if err != nil {
		return part.Fail(reader, part.Broken("no compound file"))
	}
	s := &store{file: f, names: readNames(f.Find(nameStorage))}
	text := mapi.Canonical(s.message(f.Root, headTop))
	err = mail.Flow(mapi.Bounded(text, src.Size), w)
	if why := text.Fault(); why != nil {
		w.Lost(why)
	}
	if f.Cut || f.Broken {
		w.Lost(structural(f))
	}
	return w.Finish(reader, err)
}

// structural is what is wrong with the container.
func structural(f *ole.File) error {
	if f.Cut {
		return part.CutShort("the compound file ends before its own structure does")
	}
	return part.Broken("the compound file contradicts itself")
}

// store is one file being read.
type store struct {
	file  *ole.File
	names map[uint16]mapi.Key
}

// message reads the message in a storage; head is the size of what stands
// before its properties.
func (s *store) message(at *ole.Entry, head int) *mapi.Message {
	m := &mapi.Message{}
	m.Props = s.bag(at, head, nil, &m.Fault)
	for _, e := range children(at, recipientPrefix) {
		m.Recipients = append(m.Recipients, s.bag(e, headOther, m.Props, &m.Fault))
	}
	for _, e := range children(at, attachmentPrefix) {
		m.Attachments = append(m.Attachments, s.attachment(e, m.Props, &m.Fault))
	}
	return m
}

// children are the storages of one kind, in the order of their numbers.
func children(at *ole.Entry, prefix string) (list []*ole.Entry) {
	for _, e := range at.Children {
		if _, ok := cutPrefix(e.Name, prefix); ok && e.Kind == ole.Storage {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b *ole.Entry) int {
		return strings.Compare(strings.ToUpper(a.Name), strings.ToUpper(b.Name))
	})
	return list
}

// cutPrefix is strings.CutPrefix without regard to letter case.
func cutPrefix(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// attachment reads what an attachment is; its bytes wait until they are wanted.
func (s *store) attachment(at *ole.Entry, outer *mapi.Bag, fault *error) mapi.Attachment {
	a := mapi.Attachment{Props: s.bag(at, headOther, outer, fault)}
	data := at.Find(valuePrefix + "37010102")
	object := at.Find(valuePrefix + "3701000D")
	switch {
	case object != nil && object.Kind == ole.Storage && isMessage(object):
		a.Message = func() (*mapi.Message, error) { return s.message(object, headEmbedded), nil }
	case object != nil && object.Kind == ole.Storage:
		a.Open = func() (io.Reader, error) { return wrap(object) }
	case data != nil && data.Kind == ole.Stream:
		a.Open = func() (io.Reader, error) { return data.Open(), nil }
	case object != nil:
		a.Open = func() (io.Reader, error) { return object.Open(), nil }
	}
	return a
}

func isMessage(at *ole.Entry) bool { return at.Find(propertyStream) != nil }

// maxObject bounds an OLE object, which waits in memory.
const maxObject = 64 << 20

// wrap gives an OLE object as the compound file that it would be by itself, as
// stores and winmail.dat keep it.
func wrap(at *ole.Entry) (io.Reader, error) {
	file, err := compound.Wrap(at, maxObject)
	return bytes.NewReader(file), err
}

// bag reads the properties in a storage: those of fixed size from the list,
// the others from a stream each.
func (s *store) bag(at *ole.Entry, head int, outer *mapi.Bag, fault *error) *mapi.Bag {
	b := mapi.NewBag(outer)
	if list := at.Find(propertyStream); list != nil {
		s.fixed(b, list, head, fault)
	}
	values := index(at)
	for _, e := range at.Children {
		tag, ok := cutPrefix(e.Name, valuePrefix)
		if !ok || e.Kind != ole.Stream || len(tag) < 8 || strings.EqualFold(tag, "37010102") {
			continue
		}
		n, err := strconv.ParseUint(tag[:8], 16, 32)
		if err != nil {
			continue
		}
		key, typ := s.key(uint16(n>>16)), mapi.Type(n)
		switch {
		case typ&mapi.Many != 0 && len(tag) == 8:
			b.Set(key, mapi.Value{Type: typ, List: values.list(e, typ, b.Room()+1, fault)})
		case typ&mapi.Many == 0:
			b.Set(key, mapi.Value{Type: typ, Data: take(e, b.Room()+1, fault)})
		}
	}
	return b
}

// fixed reads the list of properties ([MS-OXMSG] 2.4.2): entries of 16 bytes,
// a value of fixed size in the last eight.
func (s *store) fixed(b *mapi.Bag, list *ole.Entry, head int, fault *error) {
	raw := take(list, b.Room()+1, fault)
	for raw = raw[min(head, len(raw)):]; len(raw) >= 16; raw = raw[16:] {
		typ := mapi.Type(binary.LittleEndian.Uint16(raw))
		if n := typ.Size(); n > 0 && n <= 8 {
			b.Set(s.key(binary.LittleEndian.Uint16(raw[2:])), mapi.Value{Type: typ, Data: raw[8 : 8+n]})
		}
	}
}

// key names a property; numbers from 0x8000 are given out by the file.
func (s *store) key(id uint16) mapi.Key {
	if k, ok := s.names[id]; ok && id >= 0x8000 {
		return k
	}
	return mapi.Tag(id)
}

// list reads a property of several values ([MS-OXMSG] 2.1.4): values of fixed
// size side by side, others each in a stream of its own.
func (x values) list(e *ole.Entry, typ mapi.Type, limit int64, fault *error) (list [][]byte) {
	raw := take(e, limit, fault)
	if n := (typ &^ mapi.Many).Size(); n > 0 {
		for ; len(raw) >= n; raw = raw[n:] {
			list = append(list, raw[:n])
		}
		return list
	}
	step := 4
	if typ&^mapi.Many == mapi.Binary {
		step = 8
	}
	for i := range min(len(raw)/step, maxList) {
		if v := x[fmt.Sprintf("%s-%08X", strings.ToUpper(e.Name), i)]; v != nil && limit > 0 {
			list = append(list, take(v, limit, fault))
			limit -= int64(len(list[len(list)-1]))
		}
	}
	return list
}

// maxList bounds the values of one property.
const maxList = 10000

// values are the streams in a storage by their names in upper case: writers
// differ.
type values map[string]*ole.Entry

func index(at *ole.Entry) values {
	x := values{}
	for _, e := range at.Children {
		if name := strings.ToUpper(e.Name); e.Kind == ole.Stream && x[name] == nil {
			x[name] = e
		}
	}
	return x
}

// take reads a stream of at most limit bytes; what cannot be read of it is a fault of the message.
func take(e *ole.Entry, limit int64, fault *error) []byte {
	b, err := e.Bytes(limit)
	if err != nil && *fault == nil {
		*fault = part.CutShort("a property ends before its declared size")
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			*fault = err
		}
	}
	return b
}
