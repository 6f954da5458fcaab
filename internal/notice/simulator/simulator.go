package simulator

import (
	"bufio"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// Options say how the simulator behaves.
type Options struct {
	Key     string        // the one key that it takes, as Notify would show it
	Start   time.Time     // what its clock shows when it is first opened; default now
	Speed   float64       // how many of its seconds pass in one of ours; default 1
	Life    time.Duration // for how long a token is taken, in real time; default 30 s
	Minute  int           // messages in any minute; default 3,000
	Letters int           // letters in a day; default 20,000
	Others  int           // e-mails, and texts, in a day; default 250,000; 50 of a service on trial
	Mode    Mode          // of the key and the service; default Live
	Team    []string      // addresses and numbers to which a team key, or a service on trial, may send
	Returns int           // one letter in so many comes back; 0: none but those to GonePostcode
	// Callback is who is told what becomes of messages; by default nobody.
	Callback Callback
}

// Mode is what kind of key, and service, the simulator plays.
type Mode string

// The modes.
const (
	Live  Mode = ""
	Trial Mode = "trial" // a service that is not live yet: no letters, few messages, to the team
	Team  Mode = "team"  // a team key: no letters, to the team
)

// GonePostcode is where nobody lives: letters to it come back, so that returns
// can be practised. (Notify has no such address.)
const GonePostcode = "ZE1 9ZZ"

// Templates of the simulator's service: an e-mail with ((subject)) and ((body)),
// a text with ((body)).
const (
	MailTemplate = "aaaaaaaa-0000-4000-8000-000000000001"
	TextTemplate = "aaaaaaaa-0000-4000-8000-000000000002"
)

// Line is one line of the log: a message that was taken, a letter that came back,
// or that somebody was told what became of one.
type Line struct {
	ID        string `json:"id"`
	Reference string `json:"reference"`
	Type      string `json:"type"`           // letter, email, sms
	At        int64  `json:"at"`             // UTC seconds on the simulator's clock
	Fate      string `json:"fate"`           // what becomes of it, where that is not the usual
	Why       string `json:"why,omitempty"`  // a letter failed validation
	Back      int64  `json:"back,omitempty"` // when a letter comes back
	Returned  bool   `json:"returned,omitempty"`
	Told      bool   `json:"told,omitempty"`
}

// Simulator answers as Notify would.
type Simulator struct {
	opt     Options
	service string
	secret  string
	clock   Clock

	mu     sync.Mutex
	log    *os.File
	all    []Line
	byID   map[string]int
	byRef  map[string][]int
	recent []time.Time // when messages of the last minute were taken
	days   map[string]int
	due    agenda // what somebody has to be told
	told   map[string]bool
}

// Clock is the simulator's time.
type Clock struct {
	start time.Time // on its clock
	real  time.Time
	speed float64
}

// Now is the time on the clock.
func (c Clock) Now() time.Time {
	return c.start.Add(time.Duration(float64(time.Since(c.real)) * c.speed)).UTC()
}

// Wait is how long a time on the clock is away, for us.
func (c Clock) Wait(until time.Time) time.Duration {
	return time.Duration(float64(until.Sub(c.Now())) / c.speed)
}

// NewClock makes a clock that shows start at the real time since.
func NewClock(start, since time.Time, speed float64) Clock { return Clock{start, since, speed} }

// Open opens the log, which is made if it is not there.
func Open(path string, o Options) (*Simulator, error) {
	o = o.filled()
	s := &Simulator{opt: o, byID: make(map[string]int), byRef: make(map[string][]int), days: make(map[string]int), told: make(map[string]bool)}
	if len(o.Key) < 73 {
		return nil, errors.New("open simulator: a key of Notify's form is needed")
	}
	tail := o.Key[len(o.Key)-73:]
	s.service, s.secret = tail[:36], tail[37:]
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open simulator: %w", err)
	}
	s.log, s.clock = f, Clock{o.Start, time.Now(), o.Speed}
	if err := s.read(); err != nil {
		f.Close()
		return nil, fmt.Errorf("open simulator: %w", err)
	}
	return s, nil
}

func (o Options) filled() Options {
	if o.Start.IsZero() {
		o.Start = time.Now().UTC()
	}
	if o.Speed <= 0 {
		o.Speed = 1
	}
	if o.Life <= 0 {
		o.Life = 30 * time.Second
	}
	if o.Minute <= 0 {
		o.Minute = 3000
	}
	if o.Letters <= 0 {
		o.Letters = 20_000
	}
	if o.Others <= 0 {
		o.Others = 250_000
		if o.Mode == Trial {
			o.Others = 50
		}
	}
	return o
}

// read takes in the log of before. A line that a crash cut short was never
// answered: it is taken off. The clock goes on from the last line at least.
func (s *Simulator) read() error {
	var whole, last int64
	in := bufio.NewReader(s.log)
	for {
		text, err := in.ReadBytes('\n')
		if err != nil {
			break
		}
		var l Line
		if json.Unmarshal(text, &l) != nil {
			return errors.New("its log has a line that cannot be read")
		}
		whole += int64(len(text))
		last = max(last, l.At)
		s.keep(l)
	}
	if at := time.Unix(last, 0); at.After(s.clock.start) {
		s.clock.start = at.UTC()
	}
	if err := s.log.Truncate(whole); err != nil {
		return err
	}
	_, err := s.log.Seek(whole, io.SeekStart)
	return err
}

// keep takes a line into memory.
func (s *Simulator) keep(l Line) {
	if l.Told {
		s.told[l.ID] = true
		return
	}
	if l.Returned {
		s.due.add(due{at: l.At, id: l.ID})
		return
	}
	s.plan(l)
	s.byID[l.ID] = len(s.all)
	s.byRef[l.Reference] = append(s.byRef[l.Reference], len(s.all))
	s.all = append(s.all, l)
	s.days[dayKey(l.Type, time.Unix(l.At, 0))]++
}

func dayKey(sort string, at time.Time) string { return sort + " " + at.UTC().Format(time.DateOnly) }

// write appends a line before anything is answered.
func (s *Simulator) write(l Line) error {
	text, err := json.Marshal(l)
	if err == nil {
		_, err = s.log.Write(append(text, '\n'))
	}
	if err == nil {
		s.keep(l)
	}
	return err
}

// Now is the time on the simulator's clock; with Wait it is a notice.Clock.
func (s *Simulator) Now() time.Time { return s.clock.Now() }

// Wait is how long a time on the clock is away, for us.
func (s *Simulator) Wait(until time.Time) time.Duration { return s.clock.Wait(until) }

// Close closes the log.
func (s *Simulator) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Close()
}

// Taken gives every message that was taken, in order.
func (s *Simulator) Taken() []Line {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Line(nil), s.all...)
}

// Return lets a letter come back, as the post would weeks later.
func (s *Simulator) Return(reference string) (Line, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.byRef[reference]
	if len(at) == 0 || s.all[at[0]].Type != "letter" {
		return Line{}, false
	}
	l := s.all[at[0]]
	l.Returned, l.At = true, s.clock.Now().Unix()
	return l, s.write(l) == nil
}

func newID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
