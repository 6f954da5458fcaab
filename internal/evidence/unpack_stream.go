package evidence

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/zip"
)

func (u *unpacker) gz() *reeve.Outcome {
	return u.stream(func(r *bufio.Reader) (io.ReadCloser, error) { return newGzip(r) })
}

func (u *unpacker) bz2() *reeve.Outcome {
	return u.stream(func(r *bufio.Reader) (io.ReadCloser, error) { return io.NopCloser(bzip2.NewReader(r)), nil })
}

func (u *unpacker) xz() *reeve.Outcome {
	return u.stream(func(r *bufio.Reader) (io.ReadCloser, error) {
		x, err := zip.NewXZ(r)
		if err != nil {
			return nil, err
		}
		return &sealed{x, u.xzFooter()}, nil
	})
}

// xzFooter reports whether the last bytes before the padding are those of a
// stream's footer (XZ format 1.1.0, section 2.1.2). The decoder takes a file
// that ends between two blocks for a whole one.
func (u *unpacker) xzFooter() bool {
	tail := make([]byte, min(u.src.Size, 1<<12))
	n, _ := u.src.Reader.ReadAt(tail, u.src.Size-int64(len(tail)))
	return bytes.HasSuffix(bytes.TrimRight(tail[:n], "\x00"), []byte("YZ"))
}

// sealed ends well only if the container does.
type sealed struct {
	io.ReadCloser
	whole bool
}

func (s *sealed) Read(p []byte) (int, error) {
	n, err := s.ReadCloser.Read(p)
	if err == io.EOF && !s.whole {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func (u *unpacker) zst() *reeve.Outcome {
	return u.stream(func(r *bufio.Reader) (io.ReadCloser, error) { return zip.NewZstd(r) })
}

func (u *unpacker) compress() *reeve.Outcome {
	return u.stream(func(r *bufio.Reader) (io.ReadCloser, error) { return newLZW(r) })
}

// stream expands a compressed stream: to the members of the tape archive in
// it, whatever the names say, or else to one member.
func (u *unpacker) stream(open func(*bufio.Reader) (io.ReadCloser, error)) *reeve.Outcome {
	var r io.ReadCloser
	err := guard(func() (err error) { r, err = open(bufio.NewReaderSize(u.section(0), 1<<16)); return err })
	if err != nil {
		return u.ended(err)
	}
	defer r.Close()
	expanded := bufio.NewReaderSize(&flow{u: u, r: r}, 1<<16)
	// An error here comes again when the member is read.
	if head, _ := expanded.Peek(tarBlock); isTar(head) {
		o := u.tar(expanded)
		if o.Status == reeve.StatusRead && u.over == nil && u.stopped == nil {
			// The stream's own checksum lies behind the archive's end.
			if _, err := io.Copy(io.Discard, expanded); err != nil {
				return u.ended(err)
			}
		}
		return o
	}
	m := member{size: -1, open: func() (io.ReadCloser, error) { return io.NopCloser(expanded), nil }}
	u.offerNamed(innerName(u.opt.Name), m)
	if u.failed != nil {
		o := u.ended(u.failed)
		if u.expanded == 0 {
			o.Status = explain(u.failed).Status
		}
		return o
	}
	return read()
}

// innerNames are the endings that a compressed stream adds to the name of what
// it holds.
var innerNames = []struct{ ending, becomes string }{
	{".tgz", ".tar"}, {".taz", ".tar"}, {".tbz2", ".tar"}, {".tbz", ".tar"}, {".tb2", ".tar"}, {".txz", ".tar"}, {".tzst", ".tar"},
	{".svgz", ".svg"}, {".emz", ".emf"}, {".wmz", ".wmf"},
	{".gzip", ""}, {".gz", ""}, {".bz2", ""}, {".bz", ""}, {".xz", ""}, {".zst", ""}, {".z", ""},
}

// innerName is the name of the one member of a compressed stream. The
// container's name is encoded already.
func innerName(name string) string {
	lower := strings.ToLower(name)
	for _, e := range innerNames {
		if strings.HasSuffix(lower, e.ending) && len(name) > len(e.ending) {
			name = name[:len(name)-len(e.ending)] + e.becomes
			break
		}
	}
	if strings.HasSuffix(name, "!") {
		name = name[:len(name)-1] + "%21"
	}
	return name
}

// gzipStream reads the members of a gzip file one after the other and leaves
// what is not gzip behind the last (padding, mostly) alone.
type gzipStream struct {
	in *bufio.Reader
	z  *gzip.Reader
}

func newGzip(in *bufio.Reader) (*gzipStream, error) {
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return &gzipStream{in, z}, nil
}

func (g *gzipStream) Read(p []byte) (int, error) {
	for {
		n, err := g.z.Read(p)
		if n > 0 || err != io.EOF {
			if err == io.EOF {
				err = nil
			}
			return n, err
		}
		if magic, _ := g.in.Peek(3); string(magic) != "\x1f\x8b\x08" {
			return 0, io.EOF
		}
		if err := g.z.Reset(g.in); err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return 0, err
		}
		g.z.Multistream(false)
	}
}

func (g *gzipStream) Close() error { return g.z.Close() }
