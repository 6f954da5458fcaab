package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// serveMeasure starts the workspace on a case and says how long it takes until
// a page answers, and what it holds when nobody asks for anything.
func serveMeasure(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("serve", flag.ExitOnError)
	kase := set.String("case", "", "a case; default a new one")
	idle := set.Duration("idle", 20*time.Second, "how long nobody asks")
	if err := set.Parse(args); err != nil {
		return err
	}
	dir := *kase
	if dir == "" {
		temp, err := os.MkdirTemp("", "reeve-serve-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		dir = filepath.Join(temp, "case")
	}
	binary, err := os.Stat("reeve")
	if err != nil {
		return err
	}
	began := time.Now()
	cmd := exec.CommandContext(ctx, "./reeve", "serve", "--case", dir, "--addr", "127.0.0.1:0")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer cmd.Wait()
	defer cmd.Process.Signal(os.Interrupt)
	address := ""
	lines := bufio.NewScanner(out)
	for address == "" && lines.Scan() {
		_, address, _ = strings.Cut(lines.Text(), "workspace is at ")
	}
	if address == "" {
		return errors.New("./reeve serve did not say where it is")
	}
	page, err := http.Get(address + "/sign-in")
	if err != nil {
		return err
	}
	page.Body.Close()
	first := time.Since(began)
	time.Sleep(*idle)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		return err
	}
	t := newTable("what", "figure", "floor")
	t.row("binary, MB", megabytes(binary.Size()), "60, "+verdict(binary.Size() < 60e6))
	t.row("until the first page answers, seconds", first.Seconds(), "")
	held := kilobytes(string(status), "VmRSS:")
	t.row("memory when idle, MB", megabytes(held), "120, "+verdict(held < 120e6))
	t.row("the most it held, MB", megabytes(kilobytes(string(status), "VmHWM:")), "")
	t.print()
	return nil
}

// kilobytes reads a figure of /proc/PID/status, in bytes.
func kilobytes(status, name string) int64 {
	_, rest, _ := strings.Cut(status, name)
	var kb int64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		return 0
	}
	return kb * 1024
}
