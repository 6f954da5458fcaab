package sandbox

import (
	"fmt"
	"runtime"
	"slices"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// allowed are the system calls that the Go runtime and reading an open file
// need. All others fail with EPERM: whatever opens, connects, starts, traces,
// mounts, or reaches into the kernel by a side door.
var allowed = []uint32{
	unix.SYS_READ, unix.SYS_PREAD64, unix.SYS_READV, unix.SYS_LSEEK, unix.SYS_FSTAT, unix.SYS_CLOSE, unix.SYS_FCNTL,
	unix.SYS_WRITE, unix.SYS_WRITEV, unix.SYS_RECVMSG,
	unix.SYS_MUNMAP, unix.SYS_MADVISE, unix.SYS_MINCORE, unix.SYS_BRK,
	unix.SYS_RT_SIGACTION, unix.SYS_RT_SIGPROCMASK, unix.SYS_RT_SIGRETURN, unix.SYS_SIGALTSTACK, unix.SYS_RESTART_SYSCALL,
	unix.SYS_FUTEX, unix.SYS_SCHED_YIELD, unix.SYS_SCHED_GETAFFINITY, unix.SYS_NANOSLEEP, unix.SYS_CLOCK_NANOSLEEP,
	unix.SYS_CLOCK_GETTIME, unix.SYS_GETTIMEOFDAY, unix.SYS_GETRANDOM, unix.SYS_GETPID, unix.SYS_GETTID,
	unix.SYS_EPOLL_CREATE1, unix.SYS_EPOLL_CTL, unix.SYS_EPOLL_PWAIT, unix.SYS_EVENTFD2, unix.SYS_PIPE2,
	unix.SYS_SET_ROBUST_LIST, unix.SYS_RSEQ, unix.SYS_EXIT, unix.SYS_EXIT_GROUP,
}

// Offsets in struct seccomp_data.
const (
	callOffset = 0
	archOffset = 4
	argOffset  = 16 // eight bytes each; the low half comes first on the machines we know
)

const (
	verdictAllow = unix.SECCOMP_RET_ALLOW
	verdictDeny  = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)
	verdictKill  = unix.SECCOMP_RET_KILL_PROCESS
)

// filterCalls puts a filter on every thread; rules makes it for an architecture.
func filterCalls(rules func(arch uint32) []bpf.Instruction) error {
	arch, ok := map[string]uint32{"amd64": unix.AUDIT_ARCH_X86_64, "arm64": unix.AUDIT_ARCH_AARCH64}[runtime.GOARCH]
	if !ok {
		return fmt.Errorf("no filter for %s", runtime.GOARCH)
	}
	raw, err := bpf.Assemble(rules(arch))
	if err != nil {
		return fmt.Errorf("assemble filter: %w", err)
	}
	code := make([]unix.SockFilter, len(raw))
	for i, r := range raw {
		code[i] = unix.SockFilter{Code: r.Op, Jt: r.Jt, Jf: r.Jf, K: r.K}
	}
	prog := unix.SockFprog{Len: uint16(len(code)), Filter: &code[0]}
	const setModeFilter, allThreads = 1, 1
	if n, _, errno := unix.Syscall(unix.SYS_SECCOMP, setModeFilter, allThreads, uintptr(unsafe.Pointer(&prog))); errno != 0 || n != 0 {
		return fmt.Errorf("set filter: %w", errno)
	}
	runtime.KeepAlive(code)
	return nil
}

// readerRules is the filter of a reader.
func readerRules(arch uint32) []bpf.Instruction {
	const nameMapping = 0x53564d41 // PR_SET_VMA, by which the runtime labels its memory
	code := prologue(arch, allowed, allowedHere)
	code = append(code, onlyIf(unix.SYS_CLONE, 0, bpf.JumpBitsSet, unix.CLONE_THREAD)...)
	code = append(code, onlyIf(unix.SYS_MMAP, 2, bpf.JumpBitsNotSet, unix.PROT_EXEC)...)
	code = append(code, onlyIf(unix.SYS_MPROTECT, 2, bpf.JumpBitsNotSet, unix.PROT_EXEC)...)
	code = append(code, onlyIf(unix.SYS_TGKILL, 0, bpf.JumpEqual, uint32(unix.Getpid()))...)
	code = append(code, onlyIf(unix.SYS_PRCTL, 0, bpf.JumpEqual, nameMapping)...)
	return append(code, bpf.RetConstant{Val: verdictDeny})
}

// prologue begins a filter: foreign architectures die, as their numbers mean
// other calls; what is listed passes whatever its arguments.
func prologue(arch uint32, calls ...[]uint32) []bpf.Instruction {
	const x32 = 0x40000000
	code := []bpf.Instruction{
		bpf.LoadAbsolute{Off: archOffset, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: arch, SkipTrue: 1},
		bpf.RetConstant{Val: verdictKill},
		bpf.LoadAbsolute{Off: callOffset, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpLessThan, Val: x32, SkipTrue: 1},
		bpf.RetConstant{Val: verdictKill},
	}
	for _, call := range slices.Concat(calls...) {
		code = append(code, bpf.JumpIf{Cond: bpf.JumpEqual, Val: call, SkipFalse: 1}, bpf.RetConstant{Val: verdictAllow})
	}
	return code
}

// onlyIf lets a call pass where an argument is as stated.
func onlyIf(call uint32, arg uint32, cond bpf.JumpTest, value uint32) []bpf.Instruction {
	return []bpf.Instruction{
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: call, SkipFalse: 4},
		bpf.LoadAbsolute{Off: argOffset + 8*arg, Size: 4},
		bpf.JumpIf{Cond: cond, Val: value, SkipFalse: 1},
		bpf.RetConstant{Val: verdictAllow},
		bpf.RetConstant{Val: verdictDeny},
	}
}
