package paper

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/reeve-council/reeve"
)

// Limits of a sheet (Microsoft, "Excel specifications and limits").
const (
	maxSheetRows = 1_048_576
	maxCellText  = 32_767 // UTF-16 units; longer text is cut and says so
)

// Workbook writes XLSX. Rows go to the sheet begun last and are spilled to a
// temporary file when they are many, so that memory stays flat.
type Workbook struct {
	file  *excelize.File
	sheet *excelize.StreamWriter
	names []string
	cols  int
	next  int // row, from 1
	row   []any
	head  int // styles
	day   int
	time  int
}

// SheetColumn is a column: its title and its width in letters, 0 for 16.
type SheetColumn struct {
	Title string
	Width float64
}

// NewWorkbook begins a workbook. Title, author and date are kept inside; temp is
// the folder for what does not fit into memory: rows lie there in clear until
// Close, so it must be inside the case.
func NewWorkbook(title, author string, date time.Time, temp string) (*Workbook, error) {
	if temp == "" {
		return nil, fmt.Errorf("begin workbook: no folder for temporary files: %w", reeve.Invalid)
	}
	b := &Workbook{file: excelize.NewFile(excelize.Options{TmpDir: temp})}
	stamp := date.UTC().Format(time.RFC3339)
	err := b.file.SetDocProps(&excelize.DocProperties{Title: cellText(title), Creator: cellText(author), LastModifiedBy: cellText(author), Created: stamp, Modified: stamp, Language: "en-GB"})
	if err == nil {
		b.head, err = b.file.NewStyle(&excelize.Style{
			Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
			Border: []excelize.Border{{Type: "bottom", Color: "0B0C0C", Style: 2}},
		})
	}
	if err == nil {
		b.day, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: ref("yyyy-mm-dd")})
	}
	if err == nil {
		b.time, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: ref("yyyy-mm-dd hh:mm")})
	}
	if err != nil {
		return nil, fmt.Errorf("begin workbook: %w", err)
	}
	return b, nil
}

func ref(s string) *string { return &s }

// Sheet ends the sheet before and begins another one, with a header row that
// stays in sight. The name has 1 to 31 letters without : \ / ? * [ ].
func (b *Workbook) Sheet(name string, columns ...SheetColumn) error {
	if err := b.begin(name, columns); err != nil {
		return fmt.Errorf("begin sheet: %w", err)
	}
	return nil
}

func (b *Workbook) begin(name string, columns []SheetColumn) error {
	if err := b.end(); err != nil {
		return err
	}
	if len(columns) == 0 || len(columns) > excelize.MaxColumns {
		return fmt.Errorf("%d columns: %w", len(columns), reeve.Invalid)
	}
	var err error
	if len(b.names) == 0 { // a new file has one sheet already
		err = b.file.SetSheetName("Sheet1", name)
	} else if i, lookErr := b.file.GetSheetIndex(name); lookErr == nil && i >= 0 {
		err = fmt.Errorf("two sheets of one name: %w", reeve.Conflict)
	} else {
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return fmt.Errorf("the name of the sheet: %w", err)
	}
	b.names = append(b.names, name)
	if b.sheet, err = b.file.NewStreamWriter(name); err != nil {
		return err
	}
	b.cols, b.next, b.row = len(columns), 2, make([]any, len(columns))
	return b.titles(columns)
}

func (b *Workbook) titles(columns []SheetColumn) error {
	row := make([]any, len(columns))
	for i, c := range columns {
		width := c.Width
		if width <= 0 {
			width = 16
		}
		if err := b.sheet.SetColWidth(i+1, i+1, min(width, 255)); err != nil {
			return err
		}
		row[i] = excelize.Cell{StyleID: b.head, Value: cellText(c.Title)}
	}
	if err := b.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return b.sheet.SetRow("A1", row)
}

// Row writes one row: strings, integers, floats, booleans, times (shown in UTC
// with date and minute), reeve.Date and nil. Text stays text whatever it begins
// with: a cell never holds a formula. Times and dates before 1900, which
// spreadsheets do not know, are text.
func (b *Workbook) Row(cells ...any) error {
	switch {
	case b.sheet == nil:
		return fmt.Errorf("write row: no sheet was begun: %w", reeve.Invalid)
	case len(cells) > b.cols:
		return errWidth(len(cells), b.cols)
	case b.next > maxSheetRows:
		return fmt.Errorf("write row: a sheet holds %d rows: %w", maxSheetRows, reeve.Invalid)
	}
	for i := range b.row {
		b.row[i] = nil
		if i < len(cells) {
			v, err := b.value(cells[i])
			if err != nil {
				return err
			}
			b.row[i] = v
		}
	}
	at := fmt.Sprintf("A%d", b.next)
	b.next++
	if err := b.sheet.SetRow(at, b.row); err != nil {
		return fmt.Errorf("write row: %w", err)
	}
	return nil
}

func (b *Workbook) value(v any) (any, error) {
	switch v := v.(type) {
	case nil, int, int32, int64, uint32, float64, bool:
		return v, nil
	case string:
		return cellText(v), nil
	case time.Time:
		if v.IsZero() {
			return nil, nil
		}
		return b.moment(v.UTC(), b.time, "2006-01-02 15:04"), nil
	case reeve.Date:
		if !v.Full() {
			return v.String(), nil
		}
		return b.moment(time.Date(int(v.Year), time.Month(v.Month), int(v.Day), 0, 0, 0, 0, time.UTC), b.day, time.DateOnly), nil
	}
	return nil, fmt.Errorf("write row: a cell of type %T: %w", v, reeve.Invalid)
}

func (b *Workbook) moment(t time.Time, style int, layout string) any {
	if t.Year() < 1901 {
		return t.Format(layout)
	}
	return excelize.Cell{StyleID: style, Value: t}
}

func (b *Workbook) end() error {
	if b.sheet == nil {
		return nil
	}
	return b.sheet.Flush()
}

// WriteTo writes the workbook, which ends it.
func (b *Workbook) WriteTo(w io.Writer) (int64, error) {
	err := b.end()
	if err == nil && len(b.names) == 0 {
		err = fmt.Errorf("no sheet was begun: %w", reeve.Invalid)
	}
	var n int64
	if err == nil {
		b.sheet = nil
		n, err = b.file.WriteTo(w)
	}
	if err != nil {
		return n, fmt.Errorf("write workbook: %w", err)
	}
	return n, nil
}

// Close removes the temporary files. Call it in any case.
func (b *Workbook) Close() error { return b.file.Close() }

// cellText gives text as XML and spreadsheets take it: control characters are
// replaced, and what is longer than a cell holds is cut.
func cellText(s string) string {
	s = xmlText(s)
	if len(s) <= maxCellText {
		return s
	}
	const end = " … (cut)"
	units := 0
	for i, r := range s {
		if units += utf16Units(r); units > maxCellText-len(end) {
			return s[:i] + end
		}
	}
	return s
}

func utf16Units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// xmlText replaces what XML 1.0 (2.2) has no place for.
func xmlText(s string) string {
	bad := func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	}
	if utf8.ValidString(s) && !strings.ContainsFunc(s, bad) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if bad(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

// errWidth is the answer to a row with more cells than columns.
func errWidth(cells, columns int) error {
	return fmt.Errorf("write row: %d cells for %d columns: %w", cells, columns, reeve.Invalid)
}
