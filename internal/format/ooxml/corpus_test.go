package ooxml

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// corpusFiles lists the public files with one of the extensions below the
// folders. Without the corpus the test is skipped, but not where CI is set.
func corpusFiles(t *testing.T, extensions string, folders ...string) (paths []string) {
	t.Helper()
	root := os.Getenv("REEVE_CORPUS")
	if root == "" {
		root = "../../../../shared/corpus"
	}
	for _, folder := range folders {
		filepath.WalkDir(filepath.Join(root, folder), func(path string, d os.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && slices.Contains(strings.Fields(extensions), filepath.Ext(path)) {
				paths = append(paths, path)
			}
			return nil
		})
	}
	if len(paths) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("the corpus is not here")
		}
		t.Skip("the corpus is not here: set REEVE_CORPUS")
	}
	return paths
}

// readFile runs a reader over a file on disk.
func readFile(t *testing.T, path string, read readFunc) (reeve.Outcome, *catcher) {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		t.Fatal(err)
	}
	sink := &catcher{}
	return read(part.Source{Reader: in, Size: info.Size()}, part.Options{}, sink), sink
}

func TestCorpus(t *testing.T) {
	readers := map[string]readFunc{
		".docx .docm .dotx .dotm":             ReadDOCX,
		".xlsx .xlsm .xltx .xltm":             ReadXLSX,
		".xlsb":                               ReadXLSB,
		".vsdx .vsdm":                         ReadVSDX,
		".pptx .pptm .potx .potm .ppsx .ppsm": ReadPPTX,
	}
	for extensions, read := range readers {
		t.Run(strings.Fields(extensions)[0][1:], func(t *testing.T) {
			counts := map[reeve.Status]int{}
			for _, path := range corpusFiles(t, extensions, "files/poi", "files/tika/microsoft", "files/tika/miscoffice") {
				out, sink := readFile(t, path, read)
				checkOutcome(t, filepath.Base(path), out, sink)
				counts[out.Status]++
			}
			t.Log(counts)
		})
	}
}
