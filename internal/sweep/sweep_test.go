package sweep_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
)

// sweepEnv makes the test binary sweep a planted council and exit, so that a
// test can kill it.
const sweepEnv = "REEVE_TEST_SWEEP"

func TestMain(m *testing.M) {
	if sandbox.Called() {
		sweep.ServeReader()
	}
	if dir := os.Getenv(sweepEnv); dir != "" {
		os.Exit(sweepMain(dir))
	}
	if dir := os.Getenv(scansEnv); dir != "" {
		os.Exit(scansMain(dir))
	}
	os.Exit(dbtest.Main(m))
}

// sweepMain sweeps the council planted in dir into the case beside it.
func sweepMain(dir string) int {
	truth, err := plant.ReadTruth(dir)
	if err == nil {
		var c *sweep.Case
		if c, err = sweep.Make(context.Background(), filepath.Join(dir, "case"), ""); err == nil {
			_, err = c.Sweep(context.Background(), planted(dir, truth))
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	return 0
}

// planted is the sweep of a planted council. Its scans stay unread: ocr_test.go
// has scans of its own, which take seconds and not minutes.
func planted(dir string, truth *plant.Truth) sweep.Options {
	opt := sweep.Options{Council: "NVB", NoOCR: true, AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12},
		Exhibits: []sweep.ExhibitFlag{{Path: filepath.Join(dir, truth.Exhibit)}}}
	if b, err := os.ReadFile(filepath.Join(dir, truth.Passwords)); err == nil {
		opt.Passwords = strings.Fields(string(b))
	}
	for _, r := range truth.Registers {
		opt.Registers = append(opt.Registers, sweep.RegisterFlag{Path: filepath.Join(dir, r.File)})
	}
	return opt
}

func plantCouncil(t testing.TB, people, documents int) (string, *plant.Truth) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "council")
	truth, err := plant.Generate(t.Context(), plant.Options{Seed: 7, People: people, Documents: documents, Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return dir, truth
}

// lists prints all lists of a case as one text, loaded_at left out.
func lists(t testing.TB, c *sweep.Case) string {
	t.Helper()
	var b bytes.Buffer
	for _, l := range sweep.Lists() {
		fmt.Fprintln(&b, "##", l.Name)
		w := csv.NewWriter(&b)
		err := c.Rows(t.Context(), l, sweep.ListOptions{Reveal: true, Sealed: true}, func(row []string) error {
			if l.Name == "registers" {
				row = row[:len(row)-1]
			}
			return w.Write(row)
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Flush()
	}
	return b.String()
}

func openCase(t testing.TB, dir, address string) *sweep.Case {
	t.Helper()
	c, err := sweep.Make(t.Context(), dir, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func runSweep(t testing.TB, c *sweep.Case, opt sweep.Options) sweep.Summary {
	t.Helper()
	sum, err := c.Sweep(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// sameLists compares two printings and shows the first lines that differ.
func sameLists(t testing.TB, what, want, got string) {
	t.Helper()
	if want == got {
		return
	}
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	shown := 0
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Errorf("%s: line %d\n  want %s\n  got  %s", what, i+1, a[i], b[i])
			if shown++; shown == 5 {
				break
			}
		}
	}
	t.Fatalf("%s: the lists differ (%d and %d lines)", what, len(a), len(b))
}

// TestSameLists: any number of workers, a second run over everything, and the
// other database give the same lists, byte for byte.
func TestSameLists(t *testing.T) {
	dir, truth := plantCouncil(t, 400, 250)
	one := openCase(t, filepath.Join(dir, "one"), "")
	opt := planted(dir, truth)
	opt.Workers = 1
	sum := runSweep(t, one, opt)
	f := sum.Funnel
	if f.Items == 0 || f.People == 0 || f.Items != f.Read+f.PartlyRead+f.NotRead {
		t.Fatalf("funnel does not add up: %+v", f)
	}
	want := lists(t, one)
	five := openCase(t, filepath.Join(dir, "five"), "")
	opt.Workers = 5
	runSweep(t, five, opt)
	sameLists(t, "five workers", want, lists(t, five))
	runSweep(t, five, opt)
	sameLists(t, "a second run", want, lists(t, five))
	t.Run("postgres", func(t *testing.T) {
		other := openCase(t, filepath.Join(dir, "postgres"), dbtest.PostgresAddress(t))
		runSweep(t, other, opt)
		sameLists(t, "PostgreSQL", want, lists(t, other))
	})
}

// TestKilled: a sweep killed at fifty random moments and run again until it
// ends gives the lists of one that was left alone.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills fifty sweeps; left out of the short tests")
	}
	dir, truth := plantCouncil(t, 300, 200)
	whole := openCase(t, filepath.Join(dir, "whole"), "")
	began := time.Now()
	runSweep(t, whole, planted(dir, truth))
	took := time.Since(began)
	want := lists(t, whole)
	for i := range 50 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), sweepEnv+"="+dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Moments spread over the whole length of a run, in no order.
		time.Sleep(took * time.Duration((i*37+11)%100) / 80)
		cmd.Process.Kill()
		cmd.Wait()
	}
	var stderr bytes.Buffer
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), sweepEnv+"="+dir)
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("the last run: %v: %s", err, stderr.String())
	}
	again := openCase(t, filepath.Join(dir, "case"), "")
	sameLists(t, "after fifty kills", want, lists(t, again))
	left, err := os.ReadDir(filepath.Join(dir, "case", "tmp"))
	if err != nil || len(left) > 0 {
		t.Errorf("temporary files left behind: %v %v", left, err)
	}
}
