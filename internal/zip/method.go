package zip

import (
	"bufio"
	"compress/bzip2"
	"encoding/binary"
	"errors"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
	"github.com/ulikunitz/xz/lzma"
)

// Compression methods, APPNOTE 4.4.5.
const (
	Store     = 0
	Deflate   = 8
	Deflate64 = 9
	BZip2     = 12
	LZMA      = 14
	Zstandard = 93
	XZ        = 95
)

// MaxDictionary is the largest window, in bytes, that a stream may ask for.
const MaxDictionary = 256 << 20

// method is a way of compressing; open is nil where it is known by name only.
type method struct {
	id   uint16
	name string
	open func(d *Directory, r io.Reader, e *Entry) (io.ReadCloser, error)
}

var methods = []method{
	{Store, "store", func(_ *Directory, r io.Reader, _ *Entry) (io.ReadCloser, error) { return io.NopCloser(r), nil }},
	{1, "shrink", nil},
	{2, "reduce", nil}, {3, "reduce", nil}, {4, "reduce", nil}, {5, "reduce", nil},
	{6, "implode", nil},
	{Deflate, "deflate", openDeflate},
	{Deflate64, "deflate64", func(_ *Directory, r io.Reader, _ *Entry) (io.ReadCloser, error) {
		return io.NopCloser(newInflate64(r)), nil
	}},
	{10, "DCL implode", nil},
	{BZip2, "bzip2", func(_ *Directory, r io.Reader, _ *Entry) (io.ReadCloser, error) {
		return io.NopCloser(bzip2.NewReader(r)), nil
	}},
	{LZMA, "lzma", openLZMA},
	{20, "zstd", openZstd}, // the number that version 6.3.7 gave and 6.3.8 took back
	{Zstandard, "zstd", openZstd},
	{94, "mp3", nil},
	{XZ, "xz", func(_ *Directory, r io.Reader, _ *Entry) (io.ReadCloser, error) { return NewXZ(r) }},
	{96, "jpeg", nil}, {97, "wavpack", nil}, {98, "ppmd", nil},
	{methodAES, "aes", nil},
}

// methodName is the name of a known method, else "".
func methodName(id uint16) string {
	if m := findMethod(id); m != nil {
		return m.name
	}
	return ""
}

func findMethod(id uint16) *method {
	for i := range methods {
		if methods[i].id == id {
			return &methods[i]
		}
	}
	return nil
}

// flateCloser returns its decoder to the pool of the directory.
type flateCloser struct {
	io.Reader
	d *Directory
}

func (f *flateCloser) Close() error {
	if f.Reader != nil {
		f.d.flates.Put(f.Reader)
		f.Reader = nil
	}
	return nil
}

func (f *flateCloser) Read(p []byte) (int, error) {
	if f.Reader == nil {
		return 0, errors.New("read of a closed entry")
	}
	return f.Reader.Read(p)
}

func openDeflate(d *Directory, r io.Reader, _ *Entry) (io.ReadCloser, error) {
	if used, ok := d.flates.Get().(io.Reader); ok {
		if err := used.(flate.Resetter).Reset(r, nil); err == nil {
			return &flateCloser{used, d}, nil
		}
	}
	return &flateCloser{flate.NewReader(r), d}, nil
}

// openLZMA rebuilds the header of a lone LZMA file from the shorter one of
// APPNOTE 5.8.8: two bytes version, two bytes length, then the properties.
func openLZMA(_ *Directory, r io.Reader, e *Entry) (io.ReadCloser, error) {
	var short [9]byte
	if _, err := io.ReadFull(r, short[:]); err != nil {
		return nil, err
	}
	if le.Uint16(short[2:]) != 5 || le.Uint32(short[5:]) > MaxDictionary {
		return nil, ErrBroken
	}
	header := make([]byte, 5, lzma.HeaderLen)
	copy(header, short[4:])
	size := uint64(1<<64 - 1) // an end mark follows the data
	if e.Flags&2 == 0 && e.Size >= 0 {
		size = uint64(e.Size)
	}
	header = binary.LittleEndian.AppendUint64(header, size)
	lr, err := lzma.ReaderConfig{DictCap: MaxDictionary}.NewReader(io.MultiReader(&byteSource{b: header}, r))
	if err != nil {
		return nil, err
	}
	return io.NopCloser(lr), nil
}

// byteSource reads a few bytes once.
type byteSource struct{ b []byte }

func (s *byteSource) Read(p []byte) (int, error) {
	if len(s.b) == 0 {
		return 0, io.EOF
	}
	n := copy(p, s.b)
	s.b = s.b[n:]
	return n, nil
}

func openZstd(_ *Directory, r io.Reader, _ *Entry) (io.ReadCloser, error) { return NewZstd(r) }

// NewZstd expands a Zstandard stream on one core, with a bounded window.
func NewZstd(r io.Reader) (io.ReadCloser, error) {
	zr, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(MaxDictionary), zstd.WithDecoderMaxMemory(MaxDictionary))
	if err != nil {
		return nil, err
	}
	return zr.IOReadCloser(), nil
}

// NewXZ expands an XZ stream. The dictionary that the first block asks for is
// checked before it is allocated.
func NewXZ(r io.Reader) (io.ReadCloser, error) {
	br := bufio.NewReaderSize(r, 1<<16)
	// 12 bytes stream header; then a block header of at most 1,024 bytes.
	if head, _ := br.Peek(12 + 1024); largestDictionary(head) > MaxDictionary {
		return nil, ErrBroken
	}
	xr, err := xz.NewReader(br)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(xr), nil
}

// largestDictionary reads the LZMA2 filter (id 0x21, one property byte) of the
// first block header; XZ format 1.1.0, sections 3.1 and 5.3.1.
func largestDictionary(head []byte) int64 {
	if len(head) < 14 {
		return 0
	}
	block := head[12:]
	block = block[:min(len(block), (int(block[0])+1)*4)]
	for i := 2; i+2 < len(block); i++ {
		if block[i] == 0x21 && block[i+1] == 1 && block[i+2] <= 40 {
			bits := int64(block[i+2])
			return (2 | bits&1) << (bits/2 + 11)
		}
	}
	return 0
}
