package sandbox

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// Cause says how a worker died over a job. It is an error, so that
// errors.Is(err, sandbox.Hang) asks a Death for its cause.
type Cause string

func (c Cause) Error() string { return "reader died: " + string(c) }

const (
	Crash  Cause = "crash"  // a panic, a fault, a forbidden system call
	Hang   Cause = "hang"   // no progress within the allowance
	Memory Cause = "memory" // the address space or the machine's memory ran out
)

// Death is the error of a job whose worker died twice, the second time alone.
type Death struct {
	Cause Cause
	Where string // the function of ours in which it crashed, if known; never a value
}

func (d *Death) Error() string {
	if d.Where == "" {
		return d.Cause.Error()
	}
	return fmt.Sprintf("%s in %s", d.Cause.Error(), d.Where)
}

func (d *Death) Unwrap() error { return d.Cause }

// lastWords keeps the beginning and the end of what a worker wrote to its
// standard error: the runtime's message comes first, and may be long.
type lastWords struct {
	mu   sync.Mutex
	head []byte
	tail []byte
}

const wordsKept = 16 << 10

func (l *lastWords) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(p)
	room := min(wordsKept-len(l.head), n)
	l.head = append(l.head, p[:room]...)
	l.tail = append(l.tail, p[room:]...)
	if len(l.tail) > 2*wordsKept {
		l.tail = append(l.tail[:0], l.tail[len(l.tail)-wordsKept:]...)
	}
	return n, nil
}

func (l *lastWords) bytes() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append(bytes.Clone(l.head), l.tail...)
}

// ourFunction matches a line of a stack trace that names a function of this
// module; the arguments in brackets are left out.
var ourFunction = regexp.MustCompile(`(?m)^github\.com/reeve-council/reeve/internal/([\w./*()]+)\(`)

// judge tells the cause of a death from the signal and the runtime's message.
func judge(words []byte, killed bool) *Death {
	out := bytes.Contains(words, []byte("out of memory")) || bytes.Contains(words, []byte("cannot allocate memory")) ||
		bytes.Contains(words, []byte("runtime: cannot allocate")) || bytes.Contains(words, []byte("failed to create new OS thread"))
	if out || killed && len(words) == 0 {
		return &Death{Cause: Memory}
	}
	return &Death{Cause: Crash, Where: where(words)}
}

func where(words []byte) string {
	for _, m := range ourFunction.FindAllSubmatch(words, -1) {
		name := string(m[1])
		if !strings.HasPrefix(name, "sandbox.") {
			return name
		}
	}
	return ""
}
