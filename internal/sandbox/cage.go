package sandbox

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Cage says which layers hold in a worker.
type Cage struct {
	User     bool     `json:"user"`     // runs as an unprivileged user
	Landlock int      `json:"landlock"` // version of Landlock that shuts out paths and TCP; 0 for none
	Seccomp  bool     `json:"seccomp"`  // the system call filter is on
	Limits   bool     `json:"limits"`   // address space, files, processor time
	Missing  []string `json:"missing"`  // why a layer does not hold, in words
}

// Closed reports whether every layer holds.
func (c Cage) Closed() bool { return len(c.Missing) == 0 }

// String is one line for the case's provenance.
func (c Cage) String() string {
	var held []string
	if c.User {
		held = append(held, "unprivileged user")
	}
	if c.Landlock > 0 {
		held = append(held, fmt.Sprintf("Landlock %d", c.Landlock))
	}
	if c.Seccomp {
		held = append(held, "system call filter")
	}
	if c.Limits {
		held = append(held, "resource limits")
	}
	line := "readers caged by " + strings.Join(held, ", ")
	if len(held) == 0 {
		line = "readers not caged"
	}
	if len(c.Missing) > 0 {
		line += "; missing: " + strings.Join(c.Missing, ", ")
	}
	return line
}

// settings are what the parent tells a worker on its command line.
type settings struct {
	Memory int64 // bytes of address space
	Stack  int64 // bytes of one goroutine's stack
	CPU    int64 // seconds of processor time in the worker's whole life
}

// nobody is the user and group that a worker of root becomes.
const nobody = 65534

// enter closes the cage: what needs rights first, then what takes them away.
func enter(s settings) Cage {
	var c Cage
	try := func(layer string, err error) bool {
		if err != nil {
			c.Missing = append(c.Missing, layer+": "+err.Error())
		}
		return err == nil
	}
	// Should the machine's memory run out, the kernel is to take a reader, which
	// is replaced, and not the sweep or a database.
	try("memory order", os.WriteFile("/proc/self/oom_score_adj", []byte("500"), 0))
	c.Limits = try("limits", limit(s))
	c.User = try("user", dropUser())
	// A change of user clears the wish to die with the parent.
	try("death signal", unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0))
	// With cgo there is no call in all threads: then this one stays locked, and
	// the filter, which the kernel spreads over all, carries the promise with it.
	runtime.LockOSThread()
	if try("no new privileges", unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) {
		version, err := landlock()
		if try("landlock", err) {
			c.Landlock = version
		}
		c.Seccomp = try("seccomp", filterCalls(readerRules))
	}
	runtime.UnlockOSThread()
	slices.Sort(c.Missing)
	return c
}

func dropUser() error {
	if os.Geteuid() != 0 {
		return nil
	}
	if err := syscall.Setgroups([]int{}); err != nil {
		return fmt.Errorf("drop groups: %w", err)
	}
	if err := syscall.Setresgid(nobody, nobody, nobody); err != nil {
		return fmt.Errorf("drop group: %w", err)
	}
	if err := syscall.Setresuid(nobody, nobody, nobody); err != nil {
		return fmt.Errorf("drop user: %w", err)
	}
	return nil
}

// limit sets a reader's hard limits: no file may grow, few may be open, no core
// is left.
func limit(s settings) error {
	return setLimits(uint64(s.Memory), uint64(s.CPU), 32)
}

// setLimits bounds this process for good: bytes of address space, seconds of
// processor time, open files.
func setLimits(memory, seconds, files uint64) error {
	for _, l := range []struct {
		name     string
		resource int
		value    uint64
	}{
		{"processor time", unix.RLIMIT_CPU, seconds},
		{"file size", unix.RLIMIT_FSIZE, 0},
		{"open files", unix.RLIMIT_NOFILE, files},
		{"core", unix.RLIMIT_CORE, 0},
		{"address space", unix.RLIMIT_AS, memory},
	} {
		if err := unix.Setrlimit(l.resource, &unix.Rlimit{Cur: l.value, Max: l.value}); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
	}
	return nil
}

// onAllThreads makes a system call in every thread of the process; a layer
// that held in one thread only would be none.
func onAllThreads(call, a, b, c uintptr) error {
	if _, _, errno := syscall.AllThreadsSyscall(call, a, b, c); errno != 0 {
		return errno
	}
	return nil
}
