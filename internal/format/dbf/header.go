package dbf

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/reeve-council/reeve/internal/format/part"
)

// Versions with a layout of their own, in the first byte.
const (
	visualFoxPro  = 0x30
	foxAutoNumber = 0x31
	foxVarchar    = 0x32
)

// maxFields is a bound; dBase 7 allows 1,024, the others 255.
const maxFields = 2048

// field is a column. Offset counts from the start of the record, whose first
// byte is the mark of deletion.
type field struct {
	name      string
	kind      byte
	offset    int
	length    int
	decimals  int
	binary    bool // its bytes are in no code page
	variable  int  // the bit of _NullFlags that says it is shorter than its place, or -1
	null      int  // the bit of _NullFlags that says it is null, or -1
	invisible bool // a system column
	sortable  bool // its bytes sort as its numbers do
}

// table is what the header says.
type table struct {
	src     part.Source
	version byte
	long    bool  // the layout of dBase 7, with long names
	rows    int64 // that the header counts
	start   int64 // of the first record
	size    int   // of a record, with its mark
	page    int   // code page, 0 where none is told
	fields  []field
	flags   *field // _NullFlags
}

// open reads the header and the descriptions of the fields.
func open(src part.Source) (*table, error) {
	h := src.Head(32)
	if len(h) < 32 {
		return nil, part.CutShort("its header is not whole")
	}
	t := &table{
		src: src, version: h[0],
		rows:  int64(binary.LittleEndian.Uint32(h[4:])),
		start: int64(binary.LittleEndian.Uint16(h[8:])),
		size:  int(binary.LittleEndian.Uint16(h[10:])),
		page:  codePages[h[29]],
	}
	if t.sealed(h[15]) {
		return nil, part.Encrypted("the table is encrypted by dBase")
	}
	if t.size < 2 || t.start < 33 {
		return nil, part.Broken("its header gives no size to its records")
	}
	head := src.Head(int(min(t.start, src.Size)))
	t.long = IsLong(head)
	t.describe(head)
	if len(t.fields) == 0 {
		return nil, part.Broken("its header describes no field")
	}
	return t, nil
}

// IsLong reports whether a header, as far as it is here, is of dBase 7: its
// first field is described where that has it, by a name and a type, and what
// follows is another or the end.
func IsLong(head []byte) bool {
	at := longFields
	if len(head) <= at+48 || head[0]&7 != 4 {
		return false
	}
	return isLongField(head[at:]) && (head[at+48] == '\r' || isLongField(head[at+48:]))
}

func isLongField(d []byte) bool {
	return len(d) > 32 && d[0] > ' ' && d[31] == 0 && strings.IndexByte("CNLDMFBGI+O@", d[32]) >= 0
}

// longFields is where dBase 7 describes its fields, behind the name of the
// language driver.
const longFields = 68

func (t *table) fox() bool {
	return t.version == visualFoxPro || t.version == foxAutoNumber || t.version == foxVarchar
}

// sealed reads the encryption flag, which only dBase IV and later have; its
// byte is unused elsewhere.
func (t *table) sealed(flag byte) bool {
	switch t.version {
	case 0x04, 0x43, 0x63, 0x8B, 0x8C, 0xCB:
		return flag == 1
	}
	return false
}

// describe reads the field descriptors: 32 bytes each, 48 in dBase 7, ended by
// a carriage return.
func (t *table) describe(h []byte) {
	at, size := 32, 32
	if t.long {
		at, size = longFields, 48
	}
	offset, bits := 1, 0
	for ; at+size <= len(h) && h[at] != '\r' && h[at] != 0 && len(t.fields) < maxFields; at += size {
		f := t.field(h[at : at+size])
		f.offset = offset
		offset += f.length
		bits = f.number(bits, h[at:at+size], t.fox())
		t.fields = append(t.fields, f)
	}
	for i := range t.fields {
		if t.fields[i].kind == '0' {
			t.flags = &t.fields[i]
		}
	}
}

// field reads one descriptor. Clipper and FoxPro keep the high byte of a long
// text's length where numbers have their decimals.
func (t *table) field(d []byte) field {
	f := field{kind: d[11], length: int(d[16]), decimals: int(d[17]), variable: -1, null: -1}
	name := d[:11]
	if t.long {
		name = d[:32]
		f.kind, f.length, f.decimals = d[32], int(d[33]), int(d[34])
		f.sortable = true
	}
	if end := bytes.IndexByte(name, 0); end >= 0 {
		name = name[:end]
	}
	f.name = string(bytes.TrimSpace(name))
	if f.kind == 'C' && !t.long {
		f.length += f.decimals << 8
	}
	if t.fox() {
		f.invisible, f.binary = d[18]&1 != 0, d[18]&4 != 0
	}
	return f
}

// number gives the field its bits in _NullFlags: fields of variable length have
// one, fields that may be null have one, in the order of the columns.
func (f *field) number(next int, d []byte, fox bool) int {
	if !fox {
		return next
	}
	if f.kind == 'V' || f.kind == 'Q' {
		f.variable = next
		next++
	}
	if d[18]&2 != 0 {
		f.null = next
		next++
	}
	return next
}
