package rtf

import (
	"bytes"
	"encoding/binary"

	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/part"
)

// maxObject bounds one embedded object, which waits in memory: its parts are
// known at its end only.
const maxObject = 64 << 20

// objects gathers the hexadecimal bytes of an \objdata group.
type objects struct {
	data []byte
	half byte
	odd  bool
	over bool
}

func (o *objects) begin() { *o = objects{data: o.data[:0]} }

func (o *objects) hex(c byte) {
	d, ok := hexDigit(c)
	if !ok {
		return
	}
	if o.odd {
		o.byte(o.half<<4 | d)
	}
	o.half, o.odd = d, !o.odd
}

func (o *objects) byte(c byte) {
	if len(o.data) >= maxObject {
		o.over = true
		return
	}
	o.data = append(o.data, c)
}

// end passes the object on: the native data of an OLE 1.0 object ([MS-OLEDS]
// 2.2.4), and of a Package the file in it.
func (o *objects) end(w *part.Writer) {
	data := o.data
	o.data = nil
	if o.over {
		w.Lost(part.Over("too-large", "an embedded object larger than the limit"))
	}
	class, native, ok := nativeData(data)
	if !ok || len(native) == 0 {
		return
	}
	name := ""
	if bytes.EqualFold(class, []byte("Package")) {
		if label, file, ok := compound.Packaged(native); ok {
			name, native = label, file
		}
	}
	w.Embed(name, bytes.NewReader(native))
}

// nativeData takes the header off an embedded object: version, format 2, three
// counted strings, then the counted data.
func nativeData(b []byte) (class, data []byte, ok bool) {
	if len(b) < 12 || binary.LittleEndian.Uint32(b[4:]) != 2 {
		return nil, nil, false
	}
	b = b[8:]
	var fields [3][]byte
	for i := range fields {
		if len(b) < 4 {
			return nil, nil, false
		}
		n := int64(binary.LittleEndian.Uint32(b))
		if n > int64(len(b)-4) {
			return nil, nil, false
		}
		fields[i], b = bytes.TrimRight(b[4:4+n], "\x00"), b[4+n:]
	}
	if len(b) < 4 {
		return nil, nil, false
	}
	n := min(int64(binary.LittleEndian.Uint32(b)), int64(len(b)-4))
	return fields[0], b[4 : 4+n], true
}
