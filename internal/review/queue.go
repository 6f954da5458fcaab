package review

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) queueSection() web.Section {
	return web.Section{
		Title: "Queue", Path: "/queue", Order: 40, Object: web.ObjectQueue,
		Links: []web.Link{
			{Title: "Next", Path: "/queue"},
			{Title: "Batches", Path: "/queue/batches"},
			{Title: "Second opinions", Path: "/queue/second"},
			{Title: "Conflicts", Path: "/queue/conflicts"},
			{Title: "Many at once", Path: "/queue/acts"},
			{Title: "Safe contact", Path: "/contact", Object: web.ObjectContact},
			{Title: "Samples", Path: "/samples", Object: web.ObjectSample},
		},
		Routes: []web.Route{
			{Pattern: "GET /queue", Verb: web.See, Object: web.ObjectQueue, Do: m.queue},
			{Pattern: "POST /queue", Verb: web.Judge, Object: web.ObjectQueue, Do: m.answerCard},
			{Pattern: "GET /queue/batches", Verb: web.Judge, Object: web.ObjectQueue, Do: m.batches},
			{Pattern: "POST /queue/batches", Verb: web.Judge, Object: web.ObjectQueue, Do: m.checkOut},
			{Pattern: "GET /queue/batches/{id}", Verb: web.Judge, Object: web.ObjectQueue, Do: m.batchPage},
			{Pattern: "POST /queue/batches/{id}/return", Verb: web.Judge, Object: web.ObjectQueue, Do: m.returnBatch},
			{Pattern: "GET /queue/bulk", Verb: web.Judge, Object: web.ObjectQueue, Do: m.bulkForm},
			{Pattern: "POST /queue/bulk", Verb: web.Judge, Object: web.ObjectQueue, Do: m.bulk},
		},
	}
}

// Sorts of the queue.
const (
	sortVulnerable = "vulnerable"
	sortUncertain  = "uncertain"
	sortSpecial    = "special"
	sortController = "controller"
	sortUnread     = "unread"
)

// queueSorts in the order in which the page shows them. Safe contact has its own
// desk, as each needs a basis and evidence.
var queueSorts = []choice{
	{sortVulnerable, "Vulnerable first"},
	{sortUncertain, "Uncertain links"},
	{sortSpecial, "Special categories"},
	{sortController, "Controller unknown"},
	{sortUnread, "Unread"},
}

// How long, in seconds, a card is kept for who looks at it, and how long a
// skipped one stays away from who skipped it.
const (
	cardLasts = 10 * 60
	skipLasts = 12 * 60 * 60
)

var queuePage = web.NewPage[queueView](pages, "queue.html")

// queueView is the next thing to judge.
type queueView struct {
	Sort    string           `json:"sort"`
	Sorts   []sortTab        `json:"-"`
	Card    *card            `json:"card"` // nil: nothing is left
	Batch   *batch           `json:"batch"`
	Hour    int64            `json:"hour"` // the visitor's own verdicts in the last hour
	Day     int64            `json:"day"`
	Last    *lastVerdict     `json:"-"`
	Granted bool             `json:"-"` // the card's values are in clear
	Reveals bool             `json:"-"`
	Thing   string           `json:"-"` // what a reveal opens
	Back    string           `json:"-"`
	Errors  []web.FieldError `json:"-"`
	Why     string           `json:"-"`
}

type sortTab struct {
	Title, Path string
	Here        bool
}

// lastVerdict is what the visitor said just before, to be undone by one key.
type lastVerdict struct {
	ID    int64
	Words string
}

// queuePath is the address of the queue that a page belongs to.
func queuePath(sort string, batch int64) string {
	if batch > 0 {
		return "/queue?" + url.Values{"batch": {strconv.FormatInt(batch, 10)}}.Encode()
	}
	return "/queue?" + url.Values{"sort": {sort}}.Encode()
}

func (m *Room) queue(r *web.Request) (web.Answer, error) {
	if !r.May(web.Act{Verb: web.Judge, Object: web.ObjectQueue}) {
		return web.Redirect("/queue/second", ""), nil // cards are for those who judge
	}
	v, err := m.queueView(r)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

func (v *queueView) page() *web.View {
	return queuePage.With("Queue", *v).Show(v.Granted || v.Batch != nil && v.Card != nil && v.Card.Opened)
}

// queueView finds the next card for a visitor and keeps it for them.
func (m *Room) queueView(r *web.Request) (*queueView, error) {
	v := &queueView{Sort: r.Ask("sort")}
	if !slices.Contains(values(queueSorts), v.Sort) {
		v.Sort = sortVulnerable
	}
	if id, err := strconv.ParseInt(r.Ask("batch"), 10, 64); err == nil {
		b, err := m.myBatch(r, id)
		if err != nil {
			return nil, err
		}
		v.Batch, v.Sort = b, b.Sort
	}
	for _, s := range queueSorts {
		v.Sorts = append(v.Sorts, sortTab{s.Words, queuePath(s.Value, 0), s.Value == v.Sort})
	}
	t, err := m.nextThing(r, v)
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return nil, err
	}
	if err == nil {
		err = m.fillCard(r, v, t)
	}
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return nil, err
	}
	return v, m.pace(r, v)
}

