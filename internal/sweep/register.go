package sweep

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/linkage"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// readRegisters reads the register files of this run. Nothing is kept before
// all of them could be read and mapped.
func (r *run) readRegisters(ctx context.Context) ([]registerLoad, error) {
	r.progress.phase("loading registers")
	var all []registerLoad
	for _, f := range r.opt.Registers {
		loads, err := r.readRegister(ctx, f)
		if err != nil {
			return nil, err
		}
		all = append(all, loads...)
	}
	return all, nil
}

// readRegister reads one register file, unless the case has it already.
func (r *run) readRegister(ctx context.Context, f RegisterFlag) ([]registerLoad, error) {
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, reeve.WithHint(fmt.Errorf("open register: %w: %w", stripPath(err), reeve.Invalid), "Give the path of a register file that can be read.")
	}
	defer file.Close()
	digest, size, err := hashFile(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("read register: %w", stripPath(err))
	}
	base := filepath.Base(f.Path)
	known, err := r.c.hasRegister(ctx, base, digest)
	if known || err != nil {
		return nil, err
	}
	in := &registerIntake{run: r, flag: f, base: base}
	if err := r.feedRegister(ctx, file, size, in); err != nil {
		return nil, err
	}
	return in.loads(digest, r.opt.Council), nil
}

