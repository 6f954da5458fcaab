package paper

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
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

func TestPDFSame(t *testing.T) {
	var first, second bytes.Buffer
	for _, w := range []*bytes.Buffer{&first, &second} {
		if err := sample(t).WritePDF(w); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same document gave two different files")
	}
}
