package sandbox

import (
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

// landlock shuts out every path and TCP port, and gives the version that the
// kernel has. What was open before stays readable; a reader has no exceptions.
func landlock(exceptions ...exception) (version int, err error) {
	v, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0, fmt.Errorf("not in this kernel: %w", errno)
	}
	version = int(v)
	attr, size := handled(version)
	fd, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&attr)), size, 0)
	if errno != 0 {
		return 0, fmt.Errorf("make rules: %w", errno)
	}
	defer unix.Close(int(fd))
	for _, e := range exceptions {
		if err := e.add(int(fd), attr.Handled_access_fs); err != nil {
			return 0, err
		}
	}
	if err := onAllThreads(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0); err != nil {
		return 0, fmt.Errorf("no new privileges: %w", err)
	}
	if err := onAllThreads(unix.SYS_LANDLOCK_RESTRICT_SELF, fd, 0, 0); err != nil {
		return 0, fmt.Errorf("restrict: %w", err)
	}
	if version < 4 {
		return version, errors.New("this kernel's version does not cover TCP")
	}
	return version, nil
}

// exception is a file or folder, open with O_PATH, with the rights that stay.
type exception struct {
	fd     int
	rights uint64
}

func (e exception) add(rules int, handled uint64) error {
	attr := unix.LandlockPathBeneathAttr{Allowed_access: e.rights & handled, Parent_fd: int32(e.fd)}
	if _, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(rules), unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&attr)), 0, 0, 0); errno != 0 {
		return fmt.Errorf("add rule: %w", errno)
	}
	return nil
}

// handled names every right that a version knows, and the size of the
// structure that the version expects (Documentation/userspace-api/landlock.rst).
func handled(version int) (attr unix.LandlockRulesetAttr, size uintptr) {
	const (
		fsBits1 = 13 // rights on paths: execute … make symbolic link
		fsBits2 = 14 // + refer
		fsBits3 = 15 // + truncate
		fsBits5 = 16 // + control devices
		netBits = 2  // bind and connect TCP
		scopes  = 1  // abstract sockets; signals are the filter's, as threads must signal each other
	)
	bits := fsBits1
	switch {
	case version >= 5:
		bits = fsBits5
	case version >= 3:
		bits = fsBits3
	case version == 2:
		bits = fsBits2
	}
	attr.Handled_access_fs, size = 1<<bits-1, 8
	if version >= 4 {
		attr.Handled_access_net, size = 1<<netBits-1, 16
	}
	if version >= 6 {
		attr.Scoped, size = 1<<scopes-1, 24
	}
	return attr, size
}
