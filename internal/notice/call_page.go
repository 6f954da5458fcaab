package notice

import (
	"fmt"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var tellPage = web.NewPage[tellView](pages, "tell.html")

// tellView is one notice that people carry: the script of a call, what was tried,
// and the form for what came of it.
type tellView struct {
	N         int64             `json:"n"`
	Run       runLine           `json:"run"`
	Person    string            `json:"person"`
	Reference string            `json:"reference"`
	Name      reeve.Sensitive   `json:"name"`
	About     reeve.Sensitive   `json:"about"`
	Phone     reeve.Sensitive   `json:"phone"`
	Lines     []reeve.Sensitive `json:"lines"`
	Words     string            `json:"state"`
	Stop      string            `json:"stop"`
	Call      bool              `json:"-"`
	CanTake   bool              `json:"-"`
	CanEnd    bool              `json:"-"`
	CanUntell bool              `json:"-"`
	GiveBack  bool              `json:"-"` // nothing else can be done with it by this visitor
	Holder    bool              `json:"-"` // somebody else has it
	Since     int64             `json:"since"`
	Verified  bool              `json:"verified"`
	Script    *script           `json:"-"`
	Told      []textBlock       `json:"-"`
	Tries     []attempt         `json:"tries"`
	Outcomes  []choice          `json:"-"`
	Checks    []string          `json:"-"`
	Thing     string            `json:"-"`
	Path      string            `json:"-"`
	List      string            `json:"-"`
	Granted   bool              `json:"-"`
	Reveals   bool              `json:"-"`
	Typed     map[string]string `json:"-"`
	Errors    []web.FieldError  `json:"-"`
}

// textBlock is a piece of a notice to be read aloud.
type textBlock struct {
	Heading, Text string
	Items         []string
}

func tellPath(run, n int64) string { return fmt.Sprintf("%s/people/%d", runPath(run), n) }

// telling is a notice that people carry, with who has it.
type telling struct {
	run     run
	message frozenMessage
	holder  string
	since   int64
}

// tellingOf reads the notice of a request. One about a sealed person is not
// there.
func (m *Room) tellingOf(r *web.Request) (x telling, err error) {
	if x.run, err = m.runOf(r); err != nil {
		return x, err
	}
	n, err := r.Number("n")
	if err != nil {
		return x, err
	}
	if !x.run.Way.byPeople() || x.run.Started == 0 || n < 1 {
		return x, fmt.Errorf("find notice: %w", reeve.NotFound)
	}
	return x, m.db.Read(r.Context(), func(tx *db.Tx) error {
		if x.message, err = openMessage(tx, x.run.ID, n); err != nil {
			return err
		}
		x.holder, x.since, err = holder(tx, x.run.ID, n)
		return err
	})
}

// mine tells whether a visitor may say what came of it: of a call who made it, of
// a round whoever is told by the carrier.
func (x *telling) mine(r *web.Request) bool {
	return x.message.State == msgLeaving && (x.run.Way != Call || x.holder == byUser(r.Visitor.ID))
}

// forgotten tells whether a call was taken so long ago that somebody else may
// give it back.
func (x *telling) forgotten(now time.Time) bool {
	return x.message.State == msgLeaving && now.Unix()-x.since > longestHold
}

func (m *Room) tellView(r *web.Request, x *telling) (v tellView, err error) {
	c := &x.message.Recipient
	v = tellView{N: x.message.N, Run: x.run.line(), Person: c.Person, Reference: c.Reference, Name: c.Name, About: c.About, Phone: c.Phone, Lines: c.Lines, Words: messageWords(&x.message),
		Call: x.run.Way == Call, Since: x.since, Outcomes: outcomesOf(x.run.Way), Checks: howChecked, Thing: handThing + strconv.FormatInt(x.run.ID, 10), Path: tellPath(x.run.ID, x.message.N),
		List: handPath(x.run.ID), Typed: map[string]string{"day": r.Now.UTC().Format(time.DateOnly)}}
	v.Granted = r.Granted(v.Thing)
	v.Reveals = !v.Granted && r.May(web.Act{Verb: web.SeePersonal, Object: web.ObjectNotice})
	writes := r.May(web.Act{Verb: web.Write, Object: web.ObjectNotice}) && tells(r) == nil
	v.CanTake = writes && v.Call && x.message.State == msgReady && x.run.State == Sending
	v.CanEnd = writes && x.mine(r)
	v.CanUntell = writes && x.message.State == msgLeft
	v.Holder = x.message.State == msgLeaving && !v.CanEnd
	v.GiveBack = writes && v.Holder && x.forgotten(r.Now)
	err = m.db.Read(r.Context(), func(tx *db.Tx) error { return v.read(tx, m, r, x) })
	if err != nil || !v.Call || !v.CanEnd || v.Stop != "" {
		return v, err
	}
	return v, v.write(x)
}

func (v *tellView) read(tx *db.Tx, m *Room, r *web.Request, x *telling) (err error) {
	if v.Tries, err = attemptsOf(tx, x.run.ID, x.message.N); err != nil {
		return err
	}
	if x.message.State == msgLeaving || x.message.State == msgReady {
		reason, err := m.standsAgainst(tx, &x.run, &x.message)
		if err != nil {
			return err
		}
		v.Stop = said(string(reason))
	}
	v.Verified, err = verifiedSince(tx, &x.message, r.Visitor.ID, x.since)
	return err
}

// write fills in the script: what was found only once it was checked who is on
// the line.
func (v *tellView) write(x *telling) error {
	t, err := x.run.templateFor(&x.message.Recipient)
	if err != nil {
		return err
	}
	v.Script, err = scriptOf(t, &x.message.Recipient, &x.run.Wording, x.run.Coverage, x.run.On, v.Verified && v.Granted)
	if err != nil {
		return err
	}
	v.Told = spoken(v.Script.Told)
	return nil
}

// spoken is a notice as it is read aloud.
func spoken(blocks []paper.Block) (all []textBlock) {
	for _, b := range blocks {
		switch b := b.(type) {
		case paper.Heading:
			all = append(all, textBlock{Heading: b.Text})
		case paper.Paragraph:
			all = append(all, textBlock{Text: b.Text})
		case paper.List:
			all = append(all, textBlock{Items: b.Items})
		}
	}
	return all
}

func (v tellView) page() *web.View {
	return tellPage.With("Notice "+v.Reference, v).Show(v.Granted)
}

func (m *Room) tellOne(r *web.Request) (web.Answer, error) {
	x, err := m.tellingOf(r)
	if err != nil {
		return nil, err
	}
	v, err := m.tellView(r, &x)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// tells refuses who may write runs, but not see whom they are about: they take
// part in telling nobody, and say of nobody that they were told.
func tells(r *web.Request) error {
	return r.Must(web.Act{Verb: web.SeePersonal, Object: web.ObjectNotice, Degree: web.Personal})
}

// takeCall gives a call to the visitor, unless the guard forbids it now.
func (m *Room) takeCall(r *web.Request) (web.Answer, error) {
	if err := tells(r); err != nil {
		return nil, err
	}
	x, err := m.tellingOf(r)
	if err != nil {
		return nil, err
	}
	if x.run.Way != Call || x.message.State != msgReady {
		return nil, errNotOnList
	}
	by, n := record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()}, x.message.N
	refused, err := m.begin(r.Context(), by, &x.run, []int64{n}, func() string { return byUser(r.Visitor.ID) }, func(*db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "take", Object: noticeObject(&x.message), Line: "Took the notice to tell it on the telephone"}, nil
	})
	if err != nil {
		return nil, err
	}
	if refused[n] != "" {
		return web.Redirect(handPath(x.run.ID), "Do not call them: "+said(string(refused[n]))+"."), nil
	}
	return web.Redirect(tellPath(x.run.ID, n), "The call is yours. Nobody else calls them meanwhile."), nil
}

