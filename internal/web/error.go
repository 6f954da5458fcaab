package web

import (
	"bytes"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// fault is one kind of error as a page.
type fault struct {
	kind   error
	status int
	title  string
	text   string
}

// faults is the one table from kinds of errors to pages.
var faults = []fault{
	{reeve.NotFound, http.StatusNotFound, "Page not found", "There is nothing at this address, or nothing that you may see."},
	{reeve.Invalid, http.StatusBadRequest, "That cannot be read", "Something in the request is not as it should be. Nothing was changed."},
	{reeve.Denied, http.StatusForbidden, "You may not do this", "Your role does not allow it. Nothing was changed."},
	{reeve.Conflict, http.StatusConflict, "Someone else changed this first", "Nothing of yours was saved. What you typed is below: open the page again, compare, and enter it anew."},
	{reeve.Unavailable, http.StatusServiceUnavailable, "Not available now", "This cannot be done at the moment. Nothing was changed."},
}

var broken = fault{nil, http.StatusInternalServerError, "Something went wrong", "Reeve could not do this. Nothing was lost that was saved before. Try again; if it happens again, tell whoever runs Reeve here."}

// faultOf finds the page of an error.
func faultOf(err error) fault {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return faults[1]
	}
	if i := slices.IndexFunc(faults, func(f fault) bool { return errors.Is(err, f.kind) }); i >= 0 {
		return faults[i]
	}
	return broken
}

// faultView is the view of an error page.
type faultView struct {
	Title string  `json:"title"`
	Text  string  `json:"text"`
	Hint  string  `json:"hint"`
	Typed []typed `json:"-"`
}

// typed is a field that came with a request that could not be done: it is given
// back, so that nothing typed is lost.
type typed struct{ Field, Text string }

// fail answers with an error. What went wrong inside is logged, not shown: the
// page says what kind it is and what to try.
func (h *House) fail(w http.ResponseWriter, r *Request, err error) {
	f := faultOf(err)
	if f.status >= http.StatusInternalServerError {
		h.log(r, "request failed", err)
	}
	v := &View{title: f.title, status: f.status, data: faultView{Title: f.title, Text: f.text, Hint: reeve.HintOf(err), Typed: typedFields(r, f.status)}}
	if r.suffix != "" {
		writeJSON(w, v)
		return
	}
	var b bytes.Buffer
	if err := faultPage.ExecuteTemplate(&b, "page", h.frame(w, r, v)); err != nil {
		h.log(r, "error page failed", err)
		http.Error(w, f.title, f.status)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(f.status)
	w.Write(b.Bytes())
}

// typedFields gives back what was typed: after a conflict, and after any other
// failure of a form. Passwords and codes are not given back.
func typedFields(r *Request, status int) (fields []typed) {
	if r == nil || r.PostForm == nil || status == http.StatusForbidden {
		return nil
	}
	for _, name := range sortedNames(r.PostForm) {
		if strings.Contains(name, "password") || strings.Contains(name, "code") || name == "version" {
			continue
		}
		for _, text := range r.PostForm[name] {
			if text != "" {
				fields = append(fields, typed{name, text})
			}
		}
	}
	return fields
}

func sortedNames(v url.Values) []string {
	names := make([]string, 0, len(v))
	for n := range v {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

var faultPage = func() *template.Template {
	t := template.Must(layout.Clone())
	return template.Must(t.ParseFS(layoutFiles, "layout/fault/*.html"))
}()
