package account

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) recordSection() web.Section {
	return web.Section{Title: "Record", Path: "/record", Order: 86, Object: web.ObjectRecord, Routes: []web.Route{
		{Pattern: "GET /record", Verb: web.See, Object: web.ObjectRecord, Do: m.record},
	}}
}

// actRow is one act as the page shows it.
type actRow struct {
	Number int64  `json:"number"`
	Time   int64  `json:"time"`
	Who    string `json:"who"`
	Verb   string `json:"verb"`
	Thing  string `json:"thing"`
	Rows   int64  `json:"rows"`
	Line   string `json:"line"`
	Gone   bool   `json:"destroyed"`
}

// recordView is the record as a list.
type recordView struct {
	Rows       []actRow     `json:"acts"`
	Next       int64        `json:"next"` // ask for acts before this number; 0: the beginning was reached
	Size       int64        `json:"size"`
	Checkpoint []string     `json:"checkpoint"` // the newest signed head, as it is printed
	Signed     int64        `json:"signed"`
	Who        []userChoice `json:"-"`
	Search     search       `json:"-"`
	From       string       `json:"-"`
	Until      string       `json:"-"`
	NextPage   string       `json:"-"`
}

type userChoice struct {
	ID, Name string
	Chosen   bool
}

func (v recordView) Columns() []string {
	return []string{"number", "time", "who", "verb", "thing", "rows", "line", "destroyed"}
}

func (v recordView) EachRow(emit func(...any) error) error {
	for _, r := range v.Rows {
		if err := emit(r.Number, time.Unix(r.Time, 0).UTC().Format(time.RFC3339), r.Who, r.Verb, r.Thing, r.Rows, r.Line, r.Gone); err != nil {
			return err
		}
	}
	return nil
}

var recordPage = web.NewPage[recordView](pages, "record.html")

const (
	actsOnPage  = 50
	actsAtATime = 1000 // for programs
)

// record shows who did what when, as far as the visitor may know.
func (m *Room) record(r *web.Request) (web.Answer, error) {
	q, err := searchOf(r)
	if err != nil {
		return nil, err
	}
	lines := r.May(web.Act{Verb: web.See, Object: web.ObjectRecord, Degree: web.Personal})
	v := recordView{Search: q, From: r.Ask("from"), Until: r.Ask("until")}
	err = m.read(r.Context(), func(tx *db.Tx) error {
		f, err := searchRecord(tx, q, r.Visitor, lines)
		if err != nil {
			return err
		}
		names, err := Names(tx)
		if err != nil {
			return err
		}
		v.Next = f.next
		for _, a := range f.acts {
			v.Rows = append(v.Rows, actRow{a.Sequence, a.Time, nameOf(names, a.Actor), a.Verb, thingWords(names, a.Object), a.Rows, a.Leaf.Line, a.Destroyed})
		}
		all, err := Users(tx)
		if err != nil {
			return err
		}
		v.Who = choices(all, q.Who)
		return v.addCheckpoint(tx)
	})
	if v.Next > 0 {
		v.NextPage = "/record?" + further(r.URL.Query(), v.Next)
	}
	return recordPage.With("Record", v), err
}

// searchOf reads what is looked for.
func searchOf(r *web.Request) (q search, err error) {
	q = search{Who: r.Ask("who"), Verb: strings.TrimSpace(r.Ask("verb")), Thing: strings.TrimSpace(r.Ask("thing")), Words: strings.TrimSpace(r.Ask("words")), Limit: actsOnPage}
	if r.Machine() {
		q.Limit = actsAtATime
	}
	if q.From, err = dayOf(r.Ask("from"), 0); err != nil {
		return q, err
	}
	if q.Until, err = dayOf(r.Ask("until"), 1); err != nil {
		return q, err
	}
	if before := r.Ask("before"); before != "" {
		if q.Before, err = strconv.ParseInt(before, 10, 64); err != nil || q.Before < 1 {
			return q, reeve.NotFound
		}
	}
	return q, nil
}

// london is where the days of the search begin; package web brings the zones.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	return l
}()

// dayOf reads a day as a browser sends it, "2026-03-05", some days later.
func dayOf(text string, later int) (int64, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, text, london)
	if err != nil {
		return 0, reeve.WithHint(reeve.Invalid, "enter days as 2026-03-05")
	}
	return t.AddDate(0, 0, later).Unix(), nil
}

func (v *recordView) addCheckpoint(tx *db.Tx) error {
	head, err := record.Root(tx)
	if err != nil {
		return err
	}
	v.Size = head.Size
	c, err := record.Newest(tx)
	if errors.Is(err, reeve.NotFound) {
		return nil
	}
	v.Checkpoint, v.Signed = strings.Split(strings.TrimSpace(c.Footer()), "\n"), c.Time
	return err
}

func choices(all []*User, chosen string) (list []userChoice) {
	for _, u := range all {
		list = append(list, userChoice{u.ID, u.Name, u.ID == chosen})
	}
	return append(list, userChoice{program, "Reeve itself", chosen == program})
}

// nameOf says who an actor is; programs and people at the command line have no
// user.
func nameOf(names map[string]string, actor string) string {
	if name := names[actor]; name != "" {
		return name
	}
	if actor == program {
		return "Reeve itself"
	}
	return actor
}

// thingWords says an object as people read it: users by their name.
func thingWords(names map[string]string, object string) string {
	if id, ok := strings.CutPrefix(object, "user:"); ok && names[id] != "" {
		return names[id]
	}
	return object
}

// further is the query of the next page.
func further(q url.Values, before int64) string {
	q.Set("before", strconv.FormatInt(before, 10))
	return q.Encode()
}
