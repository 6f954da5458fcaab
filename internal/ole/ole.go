package ole

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
)

// Magic is how every compound file begins.
const Magic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// ErrNotOLE means that the bytes are no compound file, or that nothing of one
// is left.
var ErrNotOLE = errors.New("not an OLE compound file")

// Kind is what an entry is.
type Kind uint8

const (
	Storage Kind = 1 // a folder
	Stream  Kind = 2
	Root    Kind = 5
)

// File is an open compound file.
type File struct {
	Root    *Entry
	Entries []*Entry // all but the root, in the order of the directory
	Guessed bool     // sectors were taken to follow each other because the table that says so is lost
	Cut     bool     // the file ends before its own structure does
	Broken  bool     // the structure contradicts itself somewhere

	source  io.ReaderAt
	size    int64
	shift   uint // of the sector size
	sectors uint32
	known   []uint32 // the allocation table, as far as it could be read
	lost    []bool   // parts of the table (one sector each) that could not be read
	mini    []uint32 // the allocation table of small streams
	cutoff  int64    // streams below this size are small
	small   *reader  // the stream that holds the small streams
}

// Entry is a storage or a stream.
type Entry struct {
	Name     string
	Kind     Kind
	Size     int64 // of a stream, as declared but never more than the file
	Class    [16]byte
	Created  int64 // UTC seconds, 0 when not known
	Modified int64
	Parent   *Entry
	Children []*Entry // in the order of the container's tree
	Orphan   bool     // not in the tree; hung below the root

	file              *File
	start             uint32
	left, right, down uint32
}

// Open reads the structure of a compound file. It fails with ErrNotOLE only.
func Open(source io.ReaderAt, size int64) (*File, error) {
	var head [512]byte
	n, _ := source.ReadAt(head[:], 0)
	if n < 80 || string(head[:8]) != Magic {
		return nil, ErrNotOLE
	}
	f := &File{source: source, size: size}
	f.readHeader(head[:])
	f.readTable(head[:])
	f.readDirectory(binary.LittleEndian.Uint32(head[48:]))
	if f.Root == nil {
		return nil, ErrNotOLE
	}
	f.readMini(binary.LittleEndian.Uint32(head[60:]))
	return f, nil
}

// readHeader reads [MS-CFB] 2.2. A sector size that makes no sense is taken to
// be the usual one.
func (f *File) readHeader(head []byte) {
	f.shift = uint(binary.LittleEndian.Uint16(head[30:]))
	if f.shift < 7 || f.shift > 16 {
		f.shift, f.Broken = 9, true
	}
	f.cutoff = int64(binary.LittleEndian.Uint32(head[56:]))
	if f.cutoff == 0 || f.cutoff > 1<<16 {
		f.cutoff = 4096
	}
	f.sectors = uint32(min((max(f.size, 1)-1)>>f.shift, maxRegular))
}

// Find gives the entry at a path below the root, or nil. Letter case is not
// looked at: writers differ.
func (f *File) Find(path ...string) *Entry { return f.Root.Find(path...) }

// Find gives the entry at a path below this one, or nil.
func (e *Entry) Find(path ...string) *Entry {
	for _, name := range path {
		if e = e.child(name); e == nil {
			return nil
		}
	}
	return e
}

func (e *Entry) child(name string) *Entry {
	for _, c := range e.Children {
		if strings.EqualFold(c.Name, name) {
			return c
		}
	}
	return nil
}

// Path is the names from below the root to the entry.
func (e *Entry) Path() (names []string) {
	for ; e != nil && e.Kind != Root; e = e.Parent {
		names = append([]string{e.Name}, names...)
	}
	return names
}

// Open gives the bytes of a stream. A storage has none.
func (e *Entry) Open() *io.SectionReader {
	if e.Kind != Stream {
		return io.NewSectionReader(&reader{}, 0, 0)
	}
	return io.NewSectionReader(e.file.stream(e), 0, e.Size)
}

// Bytes reads a stream of at most limit bytes whole; what a larger one holds
// beyond is left. The error is io.ErrUnexpectedEOF where the stream ends early.
func (e *Entry) Bytes(limit int64) ([]byte, error) {
	n := min(e.Size, limit)
	if e.Kind != Stream || n <= 0 {
		return nil, nil
	}
	in := e.file.stream(e)
	b := make([]byte, min(n, in.size))
	got, err := in.ReadAt(b, 0)
	if int64(got) == n {
		return b, nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return b[:got], err
}

// stream gives the reader of a stream: of its own sectors, or of a part of the
// stream that holds the small ones.
func (f *File) stream(e *Entry) *reader {
	if e.Size >= f.cutoff || f.small == nil {
		return f.follow(e.start, e.Size)
	}
	return f.followMini(e.start, e.Size)
}
