package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/reeve-council/reeve"
)

func TestMain(m *testing.M) {
	if Called() {
		if strings.Contains(os.Args[1], stillbornMark) {
			os.Exit(7)
		}
		Serve(play)
	}
	if os.Args[0] == attacker {
		os.Exit(playTool())
	}
	os.Exit(m.Run())
}

// stillborn is an allowance that this binary, as a worker, takes as the word to
// die at once; its processor time in the settings tells.
const (
	stillborn     = 12344 * time.Second
	stillbornMark = `"CPU":2469000`
)

var sink []byte

// play is the worker of these tests: the request says which part it plays.
func play(_ context.Context, request []byte, file *os.File, out *Writer) error {
	part, arg, _ := strings.Cut(string(request), " ")
	switch part {
	case "echo":
		return out.Frame(1, []byte(arg))
	case "read":
		b, err := io.ReadAll(io.NewSectionReader(file, 0, 1<<20))
		if err != nil {
			return err
		}
		return out.Frame(2, b)
	case "fail":
		return errors.New("told to fail")
	case "flood":
		b := bytes.Repeat([]byte("x"), 1<<20)
		for range 256 {
			if err := out.Frame(3, b); err != nil {
				return err
			}
		}
	case "small":
		for range 100000 {
			if err := out.Frame(3, []byte("a small frame of forty bytes or so, yes")); err != nil {
				return err
			}
		}
	case "panic":
		out.Frame(1, []byte("before"))
		var m map[string]int
		//lint:ignore SA5000 the reader must panic with this key in its text
		m["secret of Ann Example"] = 1
	case "panic-beside":
		go func() { panic("in a goroutine of its own") }()
		time.Sleep(time.Minute)
	case "deep":
		return fmt.Errorf("%d", deep(1))
	case "hang":
		for i := 0; ; i++ {
			sink = append(sink[:0], byte(i))
		}
	case "sleep":
		time.Sleep(time.Hour)
	case "work":
		for end := time.Now().Add(2 * time.Second); time.Now().Before(end); {
			if err := out.Step(); err != nil {
				return err
			}
		}
	case "eat":
		for {
			b := make([]byte, 64<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			sink = append(sink, b...)
		}
	case "try":
		return out.Frame(1, []byte(try(arg)))
	}
	return nil
}

//lint:ignore SA5007 it is to use up the stack
func deep(n int) int { return deep(n+1) + 1 }

// try attempts what the cage must refuse, and gives the error.
func try(what string) string {
	var err error
	switch what {
	case "open":
		_, err = os.Open("/etc/passwd")
	case "create":
		_, err = os.Create("/tmp/reeve-escape")
	case "dial":
		_, err = net.Dial("tcp", "127.0.0.1:1")
	case "udp":
		_, err = net.Dial("udp", "127.0.0.1:1")
	case "unix":
		_, err = unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	case "exec":
		err = exec.Command("/bin/true").Run()
	case "fork":
		_, err = syscall.ForkExec("/bin/true", nil, nil)
	case "kill":
		err = unix.Kill(os.Getppid(), 0)
	case "ptrace":
		err = unix.PtraceAttach(os.Getppid())
	case "mount":
		err = unix.Mount("none", "/tmp", "tmpfs", 0, "")
	case "unshare":
		err = unix.Unshare(unix.CLONE_NEWUSER)
	case "exec-memory":
		_, err = unix.Mmap(-1, 0, 4096, unix.PROT_READ|unix.PROT_EXEC, unix.MAP_ANON|unix.MAP_PRIVATE)
	case "setuid":
		err = syscall.Setuid(0)
	case "uring":
		_, _, errno := unix.Syscall(unix.SYS_IO_URING_SETUP, 8, 0, 0)
		if errno != 0 {
			err = errno
		}
	case "user":
		return fmt.Sprint(os.Getuid())
	}
	if err == nil {
		return "done"
	}
	return "refused: " + err.Error()
}

func pool(t testing.TB, o Options) *Pool {
	t.Helper()
	p, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// ask runs one job and gives its frames joined; a restart empties them.
func ask(p *Pool, request string, file *os.File) (string, int, error) {
	var got []byte
	restarts := 0
	err := p.Do(context.Background(), []byte(request), file, func(kind byte, payload []byte) error {
		if kind == Restart {
			restarts++
			got = got[:0]
		}
		got = append(got, payload...)
		return nil
	})
	return string(got), restarts, err
}

func TestJobs(t *testing.T) {
	p := pool(t, Options{Workers: 1, Jobs: 5})
	name := filepath.Join(t.TempDir(), "item")
	if err := os.WriteFile(name, []byte("what the file holds"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for i := range 23 { // four replacements
		if got, _, err := ask(p, fmt.Sprintf("echo %d", i), nil); err != nil || got != fmt.Sprint(i) {
			t.Fatalf("echo %d: %q, %v", i, got, err)
		}
		if got, _, err := ask(p, "read", file); err != nil || got != "what the file holds" {
			t.Fatalf("read: %q, %v", got, err)
		}
	}
	if _, _, err := ask(p, "fail", nil); err == nil || err.Error() != "told to fail" {
		t.Errorf("the handler's error came as %v", err)
	}
	flood := 0
	if err := p.Do(context.Background(), []byte("flood"), nil, func(_ byte, b []byte) error { flood += len(b); return nil }); err != nil || flood != 256<<20 {
		t.Errorf("flood: %d bytes, %v", flood, err)
	}
}

func TestCage(t *testing.T) {
	p := pool(t, Options{Workers: 1})
	c := p.Cage()
	t.Log(c)
	if !c.Seccomp || !c.Limits {
		t.Fatalf("the cage is open: %v", c)
	}
	for _, what := range []string{"open", "create", "dial", "udp", "unix", "exec", "fork", "kill", "ptrace", "mount", "unshare", "exec-memory", "setuid", "uring"} {
		got, restarts, err := ask(p, "try "+what, nil)
		if err != nil || restarts != 0 || !strings.HasPrefix(got, "refused: ") {
			t.Errorf("%s: %q, %v", what, got, err)
		}
	}
	if got, _, err := ask(p, "try user", nil); err != nil || got == "0" {
		t.Errorf("the worker runs as user %q, %v", got, err)
	}
	if _, err := os.Stat("/tmp/reeve-escape"); err == nil {
		t.Error("a worker wrote a file")
	}
}

// TestDeaths kills workers in every way while another goroutine's jobs go on.
func TestDeaths(t *testing.T) {
	p := pool(t, Options{Workers: 2, Memory: 2 << 30})
	hasty := pool(t, Options{Workers: 1, Quiet: 200 * time.Millisecond, Silence: time.Second})
	stop := make(chan struct{})
	var others sync.WaitGroup
	others.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				if n == 0 {
					t.Error("no other job went on")
				}
				return
			default:
			}
			if got, restarts, err := ask(p, "echo on", nil); got != "on" || restarts != 0 || err != nil {
				t.Errorf("another job: %q, %v", got, err)
			}
			time.Sleep(time.Millisecond)
		}
	})
	for _, c := range []struct {
		pool    *Pool
		request string
		cause   Cause
	}{
		{p, "panic", Crash},
		{p, "panic-beside", Crash},
		{p, "deep", Crash},
		{hasty, "hang", Hang},
		{hasty, "sleep", Hang},
		{p, "eat", Memory},
	} {
		_, restarts, err := ask(c.pool, c.request, nil)
		var death *Death
		if !errors.As(err, &death) || !errors.Is(err, c.cause) || restarts != 1 {
			t.Errorf("%s: %v after %d restarts", c.request, err, restarts)
		}
		if err != nil && strings.Contains(err.Error(), "Ann") {
			t.Errorf("%s: the error quotes the file: %v", c.request, err)
		}
	}
	close(stop)
	others.Wait()
}

