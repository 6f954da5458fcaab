package review

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) registerSection() web.Section {
	return web.Section{Object: web.ObjectCase, Routes: []web.Route{
		{Pattern: "GET /registers", Verb: web.See, Object: web.ObjectCase, Do: m.registers},
		{Pattern: "GET /registers/rows/{id}", Verb: web.See, Object: web.ObjectCase, Do: m.badRows},
		{Pattern: "GET /registers/add", Verb: web.Write, Object: web.ObjectCase, Do: m.registerForm},
		{Pattern: "POST /registers/add", Verb: web.Write, Object: web.ObjectCase, Large: m.Upload + 1<<20, Do: m.addRegister},
		{Pattern: "GET /registers/columns/{ref}", Verb: web.Write, Object: web.ObjectCase, Do: m.registerColumns},
		{Pattern: "POST /registers/columns/{ref}", Verb: web.Write, Object: web.ObjectCase, Do: m.keepColumns},
		{Pattern: "POST /registers/take-back/{ref}", Verb: web.Write, Object: web.ObjectCase, Do: m.takeBackRegister},
	}}
}

var (
	registersPage    = web.NewPage[registersView](pages, "register.html")
	registerFormPage = web.NewPage[registerFormView](pages, "register_add.html")
	columnsPage      = web.NewPage[columnsView](pages, "register_columns.html")
	badRowsPage      = web.NewPage[badRowsView](pages, "register_rows.html")
)

// registersView lists the registers of the case and those that wait.
type registersView struct {
	Loads   []registerLoad `json:"registers"`
	Waiting []waitingFile  `json:"waiting"`
	Writes  bool           `json:"-"`
}

func (l registerLoad) KindWords() string { return registerKindWords(l.Kind) }
func (w waitingFile) SizeWords() string  { return sizeWords(w.Size) }

func (m *Room) registers(r *web.Request) (web.Answer, error) {
	v := registersView{Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectCase})}
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.Loads, err = readLoads(tx); err != nil {
			return err
		}
		v.Waiting, err = readWaiting(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read registers: %w", err)
	}
	return registersPage.With("Registers", v), nil
}

// Columns and EachRow make the registers a table.
func (v registersView) Columns() []string {
	return []string{"register", "kind", "file", "digest", "rows", "people", "bad_rows", "loaded_at"}
}

func (v registersView) EachRow(emit func(...any) error) error {
	for _, l := range v.Loads {
		if err := emit(l.Name, l.Kind, l.File, l.Digest, l.Rows, l.People, l.BadRows, l.LoadedAt); err != nil {
			return err
		}
	}
	return nil
}

// registerFormView is the form by which a register is sent.
type registerFormView struct {
	Ref    string           `json:"-"`
	Most   string           `json:"largest_upload"`
	Errors []web.FieldError `json:"-"`
}

func (m *Room) registerForm(r *web.Request) (web.Answer, error) {
	return registerFormPage.With("Add a register", registerFormView{Ref: r.Ask("ref"), Most: sizeWords(m.Upload)}), nil
}

