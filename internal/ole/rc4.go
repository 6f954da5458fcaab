package ole

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/binary"
	"slices"
)

// Blocks gives the key streams of an old file (DOC, XLS, PPT), which is
// encrypted with RC4 in blocks, each with a key of its own. The size of a block
// is the format's: 1,024 bytes in XLS, 512 in DOC.
type Blocks struct {
	base []byte
	size int // bytes of a key
	api  bool
}

// OpenRC4 finds the password that fits an encryption header as it stands in
// XLS (FILEPASS, behind its type), in DOC (at the start of the table stream)
// and in PPT (CryptSession10Container), trying the default one last: RC4
// (2.3.6.1) and RC4 CryptoAPI (2.3.5.1).
func OpenRC4(header []byte, passwords []string) (*Blocks, error) {
	if len(header) < 8 {
		return nil, ErrCipher
	}
	major, minor := binary.LittleEndian.Uint16(header), binary.LittleEndian.Uint16(header[2:])
	for _, password := range slices.Concat(passwords, []string{DefaultPassword}) {
		var b *Blocks
		var err error
		switch {
		case major == 1 && minor == 1:
			b, err = openOld(header[4:], wide(password))
		case minor == 2 && major >= 2 && major <= 4:
			b, err = openAPI(header[8:], wide(password))
		default:
			return nil, ErrMethod
		}
		if b != nil || err != nil {
			return b, err
		}
	}
	return nil, ErrPassword
}

// openOld tries a password on salt, verifier and its hash, 16 bytes each.
func openOld(b, password []byte) (*Blocks, error) {
	if len(b) < 48 {
		return nil, ErrCipher
	}
	sum := md5.Sum(password)
	mixed := md5.Sum(bytes.Repeat(append(bytes.Clone(sum[:5]), b[:16]...), 16))
	k := &Blocks{base: mixed[:5], size: 16}
	check := bytes.Clone(b[16:48])
	k.Stream(0).XORKeyStream(check, check)
	if want := md5.Sum(check[:16]); !bytes.Equal(want[:], check[16:]) {
		return nil, nil
	}
	return k, nil
}

// openAPI tries a password on an encryption header and verifier.
func openAPI(b, password []byte) (*Blocks, error) {
	le := binary.LittleEndian
	if len(b) < 4 {
		return nil, ErrCipher
	}
	size := int(le.Uint32(b))
	if size < 32 || size > len(b)-4 || len(b) < 4+size+60 {
		return nil, ErrCipher
	}
	head, check := b[4:4+size], b[4+size:]
	if le.Uint32(head[8:]) != 0x6801 || le.Uint32(check) != 16 {
		return nil, ErrMethod
	}
	bits := int(le.Uint32(head[16:]))
	if bits == 0 {
		bits = 40
	}
	if bits%8 != 0 || bits < 40 || bits > 128 {
		return nil, ErrCipher
	}
	base := sha1.Sum(append(bytes.Clone(check[4:20]), password...))
	k := &Blocks{base: base[:], size: bits / 8, api: true}
	verifier := append(bytes.Clone(check[20:36]), check[40:60]...)
	k.Stream(0).XORKeyStream(verifier, verifier)
	if want := sha1.Sum(verifier[:16]); !bytes.Equal(want[:], verifier[16:]) {
		return nil, nil
	}
	return k, nil
}

// Stream is the key stream of a block, from its first byte.
func (b *Blocks) Stream(block uint32) *rc4.Cipher {
	number := binary.LittleEndian.AppendUint32(bytes.Clone(b.base), block)
	var key []byte
	if b.api {
		sum := sha1.Sum(number)
		key = sum[:b.size]
		if b.size == 5 {
			key = append(bytes.Clone(key), make([]byte, 11)...) // 40 bits are filled up with zeros
		}
	} else {
		sum := md5.Sum(number)
		key = sum[:b.size]
	}
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err) // a key of 5 to 16 bytes is always accepted
	}
	return c
}
