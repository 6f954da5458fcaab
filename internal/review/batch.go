package review

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var (
	batchesPage = web.NewPage[batchesView](pages, "batches.html")
	batchPage   = web.NewPage[batchView](pages, "batch.html")
)

// Bounds of a batch: how many things, and how long, in hours, it may be out.
const (
	batchMost    = 200
	batchHours   = 72
	batchesShown = 25
)

// batchesView is the visitor's own batches, and the form for another.
type batchesView struct {
	Batches  []batchLine      `json:"batches"`
	Sorts    []choice         `json:"-"`
	Councils []string         `json:"-"`
	Typed    batchTyped       `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

type batchTyped struct{ Sort, Things, Hours, Council string }

// batchLine is a batch in words.
type batchLine struct {
	batch
	Words string `json:"words"`
	Out   bool   `json:"out"`
	Path  string `json:"-"`
	Next  string `json:"-"`
}

func lineOfBatch(b batch, now int64) batchLine {
	return batchLine{batch: b, Words: wordsIn(queueSorts, b.Sort), Out: b.out(now), Path: batchPath(b.ID), Next: queuePath("", b.ID)}
}

func batchPath(id int64) string { return "/queue/batches/" + strconv.FormatInt(id, 10) }

// out reports whether a batch is still lent.
func (b *batch) out(now int64) bool { return b.Ended == 0 && now < b.Until }

func (m *Room) batches(r *web.Request) (web.Answer, error) {
	v, err := m.batchesView(r)
	if err != nil {
		return nil, err
	}
	return batchesPage.With("Batches", v), nil
}

func (m *Room) batchesView(r *web.Request) (v batchesView, err error) {
	v = batchesView{Sorts: queueSorts, Typed: batchTyped{Sort: sortVulnerable, Things: "50", Hours: "8"}, Councils: r.Visitor.Councils}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readBatches(tx, r.Visitor.ID, batchesShown)
		v.Batches = each(all, func(b batch) batchLine { return lineOfBatch(b, r.Now.Unix()) })
		if err == nil && v.Councils == nil {
			v.Councils, err = councilsOf(tx)
		}
		return err
	})
	return v, err
}

// checkOut lends the next things of a sort to the visitor.
func (m *Room) checkOut(r *web.Request) (web.Answer, error) {
	v, err := m.batchesView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v.Typed = batchTyped{f.Said("sort"), f.Said("things"), f.Said("hours"), f.Said("council")}
	b := batch{Sort: f.Choice("sort", "Choose what to judge", values(queueSorts)...), By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix(),
		Council: f.Choice("council", "Choose a council of the list", append([]string{""}, v.Councils...)...)}
	n := f.Number("things", "Enter how many, from 1 to 200", 1, batchMost)
	b.Until = b.At + 3600*f.Number("hours", "Enter for how many hours, from 1 to 72", 1, batchHours)
	if f.OK() {
		err = m.lend(r, &b, int(n))
		if errors.Is(err, reeve.NotFound) {
			f.Fault("sort", "Nothing of this is left that nobody has")
		} else if err != nil {
			return nil, err
		}
	}
	if !f.OK() {
		v.Errors = f.Errors
		return batchesPage.With("Batches", v).Faulty(f), nil
	}
	return web.Redirect(batchPath(b.ID), count(b.Things, "thing is", "things are")+" yours to judge until the time below. Nobody else is handed them."), nil
}

func (m *Room) lend(r *web.Request, b *batch, n int) error {
	k, err := m.pickFor(r, b.Sort, b.Council)
	if err != nil {
		return err
	}
	return m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := addBatch(tx, k, b, n)
		return record.Leaf{Verb: "check-out", Object: batchThing(b.ID), Rows: b.Things, Line: fmt.Sprintf("batch %d: %d of %s", b.ID, b.Things, b.Sort)}, err
	})
}

// myBatch gives a batch that is the visitor's and still out.
func (m *Room) myBatch(r *web.Request, id int64) (*batch, error) {
	var b batch
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		b, err = readBatch(tx, id)
		return err
	})
	if err == nil && b.By != r.Visitor.ID {
		err = fmt.Errorf("find batch: %w", reeve.NotFound)
	}
	if err == nil && !b.out(r.Now.Unix()) {
		err = reeve.WithHint(fmt.Errorf("judge a batch: %w", reeve.Conflict), "This batch was returned or its time is over: check out another.")
	}
	return &b, err
}

// batchView is one batch with its things.
type batchView struct {
	Batch   batchLine       `json:"batch"`
	Things  []batchItemLine `json:"things"`
	Thing   string          `json:"-"`
	Back    string          `json:"-"`
	Granted bool            `json:"-"`
	Reveals bool            `json:"-"`
}

// batchItemLine is a thing of a batch in words.
type batchItemLine struct {
	batchItem
	Title string     `json:"title"`
	Who   *batchName `json:"who"` // nil for a document
	Words string     `json:"words"`
	Path  string     `json:"-"`
}

func (m *Room) batchPage(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	b, err := m.myBatch(r, id)
	if err != nil {
		return nil, err
	}
	v := batchView{Batch: lineOfBatch(*b, r.Now.Unix()), Thing: batchThing(id), Back: batchPath(id), Granted: mayShow(r, batchThing(id), web.ObjectQueue)}
	v.Reveals = !v.Granted && r.May(web.Act{Verb: web.SeePersonal, Object: web.ObjectQueue})
	if err := m.fillBatch(r, &v); err != nil {
		return nil, fmt.Errorf("show batch: %w", err)
	}
	return batchPage.With("Batch "+strconv.FormatInt(id, 10), v).Show(v.Granted), nil
}

// fillBatch adds the things of a batch of which the visitor may still know:
// somebody may have been sealed since.
func (m *Room) fillBatch(r *web.Request, v *batchView) error {
	return m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readBatchItems(tx, v.Batch.ID)
		if err != nil {
			return err
		}
		var people []string
		for _, i := range all {
			if p := personIn(i.About, i.Thing); p != "" {
				people = append(people, p)
			}
		}
		scope := scopeOf(r.Visitor)
		scope.Opened = nil
		sights, err := sightsOf(tx, people, scope)
		if err != nil {
			return err
		}
		names, err := namesOf(tx, people)
		for _, i := range all {
			t := target{About: i.About, Thing: i.Thing, Person: personIn(i.About, i.Thing)}
			t.Item, _ = strconv.ParseInt(i.Thing, 10, 64)
			line := batchItemLine{batchItem: i, Title: t.Person, Words: stateWords(i.About, verdictState{State: i.State, Value: i.Value}), Path: verdictPath(i.About, i.Thing)}
			if t.Person == "" {
				line.Title = "Item " + i.Thing
			} else if sights[t.Person] != sightOpen {
				continue
			} else {
				who := names[t.Person]
				line.Who = &who
			}
			v.Things = append(v.Things, line)
		}
		return err
	})
}

func (v batchView) Columns() []string {
	return []string{"n", "about", "thing", "name", "date_of_birth", "address", "postcode", "state", "value"}
}

// EachRow gives the things of the batch.
func (v batchView) EachRow(emit func(...any) error) error {
	for _, i := range v.Things {
		who := batchName{}
		if i.Who != nil {
			who = *i.Who
		}
		if err := emit(i.N, i.About, i.Thing, who.Name, who.Born, who.Address, who.Postcode, i.State, i.Value); err != nil {
			return err
		}
	}
	return nil
}

func (m *Room) returnBatch(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	b, err := m.myBatch(r, id)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	seen := f.Number("version", "", 1, 1<<53)
	if !f.OK() {
		return nil, fmt.Errorf("return batch: %w", reeve.Invalid)
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := endBatch(tx, id, seen, r.Now.Unix())
		return record.Leaf{Verb: "return", Object: batchThing(id), Rows: b.Judged, Line: fmt.Sprintf("batch %d: %d of %d judged", id, b.Judged, b.Things)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/queue/batches", "Returned. What nobody judged is free for others."), nil
}
