package notice

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var runPageOf = web.NewPage[runView](pages, "run.html")

// runView is everything that has to be known before a run leaves, and how far it
// is.
type runView struct {
	runLine
	Template  string      `json:"template"`
	Channel   string      `json:"channel"`
	On        string      `json:"on"`
	Version   int64       `json:"version"`
	Digest    string      `json:"digest"`
	Cost      string      `json:"cost"`
	Quota     int64       `json:"quota"`
	Checked   int64       `json:"checked"`
	Out       []countLine `json:"left_out"`
	Faults    []countLine `json:"faults"`
	States    []countLine `json:"states"`
	Outcomes  []countLine `json:"outcomes"`
	Signed    []signature `json:"signed"`
	Tests     int64       `json:"tests"`
	PausedWhy string      `json:"paused_why"`
	Unread    int64       `json:"unread_percent"`
	Facts     []int64     `json:"facts"`
	Forms     []countLine `json:"forms"`
	ByPeople  int64       `json:"by_people"` // notices that people have to make
	Looked    looked      `json:"drawn"`
	OnPaper   bool        `json:"-"`
	Nobody    bool        `json:"nobody"` // it was checked, and nothing of it can leave
	Thing     string      `json:"-"`
	Can       can         `json:"-"`
}

// can is what the visitor may do with the run now.
type can struct{ Freeze, Sign, Test, Start, Pause, Resume, Stop bool }

func (m *Room) runPage(r *web.Request) (web.Answer, error) {
	x, err := m.runOf(r)
	if err != nil {
		return nil, err
	}
	v := runView{runLine: x.line(), Template: x.Template, Channel: x.Channel, On: longDate(x.On), Version: x.Version, Digest: x.Digest, Cost: pounds(x.Pence), Quota: x.Quota,
		Checked: x.Checked, Signed: x.Signed, PausedWhy: x.PausedWhy, Unread: x.Coverage.Share(), Facts: x.Facts, OnPaper: x.Way.onPaper(), Thing: "notice:" + strconv.FormatInt(x.ID, 10)}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		for into, read := range map[*[]countLine]func(*db.Tx, int64) ([]counted, error){&v.Out: exclusions, &v.Faults: faults, &v.States: states, &v.Outcomes: outcomes} {
			all, err := read(tx, x.ID)
			if err != nil {
				return err
			}
			*into = inWords(all)
		}
		ready, leaving, err := waiting(tx, x.ID, true)
		if err == nil {
			v.Tests, err = testsLeft(tx, x.ID)
		}
		if err == nil {
			v.Looked, err = readLooked(tx, x.ID)
		}
		if err == nil && x.Kind.named() {
			err = v.countForms(tx, &x)
		}
		v.Can = x.can(r, ready+leaving, v.Tests)
		v.Nobody = x.State == Checked && !v.leaves()
		v.Can.Sign = v.Can.Sign && v.Looked.Faulty == 0 && v.leaves()
		return err
	})
	if err != nil {
		return nil, err
	}
	v.Out = hideFew(v.Out)
	return runPageOf.With("Run "+strconv.FormatInt(x.ID, 10)+": "+x.Title, v), nil
}

// countForms counts the notices by the form in which they are read.
func (v *runView) countForms(tx *db.Tx, x *run) error {
	all, err := formCounts(tx, x.ID)
	at := make(map[form]int)
	for _, c := range all {
		f := x.formOf(&Recipient{Language: c.Language, Format: c.Format})
		if c.ByPeople {
			v.ByPeople += c.N
		}
		i, known := at[f]
		if !known {
			i, at[f] = len(v.Forms), len(v.Forms)
			v.Forms = append(v.Forms, countLine{Code: f.Language + "/" + string(f.Format), Words: f.inWords()})
		}
		v.Forms[i].N += c.N
	}
	return err
}

