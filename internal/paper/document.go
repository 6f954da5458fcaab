package paper

import (
	"fmt"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
)

// Document is a report, a paper or a form, before it is known on what it will be
// written.
type Document struct {
	Title    string
	Subtitle string
	Author   string    // the organisation that answers for it
	Date     time.Time // when it was made; kept inside the files, never printed by itself
	Language string    // BCP 47; default en-GB
	// Footer stands at the foot of every page, beside its number: at most
	// three lines, for example the head of the record that it was made at.
	Footer string
	Blocks []Block
}

// Block is a piece of a document, one of the types below.
type Block interface{ block() }

// Heading is a headline; Level is 1 to 4 below the title.
type Heading struct {
	Level int
	Text  string
}

// Paragraph is running text. Line breaks in it are kept. Keep says that it leads
// to the block behind it: both stand on one page where there are pages.
type Paragraph struct {
	Text  string
	Style Style
	Keep  bool
}

// Style is how a paragraph is meant.
type Style int

// The styles of paragraphs.
const (
	Plain   Style = iota
	Strong        // the one sentence that must be read
	Small         // sources and provisos
	Warning       // set off by a bar
	Exact         // as typed: quoted text, references, digests
)

// List is a list of short texts.
type List struct {
	Items    []string
	Numbered bool
}

// Fact is a name with its value.
type Fact struct{ Name, Value string }

// Facts is a list of names with their values.
type Facts struct{ Rows []Fact }

// Column is one column of a table.
type Column struct {
	Title  string
	Number bool // aligned to the right
}

// Table is rows under columns. It may run over many pages; its head is repeated
// on each. Rows with fewer cells than columns are filled up, others are refused.
type Table struct {
	Caption string
	Columns []Column
	Rows    [][]string
}

// Bar is one bar of a chart: what it stands for, how long it is (≥ 0), and the
// value as it is to be read.
type Bar struct {
	Label string
	Value float64
	Shown string
}

// Bars is a bar chart whose values are printed beside the bars, so that nobody
// has to measure.
type Bars struct {
	Caption string
	Bars    []Bar
}

// Scan is a code for a telephone's camera with the same text in words.
type Scan struct {
	Code    Code
	Caption string
}

// PageBreak begins a new page where there are pages.
type PageBreak struct{}

func (Heading) block()   {}
func (Paragraph) block() {}
func (List) block()      {}
func (Facts) block()     {}
func (Table) block()     {}
func (Bars) block()      {}
func (Scan) block()      {}
func (PageBreak) block() {}

// maxFooter is how many lines a footer has at most.
const maxFooter = 3

func (d *Document) language() string {
	if d.Language == "" {
		return "en-GB"
	}
	return d.Language
}

// check refuses a document that some writer could not write.
func (d *Document) check() error {
	if d.Title == "" {
		return fmt.Errorf("a document without a title: %w", reeve.Invalid)
	}
	if n := len(splitLines(d.Footer)); n > maxFooter {
		return fmt.Errorf("a footer of %d lines, at most %d: %w", n, maxFooter, reeve.Invalid)
	}
	return checkBlocks(d.Blocks)
}

func checkBlocks(blocks []Block) error {
	for i, b := range blocks {
		if err := checkBlock(b); err != nil {
			return fmt.Errorf("block %d: %w", i+1, err)
		}
	}
	return nil
}

func checkBlock(b Block) error {
	switch b := b.(type) {
	case nil:
		return fmt.Errorf("it is empty: %w", reeve.Invalid)
	case Heading:
		if b.Level < 1 || b.Level > 4 {
			return fmt.Errorf("a heading of level %d, not 1 to 4: %w", b.Level, reeve.Invalid)
		}
	case Table:
		if len(b.Columns) == 0 {
			return fmt.Errorf("a table without columns: %w", reeve.Invalid)
		}
		for n, row := range b.Rows {
			if len(row) > len(b.Columns) {
				return fmt.Errorf("row %d has %d cells for %d columns: %w", n+1, len(row), len(b.Columns), reeve.Invalid)
			}
		}
	case Bars:
		for n, bar := range b.Bars {
			if !(bar.Value >= 0 && bar.Value <= maxBar) { // NaN too
				return fmt.Errorf("bar %d has no length: %w", n+1, reeve.Invalid)
			}
		}
	case Scan:
		if b.Code.size == 0 {
			return fmt.Errorf("a code that was not made: %w", reeve.Invalid)
		}
	}
	return nil
}

// maxBar is the largest value of a bar, far beyond anything counted here and
// far below where arithmetic with it overflows.
const maxBar = 1e15

// cell gives a cell of a row, "" beyond its end.
func cell(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

// longest gives the largest value of the bars, 1 if all are 0.
func (b Bars) longest() float64 {
	most := 0.0
	for _, bar := range b.Bars {
		most = max(most, bar.Value)
	}
	if most == 0 {
		return 1
	}
	return most
}

// caption is the code in words.
func (s Scan) caption() string {
	if s.Caption == "" {
		return s.Code.text
	}
	return s.Caption
}

// mark is what stands before the ith item, from 0.
func (l List) mark(i int) string {
	if l.Numbered {
		return strconv.Itoa(i+1) + "."
	}
	return "•"
}
