package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"syscall"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

const (
	// programFD is where the tool's program is open at the moment of the change.
	// The filter lets no other be started, and it lies above what a process in
	// the cage may open: so the change happens once and never again.
	programFD = 100
	toolFiles = 64
)

// toolCalls are what C and C++ programs need beyond the calls of readers:
// loading their libraries and looking at files.
var toolCalls = []uint32{
	unix.SYS_MMAP, unix.SYS_MPROTECT, unix.SYS_MREMAP, unix.SYS_OPENAT, unix.SYS_NEWFSTATAT, unix.SYS_STATX, unix.SYS_FACCESSAT, unix.SYS_FACCESSAT2,
	unix.SYS_READLINKAT, unix.SYS_GETDENTS64, unix.SYS_GETCWD, unix.SYS_FSTATFS, unix.SYS_STATFS, unix.SYS_FADVISE64, unix.SYS_PREADV,
	unix.SYS_DUP, unix.SYS_DUP3, unix.SYS_SET_TID_ADDRESS, unix.SYS_UNAME, unix.SYS_SYSINFO, unix.SYS_GETRUSAGE, unix.SYS_TIMES,
	unix.SYS_GETUID, unix.SYS_GETEUID, unix.SYS_GETGID, unix.SYS_GETEGID, unix.SYS_GETPPID, unix.SYS_CLOCK_GETRES, unix.SYS_PPOLL, unix.SYS_UMASK,
}

// becomeTool closes the tool's cage round this process and turns it into the
// tool. It does not return.
func becomeTool() {
	// The layers below need hold in this thread alone: it is the one that
	// becomes the tool.
	runtime.LockOSThread()
	err := changeInto(os.Args[1])
	fmt.Fprintln(os.Stderr, "reeve-tool:", err)
	os.Exit(126)
}

func changeInto(arg string) error {
	var s toolSettings
	if err := json.Unmarshal([]byte(arg), &s); err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	if err := openProgram(s.Path); err != nil {
		return err
	}
	argv, err := syscall.SlicePtrFromStrings(s.Args)
	if err != nil {
		return fmt.Errorf("write arguments: %w", err)
	}
	env, err := syscall.SlicePtrFromStrings(s.Env)
	if err != nil {
		return fmt.Errorf("write environment: %w", err)
	}
	empty := []byte{0} // a path of no length means the descriptor itself
	report, err := json.Marshal(enterTool(s))
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	unix.CloseOnExec(reportFD)
	if _, err := unix.Write(reportFD, report); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	_, _, errno := unix.RawSyscall6(unix.SYS_EXECVEAT, programFD, uintptr(unsafe.Pointer(&empty[0])),
		uintptr(unsafe.Pointer(&argv[0])), uintptr(unsafe.Pointer(&env[0])), unix.AT_EMPTY_PATH, 0)
	return fmt.Errorf("start program: %w", errno)
}

// openProgram opens the tool's program at its place.
func openProgram(path string) error {
	fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("open program: %w", err)
	}
	if err := unix.Dup3(fd, programFD, unix.O_CLOEXEC); err != nil {
		return fmt.Errorf("place program: %w", err)
	}
	return unix.Close(fd)
}

// enterTool closes the cage: what needs rights first, then what takes them
// away.
func enterTool(s toolSettings) Cage {
	var c Cage
	try := func(layer string, err error) bool {
		if err != nil {
			c.Missing = append(c.Missing, layer+": "+err.Error())
		}
		return err == nil
	}
	rules := exceptionsOf(s)
	try("memory order", os.WriteFile("/proc/self/oom_score_adj", []byte("500"), 0))
	c.User = try("user", dropUser())
	try("death signal", unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0))
	if try("no new privileges", unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) {
		version, err := landlock(rules...)
		if try("landlock", err) {
			c.Landlock = version
		}
		c.Limits = try("limits", setLimits(uint64(s.Memory), uint64(s.Seconds), toolFiles))
		c.Seccomp = try("seccomp", filterCalls(toolRules))
	}
	slices.Sort(c.Missing)
	return c
}

// exceptionsOf opens what the tool may read and the two files that may be
// started: its program and the program's loader. What is not there needs no
// rule.
func exceptionsOf(s toolSettings) []exception {
	const folder = unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_READ_DIR
	const file = unix.LANDLOCK_ACCESS_FS_READ_FILE
	var out []exception
	add := func(path string, extra uint64) {
		fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
		if err != nil {
			return
		}
		var st unix.Stat_t
		if unix.Fstat(fd, &st) != nil {
			unix.Close(fd)
			return
		}
		rights := extra | file
		if st.Mode&unix.S_IFMT == unix.S_IFDIR {
			rights = extra | folder
		}
		out = append(out, exception{fd, rights})
	}
	for _, path := range s.Reads {
		add(path, 0)
	}
	add(s.Path, unix.LANDLOCK_ACCESS_FS_EXECUTE)
	if s.Loader != "" {
		add(s.Loader, unix.LANDLOCK_ACCESS_FS_EXECUTE)
	}
	return out
}

// toolRules is the filter of a tool: it opens files, as far as Landlock lets
// it, and starts nothing but itself, once.
func toolRules(arch uint32) []bpf.Instruction {
	code := prologue(arch, allowed, allowedHere, toolCalls, toolCallsHere)
	code = append(code, onlyIf(unix.SYS_CLONE, 0, bpf.JumpBitsSet, unix.CLONE_THREAD)...)
	code = append(code, onlyIf(unix.SYS_TGKILL, 0, bpf.JumpEqual, uint32(unix.Getpid()))...)
	code = append(code, onlyIf(unix.SYS_PRLIMIT64, 2, bpf.JumpEqual, 0)...) // ask, not set
	code = append(code, onlyIf(unix.SYS_EXECVEAT, 0, bpf.JumpEqual, programFD)...)
	// The C library takes this answer as the word to use the older call, whose
	// flags the filter can see.
	code = append(code, bpf.JumpIf{Cond: bpf.JumpEqual, Val: unix.SYS_CLONE3, SkipFalse: 1},
		bpf.RetConstant{Val: unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)})
	return append(code, bpf.RetConstant{Val: verdictDeny})
}
