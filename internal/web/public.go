package web

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
)

// Public serves routes that rooms bring to the public site: anybody may ask,
// nobody signs in, no cookie is set, and no page of the workspace is there. A
// room gives its public routes as Routes whose handlers answer with a Page, a
// Redirect to another public page (its sentence is left out) or a File; the
// request has no Visitor and may do nothing further. Verb, Object and Open of a
// route are not looked at.
type Public struct {
	opt   PublicOptions
	mux   *http.ServeMux
	guard *http.CrossOriginProtection
}

// PublicOptions are what the public routes need.
type PublicOptions struct {
	Log *slog.Logger
	Now func() time.Time // nil: time.Now
	// Frame writes the site's whole page around what a room shows.
	Frame func(w io.Writer, p PublicPage) error
}

// PublicPage is what a room shows in the frame of the public site.
type PublicPage struct {
	Title   string
	Path    string
	Errors  []FieldError
	Content template.HTML // of the room's template: escaped
}

// PublicBytes is an answer of a public route exactly as it is sent, where its
// length matters.
type PublicBytes struct {
	Status int
	Type   string
	Bytes  []byte
}

func (a PublicBytes) write(http.ResponseWriter, *Request, *House) error {
	return errors.New("this answer is for the public site alone")
}

// mostPublic is how many bytes a request to a public route may carry unless the
// route says otherwise.
const mostPublic = 64 << 10

// NewPublic puts public routes together; it refuses addresses that two answer.
func NewPublic(opt PublicOptions, routes ...Route) (p *Public, err error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	p = &Public{opt: opt, mux: http.NewServeMux(), guard: http.NewCrossOriginProtection()}
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("build public site: %v", fault) // ServeMux panics on patterns that collide
		}
	}()
	for _, route := range routes {
		p.mux.HandleFunc(route.Pattern, func(w http.ResponseWriter, r *http.Request) { p.serve(w, r, route) })
	}
	return p, nil
}

// Knows reports whether a route answers a request.
func (p *Public) Knows(r *http.Request) bool {
	_, pattern := p.mux.Handler(r)
	return pattern != ""
}

// ServeHTTP answers a request; the headers that every public page carries are
// the site's to set. Forms of other sites are refused.
func (p *Public) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.guard.Handler(p.mux).ServeHTTP(w, r)
}

func (p *Public) serve(w http.ResponseWriter, r *http.Request, route Route) {
	r.Body = http.MaxBytesReader(w, r.Body, cmp.Or(route.Large, mostPublic))
	w.Header().Set("Cache-Control", "no-store")
	req := &Request{Request: r, Now: p.opt.Now(), door: nobody{}, w: w}
	answer, err := p.do(req, route)
	if err == nil {
		err = p.write(w, req, answer)
	}
	if err != nil {
		p.fail(w, req, err)
	}
}

// do runs a handler; one that panics is an error like any other.
func (p *Public) do(r *Request, route Route) (a Answer, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			if fault == http.ErrAbortHandler {
				panic(fault)
			}
			err = fmt.Errorf("route %s panicked: %T", route.Pattern, fault)
		}
	}()
	return route.Do(r)
}

func (p *Public) write(w http.ResponseWriter, r *Request, a Answer) error {
	switch a := a.(type) {
	case *View:
		return p.page(w, r, a)
	case redirect:
		http.Redirect(w, r.Request, a.path, http.StatusSeeOther)
		return nil
	case File:
		return a.write(w, r, nil)
	case PublicBytes:
		w.Header().Set("Content-Type", a.Type)
		w.WriteHeader(a.Status)
		w.Write(a.Bytes) // whoever asked has gone, if it fails
		return nil
	}
	return errors.New("route " + r.Pattern + " gave no answer that the public site knows")
}

// page renders into memory first, so that a page is whole or an error. Personal
// values are always masked.
func (p *Public) page(w http.ResponseWriter, r *Request, v *View) error {
	var content, whole bytes.Buffer
	if err := v.sheet.mask.ExecuteTemplate(&content, "content", v.data); err != nil {
		return fmt.Errorf("render %s: %w", v.sheet.name, err)
	}
	err := p.opt.Frame(&whole, PublicPage{Title: v.title, Path: r.URL.Path, Errors: v.errors, Content: template.HTML(content.String())})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(v.status)
	w.Write(whole.Bytes()) // whoever asked has gone, if it fails
	return nil
}

// fail answers with what kind of error it is, and never with what went wrong.
func (p *Public) fail(w http.ResponseWriter, r *Request, err error) {
	f := faultOf(err)
	if errors.Is(err, reeve.Denied) {
		f = faults[0] // who asks here has no role that could be told about
	}
	if f.status >= http.StatusInternalServerError && p.opt.Log != nil {
		p.opt.Log.Error("public request failed", "method", r.Method, "route", r.Pattern, "error", err)
	}
	v := publicFault.With(f.title, faultView{Title: f.title, Text: publicWords(f), Hint: reeve.HintOf(err)})
	v.status = f.status
	if p.page(w, r, v) != nil {
		http.Error(w, f.title, f.status)
	}
}

var publicFault = NewPage[faultView](pageFiles, "public_fault.html")

// publicWords are the words of a fault for people who do not work here.
func publicWords(f fault) string {
	switch f.status {
	case http.StatusNotFound:
		return "There is nothing at this address. Check it, or start from the home page."
	case http.StatusBadRequest:
		return "We could not read what was sent. Go back and try again, or call us."
	}
	return "We cannot do this now. Try again later, or call us."
}

// nobody is the door of the public site: nobody is in, nothing is allowed.
type nobody struct{}

func (nobody) Visitor(http.ResponseWriter, *http.Request) (*Visitor, error) { return nil, nil }
func (nobody) May(*Visitor, Act) Ruling                                     { return Ruling{} }
func (nobody) Knows(Verb, Object) bool                                      { return false }

// Sender is from where a request came, for limits: the address, of IPv6 its
// network of 64 bits, since one household has all of that. A proxy on this very
// machine is believed: then it is what the proxy put last into X-Forwarded-For.
// It is kept in memory alone.
func Sender(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if told := r.Header.Values("X-Forwarded-For"); addr.IsLoopback() && len(told) > 0 {
		last := told[len(told)-1]
		if from, err := netip.ParseAddr(strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])); err == nil {
			addr = from
		}
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is6() {
		if network, err := addr.Prefix(64); err == nil {
			return network.String()
		}
	}
	return addr.String()
}
