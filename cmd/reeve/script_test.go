package main

import (
	"os"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// TestMain makes this test binary answer to the name reeve in scripts. The
// process that reads hostile files is this binary too, under another name.
func TestMain(m *testing.M) {
	if sandbox.Called() {
		main()
	}
	testscript.Main(withDatabases{m}, map[string]func(){"reeve": main})
}

// withDatabases stops the test server of PostgreSQL, if one was started.
type withDatabases struct{ *testing.M }

func (w withDatabases) Run() int { return dbtest.Main(w.M) }

// TestScripts runs testdata/*.txtar: each is a shell-like script with its files
// that drives the real main function.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: false,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"code": code},
	})
}

// code runs a command and holds its exit code to the first argument:
//
//	code 130 reeve sweep …
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command args...")
	}
	got := "0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("run %s: %v", args[1], err)
		}
		got = strconv.Itoa(exit.ExitCode())
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}
