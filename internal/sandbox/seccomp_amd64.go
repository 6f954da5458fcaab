package sandbox

import "golang.org/x/sys/unix"

// allowedHere are calls that this architecture has beside the common ones.
var allowedHere = []uint32{unix.SYS_EPOLL_WAIT, unix.SYS_ARCH_PRCTL}
