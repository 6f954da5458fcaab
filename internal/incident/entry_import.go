package incident

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// Limits of one import.
const (
	importRows   = 1_000_000
	importPiece  = 2_000 // rows that are written at once
	importBad    = 1_000 // rows with faults that are kept; more and the file is refused
	titleLength  = 300   // characters
	sourceLength = 200
	noteLength   = 4_000
)

// importNames are the headings by which a column is known, folded.
var importNames = map[string][]string{
	"happened": {"happened", "event time", "time", "datetime", "date time", "timestamp", "date", "when"},
	"known":    {"known", "known to us", "known time", "discovered"},
	"kind":     {"kind", "type", "category"},
	"source":   {"source", "sourcetype", "who", "reported by"},
	"title":    {"title", "event", "what", "message", "summary", "description"},
	"note":     {"note", "notes", "details", "detail", "comment"},
}

// momentForms are the ways in which a file may write a moment. Those without a
// zone are London's; days come before months, as people here write them.
var momentForms = []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02",
	"02/01/2006 15:04:05", "02/01/2006 15:04", "02/01/2006", "2 January 2006 15:04", "2 January 2006, 15:04", "2 January 2006"}

// importReader reads entries from CSV, row by row.
type importReader struct {
	csv    *csv.Reader
	column map[string]int
	now    int64
	rows   int
}

// newImportReader reads the header. A file without a column for the time and one
// for what happened is reeve.Invalid.
func newImportReader(r io.Reader, now time.Time) (*importReader, error) {
	in := &importReader{csv: csv.NewReader(r), column: make(map[string]int), now: now.Unix()}
	in.csv.FieldsPerRecord, in.csv.LazyQuotes, in.csv.ReuseRecord = -1, true, true
	header, err := in.csv.Read()
	if err != nil {
		return nil, reeve.WithHint(fmt.Errorf("read header: %w", reeve.Invalid), "The file is empty or no CSV.")
	}
	for i, cell := range header {
		name := lex.Fold(strings.TrimPrefix(cell, "\ufeff"))
		for field, names := range importNames {
			if _, there := in.column[field]; !there && slices.Contains(names, name) {
				in.column[field] = i
			}
		}
	}
	for _, field := range []string{"happened", "title"} {
		if _, there := in.column[field]; !there {
			return nil, reeve.WithHint(fmt.Errorf("read header: no column %s: %w", field, reeve.Invalid),
				"The first line must name the columns: at least happened and title; also known, kind, source and note.")
		}
	}
	return in, nil
}

// next gives the next row; a row with a fault has it. io.EOF ends the file.
func (in *importReader) next() (importRow, error) {
	cells, err := in.csv.Read()
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		return importRow{Line: int64(broken.Line), Fault: "The row is no CSV"}, in.bound()
	case err != nil:
		return importRow{}, err
	}
	line, _ := in.csv.FieldPos(0)
	row := importRow{Line: int64(line)}
	get := func(field string, most int) string {
		i, there := in.column[field]
		if !there || i >= len(cells) {
			return ""
		}
		s := strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(cells[i], "\x00", ""), ""))
		if utf8.RuneCountInString(s) > most {
			row.Fault = fmt.Sprintf("%s is longer than %d characters", field, most)
		}
		return s
	}
	row.Title, row.Source, row.Note, row.Kind = get("title", titleLength), get("source", sourceLength), get("note", noteLength), strings.ToLower(get("kind", 50))
	row.fill(get("happened", 50), get("known", 50), in.now)
	return row, in.bound()
}

// bound counts rows.
func (in *importReader) bound() error {
	if in.rows++; in.rows > importRows {
		return reeve.WithHint(fmt.Errorf("read file: too many rows: %w", reeve.Invalid), "A file may have a million rows: split it.")
	}
	return nil
}

// fill reads the times and checks the row.
func (r *importRow) fill(happened, known string, now int64) {
	fault := func(text string) {
		if r.Fault == "" {
			r.Fault = text
		}
	}
	at, ok := readMoment(happened)
	if !ok {
		fault("The time is missing or not understood: write 2026-01-12 09:30")
	}
	r.Happened, r.Known = at, now
	if known != "" {
		if r.Known, ok = readMoment(known); !ok {
			fault("When it was known is not understood: write 2026-01-12 09:30")
		}
	}
	if r.Title == "" {
		fault("It does not say what happened")
	}
	if r.Kind == "" || !slices.Contains(values(entryKinds), r.Kind) {
		r.Kind = "event"
	}
}

// readMoment reads a moment as a file writes it, as UTC seconds.
func readMoment(s string) (int64, bool) {
	for _, form := range momentForms {
		if t, err := time.ParseInLocation(form, s, london); err == nil && t.Year() >= 1990 && t.Year() < 2100 {
			return t.Unix(), true
		}
	}
	return 0, false
}
