package notice

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/notice/simulator"
)

// practiceKey opens the simulator alone: it is no secret.
const practiceKey = "practice-11111111-2222-3333-4444-555555555555-66666666-7777-8888-9999-000000000000"

// Practice is the way to the simulator inside this process, behind no network: it
// behaves as GOV.UK Notify and sends nothing to anybody.
type Practice struct {
	*Notify
	sim *simulator.Simulator
}

// practiceReturns is one letter in so many that comes back, so that what follows
// can be practised.
const practiceReturns = 200

// NewPractice opens the simulator. Its log lies in dir; speed is how many of its
// seconds pass in one of ours.
func NewPractice(dir string, speed float64) (*Practice, error) {
	sim, err := simulator.Open(filepath.Join(dir, "practice.log"), simulator.Options{Key: practiceKey, Speed: speed, Returns: practiceReturns})
	if err != nil {
		return nil, err
	}
	client := &http.Client{Transport: withinProcess{sim}, Timeout: 20 * time.Second}
	n, err := NewNotify(NotifyOptions{Base: "http://practice.invalid", Key: practiceKey, Client: client, Clock: sim, Label: practiceName,
		Mail: simulator.MailTemplate, Text: simulator.TextTemplate})
	return &Practice{n, sim}, err
}

const (
	practiceName = "practice"
	practiceJob  = "notice.practice"
)

// practise lets the simulator tell the room what is due, by the handler to which
// Notify itself talks.
func (m *Room) practise(ctx context.Context, _ *job.Work) error {
	for _, c := range m.Channels {
		if p, ok := c.(*Practice); ok {
			token := rand.Text() + rand.Text()
			p.sim.TellTo(simulator.Callback{URL: "http://practice.invalid" + CallbackPath, Token: token, Client: &http.Client{Transport: withinProcess{m.callbacks(practiceName, token)}}})
			if _, err := p.sim.Tell(ctx); err != nil {
				return fmt.Errorf("practise callbacks: %w", reeve.Unavailable)
			}
		}
	}
	return nil
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
