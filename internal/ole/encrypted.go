package ole

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"unicode/utf16"
)

// Why what is encrypted cannot be opened ([MS-OFFCRYPTO]).
var (
	ErrPassword = errors.New("encrypted, and no password opens it")
	ErrMethod   = errors.New("encrypted by a method that is not supported")
	ErrCipher   = errors.New("what describes the encryption is damaged")
)

// DefaultPassword is what Excel encrypts with when it only means "read only"
// ([MS-OFFCRYPTO] 2.3.7 calls it the default password).
const DefaultPassword = "VelvetSweatshop"

// Bounds: the description is small, and all passwords together may cost
// maxSpins rounds of hashing (the specification allows ten million for one).
const (
	maxInfo  = 64 << 10
	maxSpins = 20_000_000
)

// Decrypt opens the package that an encrypted office file of 2007 or later
// keeps in its compound file, trying the passwords in order and then the
// default one. It gives the package and its size; pieces are decrypted as they
// are asked for, so that no package sits in memory. It never guesses, and how
// much work all passwords together may cost is bounded.
func Decrypt(f *File, passwords []string) (io.ReaderAt, int64, error) {
	info, pack := f.Find("EncryptionInfo"), f.Find("EncryptedPackage")
	if pack == nil || info == nil {
		return nil, 0, ErrMethod // rights management: the key is on a server
	}
	b, err := info.Bytes(maxInfo)
	if err != nil || len(b) < 8 {
		return nil, 0, ErrCipher
	}
	o, err := describe(b)
	if err != nil {
		return nil, 0, err
	}
	cipher, err := spend(o, slices.Concat(passwords, []string{DefaultPassword}))
	if err != nil {
		return nil, 0, err
	}
	return newPackage(pack, cipher)
}

// opener tries one password; spins is what a try costs.
type opener interface {
	spins() int
	try(password []byte) (segments, bool)
}

// segments decrypts the pieces of a package, each by itself, in place.
type segments interface {
	decrypt(n int64, piece []byte)
}

// spend tries passwords until one fits or the work that all may cost is done.
func spend(o opener, passwords []string) (segments, error) {
	left := maxSpins
	for _, password := range passwords {
		if left -= o.spins(); left < 0 {
			break
		}
		if s, ok := o.try(wide(password)); ok {
			return s, nil
		}
	}
	return nil, ErrPassword
}

// describe reads the version and what follows it (2.3.4.5, 2.3.4.10).
func describe(info []byte) (opener, error) {
	major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:])
	switch {
	case major == 4 && minor == 4:
		return readAgile(info[8:])
	case minor == 2 && major >= 2 && major <= 4:
		return readStandard(info[8:])
	}
	return nil, ErrMethod
}

// wide is a password as the specification hashes it, UTF-16 little-endian.
func wide(password string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(password)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// segment is the size of the pieces that are decrypted by themselves.
const segment = 4096

// decrypted is a package being read: behind eight bytes that tell its size.
type decrypted struct {
	in     io.ReaderAt
	cipher segments
	size   int64
	buf    [segment]byte
	held   int64 // the piece in buf, -1 for none
	length int   // of it
}

func newPackage(e *Entry, cipher segments) (io.ReaderAt, int64, error) {
	in := e.Open()
	var head [8]byte
	if _, err := in.ReadAt(head[:], 0); err != nil {
		return nil, 0, ErrCipher
	}
	size := int64(binary.LittleEndian.Uint64(head[:]))
	if size < 0 || size > e.Size-8 {
		size = e.Size - 8
	}
	return &decrypted{in: in, cipher: cipher, size: size, held: -1}, size, nil
}

// ReadAt decrypts the pieces that hold the bytes asked for. It is not for use
// by several goroutines at once.
func (d *decrypted) ReadAt(b []byte, off int64) (n int, err error) {
	for n < len(b) {
		if off < 0 || off >= d.size {
			return n, io.EOF
		}
		if err := d.load(off / segment); err != nil {
			return n, err
		}
		inside := int(off % segment)
		if inside >= d.length {
			return n, io.ErrUnexpectedEOF
		}
		end := min(int64(d.length), d.size-d.held*segment)
		got := copy(b[n:], d.buf[inside:end])
		n += got
		off += int64(got)
	}
	return n, nil
}

// load decrypts a piece. The last one may be cut short; whole blocks of it can
// still be read.
func (d *decrypted) load(piece int64) error {
	if piece == d.held {
		return nil
	}
	n, err := d.in.ReadAt(d.buf[:], 8+piece*segment)
	if n -= n % 16; n == 0 {
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	d.held, d.length = piece, n
	d.cipher.decrypt(piece, d.buf[:n])
	return nil
}
