package incident

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var timelinePage = web.NewPage[timelineView](pages, "timeline.html")

// Bounds of the list.
const (
	timelinePageRows = 50
	timelineFileRows = 10_000 // of a .json, .csv or .ics
	freshScan        = 4_000  // newest acts that one page looks at itself
	actSearch        = 1_000  // acts whose lines one search reads
)

// timelineView is a page of the timeline, the latest first.
type timelineView struct {
	Lines  []timelineLine   `json:"lines"`
	Next   string           `json:"next"` // address of the next page, "" on the last
	Asked  string           `json:"asked"`
	Kind   string           `json:"kind"`
	From   string           `json:"from"`
	Until  string           `json:"until"`
	First  bool             `json:"-"`
	Kinds  []choice         `json:"-"`
	Record bool             `json:"-"` // acts on record stand among the entries
	May    bool             `json:"-"`
	Errors []web.FieldError `json:"-"` // none: it is asked for by the fields of the filter
}

// timelineLine is an entry, or an act on record.
type timelineLine struct {
	Entry
	Act string `json:"act"` // number of the act; "" for an entry
}

// Entered reports whether the line is an entry and no act.
func (l timelineLine) Entered() bool { return l.Act == "" }

// Path is the line's own page: the entry's, or that of the thing that was acted
// on; "" if it has none.
func (l timelineLine) Path() string {
	if l.Entered() {
		return path("/timeline", l.ID)
	}
	kind, id, _ := strings.Cut(l.Note, ":")
	base := pagesByKind[kind]
	if base == "" || strings.Trim(id, "0123456789") != "" || id == "" {
		return base
	}
	return base + "/" + id
}

// pagesByKind are the pages of things that acts name.
var pagesByKind = map[string]string{KindFact: "/facts", KindDecision: "/decisions", KindTask: "/tasks", KindHandover: "/incident/handovers", KindClock: "/clocks", KindAgency: "/agencies", KindEvidence: "/evidence"}

// Day is the day of the event.
func (l timelineLine) Day() string {
	return time.Unix(l.Happened, 0).In(london).Format("Monday 2 January 2006")
}

// Clock is its time of day.
func (l timelineLine) Clock() string { return timeOf(l.Happened) }

// Heads reports whether a line is the first of its day on the page.
func (v timelineView) Heads(i int) bool {
	return i == 0 || v.Lines[i].Day() != v.Lines[i-1].Day()
}

// timelinePlace is where a page of the timeline begins: below an entry, and
// below an act of the record (its number plus one; 0 is the newest end).
type timelinePlace struct {
	entryPlace
	Line int64
}

func (m *Room) timeline(r *web.Request) (web.Answer, error) {
	at, err := placeOf(r.Ask("after"))
	if err != nil {
		return nil, err
	}
	q := entryQuery{Sight: SightOf(r, web.ObjectEntry), Kind: r.Ask("kind"), Words: askedWords(r.Ask("q")), From: askedMoment(r.Ask("from"), false),
		Until: askedMoment(r.Ask("until"), true), Before: at.entryPlace, Limit: timelinePageRows}
	v := timelineView{Asked: r.Ask("q"), Kind: q.Kind, From: r.Ask("from"), Until: r.Ask("until"), First: r.Ask("after") == "",
		May: may(r, web.Write, web.ObjectEntry, own(r))}
	v.Kinds = chosen(slices.Concat([]choice{{"", "Everything", false}}, entryKinds, []choice{{kindRecord, "Acts on record", false}}), q.Kind)
	v.Record = readsRecord(r) && (q.Kind == "" || q.Kind == kindRecord)
	if r.Machine() {
		q.Limit = timelineFileRows
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error { return v.fill(tx, q, at) })
	if err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	if err := m.nameActors(r, v.Lines); err != nil {
		return nil, err
	}
	if v.Next != "" {
		v.Next = with("/timeline", r.URL.Query(), "after", v.Next)
	}
	return timelinePage.With("Timeline", v), nil
}

