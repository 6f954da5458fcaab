package linkage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// Layout is one way in which a council system exports a register. Columns maps
// the system's own header names (squashed) to the columns of the generic
// register; Needs are the headers without which a file is not of this layout.
// A layout that is not one row per person brings its own Rows.
type Layout struct {
	Kind    string
	Needs   []string
	Columns map[string]string
	Role    string                                            // role of its people where no column says
	Signals map[string]reeve.Signal                           // Y/N columns that are a signal by themselves
	Fix     func(rec *reeve.Record, cell func(string) string) // what a table cannot say
	Rows    func(opt MapOptions) RowMapper                    // for layouts with several kinds of row; nil for most
	Bare    bool                                              // no header row; told by its first row (DTF 7.3)
}

// Layouts lists every layout that is recognised, most telling first. Adding one
// is a file register_<name>.go and a line here.
func Layouts() []Layout {
	return []Layout{generic, electoral14, electoral13, mosaicPersons, mosaicAddresses, housingMembers, housingTenancies, housingProperties, benefits, councilTax, llpg}
}

// MapOptions are what the caller knows of a register file.
type MapOptions struct {
	Council string            // council code; layouts without source_system get KIND-COUNCIL
	File    string            // base name, for bad rows
	Map     map[string]string // header → generic column, from the council's own mapping file
}

// RowMapper turns the rows of one register file into records.
type RowMapper interface {
	// Row maps one row; line is its 1-based number in the file. A row that
	// cannot be used gives a BadRow and no record; one that was used without a
	// broken value gives both.
	Row(line int, cells []string) ([]reeve.Record, *reeve.BadRow)
}

// squash is the form in which headers are compared: lower case, letters and
// digits alone.
func squash(header string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimPrefix(header, "\ufeff")) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Recognise finds the layout of a register by its first row.
func Recognise(header []string) (Layout, bool) {
	have := make(map[string]bool, len(header))
	for _, h := range header {
		have[squash(h)] = true
	}
	for _, l := range Layouts() {
		if l.Bare {
			if isGazetteer(header) {
				return l, true
			}
			continue
		}
		if !slices.ContainsFunc(l.Needs, func(n string) bool { return !have[n] }) {
			return l, true
		}
	}
	return Layout{}, false
}

// LayoutsOf are the layouts of a kind named on the command line.
func LayoutsOf(kind string) []Layout {
	var out []Layout
	for _, l := range Layouts() {
		if l.Kind == kind {
			out = append(out, l)
		}
	}
	return out
}

// NewMapper is the mapper of a layout for a file with this header row.
func NewMapper(l Layout, header []string, opt MapOptions) RowMapper {
	if l.Rows != nil {
		return l.Rows(opt)
	}
	m := &columnMapper{layout: l, opt: opt, at: make(map[string]int), width: len(header)}
	for i, h := range header {
		m.place(i, h)
	}
	return m
}

// columnMapper maps a file with one header row and a person a row.
type columnMapper struct {
	layout Layout
	opt    MapOptions
	at     map[string]int // generic column or squashed header → index
	extra  []extraColumn
	width  int
}

type extraColumn struct {
	index  int
	header string
	kind   reeve.Kind
	signal reeve.Signal
	named  bool // the header itself names a kind
}

func (m *columnMapper) place(i int, header string) {
	key := squash(header)
	if to, ok := m.opt.Map[header]; ok {
		m.at[to] = i
		return
	}
	if _, taken := m.at[key]; !taken {
		m.at[key] = i
	}
	if to, ok := m.layout.Columns[key]; ok {
		if _, taken := m.at[to]; !taken {
			m.at[to] = i
		}
		if !m.layout.keeps(key) {
			return
		}
	}
	if s, ok := m.layout.Signals[key]; ok {
		m.extra = append(m.extra, extraColumn{index: i, header: header, signal: s})
		return
	}
	kind, named := refKind(key)
	m.extra = append(m.extra, extraColumn{index: i, header: header, kind: kind, named: named})
}

// keeps says whether a mapped column is a reference as well.
func (l Layout) keeps(key string) bool {
	_, named := refKind(key)
	return named
}

// Row implements RowMapper.
func (m *columnMapper) Row(line int, cells []string) ([]reeve.Record, *reeve.BadRow) {
	bad := func(format string, args ...any) *reeve.BadRow {
		return &reeve.BadRow{File: m.opt.File, Line: line, Reason: fmt.Sprintf(format, args...)}
	}
	if blank(cells) {
		return nil, nil
	}
	if len(cells) > m.width && !blank(cells[m.width:]) {
		return nil, bad("%d cells where the header has %d: a quote or separator is astray", len(cells), m.width)
	}
	cell := func(column string) string {
		if i, ok := m.at[column]; ok && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	rec := reeve.Record{Kind: m.layout.Kind, Line: line, Edition: editionOf(m.opt.File)}
	note := fillRecord(&rec, cell)
	m.fillExtra(&rec, cells)
	if m.layout.Fix != nil {
		m.layout.Fix(&rec, cell)
	}
	m.finish(&rec)
	switch {
	case rec.SourceID == "":
		return nil, bad("no source_person_id")
	case rec.Surname == "" && rec.Forename == "" && len(rec.Address) == 0 && !rec.AnonymousElector:
		return nil, bad("no surname")
	}
	if note != "" {
		return []reeve.Record{rec}, bad("%s; the row was used without it", note)
	}
	return []reeve.Record{rec}, nil
}

// editionOf is the year that the name of a register's file says; 0 where it says
// none, or several.
func editionOf(file string) (year int) {
	for _, run := range strings.FieldsFunc(file, func(r rune) bool { return r < '0' || r > '9' }) {
		n, err := strconv.Atoi(run)
		if d := reeve.DateNumber(n); len(run) == 8 && d.Full() && d.Valid() {
			n, run = int(d.Year), run[:4] // 20191201
		}
		if len(run) != 4 || err != nil || n < 1990 || n > 2099 {
			continue
		}
		if year != 0 && year != n {
			return 0
		}
		year = n
	}
	return year
}

func (m *columnMapper) finish(rec *reeve.Record) {
	if rec.Council == "" {
		rec.Council = m.opt.Council
	}
	if rec.System == "" {
		rec.System = SystemName(m.layout.Kind, m.opt.Council)
	}
	if rec.Role == "" {
		rec.Role = m.layout.Role
	}
}

// SystemName is the source_system of a layout that has none of its own.
func SystemName(kind, council string) string {
	if council == "" {
		return strings.ToUpper(kind)
	}
	return strings.ToUpper(kind + "-" + council)
}

func (m *columnMapper) fillExtra(rec *reeve.Record, cells []string) {
	for _, x := range m.extra {
		if x.index >= len(cells) {
			continue
		}
		v := strings.TrimSpace(cells[x.index])
		switch {
		case x.signal != "":
			if yes(v) && !slices.Contains(rec.Signals, x.signal) {
				rec.Signals = append(rec.Signals, x.signal)
			}
		case v != "" && (x.named || looksLikeRef(v)):
			rec.Refs = append(rec.Refs, reeve.Ref{Kind: x.kind, Header: x.header, Value: v})
		}
	}
}

// looksLikeRef reports whether a value of an unknown column can serve as a
// reference: 5 to 30 characters, a digit among them, one word.
func looksLikeRef(v string) bool {
	return len(v) >= 5 && len(v) <= 30 && strings.ContainsAny(v, "0123456789") && !strings.ContainsAny(v, " \t\n£%:@")
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// yes reads a flag as councils write it.
func yes(v string) bool {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "y", "yes", "true", "t", "1", "x":
		return true
	}
	return false
}
