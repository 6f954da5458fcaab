package ppt

import (
	"encoding/binary"
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

const (
	maxSaves     = 10_000
	maxObjects   = 1 << 20
	encryptedTag = 0xF3D1C4DF // in the stream "Current User"
)

// objects finds the objects of the last save by their numbers.
type objects struct {
	stream   io.ReaderAt
	size     int64
	out      *part.Writer
	places   map[uint32]int64 // number → place of its newest form
	numbers  map[int64]uint32 // the same, the other way round
	document uint32           // number of the document
	locked   uint32           // number of the encryption's description, 0 if none
	keys     *ole.Blocks
}

// load follows the saves from the last to the first (2.3.2): each says where
// the one before it stands, and lists the objects that it wrote.
func (o *objects) load(last int64) {
	o.places, o.numbers = map[uint32]int64{}, map[int64]uint32{}
	for n, at := 0, last; at > 0 && n < maxSaves && o.out.Step(1) == nil; n++ {
		saved := o.read(at, recSaved)
		if len(saved) < 20 {
			return
		}
		if n == 0 {
			o.document = u32(saved, 16)
			o.locked = u32(saved, 28)
		}
		o.directory(o.read(int64(u32(saved, 12)), recDirectory))
		before := int64(u32(saved, 8))
		if before >= at {
			return
		}
		at = before
	}
}

// read gives the body of a record that is never encrypted, if it is of a kind.
func (o *objects) read(at int64, kind uint16) []byte {
	var head [headSize]byte
	if n, _ := o.stream.ReadAt(head[:], at); n < headSize {
		return nil
	}
	r := readHead(head[:])
	if r.kind != kind || r.size > maxRecord {
		return nil
	}
	b, _ := io.ReadAll(io.NewSectionReader(o.stream, at+headSize, r.size))
	return b
}

// directory takes a list of places (2.3.4): a first number and a count of 12
// bits, then that many places. Newer saves came before and win.
func (o *objects) directory(b []byte) {
	for len(b) >= 4 && len(o.places) < maxObjects {
		head := binary.LittleEndian.Uint32(b)
		b = b[4:]
		first, count := head&0xFFFFF, int(head>>20)
		for i := 0; i < count && len(b) >= 4; i++ {
			if n := first + uint32(i); !o.has(n) {
				at := int64(binary.LittleEndian.Uint32(b))
				o.places[n], o.numbers[at] = at, n
			}
			b = b[4:]
		}
	}
}

func (o *objects) has(n uint32) bool { _, ok := o.places[n]; return ok }

// object reads an object by its number.
func (o *objects) object(n uint32) (record, bool) {
	at, ok := o.places[n]
	if !ok {
		return record{}, false
	}
	return o.at(at, n)
}

// at reads the record at a place, which is encrypted under the number of its
// object where the presentation is.
func (o *objects) at(at int64, number uint32) (record, bool) {
	var in io.Reader = io.NewSectionReader(o.stream, at, o.size-at)
	if o.keys != nil {
		in = &opened{in, o.keys, number, nil}
	}
	var head [headSize]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return record{}, false
	}
	r := readHead(head[:])
	r.body, _ = io.ReadAll(io.LimitReader(in, min(r.size, maxRecord)))
	o.out.Step(len(r.body))
	switch {
	case r.size > o.size-at-headSize || int64(len(r.body)) < min(r.size, maxRecord):
		o.out.Lost(part.CutShort("the presentation ends before its own structure does"))
	case r.size > maxRecord:
		o.out.Lost(part.Over(reeve.ReasonTooLarge, "an object larger than the limit"))
	}
	return r, true
}

// unlock finds the password of an encrypted presentation. The error is a
// part.Fault.
func (o *objects) unlock(passwords []string) error {
	at, ok := o.places[o.locked]
	if !ok {
		return part.Broken("what describes its encryption is missing")
	}
	keys, err := ole.OpenRC4(o.read(at, recEncryption), passwords)
	if err != nil {
		return compound.Locked(err)
	}
	o.keys = keys
	return nil
}
