package paper

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/reeve-council/reeve/internal/lex"
)

// CSV writes a list as RFC 4180: a header row, UTF-8, CR LF.
type CSV struct {
	out     *csv.Writer
	columns int
	row     []string
}

// NewCSV begins a list with the names of its columns.
func NewCSV(w io.Writer, columns ...string) (*CSV, error) {
	c := &CSV{out: csv.NewWriter(w), columns: len(columns), row: make([]string, len(columns))}
	c.out.UseCRLF = true
	return c, c.Row(columns...)
}

// Row writes one row; cells that a spreadsheet would run are defused. Missing
// cells are empty, cells beyond the last column refused.
func (c *CSV) Row(cells ...string) error {
	if len(cells) > c.columns {
		return errWidth(len(cells), c.columns)
	}
	for i := range c.row {
		c.row[i] = lex.Defuse(cell(cells, i))
	}
	return c.out.Write(c.row)
}

// Close writes what is left; the writer below stays open.
func (c *CSV) Close() error {
	c.out.Flush()
	if err := c.out.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}
