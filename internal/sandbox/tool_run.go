package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/reeve-council/reeve"
)

// toolName is the name under which the binary is run to become a tool.
const toolName = "reeve-tool"

// toolSettings are what the parent tells the process that becomes a tool.
type toolSettings struct {
	Path    string
	Loader  string
	Reads   []string
	Args    []string
	Env     []string
	Memory  int64 // bytes
	Seconds int64 // of processor time
}

// reportFD is where the process that becomes a tool says how its cage holds. It
// closes with the change.
const reportFD = 3

// stderrKept is how much of a tool's standard error is kept.
const stderrKept = 4 << 10

// Run runs the tool once, caged, and gives what it wrote. Errors: *ToolFault
// for what the tool did; the context's; reeve.Unavailable when no process can
// be started.
func (t *Tool) Run(ctx context.Context, job ToolJob) (ToolResult, error) {
	job = job.filled()
	settings, err := json.Marshal(toolSettings{Path: t.path, Loader: t.loader, Reads: t.reads, Args: append([]string{t.Name}, job.Args...), Env: t.env,
		Memory: job.Memory, Seconds: int64((job.CPU + time.Second - 1) / time.Second)})
	if err != nil {
		return ToolResult{}, fmt.Errorf("write settings: %w", err)
	}
	report, theirs, err := os.Pipe()
	if err != nil {
		return ToolResult{}, fmt.Errorf("start %s: %w: %w", t.Name, reeve.Unavailable, err)
	}
	defer report.Close()
	wait, cancel := context.WithTimeout(ctx, job.Wall)
	defer cancel()
	cmd := exec.CommandContext(wait, "/proc/self/exe")
	cmd.Args, cmd.Env, cmd.Dir = []string{toolName, string(settings)}, []string{"GOMAXPROCS=1"}, "/"
	cmd.ExtraFiles = []*os.File{theirs}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	kill := func() error { return unix.Kill(-cmd.Process.Pid, unix.SIGKILL) }
	cmd.Cancel, cmd.WaitDelay = kill, time.Second
	out := &capped{limit: job.Output, full: func() { _ = kill() }} // gone already is as good
	words := &capped{limit: stderrKept}
	cmd.Stdout, cmd.Stderr = out, words
	if err := standardInput(cmd, job); err != nil {
		theirs.Close()
		return ToolResult{}, err
	}
	err = cmd.Start()
	theirs.Close()
	if err != nil {
		return ToolResult{}, fmt.Errorf("start %s: %w: %w", t.Name, reeve.Unavailable, err)
	}
	result := ToolResult{}
	said, _ := io.ReadAll(io.LimitReader(report, 64<<10)) // a short report is no report
	caged := json.Unmarshal(said, &result.Cage) == nil
	err = cmd.Wait()
	result.Output, result.Words = out.Bytes(), words.Bytes()
	switch {
	case ctx.Err() != nil:
		return ToolResult{}, ctx.Err()
	case !caged:
		return ToolResult{}, fmt.Errorf("start %s: %w: its cage could not be made", t.Name, reeve.Unavailable)
	case out.over:
		return ToolResult{}, &ToolFault{t.Name, Flood}
	case wait.Err() != nil:
		return ToolResult{}, &ToolFault{t.Name, Hang}
	case err != nil:
		return ToolResult{Words: result.Words, Cage: result.Cage}, &ToolFault{t.Name, toolCause(cmd.ProcessState, job, result.Words)}
	}
	return result, nil
}

// standardInput gives the tool its bytes.
func standardInput(cmd *exec.Cmd, job ToolJob) error {
	if job.File == nil {
		cmd.Stdin = bytes.NewReader(job.Input)
		return nil
	}
	if _, err := job.File.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("rewind file: %w", err)
	}
	cmd.Stdin = job.File
	return nil
}

// toolCause tells why a tool ended badly.
func toolCause(state *os.ProcessState, job ToolJob, words []byte) Cause {
	if state == nil {
		return Crash
	}
	for _, sign := range []string{"bad_alloc", "out of memory", "Out of memory", "annot allocate", "failed to create new OS thread"} {
		if strings.Contains(string(words), sign) {
			return Memory
		}
	}
	status, _ := state.Sys().(syscall.WaitStatus)
	switch {
	case state.UserTime()+state.SystemTime() >= job.CPU-job.CPU/10: // its clock and the limit's differ a little
		return Hang
	case !status.Signaled():
		return Refused
	case status.Signal() == syscall.SIGKILL:
		return Memory
	}
	return Crash
}

// capped keeps bytes up to a limit; beyond it the rest is dropped and full
// called, once.
type capped struct {
	bytes.Buffer
	limit int64
	full  func()
	over  bool
}

func (c *capped) Write(p []byte) (int, error) {
	room := max(c.limit-int64(c.Len()), 0)
	if int64(len(p)) > room {
		if !c.over && c.full != nil {
			c.full()
		}
		c.over = true
		c.Buffer.Write(p[:room])
		return len(p), nil
	}
	return c.Buffer.Write(p)
}

// ReadFrom hides the buffer's own, which knows no limit.
func (c *capped) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(writerOnly{c}, r)
}

type writerOnly struct{ io.Writer }
