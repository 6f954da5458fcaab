//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// TestServeKilled kills the workspace without a warning, several times: what it
// said it had done is there, the record holds, and it starts again.
func TestServeKilled(t *testing.T) {
	if dir := os.Getenv("REEVE_TEST_SERVE"); dir != "" {
		run(t.Context(), []string{"serve", "--case", dir, "--addr", "127.0.0.1:0"}, Console{Out: os.Stdout, Err: io.Discard})
		return
	}
	dir := filepath.Join(t.TempDir(), "case")
	const kills = 3
	for range kills {
		cmd := selfCommand(t, "^TestServeKilled$", "REEVE_TEST_SERVE="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		said := false
		for lines := bufio.NewScanner(out); !said && lines.Scan(); {
			said = strings.Contains(lines.Text(), "/first?link=") // made, kept and told
		}
		if !said {
			t.Error("the workspace gave no link")
		}
		cmd.Process.Kill()
		cmd.Wait()
	}
	_, _, stop := serving(t, "--case", dir, "--addr", "127.0.0.1:0")
	if code := stop(); code != exitDone {
		t.Errorf("started again and stopped with %d", code)
	}
	links := 0
	kase, err := sweep.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer kase.Close()
	err = kase.DB.Read(t.Context(), func(tx *db.Tx) error {
		report, err := record.Audit(tx)
		if err != nil {
			return err
		}
		lines, err := record.Lines(tx, 0, int(report.Head.Size))
		for _, l := range lines {
			if l.Verb == "first-link" {
				links++
			}
		}
		if err == nil {
			err = report.Err()
		}
		return err
	})
	if err != nil || links != kills+1 {
		t.Errorf("%d of %d links are in the record, %v", links, kills+1, err)
	}
}
