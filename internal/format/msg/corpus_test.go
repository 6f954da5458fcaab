package msg

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
)

// Every public message that is not made by a fuzzer gives text.
func TestCorpus(t *testing.T) {
	root := formattest.Corpus(t, "files")
	for _, pattern := range []string{"poi/hsmf/*.msg", "poi/poifs/*.msg", "tika/microsoft/*.msg"} {
		paths, _ := filepath.Glob(filepath.Join(root, pattern))
		for _, path := range paths {
			g, out := formattest.ReadFile(t, path, Read)
			t.Logf("%-40.40s %s %s text %d items %q %d", filepath.Base(path), out.Status, out.Detail, len(g.Text()), g.Names, g.Sizes)
			if strings.Contains(path, "fuzz") {
				continue
			}
			cut := strings.Contains(path, "unknown_properties") // its last sector is not all there
			if strings.TrimSpace(g.Text()) == "" || (out.Status == reeve.StatusRead) == cut {
				t.Errorf("%s: %s %s", filepath.Base(path), out.Status, out.Reason)
			}
		}
	}
}
