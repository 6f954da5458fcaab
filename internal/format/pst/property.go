package pst

import (
	"encoding/binary"

	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Sizes of a record of a property context ([MS-PST] 2.3.3.3): the property's
// number, then its type and value.
const (
	bagKey  = 2
	bagData = 6
)

// bag reads a property context. Lead gets, for every property, the number that
// leads to its value; it may be nil.
func (s *store) bag(h *heap, outer *mapi.Bag, lead func(id uint16, typ mapi.Type, value uint32) (skip bool)) (*mapi.Bag, error) {
	b := mapi.NewBag(outer)
	if h.holds != holdsBag {
		return b, part.Broken("a node holds no properties")
	}
	var fault error
	err := h.records(h.root, bagKey, bagData, func(r []byte) {
		id, typ, value := binary.LittleEndian.Uint16(r), mapi.Type(binary.LittleEndian.Uint16(r[2:])), binary.LittleEndian.Uint32(r[4:])
		if s.w.Step(1) != nil || lead != nil && lead(id, typ, value) {
			return
		}
		v, err := s.property(h, typ, value, b.Room()+1)
		if err != nil {
			fault = err
		}
		b.Set(s.key(id), v)
	})
	for _, why := range []error{fault, h.fault} {
		if err == nil {
			err = why
		}
	}
	return b, err
}

// wideStep is what reading a value from a node of its own costs in steps.
const wideStep = 16

// property is a value of at most limit bytes: the lead itself where it is of at
// most four, else what that leads to.
func (s *store) property(h *heap, typ mapi.Type, lead uint32, limit int64) (mapi.Value, error) {
	if n := typ.Size(); n > 0 && n <= 4 {
		return mapi.Value{Type: typ, Data: binary.LittleEndian.AppendUint32(nil, lead)[:n]}, nil
	}
	if lead&kindMask != 0 && s.w.Step(wideStep) != nil {
		return mapi.Value{Type: typ}, nil
	}
	b, err := h.value(lead, limit)
	if typ&mapi.Many != 0 {
		return mapi.Value{Type: typ, List: list(typ, b)}, err
	}
	return mapi.Value{Type: typ, Data: b}, err
}

// key names a property; numbers from 0x8000 are given out by the store.
func (s *store) key(id uint16) mapi.Key {
	if k, ok := s.names[id]; ok && id >= 0x8000 {
		return k
	}
	return mapi.Tag(id)
}

// readNames reads which named property each number from 0x8000 stands for
// ([MS-PST] 2.4.7).
func (s *store) readNames() {
	n, ok := s.file.node(nodeNames)
	if !ok {
		return
	}
	h, err := s.file.openHeap(n)
	if err != nil {
		s.file.blame(err)
		return
	}
	b, err := s.bag(h, nil, nil)
	s.file.blame(err)
	s.names = mapi.Names(b.Bytes(mapi.Tag(2)), b.Bytes(mapi.Tag(3)), b.Bytes(mapi.Tag(4)))
}
