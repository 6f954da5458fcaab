package notice

import (
	"bytes"
	"io"
	"net/http"
	"path/filepath"
	"time"

	"github.com/reeve-council/reeve/internal/notice/simulator"
)

// practiceKey opens the simulator alone: it is no secret.
const practiceKey = "practice-11111111-2222-3333-4444-555555555555-66666666-7777-8888-9999-000000000000"

// NewPractice is the way to the simulator inside this process, behind no network:
// it behaves as GOV.UK Notify and sends nothing to anybody. Its log lies in dir;
// speed is how many of its seconds pass in one of ours.
func NewPractice(dir string, speed float64) (*Notify, error) {
	sim, err := simulator.Open(filepath.Join(dir, "practice.log"), simulator.Options{Key: practiceKey, Speed: speed})
	if err != nil {
		return nil, err
	}
	client := &http.Client{Transport: withinProcess{sim}, Timeout: 20 * time.Second}
	return NewNotify(NotifyOptions{Base: "http://practice.invalid", Key: practiceKey, Client: client, Clock: sim, Label: "practice"})
}

// withinProcess answers requests by a handler of this process.
type withinProcess struct{ http.Handler }

func (h withinProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	w := &answerWriter{head: make(http.Header), status: http.StatusOK}
	h.ServeHTTP(w, r)
	return &http.Response{StatusCode: w.status, Header: w.head, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: r, ProtoMajor: 1, ProtoMinor: 1}, r.Context().Err()
}

// answerWriter keeps an answer.
type answerWriter struct {
	head   http.Header
	status int
	body   bytes.Buffer
}

func (w *answerWriter) Header() http.Header         { return w.head }
func (w *answerWriter) WriteHeader(status int)      { w.status = status }
func (w *answerWriter) Write(b []byte) (int, error) { return w.body.Write(b) }