// nextThing chooses what comes next, on the server: the card the visitor has
// already, else the first that is free.
func (m *Room) nextThing(r *web.Request, v *queueView) (t queueThing, err error) {
	now := r.Now.Unix()
	if v.Batch != nil {
		err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
			t, err = nextOfBatch(tx, v.Batch.ID, r.Visitor.ID, now)
			return err
		})
		return t, err
	}
	k, err := m.pickFor(r, v.Sort, "")
	if err != nil {
		return t, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		t, err = claimed(tx, k)
		return err
	})
	if !errors.Is(err, reeve.NotFound) {
		return t, err
	}
	err = m.db.Write(r.Context(), func(tx *db.Tx) error {
		if err := tx.Serialise("review: queue"); err != nil {
			return err
		}
		if err := dropCards(tx, k.User, now); err != nil {
			return err
		}
		all, err := findOpen(tx, k, 1)
		if err != nil || len(all) == 0 {
			t = queueThing{}
			return err
		}
		t = all[0]
		return claim(tx, all, k.User, 0, now+cardLasts)
	})
	if err == nil && t.Thing == "" {
		err = reeve.NotFound
	}
	return t, err
}

// pickFor is whom things are handed to.
func (m *Room) pickFor(r *web.Request, sort, council string) (*pick, error) {
	stamp, err := m.kase.Stamp(r.Context())
	if err != nil {
		return nil, err
	}
	scope := scopeOf(r.Visitor)
	scope.Opened = nil
	return &pick{Sort: sort, User: r.Visitor.ID, Scope: scope, Council: council, Lists: stamp.Lists, Now: r.Now.Unix()}, nil
}

// pace counts the visitor's own verdicts, for nobody else's eyes.
func (m *Room) pace(r *web.Request, v *queueView) error {
	now := r.Now.Unix()
	return m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.Hour, err = verdictsGiven(tx, r.Visitor.ID, now-3600); err != nil {
			return err
		}
		if v.Day, err = verdictsGiven(tx, r.Visitor.ID, now-24*3600); err != nil {
			return err
		}
		last, err := lastOf(tx, r.Visitor.ID, now-3600)
		if err == nil && last != nil {
			v.Last = &lastVerdict{last.ID, verdictWords(last.About, last.Value)}
		}
		return err
	})
}

// answerCard keeps what was said of a card, and goes on to the next.
func (m *Room) answerCard(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	batchID, _ := strconv.ParseInt(f.Said("batch"), 10, 64)
	next := queuePath(f.Said("sort"), batchID)
	t, err := m.targetOf(r, f.Said("about"), f.Said("thing"))
	if isNotFound(err) {
		return web.Redirect(next, "The lists have changed: what you looked at is not there any more. Nothing was kept."), nil
	}
	if err != nil {
		return nil, err
	}
	value := f.Said("value")
	if value == "skip" {
		err := m.db.Write(r.Context(), func(tx *db.Tx) error { return skip(tx, r.Visitor.ID, t.About, t.Thing, r.Now.Unix()) })
		if err != nil {
			return nil, err
		}
		return web.Redirect(next, ""), nil
	}
	if batchID > 0 {
		if _, err := m.myBatch(r, batchID); err != nil {
			return nil, err
		}
	}
	seen, err := strconv.ParseInt(f.Said("version"), 10, 64)
	if err != nil || !m.sayable(&t, value) {
		return nil, fmt.Errorf("judge: %w", reeve.Invalid)
	}
	given := verdict{Value: value, Why: f.Text("why", 1000), Batch: batchID}
	if !f.OK() {
		return nil, reeve.WithHint(fmt.Errorf("judge: %w", reeve.Invalid), "Shorten the reason to 1,000 characters or fewer.")
	}
	saying := ""
	if f.Ticked("all") && t.About == aboutLink {
		saying, err = m.giveSame(r, &t, given)
	} else if err = m.give(r, &t, &given, seen); given.Needs != "" {
		saying = keptWords(&given)
	}
	if errors.Is(err, reeve.Conflict) {
		return web.Redirect(next, "Somebody else judged "+t.Thing+" while you looked. Your verdict was not kept: look at it under "+verdictPath(t.About, t.Thing)+" if you see it otherwise."), nil
	}
	if err != nil {
		return nil, err
	}
	return web.Redirect(next, saying), nil
}

// sayable reports whether a value can be said of a target by one key.
func (m *Room) sayable(t *target, value string) bool {
	switch t.About {
	case aboutContact:
		return false // never here: it needs a basis and evidence
	case aboutController:
		return councilForm.MatchString(value)
	case aboutLink:
		if other, ok := strings.CutPrefix(value, saysTheirs); ok {
			return personForm.MatchString(other)
		}
	}
	return slices.Contains(values(verdictValues[t.About]), value)
}
