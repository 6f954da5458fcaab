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
	log string
	sim *simulator.Simulator
}

// practiceReturns is one letter in so many that comes back, so that what follows
// can be practised.
const practiceReturns = 200

// NewPractice opens the simulator. Its log lies in dir; speed is how many of its
// seconds pass in one of ours.
func NewPractice(dir string, speed float64) (*Practice, error) {
	p := &Practice{log: filepath.Join(dir, "practice.log")}
	if err := p.open(simulator.Options{Speed: speed, Returns: practiceReturns}); err != nil {
		return nil, err
	}
	var err error
	p.Notify, err = NewNotify(NotifyOptions{Base: "http://practice.invalid", Key: practiceKey, Client: &http.Client{Transport: withinProcess{p}, Timeout: 20 * time.Second}, Clock: p,
		Label: practiceName, Mail: simulator.MailTemplate, Text: simulator.TextTemplate})
	return p, err
}

func (p *Practice) open(o simulator.Options) (err error) {
	o.Key = practiceKey
	if p.sim, err = simulator.Open(p.log, o); err != nil {
		return fmt.Errorf("open practice: %w", err)
	}
	return nil
}

// Begin sets the simulator's clock to a time, from which it runs as ours does: a
// story that is told moves on. From then on no letter comes back but those that
// are made to. Nothing may be sent meanwhile.
func (p *Practice) Begin(at time.Time) error {
	if err := p.sim.Close(); err != nil {
		return fmt.Errorf("begin practice: %w", err)
	}
	return p.open(simulator.Options{Start: at})
}

// Close closes the log.
func (p *Practice) Close() error { return p.sim.Close() }

// Now and Wait are the simulator's clock.
func (p *Practice) Now() time.Time                     { return p.sim.Now() }
func (p *Practice) Wait(until time.Time) time.Duration { return p.sim.Wait(until) }

// ServeHTTP answers as Notify does.
func (p *Practice) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.sim.ServeHTTP(w, r) }

// Taken gives the references of what was taken, in order.
func (p *Practice) Taken() (references []string) {
	for _, l := range p.sim.Taken() {
		references = append(references, l.Reference)
	}
	return references
}

// Return lets a letter come back now; false for what is no letter.
func (p *Practice) Return(reference string) bool {
	_, ok := p.sim.Return(reference)
	return ok
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
