package paper

import (
	"fmt"
	"io"
	"testing"
)

// BenchmarkBig writes the largest lists that a case gives: a table of 10,000
// rows on paper, and a workbook with a row of 12 cells for each of 280,000
// people.
func BenchmarkBig(b *testing.B) {
	table := Table{Columns: []Column{{Title: "Person"}, {Title: "What"}, {Title: "Items", Number: true}}}
	for i := range 10_000 {
		table.Rows = append(table.Rows, []string{fmt.Sprintf("P%05d", i), "Housing benefit, 2014 to 2017", fmt.Sprint(i)})
	}
	d := &Document{Title: "Long", Date: made, Blocks: []Block{table}}
	for name, w := range map[string]func(io.Writer) error{"pdf": d.WritePDF, "docx": d.WriteDOCX, "html": d.WriteHTML} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if err := w(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("xlsx", func(b *testing.B) {
		for range b.N {
			if err := manyPeople(b); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func manyPeople(b *testing.B) error {
	book, err := NewWorkbook("People", "x", made, b.TempDir())
	if err != nil {
		return err
	}
	defer book.Close()
	columns := make([]SheetColumn, 12)
	if err := book.Sheet("People", columns...); err != nil {
		return err
	}
	for i := range 280_000 {
		if err := book.Row(i, "name of a person", "1 Example Street", "ZZ1 1ZZ", "fraud", "likely", 3.25, i, "P7Q2M4KXD", "", "2014", nil); err != nil {
			return err
		}
	}
	_, err = book.WriteTo(io.Discard)
	return err
}
