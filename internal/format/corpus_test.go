package format

import (
	"os"
	"path/filepath"
	"testing"
)

// corpusDir is the folder of public test files, which is no part of the
// repository. Without it the corpus tests are skipped, except in CI.
func corpusDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("REEVE_CORPUS")
	if dir == "" {
		dir = filepath.Join(repositoryRoot(t), "..", "shared", "corpus")
	}
	if _, err := os.Stat(filepath.Join(dir, "files")); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no corpus at REEVE_CORPUS")
		}
		t.Skip("no corpus at REEVE_CORPUS: skipped")
	}
	return filepath.Join(dir, "files")
}

func repositoryRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// openSource opens a file as a Source and closes it with the test.
func openSource(t *testing.T, path string) Source {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return Source{Reader: f, Size: info.Size()}
}
