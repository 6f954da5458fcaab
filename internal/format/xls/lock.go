package xls

import (
	"crypto/rc4"
	"encoding/binary"
	"math/bits"

	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

// cipher opens the body of a record, which stands at a place of the stream and
// is size bytes long as declared; the first skip bytes are not encrypted but
// count.
type cipher interface {
	open(at int64, body []byte, skip, size int)
}

// isPlain tells the records that are never encrypted (2.2.10).
func isPlain(kind uint16) bool {
	switch kind {
	case recBegin, recFilePass, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138: // USREXCL, FILELOCK, INTERFACEHDR, RRDINFO, RRDHEAD
		return true
	}
	return false
}

// openFrom is where encryption begins in a record: the place of a sheet is
// plain.
func openFrom(kind uint16) int {
	if kind == recSheet {
		return 4
	}
	return 0
}

// unlock finds the password for a FILEPASS record (2.4.117). The error is a
// part.Fault.
func unlock(body []byte, wide bool, passwords []string) (cipher, error) {
	if !wide && len(body) >= 4 {
		return findXOR(body, passwords)
	}
	switch {
	case len(body) >= 6 && binary.LittleEndian.Uint16(body) == 0:
		return findXOR(body[2:], passwords)
	case len(body) >= 6:
		keys, err := ole.OpenRC4(body[2:], passwords)
		if err != nil {
			return nil, compound.Locked(err)
		}
		return &stream{keys: keys, block: -1}, nil
	}
	return nil, part.Broken("what describes its encryption is damaged")
}

// stream is RC4 in blocks of 1,024 bytes of the workbook stream.
type stream struct {
	keys  *ole.Blocks
	now   *rc4.Cipher
	block int64
	used  int64 // bytes of the block's key stream used up
	waste [1024]byte
}

func (s *stream) open(at int64, body []byte, skip, _ int) {
	body = body[min(skip, len(body)):]
	for at += int64(skip); len(body) > 0; {
		n := min(1024-at%1024, int64(len(body)))
		s.to(at)
		s.now.XORKeyStream(body[:n], body[:n])
		s.used += n
		at, body = at+n, body[n:]
	}
}

// to moves the key stream to a place.
func (s *stream) to(at int64) {
	block, want := at/1024, at%1024
	if block != s.block || s.used > want {
		s.now, s.block, s.used = s.keys.Stream(uint32(block)), block, 0
	}
	if n := want - s.used; n > 0 {
		s.now.XORKeyStream(s.waste[:n], s.waste[:n])
		s.used = want
	}
}

// obfuscation is the older method, in which the place of a byte counts from
// the end of its record.
type obfuscation struct{ *compound.XOR }

func (o obfuscation) open(at int64, body []byte, skip, size int) {
	for i := skip; i < len(body); i++ {
		body[i] = bits.RotateLeft8(body[i]^o.At(at+int64(size)+int64(i)), 3)
	}
}

// findXOR tries the passwords on the key and the verifier of a FILEPASS record.
func findXOR(b []byte, passwords []string) (cipher, error) {
	key, verifier := binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:])
	if x := compound.OpenXOR(key, verifier, passwords); x != nil {
		return obfuscation{x}, nil
	}
	return nil, compound.Locked(ole.ErrPassword)
}
