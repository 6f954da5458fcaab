package simulator

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"time"
)

// Callback is who is told what becomes of messages, as a service sets it up in
// Notify: delivery receipts of e-mails and texts, and letters that came back.
type Callback struct {
	URL    string // "" for nobody
	Token  string // sent as a bearer token
	Client *http.Client
}

// Notify tries again every five minutes, at most five times.
const (
	callAgain = 5 * time.Minute
	callMost  = 6
)

// due is something that somebody has to be told.
type due struct {
	at    int64 // UTC seconds on the simulator's clock
	id    string
	tries int
}

// agenda is what is due, the next first.
type agenda []due

func (a *agenda) add(d due) {
	i, _ := slices.BinarySearchFunc(*a, d, func(x, y due) int { return cmp.Or(cmp.Compare(x.at, y.at), cmp.Compare(x.id, y.id)) })
	*a = slices.Insert(*a, i, d)
}

// plan puts what a message will be told of onto the agenda.
func (s *Simulator) plan(l Line) {
	switch {
	case l.Type != "letter":
		s.due.add(due{at: l.At + int64(looking/time.Second), id: l.ID})
	case l.Back != 0:
		s.due.add(due{at: l.Back, id: l.ID})
	}
}

// TellTo sets who is told from now on.
func (s *Simulator) TellTo(c Callback) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opt.Callback = c
}

// Tell tells everything that is due by now, and how much was taken. What is not
// taken is tried again five minutes later, five times. It goes on where a process
// that was killed had stopped; what was being told then is told twice, as Notify
// may.
func (s *Simulator) Tell(ctx context.Context) (taken int, err error) {
	for ctx.Err() == nil {
		d, l, ok := s.next()
		if !ok {
			return taken, nil
		}
		done := s.tell(ctx, l)
		if ctx.Err() != nil {
			s.again(d, 0)
			break
		}
		if !done && d.tries+1 < callMost {
			d.tries++
			s.again(d, callAgain)
			continue
		}
		if done {
			taken++
		}
		if err := s.wasTold(l); err != nil {
			return taken, err
		}
	}
	return taken, ctx.Err()
}

// next takes the first that is due off the agenda.
func (s *Simulator) next() (due, Line, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now().Unix()
	for s.opt.Callback.URL != "" && len(s.due) > 0 && s.due[0].at <= now {
		d := s.due[0]
		s.due = s.due[1:]
		if i, there := s.byID[d.id]; there && !s.told[d.id] {
			return d, s.all[i], true
		}
	}
	return due{}, Line{}, false
}

func (s *Simulator) again(d due, after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d.at += int64(after / time.Second)
	s.due.add(d)
}

func (s *Simulator) wasTold(l Line) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.write(Line{ID: l.ID, Reference: l.Reference, Type: l.Type, At: s.clock.Now().Unix(), Told: true})
}

// tell sends one callback and reports whether it was taken.
func (s *Simulator) tell(ctx context.Context, l Line) bool {
	body, err := json.Marshal(s.callback(l))
	if err != nil {
		return false
	}
	s.mu.Lock()
	c := s.opt.Callback
	s.mu.Unlock()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL, bytes.NewReader(body))
	if err != nil {
		return false
	}
	r.Header.Set("Authorization", "Bearer "+c.Token)
	r.Header.Set("Content-Type", "application/json")
	answer, err := cmp.Or(c.Client, http.DefaultClient).Do(r)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10)) // so that the connection serves again
	return answer.StatusCode >= 200 && answer.StatusCode < 300
}

// callback is what Notify documents for a delivery receipt and for a returned
// letter. To whom a message went is not in the log, and so not told.
func (s *Simulator) callback(l Line) map[string]any {
	at := func(unix int64) string { return time.Unix(unix, 0).UTC().Format("2006-01-02T15:04:05.000000Z") }
	if l.Type == "letter" {
		return map[string]any{"notification_id": l.ID, "reference": l.Reference, "date_sent": at(l.At), "sent_by": "api", "template_name": nil, "template_id": nil,
			"template_version": nil, "spreadsheet_file_name": nil, "spreadsheet_row_number": nil, "upload_letter_file_name": nil}
	}
	status, done := s.status(l)
	template := MailTemplate
	if l.Type == "sms" {
		template = TextTemplate
	}
	return map[string]any{"id": l.ID, "reference": l.Reference, "to": "not kept", "status": status, "created_at": at(l.At), "sent_at": at(l.At), "completed_at": at(done.Unix()),
		"notification_type": l.Type, "template_id": template, "template_version": 1}
}
