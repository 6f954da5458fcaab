package zip

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/subtle"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decrypt tries the passwords. The check bytes of both ciphers let a wrong
// password through now and then (one in 256 and 65,536), so a candidate is
// accepted only if the entry's beginning can be expanded, and where that is
// all of it, if its checksum is right.
func (e *Entry) decrypt(data *io.SectionReader, m *method, passwords []string) (io.ReadCloser, error) {
	if e.Encryption == Strong {
		return nil, fmt.Errorf("%w: PKWARE strong encryption", ErrCipher)
	}
	open := e.openZipCrypto
	if e.Encryption == AES {
		open = e.openAES
	}
	for _, password := range passwords {
		for _, key := range spellings(password) {
			trial, err := open(data, m, key)
			if err != nil {
				return nil, err
			}
			if trial == nil || !plausible(trial) {
				continue
			}
			return open(data, m, key)
		}
	}
	return nil, ErrPassword
}

// spellings are the bytes that a password has on the machines that made
// archives: UTF-8, and where they differ Windows-1252 and code page 850.
func spellings(password string) [][]byte {
	keys := [][]byte{[]byte(password)}
	ascii := true
	for _, c := range []byte(password) {
		ascii = ascii && c < utf8.RuneSelf
	}
	if ascii {
		return keys
	}
	for _, page := range [...]*charmap.Charmap{charmap.Windows1252, charmap.CodePage850} {
		if b, err := page.NewEncoder().Bytes([]byte(password)); err == nil {
			keys = append(keys, b)
		}
	}
	return keys
}

// plausible expands up to 1 MiB.
func plausible(r io.ReadCloser) bool {
	defer r.Close()
	_, err := io.CopyN(io.Discard, r, 1<<20)
	return err == nil || err == io.EOF || errors.Is(err, ErrCut)
}

// openZipCrypto gives nil where the check byte says that the key is wrong.
func (e *Entry) openZipCrypto(data *io.SectionReader, m *method, key []byte) (io.ReadCloser, error) {
	const headerLen = 12
	var head [headerLen]byte
	if e.Packed < headerLen || !readFull(data, head[:], 0) {
		return nil, ErrCut
	}
	keys := newZipKeys(key)
	keys.open(head[:])
	check := byte(e.CRC32 >> 24)
	if e.Flags&flagDescriptor != 0 {
		check = byte(e.dosTime >> 8)
	}
	if head[headerLen-1] != check && head[headerLen-1] != byte(e.CRC32>>24) {
		return nil, nil
	}
	body := io.NewSectionReader(data, headerLen, e.Packed-headerLen)
	plain := *e
	plain.Packed -= headerLen
	return plain.expand(&zipCryptoReader{r: body, keys: keys}, m, e.checked)
}

// zipKeys is the state of the traditional cipher, APPNOTE 6.1.
type zipKeys [3]uint32

func newZipKeys(password []byte) *zipKeys {
	k := &zipKeys{0x12345678, 0x23456789, 0x34567890}
	for _, b := range password {
		k.update(b)
	}
	return k
}

func (k *zipKeys) update(b byte) {
	k[0] = crc32.IEEETable[byte(k[0])^b] ^ k[0]>>8
	k[1] = (k[1]+k[0]&0xff)*134775813 + 1
	k[2] = crc32.IEEETable[byte(k[2])^byte(k[1]>>24)] ^ k[2]>>8
}

// open decrypts in place.
func (k *zipKeys) open(p []byte) {
	for i, c := range p {
		t := k[2] | 2
		p[i] = c ^ byte(t*(t^1)>>8)
		k.update(p[i])
	}
}

type zipCryptoReader struct {
	r    io.Reader
	keys *zipKeys
}

func (z *zipCryptoReader) Read(p []byte) (int, error) {
	n, err := z.r.Read(p)
	z.keys.open(p[:n])
	return n, err
}

// openAES gives nil where the check value says that the key is wrong. Layout:
// salt, two check bytes, ciphertext, ten bytes of HMAC-SHA1.
func (e *Entry) openAES(data *io.SectionReader, m *method, password []byte) (io.ReadCloser, error) {
	const checkLen, macLen, rounds = 2, 10, 1000
	if e.strength < 1 || e.strength > 3 {
		return nil, ErrBroken
	}
	keyLen := 8 + 8*int(e.strength)
	head := make([]byte, keyLen/2+checkLen)
	bodyLen := e.Packed - int64(len(head)) - macLen
	if bodyLen < 0 {
		return nil, ErrBroken
	}
	if !readFull(data, head, 0) {
		return nil, ErrCut
	}
	keys, err := pbkdf2.Key(sha1.New, string(password), head[:keyLen/2], rounds, 2*keyLen+checkLen)
	if err != nil {
		return nil, fmt.Errorf("derive AES key: %w", err)
	}
	if subtle.ConstantTimeCompare(keys[2*keyLen:], head[keyLen/2:]) == 0 {
		return nil, nil
	}
	block, err := aes.NewCipher(keys[:keyLen])
	if err != nil {
		return nil, fmt.Errorf("make AES cipher: %w", err)
	}
	body := &aesReader{r: io.NewSectionReader(data, int64(len(head)), bodyLen), block: block,
		mac: hmac.New(sha1.New, keys[keyLen:2*keyLen]), used: aes.BlockSize}
	body.tail = io.NewSectionReader(data, int64(len(head))+bodyLen, macLen)
	plain := *e
	plain.Packed = bodyLen
	return plain.expand(body, m, e.checked)
}

// aesReader decrypts in counter mode. The counter is little-endian and starts
// at 1, unlike that of crypto/cipher.
type aesReader struct {
	r, tail io.Reader
	block   cipher.Block
	mac     hash.Hash
	counter [aes.BlockSize]byte
	stream  [aes.BlockSize]byte
	used    int
}

func (a *aesReader) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	a.mac.Write(p[:n])
	for i := range p[:n] {
		if a.used == aes.BlockSize {
			a.next()
		}
		p[i] ^= a.stream[a.used]
		a.used++
	}
	if err == io.EOF {
		var want [10]byte
		if _, short := io.ReadFull(a.tail, want[:]); short == nil && !bytes.Equal(a.mac.Sum(nil)[:10], want[:]) {
			return n, fmt.Errorf("%w: authentication code", ErrBroken)
		}
	}
	return n, err
}

func (a *aesReader) next() {
	for i := range a.counter {
		if a.counter[i]++; a.counter[i] != 0 {
			break
		}
	}
	a.block.Encrypt(a.stream[:], a.counter[:])
	a.used = 0
}
