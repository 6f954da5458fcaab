package object

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"io"
	"strings"
)

// lock deciphers strings and streams (ISO 32000-2, 7.6).
type lock struct {
	key      []byte
	strs     method
	strms    method
	metadata bool // metadata is enciphered too
	num      int  // of the encryption dictionary, whose strings are plain
}

// method is how bytes are enciphered.
type method uint8

const (
	plain method = iota
	rc4Cipher
	aesCipher // AES-128 with a key for each object
	aesWide   // AES-256 with the one key
)

// pad fills passwords up to 32 bytes (7.6.4.3.2).
const pad = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// unlock finds the key. Locked is set where the file is encrypted and no
// password fits.
func (f *File) unlock() {
	f.lock, f.Locked = nil, false
	d := f.Dict(f.Trailer["Encrypt"])
	if d == nil {
		return
	}
	f.Locked = true
	if name := f.Name(d["Filter"]); name != "Standard" && name != "" {
		return
	}
	h := f.handler(d)
	l := &lock{metadata: h.metadata}
	if ref, ok := f.Trailer["Encrypt"].(Ref); ok {
		l.num = ref.Num
	}
	if l.strs, l.strms, h.length = f.methods(d, h); l.strs == plain && l.strms == plain {
		f.Locked = false
		return
	}
	for _, word := range append([]string{""}, f.words...) {
		if key := h.open(word); key != nil {
			l.key, f.lock, f.Locked = key, l, false
			f.forget()
			return
		}
	}
}

// handler is the standard security handler's values (table 21).
type handler struct {
	version, revision int
	length            int // of the key, in bytes
	owner, user       string
	ownerKey, userKey string
	permissions       int
	id                string
	metadata          bool
}

func (f *File) handler(d Dict) handler {
	h := handler{version: f.Int(d["V"], 0), revision: f.Int(d["R"], 2), length: f.Int(d["Length"], 40) / 8,
		owner: f.String(d["O"]), user: f.String(d["U"]), ownerKey: f.String(d["OE"]), userKey: f.String(d["UE"]), metadata: true}
	if p, ok := f.Number(d["P"]); ok {
		h.permissions = int(int64(p))
	}
	if v, ok := f.Resolve(d["EncryptMetadata"]).(bool); ok {
		h.metadata = v
	}
	if id := f.Array(f.Trailer["ID"]); len(id) > 0 {
		h.id = f.String(id[0])
	}
	return h
}

// methods says how strings and streams are enciphered, and the key's length.
func (f *File) methods(d Dict, h handler) (strs, strms method, length int) {
	length = min(max(h.length, 5), 16)
	switch {
	case h.version < 4:
		if h.version < 2 {
			length = 5
		}
		return rc4Cipher, rc4Cipher, length
	}
	cf := f.Dict(d["CF"])
	of := func(key Name) method {
		name := f.Name(d[key])
		if name == "" || name == "Identity" {
			return plain
		}
		switch c := f.Dict(cf[name]); f.Name(c["CFM"]) {
		case "V2":
			if n := f.Int(c["Length"], 0); n >= 5 && n <= 16 {
				length = n
			} else if n >= 40 && n <= 128 {
				length = n / 8
			}
			return rc4Cipher
		case "AESV2":
			length = 16
			return aesCipher
		case "AESV3":
			length = 32
			return aesWide
		}
		return plain
	}
	return of("StrF"), of("StmF"), length
}

// open gives the file's key for a password, as a user's or an owner's; nil
// where it is neither.
func (h handler) open(password string) []byte {
	if h.revision >= 5 {
		return h.openWide(password)
	}
	if len(h.owner) < 32 || len(h.user) < 16 {
		return nil
	}
	if key := h.userOpens([]byte(password)); key != nil {
		return key
	}
	return h.userOpens(h.userFromOwner([]byte(password)))
}

func padded(password []byte) []byte {
	return append(bytes.Clone(password[:min(len(password), 32)]), pad...)[:32]
}

// userOpens is algorithm 2, checked by algorithms 4 and 5.
func (h handler) userOpens(password []byte) []byte {
	m := md5.New()
	m.Write(padded(password))
	io.WriteString(m, h.owner[:32])
	p := uint32(h.permissions)
	m.Write([]byte{byte(p), byte(p >> 8), byte(p >> 16), byte(p >> 24)})
	io.WriteString(m, h.id)
	if h.revision >= 4 && !h.metadata {
		m.Write([]byte{0xFF, 0xFF, 0xFF, 0xFF})
	}
	key := m.Sum(nil)
	n := min(h.length, 16)
	if h.revision >= 3 {
		for range 50 {
			sum := md5.Sum(key[:n])
			key = sum[:]
		}
	}
	key = key[:n]
	want := []byte(pad)
	if h.revision >= 3 {
		sum := md5.Sum([]byte(pad + h.id))
		want = rounds(key, sum[:], false)
		return match(key, want[:16], h.user[:16])
	}
	return match(key, rc4Once(key, want), h.user)
}

func match(key, got []byte, want string) []byte {
	if string(got) == want[:min(len(want), len(got))] {
		return key
	}
	return nil
}

// userFromOwner is algorithm 7: the user's password under an owner's.
func (h handler) userFromOwner(password []byte) []byte {
	sum := md5.Sum(padded(password))
	key := sum[:]
	n := 5
	if h.revision >= 3 {
		for range 50 {
			sum = md5.Sum(key)
			key = sum[:]
		}
		n = min(h.length, 16)
	}
	owner := []byte(h.owner[:32])
	if h.revision < 3 {
		return rc4Once(key[:n], owner)
	}
	return rounds(key[:n], owner, true)
}

