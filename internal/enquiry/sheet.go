package enquiry

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/uk"
)

// A sheet is numbered forms as a table: for call handlers outside the council,
// who type on a machine that cannot reach this program and bring the file back on
// a stick. Each row has the number of a form, so that a file that comes back twice
// counts once, and a row that does not come back is seen.

// sheetColumns are the columns, in order. A program for tables may save them with
// commas or semicolons, in UTF-8 or as old office programs do.
var sheetColumns = []string{"form", "day", "channel", "kind", "topic", "name", "email", "phone", "postcode", "safe way to be in touch", "words", "letter", "extra help"}

// Bounds of a sheet that comes back.
const (
	mostSheet     = 2 << 20 // bytes
	mostSheetRows = mostForms + 1
)

// sheetRow is one filled row of a sheet: what was asked, or what is wrong with it.
type sheetRow struct {
	Line   int    // of the file
	Form   string // its number as printed
	number int64
	asked  Submission
	Fault  string // why it cannot be taken
	Done   string // what became of it
	ID     int64  // of the enquiry
}

// readSheet reads a sheet; rows that nobody filled in are left out. reeve.Invalid
// where it is none.
func readSheet(body []byte, now time.Time) ([]sheetRow, error) {
	text, _ := charset.Decode(body, "")
	text = strings.TrimPrefix(text, "\ufeff")
	head, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	if strings.Count(head, ";") > strings.Count(head, ",") {
		r.Comma = ';'
	}
	r.FieldsPerRecord = -1
	fault := reeve.WithHint(fmt.Errorf("read sheet: %w", reeve.Invalid), "this is not a sheet that was made here, or it was changed: the columns must stay as they are")
	names, err := r.Read()
	if err != nil || len(names) < len(sheetColumns) || !slices.EqualFunc(names[:len(sheetColumns)], sheetColumns, func(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), b) }) {
		return nil, fault
	}
	var rows []sheetRow
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil || len(rows) >= mostSheetRows {
			return nil, fault
		}
		line, _ := r.FieldPos(0)
		cells = append(cells, make([]string, len(sheetColumns))...)[:len(sheetColumns)]
		for i := range cells {
			cells[i] = strings.TrimSpace(cutText(cells[i], mostWords/4))
		}
		if strings.Join(cells[1:], "") != "" {
			rows = append(rows, rowOf(line, cells, now))
		}
	}
}

// rowOf reads one row. Whatever is not said is taken in the way that harms least:
// a question, on paper, of today.
func rowOf(line int, c []string, now time.Time) sheetRow {
	row := sheetRow{Line: line, Form: c[0]}
	var err error
	if row.number, err = formNumber(c[0]); err != nil {
		row.Fault = "the number of the form is not one of ours"
		return row
	}
	row.Form = formName(row.number)
	s := Submission{Reference: newReference(), At: now.Unix(), Channel: ByPaper, Kind: Question, Topic: "other", Words: private(c[10]), Letter: private(c[11]), Form: row.Form,
		Vulnerable: slices.Contains([]string{"y", "yes", "x", "1", "true"}, strings.ToLower(c[12]))}
	if c[1] != "" {
		day, err := dayOf(c[1])
		if err != nil || day.After(now) || now.Sub(day) > 366*24*time.Hour {
			row.Fault = "the day is not one of the last year, such as 2026-01-12 or 12/01/2026"
			return row
		}
		if !sameDay(day, now) {
			s.At = day.Add(12 * time.Hour).Unix()
		}
	}
	pick(&row, c[2], "channel", []string{string(ByPhone), string(ByCounter), string(ByMail), string(ByPaper)}, func(v string) { s.Channel = Channel(v) })
	pick(&row, c[3], "kind", values(kinds), func(v string) { s.Kind = Kind(v) })
	pick(&row, c[4], "topic", values(topics), func(v string) { s.Topic = v })
	if c[10] == "" {
		row.Fault = "it does not say what they asked"
	}
	if norm, ok := uk.NormPostcode(c[8]); ok {
		c[8] = norm
	}
	s.Person = personOf(cutText(c[5], 200), cutText(c[6], 254), cutText(c[7], 40), cutText(c[8], 12), cutText(c[9], 500))
	row.asked = s
	return row
}

// pick takes a code out of a cell, if something is in it.
func pick(row *sheetRow, cell, column string, codes []string, set func(string)) {
	cell = strings.ToLower(cell)
	switch {
	case cell == "":
	case slices.Contains(codes, cell):
		set(cell)
	default:
		row.Fault = "the " + column + " is none of: " + strings.Join(codes, ", ")
	}
}

// dayOf reads a day as people and programs for tables write it.
func dayOf(text string) (time.Time, error) {
	for _, form := range []string{time.DateOnly, "02/01/2006", "2/1/2006"} {
		if day, err := time.ParseInLocation(form, text, london); err == nil {
			return day, nil
		}
	}
	return time.Time{}, fmt.Errorf("read day: %w", reeve.Invalid)
}
