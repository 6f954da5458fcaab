package main

import (
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/demo/plant"
)

// TestBackupOfPostgres moves a case from one server database to another by way
// of a backup: the lists are the same, and the case can be worked on.
func TestBackupOfPostgres(t *testing.T) {
	from, to := dbtest.PostgresAddress(t), dbtest.PostgresAddress(t)
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	if _, err := plant.Generate(t.Context(), plant.Options{Seed: 5, People: 60, Documents: 20, Dir: in("council")}); err != nil {
		t.Fatal(err)
	}
	custodian, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(in("custodian"), []byte(custodian.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	registers, err := filepath.Glob(in("council/registers/*.csv"))
	if err != nil || len(registers) == 0 {
		t.Fatalf("registers %q, %v", registers, err)
	}
	sweep := []string{"sweep", "--as-of", "2026-01-12", "--quiet", "--no-ocr", in("council/share")}
	for _, r := range registers {
		sweep = append(sweep, "--register", r)
	}
	commandLine(t, append(sweep, "--case", in("a"), "--db", from)...)
	commandLine(t, "backup", "--case", in("a"), "--out", in("a.age"), "--recipient", custodian.Recipient().String())
	commandLine(t, "restore", in("a.age"), "--case", in("b"), "--db", to, "--identity", in("custodian"))
	for _, list := range []string{"people", "items", "findings", "households", "registers"} {
		want := commandLine(t, "list", list, "--case", in("a"), "--format", "csv")
		if got := commandLine(t, "list", list, "--case", in("b"), "--format", "csv"); got != want {
			t.Errorf("list %s differs after the restore", list)
		}
	}
	commandLine(t, append(sweep, "--case", in("b"))...)
	commandLine(t, "key", "--case", in("a"), "--out", in("a.pub"))
	commandLine(t, "checkpoint", "--case", in("a"), "--out", in("a.checkpoint"))
	commandLine(t, "bundle", "--case", in("b"), "--out", in("b.bundle"))
	commandLine(t, "verify", in("b.bundle"), "--key", in("a.pub"), "--checkpoint", in("a.checkpoint"))
}
