package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// serveFlags are the flags of reeve serve, as typed.
type serveFlags struct {
	caseFlags
	mailFlags
	addr, public, metrics string
	cert, key             string
	own                   bool
	names                 texts
	exhibits              texts
	title                 string
}

const defaultAddress = "127.0.0.1:8080"

func serveCommand() Command {
	var f serveFlags
	return Command{
		Name:  "serve",
		Short: "the staff workspace in the browser",
		Long: `Serves the workspace of a case; a case that is not there is made. While nobody
administers it, a one-time link for the first administrator is printed.

It answers on this machine alone unless --addr says otherwise, and then only
with TLS: with a certificate of the council (--tls-cert, --tls-key) or with one
of its own (--tls-own), whose root staff install once; it is written to
keys/reeve-root.crt of the case. Ctrl-C ends it: requests are finished, jobs
given back, the record signed. Logs are JSON on standard error, without personal
data; --metrics gives figures for Prometheus on a loopback port.

The public site has a listener of its own, without a page or a cookie of the
workspace: --public HOST:PORT, by default 127.0.0.1:8081, or off. It shows what two people
have released, and says that it is not open yet until then.`,
		Flags: f.flags,
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) > 0 {
				return usageError{"serve takes no arguments"}
			}
			if err := f.check(); err != nil {
				return err
			}
			if f.db == "" && !sweep.IsCase(f.dir) {
				f.db = os.Getenv("REEVE_DB") // a case that is there remembers its own
			}
			kase, err := sweep.Make(ctx, f.dir, f.db)
			if err != nil {
				return err
			}
			defer kase.Close()
			return f.serve(ctx, c, kase)
		},
	}
}

func (f *serveFlags) flags(set *flag.FlagSet) {
	f.register(set, defaultCase)
	set.StringVar(&f.db, "db", "", "PostgreSQL `URL` of a new case (or REEVE_DB; password by PGPASSFILE or PGPASSWORD)")
	set.StringVar(&f.addr, "addr", defaultAddress, "`HOST:PORT` of the workspace")
	set.StringVar(&f.public, "public", "", "`HOST:PORT` of the public site (default "+defaultPublic+"), or off")
	set.StringVar(&f.metrics, "metrics", "", "`HOST:PORT` on this machine for /metrics and /healthz")
	set.StringVar(&f.cert, "tls-cert", "", "`FILE` of the certificate, with its chain")
	set.StringVar(&f.key, "tls-key", "", "`FILE` of its key")
	set.BoolVar(&f.own, "tls-own", false, "use a certificate by an authority of the case's own")
	set.Var(&f.names, "name", "`NAME` or address by which staff reach it; may be repeated")
	set.Var(&f.exhibits, "exhibits", "`DIR` on this machine from which exhibits may be taken; may be repeated")
	f.mailFlags.flags(set)
	set.StringVar(&f.title, "title", "", "`TEXT` in the header of every page (default: whose case it is)")
}

// check refuses what would put the workspace on a network in clear.
func (f *serveFlags) check() error {
	local, err := isLoopback(f.addr)
	switch {
	case err != nil:
		return reeve.WithHint(usageError{"--addr is host:port"}, "leave it out for "+defaultAddress)
	case (f.cert == "") != (f.key == ""):
		return reeve.WithHint(usageError{"--tls-cert and --tls-key belong together"}, "or use --tls-own")
	case f.own && f.cert != "":
		return usageError{"give --tls-own or a certificate, not both"}
	case !local && !f.secure():
		return reeve.WithHint(usageError{"on a network the workspace needs TLS"}, "add --tls-own, or --tls-cert FILE --tls-key FILE")
	}
	if err := f.checkPublic(); err != nil {
		return err
	}
	if f.metrics == "" {
		return nil
	}
	if local, err := isLoopback(f.metrics); err != nil || !local {
		return reeve.WithHint(usageError{"--metrics is an address of this machine alone"}, "--metrics 127.0.0.1:9090")
	}
	return nil
}

