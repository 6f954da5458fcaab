package sweep

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
)

func TestBlockRoundTrip(t *testing.T) {
	blocks := []*reeve.Block{
		{Text: "Dear Sir\n", Line: 1},
		{Part: "page 3", Layer: reeve.LayerOCR, Text: "", Line: 70000},
		{Part: "sheet A", Table: 2, First: 1001, Header: []string{"Name", ""}, Rows: [][]string{{"a", "b"}, {}, {"", "ü", "c"}}},
	}
	for _, b := range blocks {
		got, err := decodeBlock(encodeBlock(nil, b))
		if err != nil {
			t.Fatal(err)
		}
		for i := range got.Rows {
			if len(got.Rows[i]) == 0 {
				got.Rows[i] = b.Rows[i]
			}
		}
		if diff := cmp.Diff(b, got); diff != "" {
			t.Error(diff)
		}
	}
}

func FuzzDecodeBlock(f *testing.F) {
	f.Add(encodeBlock(nil, &reeve.Block{Rows: [][]string{{"a"}}, Header: []string{"h"}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := decodeBlock(data)
		if err != nil {
			return
		}
		again, err := decodeBlock(encodeBlock(nil, b))
		if err != nil {
			t.Fatal(err)
		}
		if again.Text != b.Text || len(again.Rows) != len(b.Rows) {
			t.Fatal("a decoded block does not survive encoding")
		}
	})
}
