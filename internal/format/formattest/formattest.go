// Package formattest is what the tests of the readers share: the public sample
// files, a sink that keeps what a reader gives, the checks that every reading
// must pass, and golden files. Tests alone use it; tests of other rooms use it
// to find the samples.
//
// What it must never do: know a format. Where to add: what a second package's
// tests need as well.
package formattest

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/format/part"
)

// Corpus is a path inside the measurement data, which is no part of the
// repository: REEVE_CORPUS, else ../shared/corpus beside the checkout. Where it
// is missing the test is skipped, but fails where CI is set.
func Corpus(tb testing.TB, parts ...string) string {
	tb.Helper()
	path := filepath.Join(append([]string{corpusRoot(tb)}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") != "" {
			tb.Fatalf("the measurement data %s is missing; set REEVE_CORPUS", filepath.Join(parts...))
		}
		tb.Skipf("the measurement data %s is not here; set REEVE_CORPUS to run this", filepath.Join(parts...))
	}
	return path
}

func corpusRoot(tb testing.TB) string {
	if dir := os.Getenv("REEVE_CORPUS"); dir != "" {
		return dir
	}
	return filepath.Join(Root(tb), "..", "shared", "corpus")
}

// Root is the folder of the checkout.
func Root(tb testing.TB) string {
	tb.Helper()
	at, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for at != filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at
		}
		at = filepath.Dir(at)
	}
	tb.Fatal("no go.mod above the test")
	return ""
}

// Files lists the public sample files below folders of the corpus's files, in
// the order of their paths: those with one of the extensions (".doc .dot"), or
// all.
func Files(tb testing.TB, extensions string, folders ...string) (paths []string) {
	tb.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(Corpus(tb, "files", folder), func(path string, d fs.DirEntry, err error) error {
			ext := strings.ToLower(filepath.Ext(path))
			if err == nil && d.Type().IsRegular() && (extensions == "" || slices.Contains(strings.Fields(extensions), ext)) {
				paths = append(paths, path)
			}
			return err
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	return paths
}

// Bytes reads a file of the corpus's files.
func Bytes(tb testing.TB, name string) []byte {
	tb.Helper()
	b, err := os.ReadFile(Corpus(tb, "files", name))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// Source makes bytes the source of a reader.
func Source(b []byte) part.Source {
	return part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}
}

// Packed makes a ZIP package of parts: name, content, name, content.
func Packed(tb testing.TB, parts ...string) part.Source {
	tb.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return Source(buf.Bytes())
}
