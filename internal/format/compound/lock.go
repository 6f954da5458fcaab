package compound

import (
	"crypto/rc4"
	"io"
	"math/bits"
	"slices"

	"github.com/reeve-council/reeve/internal/ole"
)

// XOR is the older way to keep a document from curious eyes ([MS-OFFCRYPTO]
// 2.3.7): sixteen bytes that are mixed into the text over and over.
type XOR [16]byte

// At is the byte for a place.
func (x *XOR) At(at int64) byte { return x[at&15] }

// OpenXOR finds the password that fits a verifier, trying the default one last,
// and mixes it with the key; nil where none fits.
func OpenXOR(key, verifier uint16, passwords []string) *XOR {
	for _, password := range slices.Concat(passwords, []string{ole.DefaultPassword}) {
		if p := lowBytes(password); len(p) > 0 && len(p) <= 15 && xorVerifier(p) == verifier {
			return newXOR(p, key)
		}
	}
	return nil
}

// lowBytes is a password as the method takes it: of each character the lower
// byte, or the upper where the lower is zero.
func lowBytes(password string) (b []byte) {
	for _, r := range password {
		if r&0xFF == 0 {
			r >>= 8
		}
		b = append(b, byte(r))
	}
	return b
}

// xorVerifier is 2.3.7.1.
func xorVerifier(password []byte) uint16 {
	var v uint16
	for i := len(password) - 1; i >= -1; i-- {
		v = v>>14&1 | v<<1&0x7FFF
		if i >= 0 {
			v ^= uint16(password[i])
		} else {
			v ^= uint16(len(password))
		}
	}
	return v ^ 0xCE4B
}

// xorPad fills a password up to 16 bytes (2.3.7.2).
var xorPad = [...]byte{0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00}

// newXOR is 2.3.7.2: the password and its filling, each byte mixed with a byte
// of the key and turned by one.
func newXOR(password []byte, key uint16) *XOR {
	var x XOR
	n := copy(x[:], password)
	copy(x[n:], xorPad[:])
	for i := range x {
		x[i] = bits.RotateLeft8(x[i]^byte(key>>(8*(i&1))), -1)
	}
	return &x
}

// RC4 reads a stream that is encrypted with RC4 in blocks of a size of the
// format's, of which the first bytes are plain.
type RC4 struct {
	Source io.ReaderAt
	Keys   *ole.Blocks
	Block  int64 // bytes
	Plain  int64 // bytes at the start of the stream that are not encrypted
}

// ReadAt reads and opens a range.
func (r *RC4) ReadAt(p []byte, off int64) (int, error) {
	n, err := r.Source.ReadAt(p, off)
	for done := 0; done < n; {
		at := off + int64(done)
		size := min(r.Block-at%r.Block, int64(n-done))
		piece := p[done : done+int(size)]
		done += int(size)
		key := r.Keys.Stream(uint32(at / r.Block))
		waste(key, at%r.Block)
		if plain := min(max(r.Plain-at, 0), size); plain > 0 {
			waste(key, plain)
			piece = piece[plain:]
		}
		key.XORKeyStream(piece, piece)
	}
	return n, err
}

// waste passes over n bytes of a key stream.
func waste(key *rc4.Cipher, n int64) {
	var buf [512]byte
	for ; n > 0; n -= min(n, int64(len(buf))) {
		b := buf[:min(n, int64(len(buf)))]
		key.XORKeyStream(b, b)
	}
}
