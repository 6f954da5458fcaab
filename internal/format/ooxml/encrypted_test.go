package ooxml

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole/oletest"
)

func TestEncrypted(t *testing.T) {
	opened := 0
	for _, path := range corpusFiles(t, ".docx .xlsx .pptx", "files/tika/microsoft", "files/poi/poifs") {
		if !strings.Contains(path, "protected_passtika.") && !strings.Contains(path, "pwd123") {
			continue
		}
		opened++
		out, sink := readFile(t, path, func(src part.Source, _ part.Options, sink part.Sink) reeve.Outcome {
			return ReadEncrypted(src, part.Options{Passwords: []string{"wrong", "tika", "pwd123"}}, sink)
		})
		checkOutcome(t, filepath.Base(path), out, sink)
		if out.Status != reeve.StatusRead || len(sink.blocks) == 0 {
			t.Errorf("%s: %+v with %d blocks", filepath.Base(path), out, len(sink.blocks))
		}
		out, sink = readFile(t, path, ReadEncrypted)
		if out.Status != reeve.StatusEncrypted || out.Reason != reeve.ReasonPasswordNeeded || len(sink.blocks) > 0 {
			t.Errorf("%s without a password: %+v with %d blocks", filepath.Base(path), out, len(sink.blocks))
		}
	}
	if opened == 0 {
		t.Error("no encrypted file was tried")
	}
}

func TestEncryptedDamaged(t *testing.T) {
	out, _ := readAll(t, ReadEncrypted, sourceOf(oletest.File(oletest.Stream{Path: "EncryptionInfo", Data: make([]byte, 40)}, oletest.Stream{Path: "EncryptedPackage", Data: make([]byte, 40)})))
	if out.Status != reeve.StatusEncrypted {
		t.Errorf("an unknown method: %+v", out)
	}
	out, _ = readAll(t, ReadEncrypted, sourceOf([]byte("not a compound file")))
	if out.Status != reeve.StatusDamaged {
		t.Errorf("no compound file: %+v", out)
	}
}
