package incident

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) entrySection() web.Section {
	const o = web.ObjectEntry
	return web.Section{Object: o, Path: "/timeline", Routes: []web.Route{
		{Pattern: "GET /timeline", Verb: web.See, Object: o, Do: m.timeline},
		{Pattern: "GET /timeline.ics", Verb: web.See, Object: o, Do: m.timelineCalendar},
		{Pattern: "GET /timeline/add", Verb: web.Write, Object: o, Do: m.entryForm},
		{Pattern: "POST /timeline", Verb: web.Write, Object: o, Do: m.saveEntry},
		{Pattern: "GET /timeline-import", Verb: web.Write, Object: o, Do: m.importForm},
		{Pattern: "POST /timeline-import", Verb: web.Write, Object: o, Large: importBytes, Do: m.readImport},
		{Pattern: "GET /timeline-import/{id}", Verb: web.Write, Object: o, Do: m.importPage},
		{Pattern: "POST /timeline-import/{id}", Verb: web.Write, Object: o, Do: m.takeImport},
		{Pattern: "GET /timeline/{id}", Verb: web.See, Object: o, Do: m.entryPage},
		{Pattern: "GET /timeline/{id}/edit", Verb: web.Write, Object: o, Do: m.entryForm},
		{Pattern: "POST /timeline/{id}", Verb: web.Write, Object: o, Do: m.saveEntry},
		{Pattern: "POST /timeline/{id}/withdraw", Verb: web.Write, Object: o, Do: m.withdrawEntry},
	}}
}

var (
	entryPage     = web.NewPage[entryView](pages, "entry.html")
	entryFormPage = web.NewPage[entryFormView](pages, "entry_form.html")
)

// entryView is one entry with its versions.
type entryView struct {
	Entry
	Versions []Entry          `json:"versions"` // the newest first
	May      bool             `json:"-"`        // the visitor may write
	Errors   []web.FieldError `json:"-"`
}

// entryOf reads the entry that an address names.
func (m *Room) entryOf(r *web.Request) (v entryView, err error) {
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		v.Versions, err = entryVersions(tx, id, SightOf(r, web.ObjectEntry))
		return err
	})
	if err != nil {
		return v, fmt.Errorf("read entry: %w", err)
	}
	v.Entry = v.Versions[0]
	v.May = may(r, web.Write, web.ObjectEntry, v.Mark)
	return v, nil
}

func (m *Room) entryPage(r *web.Request) (web.Answer, error) {
	v, err := m.entryOf(r)
	if err != nil {
		return nil, err
	}
	return entryPage.With("Timeline: "+v.Title, v), nil
}

// entryFormView is the form of an entry, new or to be changed.
type entryFormView struct {
	Entry
	Mark                           markForm
	Kinds                          []choice
	Day, Time, KnownDay, KnownTime string
	Errors                         []web.FieldError
}

// Action is where the form goes.
func (v entryFormView) Action() string {
	if v.ID == 0 {
		return "/timeline"
	}
	return fmt.Sprintf("/timeline/%d", v.ID)
}

// entryToEdit gives the entry that the address names, or a new one.
func (m *Room) entryToEdit(r *web.Request) (v entryFormView, err error) {
	now := r.Now.Unix()
	v.Entry = Entry{Happened: now, Known: now, Kind: entryKinds[0].Value, State: stands}
	if r.Part("id") != "" {
		old, err := m.entryOf(r)
		if err != nil {
			return v, err
		}
		v.Entry = old.Entry
	}
	if err := must(r, web.Write, web.ObjectEntry, v.Entry.Mark); v.ID != 0 && err != nil {
		return v, err
	}
	v.Mark, err = m.markForm(r, v.Entry.Mark)
	v.Day, v.Time, v.KnownDay, v.KnownTime = dayOf(v.Happened), timeOf(v.Happened), dayOf(v.Known), timeOf(v.Known)
	return v, err
}

func (v entryFormView) page() *web.View {
	v.Kinds = chosen(entryKinds, v.Kind)
	if v.ID == 0 {
		return entryFormPage.With("Add to the timeline", v)
	}
	return entryFormPage.With("Change an entry", v)
}

