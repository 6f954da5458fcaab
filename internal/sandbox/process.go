package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// process is a worker as its parent sees it.
type process struct {
	cmd    *exec.Cmd
	fd     int
	in     *receiver
	words  *lastWords
	cage   Cage
	jobs   int
	o      Options
	broken bool // its socket cannot be trusted any more
	once   sync.Once
	state  *os.ProcessState
}

// helloWithin bounds the time from start to a closed cage. A busy machine
// needs a tenth of a second.
const helloWithin = 30 * time.Second

// start runs this binary as a worker and waits until its cage is closed.
func start(o Options) (*process, error) {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("make socket: %w", err)
	}
	for _, fd := range pair {
		// As large as the kernel lets it; the default works too.
		_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_SNDBUF, 1<<20)
	}
	theirs := os.NewFile(uintptr(pair[1]), "worker socket")
	arg, err := json.Marshal(settings{Memory: o.Memory, Stack: 64 << 20, CPU: int64(o.Quiet/time.Second+1) * int64(o.Jobs)})
	if err != nil {
		unix.Close(pair[0])
		theirs.Close()
		return nil, fmt.Errorf("write settings: %w", err)
	}
	p := &process{o: o, fd: pair[0], in: newReceiver(pair[0]), words: &lastWords{}}
	p.cmd = &exec.Cmd{
		Path: "/proc/self/exe", Args: []string{readerName, string(arg)}, Env: []string{"GOMAXPROCS=1", "TZ=UTC"},
		Dir: "/", ExtraFiles: []*os.File{theirs}, Stderr: p.words,
		SysProcAttr: &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL},
		// A grandchild cannot exist, but were there one it must not hold us up.
		WaitDelay: time.Second,
	}
	err = p.cmd.Start()
	// At once: while this end is open here, the death of the worker is no end of
	// the stream.
	theirs.Close()
	if err != nil {
		unix.Close(p.fd)
		return nil, fmt.Errorf("run worker: %w", err)
	}
	if err := p.hello(); err != nil {
		p.kill()
		p.end()
		return nil, err
	}
	return p, nil
}

// hello reads the worker's first message.
func (p *process) hello() error {
	late := time.AfterFunc(helloWithin, p.kill)
	defer late.Stop()
	h, payload, err := p.in.next()
	if err != nil || h[0] != messageHello {
		return errors.New("the worker died before its first word")
	}
	if err := json.Unmarshal(payload, &p.cage); err != nil {
		return fmt.Errorf("read hello: %w", err)
	}
	return nil
}

// kill ends the worker's process group at once.
func (p *process) kill() {
	// An error means that it is gone already.
	_ = unix.Kill(-p.cmd.Process.Pid, unix.SIGKILL)
}

// end closes the socket, upon which an idle worker leaves, and waits for it.
func (p *process) end() {
	p.once.Do(func() {
		unix.Close(p.fd)
		late := time.AfterFunc(5*time.Second, p.kill)
		defer late.Stop()
		// The state is read below; a worker that was killed is no error here.
		_ = p.cmd.Wait()
		p.state = p.cmd.ProcessState
	})
}

// do runs one job. Whatever goes wrong leaves the worker marked as broken.
func (p *process) do(ctx context.Context, request []byte, file *os.File, frame func(byte, []byte) error) error {
	p.jobs++
	watch := newWatchdog(p, p.o)
	stop := context.AfterFunc(ctx, p.kill)
	err, clean := p.exchange(request, file, frame, watch)
	stop()
	hung := watch.stop()
	if clean && ctx.Err() == nil && !hung {
		return err
	}
	p.broken = true
	p.kill()
	p.end()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case hung:
		return &Death{Cause: Hang, Where: where(p.words.bytes())}
	case errors.Is(err, errDied):
		return p.death()
	}
	return err
}

// errDied says that the socket ended inside a job.
var errDied = errors.New("the worker died")

// exchange sends the job and reads until its end; clean says that the worker
// may be given another.
func (p *process) exchange(request []byte, file *os.File, frame func(byte, []byte) error, watch *watchdog) (err error, clean bool) {
	if err := sendJob(p.fd, request, file); err != nil {
		if errors.Is(err, unix.EPIPE) || errors.Is(err, unix.ECONNRESET) {
			return errDied, false
		}
		return err, false
	}
	for {
		h, payload, err := p.in.next()
		if err != nil {
			return errDied, false
		}
		watch.pause()
		switch h[0] {
		case messageFrame:
			if h[1] == Restart {
				return errDied, false
			}
			if err := frame(h[1], payload); err != nil {
				return err, false
			}
		case messageStep:
		case messageDone:
			return nil, true
		case messageFailed:
			return errors.New(string(payload)), true
		default:
			return errDied, false
		}
		watch.resume()
	}
}

// death tells why the worker is gone; end has been called.
func (p *process) death() *Death {
	status, _ := p.state.Sys().(syscall.WaitStatus)
	if status.Signaled() && status.Signal() == syscall.SIGXCPU {
		return &Death{Cause: Hang}
	}
	return judge(p.words.bytes(), status.Signaled() && status.Signal() == syscall.SIGKILL)
}

// spent reports whether the worker is to be replaced.
func (p *process) spent() bool {
	return p.broken || p.jobs >= p.o.Jobs || p.resident() > p.o.Mark
}

// resident is the worker's memory in bytes, 0 when not known.
func (p *process) resident() int64 {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(b)
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(string(fields[1]), 10, 64)
	return pages * int64(os.Getpagesize())
}

// busy is the processor time that the worker has used, 0 when not known. It is
// the measure of a hang because it does not depend on how busy the machine is.
func (p *process) busy() time.Duration {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/stat")
	if err != nil {
		return 0
	}
	// Fields 14 and 15, counted behind the command, which may hold blanks.
	fields := bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:])
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(string(fields[11]), 10, 64)
	system, _ := strconv.ParseInt(string(fields[12]), 10, 64)
	const ticksPerSecond = 100 // USER_HZ of every Linux that Go runs on
	return time.Duration(user+system) * time.Second / ticksPerSecond
}
