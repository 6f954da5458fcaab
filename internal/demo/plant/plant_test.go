package plant

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
)

// generated makes a tree once for a test and gives it with its folder.
func generated(t *testing.T, o Options) (*Truth, string) {
	t.Helper()
	if o.Dir == "" {
		o.Dir = filepath.Join(t.TempDir(), "norvale")
	}
	truth, err := Generate(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return truth, o.Dir
}

var demo struct {
	sync.Once
	truth *Truth
	dir   string
	err   error
}

// demoTree is one tree of the demo's size for all tests that only look at it.
func demoTree(t *testing.T) (*Truth, string) {
	t.Helper()
	demo.Do(func() {
		if demo.dir, demo.err = os.MkdirTemp("", "norvale"); demo.err == nil {
			demo.truth, demo.err = Generate(context.Background(), Options{Seed: 1, Dir: filepath.Join(demo.dir, "tree")})
		}
	})
	if demo.err != nil {
		t.Fatal(demo.err)
	}
	return demo.truth, filepath.Join(demo.dir, "tree")
}

func TestMain(m *testing.M) {
	code := m.Run()
	if demo.dir != "" {
		os.RemoveAll(demo.dir)
	}
	os.Exit(code)
}

// treeDigest is one digest of all names, links and bytes below dir.
func treeDigest(t *testing.T, dir string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		if e.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(path)
			fmt.Fprintln(h, rel, target)
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintln(h, rel, sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func TestSameSeedSameBytes(t *testing.T) {
	_, a := generated(t, Options{Seed: 3, People: 300, Documents: 130})
	_, b := generated(t, Options{Seed: 3, People: 300, Documents: 130})
	_, c := generated(t, Options{Seed: 4, People: 300, Documents: 130})
	if treeDigest(t, a) != treeDigest(t, b) {
		t.Error("the same options gave other bytes")
	}
	if treeDigest(t, a) == treeDigest(t, c) {
		t.Error("another seed gave the same bytes")
	}
}

// fromWindows reads the code page's letters above 127, which are those of
// Unicode for all that the generator writes.
func fromWindows(data []byte) string {
	runes := make([]rune, len(data))
	for i, b := range data {
		runes[i] = rune(b)
	}
	return string(runes)
}

// TestPlantedValuesAreThere looks for every planted value in the bytes of the
// formats that keep text as it is.
func TestPlantedValuesAreThere(t *testing.T) {
	truth, dir := demoTree(t)
	plainFormats := []string{"txt", "csv", "tsv", "csv-semicolon", "html", "sql", "json", "xml"}
	format := map[string]string{}
	for _, it := range truth.Items {
		if slices.Contains(plainFormats, it.Format) && !strings.Contains(it.Item, "!/") && !strings.Contains(it.Item, "%") && !it.Unread {
			format[it.Item] = it.Format
		}
	}
	text := map[string]string{}
	looked := 0
	for _, f := range truth.Facts {
		if format[f.Item] == "" {
			continue
		}
		if _, ok := text[f.Item]; !ok {
			data, err := os.ReadFile(filepath.Join(dir, "share", filepath.FromSlash(f.Item)))
			if err != nil {
				t.Fatal(err)
			}
			if !utf8.Valid(data) {
				data = []byte(fromWindows(data))
			}
			text[f.Item] = squashed(plain(html.UnescapeString(string(data))))
		}
		if looked++; !strings.Contains(text[f.Item], squashed(plain(f.Value))) {
			t.Errorf("%s: planted %s %q is not there", f.Item, f.Kind, f.Value)
		}
	}
	if looked < 1000 {
		t.Errorf("only %d values were looked for", looked)
	}
}

// TestTruthAgrees checks the truth against itself and the tree.
func TestTruthAgrees(t *testing.T) {
	truth, dir := demoTree(t)
	people, items := map[string]PersonTruth{}, map[string]ItemTruth{}
	for _, p := range truth.People {
		if _, twice := people[p.Person]; twice {
			t.Errorf("%s is there twice", p.Person)
		}
		people[p.Person] = p
	}
	for _, it := range truth.Items {
		if _, twice := items[it.Item]; twice {
			t.Errorf("item %q is there twice", it.Item)
		}
		items[it.Item] = it
	}
	for _, f := range truth.Facts {
		if _, ok := people[f.Person]; !ok && f.Person != "" {
			t.Errorf("fact of %s, who is nobody", f.Person)
		}
		if it, ok := items[f.Item]; !ok || it.DuplicateOf != "" {
			t.Errorf("fact in %q, which is no item or a copy", f.Item)
		}
		if f.Kind != "" && !f.Kind.Known() || f.Signal != "" && !f.Signal.Known() {
			t.Errorf("kind %q, signal %q are not the contract's", f.Kind, f.Signal)
		}
	}
	onDisk := 0
	err := filepath.WalkDir(filepath.Join(dir, "share"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			onDisk++
			rel, _ := filepath.Rel(filepath.Join(dir, "share"), path)
			if _, ok := items[encodePath(filepath.ToSlash(rel))]; !ok {
				t.Errorf("%q is no item", rel)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if onDisk < 1400 || len(truth.Items) < onDisk {
		t.Errorf("%d files, %d items", onDisk, len(truth.Items))
	}
	again, err := ReadTruth(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.People) != len(truth.People) || !reflect.DeepEqual(again.Links, truth.Links) || len(again.Items) != len(truth.Items) || len(again.Facts) != len(truth.Facts) {
		t.Error("the truth that was read differs from the truth that was written")
	}
}

// TestSmallTown makes a town too small for some stories.
func TestSmallTown(t *testing.T) {
	truth, _ := generated(t, Options{Seed: 1, People: 50, Documents: 40})
	if len(truth.People) < 50 || len(truth.Facts) < 100 {
		t.Errorf("%d people, %d facts", len(truth.People), len(truth.Facts))
	}
}

// TestEveryTemplate writes every template in every manner and format.
func TestEveryTemplate(t *testing.T) {
	town := newTown(9, 2000)
	for i := range docTypes {
		d := &docTypes[i]
		for _, style := range "ABCDEF" {
			for _, format := range d.formats {
				c := stream(uint64(i), fmt.Sprint(style, format))
				p := town.sheetOf(d, c, string(style))
				p.mail = layoutOf(format).mail()
				d.compose(p)
				if len(p.blocks) == 0 || len(layoutOf(format).write(p)) == 0 {
					t.Errorf("%s, style %c, %s: nothing was written", d.name, style, format)
				}
				if !d.decoy && len(p.facts) == 0 {
					t.Errorf("%s, style %c: nothing was planted", d.name, style)
				}
			}
		}
	}
}

// TestStories checks that the hard cases are there, with what they should expect.
func TestStories(t *testing.T) {
	truth, _ := demoTree(t)
	count := map[string]int{}
	for _, p := range truth.People {
		for _, s := range p.Signals {
			count[string(s)]++
		}
		if p.Sealed {
			count["sealed"]++
		}
		if p.Tier != "" {
			count["tier "+string(p.Tier)]++
			if len(p.Records) == 0 {
				count["on no register"]++
			}
		}
		if p.Group == 0 && p.SafeContact != "hold" && p.SafeContact != "worker" {
			t.Errorf("%s has a safety signal and %s", p.Person, p.SafeContact)
		}
		count[p.SafeContact]++
	}
	for _, f := range truth.Facts {
		count["form "+f.Form]++
		count["capacity "+f.Capacity]++
		if f.Negated {
			count["denied"]++
		}
	}
	for _, it := range truth.Items {
		count["format "+it.Format]++
		count["style "+it.Style]++
		if it.DuplicateOf != "" {
			count["copies"]++
		}
	}
	for _, s := range reeve.Signals {
		if s != reeve.SignalAtRiskList && count[string(s)] < 2 {
			t.Errorf("signal %s: %d people", s, count[string(s)])
		}
	}
	for name, least := range map[string]int{"sealed": 6, "tier strong": 500, "tier likely": 20, "tier possible": 5, "on no register": 20, "worker": 10, "hold": 60, "not-assessed": 1000,
		"denied": 20, "copies": 10, "form typo": 5, "form ocr": 10, "form lower": 10, "form nick": 10, "form former": 2, "form caps": 20, "form reversed": 100, "form initials": 5,
		"form nino_hyphens": 20, "form decoy": 100, "form household": 100, "form address_block": 20, "capacity professional": 100, "capacity author": 50, "capacity relative": 100,
		"format pptx": 3, "format ics": 2, "format vcf": 1, "format sqlite": 3, "format pdf-scan": 4, "format tnef": 10, "format archive": 10, "format mbox": 2, "style D": 100, "style F": 100} {
		if count[name] < least {
			t.Errorf("%s: %d, want %d or more", name, count[name], least)
		}
	}
}

// TestRegisters checks that the registers are tables of one width, and name
// nobody twice under one key.
func TestRegisters(t *testing.T) {
	truth, dir := generated(t, Options{Seed: 8, People: 800, Documents: 80})
	for _, r := range truth.Registers {
		data, err := os.ReadFile(filepath.Join(dir, r.File))
		if err != nil {
			t.Fatal(err)
		}
		c := csv.NewReader(strings.NewReader(string(data)))
		if r.Kind == "llpg" || r.BadRows > 0 {
			c.FieldsPerRecord = -1
		}
		rows, err := c.ReadAll()
		if err != nil {
			t.Errorf("%s: %v", r.File, err)
		}
		if len(rows) < 50 {
			t.Errorf("%s: %d rows", r.File, len(rows))
		}
	}
	owner := map[string]string{}
	for _, p := range truth.People {
		for _, k := range p.Records {
			for _, id := range append([]string{k.ID}, k.Also...) {
				if k.System == systemOf("benefits") && !strings.Contains(id, "P") {
					continue // the claim is the household's
				}
				if have := owner[keyText(k.System, id)]; have != "" && have != p.Person {
					t.Errorf("%s %s names %s and %s", k.System, id, have, p.Person)
				}
				owner[keyText(k.System, id)] = p.Person
			}
		}
	}
}

func TestOptions(t *testing.T) {
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		o    Options
		want error
	}{
		{Options{Dir: full}, reeve.Conflict}, {Options{}, reeve.Invalid}, {Options{Dir: "x", People: 3}, reeve.Invalid}, {Options{Dir: "x", Style: "AG"}, reeve.Invalid},
	} {
		if _, err := Generate(context.Background(), c.o); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c.o, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Generate(ctx, Options{Dir: filepath.Join(t.TempDir(), "y"), People: 60, Documents: 5}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestNumbers holds the numbers to published valid values and their rules.
func TestNumbers(t *testing.T) {
	for body, check := range map[string]string{"943476591": "9", "943476587": "0", "401023213": "7", "987654321": "0"} {
		if got, ok := mod11(body); !ok || got != check {
			t.Errorf("NHS check digit of %s: %s", body, got)
		}
	}
	if got := luhn("424242424242424"); got != "4242424242424242" {
		t.Errorf("Luhn: %s", got)
	}
	if got := utrOf(0); len(got) != 10 || got[1:] != "955839661" || got[0] != '1' {
		t.Errorf("UTR: %s", got) // published: 1955839661
	}
	h := &human{given: "Sarah", middle: "Mary", surname: "Morgan", sex: 'F', born: reeve.Date{Year: 1964, Month: 7, Day: 5}}
	if got := drivingLicenceOf(h); got != "MORGA657054SM9IJ" {
		t.Errorf("driver number: %s", got)
	}
	seen := map[string]bool{}
	for n := range 20000 {
		for _, v := range []string{"nhs " + nhsOf(n), "nino " + ninoOf(n), "uln " + ulnOf(n), "utr " + utrOf(n)} {
			if seen[v] {
				t.Fatalf("%s is given twice", v)
			}
			seen[v] = true
		}
	}
}
