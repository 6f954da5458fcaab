package sandbox

import "golang.org/x/sys/unix"

// toolCallsHere are the older forms of calls that tools make on this
// architecture.
var toolCallsHere = []uint32{unix.SYS_OPEN, unix.SYS_STAT, unix.SYS_LSTAT, unix.SYS_ACCESS, unix.SYS_READLINK, unix.SYS_DUP2, unix.SYS_POLL, unix.SYS_TIME}
