package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

func TestFlagsAnywhere(t *testing.T) {
	cases := []struct {
		line, rest, register string
		quiet                bool
	}{
		{"", "", "", false},
		{"a --quiet b --register x c --register=y", "a b c", "x y", true},
		{"--quiet -- --register z", "--register z", "", true},
		{"a -- -b", "a -b", "", false},
		{"- -quiet", "-", "", true},
	}
	for _, c := range cases {
		var register texts
		set := flag.NewFlagSet("x", flag.ContinueOnError)
		quiet := set.Bool("quiet", false, "")
		set.Var(&register, "register", "")
		rest, err := parse(set, strings.Fields(c.line))
		if err != nil || strings.Join(rest, " ") != c.rest || register.String() != c.register || *quiet != c.quiet {
			t.Errorf("%q: arguments %q, register %q, quiet %v, %v", c.line, rest, register, *quiet, err)
		}
	}
}

func TestFlagErrorsTellNoValue(t *testing.T) {
	set := flag.NewFlagSet("x", flag.ContinueOnError)
	set.SetOutput(&bytes.Buffer{})
	set.Int("workers", 0, "")
	set.String("why", "", "")
	for line, want := range map[string]string{
		"--workers QQ123456C": "the value of --workers cannot be read",
		"--why":               "--why needs a value",
		"--wrokers 3":         "there is no flag of that name; did you mean --workers?",
		"--QQ123456C":         "there is no flag of that name",
		"--=QQ123456C":        "the flags cannot be read",
	} {
		_, err := parse(set, strings.Fields(line))
		if err == nil || err.Error() != want || !errors.As(err, new(usageError)) {
			t.Errorf("%s: %v, want %s", line, err, want)
		}
	}
}

func TestExitCodes(t *testing.T) {
	interrupted, cancel := context.WithCancelCause(t.Context())
	cancel(errInterrupted)
	cases := []struct {
		ctx  context.Context
		err  error
		code int
	}{
		{t.Context(), nil, 0},
		{t.Context(), usageError{"x"}, 1},
		{t.Context(), fmt.Errorf("open case: %w", reeve.NotFound), 1},
		{t.Context(), reeve.WithHint(fmt.Errorf("x: %w", reeve.Conflict), "y"), 1},
		{t.Context(), unfinished{reeve.NotFound}, 2},
		{t.Context(), fmt.Errorf("x: %w", reeve.Unavailable), 2},
		{t.Context(), errors.New("x"), 2},
		{t.Context(), fmt.Errorf("verify: %w", record.ErrTampered), 3},
		{interrupted, context.Canceled, 130},
		{interrupted, nil, 0},
	}
	for _, c := range cases {
		var out bytes.Buffer
		if got := finish(c.ctx, Console{Err: &out}, c.err); got != c.code {
			t.Errorf("%v: exit code %d, want %d", c.err, got, c.code)
		}
		if lines := strings.Count(out.String(), "\n"); c.err != nil && (lines < 1 || lines > 2) {
			t.Errorf("%v: printed %q", c.err, out.String())
		}
	}
}

func TestErrorsStayOnOneLine(t *testing.T) {
	var out bytes.Buffer
	finish(t.Context(), Console{Err: &out}, reeve.WithHint(errors.New("a\nb\x1b[31m"), "c\rd"))
	if out.String() != "reeve: a b [31m\n  try: c d\n" {
		t.Errorf("printed %q", out.String())
	}
}

func TestPanicTellsNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("REEVE_DEBUG", dir)
	const secret = "QQ123456C"
	err := guard(Console{}, func() error { panic(secret) })
	if exitCode(t.Context(), err) != exitUnfinished || reeve.HintOf(err) == "" || strings.Contains(err.Error(), secret) {
		t.Errorf("a panic became %v", err)
	}
	traces, _ := filepath.Glob(filepath.Join(dir, "reeve-trace-*.txt"))
	if len(traces) != 1 {
		t.Fatalf("traces %q", traces)
	}
	text, err := os.ReadFile(traces[0])
	if err != nil || !strings.Contains(string(text), "TestPanicTellsNothing") || strings.Contains(string(text), secret) {
		t.Errorf("the trace reads %s, %v", text, err)
	}
	t.Setenv("REEVE_DEBUG", "")
	if err := guard(Console{}, func() error { return dispatch(t.Context(), []string{"help"}, Console{Out: &bytes.Buffer{}}) }); err != nil {
		t.Errorf("no panic became %v", err)
	}
}

// TestCommands: the list is fit for help and completion.
func TestCommands(t *testing.T) {
	var names []string
	for _, cmd := range commands() {
		names = append(names, cmd.Name)
		if cmd.Run == nil || cmd.Long == "" || cmd.Short == "" && !cmd.Hidden || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("command %q lacks a part or its short text ends with a full stop", cmd.Name)
		}
		cmd.flagSet().VisitAll(func(f *flag.Flag) {
			if f.Usage == "" {
				t.Errorf("flag --%s of %s says nothing", f.Name, cmd.Name)
			}
		})
	}
	slices.Sort(names)
	if len(slices.Compact(names)) != len(commands()) {
		t.Errorf("two commands have one name: %q", names)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"sweep", "list", "explain", "decide"}
	for in, want := range map[string]string{"sweeep": "sweep", "lst": "list", "exp": "explain", "x": "", "swep": "sweep", "banana": ""} {
		if got := nearest(in, names); got != want {
			t.Errorf("%q is near %q, want %q", in, got, want)
		}
	}
}

// TestWording: the kind of an error is for the exit code and does not stand at
// the end of its text.
func TestWording(t *testing.T) {
	for want, err := range map[string]error{
		"find case":     fmt.Errorf("find case: %w", reeve.NotFound),
		"lock: held":    reeve.WithHint(fmt.Errorf("lock: held: %w", reeve.Conflict), "wait"),
		"not valid":     reeve.Invalid,
		"disk: is full": errors.New("disk: is full"),
	} {
		if got := wording(err); got != want {
			t.Errorf("%v is worded %q, want %q", err, got, want)
		}
	}
}

// TestProgressFits: a line that is redrawn is narrower than the terminal.
func TestProgressFits(t *testing.T) {
	p := sweep.Progress{Phase: sweep.PhaseReading, Items: 123456, ItemsFound: 234567, Bytes: 5e9, BytesFound: 9e9, Elapsed: time.Hour, Left: 3 * time.Hour}
	for _, width := range []int{1, 20, 40, 71, 72, 80, 200} {
		var out bytes.Buffer
		newBar(Console{Err: &out, Terminal: true, Width: width}).show(p)
		line := strings.TrimSuffix(strings.TrimPrefix(out.String(), "\r"), "\x1b[K")
		if n := len([]rune(line)); n == 0 || n >= width && width > 1 {
			t.Errorf("%d columns: a line of %d, %q", width, n, line)
		}
	}
}
