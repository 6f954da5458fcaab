package evidence

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

const tarBlock = 512

func (u *unpacker) plainTar() *reeve.Outcome { return u.tar(u.section(0)) }

// tar walks a tape archive. Behind a broken header it looks for the next good
// one; a half-copied archive gives what came before the end.
func (u *unpacker) tar(r io.Reader) *reeve.Outcome {
	blocks := &tarBlocks{r: r}
	archive, salvaged := tar.NewReader(blocks), false
	for {
		var h *tar.Header
		err := guard(func() (err error) { h, err = archive.Next(); return err })
		switch {
		case err == io.EOF && (blocks.zeros >= tarBlock || u.over != nil):
			return tarOutcome(salvaged)
		case err == io.EOF:
			return u.ended(io.ErrUnexpectedEOF)
		case errors.Is(err, tar.ErrHeader):
			header, found := blocks.resync()
			if !found {
				return u.ended(err)
			}
			salvaged = true
			archive = tar.NewReader(io.MultiReader(bytes.NewReader(header), blocks))
			continue
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			return u.ended(err)
		}
		if m, ok := tarMember(h, archive); ok && !u.offer(m) {
			return tarOutcome(salvaged)
		}
		if u.over != nil {
			return tarOutcome(salvaged)
		}
	}
}

func tarOutcome(salvaged bool) *reeve.Outcome {
	if salvaged {
		return outcome(reeve.StatusPartlyRead, reeve.ReasonSalvaged, "a header is broken; reading went on at the next good one")
	}
	return read()
}

func tarMember(h *tar.Header, archive *tar.Reader) (member, bool) {
	m := member{name: h.Name, size: h.Size, modified: unix(h.ModTime)}
	switch h.Typeflag {
	case tar.TypeDir, tar.TypeXGlobalHeader:
		return m, false
	case tar.TypeLink, tar.TypeSymlink:
		m.outcome = linkOutcome()
	case tar.TypeChar, tar.TypeBlock, tar.TypeFifo:
		m.outcome = specialOutcome()
	default:
		if strings.HasSuffix(h.Name, "/") && h.Size == 0 {
			return m, false
		}
		m.open = func() (io.ReadCloser, error) { return io.NopCloser(archive), nil }
	}
	return m, true
}

// tarBlocks counts what was read and the zeros at its end: a block of them ends
// an archive, and by its absence a half-copied one is known.
type tarBlocks struct {
	r     io.Reader
	n     int64
	zeros int64
}

func (t *tarBlocks) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.n += int64(n)
	if rest := len(bytes.TrimRight(p[:n], "\x00")); rest > 0 {
		t.zeros = int64(n - rest)
	} else {
		t.zeros += int64(n)
	}
	return n, err
}

// resync reads on to the next block that is a header.
func (t *tarBlocks) resync() (header []byte, found bool) {
	if part := t.n % tarBlock; part != 0 {
		if _, err := io.CopyN(io.Discard, t, tarBlock-part); err != nil {
			return nil, false
		}
	}
	block := make([]byte, tarBlock)
	for {
		if _, err := io.ReadFull(t, block); err != nil {
			return nil, false
		}
		if isTar(block) {
			return block, true
		}
	}
}

// isTar checks the sum in a header, which counts its own eight bytes as blanks
// (POSIX.1-2008 pax, "ustar Interchange Format"); old programs summed signed.
func isTar(b []byte) bool {
	if len(b) < tarBlock || b[0] == 0 {
		return false
	}
	field := strings.Trim(string(b[148:156]), " \x00")
	want, err := strconv.ParseInt(field, 8, 32)
	if err != nil {
		return false
	}
	var unsigned, signed int64
	for i, c := range b[:tarBlock] {
		if i >= 148 && i < 156 {
			c = ' '
		}
		unsigned += int64(c)
		signed += int64(int8(c))
	}
	return want == unsigned || want == signed
}