func (m *Room) entryForm(r *web.Request) (web.Answer, error) {
	v, err := m.entryToEdit(r)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// saveEntry keeps a new entry, or the next version of one.
func (m *Room) saveEntry(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.entryToEdit(r)
	if err != nil {
		return nil, err
	}
	v.Title = f.Need("title", titleLength, "Say in a sentence what happened")
	v.Note, v.Source = f.Text("note", noteLength), f.Text("source", sourceLength)
	v.Kind = f.Choice("kind", "Choose what it is about", values(entryKinds)...)
	v.Day, v.Time, v.KnownDay, v.KnownTime = f.Said("happened_day"), f.Said("happened_time"), f.Said("known_day"), f.Said("known_time")
	v.Happened, v.Known = pastIn(f, "happened_day", "happened_time", r.Now), pastIn(f, "known_day", "known_time", r.Now)
	if f.OK() && v.Known < v.Happened {
		f.Fault("known_day", "We cannot have known before it happened")
	}
	v.Entry.Mark = v.Mark.mark(f)
	v.Mark = v.Mark.as(v.Entry.Mark)
	seen := seenIn(f, v.ID)
	if v.ID != 0 {
		v.Why = f.Need("why", sourceLength, "Say why it is changed")
	}
	if !f.OK() {
		v.Errors = f.Errors
		return v.page().Faulty(f), nil
	}
	if err := must(r, web.Write, web.ObjectEntry, v.Entry.Mark); err != nil {
		return nil, err
	}
	if err := m.keepEntry(r, &v.Entry, seen, "write"); err != nil {
		return nil, err
	}
	return web.Redirect("/timeline", "It stands in the timeline."), nil
}

// keepEntry keeps a version of an entry, with its leaf.
func (m *Room) keepEntry(r *web.Request, e *Entry, seen int64, verb string) error {
	e.by(r)
	return m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := addEntry(tx, e, seen)
		return record.Leaf{Verb: verb, Object: leafObject(KindEntry, e.ID), Line: fmt.Sprintf("timeline: entry %d, version %d", e.ID, e.Version)}, err
	})
}

// withdrawEntry marks an entry as wrong. It stays, struck through.
func (m *Room) withdrawEntry(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.entryOf(r)
	if err != nil {
		return nil, err
	}
	if err := must(r, web.Write, web.ObjectEntry, v.Mark); err != nil {
		return nil, err
	}
	seen := seenIn(f, v.ID)
	v.Why = f.Need("why", sourceLength, "Say what is wrong with it")
	if !f.OK() {
		v.Errors = f.Errors
		return entryPage.With("Timeline: "+v.Title, v).Faulty(f), nil
	}
	v.State = withdrawn
	if err := m.keepEntry(r, &v.Entry, seen, "withdraw"); err != nil {
		return nil, err
	}
	return web.Redirect("/timeline", "The entry is marked as wrong. It can still be read."), nil
}

// askedMoment reads a day of the query as the first second of that day, or of
// the day after; 0 for none.
func askedMoment(day string, after bool) int64 {
	t, err := time.ParseInLocation(time.DateOnly, day, london)
	if err != nil {
		return 0
	}
	if after {
		t = t.AddDate(0, 0, 1)
	}
	return t.Unix()
}

// place reads what next wrote.
func placeOf(s string) (p timelinePlace, err error) {
	if s == "" {
		return p, nil
	}
	_, err = fmt.Sscanf(s, "%d.%d.%d", &p.Happened, &p.ID, &p.Line)
	if err != nil || p.ID < 0 || p.Line < 0 {
		return p, fmt.Errorf("read address: %w", reeve.NotFound)
	}
	return p, nil
}

func (p timelinePlace) String() string {
	return strconv.FormatInt(p.Happened, 10) + "." + strconv.FormatInt(p.ID, 10) + "." + strconv.FormatInt(p.Line, 10)
}

// with is an address of the list with the same question and other values; pairs
// of names and values, "" takes one out.
func with(path string, q url.Values, pairs ...string) string {
	next := url.Values{}
	for k, v := range q {
		if len(v) > 0 && v[0] != "" {
			next.Set(k, v[0])
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		next.Del(pairs[i])
		if pairs[i+1] != "" {
			next.Set(pairs[i], pairs[i+1])
		}
	}
	if len(next) == 0 {
		return path
	}
	return path + "?" + next.Encode()
}
