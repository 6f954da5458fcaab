package access

import (
	"encoding/binary"
	"io"
	"math"
	"math/big"
	"strconv"
)

// workedHead is what is wrapped round a value that was worked out: 16 bytes,
// and its length.
const workedHead = 20

// unwrapWorked takes off what is wrapped round a value that was worked out.
func unwrapWorked(b []byte) []byte {
	if len(b) < workedHead {
		return nil
	}
	size := int64(binary.LittleEndian.Uint32(b[workedHead-4:]))
	return b[workedHead:][:min(size, int64(len(b)-workedHead))]
}

// worked shows a value that was worked out from others. The type of its column
// is only near to that of the value, which its length tells.
func (s *sheet) worked(c *column) string {
	b := s.record.bytes(c)
	if c.kind == kindMemo || c.kind == kindText && c.length == 0 {
		v := s.long(b, s.freed)
		b, _ = io.ReadAll(io.LimitReader(v, maxMemo))
		s.broken = s.broken || v.lost
		return plainMemo(s.string(unwrapWorked(b)))
	}
	b = unwrapWorked(b)
	le := binary.LittleEndian
	number := c.kind == kindDouble || c.kind == kindSingle || c.kind == kindNumeric
	switch {
	case len(b) == 1 && c.kind != kindByte && c.kind != kindText:
		return yesNo(b[0] != 0)
	case len(b) == 4 && number:
		return single(math.Float32frombits(le.Uint32(b)))
	case len(b) == 8 && number && le.Uint64(b) != 0 && math.Abs(math.Float64frombits(le.Uint64(b))) < 1e-200,
		len(b) == 8 && number && le.Uint64(b) > math.MaxUint64-1<<52:
		return point(strconv.FormatInt(int64(le.Uint64(b)), 10), 4) // money: as a float it would be next to nothing, or none
	case len(b) == 16 && number:
		return decimal(b)
	}
	return s.value(c, b)
}

// decimal shows the DECIMAL of OLE Automation: two idle bytes, places behind the
// point, sign, and 96 bits of which the highest 32 come first ([MS-OAUT] 2.2.26).
func decimal(b []byte) string {
	v := new(big.Int).SetUint64(uint64(binary.LittleEndian.Uint32(b[4:])))
	v.Lsh(v, 64).Or(v, new(big.Int).SetUint64(binary.LittleEndian.Uint64(b[8:])))
	if b[3]&0x80 != 0 {
		v.Neg(v)
	}
	return point(v.String(), min(int(b[2]), 28))
}
