package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
)

// traffic counts requests. The names and labels of figures are fixed here: none
// comes from a request.
type traffic struct {
	running atomic.Int64
	class   [6]atomic.Int64 // by the first digit of the status
	within  [len(bounds)]atomic.Int64
	all     atomic.Int64
	micros  atomic.Int64
}

// bounds of the time that an answer took.
var bounds = [...]time.Duration{10 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond, 500 * time.Millisecond, 2 * time.Second}

func (t *traffic) count(status int, took time.Duration) {
	t.class[min(max(status/100, 0), 5)].Add(1)
	for i, b := range bounds {
		if took <= b {
			t.within[i].Add(1)
		}
	}
	t.all.Add(1)
	t.micros.Add(took.Microseconds())
}

// openMetrics listens for Prometheus on a port of this machine alone.
func (s *service) openMetrics() (err error) {
	if s.f.metrics == "" {
		return nil
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", s.answerMetrics)
	mux.HandleFunc("GET /healthz", s.answerHealth)
	s.metrics = newServer(mux, s.log)
	s.metrics.WriteTimeout = 10 * time.Second
	if s.scrape, err = net.Listen("tcp", s.f.metrics); err != nil {
		return errListen
	}
	return nil
}

// answerHealth says whether the database answers.
func (s *service) answerHealth(w http.ResponseWriter, r *http.Request) {
	if err := s.kase.DB.Read(r.Context(), func(tx *db.Tx) error { _, err := record.Root(tx); return err }); err != nil {
		s.log.ErrorContext(r.Context(), "database does not answer", "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	io.WriteString(w, "ok\n")
}

// answerMetrics writes the text format of Prometheus, version 0.0.4.
func (s *service) answerMetrics(w http.ResponseWriter, r *http.Request) {
	state, err := s.figures(r)
	if err != nil {
		s.log.ErrorContext(r.Context(), "figures not read", "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	b := bufio.NewWriter(w)
	s.traffic.write(b)
	state.write(b)
	b.Flush()
}

func (t *traffic) write(w io.Writer) {
	head(w, "reeve_requests_running", "gauge", "Requests that are being answered.")
	fmt.Fprintf(w, "reeve_requests_running %d\n", t.running.Load())
	head(w, "reeve_requests_total", "counter", "Requests answered, by the first digit of their status.")
	for class := 1; class < len(t.class); class++ {
		fmt.Fprintf(w, "reeve_requests_total{status=\"%dxx\"} %d\n", class, t.class[class].Load())
	}
	head(w, "reeve_request_seconds", "histogram", "Time that answers took.")
	for i, b := range bounds {
		fmt.Fprintf(w, "reeve_request_seconds_bucket{le=\"%g\"} %d\n", b.Seconds(), t.within[i].Load())
	}
	all := t.all.Load()
	fmt.Fprintf(w, "reeve_request_seconds_bucket{le=\"+Inf\"} %d\nreeve_request_seconds_sum %g\nreeve_request_seconds_count %d\n",
		all, float64(t.micros.Load())/1e6, all)
}

func head(w io.Writer, name, kind, help string) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

// figures are what the database and the machine say at one moment.
type figures struct {
	head   record.Head
	signed record.Checkpoint
	jobs   []job.Count
	disk   int64 // bytes of the database file, 0 for PostgreSQL
	free   int64
}

func (s *service) figures(r *http.Request) (f figures, err error) {
	err = s.kase.DB.Read(r.Context(), func(tx *db.Tx) error {
		if f.head, err = record.Root(tx); err != nil {
			return err
		}
		if f.signed, err = record.Newest(tx); err != nil && !errors.Is(err, reeve.NotFound) {
			return err
		}
		f.jobs, err = job.Counts(tx)
		return err
	})
	for _, part := range []string{"", "-wal"} {
		if info, statErr := os.Stat(filepath.Join(s.kase.Dir, backupDatabase+part)); statErr == nil {
			f.disk += info.Size()
		}
	}
	f.free, _ = freeSpace(s.kase.Dir)
	return f, err
}

func (f figures) write(w io.Writer) {
	one := func(name, kind, help string, value any) {
		head(w, name, kind, help)
		fmt.Fprintf(w, "%s %v\n", name, value)
	}
	one("reeve_record_acts", "counter", "Acts in the record.", f.head.Size)
	one("reeve_record_unsigned_acts", "gauge", "Acts behind the newest checkpoint.", f.head.Size-f.signed.Head.Size)
	one("reeve_record_signed_time_seconds", "gauge", "When the newest checkpoint was signed, UTC.", f.signed.Time)
	head(w, "reeve_jobs", "gauge", "Jobs by kind and state.")
	for _, c := range f.jobs {
		fmt.Fprintf(w, "reeve_jobs{kind=%q,state=%q} %d\n", c.Kind, string(c.State), c.Jobs)
	}
	one("reeve_database_bytes", "gauge", "Size of the database file.", f.disk)
	one("reeve_disk_free_bytes", "gauge", "Free space where the case is.", f.free)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	one("go_goroutines", "gauge", "Goroutines.", runtime.NumGoroutine())
	one("go_memstats_heap_alloc_bytes", "gauge", "Bytes of live and not yet collected objects.", m.HeapAlloc)
	one("go_memstats_sys_bytes", "gauge", "Bytes taken from the system.", m.Sys)
	head(w, "reeve_build_info", "gauge", "The version that runs.")
	fmt.Fprintf(w, "reeve_build_info{version=%q} 1\n", versionLine())
}
