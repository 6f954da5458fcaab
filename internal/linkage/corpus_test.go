package linkage

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// corpusPath finds a file of the public data sets with truth: the environment
// variable REEVE_CORPUS, else ../shared/corpus beside the repository. A test
// without it is skipped, under CI it fails.
func corpusPath(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("REEVE_CORPUS")
	for dir := "."; root == ""; dir = filepath.Join(dir, "..") {
		abs, err := filepath.Abs(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(abs, "go.mod")); err == nil {
			root = filepath.Join(abs, "..", "shared", "corpus")
		} else if abs == filepath.Dir(abs) {
			break
		}
	}
	path := filepath.Join(root, "link", name)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("the data set link/%s is not there; set REEVE_CORPUS", name)
		}
		t.Skipf("the data set link/%s is not there", name)
	}
	return path
}

// readTable reads a CSV file into rows by column name.
func readTable(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(corpusPath(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	in := csv.NewReader(r)
	in.TrimLeadingSpace, in.FieldsPerRecord = true, -1
	all, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, c := range cells {
			row[strings.TrimSpace(all[0][i])] = strings.TrimSpace(c)
		}
		out = append(out, row)
	}
	return out
}

// pairScore is precision, recall and F1 over pairs, and the largest cluster.
type pairScore struct {
	precision, recall, f1 float64
	largest               int
}

func scoreClusters(got []int, truth []string) pairScore {
	sizeGot, sizeTrue, both := map[int]int{}, map[string]int{}, map[[2]string]int{}
	for i, g := range got {
		sizeGot[g]++
		sizeTrue[truth[i]]++
		both[[2]string{truth[i], strconv.Itoa(g)}]++
	}
	pairs := func(n int) float64 { return float64(n) * float64(n-1) / 2 }
	var s pairScore
	var found, all, right float64
	for _, n := range sizeGot {
		found += pairs(n)
		s.largest = max(s.largest, n)
	}
	for _, n := range sizeTrue {
		all += pairs(n)
	}
	for _, n := range both {
		right += pairs(n)
	}
	s.precision, s.recall = right/max(found, 1), right/max(all, 1)
	s.f1 = 2 * s.precision * s.recall / max(s.precision+s.recall, 1e-9)
	return s
}

func febrlRows(t testing.TB, names ...string) ([]Row, []string) {
	var rows []Row
	var truth []string
	for _, name := range names {
		for _, r := range readTable(t, "febrl/"+name) {
			d, _ := reeve.ParseISODate(isoDate(r["date_of_birth"]))
			rows = append(rows, Row{
				Names: []reeve.Name{{Given: r["given_name"], Surname: r["surname"]}},
				Born:  d,
				Home:  reeve.Address{Number: r["street_number"], Street: r["address_1"], Postcode: r["postcode"]},
				Extra: []string{r["suburb"], r["address_2"], r["state"]},
			})
			truth = append(truth, strings.Split(r["rec_id"], "-")[1])
		}
	}
	return rows, truth
}

func isoDate(s string) string {
	if len(s) != 8 {
		return ""
	}
	return s[:4] + "-" + s[4:6] + "-" + s[6:]
}

func historicalRows(t testing.TB) ([]Row, []string) {
	var rows []Row
	var truth []string
	for _, r := range readTable(t, "splink/historical_50k.csv.gz") {
		d, _ := reeve.ParseISODate(r["dob"])
		given, surname := r["first_name"], r["surname"]
		rows = append(rows, Row{
			Names: []reeve.Name{{Given: given, Surname: surname}},
			Born:  d,
			Home:  reeve.Address{Postcode: strings.ToUpper(r["postcode_fake"])},
			Extra: []string{r["birth_place"], r["occupation"]},
		})
		truth = append(truth, r["cluster"])
	}
	return rows, truth
}

func fakeRows(t testing.TB) ([]Row, []string) {
	var rows []Row
	var truth []string
	for _, r := range readTable(t, "splink/fake_1000.csv") {
		d, _ := reeve.ParseISODate(r["dob"])
		row := Row{Names: []reeve.Name{{Given: r["first_name"], Surname: r["surname"]}}, Born: d, Extra: []string{r["city"]}}
		if r["email"] != "" {
			row.IDs = []reeve.ID{{Kind: reeve.KindEmail, Norm: r["email"]}}
		}
		rows = append(rows, row)
		truth = append(truth, r["cluster"])
	}
	return rows, truth
}

// TestDataSets holds the engine to public data sets with known truth. The
// thresholds are fixed here and were not fitted to the truth of each set: 0 is
// even odds, and the lax run shows that there is no cliff.
func TestDataSets(t *testing.T) {
	tests := []struct {
		name      string
		rows      func(t testing.TB) ([]Row, []string)
		threshold int32
		f1        float64
		largest   int
	}{
		{"FEBRL 4 without national id", func(t testing.TB) ([]Row, []string) { return febrlRows(t, "dataset4a.csv", "dataset4b.csv") }, 0, 0.999, 2},
		{"FEBRL 3 without national id", func(t testing.TB) ([]Row, []string) { return febrlRows(t, "dataset3.csv") }, 0, 0.998, 7},
		{"historical figures", historicalRows, 0, 0.92, 80},
		{"historical figures, lax", historicalRows, -600, 0.84, 120},
		{"fake 1000", fakeRows, 0, 0.92, 12},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows, truth := tt.rows(t)
			got, params, err := Dedupe(context.Background(), rows, DedupeOptions{Threshold: tt.threshold})
			if err != nil {
				t.Fatal(err)
			}
			s := scoreClusters(got, truth)
			t.Logf("precision %.4f recall %.4f F1 %.4f largest %d match share %.2g", s.precision, s.recall, s.f1, s.largest, params.Match)
			if s.f1 < tt.f1 {
				t.Errorf("F1 %.4f, want %.4f", s.f1, tt.f1)
			}
			if s.largest > tt.largest {
				t.Errorf("largest cluster %d, want at most %d", s.largest, tt.largest)
			}
		})
	}
}
