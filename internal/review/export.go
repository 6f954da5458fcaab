package review

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) exportSection() web.Section {
	return web.Section{Object: web.ObjectVersion, Routes: []web.Route{
		{Pattern: "GET /versions/{n}/export", Verb: web.Export, Object: web.ObjectVersion, Do: m.exportForm},
		{Pattern: "POST /versions/{n}/export", Verb: web.Export, Object: web.ObjectVersion, Do: m.exportVersion},
	}}
}

var exportPage = web.NewPage[exportView](pages, "export.html")

// exportView is the page on which somebody takes a version away.
type exportView struct {
	versionView
	Councils []filterChoice   `json:"-"`
	Granted  bool             `json:"granted"`
	Reveals  bool             `json:"-"`
	Thing    string           `json:"-"`
	Back     string           `json:"-"`
	Lines    []string         `json:"red"` // as every export prints them
	Errors   []web.FieldError `json:"-"`
}

// mayExportList reports whether a visitor may take the list away.
func mayExportList(r *web.Request) bool {
	return r.May(web.Act{Verb: web.Export, Object: web.ObjectVersion, Degree: web.Special})
}

// exportOf gathers the page. council is the one chosen, "" for all that the
// visitor works for.
func (m *Room) exportOf(r *web.Request, council string) (v exportView, err error) {
	if err = r.Must(web.Act{Verb: web.Export, Object: web.ObjectVersion, Degree: web.Special, Council: council}); err != nil {
		return v, err
	}
	if v.versionView, err = m.versionView(r); err != nil {
		return v, err
	}
	v.Thing, v.Back = versionThing(v.Number), v.Path()+"/export"
	v.Granted, v.Reveals = mayShow(r, v.Thing, web.ObjectVersion), mayReveal(r, web.ObjectVersion, web.Special)
	v.Lines = printedReds(v.Checks, scopeOf(r.Visitor))
	councils := r.Visitor.Councils
	if councils == nil {
		err = m.db.Read(r.Context(), func(tx *db.Tx) error {
			councils, err = councilsOf(tx)
			return err
		})
		if err != nil {
			return v, fmt.Errorf("list councils: %w", err)
		}
		v.Councils = []filterChoice{{"", "All councils together", council == ""}}
	} else if len(councils) > 1 {
		v.Councils = []filterChoice{{"", "All that you work for", council == ""}}
	}
	for _, c := range councils {
		v.Councils = append(v.Councils, filterChoice{c, c + " alone", c == council})
	}
	return v, nil
}

func (m *Room) exportForm(r *web.Request) (web.Answer, error) {
	v, err := m.exportOf(r, r.Ask("council"))
	if err != nil {
		return nil, err
	}
	return v.export(), nil
}

func (v exportView) export() *web.View {
	return exportPage.With(fmt.Sprintf("Export list version %d", v.Number), v)
}

// exporting is one export on its way.
type exporting struct {
	m       *Room
	v       *exportView
	scope   sweep.Scope
	council string
	format  string
	at      time.Time
	by      string
	head    string // the checkpoint of the record that is printed
	rows    int64
}

// exportVersion writes an export into the case, puts it on record with its
// digest, and only then hands it out.
func (m *Room) exportVersion(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	council := f.Text("council", 100)
	v, err := m.exportOf(r, council)
	if err != nil {
		return nil, err
	}
	format := f.Choice("format", "Choose a form", exportFormats...)
	if council != "" && !slices.ContainsFunc(v.Councils, func(c filterChoice) bool { return c.Value == council }) {
		return nil, fmt.Errorf("export list version: %w", reeve.NotFound)
	}
	if v.Emptied > 0 {
		f.Fault("format", "The rows of this version were destroyed: there is nothing to export")
	}
	if !f.OK() {
		v.Errors = f.Errors
		return v.export().Faulty(f), nil
	}
	e := &exporting{m: m, v: &v, scope: sweep.Scope{Councils: r.Visitor.Councils}, council: council, format: format, at: r.Now, by: r.Visitor.Name}
	if council != "" {
		e.scope.Councils = []string{council}
	}
	return e.answer(r)
}

func (e *exporting) answer(r *web.Request) (web.Answer, error) {
	file, digest, err := e.m.spool(func(w io.Writer) error {
		return e.m.db.Read(r.Context(), func(tx *db.Tx) error { return e.write(tx, w) })
	})
	if err != nil {
		return nil, fmt.Errorf("export list version: %w", err)
	}
	err = e.m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "export", Object: e.v.Thing, Rows: e.rows, Digest: digest,
			Line: fmt.Sprintf("exported list version %d as %s, %s, values %s", e.v.Number, e.format, e.whose(), e.shown())}, nil
	})
	if err != nil {
		os.Remove(file)
		return nil, fmt.Errorf("export list version: %w", err)
	}
	return spooled(e.name(), exportTypes[e.format], file), nil
}

// whose says whose people are in the export.
func (e *exporting) whose() string {
	if e.scope.Councils == nil {
		return "all councils"
	}
	return "people of " + strings.Join(e.scope.Councils, ", ")
}

func (e *exporting) shown() string {
	if e.v.Granted {
		return "in clear"
	}
	return "masked"
}

func (e *exporting) name() string {
	name := fmt.Sprintf("list-%d", e.v.Number)
	if e.council != "" {
		name += "-" + e.council
	}
	if !e.v.Granted {
		name += "-masked"
	}
	return name + "." + exportSuffixes[e.format]
}

// Forms of an export.
const (
	formatCSV  = "csv"
	formatXLSX = "xlsx"
	formatPDF  = "pdf"
)

var (
	exportFormats  = []string{formatCSV, formatXLSX, formatPDF}
	exportSuffixes = map[string]string{formatCSV: "zip", formatXLSX: "xlsx", formatPDF: "pdf"}
	exportTypes    = map[string]string{formatCSV: "application/zip", formatXLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", formatPDF: "application/pdf"}
)

// spool writes a file inside the case, where nothing lies that the case does not
// hold anyway, and gives its digest.
func (m *Room) spool(write func(io.Writer) error) (file, digest string, err error) {
	f, err := os.CreateTemp(m.spoolFolder(), "export-*")
	if err != nil {
		return "", "", fmt.Errorf("write into the case: %w", reeve.Unavailable)
	}
	h := sha256.New()
	err = write(io.MultiWriter(f, h))
	if e := f.Close(); err == nil && e != nil {
		err = fmt.Errorf("write into the case: %w", reeve.Unavailable)
	}
	if err != nil {
		os.Remove(f.Name())
		return "", "", err
	}
	return f.Name(), hex.EncodeToString(h.Sum(nil)), nil
}

// spoolFolder is the folder of a case for temporary files; it is made with the
// case and only its owner may read it.
func (m *Room) spoolFolder() string {
	folder := filepath.Join(m.kase.Dir, "tmp")
	os.MkdirAll(folder, 0o700) // if this fails, so does making the file
	return folder
}

// spooled hands a spooled file out and removes it.
func spooled(name, kind, file string) web.File {
	return web.File{Name: name, Type: kind, Pour: func(w http.ResponseWriter) error {
		defer os.Remove(file)
		f, err := os.Open(file)
		if err != nil {
			return fmt.Errorf("read from the case: %w", reeve.Unavailable)
		}
		defer f.Close()
		_, err = io.Copy(w, f)
		return err
	}}
}
