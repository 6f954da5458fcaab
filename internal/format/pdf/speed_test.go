package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// nothing is a sink that keeps nothing.
type nothing struct{}

func (nothing) Block(reeve.Block) error   { return nil }
func (nothing) Embed(part.Embedded) error { return nil }

// BenchmarkRead reads 60 pages of close letters and 60 of a printed register.
// The figure is bytes of the file, which is compressed about six to one.
func BenchmarkRead(b *testing.B) {
	p := fpdf.New("P", "mm", "A4", "")
	p.SetFont("Times", "", 9)
	for page := range 120 {
		p.AddPage()
		for line := range 60 {
			if page%2 == 0 {
				p.CellFormat(0, 4.4, fmt.Sprint(page*line, strings.Repeat(" Mrs Sample lives at ", 5), line*77), "", 1, "", false, 0, "")
				continue
			}
			for i, c := range []string{"Sample, Ann", "QQ 12 34 56 A", fmt.Sprint(line, " Long Road"), "NV1 1AA", fmt.Sprint("0", page*line*7919)} {
				p.CellFormat([]float64{40, 35, 50, 25, 30}[i], 4.4, c, "", 0, "", false, 0, "")
			}
			p.Ln(4.4)
		}
	}
	var file bytes.Buffer
	if err := p.Output(&file); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		src := part.Source{Reader: bytes.NewReader(file.Bytes()), Size: int64(file.Len())}
		if out := Read(src, part.Options{}, nothing{}); out.Pages != 120 {
			b.Fatalf("%+v", out)
		}
	}
}
