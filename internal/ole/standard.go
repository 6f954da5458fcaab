package ole

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"encoding/binary"
)

const standardSpins = 50_000

// standard is the encryption of Office 2007 (2.3.4.5 to 2.3.4.9): AES in ECB.
type standard struct {
	salt, verifier, hash []byte
	keyBytes             int
}

func readStandard(b []byte) (opener, error) {
	le := binary.LittleEndian
	if len(b) < 4 {
		return nil, ErrCipher
	}
	size := int(le.Uint32(b))
	if size < 32 || size > len(b)-4 {
		return nil, ErrCipher
	}
	head, check := b[4:4+size], b[4+size:]
	bits := int(le.Uint32(head[16:]))
	switch le.Uint32(head[8:]) {
	case 0x660E, 0x660F, 0x6610: // AES-128, -192, -256
	default:
		return nil, ErrMethod
	}
	if len(check) < 4+16+16+4+32 || le.Uint32(check) != 16 || bits != 128 && bits != 192 && bits != 256 {
		return nil, ErrCipher
	}
	return &standard{salt: check[4:20], verifier: check[20:36], hash: check[40:72], keyBytes: bits / 8}, nil
}

func (s *standard) spins() int { return standardSpins }

func (s *standard) try(password []byte) (segments, bool) {
	block, err := aes.NewCipher(s.key(password))
	if err != nil {
		return nil, false
	}
	return codebook{block}, s.fits(codebook{block})
}

// fits reports whether a cipher opens the verifier.
func (s *standard) fits(c codebook) bool {
	verifier, hash := bytes.Clone(s.verifier), bytes.Clone(s.hash)
	c.decrypt(0, verifier)
	c.decrypt(0, hash)
	sum := sha1.Sum(verifier)
	return bytes.Equal(sum[:], hash[:sha1.Size])
}

// key derives the key of a password (2.3.4.7).
func (s *standard) key(password []byte) []byte {
	return s.derive(s.base(password, standardSpins), 0)
}

// base hashes the password behind the salt, as often as is asked.
func (s *standard) base(password []byte, spins int) []byte {
	sum := sha1.Sum(append(bytes.Clone(s.salt), password...))
	var round [4 + sha1.Size]byte
	for i := range uint32(spins) {
		binary.LittleEndian.PutUint32(round[:], i)
		copy(round[4:], sum[:])
		sum = sha1.Sum(round[:])
	}
	return sum[:]
}

// derive makes the key of a block; a package is one block, numbered 0.
func (s *standard) derive(base []byte, block uint32) []byte {
	sum := sha1.Sum(binary.LittleEndian.AppendUint32(bytes.Clone(base), block))
	var key []byte
	for _, pad := range []byte{0x36, 0x5C} {
		buf := bytes.Repeat([]byte{pad}, 64)
		for i, c := range sum {
			buf[i] ^= c
		}
		half := sha1.Sum(buf)
		key = append(key, half[:]...)
	}
	return key[:s.keyBytes]
}

// codebook decrypts every block by itself.
type codebook struct{ block cipher.Block }

func (c codebook) decrypt(_ int64, piece []byte) {
	for size := c.block.BlockSize(); len(piece) >= size; piece = piece[size:] {
		c.block.Decrypt(piece, piece)
	}
}
