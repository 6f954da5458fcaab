package sweep

import (
	"fmt"
	"image"
	"image/color"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// typed sets words at a fixed pitch of 12 by 20 pixels as tesseract would give
// them: a run of two or more blanks is a gap as wide. With split, what stands
// behind a gap is another block, as tesseract likes to see tables.
func typed(split bool, slant float64, lines ...string) []word {
	var words []word
	for n, line := range lines {
		column, block, start := 0, 1, -1
		end := func(to int) {
			if start < 0 {
				return
			}
			left := 100 + 12*start
			words = append(words, word{text: line[start:to], confidence: 90, left: left, top: 100 + 30*n + int(slant*float64(left)), width: 12 * (to - start), height: 20,
				line: lineAt{block, 1, n}})
			start = -1
		}
		blanks := 0
		for column = 0; column < len(line); column++ {
			if line[column] == ' ' {
				end(column)
				if blanks++; blanks == 3 && split {
					block++
				}
				continue
			}
			blanks = 0
			if start < 0 {
				start = column
			}
		}
		end(len(line))
	}
	slices.SortStableFunc(words, func(a, b word) int { return a.line.block - b.line.block })
	return words
}

func shown(blocks []reeve.Block) string {
	var b strings.Builder
	for _, k := range blocks {
		for _, row := range k.Rows {
			b.WriteString("|" + strings.Join(row, "|") + "|\n")
		}
		b.WriteString(k.Text)
	}
	return b.String()
}

func TestLayOut(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"letter": {[]string{"Ann Example", "12 High Street", "Northvale", "NV1 1AA", "", "Dear Ann", "", "we write to you about", "your claim"},
			"Ann Example\n12 High Street\nNorthvale\nNV1 1AA\n\nDear Ann\n\nwe write to you about\nyour claim\n"},
		"table": {[]string{"Rent arrears in June", "", "Name             Born         Owed", "Ann Example      01/02/1950   120.00", "Bill Sample      03/04/1960    80.00", "Cora Specimen    05/06/1970     5.10"},
			"Rent arrears in June\n|Name|Born|Owed|\n|Ann Example|01/02/1950|120.00|\n|Bill Sample|03/04/1960|80.00|\n|Cora Specimen|05/06/1970|5.10|\n"},
		"cell of two lines": {[]string{"Name             Born         Address", "Ann Example      01/02/1950   12 High Street", "                              Northvale", "Bill Sample      03/04/1960   3 Low Road", "Cora Specimen    05/06/1970   9 Mid Lane"},
			"|Name|Born|Address|\n|Ann Example|01/02/1950|12 High Street Northvale|\n|Bill Sample|03/04/1960|3 Low Road|\n|Cora Specimen|05/06/1970|9 Mid Lane|\n"},
		"form": {[]string{"Full name:       Ann Example", "Date of birth:   01/02/1950"}, "Full name: Ann Example\nDate of birth: 01/02/1950\n"},
	} {
		for _, slant := range []float64{0, 0.01} {
			for _, split := range []bool{false, true} {
				got := shown(layOut(typed(split, slant, c.lines...), "page 1", 0))
				if !split || name == "form" {
					got = strings.ReplaceAll(got, ":  ", ": ")
				}
				if got != c.want {
					t.Errorf("%s, slant %v, columns apart %v:\n%s\nwant\n%s", name, slant, split, got, c.want)
				}
			}
		}
	}
	// Two texts side by side are no table.
	got := shown(layOut(typed(true, 0, "Ann Example            Our ref: 123", "12 High Street         Phone 020 7946 0000", "Northvale              Room 4", "NV1 1AA                Monday"), "page 1", 0))
	if want := "Ann Example\n12 High Street\nNorthvale\nNV1 1AA\n\nOur ref: 123\nPhone 020 7946 0000\nRoom 4\nMonday\n"; got != want {
		t.Errorf("side by side:\n%s", got)
	}
}

func TestBlocksOfPage(t *testing.T) {
	blocks := layOut(typed(false, 0, "Name             Born         Owed", "Ann Example      01/02/1950   120.00", "Bill Sample      03/04/1960    80.00"), "page 7", 2)
	if len(blocks) != 1 || blocks[0].Table != 3 || blocks[0].Part != "page 7" || blocks[0].Layer != reeve.LayerOCR || blocks[0].First != 1 {
		t.Fatalf("%+v", blocks)
	}
	back, err := unpackBlocks(packBlocks(blocks))
	if err != nil || len(back) != 1 || shown([]reeve.Block{*back[0]}) != shown(blocks) {
		t.Errorf("packed and back: %v %+v", err, back)
	}
}

