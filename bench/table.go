package main

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
)

// table prints rows in columns: the first to the left, figures to the right.
type table struct{ w *tabwriter.Writer }

func newTable(header ...string) *table {
	t := &table{tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)}
	cells := make([]any, len(header))
	for i, h := range header {
		cells[i] = h
	}
	t.row(cells...)
	return t
}

// row adds a row. Floats print with four digits or so, whatever their size.
func (t *table) row(cells ...any) {
	texts := make([]string, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case float64:
			texts[i] = figure(c)
		default:
			texts[i] = fmt.Sprint(c)
		}
	}
	fmt.Fprintln(t.w, strings.Join(texts, "\t"))
}

func (t *table) print() { t.w.Flush() }

// figure prints a number with the digits that matter.
func figure(x float64) string {
	switch {
	case x == 0:
		return "0"
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	case x >= 1:
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.4f", x)
}

// verdict says whether a figure keeps its floor.
func verdict(good bool) string {
	if good {
		return "kept"
	}
	return "NOT KEPT"
}

func megabytes(bytes int64) float64 { return float64(bytes) / 1e6 }