func (f *serveFlags) secure() bool { return f.own || f.cert != "" }

// isLoopback reports whether only this machine can reach an address.
func isLoopback(addr string) (bool, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return false, err
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return false, err
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback(), nil
}

// service is the workspace while it runs.
type service struct {
	f       *serveFlags
	kase    *sweep.Case
	log     *slog.Logger
	notary  *record.Notary
	rooms   rooms
	staff   *http.Server
	metrics *http.Server
	scrape  net.Listener // of metrics
	traffic *traffic
	outside *outside // nil: no public site is served
	live    sync.WaitGroup
}

// elbowRoom is memory that is asked for and never touched: it costs address space
// alone, and lets the public site make six times as much garbage before it is
// collected. After a mailing that is a fifth more requests a second, and no reader
// waits for a collection. A higher GOGC would do the same to the heap of a sweep.
func elbowRoom() []byte { return make([]byte, 128<<20) }

// serve runs the workspace over an open case until ctx ends.
func (f *serveFlags) serve(ctx context.Context, c Console, kase *sweep.Case) error {
	release, err := kase.DB.Lock(ctx, "serve")
	if err != nil {
		return err
	}
	defer release()
	if err := migrate(ctx, kase.DB); err != nil {
		return err
	}
	s := &service{f: f, kase: kase, log: slog.New(labelled{slog.NewJSONHandler(c.Err, nil)}), traffic: &traffic{}}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", f.addr)
	if err != nil {
		return errListen
	}
	defer listener.Close()
	if err := s.openMetrics(); err != nil {
		return err
	}
	if err := s.openPublic(ctx, c); err != nil {
		return err
	}
	if s.outside != nil {
		defer s.outside.listener.Close()
		defer runtime.KeepAlive(elbowRoom())
	}
	if err := s.greet(ctx, c, listener.Addr()); err != nil {
		return err
	}
	return s.run(ctx, listener)
}

var errListen = reeve.WithHint(usageError{"the address is taken, or not this machine's"}, "stop the other program, or give another address and port")

// title says whose case it is.
func (s *service) title(ctx context.Context) (string, error) {
	if s.f.title != "" {
		return s.f.title, nil
	}
	council, err := s.kase.Council(ctx)
	if council == "" {
		return "Data review", err
	}
	return "Case of " + council, err
}

// prepare puts the house together.
func (s *service) prepare(ctx context.Context) error {
	key, err := s.kase.Signer(ctx)
	if err != nil {
		return err
	}
	s.notary = record.NewNotary(s.kase.DB, key, func(err error) { s.log.Error("record not signed", "error", err) })
	roots, err := wholePaths(s.f.exhibits)
	if err != nil {
		return err
	}
	post, err := s.f.mailFlags.open()
	if err != nil {
		return err
	}
	s.rooms = furnish(s.kase, s.log, s.f.secure(), roots, post)
	title, err := s.title(ctx)
	if err != nil {
		return errors.Join(err, s.rooms.close())
	}
	house, err := web.New(web.Options{Door: s.rooms.door, Log: s.log, Title: title, Footer: s.footer, Secure: s.f.secure()}, s.rooms.sections...)
	if err != nil {
		return errors.Join(err, s.rooms.close())
	}
	s.staff = newServer(s.watch(s.f.known(house)), s.log)
	if s.staff.TLSConfig, err = s.f.tlsConfig(s.kase.Keys()); err != nil {
		return errors.Join(err, s.rooms.close())
	}
	return nil
}

func wholePaths(dirs []string) ([]string, error) {
	var all []string
	for _, d := range dirs {
		full, err := filepath.Abs(d)
		if err != nil || !isFolder(full) {
			return nil, reeve.WithHint(usageError{"a folder of --exhibits cannot be read"}, "check its path and that you may read it")
		}
		all = append(all, full)
	}
	return all, nil
}