func rc4Once(key, data []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		return data
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

// rounds enciphers twenty times with the key and its number XORed.
func rounds(key, data []byte, down bool) []byte {
	k := make([]byte, len(key))
	for i := range 20 {
		x := byte(i)
		if down {
			x = byte(19 - i)
		}
		for j := range key {
			k[j] = key[j] ^ x
		}
		data = rc4Once(k, data)
	}
	return data
}

// openWide is algorithm 2.A, for AES-256.
func (h handler) openWide(password string) []byte {
	if len(h.user) < 48 || len(h.owner) < 48 || len(h.userKey) < 32 || len(h.ownerKey) < 32 {
		return nil
	}
	password = password[:min(len(password), 127)]
	user := h.user[:48]
	if h.hash(password, h.owner[32:40], user) == h.owner[:32] {
		return unwrap(h.hash(password, h.owner[40:48], user), h.ownerKey[:32])
	}
	if h.hash(password, h.user[32:40], "") == h.user[:32] {
		return unwrap(h.hash(password, h.user[40:48], ""), h.userKey[:32])
	}
	return nil
}

func unwrap(key, wrapped string) []byte {
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		return nil
	}
	out := make([]byte, len(wrapped))
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(out, []byte(wrapped))
	return out
}

// hash is algorithm 2.B; for revision 5 its first step alone.
func (h handler) hash(password, salt, user string) string {
	sum := sha256.Sum256([]byte(password + salt + user))
	k := sum[:]
	if h.revision < 6 {
		return string(k)
	}
	for i := 0; ; i++ {
		one := strings.Repeat(password+string(k)+user, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return ""
		}
		e := []byte(one)
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		k = hashMod3(e)
		if i >= 63 && int(e[len(e)-1]) <= i-31 {
			return string(k[:32])
		}
	}
}

// hashMod3 picks SHA-256, 384 or 512 by the first 16 bytes modulo 3.
func hashMod3(e []byte) []byte {
	var n int
	for _, c := range e[:16] {
		n += int(c)
	}
	switch n % 3 {
	case 0:
		s := sha256.Sum256(e)
		return s[:]
	case 1:
		s := sha512.Sum384(e)
		return s[:]
	}
	s := sha512.Sum512(e)
	return s[:]
}

// strings gives what deciphers the strings of an object.
func (l *lock) strings(ref Ref) func(string) string {
	if l.strs == plain || ref.Num == l.num {
		return nil
	}
	key := l.keyFor(ref, l.strs)
	return func(s string) string {
		if l.strs == rc4Cipher {
			return string(rc4Once(key, []byte(s)))
		}
		out, _ := io.ReadAll(unCBC(key, strings.NewReader(s)))
		return string(out)
	}
}

// keyFor is algorithm 1: the key of one object.
func (l *lock) keyFor(ref Ref, m method) []byte {
	if m == aesWide {
		return l.key
	}
	b := append(bytes.Clone(l.key), byte(ref.Num), byte(ref.Num>>8), byte(ref.Num>>16), byte(ref.Gen), byte(ref.Gen>>8))
	if m == aesCipher {
		b = append(b, "sAlT"...)
	}
	sum := md5.Sum(b)
	return sum[:min(len(l.key)+5, 16)]
}

// stream deciphers a stream's bytes.
func (l *lock) stream(f *File, s *Stream, r io.Reader) io.Reader {
	kind := f.Name(s.Dict["Type"])
	if kind == "XRef" || kind == "Metadata" && !l.metadata {
		return r
	}
	for _, name := range f.filterNames(s.Dict) {
		if name == "Crypt" {
			return r // the only crypt filter in use is Identity
		}
	}
	switch l.strms {
	case plain:
		return r
	case rc4Cipher:
		c, err := rc4.NewCipher(l.keyFor(s.Ref, l.strms))
		if err != nil {
			return r
		}
		return cipher.StreamReader{S: c, R: r}
	}
	return unCBC(l.keyFor(s.Ref, l.strms), r)
}

// unCBC deciphers AES in CBC with the first block as its start value and PKCS 7
// padding at the end.
func unCBC(key []byte, r io.Reader) io.Reader {
	var iv [aes.BlockSize]byte
	block, err := aes.NewCipher(key)
	if err != nil {
		return r
	}
	if _, err := io.ReadFull(r, iv[:]); err != nil {
		return strings.NewReader("")
	}
	mode := cipher.NewCBCDecrypter(block, iv[:])
	buf, held := make([]byte, 4096), []byte(nil)
	return &puller{next: func() ([]byte, error) {
		n, err := io.ReadFull(r, buf)
		n -= n % aes.BlockSize
		out := append(held, make([]byte, n)...)
		mode.CryptBlocks(out[len(held):], buf[:n])
		if err == nil { // the last block waits: it may end with padding
			held = bytes.Clone(out[len(out)-aes.BlockSize:])
			return out[:len(out)-aes.BlockSize], nil
		}
		if k := len(out); k > 0 && out[k-1] >= 1 && out[k-1] <= aes.BlockSize {
			out = out[:k-int(out[k-1])]
		}
		return out, io.EOF
	}}
}
