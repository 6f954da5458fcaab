package zip

import (
	"bufio"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
)

// Open gives the expanded bytes. At their end Read returns io.EOF only when
// size and CRC-32 are right; else ErrBroken, or ErrCut where the container
// ends inside the entry: what was read until then is what there is.
func (e *Entry) Open() (io.ReadCloser, error) { return e.OpenWith(nil) }

// OpenWith is Open for an entry that may be encrypted, trying passwords in
// order. ErrPassword means that none fits.
func (e *Entry) OpenWith(passwords []string) (io.ReadCloser, error) {
	if e.Fault != nil {
		return nil, e.Fault
	}
	m := findMethod(e.Method)
	if m == nil || m.open == nil {
		if m != nil {
			return nil, fmt.Errorf("%w: %s", ErrMethod, m.name)
		}
		return nil, fmt.Errorf("%w: number %d", ErrMethod, e.Method)
	}
	data, err := e.data()
	if err != nil {
		return nil, err
	}
	if e.Encryption == Clear {
		return e.expand(data, m, e.checked)
	}
	return e.decrypt(data, m, passwords)
}

// data finds the bytes of the entry behind its local header.
func (e *Entry) data() (*io.SectionReader, error) {
	var b [lenLocal]byte
	if !readFull(e.dir.source, b[:], e.header) {
		return nil, ErrCut
	}
	if le.Uint32(b[:]) != sigLocal {
		return nil, fmt.Errorf("%w: no local header at its place", ErrBroken)
	}
	start := e.header + lenLocal + int64(le.Uint16(b[26:])) + int64(le.Uint16(b[28:]))
	if saturate(start, e.Packed) > e.end {
		if e.end < e.dir.size {
			return nil, ErrOverlap
		}
		if start > e.end {
			return nil, ErrCut
		}
	}
	return io.NewSectionReader(e.dir.source, start, e.Packed), nil
}

// expand joins decoder and check.
func (e *Entry) expand(data io.Reader, m *method, checked bool) (io.ReadCloser, error) {
	packed := &counted{r: data, left: e.Packed, last: e.dir.Cut && e.end == e.dir.size}
	var source io.Reader = packed
	if m.id != Store {
		source = bufio.NewReaderSize(packed, int(min(max(e.Packed, 16), 1<<15)))
	}
	r, err := m.open(e.dir, source, e)
	if err != nil {
		return nil, packed.explain(err)
	}
	return &checker{e: e, r: r, packed: packed, crc: crc32.NewIEEE(), checked: checked}, nil
}

// counted knows whether the container ended before the entry did.
type counted struct {
	r    io.Reader
	left int64
	last bool // nothing follows the entry in a container that was cut
	cut  bool
}

func (c *counted) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, io.EOF
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if err == io.EOF && c.left > 0 {
		c.cut = true
	}
	return n, err
}

// explain says why a decoder failed: by a short container or by wrong bytes.
func (c *counted) explain(err error) error {
	switch {
	case c.cut, c.last && errors.Is(err, io.ErrUnexpectedEOF):
		return ErrCut
	case errors.Is(err, ErrBroken), errors.Is(err, ErrPassword):
		return err
	}
	return fmt.Errorf("%w: %w", ErrBroken, err)
}

// checker passes the bytes on and compares them with the header at their end.
type checker struct {
	e       *Entry
	r       io.ReadCloser
	packed  *counted
	crc     hash.Hash32
	n       int64
	checked bool
	err     error
}

func (c *checker) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.r.Read(p)
	c.n += int64(n)
	if size := c.e.Size; size >= 0 && c.n > size {
		n -= int(c.n - size)
		c.n, err = size, fmt.Errorf("%w: longer than its header says", ErrBroken)
	}
	c.crc.Write(p[:n])
	if err == io.EOF {
		err = c.verdict()
	} else if err != nil {
		err = c.packed.explain(err)
	}
	c.err = err
	return n, err
}

func (c *checker) verdict() error {
	switch {
	case c.packed.cut, c.packed.last && c.e.Size < 0 && c.e.Method == Store:
		return ErrCut
	case c.e.Size >= 0 && c.n != c.e.Size:
		return fmt.Errorf("%w: shorter than its header says", ErrBroken)
	case c.checked && c.crc.Sum32() != c.e.CRC32:
		return fmt.Errorf("%w: checksum", ErrBroken)
	}
	return io.EOF
}

func (c *checker) Close() error { return c.r.Close() }
