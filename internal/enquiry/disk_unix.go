//go:build linux || darwin

package enquiry

import "syscall"

// diskFree is how many bytes may still be written where a folder is; false where
// the system does not say.
func diskFree(folder string) (int64, bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true
}
