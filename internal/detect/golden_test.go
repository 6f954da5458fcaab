package detect

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
)

// readFile gives the findings of a file of testdata: text, or rows for CSV.
func readFile(t *testing.T, file string) ([]reeve.Finding, []Correction) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d := testSet().Open(testIndex())
	b := &reeve.Block{Text: string(data)}
	if strings.HasSuffix(file, ".csv") {
		r := csv.NewReader(strings.NewReader(string(data)))
		r.FieldsPerRecord = -1
		b = &reeve.Block{Rows: must(r.ReadAll()), Table: 1, First: 1}
	}
	return d.Block(0, b), d.Close()
}

// compact writes findings one to a line, grouped by clump in order of first
// appearance, so that a reader sees whom each value was given to.
func compact(found []reeve.Finding) string {
	var b strings.Builder
	seen := map[uint32]bool{}
	for _, first := range found {
		if seen[first.Clump] {
			continue
		}
		seen[first.Clump] = true
		who := "nobody"
		if first.Clump != 0 {
			who = "somebody"
			for _, f := range found {
				if f.Clump == first.Clump && f.Kind == reeve.KindName {
					who = f.Value.Reveal()
					break
				}
			}
		}
		fmt.Fprintf(&b, "%s\n", who)
		for _, f := range found {
			if f.Clump == first.Clump {
				fmt.Fprintf(&b, "  %s %s %s %q%s\n", f.Confidence, f.Kind, f.Capacity, f.Value.Reveal(), extras(f))
			}
		}
	}
	return b.String()
}

func extras(f reeve.Finding) string {
	s := ""
	if f.Signal != "" {
		s += " signal=" + string(f.Signal)
	}
	if !f.Said.IsZero() && f.Kind.Circumstance() {
		s += " said=" + f.Said.String()
	}
	if f.Negated {
		s += " negated"
	}
	if len(f.Records) > 0 {
		s += fmt.Sprintf(" records=%d", len(f.Records))
	}
	return s
}

func TestDocuments(t *testing.T) {
	files, _ := filepath.Glob("testdata/*/*.txt")
	tables, _ := filepath.Glob("testdata/*/*.csv")
	if files = append(files, tables...); len(files) < 10 {
		t.Fatalf("only %d documents", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			found, _ := readFile(t, file)
			golden(t, file+".golden", compact(found))
			if strings.Contains(file, "/decoy/") {
				for _, f := range found {
					if f.Confidence <= reeve.ConfidenceB && !f.Negated {
						t.Errorf("decoy %s at %s", f.Kind, f.Confidence)
					}
				}
			}
		})
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if formattest.Update() {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("findings differ from %s; got:\n%s", file, got)
	}
}