// footer is the record's newest checkpoint, at the foot of every page.
func (s *service) footer(*http.Request) []string {
	c := s.notary.Newest()
	if c == nil {
		return nil
	}
	return []string{"Record " + c.Origin, strconv.FormatInt(c.Head.Size, 10) + " acts", c.Head.Root.String()}
}

// newServer bounds what a slow or greedy client can hold.
func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(quieter{log.Handler()}, slog.LevelWarn),
	}
}

// greet prints where the workspace is, to whoever started it.
func (s *service) greet(ctx context.Context, c Console, at net.Addr) error {
	base := s.f.base(s.f.addr, at)
	fmt.Fprintf(c.Out, "The workspace is at %s\n", base)
	if s.outside != nil {
		fmt.Fprintf(c.Out, "The public site is at %s\n", s.f.base(s.f.publicAddress(), s.outside.listener.Addr()))
	}
	if s.f.own {
		fmt.Fprintf(c.Out, "Staff install its root certificate once: %s\n", filepath.Join(s.kase.Keys(), rootFile))
	}
	token, err := account.FirstLink(ctx, s.kase.DB)
	switch {
	case errors.Is(err, reeve.Conflict): // somebody administers it
	case err != nil:
		return err
	default:
		fmt.Fprintf(c.Out, "First administrator (works once, for a day):\n  %s%s\n", base, account.LinkPath(token))
	}
	_, err = fmt.Fprintln(c.Out, "Ctrl-C ends it.")
	return err
}

// base is the address that a browser is given: as it was asked for, with the
// port that it came to be.
func (f *serveFlags) base(asked string, at net.Addr) string {
	host, _, err := net.SplitHostPort(asked)
	if ip := net.ParseIP(host); err != nil || host == "" || ip != nil && ip.IsUnspecified() {
		if host, err = os.Hostname(); err != nil {
			host = "localhost"
		}
	}
	if len(f.names) > 0 {
		host = f.names[0]
	}
	scheme := "http"
	if f.secure() {
		scheme = "https"
	}
	_, port, _ := net.SplitHostPort(at.String())
	return scheme + "://" + net.JoinHostPort(host, port)
}

// run serves until ctx ends or a listener fails, then stops in order: no new
// requests, those that run are finished, jobs given back, the record signed.
func (s *service) run(ctx context.Context, listener net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	failed := make(chan error, 4)
	s.live.Go(func() { failed <- s.listen(listener) })
	if s.metrics != nil {
		s.live.Go(func() { failed <- s.metrics.Serve(s.scrape) })
	}
	work, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	if s.outside != nil {
		s.live.Go(func() { s.outside.site.Run(work) })
		s.live.Go(func() { failed <- s.outside.serve(s.f.secure()) })
	}
	s.live.Go(func() {
		if err := job.New(s.kase.DB, s.rooms.jobs, s.log).Run(work); err != nil {
			failed <- err
		}
	})
	var err error
	s.log.Info("serving", "version", versionLine(), "secure", s.f.secure(), "database", s.kase.DB.Dialect())
	signing := make(chan struct{})
	signed, endSigning := context.WithCancel(context.WithoutCancel(ctx))
	go func() { s.notary.Run(signed); close(signing) }()
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.shutdown()
	end()
	s.live.Wait()
	err = errors.Join(ignoreClosed(err), s.rooms.close())
	endSigning()
	<-signing
	s.log.Info("stopped")
	return err
}

func (s *service) listen(l net.Listener) error {
	if s.f.secure() {
		return s.staff.ServeTLS(l, "", "")
	}
	return s.staff.Serve(l)
}

// grace is how long requests may take to end when the workspace stops.
const grace = 10 * time.Second

func (s *service) shutdown() {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	servers := []*http.Server{s.staff, s.metrics}
	if s.outside != nil {
		servers = append(servers, s.outside.server)
	}
	for _, server := range servers {
		if server != nil && server.Shutdown(ctx) != nil {
			server.Close()
		}
	}
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
