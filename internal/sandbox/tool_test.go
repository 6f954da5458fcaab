package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/reeve-council/reeve"
)

// attacker is the name under which this test binary, as a tool, tries what its
// arguments say.
const attacker = "attacker"

func playTool() int {
	switch what := os.Args[1]; what {
	case "echo":
		if _, err := io.Copy(os.Stdout, os.Stdin); err != nil {
			return 3
		}
	case "env":
		fmt.Print(strings.Join(os.Environ(), "\n"))
	case "refuse":
		return 5
	case "flood":
		b := bytes.Repeat([]byte("x"), 1<<20)
		for {
			if _, err := os.Stdout.Write(b); err != nil {
				return 4
			}
		}
	case "hang", "eat", "sleep":
		play(context.Background(), []byte(what), nil, nil)
	default:
		fmt.Print(tryTool(what, os.Args[2]))
	}
	return 0
}

// tryTool attempts what the cage of a tool must refuse; arg is a folder.
func tryTool(what, arg string) string {
	var err error
	switch what {
	case "read":
		_, err = os.ReadFile(filepath.Join(arg, "secret"))
	case "create":
		_, err = os.Create(filepath.Join(arg, "escape"))
	case "create-tmp":
		_, err = os.Create("/tmp/reeve-tool-escape")
	case "remove":
		err = os.Remove(filepath.Join(arg, "secret"))
	case "again":
		fd, openErr := unix.Open("/proc/self/exe", unix.O_PATH, 0)
		if openErr == nil {
			if openErr = unix.Dup2(fd, programFD); openErr == nil {
				err = unix.Exec("/proc/self/exe", []string{"x", "echo"}, nil)
				break
			}
		}
		err = openErr
	case "system":
		return fmt.Sprint(okay(readFirst("/usr/bin")))
	case "dial":
		_, err = net.Dial("tcp", "127.0.0.1:1")
	default:
		return try(what)
	}
	return fmt.Sprint(okay(err))
}

func okay(err error) any {
	if err == nil {
		return "allowed"
	}
	return err
}

func readFirst(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_, err = d.ReadDir(1)
	return err
}

func ourselves(t *testing.T) *Tool {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	tool, err := ToolAt(attacker, self)
	if err != nil {
		t.Fatal(err)
	}
	return tool
}

func TestToolCage(t *testing.T) {
	tool := ourselves(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := tool.Run(t.Context(), ToolJob{Args: []string{"system", dir}})
	if err != nil {
		t.Fatal(err)
	}
	if string(r.Output) != "allowed" {
		t.Errorf("a tool cannot read the system's folders: %s", r.Output)
	}
	if !r.Cage.Closed() {
		t.Skipf("this machine lacks a layer: %s", r.Cage)
	}
	for _, what := range []string{"read", "create", "create-tmp", "remove", "again", "dial", "udp", "unix", "exec", "fork", "kill", "ptrace", "mount", "unshare", "uring"} {
		r, err := tool.Run(t.Context(), ToolJob{Args: []string{what, dir}})
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		got := string(r.Output)
		if !strings.Contains(got, "not permitted") && !strings.Contains(got, "permission denied") && !strings.Contains(got, "bad file descriptor") {
			t.Errorf("%s: %s", what, got)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "secret")); err != nil {
		t.Error("a tool removed a file")
	}
}

func TestToolResults(t *testing.T) {
	tool := ourselves(t)
	t.Setenv("PGPASSWORD", "secret")
	r, err := tool.Run(t.Context(), ToolJob{Args: []string{"env"}})
	if err != nil || strings.Contains(string(r.Output), "secret") || !strings.Contains(string(r.Output), "OMP_THREAD_LIMIT=1") {
		t.Errorf("%v: environment %s", err, r.Output)
	}
	input := bytes.Repeat([]byte("page "), 1<<18)
	if r, err = tool.Run(t.Context(), ToolJob{Args: []string{"echo"}, Input: input}); err != nil || !bytes.Equal(r.Output, input) {
		t.Errorf("%v: %d bytes came back of %d", err, len(r.Output), len(input))
	}
	path := filepath.Join(t.TempDir(), "page")
	if err := os.WriteFile(path, input, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for range 2 {
		if r, err = tool.Run(t.Context(), ToolJob{Args: []string{"echo"}, File: file}); err != nil || !bytes.Equal(r.Output, input) {
			t.Errorf("%v: %d bytes came back of a file of %d", err, len(r.Output), len(input))
		}
	}
	for _, c := range []struct {
		job  ToolJob
		want Cause
	}{
		{ToolJob{Args: []string{"refuse"}}, Refused},
		{ToolJob{Args: []string{"flood"}, Output: 4 << 20}, Flood},
		{ToolJob{Args: []string{"hang"}, CPU: time.Second}, Hang},
		{ToolJob{Args: []string{"sleep"}, Wall: time.Second}, Hang},
		{ToolJob{Args: []string{"eat"}}, Memory},
	} {
		if _, err := tool.Run(t.Context(), c.job); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.job.Args[0], err, c.want)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := tool.Run(ctx, ToolJob{Args: []string{"sleep"}}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("stopped from outside: %v", err)
	}
}

func TestFindTool(t *testing.T) {
	if _, err := FindTool("no-such-program-of-ours"); !errors.Is(err, reeve.NotFound) {
		t.Error(err)
	}
	script := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(script, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := ToolAt("script", script); !errors.Is(err, reeve.NotFound) {
		t.Error("a script passes for a program:", err)
	}
	gone := &Tool{Name: "gone", path: "/nowhere/gone"}
	if _, err := gone.Run(t.Context(), ToolJob{}); !errors.Is(err, reeve.Unavailable) {
		t.Error("a program that is gone:", err)
	}
}