func noticeObject(x *frozenMessage) string { return "notice:" + x.Recipient.Reference }

// howChecked are the ways in which a caller can have checked who is on the line.
var howChecked = []string{"name, address and date of birth", "called back through the switchboard", "their worker was on the line"}

// verify notes that the caller has checked who is on the line; only then does the
// page show what was found.
func (m *Room) verify(r *web.Request) (web.Answer, error) {
	return m.keepTry(r, readVerified)
}

func readVerified(f *web.Form, a *attempt, _ time.Time) {
	a.Outcome = tryVerified
	a.Note = f.Choice("how", "Choose how you checked who it is", howChecked...)
}

// endTry keeps what came of a try.
func (m *Room) endTry(r *web.Request) (web.Answer, error) {
	return m.keepTry(r, readOutcome)
}

// readOutcome reads what came of a try. What was not tried at all is tried no
// later for that.
func readOutcome(f *web.Form, a *attempt, now time.Time) {
	a.Outcome = f.Choice("outcome", "Choose what came of it", codes()...)
	a.Note = f.Text("note", 500)
	if a.Outcome == tryNotSafe && a.Note == "" {
		f.Fault("note", "Say what made it unsafe: whoever assesses them needs it")
	}
	a.At = dayTried(f, now)
	if next := f.Text("next", 10); next != "" && a.Outcome != tryBack {
		day, err := time.Parse(time.DateOnly, next)
		if err != nil || day.Before(now.AddDate(0, 0, -1)) || day.After(now.AddDate(1, 0, 0)) {
			f.Fault("next", "Enter a day within a year, or leave it empty")
		}
		a.Next = day.Unix()
	}
}

