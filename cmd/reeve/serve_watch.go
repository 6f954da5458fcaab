package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// watch wraps the workspace: a number for every request, patience with slow
// clients that ends, one line of log, the figures, and a checkpoint soon after
// something was done.
func (s *service) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		id := requestID()
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, id))
		w.Header().Set("X-Request-Id", id)
		pw := &patientAnswer{ResponseWriter: w, control: http.NewResponseController(w)}
		r.Body = &patientBody{r.Body, pw.control}
		s.traffic.running.Add(1)
		defer func() {
			s.traffic.running.Add(-1)
			took := time.Since(began)
			s.traffic.count(pw.code(), took)
			s.log.InfoContext(r.Context(), "request", "method", method(r.Method), "route", route(r), "status", pw.code(),
				"bytes", pw.bytes, "ms", took.Milliseconds())
			if changes(r.Method) && pw.code() < http.StatusBadRequest {
				s.notary.Ask()
			}
		}()
		next.ServeHTTP(pw, r)
	})
}

// known answers, on a port of this machine without TLS, only to the names by
// which it is reached: a page from elsewhere that had its own name pointed here
// would otherwise be let in as this site (DNS rebinding).
func (f *serveFlags) known(next http.Handler) http.Handler {
	if f.secure() {
		return next // the certificate says who this is
	}
	names := append([]string{"localhost", "127.0.0.1", "::1"}, f.names...)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, strings.Trim(host, "[]")) }) {
			http.Error(w, "This is not the address of the workspace. Start it with --name to reach it by another.", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// changes reports whether a method may have changed something.
func changes(method string) bool {
	return method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
}

// method is one of the known methods: what a client makes up is not logged.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}

// route is the pattern that answered, never the path: a path may carry what
// somebody searched for.
func route(r *http.Request) string {
	if _, path, ok := strings.Cut(r.Pattern, " "); ok {
		return path
	}
	return r.Pattern
}

type requestKey struct{}

func requestID() string {
	var b [6]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// labelled adds the number of the request to what is logged on its behalf.
type labelled struct{ slog.Handler }

func (l labelled) Handle(ctx context.Context, r slog.Record) error {
	if id, ok := ctx.Value(requestKey{}).(string); ok {
		r = r.Clone()
		r.AddAttrs(slog.String("request", id))
	}
	return l.Handler.Handle(ctx, r)
}

func (l labelled) WithAttrs(a []slog.Attr) slog.Handler { return labelled{l.Handler.WithAttrs(a)} }
func (l labelled) WithGroup(name string) slog.Handler   { return labelled{l.Handler.WithGroup(name)} }

// quieter drops what net/http says of clients that speak no TLS or go away: on
// a network with scanners that would be all there is to read.
type quieter struct{ slog.Handler }

func (q quieter) Handle(ctx context.Context, r slog.Record) error {
	if strings.Contains(r.Message, "TLS handshake error") {
		return nil
	}
	r.Message = "server: " + firstWords(r.Message)
	return q.Handler.Handle(ctx, r)
}

// firstWords cuts a message of net/http at the address of the client.
func firstWords(s string) string {
	s, _, _ = strings.Cut(s, " from ")
	return s[:min(len(s), 120)]
}

// patience is how long a client may take to send or take the next piece. What
// goes on, however slowly, is not cut off: a large upload over a poor line.
const patience = 60 * time.Second

// patientBody reads a request whose sender must go on.
type patientBody struct {
	io.ReadCloser
	control *http.ResponseController
}

func (b *patientBody) Read(p []byte) (int, error) {
	_ = b.control.SetReadDeadline(time.Now().Add(patience)) // where it is not supported there is none
	n, err := b.ReadCloser.Read(p)
	_ = b.control.SetReadDeadline(time.Time{})
	return n, err
}

// patientAnswer writes an answer whose reader must go on, and counts it.
type patientAnswer struct {
	http.ResponseWriter
	control *http.ResponseController
	status  int
	bytes   int64
}

func (w *patientAnswer) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *patientAnswer) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	_ = w.control.SetWriteDeadline(time.Now().Add(patience))
	n, err := w.ResponseWriter.Write(p)
	_ = w.control.SetWriteDeadline(time.Time{})
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController find Flush and deadlines.
func (w *patientAnswer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *patientAnswer) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
