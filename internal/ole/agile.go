package ole

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"hash"
	"strings"
)

// agile is the encryption of Office 2010 and later (2.3.4.10 to 2.3.4.15).
type agile struct {
	Data     keyData        `xml:"keyData"`
	Password []encryptedKey `xml:"keyEncryptors>keyEncryptor>encryptedKey"`
}

// keyData says how something is encrypted.
type keyData struct {
	Salt     []byte `xml:"-"`
	SaltText string `xml:"saltValue,attr"`
	Block    int    `xml:"blockSize,attr"`
	Bits     int    `xml:"keyBits,attr"`
	Cipher   string `xml:"cipherAlgorithm,attr"`
	Chaining string `xml:"cipherChaining,attr"`
	Hash     string `xml:"hashAlgorithm,attr"`
}

// encryptedKey is the key of the package, encrypted with a password.
type encryptedKey struct {
	keyData
	Spins    int    `xml:"spinCount,attr"`
	Input    string `xml:"encryptedVerifierHashInput,attr"`
	Value    string `xml:"encryptedVerifierHashValue,attr"`
	KeyValue string `xml:"encryptedKeyValue,attr"`
}

// What is hashed behind the password for the three uses of it (2.3.4.13).
var (
	blockInput = []byte{0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79}
	blockValue = []byte{0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E}
	blockKey   = []byte{0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6}
)

func readAgile(b []byte) (opener, error) {
	var a agile
	if err := xml.Unmarshal(bytes.TrimRight(b, "\x00"), &a); err != nil {
		return nil, ErrCipher
	}
	if len(a.Password) == 0 {
		return nil, ErrMethod // a certificate opens it, no password does
	}
	if err := a.Data.check(); err != nil {
		return nil, err
	}
	k := &a.Password[0]
	if k.Spins < 0 || k.Spins > maxSpins {
		return nil, ErrMethod
	}
	return &a, k.check()
}

// check decodes the salt and refuses what cannot be computed.
func (d *keyData) check() error {
	d.Salt = decode(d.SaltText)
	switch {
	case d.Cipher != "AES" || d.Chaining != "ChainingModeCBC" || d.hasher() == nil:
		return ErrMethod
	case d.Bits != 128 && d.Bits != 192 && d.Bits != 256 || d.Block != aes.BlockSize || len(d.Salt) == 0:
		return ErrCipher
	}
	return nil
}

func (d *keyData) hasher() hash.Hash {
	switch d.Hash {
	case "SHA1", "SHA-1":
		return sha1.New()
	case "SHA256", "SHA-256":
		return sha256.New()
	case "SHA384", "SHA-384":
		return sha512.New384()
	case "SHA512", "SHA-512":
		return sha512.New()
	case "MD5":
		return md5.New()
	}
	return nil
}

func (a *agile) spins() int { return a.Password[0].Spins }

func (a *agile) try(password []byte) (segments, bool) {
	k := &a.Password[0]
	h := k.hasher()
	base := k.spin(h, password)
	input := k.open(h, base, blockInput, k.Input)
	value := k.open(h, base, blockValue, k.Value)
	size := min(len(k.Salt), len(input))
	want := digest(h, input[:size])
	if size == 0 || len(value) < len(want) || !bytes.Equal(want, value[:len(want)]) {
		return nil, false
	}
	key := k.open(h, base, blockKey, k.KeyValue)
	if len(key) < a.Data.Bits/8 {
		return nil, false
	}
	block, err := aes.NewCipher(key[:a.Data.Bits/8])
	return &chained{block: block, salt: a.Data.Salt, hash: a.Data.hasher()}, err == nil
}

// spin hashes the password as often as the description asks.
func (k *encryptedKey) spin(h hash.Hash, password []byte) []byte {
	sum := digest(h, k.Salt, password)
	var count [4]byte
	for i := range uint32(k.Spins) {
		binary.LittleEndian.PutUint32(count[:], i)
		h.Reset()
		h.Write(count[:])
		h.Write(sum)
		sum = h.Sum(sum[:0])
	}
	return sum
}

// open decrypts one of the three values that the password protects.
func (k *encryptedKey) open(h hash.Hash, base, use []byte, text string) []byte {
	b := decode(text)
	if len(b) == 0 || len(b)%aes.BlockSize != 0 {
		return nil
	}
	block, err := aes.NewCipher(fit(digest(h, base, use), k.Bits/8))
	if err != nil {
		return nil
	}
	cipher.NewCBCDecrypter(block, fit(k.Salt, aes.BlockSize)).CryptBlocks(b, b)
	return b
}

func digest(h hash.Hash, parts ...[]byte) []byte {
	h.Reset()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// fit cuts b to a size, or fills it up with 0x36 (2.3.4.11).
func fit(b []byte, size int) []byte {
	out := bytes.Repeat([]byte{0x36}, size)
	copy(out, b)
	return out
}

// chained decrypts pieces that are each encrypted in CBC with a vector of
// their own (2.3.4.15).
type chained struct {
	block cipher.Block
	salt  []byte
	hash  hash.Hash
}

func (c *chained) decrypt(n int64, piece []byte) {
	number := binary.LittleEndian.AppendUint32(nil, uint32(n))
	vector := fit(digest(c.hash, c.salt, number), aes.BlockSize)
	cipher.NewCBCDecrypter(c.block, vector).CryptBlocks(piece, piece)
}

// decode reads base64, in which the description writes bytes; nil where it is
// none.
func decode(text string) []byte {
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return nil
	}
	return b
}
