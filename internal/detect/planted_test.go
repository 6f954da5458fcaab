package detect_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/detect"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/linkage"
)

// loadRegisters maps the registers of an invented council.
func loadRegisters(t *testing.T, dir string, files []plant.RegisterFile) []reeve.Record {
	t.Helper()
	var out []reeve.Record
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.File)))
		if err != nil || !strings.HasSuffix(f.File, ".csv") {
			continue
		}
		r := csv.NewReader(strings.NewReader(string(data)))
		r.FieldsPerRecord, r.LazyQuotes = -1, true
		rows, err := r.ReadAll()
		if err != nil || len(rows) == 0 {
			continue
		}
		layout, ok := linkage.Recognise(rows[0])
		if !ok {
			continue
		}
		m := linkage.NewMapper(layout, rows[0], linkage.MapOptions{File: f.File})
		for i, row := range rows[1:] {
			recs, _ := m.Row(i+2, row)
			out = append(out, recs...)
		}
	}
	return out
}

func readItem(t *testing.T, d *detect.Document, path string) []reeve.Finding {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	if strings.ContainsRune(string(data[:min(len(data), 512)]), 0) {
		return nil // a workbook under another name
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	if !strings.HasSuffix(path, ".csv") && !strings.HasSuffix(path, ".tsv") {
		return d.Block(0, &reeve.Block{Text: text})
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	if strings.HasSuffix(path, ".tsv") {
		r.Comma = '\t'
	} else if strings.Count(text, ";") > strings.Count(text, ",") {
		r.Comma = ';'
	}
	rows, err := r.ReadAll()
	if err != nil {
		return nil
	}
	return d.Block(0, &reeve.Block{Rows: rows, Table: 1, First: 1})
}

func fold(s string) string {
	return strings.ReplaceAll(lex.Fold(strings.Join(strings.Fields(s), " ")), " ", "")
}

// TestPlanted compares the findings in an invented council's text files with
// what was planted there.
func TestPlanted(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a council")
	}
	dir := filepath.Join(t.TempDir(), "case")
	truth, err := plant.Generate(context.Background(), plant.Options{Seed: 11, People: 1500, Documents: 700, Style: "ABC", Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	set, err := detect.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	ix := lex.Compile(loadRegisters(t, dir, truth.Registers), set.Words())
	types := map[string]string{}
	for _, it := range truth.Items {
		types[it.Item] = it.Type
	}
	byItem := map[string][]plant.Fact{}
	for _, f := range truth.Facts {
		if ext := filepath.Ext(f.Item); (ext == ".txt" || ext == ".csv" || ext == ".tsv") && !strings.Contains(f.Item, "!/") {
			byItem[f.Item] = append(byItem[f.Item], f)
		}
	}
	items := make([]string, 0, len(byItem))
	for it := range byItem {
		items = append(items, it)
	}
	slices.Sort(items)
	found, total := map[reeve.Kind]int{}, map[reeve.Kind]int{}
	tied := map[reeve.Kind]int{}
	missed := map[string]int{}
	wrong := map[string]int{}
	for _, it := range items {
		d := set.Open(ix)
		findings := readItem(t, d, filepath.Join(dir, "share", filepath.FromSlash(it)))
		if findings == nil {
			continue
		}
		score(it, types[it], byItem[it], findings, found, total, tied, missed, wrong)
	}
	report(t, found, total, tied)
	for kind, least := range map[reeve.Kind]float64{reeve.KindName: 0.97, reeve.KindNINO: 0.99, reeve.KindNHSNumber: 0.99, reeve.KindDateOfBirth: 0.98, reeve.KindAddress: 0.96, reeve.KindPostcode: 0.98,
		reeve.KindBankAccount: 0.98, reeve.KindEmail: 0.98, reeve.KindPhone: 0.98, reeve.KindHealth: 0.9, reeve.KindHomelessness: 0.9, reeve.KindDebt: 0.9} {
		if n := total[kind]; n > 0 && float64(tied[kind]) < least*float64(n) {
			t.Errorf("%s: %d of %d tied to the person, want a share of %.2f", kind, tied[kind], n, least)
		}
	}
	if testing.Verbose() && os.Getenv("MISSED") != "" {
		dump(missed, "MISSED")
		dump(wrong, "WRONG")
	}
}

func score(item, typ string, facts []plant.Fact, findings []reeve.Finding, found, total, tied map[reeve.Kind]int, missed, wrong map[string]int) {
	clumps := map[string][]uint32{}
	for _, f := range facts {
		if f.Person == "" || f.Kind.Circumstance() || f.Kind == reeve.KindAddress || f.Kind == reeve.KindPostcode {
			continue
		}
		for _, g := range findings {
			if g.Kind == f.Kind && same(f, g) {
				clumps[f.Person] = append(clumps[f.Person], g.Clump)
			}
		}
	}
	for _, f := range facts {
		hit, own := false, false
		for _, g := range findings {
			if g.Kind != f.Kind || !same(f, g) {
				continue
			}
			if f.Decoy || f.Person == "" || f.Negated {
				if g.Confidence <= reeve.ConfidenceB && !g.Negated {
					wrong[fmt.Sprintf("%s %s %q in %s", f.Kind, f.Form, f.Value, typ)]++
				}
				continue
			}
			hit = true
			own = own || slices.Contains(clumps[f.Person], g.Clump)
		}
		if f.Decoy || f.Person == "" || f.Negated {
			continue
		}
		total[f.Kind]++
		if hit {
			found[f.Kind]++
		} else {
			missed[fmt.Sprintf("%s | %s | %s | %q %s", f.Kind, typ, f.Form, f.Value, f.Capacity)]++
		}
		if own {
			tied[f.Kind]++
		} else if hit {
			missed[fmt.Sprintf("UNTIED %s | %s | %s | %q %s", f.Kind, typ, f.Form, f.Value, f.Capacity)]++
		}
	}
}

func same(f plant.Fact, g reeve.Finding) bool {
	a, b := fold(f.Value), fold(g.Value.Reveal())
	if f.Kind.Circumstance() {
		return !g.Negated && (f.Signal == "" || f.Signal == g.Signal)
	}
	return a == b || strings.Contains(b, a) || strings.Contains(a, b) && len(b)*2 > len(a)
}

func report(t *testing.T, found, total, tied map[reeve.Kind]int) {
	kinds := make([]string, 0, len(total))
	for k := range total {
		kinds = append(kinds, string(k))
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		k := reeve.Kind(k)
		t.Logf("%-22s %5d planted  %.3f found  %.3f tied to the person", k, total[k], float64(found[k])/float64(total[k]), float64(tied[k])/float64(total[k]))
	}
}

func dump(m map[string]int, title string) {
	lines := make([]string, 0, len(m))
	for k, n := range m {
		lines = append(lines, fmt.Sprintf("%s %d x %s", title, n, k))
	}
	slices.Sort(lines)
	fmt.Println(strings.Join(lines, "\n"))
}
