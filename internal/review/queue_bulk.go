package review

import (
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var bulkPage = web.NewPage[bulkView](pages, "queue_bulk.html")

// bulkMost is how many items one act may be about, bulkShown how many of them,
// at random, are looked at before.
const (
	bulkMost  = 5000
	bulkShown = 30
)

// bulkView is an act on many documents before it is done: what it is about, its
// count and a random sample. It only ever says what a document is or that it is
// irrelevant, of items in which nobody is linked: nothing about a person, no safe
// contact and nobody's being unaffected is said of many at once.
type bulkView struct {
	Exhibits []string         `json:"-"`
	Values   []choice         `json:"-"`
	Typed    bulkTyped        `json:"-"`
	Looked   bool             `json:"-"` // the sample stands below
	Count    int64            `json:"count"`
	Most     int64            `json:"-"`
	Digest   string           `json:"digest"`
	Sample   []bulkItem       `json:"sample"`
	Errors   []web.FieldError `json:"-"`
}

type bulkTyped struct{ Exhibit, Folder, Type, Value, Why string }

type bulkItem struct {
	ID   int64  `json:"item"`
	Path string `json:"-"`
}

// bulkValues are what can be said of many documents.
func bulkValues() []choice {
	var all []choice
	for _, c := range verdictValues[aboutDocument] {
		if c.Value != saysUnsure && c.Value != saysMatters {
			all = append(all, c)
		}
	}
	return all
}

func (m *Room) bulkView(r *web.Request, t bulkTyped) (v bulkView, ids []int64, err error) {
	v = bulkView{Typed: t, Values: bulkValues(), Most: bulkMost}
	if r.Visitor.Councils != nil {
		return v, nil, errNoThing // documents are of no council alone
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Exhibits, err = exhibitNames(tx); err != nil || t.Exhibit == "" {
			return err
		}
		ids, err = bulkItems(tx, bulkFilter{t.Exhibit, t.Folder, t.Type}, bulkMost+1)
		return err
	})
	things := each(ids, func(id int64) string { return strconv.FormatInt(id, 10) })
	v.Looked, v.Count, v.Digest = t.Exhibit != "", int64(len(ids)), digestOf(things)
	for _, i := range draw(v.Digest, things, bulkShown) {
		v.Sample = append(v.Sample, bulkItem{ids[i], documentPath(ids[i])})
	}
	return v, ids, err
}

func (m *Room) bulkForm(r *web.Request) (web.Answer, error) {
	v, _, err := m.bulkView(r, bulkTyped{Exhibit: r.Ask("exhibit"), Folder: r.Ask("folder"), Type: r.Ask("type"), Value: r.Ask("value"), Why: r.Ask("why")})
	if err != nil {
		return nil, err
	}
	return bulkPage.With("Judge many documents", v), nil
}

// bulk does the act on exactly the items that were counted: if they are others
// by now, the count and the sample are shown again.
func (m *Room) bulk(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	t := bulkTyped{Exhibit: f.Said("exhibit"), Folder: f.Said("folder"), Type: f.Said("type"), Value: f.Choice("value", "Choose what the documents are", values(bulkValues())...),
		Why: f.Need("why", 1000, "Give the reason: a later reader must be able to follow it")}
	v, ids, err := m.bulkView(r, t)
	if err != nil {
		return nil, err
	}
	switch {
	case len(ids) == 0:
		f.Fault("folder", "No item fits")
	case len(ids) > bulkMost:
		f.Fault("folder", "Choose a smaller folder: these are too many for one act")
	case f.Said("digest") != v.Digest:
		f.Fault("folder", "The items have changed since they were counted: look at the new count and sample")
	case !f.Ticked("looked"):
		f.Fault("looked", "Look at the sample and say that you did")
	}
	if !f.OK() {
		v.Errors = f.Errors
		return bulkPage.With("Judge many documents", v).Faulty(f), nil
	}
	act := &verdictAct{What: "documents without people: " + verdictWords(aboutDocument, t.Value), Things: v.Count, Digest: v.Digest, By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		leaf := record.Leaf{Verb: "judge-many", Rows: act.Things, Digest: act.Digest, Line: fmt.Sprintf("%d documents: %s", act.Things, t.Value)}
		err := addMany(tx, act, bulkFilter{t.Exhibit, t.Folder, t.Type}, verdict{About: aboutDocument, Value: t.Value, Why: t.Why})
		leaf.Object = "act:" + strconv.FormatInt(act.ID, 10)
		return leaf, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/queue/acts", count(act.Things, "document was", "documents were")+" judged. It can be undone as one."), nil
}

// addMany keeps an act and its verdicts; reeve.Conflict if the items are not
// those that were counted any more.
func addMany(tx *db.Tx, act *verdictAct, f bulkFilter, v verdict) error {
	if err := tx.Serialise("review: verdicts"); err != nil {
		return err
	}
	ids, err := bulkItems(tx, f, bulkMost)
	if err != nil {
		return err
	}
	if digestOf(each(ids, func(id int64) string { return strconv.FormatInt(id, 10) })) != act.Digest {
		return fmt.Errorf("judge many: %w", reeve.Conflict)
	}
	if err := addAct(tx, act); err != nil {
		return err
	}
	for _, id := range ids {
		one := v
		one.Thing, one.Act, one.By, one.ByName, one.At = strconv.FormatInt(id, 10), act.ID, act.By, act.ByName, act.At
		if err := addVerdict(tx, &one); err != nil {
			return err
		}
	}
	return nil
}
