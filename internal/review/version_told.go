package review

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) toldSection() web.Section {
	return web.Section{
		Object: web.ObjectVersion,
		Routes: []web.Route{
			{Pattern: "GET /told", Verb: web.See, Object: web.ObjectVersion, Do: m.told},
			{Pattern: "POST /told/{id}", Verb: web.Write, Object: web.ObjectVersion, Do: m.answerTold},
		},
		Cards: []web.Card{{Object: web.ObjectVersion, Order: 15, Make: m.toldCard}},
	}
}

var toldPage = web.NewPage[toldView](pages, "version_told.html")

// toldView is whoever was told and has left the list, or stands worse, since.
type toldView struct {
	Alarms  []toldAlarm      `json:"alarms"`
	More    bool             `json:"more"`
	Answers []toldAnswer     `json:"answers"`
	Writes  bool             `json:"-"`
	Why     string           `json:"-"`
	Errors  []web.FieldError `json:"-"`
}

// toldAlarm is one of them: how they stood when they were told, and stand now.
type toldAlarm struct {
	Person  string    `json:"person"`
	Now     string    `json:"now"` // the id that they answer to now; "" where on no list
	Marked  int64     `json:"marked"`
	Was     diffState `json:"was"`
	Is      diffState `json:"is"`
	Gone    bool      `json:"gone"`
	WasGone bool      `json:"was_gone"`
}

// toldAnswer is what somebody did about an alarm.
type toldAnswer struct {
	Person string `json:"person"`
	Alarm  string `json:"alarm"`
	Why    string `json:"why"`
	ByName string `json:"by_name"`
	At     int64  `json:"at"`
}

// Words say what the alarm is.
func (a toldAlarm) Words() string {
	var parts []string
	add := func(on bool, text string) {
		if on {
			parts = append(parts, text)
		}
	}
	add(a.Gone, "was told and stands on no list any more")
	add(!a.Gone && a.WasGone, "was on no list when told, and is on the list now")
	if !a.Gone && !a.WasGone {
		add(a.Is.Lane != a.Was.Lane, "lane now "+laneWords(reeve.Lane(a.Is.Lane))+", was "+laneWords(reeve.Lane(a.Was.Lane)))
		add(a.Is.Band != a.Was.Band, "severity now "+bandWords(reeve.Band(a.Is.Band))+", was "+bandWords(reeve.Band(a.Was.Band)))
		add(a.Is.Verdict != a.Was.Verdict, "judged now: "+verdictPhrase(a.Is.Verdict))
	}
	add(a.Now != "" && a.Now != a.Person, "is listed as "+a.Now+" now")
	return sentence(strings.Join(parts, "; "))
}

// of names the table that a condition is about.
func of(condition, table string) string { return strings.ReplaceAll(condition, "%", table) }

// toldShown bounds the page.
const toldShown = 100

func (m *Room) toldView(r *web.Request) (v toldView, err error) {
	scope := scopeOf(r.Visitor)
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Alarms, err = toldAlarms(tx, scope, toldShown+1); err != nil {
			return err
		}
		v.Answers, err = toldAnswers(tx, scope, toldShown)
		return err
	})
	if err != nil {
		return v, fmt.Errorf("list people told: %w", err)
	}
	if v.More = len(v.Alarms) > toldShown; v.More {
		v.Alarms = v.Alarms[:toldShown]
	}
	v.Writes = r.May(web.Act{Verb: web.Write, Object: web.ObjectVersion})
	return v, nil
}

func (m *Room) told(r *web.Request) (web.Answer, error) {
	v, err := m.toldView(r)
	if err != nil {
		return nil, err
	}
	return toldPage.With("People told whose case has changed", v), nil
}

// answerTold keeps what was done about an alarm; how the person stands now is
// what a later one is reckoned from.
func (m *Room) answerTold(r *web.Request) (web.Answer, error) {
	v, err := m.toldView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(v.Alarms, func(a toldAlarm) bool { return a.Person == r.Part("id") })
	if i < 0 {
		return nil, errNoPerson
	}
	why := f.Need("why-"+v.Alarms[i].Person, noteLength, "Say what was done about it")
	if !f.OK() {
		v.Errors = f.Errors
		return toldPage.With("People told whose case has changed", v).Faulty(f), nil
	}
	thing := personThing(v.Alarms[i].Person)
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := addToldAnswer(tx, v.Alarms[i].Person, v.Alarms[i], why, r.Visitor.ID, r.Visitor.Name, r.Now.Unix()); err != nil {
			return record.Leaf{}, err
		}
		err := remarkTold(tx, v.Alarms[i].Person, r.Now.Unix())
		return record.Leaf{Verb: "answer-alarm", Object: thing, Line: "answered an alarm about " + thing + ", who was told"}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/told", "Answered. The alarm comes back if the person stands worse than now."), nil
}

// toldCard says on the start page that there is an alarm.
func (m *Room) toldCard(ctx context.Context, visitor *web.Visitor) (text web.CardText, err error) {
	scope := scopeOf(visitor)
	alarms, err := m.counts.number("alarms", scope, func() (n int64, err error) {
		err = m.db.Read(ctx, func(tx *db.Tx) error {
			all, err := toldAlarms(tx, scope, toldShown+1)
			n = int64(len(all))
			return err
		})
		return n, err
	})
	if err != nil || alarms == 0 {
		return text, err
	}
	n := count(alarms, "person", "people")
	if alarms > toldShown {
		n = "more than " + digits(toldShown) + " people"
	}
	return web.CardText{Title: "Told, and changed since", Big: digits(min(alarms, toldShown)), Path: "/told", Alarm: true,
		Text: sentence(n) + " told before: off the list now, or worse on it. Somebody has to decide what to say to them now."}, nil
}

// toldJobs keep how people stand soon after they were told.
func (m *Room) toldJobs() []job.Handler {
	return []job.Handler{{Kind: "review.told", Every: 5 * time.Minute, Attempts: 3, Run: func(ctx context.Context, _ *job.Work) error { return m.markTold(ctx) }}}
}

func (m *Room) markTold(ctx context.Context) error {
	return m.db.Write(ctx, func(tx *db.Tx) error {
		at := m.Now().Unix()
		n, err := markTold(tx, at)
		if err != nil || n == 0 {
			return err
		}
		_, err = record.Append(tx, record.Leaf{Time: at, Actor: "reeve", Verb: "mark-told", Object: "people", Rows: n, Line: fmt.Sprintf("kept how %d people stood when they were told", n)})
		return err
	})
}

// Columns and EachRow make the alarms a table.
func (v toldView) Columns() []string { return []string{"person", "now", "marked", "alarm"} }

func (v toldView) EachRow(emit func(...any) error) error {
	for _, a := range v.Alarms {
		if err := emit(a.Person, a.Now, a.Marked, a.Words()); err != nil {
			return err
		}
	}
	return nil
}
