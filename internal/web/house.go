package web

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
)

// House is the whole workspace as an http.Handler.
type House struct {
	opt      Options
	mux      *http.ServeMux
	sections []Section
	guard    *http.CrossOriginProtection
}

// Options are what a house needs. Title stands in the header; Footer gives the
// lines at the foot of every page, such as the record's checkpoint.
type Options struct {
	Door   Door
	Log    *slog.Logger
	Title  string
	Footer func(*http.Request) []string
	Now    func() time.Time // default time.Now
	Secure bool             // served over TLS: cookies say so
}

// New puts the sections together. It refuses routes whose act the policy does
// not know and addresses that two routes answer.
func New(opt Options, sections ...Section) (h *House, err error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	h = &House{opt: opt, mux: http.NewServeMux(), guard: http.NewCrossOriginProtection()}
	h.sections = slices.Clone(sections)
	slices.SortStableFunc(h.sections, func(a, b Section) int { return cmp.Compare(a.Order, b.Order) })
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("build workspace: %v", p) // ServeMux panics on patterns that collide
		}
	}()
	for _, s := range h.sections {
		for _, route := range s.Routes {
			if !route.Open && !opt.Door.Knows(route.Verb, route.Object) {
				return nil, fmt.Errorf("route %q: the policy has no row for %s %s", route.Pattern, route.Verb, route.Object)
			}
			h.mux.HandleFunc(route.Pattern, func(w http.ResponseWriter, r *http.Request) { h.serve(w, r, route) })
		}
	}
	h.mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		h.serve(w, r, Route{Pattern: "GET /{$}", Verb: See, Object: ObjectHome, Do: h.home})
	})
	h.mux.Handle("GET /assets/", assets())
	return h, nil
}

// suffixKey carries the suffix that ServeHTTP cut from the path.
type suffixKey struct{}

// ServeHTTP cuts .json and .csv from the path, as every view has these forms,
// and keeps requests of other origins from doing anything.
func (h *House) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header(), h.opt.Secure)
	r = cutSuffix(r)
	h.guard.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := h.mux.Handler(r); pattern == "" {
			h.missing(w, r)
			return
		}
		h.mux.ServeHTTP(w, r)
	})).ServeHTTP(w, r)
}

// missing answers an address that is not there, and the wrong method for one
// that is.
func (h *House) missing(w http.ResponseWriter, r *http.Request) {
	req, err := h.enter(w, r)
	if err == nil && req.Visitor == nil {
		http.Redirect(w, r, signInPath(r), http.StatusSeeOther)
		return
	}
	h.fail(w, req, cmp.Or(err, fmt.Errorf("find page: %w", reeve.NotFound)))
}

// enter finds out who asks.
func (h *House) enter(w http.ResponseWriter, r *http.Request) (*Request, error) {
	suffix, _ := r.Context().Value(suffixKey{}).(string)
	req := &Request{Request: r, Now: h.opt.Now(), door: h.opt.Door, suffix: suffix, w: w}
	v, err := h.opt.Door.Visitor(w, r)
	req.Visitor = v
	return req, err
}

// serve is the way of every request: who, may they, do it, answer.
func (h *House) serve(w http.ResponseWriter, r *http.Request, route Route) {
	r.Body = http.MaxBytesReader(w, r.Body, cmp.Or(route.Large, 1<<20))
	req, err := h.enter(w, r)
	if err == nil && req.Visitor == nil && !route.Open {
		h.unknown(w, req)
		return
	}
	if err == nil && !route.Open {
		err = req.Must(Act{Verb: route.Verb, Object: route.Object})
	}
	var answer Answer
	if err == nil {
		answer, err = h.do(req, route)
	}
	if err != nil {
		h.fail(w, req, err)
		return
	}
	if err := answer.write(w, req, h); err != nil {
		h.log(req, "answer failed", err)
	}
}

// do runs a handler; one that panics is an error like any other.
func (h *House) do(r *Request, route Route) (a Answer, err error) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			err = fmt.Errorf("route %s panicked: %T", route.Pattern, p)
		}
	}()
	a, err = route.Do(r)
	if err == nil && a == nil {
		err = errors.New("route " + route.Pattern + " gave no answer")
	}
	return a, err
}

// unknown sends somebody who is not signed in to the door and brings them back.
func (h *House) unknown(w http.ResponseWriter, r *Request) {
	if r.suffix != "" {
		h.fail(w, r, reeve.WithHint(fmt.Errorf("sign in: %w", reeve.Denied), "send a token: Authorization: Bearer …"))
		return
	}
	http.Redirect(w, r.Request, signInPath(r.Request), http.StatusSeeOther)
}

// html renders into memory first, so that a page is whole or an error.
func (h *House) html(w http.ResponseWriter, r *Request, v *View) error {
	t := v.sheet.mask
	if v.show {
		t = v.sheet.show
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "page", h.frame(w, r, v)); err != nil {
		h.fail(w, r, fmt.Errorf("render %s: %w", v.sheet.name, err))
		return nil
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(v.status)
	_, err := w.Write(b.Bytes())
	return err
}

func (h *House) log(r *Request, what string, err error) {
	if h.opt.Log != nil {
		h.opt.Log.ErrorContext(r.Context(), what, "method", r.Method, "route", r.Pattern, "error", err)
	}
}

// cutSuffix takes .json or .csv off a path and puts it into the context.
func cutSuffix(r *http.Request) *http.Request {
	if strings.HasPrefix(r.URL.Path, "/assets/") {
		return r
	}
	for _, s := range []string{"json", "csv"} {
		if path, ok := strings.CutSuffix(r.URL.Path, "."+s); ok && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			r2 := r.Clone(withSuffix(r.Context(), s))
			r2.URL.Path, r2.URL.RawPath = path, ""
			return r2
		}
	}
	return r
}