// leaves tells whether a notice of the run can leave, or people make one: a run
// of nobody is not signed.
func (v *runView) leaves() bool {
	return slices.ContainsFunc(v.States, func(c countLine) bool { return c.N > 0 && (c.Code == msgReady || c.Code == msgByPeople) })
}

// hideFew puts a small count of people who are on no list now together with
// those whom the notice does not mean: it could tell that one of them is sealed.
func hideFew(all []countLine) []countLine {
	var few int64
	var kept []countLine
	for _, c := range all {
		if c.Code == string(NotListed) && c.N < 10 {
			few = c.N
			continue
		}
		kept = append(kept, c)
	}
	for i := range kept {
		if few > 0 && kept[i].Code == string(OtherRole) {
			kept[i].N += few
			return kept
		}
	}
	return kept
}

// can tells what may be done: two people sign, a test leaves before the rest.
func (x *run) can(r *web.Request, testsWaiting, testsLeft int64) can {
	writes, approves := r.May(web.Act{Verb: web.Write, Object: web.ObjectNotice}), r.May(web.Act{Verb: web.Approve, Object: web.ObjectNotice})
	mine := false
	for _, s := range x.Signed {
		mine = mine || s.By == r.Visitor.ID
	}
	return can{Freeze: writes && x.State == Draft, Sign: approves && x.State == Checked && !mine, Test: writes && x.State == Signed && testsWaiting == 0 && !x.Way.byPeople(),
		Start: approves && x.State == Signed && testsWaiting == 0 && (testsLeft > 0 || x.Way.byPeople()), Pause: writes && x.State == Sending, Resume: approves && x.State == Paused,
		Stop: writes && x.State != Done && x.State != Stopped}
}

