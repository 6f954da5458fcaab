package format

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/format/formattest"
	"time"
)

// leastRight is the share of corpus files, in per mille, that must be
// recognised as what their extension says. About one in a hundred is misnamed
// or empty of any mark, so that more cannot be asked.
const leastRight = 970

func TestIdentifyCorpus(t *testing.T) {
	root := formattest.Corpus(t, "files")
	right, total := 0, 0
	var spent time.Duration
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(d.Name(), ".") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil || len(data) == 0 {
			return err
		}
		start := time.Now()
		typ := Identify(Source{Reader: bytes.NewReader(data), Size: int64(len(data))})
		spent += time.Since(start)
		total++
		if MatchesExtension(typ.Name, d.Name()) && typ.Name != Unknown {
			right++
			return nil
		}
		rel, _ := filepath.Rel(root, path)
		t.Logf("%s: %s", rel, typ.Name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("identify: %d of %d right (%.1f %%), %v each", right, total, 100*float64(right)/float64(total), spent/time.Duration(total))
	if right*1000 < total*leastRight {
		t.Errorf("%d of %d files recognised", right, total)
	}
}
