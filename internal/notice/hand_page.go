package notice

import (
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var (
	handPage    = web.NewPage[handView](pages, "hand.html")
	handRunPage = web.NewPage[handRunView](pages, "hand_run.html")
)

// handView is the runs that people carry out: by hand, by telephone and through
// workers.
type handView struct {
	Runs []handLine `json:"runs"`
}

// handLine is one of them with how far it is.
type handLine struct {
	runLine
	Way       string `json:"way"`
	Ready     int64  `json:"ready"`
	Out       int64  `json:"out"` // with somebody now
	Told      int64  `json:"told"`
	Unreached int64  `json:"unreached"`
	Refused   int64  `json:"refused"`
	Page      string `json:"-"`
}

func (v handView) Columns() []string {
	return []string{"run", "title", "way", "council", "state", "ready", "out", "told", "unreached", "refused"}
}

func (v handView) EachRow(emit func(...any) error) error {
	for _, l := range v.Runs {
		if err := emit(l.ID, l.Title, l.Way, l.Council, l.State, l.Ready, l.Out, l.Told, l.Unreached, l.Refused); err != nil {
			return err
		}
	}
	return nil
}

func handPath(run int64) string { return "/notices/hand/" + strconv.FormatInt(run, 10) }

func (m *Room) hand(r *web.Request) (web.Answer, error) {
	var v handView
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := runsByPeople(tx, Hand, Call, Worker)
		for i := 0; i < len(all) && err == nil; i++ {
			if !sees(r.Visitor, all[i].Council) {
				continue
			}
			l := handLine{runLine: all[i].line(), Way: string(all[i].Way), Page: handPath(all[i].ID)}
			err = l.count(tx)
			v.Runs = append(v.Runs, l)
		}
		return err
	})
	return handPage.With("By hand, by telephone, through workers", v), err
}

// count fills in how many notices stand where.
func (l *handLine) count(tx *db.Tx) error {
	all, err := states(tx, l.ID)
	into := map[string]*int64{msgReady: &l.Ready, msgLeaving: &l.Out, msgLeft: &l.Told, msgUnreached: &l.Unreached, msgRefused: &l.Refused}
	for _, c := range all {
		if n := into[c.Word]; n != nil {
			*n = c.N
		}
	}
	return err
}

// handRunView is one such run: who waits, and the rounds that are out.
type handRunView struct {
	handLine
	Thing   string           `json:"-"`
	Back    string           `json:"-"`
	Granted bool             `json:"-"`
	Reveals bool             `json:"-"`
	Runs    bool             `json:"-"` // the run is running: papers can be made and calls taken
	Calls   bool             `json:"-"`
	Briefs  bool             `json:"-"`
	Writes  bool             `json:"-"`
	Waiting []waitingView    `json:"waiting"`
	More    bool             `json:"more"`
	Workers []workerLine     `json:"workers"`
	Rounds  []round          `json:"rounds"`
	Carrier string           `json:"-"`
	Most    int              `json:"-"`
	Errors  []web.FieldError `json:"-"`
}

// waitingView is somebody who waits, as the page shows them.
type waitingView struct {
	waitingLine
	Path string `json:"-"`
	Mine bool   `json:"-"`
	Due  bool   `json:"due"`
}

const (
	onHandList  = 100 // people on the page of a run
	inRound     = 25  // letters that one person carries at once
	handThing   = "notice:"
	longestHold = 3600 // seconds after which somebody else may give a call back
)

func (m *Room) handRunView(r *web.Request) (v handRunView, x run, err error) {
	if x, err = m.runOf(r); err != nil {
		return v, x, err
	}
	if !x.Way.byPeople() || x.Started == 0 {
		return v, x, fmt.Errorf("find run: %w", reeve.NotFound)
	}
	v = handRunView{handLine: handLine{runLine: x.line(), Way: string(x.Way), Page: handPath(x.ID)}, Thing: handThing + strconv.FormatInt(x.ID, 10), Back: handPath(x.ID),
		Runs: x.State == Sending, Calls: x.Way == Call, Briefs: x.Way == Worker, Most: inRound,
		Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectNotice}) && tells(r) == nil}
	v.Granted = r.Granted(v.Thing)
	v.Reveals = !v.Granted && r.May(web.Act{Verb: web.SeePersonal, Object: web.ObjectNotice})
	err = m.db.Read(r.Context(), func(tx *db.Tx) error { return v.read(tx, r, &x) })
	return v, x, err
}

