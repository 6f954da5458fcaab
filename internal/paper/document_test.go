package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
)

// made is when the documents of the tests were made.
var made = time.Date(2026, 3, 5, 9, 30, 0, 0, time.UTC)

// sample is a document with every kind of block.
func sample(t testing.TB) *Document {
	t.Helper()
	code, err := NewCode("https://council.example.org/letter/7Q2M-4KXD")
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{}
	for i := range 120 {
		rows = append(rows, []string{fmt.Sprintf("P%04d", i), "Housing benefit, 2014 to 2017", fmt.Sprint(i * 37), strings.Repeat("rent arrears and a bank account ", i%4)})
	}
	return &Document{
		Title: "Situation report", Subtitle: "Royal Borough of Example, Thursday 5 March 2026", Author: "Royal Borough of Example", Date: made,
		Footer: "Record of 1,204 entries at 5 March 2026 09:30\nHead 3q2+7wAAAAB4nGNgYGD4DwABBAEA\nCase 7Q2M4KXD",
		Blocks: []Block{
			Heading{1, "What we know"},
			Paragraph{Text: "Files were copied between 24 and 28 November 2025. The addresses of Ŵyn, Łucja and José are among them.\nA second line."},
			Paragraph{Text: "Do not write to anyone in the safety lane.", Style: Warning},
			Paragraph{Text: "9,605 records were proved taken.", Style: Strong},
			Paragraph{Text: "sha256 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", Style: Exact},
			List{Items: []string{"One <b>thing</b> & another", "A second item that is long enough to need more than a single line of the page it stands on, which it is"}},
			List{Items: []string{"First", "Second"}, Numbered: true},
			Heading{2, "Figures"},
			Facts{Rows: []Fact{{"Exhibits", "3"}, {"People found", "280,412"}}},
			Bars{Caption: "People by lane", Bars: []Bar{{"Safety", 12, "12"}, {"Child", 340, "340"}, {"Fraud", 9000, "9,000"}}},
			Table{Caption: "People", Columns: []Column{{Title: "Person"}, {Title: "What"}, {Title: "Items", Number: true}, {Title: "Note"}}, Rows: rows},
			PageBreak{},
			Scan{Code: code, Caption: "Check that this paper is real"},
			Paragraph{Text: "Source: coverage of 5 March.", Style: Small},
		},
	}
}

// write makes a file and fills it.
func write(t *testing.T, path string, use func(io.Writer) error) {
	t.Helper()
	f, err := os.Create(path)
	if err == nil {
		err = errors.Join(use(f), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// skip ends a test whose program is not installed, which it must be where the
// gate runs.
func skip(t *testing.T, program string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is needed", program)
	}
	t.Skipf("%s is not here", program)
}

// words are what each writer must carry over from the sample: one or more from
// every kind of block.
var words = []string{
	"Situation report", "Royal Borough of Example", "What we know", "Ŵyn, Łucja and José", "A second line.", "Do not write to anyone", "9,605 records",
	"2c26b46b68ff", "One <b>thing</b> & another", "Second", "Figures", "280,412", "People by lane", "Fraud", "9,000", "P0119", "4403", "rent arrears",
	"Check that this paper is real", "Source: coverage of 5 March.", "Record of 1,204 entries", "Case 7Q2M4KXD",
}

func carries(t *testing.T, name, text string, not ...string) {
	t.Helper()
	text = strings.Join(strings.Fields(text), " ")
	for _, w := range words {
		if !strings.Contains(text, w) && !slices.Contains(not, w) {
			t.Errorf("%s lacks %q", name, w)
		}
	}
}

func TestEveryWriterCarriesEverything(t *testing.T) {
	d := sample(t)
	var page, plain bytes.Buffer
	if err := errors.Join(d.WriteHTML(&page), d.WriteText(&plain)); err != nil {
		t.Fatal(err)
	}
	carries(t, "text", plain.String())
	carries(t, "HTML", tag.ReplaceAllString(html.UnescapeString(strings.ReplaceAll(page.String(), "&lt;b&gt;thing&lt;/b&gt;", "{thing}")), " "),
		"Situation report", "One <b>thing</b> & another") // the page shows the title; the other is looked for below
	if !strings.Contains(page.String(), "One &lt;b&gt;thing&lt;/b&gt; &amp; another") {
		t.Error("HTML is not escaped")
	}
	file := filepath.Join(t.TempDir(), "d.pdf")
	write(t, file, d.WritePDF)
	carries(t, "PDF", run(t, "pdftotext", "-layout", file, "-"))
	carries(t, "DOCX", docxText(t, d))
}

var tag = regexp.MustCompile(`<[^>]*>`)

// docxText checks that every part of a DOCX file is well-formed XML and gives the
// texts of body and footer.
func docxText(t *testing.T, d *Document) string {
	t.Helper()
	var out bytes.Buffer
	if err := d.WriteDOCX(&out); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".png") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		x := xml.NewDecoder(r)
		for {
			tok, err := x.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if s, ok := tok.(xml.CharData); ok && strings.HasPrefix(f.Name, "word/") {
				all.WriteString(" " + string(s))
			}
		}
	}
	return all.String()
}

