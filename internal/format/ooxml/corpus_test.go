package ooxml

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
)

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
			for _, path := range formattest.Files(t, extensions, "poi", "tika/microsoft", "tika/miscoffice") {
				sink, out := formattest.ReadFile(t, path, read)
				sink.Check(t, filepath.Base(path), out)
				counts[out.Status]++
			}
			t.Log(counts)
		})
	}
}
