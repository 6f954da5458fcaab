package mail

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
)

// Inbox is a folder into which people or a mail program drop messages.
type Inbox struct{ folder string }

// Arrived is a file in the inbox. Its name was given by a stranger or a mail
// program: it is for opening, never for logs or pages.
type Arrived struct {
	Name     string // in the folder
	Path     string
	Size     int64
	Modified time.Time
}

// The folders inside an inbox, for what was dealt with.
const (
	Taken   = "taken"
	Refused = "refused"
)

// settled is how long a file must not have changed: it may be copied still.
const settled = 3 * time.Second

// NewInbox makes the folder and those inside it, for their owner alone, if they
// are not there.
func NewInbox(folder string) (*Inbox, error) {
	for _, dir := range []string{folder, filepath.Join(folder, Taken), filepath.Join(folder, Refused)} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("inbox: the folder cannot be made: %w", reeve.Unavailable)
		}
	}
	return &Inbox{folder}, nil
}

// List gives the .eml and .msg files that are whole by now, the oldest first, at
// most limit. Links, folders and hidden files are passed over. A file on which
// nothing was written since three seconds before now is whole.
func (b *Inbox) List(now time.Time, limit int) ([]Arrived, error) {
	entries, err := os.ReadDir(b.folder)
	if err != nil {
		return nil, fmt.Errorf("list inbox: the folder cannot be read: %w", reeve.Unavailable)
	}
	var all []Arrived
	for _, e := range entries {
		if !e.Type().IsRegular() || !message(e.Name()) {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) { // moved away meanwhile
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("list inbox: a file cannot be looked at: %w", reeve.Unavailable)
		}
		if now.Sub(info.ModTime()) >= settled {
			all = append(all, Arrived{e.Name(), filepath.Join(b.folder, e.Name()), info.Size(), info.ModTime()})
		}
	}
	slices.SortFunc(all, func(x, y Arrived) int {
		if c := x.Modified.Compare(y.Modified); c != 0 {
			return c
		}
		return strings.Compare(x.Name, y.Name)
	})
	return all[:min(len(all), max(limit, 0))], nil
}

func message(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".eml", ".msg":
		return !strings.HasPrefix(name, ".")
	}
	return false
}

// Move puts a listed file into Taken or Refused under a name of ours, for
// example the reference that it was given, and gives its new path. A file that
// is there already under that name is not written over: reeve.Conflict.
func (b *Inbox) Move(a Arrived, into, name string) (string, error) {
	if into != Taken && into != Refused || !plainName(name) || a.Name != filepath.Base(a.Name) {
		return "", fmt.Errorf("move message: folder or name is not valid: %w", reeve.Invalid)
	}
	root, err := os.OpenRoot(b.folder)
	if err != nil {
		return "", fmt.Errorf("move message: the folder cannot be read: %w", reeve.Unavailable)
	}
	defer root.Close()
	to := filepath.Join(into, name+strings.ToLower(filepath.Ext(a.Name)))
	if _, err := root.Lstat(to); err == nil {
		return "", fmt.Errorf("move message: one of that name is there: %w", reeve.Conflict)
	}
	if err := root.Rename(a.Name, to); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("move message: it is gone: %w", reeve.NotFound)
	} else if err != nil {
		return "", fmt.Errorf("move message: the folder cannot be written: %w", reeve.Unavailable)
	}
	return filepath.Join(b.folder, to), nil
}

// plainName reports whether a name is letters, digits and - _ alone.
func plainName(s string) bool {
	return s != "" && len(s) <= 100 && !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_')
	})
}
