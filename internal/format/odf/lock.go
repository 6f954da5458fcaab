package odf

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve/internal/format/pack"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// maxRounds bounds the rounds of key derivation that one document may cost,
// over all passwords and parts.
const maxRounds = 20_000_000

// lock says how a part is encrypted (ODF 1.3 part 2, 4.8).
type lock struct {
	cipher, derivation, start, sumKind string
	vector, salt, sum                  []byte
	rounds, keyBytes                   int
}

// locks are the encrypted parts of a package by key, and the password that
// opens them.
type locks struct {
	parts    map[string]*lock
	password string
	rounds   int // spent so far
}

// readLocks reads which parts are encrypted.
func (f *file) readLocks() {
	f.locks.parts = map[string]*lock{}
	in, err := f.pack.Stream("META-INF/manifest.xml")
	if err != nil {
		return // the content itself will tell
	}
	defer in.Close()
	s := xmlscan.New(in)
	var l *lock
	entry := ""
	for kind := s.Next(); kind != xmlscan.None; kind = s.Next() {
		if kind != xmlscan.Start {
			continue
		}
		switch local := string(s.Local()); local {
		case "file-entry":
			entry, l = pack.Key(s.Get("full-path")), nil
		case "encryption-data":
			l = &lock{sumKind: s.Get("checksum-type"), sum: decode(s.Get("checksum")), start: "sha1", keyBytes: 16}
			f.locks.parts[entry] = l
		default:
			if l != nil {
				l.read(local, s)
			}
		}
	}
}

func (l *lock) read(local string, s *xmlscan.Scanner) {
	switch local {
	case "algorithm":
		l.cipher, l.vector = s.Get("algorithm-name"), decode(s.Get("initialisation-vector"))
	case "key-derivation":
		l.derivation, l.salt = s.Get("key-derivation-name"), decode(s.Get("salt"))
		l.rounds, _ = strconv.Atoi(s.Get("iteration-count"))
		if n, err := strconv.Atoi(s.Get("key-size")); err == nil {
			l.keyBytes = n
		}
	case "start-key-generation":
		l.start = s.Get("start-key-generation-name")
	}
}

func decode(text string) []byte {
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return nil
	}
	return b
}

// unlock finds the password of an encrypted document; nil also where nothing is
// encrypted.
func (f *file) unlock(passwords []string) error {
	f.readLocks()
	if f.locks.parts["encrypted-package"] != nil {
		return part.Encrypted("the document is encrypted by a method that is not supported")
	}
	l := f.locks.parts["content.xml"]
	if l == nil {
		return nil
	}
	if !l.supported() {
		return part.Encrypted("the document is encrypted by a method that is not supported")
	}
	for _, password := range passwords {
		if f.fits("content.xml", l, password) {
			f.locks.password = password
			return nil
		}
	}
	return part.Encrypted("the document has a password")
}

// supported reports whether the encryption is AES in CBC with PBKDF2, which
// programs have written since ODF 1.2.
func (l *lock) supported() bool {
	return strings.HasSuffix(l.cipher, "-cbc") && strings.Contains(l.cipher, "#aes") && strings.HasSuffix(l.derivation, "PBKDF2") &&
		(l.keyBytes == 16 || l.keyBytes == 24 || l.keyBytes == 32) && len(l.vector) == aes.BlockSize && l.rounds > 0
}

// plain decrypts what in holds; nil when the work for keys is used up.
func (f *file) plain(in io.Reader, l *lock, password string) io.Reader {
	if f.locks.rounds += l.rounds; !l.supported() || f.locks.rounds > maxRounds || f.locks.rounds < 0 {
		return nil
	}
	sum := sha1.Sum([]byte(password))
	start := sum[:]
	if strings.HasSuffix(l.start, "sha256") {
		wide := sha256.Sum256([]byte(password))
		start = wide[:]
	}
	key, err := pbkdf2.Key(sha1.New, string(start), l.salt, l.rounds, l.keyBytes)
	if err != nil {
		return nil
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil
	}
	return &chain{in: in, mode: cipher.NewCBCDecrypter(block, l.vector)}
}

// fits compares the checksum of the first kilobyte of a part.
func (f *file) fits(name string, l *lock, password string) bool {
	in, err := f.pack.Stream(name)
	if err != nil {
		return false
	}
	defer in.Close()
	r := f.plain(in, l, password)
	if r == nil {
		return false
	}
	b := make([]byte, 1024+aes.BlockSize)
	n, _ := io.ReadFull(r, b)
	if b = b[:n]; n > 1024 {
		b = b[:1024]
	} else if n > 0 && int(b[n-1]) <= n {
		b = b[:n-int(b[n-1])] // padding
	}
	if strings.HasSuffix(strings.ToLower(l.sumKind), "sha256-1k") {
		sum := sha256.Sum256(b)
		return bytes.Equal(sum[:], l.sum)
	}
	sum := sha1.Sum(b)
	return bytes.Equal(sum[:], l.sum)
}

// stream opens a part, decrypted where it is encrypted.
func (f *file) stream(name string) (io.ReadCloser, error) {
	in, err := f.pack.Stream(name)
	l := f.locks.parts[pack.Key(name)]
	if err != nil || l == nil {
		return in, err
	}
	r := f.plain(in, l, f.locks.password)
	if r == nil {
		in.Close()
		return nil, part.Encrypted("a part is encrypted by a method that is not supported")
	}
	return &opened{Reader: flate.NewReader(r), in: in, out: f.out}, nil
}

// opened counts what a decrypted part expands to.
type opened struct {
	io.Reader
	in  io.Closer
	out *part.Writer
}

func (o *opened) Read(b []byte) (int, error) {
	n, err := o.Reader.Read(b)
	if limit := o.out.Expand(int64(n)); limit != nil {
		return 0, limit
	}
	if err != nil && err != io.EOF {
		err = part.Broken("a part is damaged")
	}
	return n, err
}

func (o *opened) Close() error { return o.in.Close() }

// chain decrypts whole blocks; half a block at the end is dropped. Padding is
// left for the decompressor, which knows its own end.
type chain struct {
	in   io.Reader
	mode cipher.BlockMode
	buf  [4096]byte
	left []byte
}

func (c *chain) Read(b []byte) (int, error) {
	if len(c.left) == 0 {
		n, err := io.ReadFull(c.in, c.buf[:])
		if n -= n % aes.BlockSize; n == 0 {
			if err == io.ErrUnexpectedEOF {
				err = io.EOF
			}
			return 0, err
		}
		c.left = c.buf[:n]
		c.mode.CryptBlocks(c.left, c.left)
	}
	n := copy(b, c.left)
	c.left = c.left[n:]
	return n, nil
}
