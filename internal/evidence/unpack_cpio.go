package evidence

import (
	"encoding/binary"
	"io"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// cpioHeader is one member's header in whichever of the four forms.
type cpioHeader struct {
	mode, size, modified int64
	nameLen              int64 // with its final NUL
	headerLen            int64
	align                int64 // name and content end at multiples of it
}

// cpio walks an archive of the program cpio: the new ASCII forms (070701,
// 070702), the portable one of POSIX.1 (070707) and the old binary one.
func (u *unpacker) cpio() *reeve.Outcome {
	for at := int64(0); ; {
		var b [110]byte
		n, _ := u.src.Reader.ReadAt(b[:], at)
		if n < 26 {
			return u.ended(io.ErrUnexpectedEOF)
		}
		h, ok := parseCPIO(b[:n])
		if !ok {
			return u.ended(errHeader)
		}
		name := strings.TrimRight(u.text(at+h.headerLen, h.nameLen), "\x00")
		if name == "TRAILER!!!" {
			return read()
		}
		data := roundUp(at+h.headerLen+h.nameLen, h.align)
		at = roundUp(data+h.size, h.align)
		m := u.slice(name, data, h.size)
		m.modified = h.modified
		switch h.mode & 0o170000 {
		case 0o040000:
			continue
		case 0o120000:
			m.outcome = linkOutcome()
		case 0o010000, 0o020000, 0o060000, 0o140000:
			m.outcome = specialOutcome()
		}
		if !u.offer(m) {
			return read()
		}
	}
}

func roundUp(n, align int64) int64 { return (n + align - 1) / align * align }

func parseCPIO(b []byte) (cpioHeader, bool) {
	switch magic := string(b[:6]); {
	case magic == "070701" || magic == "070702":
		if len(b) < 110 {
			return cpioHeader{}, false
		}
		return checkCPIO(cpioHeader{mode: digits(b[14:22], 16), modified: digits(b[46:54], 16), size: digits(b[54:62], 16),
			nameLen: digits(b[94:102], 16), headerLen: 110, align: 4})
	case magic == "070707":
		if len(b) < 76 {
			return cpioHeader{}, false
		}
		return checkCPIO(cpioHeader{mode: digits(b[18:24], 8), modified: digits(b[48:59], 8), nameLen: digits(b[59:65], 8),
			size: digits(b[65:76], 8), headerLen: 76, align: 1})
	case b[0] == 0xc7 && b[1] == 0x71:
		return binaryCPIO(b, binary.LittleEndian)
	case b[0] == 0x71 && b[1] == 0xc7:
		return binaryCPIO(b, binary.BigEndian)
	}
	return cpioHeader{}, false
}

// binaryCPIO reads 16-bit words; those of 32 bits have the high half first.
func binaryCPIO(b []byte, order binary.ByteOrder) (cpioHeader, bool) {
	word := func(i int) int64 { return int64(order.Uint16(b[2*i:])) }
	return checkCPIO(cpioHeader{mode: word(3), modified: word(8)<<16 | word(9), nameLen: word(10), size: word(11)<<16 | word(12), headerLen: 26, align: 2})
}

// digits reads a number, -1 for none.
func digits(b []byte, base int) int64 {
	n, err := strconv.ParseInt(string(b), base, 48)
	if err != nil {
		return -1
	}
	return n
}

func checkCPIO(h cpioHeader) (cpioHeader, bool) {
	return h, h.mode >= 0 && h.size >= 0 && h.modified >= 0 && h.nameLen > 0 && h.nameLen <= 1<<16
}
