package incident

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// mostOnPaper is how many clocks a calendar or a sheet holds.
const mostOnPaper = 2000

// runningOut gives the running clocks that may leave, with the names of the
// councils and the foot of a printed page.
func (m *Room) runningOut(r *web.Request) (all []Clock, names map[string]string, foot string, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		councils, err := Councils(tx)
		if err != nil {
			return err
		}
		names = councilNames(councils)
		foot = footOf(tx)
		all, err = clocks.list(tx, SightOf(r, web.ObjectClock).Leaving(), query{where: "x.state = 'running'", order: soonest, limit: mostOnPaper})
		return err
	})
	return all, names, foot, err
}

// footOf is the newest checkpoint of the record, for the foot of a page; "" before
// the first.
func footOf(tx *db.Tx) string {
	c, err := record.Newest(tx)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(c.Footer())
}

// clockCalendar gives the ends of running clocks for people's own calendars.
func (m *Room) clockCalendar(r *web.Request) (web.Answer, error) {
	all, names, _, err := m.runningOut(r)
	if err != nil {
		return nil, err
	}
	calendar := paper.Calendar{Name: "Statutory clocks", Stamp: r.Now}
	for _, c := range all {
		if e, ok := c.event(m.Case, names); ok {
			calendar.Events = append(calendar.Events, e)
		}
	}
	return web.File{Name: "clocks.ics", Type: "text/calendar; charset=utf-8", Pour: func(w http.ResponseWriter) error {
		_, err := calendar.WriteTo(w)
		return err
	}}, nil
}

// event is the end of a clock; open ones have none.
func (c Clock) event(kase string, names map[string]string) (paper.Event, bool) {
	d := c.Deadline()
	if d.Open {
		return paper.Event{}, false
	}
	e := paper.Event{UID: fmt.Sprintf("clock-%d@%s", c.ID, kase), Title: "Due: " + c.Title + " (" + councilWords(names, c.Council) + ")", Sequence: int(c.Version), Start: d.At, Alarm: 24 * time.Hour}
	if duty := dutyOf(c.Duty); duty != nil {
		e.Description = duty.Law
	}
	if d.Whole {
		y, month, day := d.At.Date()
		e.AllDay, e.Start = true, time.Date(y, month, day, 0, 0, 0, 0, london)
		e.End = e.Start.AddDate(0, 0, 1)
	}
	return e, true
}

// clockSheet is the running clocks on paper, for the wall of the control room.
func (m *Room) clockSheet(r *web.Request) (web.Answer, error) {
	all, names, foot, err := m.runningOut(r)
	if err != nil {
		return nil, err
	}
	d := clockDocument(all, names, r.Now, foot)
	return web.File{Name: "clocks.pdf", Type: "application/pdf", Pour: func(w http.ResponseWriter) error { return d.WritePDF(w) }}, nil
}

func clockDocument(all []Clock, names map[string]string, now time.Time, foot string) *paper.Document {
	t := paper.Table{Caption: "Running clocks, the soonest first", Columns: []paper.Column{{Title: "Clock"}, {Title: "Duty and law"}, {Title: "Council"}, {Title: "End"}, {Title: "Left when printed"}, {Title: "Done: when, by whom"}}}
	for _, c := range all {
		end, left := c.Words(now)
		law := ""
		if duty := dutyOf(c.Duty); duty != nil {
			law = duty.Law
		}
		t.Rows = append(t.Rows, []string{digits(c.ID), c.Title + "\n" + law, councilWords(names, c.Council), end, left, ""})
	}
	return &paper.Document{Title: "Statutory clocks", Subtitle: "As of " + shown(now.Unix()) + ". Times are London time.", Date: now, Footer: foot,
		Blocks: []paper.Block{paper.Paragraph{Text: "Write down what was done and enter it later under the number of the clock.", Style: paper.Strong}, t}}
}

// remindEvery is how often running clocks are looked at.
const remindEvery = 10 * time.Minute