func (v *handRunView) read(tx *db.Tx, r *web.Request, x *run) error {
	all, err := waitingFor(tx, x.ID, onHandList+1)
	if err != nil {
		return err
	}
	if v.More = len(all) > onHandList; v.More {
		all = all[:onHandList]
	}
	for _, l := range all {
		v.Waiting = append(v.Waiting, waitingView{waitingLine: l, Path: tellPath(l.Run, l.N), Mine: l.Holder == byUser(r.Visitor.ID), Due: l.Next <= r.Now.Unix()})
	}
	if err := v.count(tx); err != nil {
		return err
	}
	if v.Briefs {
		if v.Workers, err = workersOf(tx, x.ID); err != nil {
			return err
		}
	}
	if !v.Calls {
		v.Rounds, err = roundsOf(tx, x.ID)
	}
	return err
}

func (v handRunView) page() *web.View {
	return handRunPage.With(v.title(), v).Show(v.Granted)
}

func (v handRunView) title() string {
	id := strconv.FormatInt(v.ID, 10)
	switch {
	case v.Calls:
		return "Call list of run " + id
	case v.Briefs:
		return "Briefs of run " + id
	}
	return "Letters to hand over in run " + id
}

func (m *Room) handRun(r *web.Request) (web.Answer, error) {
	v, _, err := m.handRunView(r)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// makeRound gives letters to somebody who takes them from door to door, or makes
// the brief of one worker about their own people.
func (m *Room) makeRound(r *web.Request) (web.Answer, error) {
	if err := tells(r); err != nil {
		return nil, err
	}
	v, x, err := m.handRunView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	o := round{Run: x.ID, Way: x.Way, By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	if o.Carrier, err = m.carrierIn(r, &x, f); err != nil {
		return nil, err
	}
	if !f.OK() {
		v.Errors, v.Carrier = f.Errors, f.Said("carrier")
		return v.page().Faulty(f), nil
	}
	if !v.Runs || o.Carrier.Empty() {
		return nil, errNotOnList
	}
	refused, err := m.sendOut(r, &x, &o)
	if err != nil {
		return nil, err
	}
	return web.Redirect(roundPath(o.ID), fmt.Sprintf("Round %d has %d people.%s", o.ID, o.People-int64(refused), refusedWords(refused))), nil
}

// carrierIn reads who is to carry a round: of a brief the named worker of one of
// its people, never a name that somebody types.
func (m *Room) carrierIn(r *web.Request, x *run, f *web.Form) (carrier reeve.Sensitive, err error) {
	if x.Way != Worker {
		return reeve.Private(reeve.KindName, f.Need("carrier", 120, "Enter who takes the letters")), nil
	}
	first := f.Number("worker", "Choose the worker", 1, 1<<53)
	if !f.OK() {
		return carrier, nil
	}
	return carrier, m.db.Read(r.Context(), func(tx *db.Tx) error {
		one, err := openMessage(tx, x.ID, first)
		carrier = one.Recipient.Worker
		return err
	})
}

// sendOut takes messages for a round and writes down which it carries. Whoever
// the guard refuses is taken out of it before it can be printed.
func (m *Room) sendOut(r *web.Request, x *run, o *round) (refused int, err error) {
	var numbers []int64
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) { numbers, err = forCarrier(tx, x, o.Carrier, inRound); return err })
	if err == nil && len(numbers) == 0 {
		err = errNotOnList
	}
	if err != nil {
		return 0, err
	}
	by := record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()}
	bad, err := m.begin(r.Context(), by, x, numbers, o.sender, func(tx *db.Tx) (record.Leaf, error) {
		if err := addRound(tx, o); err != nil {
			return record.Leaf{}, err
		}
		err := fillRound(tx, o, numbers)
		return record.Leaf{Verb: "make", Object: roundObject(o.ID), Rows: o.People, Digest: o.Digest, Line: fmt.Sprintf("Round %d of run %d takes %d notices by %s", o.ID, x.ID, o.People, x.Way)}, err
	})
	return len(bad), err
}

func refusedWords(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" %d others may not be told now; why stands on the page of delivery.", n)
}
