package publish

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// pace is how often the site looks whether its content has changed.
const pace = 2 * time.Second

// Server is the public site as a handler: pages from memory, the letter check,
// and the public forms of other rooms.
type Server struct {
	room   *Room
	secure bool
	routes *web.Public
	checks *checks
}

// Server makes the handler; secure says that it is served over TLS. Run keeps
// what it serves up to date.
func (m *Room) Server(secure bool, routes ...web.Route) (*Server, error) {
	s := &Server{room: m, secure: secure, checks: newChecks()}
	var err error
	s.routes, err = web.NewPublic(web.PublicOptions{Log: m.Log, Now: m.Now, Frame: m.frame}, append([]web.Route{
		{Pattern: "POST /check-a-letter", Large: 4 << 10, Do: s.checkLetter},
	}, routes...)...)
	return s, err
}

// Run builds the site and builds it again whenever its content changes, until
// ctx ends. Trouble with the database is logged and outlived: the site stays as
// it was.
func (m *Room) Run(ctx context.Context) {
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for {
		if err := m.Refresh(ctx); err != nil && ctx.Err() == nil {
			m.Log.Error("public site not refreshed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Refresh builds the site if its content has changed.
func (m *Room) Refresh(ctx context.Context) error {
	now := m.Now().Unix()
	var s Snapshot
	if err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = m.snapshot(tx, now)
		return err
	}); err != nil {
		return fmt.Errorf("read public site: %w", err)
	}
	if old := m.built.Load(); old != nil && old.site.Stamp == s.stamp() {
		return nil
	}
	b, err := build(s, m.options(false), now)
	if err != nil {
		return err
	}
	m.built.Store(b)
	return m.cite(ctx, b.site)
}

// cite tells the ledger which pages show which facts.
func (m *Room) cite(ctx context.Context, s *Site) error {
	if m.Cite == nil || len(s.uses) == 0 {
		return nil
	}
	return m.db.Write(ctx, func(tx *db.Tx) error {
		for version, paths := range s.uses {
			for _, p := range paths {
				if err := m.Cite(tx, version, p, "Public page "+p); err != nil {
					return fmt.Errorf("cite fact: %w", err)
				}
			}
		}
		return nil
	})
}

func (m *Room) options(files bool) Options {
	return Options{Letters: m.Letter != nil, Forms: m.Forms, Files: files, Renamed: m.Renamed, Case: m.Case}
}

// ServeHTTP answers: a page from memory, a public route, or that there is none.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	setHeaders(h, fixed)
	if s.secure {
		h["Strict-Transport-Security"] = lasting
	}
	b := s.room.built.Load()
	switch {
	case b == nil:
		http.Error(w, "starting", http.StatusServiceUnavailable)
		return
	case !b.site.open:
		s.closed(w, r, b.site)
		return
	}
	get := r.Method == http.MethodGet || r.Method == http.MethodHead
	if f := b.site.files[r.URL.Path]; get && f != nil && r.URL.Path != missingPath {
		f.serve(w, r, http.StatusOK)
		return
	}
	switch trimmed := strings.TrimRight(r.URL.Path, "/"); {
	case s.routes.Knows(r):
		s.routes.ServeHTTP(w, r)
	case get && trimmed != r.URL.Path && b.site.files[trimmed] != nil:
		http.Redirect(w, r, trimmed, http.StatusMovedPermanently)
	case !get && b.site.files[r.URL.Path] != nil:
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "this page takes no forms", http.StatusMethodNotAllowed)
	default:
		b.site.files[missingPath].serve(w, r, http.StatusNotFound)
	}
}

// closed answers while nothing is released: that the site is not open yet.
func (s *Server) closed(w http.ResponseWriter, r *http.Request, site *Site) {
	if f := site.files[r.URL.Path]; f != nil && r.URL.Path != missingPath {
		f.serve(w, r, http.StatusOK)
		return
	}
	w.Header().Set("Retry-After", "600")
	site.files[missingPath].serve(w, r, http.StatusServiceUnavailable)
}
