package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/publish"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// The public site has a listener, a server and a handler of its own: no staff
// route, no cookie and no session is anywhere near it.

const (
	defaultPublic = "127.0.0.1:8081"
	publicOff     = "off"
	// mostPublic is how many connections the public site holds at once; more wait
	// in the system's queue.
	mostPublic = 4000
)

// publicAddress is where the public site listens, "" for nowhere.
func (f *serveFlags) publicAddress() string {
	switch {
	case f.public == publicOff:
		return ""
	case f.public != "":
		return f.public
	case strings.HasSuffix(f.addr, ":0"):
		return "127.0.0.1:0" // whoever asks for any port means it here too
	}
	return defaultPublic
}

// checkPublic refuses what would put the public site on a network in clear.
func (f *serveFlags) checkPublic() error {
	at := f.publicAddress()
	if at == "" {
		return nil
	}
	local, err := isLoopback(at)
	switch {
	case err != nil:
		return reeve.WithHint(usageError{"--public is host:port, or off"}, "leave it out for "+defaultPublic)
	case !local && !f.secure():
		return reeve.WithHint(usageError{"on a network the public site needs TLS"}, "add --tls-cert FILE --tls-key FILE, or let a proxy on this machine do it")
	}
	return nil
}

// outside is the public site while it runs.
type outside struct {
	site     *publish.Room
	server   *http.Server
	listener net.Listener
}

// openPublic listens for the public. That the usual address is taken is no
// reason to keep staff from working.
func (s *service) openPublic(ctx context.Context, c Console) error {
	at := s.f.publicAddress()
	if at == "" {
		return nil
	}
	if err := s.rooms.site.Refresh(ctx); err != nil {
		return err
	}
	l, err := net.Listen("tcp", at)
	if err != nil {
		if s.f.public != "" {
			return errListen
		}
		fmt.Fprintf(c.Err, "reeve: warning: the public site is not served: %s is taken; give another with --public\n", at)
		return nil
	}
	handler, err := s.rooms.site.Server(s.f.secure(), s.rooms.outside...)
	if err != nil {
		l.Close()
		return err
	}
	server := newPublicServer(s.rooms.callbacks.before(handler), s.log)
	server.TLSConfig = s.staff.TLSConfig.Clone()
	s.outside = &outside{site: s.rooms.site, server: server, listener: &bounded{Listener: l, room: make(chan struct{}, mostPublic)}}
	return nil
}

// callbacks is where GOV.UK Notify tells what became of messages: beside the
// site, on the one listener that it can reach, and there whether or not the site
// is open.
type callbacks struct{ *notice.Callbacks }

// before puts it before the site; without a token there is nothing to put.
func (c callbacks) before(site http.Handler) http.Handler {
	if c.Callbacks == nil {
		return site
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == notice.CallbackPath {
			c.ServeHTTP(w, r)
			return
		}
		site.ServeHTTP(w, r)
	})
}

// newPublicServer gives strangers less time and less room than staff have.
func newPublicServer(h http.Handler, log *slog.Logger) *http.Server {
	s := newServer(h, log)
	s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout = 10*time.Second, 2*time.Minute, 2*time.Minute, 30*time.Second
	s.MaxHeaderBytes = 16 << 10
	return s
}

// serve runs the public site until it is shut down.
func (o *outside) serve(secure bool) error {
	if secure {
		return o.server.ServeTLS(o.listener, "", "")
	}
	return o.server.Serve(o.listener)
}

// bounded lets no more connections in than there is room for. When half of it is
// taken, no address gets more than its share, an eighth: whoever opens connections
// and sends nothing does not shut everybody else out. A proxy on this machine
// stands for everybody.
type bounded struct {
	net.Listener
	room chan struct{}
	mu   sync.Mutex
	held map[string]int // connections of an address
}