// registerRef is what a register file may be called.
var registerRef = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$`)

// addRegister takes a register file. It is read, in the cage, when its preview
// is shown and when a sweep loads it.
func (m *Room) addRegister(r *web.Request) (web.Answer, error) {
	up, err := m.receive(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		discard(up)
		return nil, err
	}
	ref := f.Text("ref", 40)
	if !registerRef.MatchString(ref) {
		f.Fault("ref", "Enter a reference of letters, digits and hyphens, such as housing-tenants")
	}
	if up.Path == "" {
		f.Fault("file", "Choose a file")
	}
	if !f.OK() {
		discard(up)
		return registerFormPage.With("Add a register", registerFormView{Ref: f.Said("ref"), Most: sizeWords(m.Upload), Errors: f.Errors}).Faulty(f), nil
	}
	w := waitingFile{Ref: ref, File: ref + filepath.Ext(up.Path), Called: up.Called, Digest: up.Digest, Size: up.Size, AddedBy: r.Visitor.Name, Added: r.Now.Unix()}
	if w.Path, err = m.shelve(up, w); err != nil {
		discard(up)
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "add-register", Object: "register", Digest: w.Digest, Line: "added register file " + w.File}, keepRegisterFile(tx, w, r.Visitor.ID)
	})
	if err != nil {
		os.RemoveAll(filepath.Dir(w.Path))
		return nil, err
	}
	return web.Redirect("/registers/columns/"+url.PathEscape(ref), "The register is here, SHA-256 "+up.Digest+". Check its columns, then start a sweep."), nil
}

// shelve gives an upload the base name by which the case will know it, in a
// folder of its own: an earlier file of that name may be read by a sweep now.
func (m *Room) shelve(up upload, w waitingFile) (string, error) {
	dir, err := os.MkdirTemp(filepath.Dir(up.Path), "register-*") // 0700
	if err != nil {
		return "", fmt.Errorf("keep register: %w", withoutPath(err))
	}
	path := filepath.Join(dir, w.File)
	if err := os.Rename(up.Path, path); err != nil {
		os.Remove(dir)
		return "", fmt.Errorf("keep register: %w", withoutLink(err))
	}
	return path, nil
}

// columnsView is the head of a register file and what its columns are taken
// for.
type columnsView struct {
	File    waitingFile           `json:"file"`
	Preview sweep.RegisterPreview `json:"preview"`
	Trouble string                `json:"trouble"` // why there is no preview
	Kinds   []choice              `json:"-"`
	Generic []string              `json:"-"`
	Errors  []web.FieldError      `json:"-"`
}

func (v columnsView) KindWords() string { return registerKindWords(v.Preview.Kind) }

// Missing are the columns without which nothing can be loaded.
func (v columnsView) Missing() []string {
	var missing []string
	if v.Preview.Kind != "" {
		return nil
	}
	for _, need := range []string{"source_system", "source_person_id", "surname"} {
		if !slices.ContainsFunc(v.Preview.Columns, func(c sweep.PreviewColumn) bool { return c.Generic == need }) {
			missing = append(missing, need)
		}
	}
	return missing
}

func (m *Room) columnsOf(r *web.Request) (v columnsView, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		v.File, err = readRegisterFile(tx, r.Part("ref"))
		return err
	})
	if err != nil {
		return v, fmt.Errorf("read register: %w", err)
	}
	v.Generic, v.Kinds = genericColumns(), registerKinds()
	return v, m.preview(r.Context(), &v)
}

// preview reads the head of the file; a file that cannot be read is told on the
// page, not as an error.
func (m *Room) preview(ctx context.Context, v *columnsView) (err error) {
	v.Preview, err = m.kase.PreviewRegister(ctx, sweep.RegisterFlag{Path: v.File.Path, Kind: v.File.Kind}, v.File.Columns, m.Sweep.Reader)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		m.Log.Warn("register preview failed", "error", err)
		v.Trouble = "It cannot be read as a table. " + sentence(reeve.HintOf(err))
	}
	return nil
}

func (m *Room) registerColumns(r *web.Request) (web.Answer, error) {
	v, err := m.columnsOf(r)
	if err != nil {
		return nil, err
	}
	return columnsPage.With("Columns of a register", v), nil
}

// keepColumns keeps what the council says its columns mean.
func (m *Room) keepColumns(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.columnsOf(r)
	if err != nil {
		return nil, err
	}
	kind := f.Choice("kind", "Choose a kind of the list", append(values(v.Kinds), "")...)
	columns := make(map[string]string)
	for i, c := range v.Preview.Columns {
		field := fmt.Sprintf("column-%d", i)
		to := f.Choice(field, "Choose a column of the list", append(slices.Clone(v.Generic), "")...)
		// What the layout says by itself is not kept: a mapped header is no longer
		// the one by which the layout is recognised.
		if _, own := v.File.Columns[c.Header]; to != "" && c.Header != "" && (own || to != c.Generic) {
			columns[c.Header] = to
		}
	}
	seen := f.Number("version", "Open the page again", 0, 1<<53)
	if !f.OK() {
		v.Errors = f.Errors
		return columnsPage.With("Columns of a register", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		line := fmt.Sprintf("mapped %d columns of register file %s", len(columns), v.File.File)
		return record.Leaf{Verb: "map-register", Object: "register", Rows: int64(len(columns)), Line: line}, keepColumns(tx, v.File.Ref, seen, kind, columns)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/registers/columns/"+url.PathEscape(v.File.Ref), "The columns are kept. See below what a sweep would load."), nil
}

func (m *Room) takeBackRegister(r *web.Request) (web.Answer, error) {
	ref, path := r.Part("ref"), ""
	err := m.act(r, func(tx *db.Tx) (_ record.Leaf, err error) {
		path, err = dropRegisterFile(tx, ref)
		return record.Leaf{Verb: "take-back-register", Object: "register", Line: "took back register file " + ref}, err
	})
	if err != nil {
		return nil, err
	}
	os.RemoveAll(filepath.Dir(path))
	return web.Redirect("/registers", "The register is taken back."), nil
}

// genericColumns are the columns that a header can be mapped to, as people look
// for them.
func genericColumns() []string {
	return []string{"source_system", "source_person_id", "surname", "forename", "middle", "title", "known_as", "previous_surname", "date_of_birth", "date_of_death",
		"gender", "ni_number", "nhs_number", "upn", "email", "phone", "phone2", "uprn", "address_1", "address_2", "address_3", "address_4", "address_5", "town", "postcode",
		"address_from", "address_to", "address_type", "source_household_id", "bank_sort_code", "bank_account_last4", "role", "service", "council_code", "language", "format_need",
		"vulnerable_codes", "restricted", "safe_contact", "named_worker", "deceased", "updated_at"}
}

// registerKinds are the kinds that a register can be said to be.
func registerKinds() []choice {
	var kinds []choice
	for _, l := range linkage.Layouts() {
		if !slices.Contains(values(kinds), l.Kind) {
			kinds = append(kinds, choice{l.Kind, registerKindWords(l.Kind)})
		}
	}
	return kinds
}

// badRowsView is the rows of one register that could not be used.
type badRowsView struct {
	ID   int64              `json:"id"`
	Rows []sweep.BadRowLine `json:"rows"`
	Next string             `json:"next"`
}

// badRowsShown is how many rows a page shows.
const badRowsShown = 200

func (m *Room) badRows(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	v := badRowsView{ID: id}
	if v.Rows, err = m.kase.BadRows(r.Context(), id, askNumber(r, "after"), badRowsShown); err != nil {
		return nil, err
	}
	if len(v.Rows) == badRowsShown {
		v.Next = fmt.Sprintf("/registers/rows/%d?after=%d", id, v.Rows[badRowsShown-1].Line)
	}
	return badRowsPage.With("Rows that could not be used", v), nil
}

// Columns and EachRow make the rows a table.
func (v badRowsView) Columns() []string { return []string{"register", "file", "line", "reason"} }

func (v badRowsView) EachRow(emit func(...any) error) error {
	for _, b := range v.Rows {
		if err := emit(b.Register, b.File, b.Line, b.Reason); err != nil {
			return err
		}
	}
	return nil
}
