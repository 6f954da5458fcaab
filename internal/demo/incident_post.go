package demo

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/notice/simulator"
)

// practice is the sample incident's way to the simulator of GOV.UK Notify, in
// this process and behind no network. Its log is the one that the channel
// "practice" of the workspace goes on with. Its clock is opened anew where the
// story moves on.
type practice struct {
	log     string
	sim     *simulator.Simulator
	channel *notice.Notify
}

// samplePracticeKey opens the simulator alone, for as long as the story is told.
const samplePracticeKey = "sample-11111111-2222-3333-4444-555555555555-66666666-7777-8888-9999-000000000000"

func newPractice(dir string) (*practice, error) {
	folder := filepath.Join(dir, "letters")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of letters: %w", err)
	}
	p := &practice{log: filepath.Join(folder, "practice.log")}
	var err error
	p.channel, err = notice.NewNotify(notice.NotifyOptions{Base: "http://practice.invalid", Key: samplePracticeKey, Client: &http.Client{Transport: p}, Clock: p, Label: "practice",
		Mail: simulator.MailTemplate, Text: simulator.TextTemplate})
	return p, err
}

// open sets the simulator's clock to a moment of the story.
func (p *practice) open(when string) (err error) {
	if err := p.close(); err != nil {
		return err
	}
	p.sim, err = simulator.Open(p.log, simulator.Options{Key: samplePracticeKey, Start: time.Unix(at(when), 0)})
	return err
}

func (p *practice) close() error {
	if p.sim == nil {
		return nil
	}
	err := p.sim.Close()
	p.sim = nil
	return err
}

// Now and Wait are the clock at the other end.
func (p *practice) Now() time.Time                     { return p.sim.Now() }
func (p *practice) Wait(until time.Time) time.Duration { return p.sim.Wait(until) }

// RoundTrip answers a request from the simulator.
func (p *practice) RoundTrip(r *http.Request) (*http.Response, error) {
	a := answered(p.sim, r)
	return &http.Response{StatusCode: a.status, Header: a.head, Body: io.NopCloser(bytes.NewReader(a.Bytes())), ContentLength: int64(a.Len()), Request: r, ProtoMajor: 1, ProtoMinor: 1}, r.Context().Err()
}
