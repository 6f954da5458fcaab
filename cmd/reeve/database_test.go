package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/demo/plant"
)

// TestListsDoNotDependOnTheDatabase sweeps one small council into a case on
// SQLite and one on PostgreSQL and compares every list byte for byte.
func TestListsDoNotDependOnTheDatabase(t *testing.T) {
	dir := t.TempDir()
	address := dbtest.PostgresAddress(t)
	if _, err := plant.Generate(t.Context(), plant.Options{Seed: 5, People: 200, Documents: 60, Dir: filepath.Join(dir, "council")}); err != nil {
		t.Fatal(err)
	}
	registers, err := filepath.Glob(filepath.Join(dir, "council", "registers", "*.csv"))
	if err != nil || len(registers) == 0 {
		t.Fatalf("registers %q, %v", registers, err)
	}
	sweep := []string{"sweep", "--as-of", "2026-01-12", "--quiet", filepath.Join(dir, "council", "share")}
	for _, r := range registers {
		sweep = append(sweep, "--register", r)
	}
	file, server := filepath.Join(dir, "file"), filepath.Join(dir, "server")
	commandLine(t, append(sweep, "--case", file)...)
	commandLine(t, append(sweep, "--case", server, "--db", address)...)
	for _, list := range []string{"triage", "items", "findings", "people", "households", "coverage", "bad-rows"} {
		args := []string{"list", list, "--format", "csv", "--reveal", "--sealed", "--reason", "test", "--case"}
		a, b := commandLine(t, append(args, file)...), commandLine(t, append(args, server)...)
		if a != b {
			t.Errorf("%s: the lists differ, from line %d on", list, firstDifference(a, b))
		}
		if list != "bad-rows" && strings.Count(a, "\n") < 2 {
			t.Errorf("%s is empty; the test shows nothing", list)
		}
	}
}

// commandLine runs a command line in this process and gives what it printed.
func commandLine(t *testing.T, args ...string) string {
	t.Helper()
	var out, problems bytes.Buffer
	if code := run(t.Context(), args, Console{In: strings.NewReader(""), Out: &out, Err: &problems, Width: 80}); code != exitDone {
		t.Fatalf("reeve %s: exit code %d\n%s", args[0], code, problems.String())
	}
	return out.String()
}

func firstDifference(a, b string) int {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return i + 1
		}
	}
	return min(len(as), len(bs)) + 1
}