// change is an act on a run: do makes it and gives its leaf.
func (m *Room) change(r *web.Request, saying string, do func(tx *db.Tx, x *run, f *web.Form) (record.Leaf, error)) (web.Answer, error) {
	x, err := m.runOf(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	seen, err := strconv.ParseInt(f.Said("version"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("change run: %w", reeve.Invalid)
	}
	if seen != x.Version {
		return nil, reeve.WithHint(fmt.Errorf("change run: %w", reeve.Conflict), "look at the run again: it has moved on since")
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		leaf, err := do(tx, &x, f)
		leaf.Object = runObject(x.ID)
		return leaf, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(runPath(x.ID), saying), nil
}

func (m *Room) doFreeze(r *web.Request) (web.Answer, error) {
	return m.change(r, "The list is frozen. Every letter is being made and checked.", func(tx *db.Tx, x *run, _ *web.Form) (record.Leaf, error) {
		err := m.freeze(tx, x, r.Now.Unix())
		return record.Leaf{Verb: "freeze", Line: fmt.Sprintf("The list of the run was frozen: %d notices %s", x.People, x.source())}, err
	})
}

func (m *Room) doSign(r *web.Request) (web.Answer, error) {
	return m.change(r, "Signed.", func(tx *db.Tx, x *run, f *web.Form) (record.Leaf, error) {
		if f.Said("digest") != x.Digest || f.Said("read") == "" {
			return record.Leaf{}, reeve.WithHint(fmt.Errorf("sign run: %w", reeve.Invalid), "tick that you compared the ten letters with what stands behind them")
		}
		all, err := states(tx, x.ID)
		if v := (runView{States: inWords(all)}); err == nil && !v.leaves() {
			err = reeve.WithHint(fmt.Errorf("sign run: %w", reeve.Conflict), "nobody is told by this run: look at who is left out, and stop it")
		}
		if err != nil {
			return record.Leaf{}, err
		}
		err = sign(tx, x, signature{r.Visitor.ID, r.Visitor.Name, x.Digest, r.Now.Unix()})
		return record.Leaf{Verb: "sign", Line: "Signed the run with digest " + x.Digest}, err
	})
}

// doTest sends three of the letters to the council's own address.
func (m *Room) doTest(r *web.Request) (web.Answer, error) {
	return m.change(r, "The test letters are on their way to the council's own address.", func(tx *db.Tx, x *run, _ *web.Form) (record.Leaf, error) {
		if x.Way == Text && !takes(Text, cmp.Or(x.Wording.Mobile, x.Wording.Phone)) {
			return record.Leaf{}, reeve.WithHint(fmt.Errorf("send a test: %w", reeve.Conflict), "write down the council's mobile for test texts in the wording, and set up the run again")
		}
		if err := addTests(tx, x); err != nil {
			return record.Leaf{}, err
		}
		_, err := job.Enqueue(tx, sendJob, runArgs{x.ID}, runKey(x.ID))
		return record.Leaf{Verb: "test", Line: "Test notices were sent to the council's own address"}, err
	})
}

func (m *Room) doStart(r *web.Request) (web.Answer, error) {
	return m.change(r, "Notices are leaving.", func(tx *db.Tx, x *run, _ *web.Form) (record.Leaf, error) {
		n, err := testsLeft(tx, x.ID)
		if err == nil && x.State == Signed {
			err = x.asSigned(tx, r.Now)
		}
		if err == nil && x.State == Signed && n == 0 && !x.Way.byPeople() {
			err = reeve.WithHint(fmt.Errorf("start run: %w", reeve.Conflict), "send a test batch first, and look at it")
		}
		if err == nil {
			err = moveRun(tx, x, Sending, "", r.Now.Unix())
		}
		if err == nil {
			_, err = job.Enqueue(tx, sendJob, runArgs{x.ID}, runKey(x.ID))
		}
		return record.Leaf{Verb: "start", Line: "The run was started"}, err
	})
}

// earliest is how long before the day on its letters a run may be started: it is
// on that day that its readers are of age.
const earliest = 7 * 24 * time.Hour

// asSigned refuses to start a run whose messages are not those that people signed,
// or whose letters bear a day that is too far off.
func (x *run) asSigned(tx *db.Tx, now time.Time) error {
	if from := today(dayOf(x.On).Add(-earliest)); today(now).Before(from) {
		return reeve.WithHint(fmt.Errorf("start run %d: its letters are dated %s: %w", x.ID, longDate(x.On), reeve.Conflict), "start it on "+longDate(from)+" or later: readers must be of age on the day that it leaves")
	}
	digest, _, _, err := digestReady(tx, x.ID)
	if err == nil && slices.ContainsFunc(x.Signed, func(s signature) bool { return s.Digest != digest }) {
		err = reeve.WithHint(fmt.Errorf("start run %d: its messages are not those that were signed: %w", x.ID, reeve.Conflict), "stop this run, find out what changed it, and set up another")
	}
	return err
}

func (m *Room) doPause(r *web.Request) (web.Answer, error) {
	return m.change(r, "Paused. What was being handed over at this moment may still leave.", func(tx *db.Tx, x *run, f *web.Form) (record.Leaf, error) {
		return record.Leaf{Verb: "pause", Line: "The run was paused"}, moveRun(tx, x, Paused, f.Text("why", 300), r.Now.Unix())
	})
}

func (m *Room) doStop(r *web.Request) (web.Answer, error) {
	return m.change(r, "Stopped for good. What had not left never will.", func(tx *db.Tx, x *run, f *web.Form) (record.Leaf, error) {
		if strings.TrimSpace(f.Said("why")) == "" {
			return record.Leaf{}, reeve.WithHint(fmt.Errorf("stop run: %w", reeve.Invalid), "say why the run is stopped")
		}
		if err := moveRun(tx, x, Stopped, f.Text("why", 300), r.Now.Unix()); err != nil {
			return record.Leaf{}, err
		}
		n, err := stopMessages(tx, x.ID)
		if err == nil {
			_, err = job.Enqueue(tx, sendJob, runArgs{x.ID}, runKey(x.ID)) // looks up what was leaving
		}
		return record.Leaf{Verb: "stop", Line: fmt.Sprintf("The run was stopped; %d notices never left", n)}, err
	})
}
