package paper

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"image/png"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/reeve-council/reeve"
)

// sheet writes a workbook with one sheet of the rows.
func sheet(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	b, err := NewWorkbook("People", "Royal Borough of Example", made, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Sheet("People", SheetColumn{Title: "=Person"}, SheetColumn{Title: "Note", Width: 40}); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := b.Row(r...); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if _, err := b.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWorkbookHoldsNoFormulas(t *testing.T) {
	texts := []string{`=HYPERLINK("http://evil.example","x")`, "+1+1", "-2", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "_x0041_", "<b>&amp;", "Łucja", "007", " padded "}
	var rows [][]any
	for _, s := range texts {
		rows = append(rows, []any{s, s})
	}
	f, err := excelize.OpenReader(bytes.NewReader(sheet(t, rows...)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, want := range append([]string{"=Person"}, texts...) {
		at := fmt.Sprintf("A%d", i+1)
		value, err := f.GetCellValue("People", at)
		formula, ferr := f.GetCellFormula("People", at)
		kind, kerr := f.GetCellType("People", at)
		if err != nil || ferr != nil || kerr != nil || value != want || formula != "" || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s: %q of type %v with formula %q, want %q as text", at, value, kind, formula, want)
		}
	}
}

func TestWorkbookTypes(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(sheet(t,
		[]any{12, 3.5}, []any{time.Date(2026, 3, 5, 9, 30, 0, 0, time.UTC), reeve.Date{Year: 1987, Month: 3, Day: 5}},
		[]any{reeve.Date{Year: 1987}, reeve.Date{Year: 1850, Month: 1, Day: 2}}, []any{nil, strings.Repeat("é", 40000)}, []any{"\x00a\x01", true})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, want := range map[string]string{
		"A2": "12", "B2": "3.5", "A3": "2026-03-05 09:30", "B3": "1987-03-05", "A4": reeve.Date{Year: 1987}.String(), "B4": "1850-01-02", "A5": "", "A6": "\ufffda\ufffd", "B6": "TRUE",
	} {
		if got, err := f.GetCellValue("People", at); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", at, got, err, want)
		}
	}
	if got, _ := f.GetCellValue("People", "B5"); len([]rune(got)) > maxCellText || !strings.HasSuffix(got, "(cut)") {
		t.Errorf("a long cell has %d letters", len([]rune(got)))
	}
}

func TestWorkbookSame(t *testing.T) {
	if !bytes.Equal(sheet(t, []any{"a", 1}), sheet(t, []any{"a", 1})) {
		t.Error("the same rows gave two different files")
	}
}

func TestWorkbookRefuses(t *testing.T) {
	if _, err := NewWorkbook("x", "x", made, ""); !errors.Is(err, reeve.Invalid) {
		t.Errorf("no folder: %v", err)
	}
	b, err := NewWorkbook("x", "x", made, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Row("early"); !errors.Is(err, reeve.Invalid) {
		t.Errorf("a row before a sheet: %v", err)
	}
	if _, err := b.WriteTo(io.Discard); !errors.Is(err, reeve.Invalid) {
		t.Errorf("no sheet: %v", err)
	}
	if err := b.Sheet("One", SheetColumn{Title: "a"}); err != nil {
		t.Fatal(err)
	}
	if err := b.Row("a", "b"); !errors.Is(err, reeve.Invalid) {
		t.Errorf("a wide row: %v", err)
	}
	if err := b.Row(reeve.Private("name", "Łucja")); !errors.Is(err, reeve.Invalid) || strings.Contains(err.Error(), "Łucja") {
		t.Errorf("a value that was not revealed: %v", err)
	}
	if err := b.Sheet("One", SheetColumn{Title: "a"}); !errors.Is(err, reeve.Conflict) {
		t.Errorf("a second sheet of one name: %v", err)
	}
	if err := b.Sheet("bad:name", SheetColumn{Title: "a"}); err == nil {
		t.Error("a name that spreadsheets refuse was taken")
	}
}

func TestCSV(t *testing.T) {
	var out bytes.Buffer
	c, err := NewCSV(&out, "person", "note", "more")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.Row("P1", "=1+1"), c.Row("-2", "a \"quoted\", cell\nwith a break", "x"), c.Close()); err != nil {
		t.Fatal(err)
	}
	if want := "person,note,more\r\nP1,'=1+1,\r\n'-2,\"a \"\"quoted\"\", cell\r\nwith a break\",x\r\n"; out.String() != want {
		t.Errorf("wrote %q, want %q", out.String(), want)
	}
	if err := c.Row("1", "2", "3", "4"); !errors.Is(err, reeve.Invalid) {
		t.Errorf("a wide row: %v", err)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("=1+1", "@x")
	f.Fuzz(func(t *testing.T, a, b string) {
		var out bytes.Buffer
		c, err := NewCSV(&out, "a", "b")
		if err = errors.Join(err, c.Row(a, b), c.Close()); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q, %v", rows, err)
		}
		for _, cell := range rows[1] {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("a cell begins with %q", cell[0])
			}
		}
	})
}

func TestCode(t *testing.T) {
	c, err := NewCode("https://council.example.org/letter/7Q2M-4KXD")
	if err != nil {
		t.Fatal(err)
	}
	// The three finder patterns of ISO/IEC 18004 6.3.3: a dark ring of seven, a
	// light one, a dark square of three.
	for _, corner := range [][2]int{{0, 0}, {c.Size() - 7, 0}, {0, c.Size() - 7}} {
		for y := range 7 {
			for x := range 7 {
				ring := max(max(x, 6-x), max(y, 6-y)) // 6 outside, 5 next, …
				if got := c.Dark(corner[0]+x, corner[1]+y); got != (ring != 5) {
					t.Fatalf("finder at %v is wrong at %d, %d", corner, x, y)
				}
			}
		}
	}
	var out bytes.Buffer
	if err := c.WritePNG(&out, 4); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&out)
	if err != nil || img.Bounds().Dx() != (c.Size()+8)*4 {
		t.Errorf("%v, %v", img.Bounds(), err)
	}
	for _, text := range []string{"", strings.Repeat("x", maxCode+1)} {
		if _, err := NewCode(text); !errors.Is(err, reeve.Invalid) {
			t.Errorf("a code of %d bytes: %v", len(text), err)
		}
	}
	if _, err := NewCode(strings.Repeat("x", maxCode)); err != nil {
		t.Errorf("the largest code: %v", err)
	}
	if err := c.WritePNG(io.Discard, 0); !errors.Is(err, reeve.Invalid) {
		t.Errorf("no pixels: %v", err)
	}
}

func TestCalendar(t *testing.T) {
	c := &Calendar{Name: "Clocks", Stamp: made, Events: []Event{
		{UID: "clock-1@case", Title: "Tell the ICO, by law", Description: "72 hours from awareness.\nSee the book; " + strings.Repeat("é", 60), Link: "https://reeve.example.org/clock/1", Start: time.Date(2026, 3, 8, 9, 30, 0, 0, time.FixedZone("BST", 3600)), Alarm: 24 * time.Hour, Sequence: 2},
		{UID: "day-1@case", Title: "Cabinet", Start: time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC), End: time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC), AllDay: true},
		{UID: "gone@case", Title: "Moved", Start: made, Cancelled: true, Alarm: time.Hour, Link: "javascript:alert(1)"},
	}}
	var out, again bytes.Buffer
	if _, err := c.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	c.WriteTo(&again)
	if out.String() != again.String() {
		t.Error("the same events gave two different files")
	}
	for line := range strings.SplitSeq(out.String(), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes", len(line))
		}
	}
	unfolded := strings.ReplaceAll(out.String(), "\r\n ", "")
	for _, want := range []string{
		"BEGIN:VCALENDAR\r\n", "UID:clock-1@case", `SUMMARY:Tell the ICO\, by law`, `DESCRIPTION:72 hours from awareness.\nSee the book\; é`, "DTSTAMP:20260305T093000Z", "DTSTART:20260308T083000Z", "TRIGGER:-PT86400S",
		"SEQUENCE:2", "DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260311", "STATUS:CANCELLED", "URL:https://reeve.example.org/clock/1",
	} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("no %q in\n%s", want, unfolded)
		}
	}
	if strings.Contains(unfolded, "javascript") || strings.Count(unfolded, "BEGIN:VALARM") != 1 {
		t.Error("a link that is no web address, or an alarm for what was cancelled")
	}
	for name, e := range map[string]Event{"no id": {Title: "x", Start: made}, "no title": {UID: "x", Start: made}, "no start": {UID: "x", Title: "x"}, "ends before": {UID: "x", Title: "x", Start: made, End: made.Add(-1)}} {
		if _, err := (&Calendar{Events: []Event{e}}).WriteTo(io.Discard); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestManyRows streams more rows than fit into the memory that the writer takes
// before it spills, and looks that the temporary files go away.
func TestManyRows(t *testing.T) {
	temp := t.TempDir()
	b, err := NewWorkbook("x", "x", made, temp)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Sheet("x", SheetColumn{Title: "a"}, SheetColumn{Title: "b"}); err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("x", 1000)
	for i := range 20000 {
		if err := b.Row(i, text); err != nil {
			t.Fatal(err)
		}
	}
	spilled, _ := filepath.Glob(filepath.Join(temp, "*"))
	if _, err := b.WriteTo(io.Discard); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(spilled) == 0 || len(left) != 0 {
		t.Errorf("%d temporary files while writing, %d after", len(spilled), len(left))
	}
}