// attemptBy is a try by the visitor, now.
func attemptBy(r *web.Request) attempt {
	return attempt{By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix(), Kept: r.Now.Unix()}
}

// typedIn is what a form about a try says, to show it again.
func typedIn(f *web.Form) map[string]string {
	typed := make(map[string]string)
	for _, name := range []string{"letter", "outcome", "note", "day", "next", "how", "born"} {
		typed[name] = f.Said(name)
	}
	return typed
}

// dayTried is the day of a try, at noon unless it is today: papers come back with
// days on them.
func dayTried(f *web.Form, now time.Time) int64 {
	typed := f.Text("day", 10)
	if typed == "" || typed == now.UTC().Format(time.DateOnly) {
		return now.Unix()
	}
	day, err := time.Parse(time.DateOnly, typed)
	if err != nil || day.After(now) || day.Before(now.AddDate(-1, 0, 0)) {
		f.Fault("day", "Enter the day on which it was, such as 2026-01-12")
		return 0
	}
	return day.Add(12 * time.Hour).Unix()
}

// codes are the outcomes that a form may choose.
func codes() (all []string) {
	for _, o := range tryOutcomes {
		if o.Does != isVerified {
			all = append(all, o.Code)
		}
	}
	return all
}

// keepTry reads a form about a try and keeps it.
func (m *Room) keepTry(r *web.Request, read func(f *web.Form, a *attempt, now time.Time)) (web.Answer, error) {
	if err := tells(r); err != nil {
		return nil, err
	}
	x, err := m.tellingOf(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	a := attemptBy(r)
	if read(f, &a, r.Now); !f.OK() {
		v, err := m.tellView(r, &x)
		if err != nil {
			return nil, err
		}
		v.Errors, v.Typed = f.Errors, typedIn(f)
		return v.page().Faulty(f), nil
	}
	if !x.mine(r) && !(a.Outcome == tryBack && x.forgotten(r.Now)) {
		return nil, errNotOnList
	}
	var state string
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		msg, err := openMessage(tx, x.run.ID, x.message.N)
		if err != nil {
			return record.Leaf{}, err
		}
		state, err = m.keepOutcome(tx, &x.run, &msg, x.holder, &a)
		return outcomeLeaf(&msg, &a, state), err
	})
	if err != nil {
		return nil, err
	}
	if state == msgLeaving {
		return web.Redirect(tellPath(x.run.ID, x.message.N)+"#tell", "Now you may tell them."), nil
	}
	return web.Redirect(handPath(x.run.ID), keptOutcome(state, &a)), nil
}

// takeBack takes back that somebody was told: it was entered in error. The notice
// stays on record; it told nobody, and a later run may tell them.
func (m *Room) takeBack(r *web.Request) (web.Answer, error) {
	if err := tells(r); err != nil {
		return nil, err
	}
	x, err := m.tellingOf(r)
	if err != nil {
		return nil, err
	}
	v, err := m.tellView(r, &x)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	a := attemptBy(r)
	a.Run, a.N, a.Person, a.Way, a.Outcome = x.run.ID, x.message.N, x.message.Recipient.Person, x.run.Way, tryWrong
	a.Note = f.Need("wrong", 500, "Say what was wrong")
	if !f.OK() {
		v.Errors = f.Errors
		return v.page().Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := untell(tx, &x.message)
		if err == nil {
			err = addAttempt(tx, &a)
		}
		return record.Leaf{Verb: "withdraw", Object: noticeObject(&x.message), Line: "That they were told was entered in error: nobody told them by this notice"}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(v.Path, "Taken back. They stand among those whom nobody has told."), nil
}

// keptOutcome says what follows from an outcome.
func keptOutcome(state string, a *attempt) string {
	switch {
	case a.Outcome == tryNotSafe:
		return "On hold from this moment. Nothing leaves to them until somebody has assessed them again."
	case state == msgLeft && a.Against != "":
		return "Kept as told. They should not have been: " + said(string(a.Against)) + ". It stands on the page of delivery."
	case state == msgLeft:
		return "Kept as told. They are off the list."
	case state == msgReady:
		return "Kept. They are on the list again."
	}
	return "Kept. They are off this list, and wait on the page of delivery for another way."
}
