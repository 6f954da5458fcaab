package ooxml

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

// The acceptance figure: 200,000 rows of 7 cells in 3 s on one core, blocks
// included; 1.4 million cells with shared strings, dates and ids.
const (
	speedRows  = 200_000
	speedLimit = 2600 * time.Millisecond
)

// largeWorkbook is a register of rows invented residents: shared strings for
// names and places, a date style, a format with leading zeros.
func largeWorkbook(t testing.TB, rows int) part.Source {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	begin := func(name string) io.Writer {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	io.WriteString(begin("_rels/.rels"), rels("officeDocument", "xl/workbook.xml"))
	io.WriteString(begin("xl/workbook.xml"), `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Residents" sheetId="1" r:id="r1"/></sheets></workbook>`)
	io.WriteString(begin("xl/_rels/workbook.xml.rels"), rels("worksheet", "worksheets/sheet1.xml", "sharedStrings", "sharedStrings.xml", "styles", "styles.xml"))
	io.WriteString(begin("xl/styles.xml"), `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0000000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`)
	strings := begin("xl/sharedStrings.xml")
	io.WriteString(strings, `<sst>`)
	for i := range rows {
		fmt.Fprintf(strings, `<si><t>Surname%d</t></si>`, i)
	}
	io.WriteString(strings, `</sst>`)
	sheet := begin("xl/worksheets/sheet1.xml")
	io.WriteString(sheet, `<worksheet><sheetData>`)
	for i := range rows {
		n := i + 1
		fmt.Fprintf(sheet, `<row r="%d" spans="1:7"><c r="A%d" t="s"><v>%d</v></c><c r="B%d" t="s"><v>%d</v></c><c r="C%d" s="1"><v>%d</v></c><c r="D%d" s="2"><v>%d</v></c><c r="E%d"><v>%d.5</v></c><c r="F%d" t="inlineStr"><is><t>%d High Street</t></is></c><c r="G%d"><v>%d</v></c></row>`,
			n, n, i, n, i/2, n, 20000+i%20000, n, 9990000000+i, n, i, n, i%300, n, i)
	}
	io.WriteString(sheet, `</sheetData></worksheet>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return formattest.Source(buf.Bytes())
}

// counter counts cells and forgets them.
type counter struct{ cells int }

func (c *counter) Block(b reeve.Block) error {
	for _, row := range b.Rows {
		c.cells += len(row)
	}
	return nil
}

func (c *counter) Embed(part.Embedded) error { return nil }

func TestLargeWorkbook(t *testing.T) {
	src := largeWorkbook(t, 20_000)
	sink := &counter{}
	if out := ReadXLSX(src, part.Options{}, sink); out.Status != reeve.StatusRead {
		t.Fatalf("outcome %+v", out)
	}
	if want := 20_000 * 7; sink.cells != want {
		t.Errorf("%d cells, want %d", sink.cells, want)
	}
}

func BenchmarkXLSX(b *testing.B) {
	src := largeWorkbook(b, speedRows)
	b.SetBytes(src.Size)
	for b.Loop() {
		start := time.Now()
		sink := &counter{}
		if out := ReadXLSX(src, part.Options{}, sink); out.Status != reeve.StatusRead || sink.cells != speedRows*7 {
			b.Fatalf("outcome %+v with %d cells", out, sink.cells)
		}
		if took := time.Since(start); took > speedLimit {
			b.Errorf("took %v, limit %v", took, speedLimit)
		}
	}
}
