package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/linkage"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// RegisterPreview is the head of a register file, for somebody who says what
// its columns mean before it is loaded. Rows are those whose layout is known,
// without people who would be sealed.
type RegisterPreview struct {
	Kind    string              `json:"kind"` // of the layout recognised; "" for none
	Columns []PreviewColumn     `json:"columns"`
	Rows    [][]reeve.Sensitive `json:"rows"` // in step with Columns
	Bad     []reeve.BadRow      `json:"bad_rows"`
	Bare    bool                `json:"bare"` // the first row holds values: headers are not shown
}

// PreviewColumn is a column of a register file.
type PreviewColumn struct {
	Header  string `json:"header"`
	Generic string `json:"generic"` // the generic column it is taken for; "" when kept as a reference or not known
	Shape   string `json:"shape"`   // of its first value: letters as a, digits as 9
}

// previewRows is how many rows a preview looks at.
const previewRows = 20

var errPreviewed = errors.New("enough was read")

// PreviewRegister reads the head of a register file in the cage. columns maps
// headers to generic columns as a mapping file does. Nothing is kept.
func (c *Case) PreviewRegister(ctx context.Context, f RegisterFlag, columns map[string]string, reader sandbox.Options) (p RegisterPreview, err error) {
	file, err := os.Open(f.Path)
	if err != nil {
		return p, fmt.Errorf("open register: %w: %w", stripPath(err), reeve.Invalid)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return p, fmt.Errorf("open register: %w", stripPath(err))
	}
	reader.Workers = 1
	pool, err := sandbox.New(reader)
	if err != nil {
		return p, err
	}
	defer pool.Close()
	rows, err := headOf(ctx, pool, file, request{Size: info.Size(), Name: filepath.Base(f.Path), Table: true})
	if err != nil {
		return p, err
	}
	if len(rows) == 0 {
		return p, reeve.WithHint(fmt.Errorf("the register holds no table: %w", reeve.Invalid), "Give a CSV, tab-separated or XLSX file with one row per person.")
	}
	p.read(rows, f, columns)
	return p, nil
}

// headOf reads the first rows of a table, a declared header first.
func headOf(ctx context.Context, pool *sandbox.Pool, file *os.File, req request) (rows [][]string, err error) {
	ask, err := json.Marshal(req)
	if err != nil {
		return nil, fmt.Errorf("ask reader: %w", err)
	}
	err = pool.Do(ctx, ask, file, func(kind byte, payload []byte) error {
		switch kind {
		case sandbox.Restart:
			rows = nil
		case frameBlock:
			b, err := decodeBlock(payload)
			if err != nil {
				return err
			}
			if len(rows) == 0 && len(b.Header) > 0 {
				rows = append(rows, b.Header)
			}
			for _, row := range b.Rows {
				if len(rows) > 0 || strings.TrimSpace(strings.Join(row, "")) != "" {
					rows = append(rows, row)
				}
				if len(rows) > previewRows {
					return errPreviewed
				}
			}
		}
		return nil
	})
	if errors.Is(err, errPreviewed) {
		err = nil
	}
	return rows, err
}

func (p *RegisterPreview) read(rows [][]string, f RegisterFlag, columns map[string]string) {
	header := rows[0]
	layout, ok := linkage.Recognise(mapped(header, columns))
	if named := linkage.LayoutsOf(f.Kind); f.Kind != "" && len(named) > 0 && (!ok || layout.Kind != f.Kind) {
		layout, ok = named[0], len(columns) > 0
	}
	body := rows[1:]
	p.Bare = ok && layout.Bare || holdsValues(header)
	if p.Bare {
		body = rows
	}
	for i, h := range header {
		col := PreviewColumn{Header: h, Shape: shapeOf(body, i)}
		if p.Bare {
			col.Header = ""
		} else if to, given := columns[h]; given {
			col.Generic = to
		} else if ok {
			col.Generic = layout.Columns[squashed(h)]
		}
		p.Columns = append(p.Columns, col)
	}
	if !ok {
		return
	}
	p.Kind = layout.Kind
	if layout.Bare {
		return // rows of several kinds: no table of people
	}
	mapper := linkage.NewMapper(layout, header, linkage.MapOptions{File: filepath.Base(f.Path), Map: columns})
	for i, row := range body {
		recs, bad := mapper.Row(i+2, row)
		if bad != nil {
			p.Bad = append(p.Bad, *bad)
		}
		if !anySealed(recs) {
			p.Rows = append(p.Rows, p.masked(row))
		}
	}
}

// anySealed reports whether a row is of somebody who would be sealed.
func anySealed(recs []reeve.Record) bool {
	for i := range recs {
		r := &recs[i]
		if r.Restricted || r.AnonymousElector {
			return true
		}
		for _, s := range r.Signals {
			if s == reeve.SignalProtectedPerson || s == reeve.SignalSafeAddress {
				return true
			}
		}
	}
	return false
}

// masked wraps a row's cells as what their columns hold.
func (p *RegisterPreview) masked(row []string) []reeve.Sensitive {
	cells := make([]reeve.Sensitive, len(p.Columns))
	for i := range cells {
		if i < len(row) {
			cells[i] = reeve.Private(columnKind(p.Columns[i].Generic), row[i])
		}
	}
	return cells
}

// columnKind is the kind by which a cell of a generic column is masked.
func columnKind(column string) reeve.Kind {
	switch {
	case strings.HasPrefix(column, "date_of"):
		return reeve.KindDateOfBirth
	case column == "postcode":
		return reeve.KindPostcode
	case strings.HasSuffix(column, "name") || column == "middle" || column == "known_as" || column == "named_worker":
		return reeve.KindName
	}
	return reeve.KindAddress // not shown at all
}

// holdsValues reports whether a first row is somebody's and no header.
func holdsValues(header []string) bool {
	return strings.HasPrefix(headersOf(header), "its first row")
}

// squashed is the form in which linkage compares headers.
func squashed(header string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(strings.TrimPrefix(header, "\ufeff")))
}

// shapeOf is the form of a column's first value, without the value.
func shapeOf(rows [][]string, column int) string {
	for _, row := range rows {
		if column >= len(row) || strings.TrimSpace(row[column]) == "" {
			continue
		}
		shape := strings.Map(func(r rune) rune {
			switch {
			case unicode.IsLetter(r):
				return 'a'
			case unicode.IsDigit(r):
				return '9'
			case unicode.IsSpace(r):
				return ' '
			}
			return r
		}, row[column])
		return string([]rune(shape)[:min(shownLetters, len([]rune(shape)))])
	}
	return ""
}