// TestDOCXOpens has another program read the file.
func TestDOCXOpens(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is not here")
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "d.docx"), sample(t).WriteDOCX)
	run(t, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "d.docx"))
	carries(t, "LibreOffice", run(t, "pdftotext", "-layout", filepath.Join(dir, "d.pdf"), "-"))
}

func TestWritersAreDeterministic(t *testing.T) {
	for name, w := range map[string]func(*Document, io.Writer) error{
		"PDF": (*Document).WritePDF, "DOCX": (*Document).WriteDOCX, "HTML": (*Document).WriteHTML, "text": (*Document).WriteText,
	} {
		var first, second bytes.Buffer
		if err := errors.Join(w(sample(t), &first), w(sample(t), &second)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: the same document gave two different files", name)
		}
	}
}

func TestDocumentsRefused(t *testing.T) {
	for name, d := range map[string]*Document{
		"no title":      {},
		"footer":        {Title: "x", Footer: "1\n2\n3\n4"},
		"nil":           {Title: "x", Blocks: []Block{nil}},
		"heading":       {Title: "x", Blocks: []Block{Heading{0, "x"}}},
		"no columns":    {Title: "x", Blocks: []Block{Table{}}},
		"wide row":      {Title: "x", Blocks: []Block{Table{Columns: make([]Column, 1), Rows: [][]string{{"1", "2"}}}}},
		"negative bar":  {Title: "x", Blocks: []Block{Bars{Bars: []Bar{{Value: -1}}}}},
		"infinite bar":  {Title: "x", Blocks: []Block{Bars{Bars: []Bar{{Value: math.Inf(1)}}}}},
		"bar of no num": {Title: "x", Blocks: []Block{Bars{Bars: []Bar{{Value: math.NaN()}}}}},
		"no code":       {Title: "x", Blocks: []Block{Scan{}}},
	} {
		for kind, w := range map[string]func(io.Writer) error{"PDF": d.WritePDF, "DOCX": d.WriteDOCX, "HTML": d.WriteHTML, "text": d.WriteText} {
			if err := w(io.Discard); !errors.Is(err, reeve.Invalid) {
				t.Errorf("%s as %s: %v", name, kind, err)
			}
		}
	}
}

