//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestFirstInterruptCancels(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		var out bytes.Buffer
		ctx, stop := catchInterrupts(t.Context(), Console{Err: &out})
		self, err := os.FindProcess(os.Getpid())
		if err != nil {
			t.Fatal(err)
		}
		if err := self.Signal(signal); err != nil {
			t.Fatal(err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Second):
			t.Fatal("the context was not cancelled")
		}
		stop()
		if !errors.Is(context.Cause(ctx), errInterrupted) || !strings.Contains(out.String(), "once more") {
			t.Errorf("%v: cause %v, printed %q", signal, context.Cause(ctx), out.String())
		}
		if code := finish(ctx, Console{Err: &out}, ctx.Err()); code != exitInterrupted {
			t.Errorf("%v: exit code %d", signal, code)
		}
	}
}

// TestSecondInterruptEnds runs this test binary as the process that is told
// twice to stop and does not listen the first time.
func TestSecondInterruptEnds(t *testing.T) {
	if os.Getenv("REEVE_TEST_DEAF") != "" {
		run(t.Context(), []string{"version"}, Console{Out: &deaf{}, Err: &bytes.Buffer{}})
		return
	}
	cmd := selfCommand(t, "^TestSecondInterruptEnds$", "REEVE_TEST_DEAF=1")
	err := cmd.Run()
	if cmd.ProcessState.ExitCode() != exitInterrupted {
		t.Errorf("exit code %d (%v), want %d", cmd.ProcessState.ExitCode(), err, exitInterrupted)
	}
}

// deaf is a command's output that interrupts the process and takes no notice.
type deaf struct{}

func (*deaf) Write(p []byte) (int, error) {
	for range 200 {
		_ = syscall.Kill(os.Getpid(), syscall.SIGINT)
		time.Sleep(20 * time.Millisecond)
	}
	return len(p), nil
}

func selfCommand(t *testing.T, test, setting string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run", test)
	cmd.Env = append(os.Environ(), setting)
	return cmd
}
