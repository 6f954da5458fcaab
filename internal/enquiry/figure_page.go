package enquiry

import (
	"fmt"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) figureSection() web.Section {
	return web.Section{Routes: []web.Route{
		{Pattern: "GET /enquiry-figures", Verb: web.See, Object: web.ObjectEnquiry, Do: m.figures},
		{Pattern: "POST /enquiry-figures/shifts", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.keepShift},
		{Pattern: "POST /enquiry-figures/shifts/{id}/drop", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.endShift},
	}}
}

var figurePage = web.NewPage[figureView](pages, "figures.html")

// figureView is how long people wait, and who is there to answer.
type figureView struct {
	Waits    []wait           `json:"waits"`
	Counts   counts           `json:"counts"`
	Receipts receiptCounts    `json:"receipts"`
	Service  []service        `json:"service"`
	Shifts   []shift          `json:"shifts"`
	Days     int              `json:"days"`
	Channels []choice         `json:"-"`
	Typed    shift            `json:"-"`
	May      bool             `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

// serviceDays is the time that service levels are reckoned over, in days.
const serviceDays = 28

// figureDays is the time that waits are reckoned over, in days.
const figureDays = 7

func (m *Room) figures(r *web.Request) (web.Answer, error) {
	v, err := m.readFigures(r)
	if err != nil {
		return nil, err
	}
	return figurePage.With("Waiting times", v), nil
}

func (m *Room) readFigures(r *web.Request) (v figureView, err error) {
	now := r.Now.Unix()
	v.Days, v.Channels, v.May = figureDays, channelChoices(), mayWrite(r, "") == nil
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		for _, c := range v.Channels {
			w, err := readWait(tx, Channel(c.Value), r.Visitor.Councils, now-figureDays*24*3600, now)
			if err != nil {
				return err
			}
			v.Waits = append(v.Waits, w)
		}
		if v.Counts, err = countQueue(tx, r.Visitor.Councils, now); err != nil {
			return err
		}
		for _, k := range kinds {
			s, err := readService(tx, Kind(k.Value), r.Visitor.Councils, now-serviceDays*24*3600, now)
			if err != nil {
				return err
			}
			v.Service = append(v.Service, s)
		}
		if v.Receipts, err = countReceipts(tx, now-figureDays*24*3600); err != nil {
			return err
		}
		day := r.Now.In(london)
		v.Shifts, err = readShifts(tx, day.Format(time.DateOnly), day.AddDate(0, 0, 14).Format(time.DateOnly))
		return err
	})
	v.Counts.Waiting = int64(m.spool.waiting())
	return v, err
}

func (m *Room) keepShift(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s := shift{Day: f.Text("day", 10), Begins: f.Text("begins", 5), Ends: f.Text("ends", 5), Who: f.Need("who", 100, "Enter the team or contractor"), ByName: r.Visitor.Name,
		Channel: Channel(f.Choice("channel", "Choose the channel", values(channelChoices())...)), People: f.Number("people", "Enter how many people, 1 to 500", 1, 500)}
	if _, err := time.Parse(time.DateOnly, s.Day); err != nil {
		f.Fault("day", "Enter the day, such as 2026-01-12")
	}
	begins, err1 := time.Parse("15:04", s.Begins)
	ends, err2 := time.Parse("15:04", s.Ends)
	if err1 != nil {
		f.Fault("begins", "Enter the time, such as 08:00")
	}
	if err2 != nil || err1 == nil && !ends.After(begins) {
		f.Fault("ends", "Enter a time after the beginning, such as 20:00")
	}
	if !f.OK() {
		v, err := m.readFigures(r)
		if err != nil {
			return nil, err
		}
		v.Typed, v.Errors = s, f.Errors
		return figurePage.With("Waiting times", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		id, err := addShift(tx, s, r.Now.Unix())
		return record.Leaf{Verb: "shift", Object: fmt.Sprintf("shift:%d", id), Line: "Planned who answers: " + channelTable[s.Channel] + ", " + s.Day}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/enquiry-figures", "Kept"), nil
}

func (m *Room) endShift(r *web.Request) (web.Answer, error) {
	if _, err := r.Fields(); err != nil {
		return nil, err
	}
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "shift-drop", Object: fmt.Sprintf("shift:%d", id), Line: "Took a planned shift away"}, dropShift(tx, id)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/enquiry-figures", "Taken away"), nil
}

// spanWords says how long something took: "2 h 10 min", "3 days".
func spanWords(seconds int64) string {
	switch {
	case seconds < 60:
		return "under a minute"
	case seconds < 3600:
		return fmt.Sprintf("%d min", seconds/60)
	case seconds < 48*3600:
		return fmt.Sprintf("%d h %d min", seconds/3600, seconds%3600/60)
	}
	return fmt.Sprintf("%d days", seconds/86400)
}

func (w wait) MedianWords() string  { return spanWords(w.Median) }
func (w wait) MostWords() string    { return spanWords(w.Most) }
func (w wait) LongestWords() string { return spanWords(w.Longest) }

// Columns and EachRow make the figures a table.
func (v figureView) Columns() []string {
	return []string{"channel", "received", "reached", "median_seconds", "nine_in_ten_seconds", "waiting", "longest_seconds", "late"}
}

func (v figureView) EachRow(emit func(...any) error) error {
	for _, w := range v.Waits {
		if err := emit(string(w.Channel), w.Received, w.Reached, w.Median, w.Most, w.Waiting, w.Longest, w.LateNow); err != nil {
			return err
		}
	}
	return nil
}
