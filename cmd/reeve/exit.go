package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/record"
)

// Exit codes of the contract.
const (
	exitDone        = 0
	exitUsage       = 1 // wrong usage, nothing done
	exitUnfinished  = 2 // could not finish, what was done is kept
	exitTampered    = 3
	exitInterrupted = 130
)

// usageError is a mistake on the command line.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

// unfinished marks an error after which something was done and kept, whatever
// its kind: the exit code is 2.
type unfinished struct{ error }

func (e unfinished) Unwrap() error { return e.error }

// errQuiet ends with wrong usage when the text was printed already.
var errQuiet = errors.New("")

// errInterrupted is the cause of a context that a signal cancelled.
var errInterrupted = errors.New("interrupted")

// exitCode is the one place where kinds of errors become exit codes.
func exitCode(ctx context.Context, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(context.Cause(ctx), errInterrupted):
		return exitInterrupted
	case errors.Is(err, record.ErrTampered):
		return exitTampered
	case errors.As(err, new(unfinished)):
		return exitUnfinished
	case errors.As(err, &usage), errors.Is(err, errQuiet), errors.Is(err, reeve.Invalid), errors.Is(err, reeve.NotFound),
		errors.Is(err, reeve.Denied), errors.Is(err, reeve.Conflict):
		return exitUsage
	}
	return exitUnfinished
}

// finish prints an error, one line saying what is wrong and one saying what to
// try, and gives the exit code.
func finish(ctx context.Context, c Console, err error) int {
	code := exitCode(ctx, err)
	switch {
	case err == nil || errors.Is(err, errQuiet):
	case code == exitInterrupted:
		fmt.Fprintln(c.Err, "reeve: interrupted; what was done is kept")
		fmt.Fprintln(c.Err, "  try: run the same command again to go on")
	default:
		fmt.Fprintln(c.Err, "reeve:", wording(err))
		if hint := reeve.HintOf(err); hint != "" {
			fmt.Fprintln(c.Err, "  try:", oneLine(hint))
		}
	}
	return code
}

// wording is the text of an error as one line. Its kind is for the exit code: at
// the end of a text that says what is wrong it would only be noise.
func wording(err error) string {
	text := oneLine(err.Error())
	for _, kind := range []error{reeve.NotFound, reeve.Invalid, reeve.Denied, reeve.Conflict, reeve.Unavailable} {
		text = strings.TrimSuffix(text, ": "+kind.Error())
	}
	return text
}

// oneLine keeps what an error quotes from breaking out of its line or painting
// the terminal.
func oneLine(s string) string {
	b := []rune(s)
	for i, r := range b {
		if r < ' ' || r == 0x7F || 0x80 <= r && r < 0xA0 {
			b[i] = ' '
		}
	}
	return string(b)
}

// catchInterrupts cancels the context on the first Ctrl-C or TERM; the second
// ends the process.
func catchInterrupts(ctx context.Context, c Console) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
		case <-ctx.Done():
			return
		}
		fmt.Fprintln(c.Err, "reeve: stopping; press Ctrl-C once more to stop at once")
		cancel(errInterrupted)
		<-signals
		os.Exit(exitInterrupted)
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// guard turns a panic into an error that tells nothing of what was in memory.
func guard(c Console, do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			hint := "run it again with REEVE_DEBUG set to a folder and report the file that is written there; it holds no personal data"
			if path := keepTrace(p); path != "" {
				hint = "report the file " + path + "; it holds no personal data"
			}
			err = reeve.WithHint(unfinished{errors.New("internal error; what was done is kept")}, hint)
		}
	}()
	return do()
}

// keepTrace writes where the program was, if REEVE_DEBUG names a folder. Only
// errors of the Go runtime are quoted: the text of others may hold what was
// being read.
func keepTrace(p any) string {
	dir := os.Getenv("REEVE_DEBUG")
	if dir == "" {
		return ""
	}
	text := fmt.Sprintf("%T", p)
	if e, ok := p.(runtime.Error); ok {
		text = e.Error()
	}
	f, err := os.CreateTemp(dir, "reeve-trace-*.txt")
	if err != nil {
		return ""
	}
	defer f.Close()
	fmt.Fprintf(f, "%s\n%s\n\n%s", versionLine(), text, debug.Stack())
	return filepath.ToSlash(f.Name())
}
