package ooxml

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole/oletest"
)

func TestEncrypted(t *testing.T) {
	opened := 0
	for _, path := range formattest.Files(t, ".docx .xlsx .pptx", "tika/microsoft", "poi/poifs") {
		if !strings.Contains(path, "protected_passtika.") && !strings.Contains(path, "pwd123") {
			continue
		}
		opened++
		sink, out := formattest.ReadFile(t, path, func(src part.Source, _ part.Options, sink part.Sink) reeve.Outcome {
			return ReadEncrypted(src, part.Options{Passwords: []string{"wrong", "tika", "pwd123"}}, sink)
		})
		sink.Check(t, filepath.Base(path), out)
		if out.Status != reeve.StatusRead || len(sink.Blocks) == 0 {
			t.Errorf("%s: %+v with %d blocks", filepath.Base(path), out, len(sink.Blocks))
		}
		sink, out = formattest.ReadFile(t, path, ReadEncrypted)
		if out.Status != reeve.StatusEncrypted || out.Reason != reeve.ReasonPasswordNeeded || len(sink.Blocks) > 0 {
			t.Errorf("%s without a password: %+v with %d blocks", filepath.Base(path), out, len(sink.Blocks))
		}
	}
	if opened == 0 {
		t.Error("no encrypted file was tried")
	}
}

func TestEncryptedDamaged(t *testing.T) {
	out, _ := readAll(t, ReadEncrypted, formattest.Source(oletest.File(oletest.Stream{Path: "EncryptionInfo", Data: make([]byte, 40)}, oletest.Stream{Path: "EncryptedPackage", Data: make([]byte, 40)})))
	if out.Status != reeve.StatusEncrypted {
		t.Errorf("an unknown method: %+v", out)
	}
	out, _ = readAll(t, ReadEncrypted, formattest.Source([]byte("not a compound file")))
	if out.Status != reeve.StatusDamaged {
		t.Errorf("no compound file: %+v", out)
	}
}
