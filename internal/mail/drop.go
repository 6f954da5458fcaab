package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
)

// Drop writes messages as .eml files into a folder, for a desk that sends them
// by hand or for one that must not send anything yet. Files are named by the
// message's ID, so that one that is sent again stands there once.
type Drop struct{ folder string }

// NewDrop makes the folder, for its owner alone, if it is not there.
func NewDrop(folder string) (*Drop, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("mail folder: %w", reeve.Unavailable)
	}
	return &Drop{folder}, nil
}

// Send writes the message; it is there whole or not at all. The error is
// reeve.Invalid or reeve.Unavailable as for Server.Send.
func (d *Drop) Send(_ context.Context, m *Message) error {
	built, err := m.build()
	if err != nil {
		return fmt.Errorf("drop mail: %w", err)
	}
	var text bytes.Buffer
	if _, err := built.WriteTo(&text); err != nil {
		return fmt.Errorf("drop mail: the message cannot be written: %w", reeve.Invalid)
	}
	if err := d.keep(fileName(built.GetMessageID()), text.Bytes()); err != nil {
		return fmt.Errorf("drop mail: the folder cannot be written: %w", reeve.Unavailable)
	}
	return nil
}

// Has tells when a message was written, by its ID; reeve.NotFound when it was
// not.
func (d *Drop) Has(id string) (time.Time, error) {
	info, err := os.Stat(filepath.Join(d.folder, fileName("<"+id+">")))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return time.Time{}, fmt.Errorf("find dropped mail: %w", reeve.NotFound)
	case err != nil:
		return time.Time{}, fmt.Errorf("find dropped mail: %w", reeve.Unavailable)
	}
	return info.ModTime(), nil
}

func (d *Drop) keep(name string, text []byte) error {
	f, err := os.CreateTemp(d.folder, ".part-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename it is not there
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(d.folder, name))
	}
	return err
}

func fileName(id string) string {
	sum := sha256.Sum256([]byte(id))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:15])) + ".eml"
}