// feedRegister has a reader process read the file, like any item, and gives
// its rows to the intake.
func (r *run) feedRegister(ctx context.Context, file *os.File, size int64, in *registerIntake) error {
	req, err := json.Marshal(request{Size: size, Name: in.base, Passwords: r.opt.Passwords, Table: true})
	if err != nil {
		return fmt.Errorf("ask reader: %w", err)
	}
	var outcome reeve.Outcome
	err = r.pool.Do(ctx, req, file, func(kind byte, payload []byte) error {
		switch kind {
		case sandbox.Restart:
			*in = registerIntake{run: in.run, flag: in.flag, base: in.base}
		case frameBlock:
			b, err := decodeBlock(payload)
			if err != nil {
				return err
			}
			return in.block(b)
		case frameOutcome:
			return json.Unmarshal(payload, &outcome)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if in.rows == 0 {
		return reeve.WithHint(fmt.Errorf("register %s %s: %w", in.base, in.lack(outcome), reeve.Invalid),
			"Give a CSV, tab-separated or XLSX file with one row per person.")
	}
	return nil
}

// lack says why a file gave no row.
func (in *registerIntake) lack(o reeve.Outcome) string {
	switch {
	case in.mapper != nil:
		return "holds a header and no rows"
	case o.Reason == reeve.ReasonEmpty:
		return "is empty"
	case o.Reason == "":
		return "holds no table"
	}
	return fmt.Sprintf("holds no table that can be read (%s, %s)", o.Status, o.Reason)
}

// registerKinds lists the kinds that a register may be said to have.
func registerKinds() string {
	var kinds []string
	for _, l := range linkage.Layouts() {
		if !slices.Contains(kinds, l.Kind) {
			kinds = append(kinds, l.Kind)
		}
	}
	return strings.Join(kinds, ", ")
}

// registerIntake maps the rows of one file as they come.
type registerIntake struct {
	run    *run
	flag   RegisterFlag
	base   string
	kind   string
	mapper linkage.RowMapper
	rows   int
	by     map[string]*registerLoad // by system
	bad    []reeve.BadRow
}

func (in *registerIntake) block(b *reeve.Block) error {
	if b.Layer != reeve.LayerBody && b.Layer != reeve.LayerHidden {
		return nil
	}
	first := max(b.First, 1)
	if len(b.Header) > 0 && in.mapper == nil {
		if err := in.recognise(b.Header); err != nil {
			return err
		}
		first++ // the header is row 1 of the file, the table's first row is 2
	}
	for i, row := range b.Rows {
		if in.mapper == nil {
			if slices.IndexFunc(row, func(c string) bool { return strings.TrimSpace(c) != "" }) < 0 {
				continue
			}
			if err := in.recognise(row); err != nil {
				return err
			}
			continue
		}
		in.row(first+i, row)
	}
	return nil
}

func (in *registerIntake) row(line int, cells []string) {
	in.rows++
	recs, bad := in.mapper.Row(line, cells)
	for i := range recs {
		in.take(&recs[i])
	}
	if bad != nil {
		in.bad = append(in.bad, *bad)
	}
}

// take keeps a record in the form in which it will be stored: a register of a
// million rows waits in memory until all of it has been read.
func (in *registerIntake) take(rec *reeve.Record) {
	l := in.by[rec.System]
	if l == nil {
		l = &registerLoad{name: strings.Clone(rec.System), who: make(map[string]bool)}
		if in.by == nil {
			in.by = make(map[string]*registerLoad)
		}
		in.by[l.name] = l
	}
	if !l.who[rec.SourceID] {
		l.who[strings.Clone(rec.SourceID)] = true
	}
	if n := len(l.recs); n == 0 || l.recs[n-1].line != rec.Line {
		l.rows++
	}
	l.recs = append(l.recs, storedRecord{rec.Line, encodeRecord(rec)})
}

// recognise finds the layout by the first row that says anything.
func (in *registerIntake) recognise(header []string) error {
	opt := linkage.MapOptions{Council: in.run.opt.Council, File: in.base, Map: in.run.opt.Map}
	layout, ok := linkage.Recognise(mapped(header, opt.Map))
	if in.flag.Kind != "" && (!ok || layout.Kind != in.flag.Kind) {
		named := linkage.LayoutsOf(in.flag.Kind)
		if len(named) == 0 {
			return reeve.WithHint(fmt.Errorf("no register kind of that name: %w", reeve.Invalid), "Kinds: "+registerKinds()+".")
		}
		layout, ok = named[0], len(opt.Map) > 0
	}
	if !ok {
		return reeve.WithHint(fmt.Errorf("the layout of register %s is not known; %s: %w", in.base, headersOf(header), reeve.Invalid),
			"Write a file of lines header=column that maps them to the generic columns, and give it with --map FILE.")
	}
	in.kind = layout.Kind
	in.mapper = linkage.NewMapper(layout, header, opt)
	if layout.Bare {
		in.row(1, header)
	}
	return nil
}

// Bounds of the headers that an error shows.
const (
	shownHeaders = 60
	shownLetters = 40
)

// headersOf lists the headers of a file of unknown layout, for an error. A file
// without headers begins with somebody's row, which no error may show: a cell
// with three digits or an @ is no header.
func headersOf(header []string) string {
	var shown []string
	for _, h := range header[:min(len(header), shownHeaders)] {
		digits := 0
		for _, r := range h {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		if digits > 2 || strings.Contains(h, "@") {
			return "its first row holds values and no headers"
		}
		if r := []rune(h); len(r) > shownLetters {
			h = string(r[:shownLetters]) + "…"
		}
		shown = append(shown, h)
	}
	if len(header) > shownHeaders {
		shown = append(shown, "…")
	}
	return "its headers are: " + strings.Join(shown, ", ")
}

// mapped is a header row after the council's own mapping.
func mapped(header []string, m map[string]string) []string {
	if len(m) == 0 {
		return header
	}
	out := slices.Clone(header)
	for i, h := range header {
		if to, ok := m[h]; ok {
			out[i] = to
		}
	}
	return out
}

// registerLoad is what one file gives one register (source_system).
type registerLoad struct {
	name, kind, file, digest string
	rows, people             int
	at                       int64
	recs                     []storedRecord
	who                      map[string]bool // source person ids
	bad                      []reeve.BadRow
	places                   *gazetteer // nil where it lists people
}

// storedRecord is a record as it is kept.
type storedRecord struct {
	line int
	data []byte
}

// loads splits a file by register. Bad rows stay with the first.
func (in *registerIntake) loads(digest, council string) []registerLoad {
	if len(in.by) == 0 {
		name := linkage.SystemName(in.kind, council)
		in.by = map[string]*registerLoad{name: {name: name}}
	}
	var out []registerLoad
	for _, name := range sortedKeys(in.by) {
		l := in.by[name]
		l.kind, l.file, l.digest, l.at, l.people, l.who = in.kind, in.base, digest, time.Now().Unix(), len(l.who), nil
		out = append(out, *l)
	}
	out[0].bad, out[0].places = in.bad, gazetteerOf(in.mapper, council)
	out[0].rows += len(in.bad)
	return out
}

const mapHint = "Columns are those of the generic register: source_person_id, surname, forename, date_of_birth, postcode …"

// ReadMap reads a mapping file: lines "header=column", where column is one of
// the generic register's. Blank lines and lines starting with # are passed over.
func ReadMap(text string) (map[string]string, error) {
	m := make(map[string]string)
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		header, column, ok := strings.Cut(line, "=")
		header, column = strings.TrimSpace(header), strings.TrimSpace(column)
		problem := ""
		switch {
		case !ok || header == "":
			problem = "is not header=column"
		case !linkage.GenericColumn(column):
			problem = "names a column that the generic register has not"
		}
		if problem != "" {
			return nil, reeve.WithHint(fmt.Errorf("line %d of the mapping %s: %w", n, problem, reeve.Invalid), mapHint)
		}
		m[header] = column
	}
	if len(m) == 0 {
		return nil, reeve.WithHint(fmt.Errorf("the mapping holds no line header=column: %w", reeve.Invalid), mapHint)
	}
	return m, nil
}
