package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
)

// phase is one phase of a sweep that ran in this process, and what it cost with
// its reader processes.
type phase struct {
	name string
	cost
}

// watch follows a sweep from phase to phase.
type watch struct {
	mu     sync.Mutex
	phases []phase
	began  time.Time     // of the phase that runs
	used   time.Duration // processor time until then
}

// sweepHere sweeps an exhibit in this process, with the town as the register,
// and gives its phases.
func (t *town) sweepHere(ctx context.Context, dir, exhibit string) ([]phase, error) {
	register := filepath.Join(dir, "register.csv")
	if err := t.writeRegister(register); err != nil {
		return nil, err
	}
	kase, err := sweep.Make(ctx, filepath.Join(dir, "case"), "")
	if err != nil {
		return nil, err
	}
	defer kase.Close()
	w := &watch{}
	stop, done := make(chan struct{}), make(chan struct{})
	go func() { w.sample(stop); close(done) }()
	_, err = kase.Sweep(ctx, sweep.Options{Council: "TOWN", AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12}, Registers: []sweep.RegisterFlag{{Path: register}},
		Exhibits: []sweep.ExhibitFlag{{Path: exhibit}}, Progress: w.progress})
	close(stop)
	<-done
	w.turn("")
	return w.phases, err
}

func (w *watch) progress(p sweep.Progress) { w.turn(p.Phase) }

// turn ends the phase that runs if another has begun.
func (w *watch) turn(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	last := len(w.phases) - 1
	if last >= 0 && w.phases[last].name == name {
		return
	}
	now, used := time.Now(), familyTime()
	if last >= 0 {
		w.phases[last].wall, w.phases[last].processor = now.Sub(w.began), used-w.used
	}
	w.began, w.used = now, used
	if name != "" {
		w.phases = append(w.phases, phase{name: name})
	}
}

// sample notes the memory of this process and its readers, phase by phase.
func (w *watch) sample(stop <-chan struct{}) {
	tick := time.NewTicker(sampleEvery)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		m := memoryOf(os.Getpid())
		w.mu.Lock()
		if last := len(w.phases) - 1; last >= 0 {
			w.phases[last].memory = append(w.phases[last].memory, m)
		}
		w.mu.Unlock()
	}
}

// familyTime is the processor time of this process and its children, those that
// run and those that ended.
func familyTime() time.Duration {
	sum := processorTime()
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_CHILDREN, &u) == nil {
		sum += time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	for _, child := range children(os.Getpid()) {
		sum += processTime(child)
	}
	return sum
}

// processTime is the processor time of another process: fields 14 and 15 of its
// stat line (proc(5)), in hundredths of a second.
func processTime(pid int) time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, ok := strings.Cut(string(data), ") ")
	fields := strings.Fields(rest)
	if err != nil || !ok || len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// quarters is the most memory in each quarter of the time: own + readers.
func (c cost) quarters() string {
	var cells []string
	n := len(c.memory)
	for q := range 4 {
		var most memory
		for _, m := range c.memory[n*q/4 : n*(q+1)/4] {
			most = memory{max(most.own, m.own), max(most.readers, m.readers)}
		}
		cells = append(cells, fmt.Sprintf("%.0f+%.0f", megabytes(most.own), megabytes(most.readers)))
	}
	return strings.Join(cells, "  ")
}
