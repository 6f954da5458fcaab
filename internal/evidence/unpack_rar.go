package evidence

import (
	"errors"
	"io"
	"io/fs"

	"github.com/nwaples/rardecode/v2"

	"github.com/reeve-council/reeve"
)

// maxDictionary is the largest window in bytes that a RAR archive may ask for.
const maxDictionary = 256 << 20

func (u *unpacker) rar() *reeve.Outcome {
	password, err := u.rarPassword()
	if err != nil {
		return u.ended(err)
	}
	archive, err := u.openRar(password)
	if err != nil {
		return u.ended(err)
	}
	for {
		h, err := nextRar(archive)
		if err == io.EOF {
			return read()
		}
		if err != nil {
			return u.rarEnded(err)
		}
		if h.IsDir {
			continue
		}
		m := member{name: h.Name, size: h.UnPackedSize, modified: unix(h.ModificationTime)}
		if h.UnKnownSize {
			m.size = -1
		}
		if h.Mode()&fs.ModeSymlink != 0 || h.LinkType != 0 {
			m.outcome = linkOutcome()
		} else {
			m.open = func() (io.ReadCloser, error) { return io.NopCloser(archive), nil }
		}
		if !u.offer(m) {
			return read()
		}
	}
}

func (u *unpacker) rarEnded(err error) *reeve.Outcome {
	o := u.ended(err)
	if errors.Is(err, rardecode.ErrMultiVolume) || errors.Is(err, rardecode.ErrInvalidFileBlock) && u.entries == 0 {
		o.Reason, o.Detail = reeve.ReasonSpanned, "one volume of several; the others are needed"
		if u.entries == 0 {
			o.Status = reeve.StatusUnsupported
		}
	}
	return o
}

func (u *unpacker) openRar(password string) (archive *rardecode.Reader, err error) {
	opts := []rardecode.Option{rardecode.MaxDictionarySize(maxDictionary)}
	if password != "" {
		opts = append(opts, rardecode.Password(password))
	}
	err = guard(func() (err error) { archive, err = rardecode.NewReader(u.section(0), opts...); return err })
	return archive, err
}

func nextRar(archive *rardecode.Reader) (h *rardecode.FileHeader, err error) {
	err = guard(func() (err error) { h, err = archive.Next(); return err })
	return h, err
}

// rarPassword finds the password that opens the archive, "" where none is
// needed or none fits but the names can be read. The error is that of an
// archive whose names are encrypted.
func (u *unpacker) rarPassword() (string, error) {
	locked, err := u.rarLocked("")
	if !locked {
		return "", nil // what else is wrong shows in the walk
	}
	for _, password := range u.opt.Passwords {
		if still, wrong := u.rarLocked(password); !still && wrong == nil {
			return password, nil
		}
	}
	if errors.Is(err, rardecode.ErrArchiveEncrypted) {
		return "", err
	}
	return "", nil
}

// rarLocked expands the beginning of the first encrypted member.
func (u *unpacker) rarLocked(password string) (locked bool, err error) {
	archive, err := u.openRar(password)
	if err != nil {
		return explain(err).Status == reeve.StatusEncrypted, err
	}
	for {
		h, err := nextRar(archive)
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return explain(err).Status == reeve.StatusEncrypted, err
		}
		if !h.Encrypted || h.IsDir || h.UnPackedSize == 0 {
			continue
		}
		err = guard(func() error { _, err := io.CopyN(io.Discard, archive, probeBytes); return err })
		if err == nil || err == io.EOF {
			return false, nil
		}
		return true, err
	}
}
