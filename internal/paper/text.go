package paper

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// textColumns is the width of plain text, in characters.
const textColumns = 78

// WriteText writes the document as plain text, UTF-8 with LF, for mail and for
// screen readers. Tables wider than a line are written row by row, each cell
// after its column's name.
func (d *Document) WriteText(w io.Writer) error {
	if err := d.check(); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	t := &textWriter{}
	t.underlined(d.Title, '=')
	t.running("", d.Subtitle)
	for _, b := range d.Blocks {
		t.block(b)
	}
	if d.Footer != "" {
		t.WriteString("\n--\n")
		t.running("", d.Footer)
	}
	_, err := w.Write(t.Bytes())
	return err
}

type textWriter struct{ bytes.Buffer }

func letterCount(s string) float64 { return float64(utf8.RuneCountInString(s)) }

// running writes text in lines, the first after lead and the others under it; a
// long lead has lines of its own.
func (t *textWriter) running(lead, s string) {
	if lead = xmlText(lead); letterCount(lead) > textColumns/2 || strings.Contains(lead, "\n") {
		t.running("", lead)
		lead = "  "
	}
	indent := strings.Repeat(" ", utf8.RuneCountInString(lead))
	for _, line := range wrap(xmlText(s), textColumns-letterCount(lead), letterCount) {
		t.WriteString(strings.TrimRight(lead+line, " ") + "\n")
		lead = indent
	}
}

func (t *textWriter) underlined(s string, with rune) {
	s = strings.Join(splitLines(xmlText(s)), " ")
	t.WriteString(s + "\n" + strings.Repeat(string(with), min(utf8.RuneCountInString(s), textColumns)) + "\n")
}

func (t *textWriter) block(b Block) {
	t.WriteByte('\n')
	switch b := b.(type) {
	case Heading:
		t.underlined(b.Text, []rune("=-~.")[b.Level-1])
	case Paragraph:
		lead := ""
		if b.Style == Warning {
			lead = "! "
		}
		t.running(lead, b.Text)
	case List:
		for i, item := range b.Items {
			t.running(strings.Replace(b.mark(i), "•", "-", 1)+" ", item)
		}
	case Facts:
		for _, row := range b.Rows {
			t.running(row.Name+": ", row.Value)
		}
	case Table:
		t.table(b)
	case Bars:
		t.running("", b.Caption)
		for _, bar := range b.Bars {
			t.running("- ", bar.Label+": "+bar.Shown)
		}
	case Scan:
		t.running("", spoken(b))
	case PageBreak:
		t.Truncate(t.Len() - 1)
	}
}

// spoken is a code in words: its caption and what it says.
func spoken(b Scan) string {
	if b.Caption == "" || b.Caption == b.Code.text {
		return b.Code.text
	}
	return b.Caption + ": " + b.Code.text
}

func (t *textWriter) table(table Table) {
	t.running("", table.Caption)
	widths, total := make([]int, len(table.Columns)), 0
	for i, c := range table.Columns {
		widths[i] = utf8.RuneCountInString(c.Title)
		for _, row := range table.Rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(oneLine(cell(row, i))))
		}
		total += widths[i] + 2
	}
	if total-2 > textColumns {
		t.rowByRow(table)
		return
	}
	titles, rules := make([]string, len(widths)), make([]string, len(widths))
	for i, c := range table.Columns {
		titles[i], rules[i] = c.Title, strings.Repeat("-", widths[i])
	}
	for _, row := range append([][]string{titles, rules}, table.Rows...) {
		t.aligned(table, widths, row)
	}
}

func (t *textWriter) aligned(table Table, widths []int, row []string) {
	var line strings.Builder
	for i, width := range widths {
		text := oneLine(cell(row, i))
		blank := strings.Repeat(" ", width-utf8.RuneCountInString(text))
		if table.Columns[i].Number {
			line.WriteString(blank + text + "  ")
		} else {
			line.WriteString(text + blank + "  ")
		}
	}
	t.WriteString(strings.TrimRight(line.String(), " ") + "\n")
}

func (t *textWriter) rowByRow(table Table) {
	for n, row := range table.Rows {
		if n > 0 {
			t.WriteByte('\n')
		}
		for i, c := range table.Columns {
			if text := oneLine(cell(row, i)); text != "" {
				t.running(oneLine(c.Title)+": ", text)
			}
		}
	}
}

// oneLine gives text on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(xmlText(s)), " ") }