// TestDescriptors passes more files to one worker than it may have open.
func TestDescriptors(t *testing.T) {
	p := pool(t, Options{Workers: 1})
	file, err := os.Open(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for i := range 150 {
		if got, restarts, err := ask(p, "read", file); err != nil || restarts != 0 || len(got) != 1<<20 {
			t.Fatalf("job %d: %d bytes, %v after %d restarts", i, len(got), err, restarts)
		}
	}
}

func TestLandlockRights(t *testing.T) {
	for version, want := range map[int][4]uint64{1: {1<<13 - 1, 0, 0, 8}, 2: {1<<14 - 1, 0, 0, 8}, 3: {1<<15 - 1, 0, 0, 8},
		4: {1<<15 - 1, 3, 0, 16}, 5: {1<<16 - 1, 3, 0, 16}, 6: {1<<16 - 1, 3, 1, 24}, 7: {1<<16 - 1, 3, 1, 24}} {
		attr, size := handled(version)
		if got := [4]uint64{attr.Handled_access_fs, attr.Handled_access_net, attr.Scoped, uint64(size)}; got != want {
			t.Errorf("version %d: %v, want %v", version, got, want)
		}
	}
}

// TestWorkIsNoHang has a handler that sends nothing for two seconds but says
// that it is at work.
func TestWorkIsNoHang(t *testing.T) {
	p := pool(t, Options{Workers: 1, Quiet: 1300 * time.Millisecond, Silence: 1600 * time.Millisecond})
	if _, restarts, err := ask(p, "work", nil); err != nil || restarts != 0 {
		t.Errorf("%v after %d restarts", err, restarts)
	}
}

func TestCancelAndRefusal(t *testing.T) {
	p := pool(t, Options{Workers: 1})
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if err := p.Do(ctx, []byte("sleep"), nil, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("cancelled: %v", err)
	}
	full := errors.New("disk full")
	err := p.Do(context.Background(), []byte("flood"), nil, func(byte, []byte) error { return full })
	if !errors.Is(err, full) {
		t.Errorf("refused: %v", err)
	}
	if got, _, err := ask(p, "echo again", nil); err != nil || got != "again" {
		t.Errorf("afterwards: %q, %v", got, err)
	}
}

// TestStillborn has workers die before their first word, as the test's main
// makes them: that is told at once.
func TestStillborn(t *testing.T) {
	begun := time.Now()
	_, err := New(Options{Quiet: stillborn})
	if !errors.Is(err, reeve.Unavailable) || time.Since(begun) > helloWithin/2 {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

// TestOrphan checks that a worker leaves when its socket closes.
func TestOrphan(t *testing.T) {
	w, err := start(Options{}.filled())
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	w.end()
	if !w.state.Success() || time.Since(begun) > 3*time.Second {
		t.Errorf("the worker ended with %v after %v", w.state, time.Since(begun))
	}
}

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		words  string
		killed bool
		want   Death
	}{
		{"fatal error: runtime: out of memory\n", false, Death{Cause: Memory}},
		{"", true, Death{Cause: Memory}},
		{"panic: Ann Example\n\ngoroutine 1 [running]:\ngithub.com/reeve-council/reeve/internal/format/pdf.(*page).text(0x1)\n\t/x.go:1\n", false,
			Death{Cause: Crash, Where: "format/pdf.(*page).text"}},
		{"SIGSEGV", false, Death{Cause: Crash}},
	} {
		if got := judge([]byte(c.words), c.killed); *got != c.want {
			t.Errorf("%q: %+v", c.words, *got)
		}
	}
	var l lastWords
	for range 100 {
		l.Write(bytes.Repeat([]byte("w"), 1000))
	}
	if n := len(l.bytes()); n > 3*wordsKept {
		t.Errorf("kept %d bytes of last words", n)
	}
	if _, err := json.Marshal(Cage{}); err != nil || (Cage{}).Closed() != true || !strings.Contains((Cage{Missing: []string{"x"}}).String(), "missing: x") {
		t.Error("cage does not print")
	}
}

func BenchmarkJob(b *testing.B) {
	p := pool(b, Options{Workers: 1, Jobs: 1 << 30})
	for b.Loop() {
		if _, _, err := ask(p, "echo x", nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFrames(b *testing.B) {
	p := pool(b, Options{Workers: 1, Jobs: 1 << 30})
	for name, size := range map[string]int64{"flood": 256 << 20, "small": 3900000} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				if err := p.Do(context.Background(), []byte(name), nil, func(byte, []byte) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSpawn(b *testing.B) {
	for b.Loop() {
		w, err := start(Options{}.filled())
		if err != nil {
			b.Fatal(err)
		}
		w.end()
	}
}
