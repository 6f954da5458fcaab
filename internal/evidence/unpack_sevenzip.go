package evidence

import (
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"

	"github.com/bodgit/sevenzip"

	"github.com/reeve-council/reeve"
)

// probeBytes is how much of a member is expanded to find out whether a
// password is right.
const probeBytes = 16 << 20

func (u *unpacker) sevenZip() *reeve.Outcome {
	if o := u.sevenZipCut(); o != nil {
		return o
	}
	archive, locked, err := u.openSevenZip()
	if err != nil {
		return u.ended(err)
	}
	for _, f := range archive.File {
		mode := f.Mode()
		m := member{name: f.Name, size: int64(min(f.UncompressedSize, 1<<62)), modified: unix(f.Modified)}
		switch {
		case mode.IsDir() || strings.HasSuffix(f.Name, "/"):
			continue
		case mode&fs.ModeSymlink != 0:
			m.outcome = linkOutcome()
		default:
			m.open = func() (io.ReadCloser, error) { return openSevenZipFile(f, locked) }
		}
		if !u.offer(m) {
			break
		}
	}
	return read()
}

// sevenZipCut looks where the start header says that the directory ends. The
// directory is at the end, so that of a half-copied file nothing can be told.
func (u *unpacker) sevenZipCut() *reeve.Outcome {
	var b [32]byte
	if n, _ := u.src.Reader.ReadAt(b[:], 0); n < len(b) {
		return outcome(reeve.StatusDamaged, reeve.ReasonCutShort, "ends inside its first header")
	}
	if string(b[:6]) != "7z\xbc\xaf\x27\x1c" {
		return nil // behind the program of a self-extracting file
	}
	offset, size := binary.LittleEndian.Uint64(b[12:]), binary.LittleEndian.Uint64(b[20:])
	if offset < 1<<62 && size < 1<<62 && int64(32+offset+size) <= u.src.Size {
		return nil
	}
	if strings.HasSuffix(strings.ToLower(u.opt.Name), ".001") {
		return outcome(reeve.StatusUnsupported, reeve.ReasonSpanned, "the first volume of several; the directory is in the last")
	}
	return outcome(reeve.StatusDamaged, reeve.ReasonCutShort, "ends before its directory, which 7-Zip writes last")
}

// openSevenZip opens the archive with no password and then with each of those
// supplied; locked says that none fits. A reader that was tried is not used
// again: the module's cipher fails when a member is opened twice.
func (u *unpacker) openSevenZip() (archive *sevenzip.Reader, locked bool, err error) {
	readable := false
	for i, password := range append([]string{""}, u.opt.Passwords...) {
		a, fault := u.sevenZipWith(password)
		if fault == nil && !sevenZipLocked(a) {
			archive, err = u.sevenZipWith(password)
			return archive, false, err
		}
		if i == 0 {
			err, readable = fault, fault == nil
			if fault != nil && explain(fault).Status != reeve.StatusEncrypted {
				return nil, false, fault
			}
		}
	}
	if readable { // the names, at least
		archive, err = u.sevenZipWith("")
	}
	return archive, true, err
}

func (u *unpacker) sevenZipWith(password string) (a *sevenzip.Reader, err error) {
	err = guard(func() (err error) {
		a, err = sevenzip.NewReaderWithPassword(u.src.Reader, u.src.Size, password)
		return err
	})
	return a, err
}

// sevenZipLocked expands the beginning of the first member with content.
func sevenZipLocked(a *sevenzip.Reader) bool {
	for _, f := range a.File {
		if f.UncompressedSize == 0 {
			continue
		}
		err := guard(func() error {
			r, err := openSevenZipFile(f, true)
			if err != nil {
				return err
			}
			defer r.Close()
			_, err = io.CopyN(io.Discard, r, probeBytes)
			return err
		})
		return err != nil && err != io.EOF && explain(err).Status == reeve.StatusEncrypted
	}
	return false
}

// openSevenZipFile adds the check of the sum, which the module leaves out. In
// an archive that no password opened a wrong sum means a wrong key.
func openSevenZipFile(f *sevenzip.File, locked bool) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &summed{ReadCloser: r, sum: crc32.NewIEEE(), f: f, locked: locked}, nil
}

type summed struct {
	io.ReadCloser
	sum    hash.Hash32
	n      uint64
	f      *sevenzip.File
	locked bool
}

var errSum = errors.New("checksum of the member is wrong")

func (s *summed) Read(p []byte) (int, error) {
	n, err := s.ReadCloser.Read(p)
	s.sum.Write(p[:n])
	s.n += uint64(n)
	switch {
	case err != io.EOF:
	case s.n < s.f.UncompressedSize:
		return n, io.ErrUnexpectedEOF
	case s.f.CRC32 != 0 && s.sum.Sum32() != s.f.CRC32:
		return n, errSum
	}
	return n, err
}
