//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/demo/plant"
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

// TestListWhileSweeping: from the first minute a case shows what to act on; a
// second sweep of it is refused; what an interrupted one kept stays.
func TestListWhileSweeping(t *testing.T) {
	dir := t.TempDir()
	share, kase := filepath.Join(dir, "council", "share"), filepath.Join(dir, "case")
	if _, err := plant.Generate(t.Context(), plant.Options{Seed: 7, People: 300, Documents: 900, Dir: filepath.Join(dir, "council")}); err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancelCause(t.Context())
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"sweep", "--case", kase, "--quiet", "--no-ocr", "--workers", "1", share}, Console{Out: io.Discard, Err: io.Discard})
	}()
	triage := []string{"list", "triage", "--format", "csv", "--case", kase}
	shown := 0
	for shown == 0 {
		select {
		case code := <-ended:
			t.Fatalf("the sweep ended with %d before triage showed a row", code)
		case <-time.After(20 * time.Millisecond):
		}
		var out bytes.Buffer
		if run(t.Context(), triage, Console{Out: &out, Err: io.Discard}) == exitDone {
			shown = strings.Count(out.String(), "\n") - 1
		}
	}
	var problem bytes.Buffer
	if code := run(t.Context(), []string{"sweep", "--case", kase, "--quiet", share}, Console{Out: io.Discard, Err: &problem}); code != exitUsage ||
		!strings.Contains(problem.String(), "another run holds it") {
		t.Errorf("a second sweep: exit code %d, printed %q", code, problem.String())
	}
	interrupt(errInterrupted)
	if code := <-ended; code != exitInterrupted {
		t.Errorf("interrupted: exit code %d", code)
	}
	if kept := strings.Count(commandLine(t, triage...), "\n") - 1; kept < shown {
		t.Errorf("triage shows %d rows after the interruption, %d before", kept, shown)
	}
}