// fill merges entries with acts on record.
func (v *timelineView) fill(tx *db.Tx, q entryQuery, at timelinePlace) error {
	q.Limit++ // one more tells whether there is a next page
	entries, err := listEntries(tx, q)
	if err != nil {
		return err
	}
	var acts []record.Line
	if v.Record {
		if acts, err = actsBelow(tx, q, at.Line); err != nil {
			return err
		}
	}
	for len(v.Lines) < q.Limit-1 && len(entries)+len(acts) > 0 {
		if len(acts) == 0 || len(entries) > 0 && entries[0].Happened > acts[0].Time {
			at.entryPlace = entryPlace{entries[0].Happened, entries[0].ID}
			v.Lines, entries = append(v.Lines, timelineLine{Entry: entries[0]}), entries[1:]
			continue
		}
		at.Line = acts[0].Sequence + 1
		v.Lines, acts = append(v.Lines, actLine(acts[0])), acts[1:]
	}
	if len(entries)+len(acts) > 0 {
		v.Next = at.String()
	}
	return nil
}

// nameActors says by name who did what is on record.
func (m *Room) nameActors(r *web.Request, lines []timelineLine) error {
	staff, err := m.colleagues(r)
	if err != nil {
		return fmt.Errorf("read colleagues: %w", err)
	}
	for i := range lines {
		if l := &lines[i]; !l.Entered() {
			l.Source = cmp.Or(nameOf(staff, l.Source), l.Source)
		}
	}
	return nil
}

// kindRecord is the kind of lines that are acts on record.
const kindRecord = "record"

func actLine(l record.Line) timelineLine {
	text := l.Leaf.Line
	if text == "" {
		text = l.Verb + " " + l.Object
	}
	return timelineLine{Act: fmt.Sprint(l.Sequence), Entry: Entry{Happened: l.Time, Known: l.Time, Kind: kindRecord, Source: l.Actor, Title: text, Note: l.Object, State: stands}}
}

// readsRecord reports whether somebody may read lines of the record: they are
// of all councils, and may be personal.
func readsRecord(r *web.Request) bool {
	return r.Visitor.Councils == nil && r.May(web.Act{Verb: web.See, Object: web.ObjectRecord, Degree: web.Personal})
}

// matches is the question of a list put to an act.
func (q entryQuery) matches(l record.Line) bool {
	if l.Time < q.From || q.Until > 0 && l.Time >= q.Until {
		return false
	}
	text := foldAll(l.Leaf.Line, l.Verb)
	return !slices.ContainsFunc(q.Words, func(w string) bool { return !strings.Contains(text, w) })
}

// tells reports whether an act belongs into the story: reading, signing in and
// the daily work on people and documents do not, and an entry of the timeline
// stands there itself. Acts about people are left out for another reason too:
// some are sealed.
func tells(l record.Line) bool {
	thing, _, _ := strings.Cut(l.Object, ":")
	return !l.Destroyed && !slices.Contains(quietObjects, thing) && !slices.Contains(quietVerbs, l.Verb) && !personIn.MatchString(l.Object+" "+l.Leaf.Line)
}

// Columns and EachRow make the timeline a table.
func (v timelineView) Columns() []string {
	return []string{"happened", "known", "kind", "source", "title", "note", "state", "council", "tlp", "entry", "version", "act"}
}

func (v timelineView) EachRow(emit func(...any) error) error {
	for _, l := range v.Lines {
		err := emit(stamp(l.Happened), stamp(l.Known), l.Kind, l.Source, l.Title, l.Note, l.State, l.Council, l.TLP, l.ID, l.Version, l.Act)
		if err != nil {
			return err
		}
	}
	return nil
}

// stamp is UTC seconds as programs read them.
func stamp(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }

// timelineCalendar is the entries as a calendar: nothing red, and titles alone
// of what is closer than green, since they stand on locked telephones.
func (m *Room) timelineCalendar(r *web.Request) (web.Answer, error) {
	var entries []Entry
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		entries, err = listEntries(tx, entryQuery{Sight: SightOf(r, web.ObjectEntry).Leaving(), Limit: timelineFileRows})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	c := paper.Calendar{Name: "Timeline", Stamp: r.Now}
	for _, e := range entries {
		if e.Withdrawn() {
			continue
		}
		c.Events = append(c.Events, paper.Event{UID: fmt.Sprintf("entry-%d@%s", e.ID, m.Case), Title: e.Title, Start: time.Unix(e.Happened, 0), Sequence: int(e.Version)})
	}
	return web.File{Name: "timeline.ics", Type: "text/calendar; charset=utf-8", Pour: func(w http.ResponseWriter) error {
		_, err := c.WriteTo(io.Writer(w))
		return err
	}}, nil
}
