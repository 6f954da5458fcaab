package notice

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/reeve-council/reeve"
)

// Folder is the way to a print house: each letter is written as a PDF under its
// reference into a folder, from which bundles and their list are made. A letter
// that is written again is the same file.
type Folder struct {
	dir   string
	pence func(int, Way) int64
}

// NewFolder makes the folder, for its owner alone, if it is not there. pence is
// what the print house asks; nil when it is not known.
func NewFolder(dir string, pence func(sides int, w Way) int64) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder of letters: %w", err)
	}
	return &Folder{dir, pence}, nil
}

// Name, Ways, Limits, Now and Wait are what every channel tells.
func (f *Folder) Name() string                       { return "print-house" }
func (f *Folder) Ways() []Way                        { return []Way{Post} }
func (f *Folder) Limits() Limits                     { return Limits{Pence: f.pence} }
func (f *Folder) Now() time.Time                     { return time.Now() }
func (f *Folder) Wait(until time.Time) time.Duration { return time.Until(until) }

var referenceForm = regexp.MustCompile(`^[0-9A-Z-]{6,40}$`)

func (f *Folder) path(reference string) (string, error) {
	if !referenceForm.MatchString(reference) {
		return "", fmt.Errorf("write letter: a reference that is none: %w", reeve.Invalid)
	}
	return filepath.Join(f.dir, reference+".pdf"), nil
}

// Send writes the letter; it is there whole or not at all.
func (f *Folder) Send(_ context.Context, p *Parcel) (Receipt, error) {
	path, err := f.path(p.Reference)
	if err != nil {
		return Receipt{}, err
	}
	if len(p.PDF) == 0 {
		return Receipt{}, Refusal{string(UnreadableFile)}
	}
	part := path + ".part"
	if err := writeSynced(part, p.PDF); err != nil {
		return Receipt{}, fmt.Errorf("write letter: %w", reeve.Unavailable)
	}
	if err := os.Rename(part, path); err != nil {
		return Receipt{}, fmt.Errorf("write letter: %w", reeve.Unavailable)
	}
	r, err := f.Find(context.Background(), p.Reference)
	if f.pence != nil {
		r.Pence = f.pence(p.Sides, p.Way)
	}
	return r, err
}

func writeSynced(path string, b []byte) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(b)
	return errors.Join(err, file.Sync(), file.Close())
}

// Find looks for the file of a letter.
func (f *Folder) Find(_ context.Context, reference string) (Receipt, error) {
	path, err := f.path(reference)
	if err != nil {
		return Receipt{}, err
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Receipt{}, fmt.Errorf("find letter: %w", reeve.NotFound)
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("find letter: %w", reeve.Unavailable)
	}
	return Receipt{ID: reference, Status: "handed-over", At: info.ModTime().Unix()}, nil
}
