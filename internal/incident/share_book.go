package incident

import (
	"strconv"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// bookItem is one object of the book as it is listed for another council.
type bookItem struct {
	ID     int64
	Mark   Mark
	At     int64
	Title  string
	Path   string
	Object any // for programs
	Under  any // what hangs on it
}

// volume is all objects of a kind in the book: the one list by which a council's
// view, its file and the form for sharing go. A new kind of object that others
// may see is a line in volumes.
type volume struct {
	kind   string
	title  string
	object web.Object
	fields []string                                                // that can have a label of their own
	items  func(tx *db.Tx, s Sight, limit int) ([]bookItem, error) // limit 0: all
	count  func(tx *db.Tx, s Sight) (int64, error)
}

// volumes are the kinds of the book in the order of its chapters.
func volumes() []volume {
	return []volume{
		volumeOf(caseShelf, "Incident", web.ObjectIncident, func(i Incident) (string, string, int64) { return i.Title, "/incident", i.Noticed }),
		volumeOf(roleShelf, "Roles", web.ObjectIncident, func(h RoleHeld) (string, string, int64) {
			return h.Title + ": " + h.Person, "/incident/people", h.Begins
		}),
		volumeOf(planShelf, "Plans", web.ObjectIncident, func(p Plan) (string, string, int64) { return p.Title, "/incident", p.Begins }),
		volumeOf(handoverShelf, "Handovers", web.ObjectIncident, func(h Handover) (string, string, int64) {
			return "Handover of " + shown(h.At), path("/incident/handovers", h.ID), h.At
		}),
		entryVolume(),
		volumeOf(factShelf, "Facts", web.ObjectFact, func(f Fact) (string, string, int64) { return f.Said(), path("/facts", f.ID), f.AsOf }),
		volumeOf(decisionShelf, "Decisions", web.ObjectDecision, func(d Decision) (string, string, int64) { return d.Title, path("/decisions", d.ID), d.Decided }),
		volumeOf(taskShelf, "Tasks", web.ObjectTask, func(t Task) (string, string, int64) { return t.Title, path("/tasks", t.ID), t.Due }),
		volumeOf(awares, "When councils were aware", web.ObjectClock, func(a Aware) (string, string, int64) {
			return "Aware: " + a.Who, path("/aware", a.ID), a.At
		}),
		hung(volumeOf(clocks, "Clocks", web.ObjectClock, func(c Clock) (string, string, int64) { return c.Title, path("/clocks", c.ID), c.Due }), reports),
		hung(hung(volumeOf(agencies, "Agencies", web.ObjectAgency, func(a Agency) (string, string, int64) {
			return a.Title, path("/agencies", a.ID), a.ChangedAt
		}), tolds), polices),
		hung(volumeOf(evidences, "Evidence", web.ObjectEvidence, func(e Evidence) (string, string, int64) {
			return e.Label() + ": " + e.Title, path("/evidence", e.ID), e.Acquired
		}), moves),
		volumeOf(costs, "Costs", web.ObjectCost, func(c Cost) (string, string, int64) {
			return c.Title + ", " + moneyWords(c.Amount), path("/costs", c.ID), c.Day
		}),
		volumeOf(forecasts, "Forecasts", web.ObjectCost, func(f Forecast) (string, string, int64) { return moneyWords(f.Amount), "/costs#forecast", f.At }),
		volumeOf(arrangements, "Joint arrangements", web.ObjectCouncil, func(a Arrangement) (string, string, int64) {
			return a.Title, path("/councils/arrangements", a.ID), a.ChangedAt
		}),
		volumeOf(clearances, "Declared safe", web.ObjectCouncil, func(c Clearance) (string, string, int64) {
			return choiceText(clearanceSorts, c.Sort) + ": " + c.Thing, path("/councils/clearances", c.ID), c.SignedAt
		}),
		volumeOf(warnings, "Warnings", web.ObjectCouncil, func(w Warning) (string, string, int64) { return w.Title, path("/councils/warnings", w.ID), w.Sent }),
	}
}

// volumeOf is the volume of a shelf; tell gives title, path and time of an
// object.
func volumeOf[T any, P object[T]](s shelf[T, P], title string, o web.Object, tell func(T) (title, path string, at int64)) volume {
	var none T
	return volume{kind: s.kind, title: title, object: o, fields: fieldsOf(none), count: func(tx *db.Tx, sight Sight) (int64, error) { return s.count(tx, sight, query{}) }, items: func(tx *db.Tx, sight Sight, limit int) ([]bookItem, error) {
		all, err := s.upTo(tx, sight, limit)
		return each(all, func(x T) bookItem {
			k := P(&x).kept()
			b := bookItem{ID: k.ID, Mark: k.Mark, Object: x}
			b.Title, b.Path, b.At = tell(x)
			return b
		}), err
	}}
}

// hung adds to a volume what hangs on its objects.
func hung[T any, P object[T]](v volume, s shelf[T, P]) volume {
	items := v.items
	v.items = func(tx *db.Tx, sight Sight, limit int) ([]bookItem, error) {
		all, err := items(tx, sight, limit)
		if err != nil {
			return nil, err
		}
		for i := range all {
			under, err := s.under(tx, all[i].ID)
			if err != nil {
				return nil, err
			}
			if len(under) == 0 {
				continue
			}
			by, _ := all[i].Under.(map[string]any)
			if by == nil {
				by = make(map[string]any)
			}
			by[s.kind], all[i].Under = under, by
		}
		return all, nil
	}
	return v
}

// entryVolume is the timeline's own entries.
func entryVolume() volume {
	v := volume{kind: KindEntry, title: "Timeline", object: web.ObjectEntry}
	v.count = func(tx *db.Tx, s Sight) (int64, error) { return countEntries(tx, entryQuery{Sight: s}) }
	v.items = func(tx *db.Tx, s Sight, limit int) ([]bookItem, error) {
		var all []bookItem
		q := entryQuery{Sight: s, Limit: mostListed}
		if limit > 0 {
			q.Limit = limit
		}
		for {
			some, err := listEntries(tx, q)
			if err != nil || len(some) == 0 || limit > 0 && len(all) >= limit {
				return all, err
			}
			for _, e := range some {
				all = append(all, bookItem{ID: e.ID, Mark: e.Mark, At: e.Happened, Title: e.Title, Path: path("/timeline", e.ID), Object: e})
			}
			last := some[len(some)-1]
			q.Before = entryPlace{last.Happened, last.ID}
		}
	}
	return v
}

// volumeAt finds a volume by its kind.
func volumeAt(kind string) (v volume, ok bool) {
	for _, v := range volumes() {
		if v.kind == kind {
			return v, true
		}
	}
	return v, false
}

// thingOf is how the record names an object.
func thingOf(kind string, id int64) string { return kind + ":" + strconv.FormatInt(id, 10) }