// clockJob reminds by mail where there is mail.
func (m *Room) clockJob() job.Handler {
	return job.Handler{Kind: "incident.clocks", Every: remindEvery, Attempts: 3, Run: func(ctx context.Context, _ *job.Work) error { return m.remind(ctx) }}
}

// reminder is what one council is to be told.
type reminder struct {
	council string
	to      []mail.Address
	clocks  []Clock
	stages  []int64
}

// remind sends each council one message about its clocks that have come to a
// stage of which it was not told. It is kept as told after it was sent: who
// gets a message twice sees by its id that it is one.
func (m *Room) remind(ctx context.Context) error {
	if m.Office.Mail == nil {
		return nil
	}
	now := m.Now()
	var due []reminder
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		due, err = remindersDue(tx, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("read clocks: %w", err)
	}
	for _, d := range due {
		if err := m.Office.Mail.Send(ctx, d.message(m.Case, m.Office.From, now)); err != nil {
			return fmt.Errorf("remind of clocks: %w", err)
		}
		err := m.db.WriteDurable(ctx, func(tx *db.Tx) error { return d.keep(tx, now.Unix()) })
		if err != nil {
			return fmt.Errorf("keep reminder: %w", err)
		}
	}
	return nil
}

// remindersDue gathers who is to be told of what: every council with addresses,
// of its own clocks, nothing red.
func remindersDue(tx *db.Tx, now time.Time) (due []reminder, err error) {
	everybody := Sight{All: true, Levels: []TLP{Clear, Green, Amber, AmberStrict}}
	all, err := profiles.list(tx, Sight{All: true, Levels: TLPs}, query{where: "x.mails <> ''"})
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		d := reminder{council: p.Council}
		for _, address := range linesOf(p.Mails) {
			d.to = append(d.to, mail.Address{Mail: address})
		}
		running, err := clocks.list(tx, everybody, query{where: "x.state = 'running' AND x.council = ?", args: []any{p.Council}, order: soonest, limit: mostOnPaper})
		if err != nil {
			return nil, err
		}
		for _, c := range running {
			stage, ok := c.stage(now)
			if !ok {
				continue
			}
			told, err := reminded(tx, c, stage, p.Council)
			if err != nil {
				return nil, err
			}
			if !told {
				d.clocks, d.stages = append(d.clocks, c), append(d.stages, stage)
			}
		}
		if len(d.clocks) > 0 {
			due = append(due, d)
		}
	}
	return due, nil
}

// message tells of the clocks. Its text is read on telephones that lie about:
// it names duties and references, no people.
func (d reminder) message(kase string, from mail.Address, now time.Time) *mail.Message {
	var b strings.Builder
	b.WriteString("These statutory clocks need you:\n\n")
	for _, c := range d.clocks {
		end, left := c.Words(now)
		fmt.Fprintf(&b, "- Clock %d: %s. End: %s (%s).\n", c.ID, c.Title, end, left)
	}
	b.WriteString("\nRecord in Reeve, under Clocks, what was done.\n")
	subject := count(int64(len(d.clocks)), "clock needs", "clocks need") + " you"
	first := d.clocks[0] // a stage of a clock is told once, so it names the message
	return &mail.Message{ID: fmt.Sprintf("clocks-%s-%d-%d-%d@%s", idOf(d.council), first.ID, first.Due, d.stages[0], kase),
		From: from, To: d.to, Subject: subject, Text: b.String(), Date: now, Automatic: true}
}

// idOf leaves of a council's code what an address may hold.
func idOf(code string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return c
		}
		return '.'
	}, code)
}

func (d reminder) keep(tx *db.Tx, at int64) error {
	for i, c := range d.clocks {
		if err := putReminded(tx, c, d.stages[i], d.council, at); err != nil {
			return err
		}
	}
	_, err := record.Append(tx, record.Leaf{Time: at, Actor: "reeve", Verb: "remind", Object: KindClock + ":" + fmt.Sprint(d.clocks[0].ID), Rows: int64(len(d.clocks)), Line: "a council was reminded of its clocks"})
	return err
}