func (b *bounded) Accept() (net.Conn, error) {
	b.room <- struct{}{}
	for {
		c, err := b.Listener.Accept()
		if err != nil {
			<-b.room
			return nil, err
		}
		from := web.Sender(&http.Request{RemoteAddr: c.RemoteAddr().String()})
		if !b.hold(from) {
			c.Close()
			continue
		}
		return &counted{Conn: c, done: sync.OnceFunc(func() { b.leave(from); <-b.room })}, nil
	}
}

// hold counts a connection of an address, and reports whether it may stay.
func (b *bounded) hold(from string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held == nil {
		b.held = make(map[string]int)
	}
	at, err := netip.ParseAddr(from)
	here := err == nil && at.IsLoopback()
	if !here && 2*len(b.room) > cap(b.room) && 8*b.held[from] >= cap(b.room) {
		return false
	}
	b.held[from]++
	return true
}

func (b *bounded) leave(from string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held[from]--; b.held[from] == 0 {
		delete(b.held, from)
	}
}

// counted is a connection that makes room when it ends.
type counted struct {
	net.Conn
	done func()
}

func (c *counted) Close() error {
	c.done()
	return c.Conn.Close()
}

// newSite makes the room of the public site over a case.
func newSite(kase *sweep.Case, log *slog.Logger) *publish.Room {
	return publish.New(publish.Deps{DB: kase.DB, Log: log, Case: kase.ID(), Facts: publicFacts, Cite: citePage, Renamed: incident.NameAsOf,
		Figures: figuresOf(kase), Versions: listsOf(kase), Forms: residentForms, Scams: seenScams, Letter: sentLetter})
}

// sentLetter tells whether a letter with a typed reference was sent. What is no
// reference is looked up as well, so that it takes as long.
func sentLetter(tx *db.Tx, typed string) (bool, error) {
	reference, ok := notice.NormReference(typed)
	if !ok {
		reference = "none"
	}
	return publish.LetterSent(tx, reference)
}

// publicFacts are the facts that were released to the public, the newest first.
func publicFacts(tx *db.Tx) ([]publish.Fact, error) {
	lines, err := incident.Facts(tx, incident.Public)
	var all []publish.Fact
	for _, l := range lines {
		all = append(all, publish.Fact{ID: l.Fact, Version: l.Version, Topic: l.Topic, Claim: l.Claim, AsOf: l.AsOf, Unknown: l.Sort == "unknown", Disputed: l.Disputed})
	}
	slices.SortStableFunc(all, func(a, b publish.Fact) int { return cmp.Compare(b.AsOf, a.AsOf) })
	return all, err
}

// citePage tells the book that a public page shows a fact; the owner of the fact
// hears of it when that changes.
func citePage(tx *db.Tx, version int64, path, title string) error {
	return incident.Cite(tx, version, incident.Object{Kind: "public-page", ID: path, Title: title, Path: "/public", Mark: incident.Mark{TLP: incident.Clear}})
}

// listsOf are the list versions from which figures may be published.
func listsOf(kase *sweep.Case) func(context.Context) ([]int64, error) {
	return func(ctx context.Context) (all []int64, err error) {
		err = kase.DB.Read(ctx, func(tx *db.Tx) error {
			all, err = publish.ApprovedLists(tx)
			return err
		})
		return all, err
	}
}

// figuresOf counts the funnel for the public: from an approved list version, or
// (0) from what stands now. Sealed people are in none of these numbers.
func figuresOf(kase *sweep.Case) func(context.Context, int64) (publish.Figures, error) {
	return func(ctx context.Context, version int64) (f publish.Figures, err error) {
		s, err := kase.Standing(ctx, sweep.Scope{})
		if err != nil || version == 0 {
			return publish.StandingFigures(s, time.Now().Unix()), err
		}
		err = kase.DB.Read(ctx, func(tx *db.Tx) error {
			f, err = publish.ListFigures(tx, version)
			return err
		})
		f.Read = publish.ReadOf(s, time.Now().Unix())
		return f, err
	}
}
