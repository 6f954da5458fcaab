package pdf

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

// fuzzLimits are low, so that a reader that ignores them shows.
var fuzzLimits = part.Limits{Text: 4 << 20, Cells: 1e6, Pages: 2000, Steps: 4e6, Expanded: 16 << 20, Embedded: 2000}

// FuzzRead: no bytes make the reader panic, run beyond its limits, or end in
// anything but one known status with its reason.
func FuzzRead(f *testing.F) {
	for _, s := range samples() {
		f.Add(s)
	}
	paths, _ := filepath.Glob("../../../../shared/corpus/files/pdfjs/*.pdf")
	for _, p := range paths {
		if b, err := os.ReadFile(p); err == nil && len(b) < 4000 {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		sink := &formattest.Kept{}
		out := Read(part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}, part.Options{Limits: fuzzLimits}, sink)
		if bad := contractFault(out, sink); bad != "" {
			t.Fatal(bad)
		}
	})
}

// contractFault says how an outcome and its blocks break the contract of
// readers; nothing when they do not.
func contractFault(out reeve.Outcome, sink *formattest.Kept) string {
	letters := 0
	for _, b := range sink.Blocks {
		if len(b.Text) > reeve.MaxBlockText || len(b.Rows) > reeve.MaxBlockRows {
			return "a block is too large"
		}
		letters += len(b.Text)
	}
	known := false
	for _, s := range reeve.Statuses {
		known = known || out.Status == s
	}
	switch {
	case !known:
		return "no known status: " + string(out.Status)
	case out.Status != reeve.StatusRead && out.Reason == reeve.ReasonNone:
		return "not read, and no reason"
	case letters > int(fuzzLimits.Text)+1<<21:
		return "more text than the limit"
	}
	return ""
}
