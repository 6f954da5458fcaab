package format

import (
	"os"
	"testing"
)

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
