package main

import (
	"path/filepath"
	"syscall"
)

// freeSpace is how many bytes an ordinary user may still write there.
func freeSpace(dir string) (int64, bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return int64(s.Bavail) * s.Bsize, true
}

// unsynchronised is STA_UNSYNC of adjtimex(2).
const unsynchronised = 0x40

// clockIsSet asks the kernel whether a time server steers the clock.
func clockIsSet() (set, known bool) {
	var t syscall.Timex
	if _, err := syscall.Adjtimex(&t); err != nil {
		return false, false
	}
	return t.Status&unsynchronised == 0, true
}

// absolute is a path without symbolic links, as mount points are.
func absolute(dir string) string {
	if full, err := filepath.Abs(dir); err == nil {
		dir = full
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	return dir
}
