package plant

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// generated makes a tree once for a test and gives it with its folder.
func generated(t *testing.T, o Options) (*Truth, string) {
	t.Helper()
	if o.Dir == "" {
		o.Dir = filepath.Join(t.TempDir(), "norvale")
	}
	truth, err := Generate(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return truth, o.Dir
}

// TestKeepTree writes a tree to look at: PLANT_DIR=/tmp/x go test -run KeepTree.
// PLANT_PEOPLE, PLANT_DOCUMENTS, PLANT_SEED and PLANT_STYLE change what is made.
func TestKeepTree(t *testing.T) {
	dir := os.Getenv("PLANT_DIR")
	if dir == "" {
		t.Skip("PLANT_DIR is not set: no tree to keep")
	}
	number := func(name string, other int) int {
		if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
			return n
		}
		return other
	}
	truth, _ := generated(t, Options{Seed: uint64(number("PLANT_SEED", 1)), People: number("PLANT_PEOPLE", 0), Documents: number("PLANT_DOCUMENTS", 0),
		Style: os.Getenv("PLANT_STYLE"), Dir: dir})
	t.Logf("%d items, %d facts, %d people", len(truth.Items), len(truth.Facts), len(truth.People))
}