// TestNothingLeavesThePage sets texts that are too long for where they stand.
func TestNothingLeavesThePage(t *testing.T) {
	long, word := strings.Repeat("a label without end ", 120), strings.Repeat("W", 300)
	l := &Letter{Date: made, First: Frame{15, 96, 180, 186}, Next: Frame{15, 20, 180, 262}, Body: []Block{
		Bars{Caption: long, Bars: []Bar{{long, 1, long}, {word, 2, word}, {"short", 3, "3"}}},
		Facts{[]Fact{{long, long}, {word, word}}}, Heading{1, word}, List{Items: []string{long, word}}, Paragraph{Text: long + word, Style: Warning},
		Table{Columns: make([]Column, 30), Rows: [][]string{{word, long}}}, Table{Columns: []Column{{long, true}, {word, false}}, Rows: [][]string{{word, long}}},
	}}
	placed, err := l.WritePDF(io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range placed {
		if p.X < 15 || p.X+p.W > 195.1 || p.Y < 20 || p.Y+p.H > 282.1 {
			t.Errorf("%.40q at %.1f, %.1f, %.1f wide on page %d", p.Text, p.X, p.Y, p.W, p.Page)
		}
	}
}

// TestTableHeadRepeats looks that each page of a long table begins with its head
// and that none of its rows is lost, even one that is longer than a page.
func TestTableHeadRepeats(t *testing.T) {
	table := Table{Columns: []Column{{Title: "Number"}, {Title: "Remark"}}}
	for i := range 150 {
		table.Rows = append(table.Rows, []string{fmt.Sprintf("row%03d", i), "short"})
	}
	table.Rows[70][1] = strings.Repeat("a remark without end ", 800) + "its end"
	d := &Document{Title: "Long", Date: made, Blocks: []Block{table}}
	file := filepath.Join(t.TempDir(), "d.pdf")
	write(t, file, d.WritePDF)
	pages := strings.Split(strings.TrimSuffix(run(t, "pdftotext", "-layout", file, "-"), "\f"), "\f")
	for i, p := range pages {
		if !strings.Contains(p, "Number") || !strings.Contains(p, fmt.Sprintf("Page %d of %d", i+1, len(pages))) {
			t.Errorf("page %d lacks head or number", i+1)
		}
	}
	all := strings.Join(pages, "")
	for i := range 150 {
		if n := strings.Count(all, fmt.Sprintf("row%03d", i)); n != 1 {
			t.Errorf("row %d stands there %d times", i, n)
		}
	}
	if !strings.Contains(all, "its end") || len(pages) < 5 {
		t.Errorf("the long row was cut; %d pages", len(pages))
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]bool{
		"Dŵr, Łódź, Ångström, Müller – £5 “yes” €3": true, "Ελένη": true, "Наталья": true, "": true, "two\nlines\tand a tab": true,
		"عائشة": false, "שרה": false, "আয়েশা": false, "王": false, "🙂": false, "e\u0301": false, "\ufffd": false,
	} {
		if got := Printable(text); got != want {
			t.Errorf("Printable(%q) = %v", text, got)
		}
	}
	if got := printed(regular, "王\u00ad🙂\x00a"); got != "\ufffd\ufffd a" {
		t.Errorf("printed as %q", got)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  []string
	}{
		{"", 10, nil},
		{"one two three", 7, []string{"one two", "three"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"a abcdefghij b", 4, []string{"a", "abcd", "efgh", "ij b"}},
		{"no\u00a0break here", 8, []string{"no\u00a0break", "here"}},
		{"a\r\n\r\nb", 8, []string{"a", "", "b"}},
		{"ab", 0, []string{"a", "b"}},
		{"ab", -1, []string{"a", "b"}},
	} {
		if got := wrap(c.text, c.width, letterCount); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %v) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func FuzzWriters(f *testing.F) {
	f.Add("text", "<&\"'>", 3.0)
	f.Add("\x00\xff\ufffe🙂", strings.Repeat("W", 400), 1e300)
	f.Fuzz(func(t *testing.T, a, b string, v float64) {
		d := &Document{Title: "x" + a, Subtitle: b, Date: made, Blocks: []Block{
			Heading{1, a}, Paragraph{Text: b}, Paragraph{Text: a, Style: Warning}, Paragraph{Text: b, Style: Exact}, List{Items: []string{a, b}},
			Facts{[]Fact{{a, b}}}, Table{Caption: a, Columns: []Column{{a, false}, {b, true}}, Rows: [][]string{{b, a}, {a}}},
		}}
		if v >= 0 && v < maxBar {
			d.Blocks = append(d.Blocks, Bars{Caption: a, Bars: []Bar{{a, v, b}}})
		}
		if err := errors.Join(d.WritePDF(io.Discard), d.WriteText(io.Discard), d.WriteHTML(io.Discard)); err != nil {
			t.Fatal(err)
		}
		docxText(t, d)
	})
}

// TestGlyphs counts what the embedded fonts hold, as a program of another make
// counted them.
func TestGlyphs(t *testing.T) {
	for f, want := range map[face]int{regular: 5370, bold: 5366, mono: 3259} {
		n := 0
		for _, span := range glyphsOf[f]() {
			n += int(span[1]-span[0]) + 1
		}
		if n != want {
			t.Errorf("font %d has %d characters, want %d", f, n, want)
		}
	}
}
