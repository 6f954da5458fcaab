package web

import (
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"reflect"

	"github.com/reeve-council/reeve"
)

// Page is a template together with the type of its view.
type Page[T any] struct{ sheet *sheet }

// sheet is a page without its type: what rendering and the check of all
// templates need.
type sheet struct {
	name  string
	files fs.FS
	view  reflect.Type
	show  *template.Template // values in clear
	mask  *template.Template // values masked
}

// NewPage declares a page: the template defines "content", which gets the view,
// and may use the pieces of layout/pieces.html. It panics on a template that
// cannot be parsed, as a program that starts must have all its pages; a test
// checks every template against its view.
func NewPage[T any](files fs.FS, name string) Page[T] {
	s := &sheet{name: name, files: files, view: reflect.TypeFor[T]()}
	s.show, s.mask = parsePage(files, name, true), parsePage(files, name, false)
	return Page[T]{s}
}

func parsePage(files fs.FS, name string, show bool) *template.Template {
	t := template.Must(layout.Clone()).Funcs(valueFuncs(show))
	text, err := fs.ReadFile(files, "pages/"+name)
	if err != nil {
		panic(fmt.Sprintf("page %s: %v", name, err))
	}
	return template.Must(t.New(name).Parse(string(text)))
}

// With makes the answer that shows a view under a title.
func (p Page[T]) With(title string, view T) *View {
	return &View{sheet: p.sheet, title: title, data: view, status: http.StatusOK}
}

// Answer is what a handler gives back; it is made by a Page, Redirect or File.
type Answer interface {
	write(w http.ResponseWriter, r *Request, h *House) error
}

// View is an answer that one typed value is the whole of.
type View struct {
	sheet  *sheet
	title  string
	data   any
	status int
	show   bool
	errors []FieldError
}

// Show prints personal values in clear. The caller has a grant on record.
func (v *View) Show(granted bool) *View { v.show = granted; return v }

// Faulty is the view of a form that came back: 422 with what is wrong.
func (v *View) Faulty(f *Form) *View {
	v.status, v.errors = http.StatusUnprocessableEntity, f.Errors
	return v
}

func (v *View) write(w http.ResponseWriter, r *Request, h *House) error {
	switch r.suffix {
	case "json":
		return writeJSON(w, v)
	case "csv":
		return writeCSV(w, v)
	}
	return h.html(w, r, v)
}

// redirect sends the browser on after something was done.
type redirect struct{ path, saying string }

// Redirect answers a form that did something: the browser loads path, where
// saying, a sentence without personal values, stands on top once.
func Redirect(path, saying string) Answer { return redirect{path, saying} }

func (a redirect) write(w http.ResponseWriter, r *Request, h *House) error {
	setSaying(w, r, a.saying)
	http.Redirect(w, r.Request, a.path, http.StatusSeeOther)
	return nil
}

// File is an answer to be saved: an export or a report.
type File struct {
	Name string // offered to the browser; made safe for a header
	Type string
	Pour func(w http.ResponseWriter) error
}

func (f File) write(w http.ResponseWriter, _ *Request, _ *House) error {
	w.Header().Set("Content-Type", f.Type)
	w.Header().Set("Content-Disposition", disposition(f.Name))
	return f.Pour(w)
}

// Picture is an image shown in a page, made by Reeve itself: never bytes as
// they were in an exhibit.
type Picture struct {
	Type  string // image/png, image/svg+xml of our own making
	Bytes []byte
}

func (p Picture) write(w http.ResponseWriter, _ *Request, _ *House) error {
	w.Header().Set("Content-Type", p.Type)
	_, err := w.Write(p.Bytes)
	return err
}

// Tabular is a view that is a table: what its .csv holds. Cells are strings,
// numbers, bools or reeve.Sensitive.
type Tabular interface {
	Columns() []string
	EachRow(emit func(cells ...any) error) error
}

var sensitiveType = reflect.TypeFor[reeve.Sensitive]()
