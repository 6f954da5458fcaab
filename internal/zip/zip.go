package zip

import (
	"errors"
	"io"
	"sync"
)

// Why a directory or an entry cannot be had. Test with errors.Is.
var (
	ErrNotZip   = errors.New("not a ZIP container")
	ErrPassword = errors.New("encrypted, and no password opens it")
	ErrCipher   = errors.New("encrypted by a method that cannot be opened")
	ErrMethod   = errors.New("compression method not supported")
	ErrSpanned  = errors.New("in another volume of a spanned archive")
	ErrCut      = errors.New("the container ends before the entry does")
	ErrBroken   = errors.New("the entry contradicts its header")
	ErrOverlap  = errors.New("the entry shares bytes with another")
)

// MaxEntries is the most entries that a Directory holds; TooMany says that
// there were more.
const MaxEntries = 1 << 20

// Encryption says how an entry is encrypted.
type Encryption uint8

const (
	Clear     Encryption = iota
	ZipCrypto            // the traditional cipher of APPNOTE 6.1
	AES                  // WinZip AE-1 or AE-2
	Strong               // PKWARE strong encryption (APPNOTE 7); never opened
)

// Directory is what a container says it holds.
type Directory struct {
	Entries  []*Entry // in stored order: by place in the file
	Salvaged bool     // the central directory was lost or incomplete; local headers were read
	Cut      bool     // the container ends before its own structure does
	Spanned  bool     // one volume of several
	TooMany  bool     // there were more than MaxEntries

	source io.ReaderAt
	size   int64
	flates sync.Pool // of deflate decoders, for containers of a million small entries
}

// Entry is one member of a container.
type Entry struct {
	Name       string // UTF-8 where the name could be decoded, else its bytes
	Size       int64  // expanded bytes as declared; -1 when not known
	Packed     int64  // bytes in the container
	CRC32      uint32
	Method     uint16 // compression, also where it is wrapped in AES
	Flags      uint16 // general purpose bits
	Modified   int64  // UTC seconds, 0 when not known
	Encryption Encryption
	Dir        bool  // a folder, without bytes
	Link       bool  // a symbolic link; its bytes are the target
	Fault      error // set when the bytes cannot be had whatever the password

	dir      *Directory
	header   int64 // place of the local header
	end      int64 // the first byte that belongs to something else
	strength byte  // AES key length: 1, 2, 3 for 128, 192, 256 bits
	checked  bool  // the CRC-32 is given (AE-2 gives none)
	dosTime  uint16
}

// Open reads the directory of a container of size bytes. It fails with
// ErrNotZip only: a container of which nothing but parts is left gives a
// Directory that says so.
func Open(source io.ReaderAt, size int64) (*Directory, error) {
	d := &Directory{source: source, size: size}
	complete := false
	if end, ok := findEnd(source, size); ok {
		complete = d.readCentral(end)
	}
	complete = d.dropAstray() && complete
	if !complete {
		d.salvage()
	}
	if !complete && len(d.Entries) == 0 && !d.Spanned && !d.Cut {
		return nil, ErrNotZip
	}
	d.settle()
	return d, nil
}

// Names gives the names of the entries, which is what tells a word processor's
// file from a spreadsheet or a plain archive.
func (d *Directory) Names() []string {
	names := make([]string, len(d.Entries))
	for i, e := range d.Entries {
		names[i] = e.Name
	}
	return names
}

// Find gives the entry of exactly that name, or nil.
func (d *Directory) Find(name string) *Entry {
	for _, e := range d.Entries {
		if e.Name == name {
			return e
		}
	}
	return nil
}
