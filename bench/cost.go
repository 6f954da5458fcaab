package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// cost is what a piece of work took. Processor time is the honest figure on a
// machine that does other things too; it counts all threads, the collector's
// and, for a command, those of the processes it waited for.
type cost struct {
	wall, processor time.Duration
	peak            int64    // of the command's own resident memory, bytes
	memory          []memory // of a command while it ran, every sampleEvery
	out             string   // what a command printed
}

// memory is what a command and its reader processes hold at one moment.
type memory struct{ own, readers int64 }

const sampleEvery = 100 * time.Millisecond

// perSecond is the rate for so many bytes in MB per second of processor time.
func (c cost) perSecond(bytes int64) float64 {
	return float64(bytes) / 1e6 / max(c.processor.Seconds(), 1e-9)
}

// readersPeak is the most that all readers held together.
func (c cost) readersPeak() int64 {
	var most int64
	for _, m := range c.memory {
		most = max(most, m.readers)
	}
	return most
}

// spent does some work in this process and says what it cost.
func spent(work func()) cost {
	began, before := time.Now(), processorTime()
	work()
	return cost{wall: time.Since(began), processor: processorTime() - before}
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the most that this process has held so far, in bytes.
func peakMemory() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return u.Maxrss * 1024
}

// timed runs a command and says what it cost.
func timed(ctx context.Context, name string, args ...string) (cost, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return cost{}, fmt.Errorf("run %s: %w", filepath.Base(name), err)
	}
	stop, samples := make(chan struct{}), make(chan []memory)
	go func() { samples <- sample(cmd.Process.Pid, stop) }()
	err := cmd.Wait()
	close(stop)
	c := cost{wall: time.Since(began), memory: <-samples, out: out.String()}
	c.processor = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.peak = u.Maxrss * 1024
	}
	if err != nil {
		return c, errors.Join(fmt.Errorf("run %s", filepath.Base(name)), err, errors.New(errs.String()))
	}
	return c, nil
}

// sample notes the memory of a process and of its children until stopped.
func sample(pid int, stop <-chan struct{}) []memory {
	tick := time.NewTicker(sampleEvery)
	defer tick.Stop()
	var out []memory
	for {
		select {
		case <-stop:
			return out
		case <-tick.C:
		}
		out = append(out, memoryOf(pid))
	}
}

// memoryOf is what a process and its children hold now. A child that has not
// become a reader yet still shares the pages of its parent and is left out: it
// has the parent's command line.
func memoryOf(pid int) memory {
	m, parent := memory{own: heldBy(pid)}, commandLine(pid)
	for _, child := range children(pid) {
		if line := commandLine(child); line != "" && line != parent {
			m.readers += heldBy(child)
		}
	}
	return m
}

func commandLine(pid int) string {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return string(data)
}

// heldBy is the resident memory of a process in bytes, 0 if it is gone.
func heldBy(pid int) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	fields := strings.Fields(string(data))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

// children are the processes that any thread of a process started.
func children(pid int) []int {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	var out []int
	for _, list := range lists {
		data, _ := os.ReadFile(list)
		for _, field := range strings.Fields(string(data)) {
			if n, err := strconv.Atoi(field); err == nil {
				out = append(out, n)
			}
		}
	}
	return out
}