// FuzzTSV holds that no table of words, however odd, gives a page that breaks
// the bounds of a block or loses words.
func FuzzTSV(f *testing.F) {
	f.Add("5\t1\t1\t1\t1\t1\t10\t10\t50\t20\t96.5\tAnn\n5\t1\t1\t1\t1\t2\t70\t10\t50\t20\t91\tExample\n")
	f.Add("level\tpage_num\n4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n5\t1\t1\t1\t1\t1\t-5\t99999999999\t0\t0\tx\t|\n")
	f.Fuzz(func(t *testing.T, table string) {
		words := readTSV([]byte(table))
		want := 0
		for _, w := range words {
			want += len(strings.ReplaceAll(w.text, " ", ""))
		}
		got := 0
		for _, b := range layOut(words, "page 1", 0) {
			if b.Text != "" && len(b.Rows) > 0 || len(b.Text) > reeve.MaxBlockText || len(b.Rows) > reeve.MaxBlockRows {
				t.Fatalf("a block of %d bytes and %d rows", len(b.Text), len(b.Rows))
			}
			for _, r := range b.Rows {
				got += len(strings.Join(strings.Fields(strings.Join(r, "")), ""))
			}
			got += len(strings.ReplaceAll(strings.ReplaceAll(b.Text, " ", ""), "\n", ""))
		}
		if got != want && !strings.ContainsAny(table, "\u0085\u00a0\u2028\u3000\v\f\r") {
			t.Fatalf("%d letters came out of %d", got, want)
		}
	})
}

func TestInkAndPaper(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	draw := func(shade func(x, y int) int) gray {
		img := image.NewGray(image.Rect(0, 0, 600, 800))
		for y := range 800 {
			for x := range 600 {
				img.SetGray(x, y, color.Gray{Y: byte(min(max(shade(x, y), 0), 255))})
			}
		}
		return flatten(img)
	}
	for name, c := range map[string]struct {
		g           gray
		ink, sheets bool
	}{
		"blank":  {draw(func(x, y int) int { return 240 + int(rnd.NormFloat64()*5) }), false, true},
		"wall":   {draw(func(x, y int) int { return 40 + x/4 + int(rnd.NormFloat64()*5) }), false, false},
		"text":   {draw(func(x, y int) int { return 240 - 210*(y/20%2)*(x/5%2) }), true, true},
		"leaves": {draw(func(x, y int) int { return rnd.Intn(256) }), true, false},
	} {
		if (c.g.writing() >= inkLeast) != c.ink || c.g.paper() != c.sheets {
			t.Errorf("%s: ink %d, paper %v", name, c.g.writing(), c.g.paper())
		}
		back, ok := readPGM(c.g.pgm())
		if !ok || back.width != c.g.width || !slices.Equal(back.pix, c.g.pix) {
			t.Errorf("%s: changed by writing and reading", name)
		}
		if turned := c.g.turned(1).turned(3); !slices.Equal(turned.pix, c.g.pix) {
			t.Errorf("%s: changed by turning it round", name)
		}
	}
	for _, bad := range []string{"", "P5", "P5 10 10 255\n", "P5 99999 99999 255 x", "P6 1 1 255 abc", "P5 -1 1 255 abc"} {
		if _, ok := readPGM([]byte(bad)); ok {
			t.Errorf("%q passes for a greymap", bad)
		}
	}
}

func TestScanOutcomes(t *testing.T) {
	picture := ownOutcome{reader: "picture/1", status: "needs-ocr", reason: "no-ocr", unread: 3}
	pdf := ownOutcome{reader: "pdf/1", status: "partly-read", reason: "some-pages", unread: 3}
	broken := ownOutcome{reader: "pdf/1", status: "partly-read", reason: "cut-short", unread: 3}
	for _, c := range []struct {
		own                             ownOutcome
		blank, read, poor, failed, late int
		want                            string
	}{
		{picture, 0, 3, 0, 0, 0, "read  0"},
		{picture, 3, 0, 0, 0, 0, "read no-text 0"},
		{picture, 1, 1, 1, 0, 0, "partly-read poor-scan 1"},
		{picture, 0, 2, 0, 1, 0, "partly-read some-pages 1"},
		{picture, 0, 0, 0, 3, 0, "needs-ocr some-pages 3"},
		{picture, 0, 2, 0, 0, 1, "partly-read timeout 1"},
		{pdf, 3, 0, 0, 0, 0, "read  0"},
		{pdf, 0, 3, 0, 0, 0, "read  0"},
		{pdf, 0, 2, 1, 0, 0, "partly-read poor-scan 1"},
		{broken, 0, 3, 0, 0, 0, "partly-read cut-short 0"},
	} {
		d := &scannedDoc{own: c.own, todo: []int{1, 2, 3}, tools: "tesseract/5"}
		o := d.outcome(pageCount{pageBlank: c.blank, pageRead: c.read, pagePoor: c.poor, pageFailed: c.failed, pageLate: c.late})
		if got := fmt.Sprintf("%s %s %d", o.Status, o.Reason, o.PagesUnread); got != c.want || o.Reader != c.own.reader+"+tesseract/5" {
			t.Errorf("%+v: %s (%s), want %s", c, got, o.Reader, c.want)
		}
	}
}
