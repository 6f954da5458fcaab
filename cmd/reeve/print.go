package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/sweep"
)

func validFormat(f string) bool { return f == "table" || f == "csv" || f == "ndjson" }

// printList prints a list in one of the three formats.
func printList(ctx context.Context, w io.Writer, kase *sweep.Case, list sweep.List, opt sweep.ListOptions, format string) error {
	switch format {
	case "csv":
		return printCSV(ctx, w, kase, list, opt)
	case "ndjson":
		return printNDJSON(ctx, w, kase, list, opt)
	}
	t := newTable(w, list.Columns)
	if err := kase.Rows(ctx, list, opt, t.row); err != nil {
		return err
	}
	return t.end()
}

// printCSV prints RFC 4180; a cell that a spreadsheet would run as a formula
// gets a leading apostrophe.
func printCSV(ctx context.Context, w io.Writer, kase *sweep.Case, list sweep.List, opt sweep.ListOptions) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(list.Columns); err != nil {
		return err
	}
	err := kase.Rows(ctx, list, opt, func(row []string) error {
		for i, cell := range row {
			row[i] = lex.Defuse(cell)
		}
		return out.Write(row)
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

// printNDJSON prints one object a line, columns in their order.
func printNDJSON(ctx context.Context, w io.Writer, kase *sweep.Case, list sweep.List, opt sweep.ListOptions) error {
	number := make([]bool, len(list.Columns))
	for i, c := range list.Columns {
		number[i] = slices.Contains(list.Numbers, c)
	}
	var b bytes.Buffer
	return kase.Rows(ctx, list, opt, func(row []string) error {
		b.Reset()
		b.WriteByte('{')
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "%q:", list.Columns[i])
			if number[i] && cell != "" {
				b.WriteString(cell)
				continue
			}
			v, err := json.Marshal(cell)
			if err != nil {
				return err
			}
			b.Write(v)
		}
		b.WriteString("}\n")
		_, err := w.Write(b.Bytes())
		return err
	})
}

// table prints rows in columns as wide as the first rows need.
type table struct {
	w       io.Writer
	header  []string
	held    [][]string
	sizes   []int
	started bool
}

const (
	tableSample  = 200 // rows that decide the widths
	tableMaxCell = 48
)

func newTable(w io.Writer, header []string) *table {
	return &table{w: w, header: header}
}

func (t *table) row(cells []string) error {
	if t.started {
		return t.print(cells)
	}
	t.held = append(t.held, slices.Clone(cells))
	if len(t.held) == tableSample {
		return t.start()
	}
	return nil
}

func (t *table) end() error {
	if t.started {
		return nil
	}
	return t.start()
}

func (t *table) start() error {
	t.started = true
	t.sizes = make([]int, len(t.header))
	for _, row := range append([][]string{t.header}, t.held...) {
		for i, cell := range row {
			t.sizes[i] = min(max(t.sizes[i], utf8.RuneCountInString(cell)), tableMaxCell)
		}
	}
	for _, row := range append([][]string{t.header}, t.held...) {
		if err := t.print(row); err != nil {
			return err
		}
	}
	t.held = nil
	return nil
}

func (t *table) print(row []string) error {
	var b strings.Builder
	for i, cell := range row {
		cell = oneLine(cell)
		if n := utf8.RuneCountInString(cell); n > t.sizes[i] {
			cell = string([]rune(cell)[:t.sizes[i]-1]) + "…"
		}
		b.WriteString(cell)
		if i < len(row)-1 {
			b.WriteString(strings.Repeat(" ", t.sizes[i]-utf8.RuneCountInString(cell)+2))
		}
	}
	_, err := fmt.Fprintln(t.w, strings.TrimRight(b.String(), " "))
	return err
}
