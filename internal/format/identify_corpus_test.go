package format

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestIdentifyCorpus measures how many files of the public corpora are
// recognised as what their extension says.
func TestIdentifyCorpus(t *testing.T) {
	root := corpusDir(t)
	right, total, wrong := 0, 0, []string{}
	var spent time.Duration
	filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || info.Size() == 0 {
			return err
		}
		name := filepath.Base(path)
		if !strings.Contains(name, ".") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		typ := Identify(Source{Reader: strings.NewReader(string(data)), Size: int64(len(data))})
		spent += time.Since(start)
		total++
		rel, _ := filepath.Rel(root, path)
		if MatchesExtension(typ.Name, name) && typ.Name != Unknown {
			right++
		} else {
			wrong = append(wrong, typ.Name+"\t"+rel)
		}
		return nil
	})
	for _, w := range wrong {
		t.Log(w)
	}
	t.Logf("identify: %d of %d right, %.1f %%, %v each", right, total, 100*float64(right)/float64(total), spent/time.Duration(total))
}
