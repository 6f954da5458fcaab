package paper

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"github.com/reeve-council/reeve"
)

// Calendar is events for people's own calendars (RFC 5545).
type Calendar struct {
	Name   string
	Stamp  time.Time // when this was written: DTSTAMP of every event
	Events []Event
}

// Event is one deadline or meeting. An event with the same UID and a higher
// Sequence replaces the one sent before. Titles go onto locked telephones: no
// personal value belongs into one.
type Event struct {
	UID         string // the same for ever, for example "clock-12@case"
	Title       string
	Description string
	Link        string // http or https, "" for none
	Start       time.Time
	End         time.Time     // zero: a moment
	AllDay      bool          // Start and End count as days in their own zone; End is the day after the last
	Alarm       time.Duration // before Start; 0: none
	Sequence    int
	Cancelled   bool
}

// WriteTo writes the calendar.
func (c *Calendar) WriteTo(w io.Writer) (int64, error) {
	text, err := c.encode()
	if err != nil {
		return 0, fmt.Errorf("write calendar: %w", err)
	}
	n, err := w.Write(text)
	return int64(n), err
}

func (c *Calendar) encode() ([]byte, error) {
	if len(c.Events) == 0 {
		return nil, fmt.Errorf("no events: %w", reeve.Invalid)
	}
	cal := ical.NewCalendar()
	cal.Props.SetText(ical.PropVersion, "2.0")
	cal.Props.SetText(ical.PropProductID, "-//Reeve//Reeve//EN")
	cal.Props.SetText(ical.PropName, c.Name)
	for i, e := range c.Events {
		if e.UID == "" || e.Title == "" || e.Start.IsZero() || !e.End.IsZero() && e.End.Before(e.Start) {
			return nil, fmt.Errorf("event %d needs an id, a title, and a start before its end: %w", i+1, reeve.Invalid)
		}
		cal.Children = append(cal.Children, e.component(c.Stamp))
	}
	var out bytes.Buffer
	if err := ical.NewEncoder(&out).Encode(cal); err != nil {
		return nil, fmt.Errorf("an event cannot be written: %w", reeve.Invalid)
	}
	return fold(out.Bytes()), nil
}

func (e Event) component(stamp time.Time) *ical.Component {
	v := ical.NewComponent(ical.CompEvent)
	text := func(name, value string) {
		if value != "" {
			v.Props.SetText(name, printableLine(value))
		}
	}
	text(ical.PropUID, e.UID)
	text(ical.PropSummary, e.Title)
	text(ical.PropDescription, e.Description)
	v.Props.SetDateTime(ical.PropDateTimeStamp, stamp.UTC())
	moment := v.Props.SetDate
	if !e.AllDay {
		moment = func(name string, t time.Time) { v.Props.SetDateTime(name, t.UTC()) }
	}
	moment(ical.PropDateTimeStart, e.Start)
	if !e.End.IsZero() {
		moment(ical.PropDateTimeEnd, e.End)
	}
	raw := func(to ical.Props, name, value string) {
		p := ical.NewProp(name)
		p.Value = value
		to.Set(p)
	}
	raw(v.Props, ical.PropSequence, fmt.Sprint(max(e.Sequence, 0)))
	if e.Cancelled {
		raw(v.Props, ical.PropStatus, "CANCELLED")
	}
	if link, ok := webLink(e.Link); ok {
		raw(v.Props, ical.PropURL, link)
	}
	if e.Alarm > 0 && !e.Cancelled {
		a := ical.NewComponent(ical.CompAlarm)
		raw(a.Props, ical.PropAction, "DISPLAY")
		raw(a.Props, ical.PropTrigger, "-PT"+fmt.Sprint(int64(e.Alarm.Round(time.Second)/time.Second))+"S")
		a.Props.SetText(ical.PropDescription, printableLine(e.Title))
		v.Children = append(v.Children, a)
	}
	return v
}

// printableLine gives text without control characters; line breaks stay, which
// the encoder escapes.
func printableLine(s string) string {
	s = strings.Join(splitLines(s), "\n")
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

// webLink gives an address as it may stand in a file: absolute, http or https.
func webLink(s string) (string, bool) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "", false
	}
	return u.String(), true
}

// fold breaks lines longer than 75 bytes, between characters, as RFC 5545 (3.1)
// asks.
func fold(text []byte) []byte {
	const most = 75
	var out bytes.Buffer
	for line := range bytes.SplitAfterSeq(text, []byte("\r\n")) {
		room := most
		for len(line)-2 > room {
			cut := room
			for cut > 0 && !utf8.RuneStart(line[cut]) {
				cut--
			}
			out.Write(line[:cut])
			out.WriteString("\r\n ")
			line, room = line[cut:], most-1
		}
		out.Write(line)
	}
	return out.Bytes()
}
