//go:build windows

package db

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/windows"

	"github.com/reeve-council/reeve"
)

// lockFile takes the lock of a file. Windows lets go of it when the process
// ends, however it ends.
func lockFile(path string) (func() error, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, reeve.Unavailable)
	}
	err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		f.Close()
		return nil, errHeld("")
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w: %w", path, err, reeve.Unavailable)
	}
	return f.Close, nil
}
