package notice

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var (
	runsPage    = web.NewPage[runsView](pages, "runs.html")
	newPage     = web.NewPage[newView](pages, "new.html")
	runPageOf   = web.NewPage[runView](pages, "run.html")
	lettersPage = web.NewPage[lettersView](pages, "letters.html")
)

// runLine is a run in a list.
type runLine struct {
	ID         int64  `json:"id"`
	Title      string `json:"title"`
	Kind       string `json:"kind"`
	Council    string `json:"council"`
	State      string `json:"state"`
	StateWords string `json:"-"`
	Colour     string `json:"-"`
	People     int64  `json:"people"`
	List       int64  `json:"list_version"`
	Path       string `json:"-"`
}

func (r *run) line() runLine {
	return runLine{r.ID, r.Title, kindWords[r.Kind] + ", " + wayWords[r.Way], r.Council, string(r.State), stateWords[r.State], stateColour(r.State), r.People, r.List, runPath(r.ID)}
}

type runsView struct {
	Runs   []runLine `json:"runs"`
	Writes bool      `json:"-"`
}

func (v runsView) Columns() []string {
	return []string{"run", "title", "kind", "council", "state", "people", "list_version"}
}

func (v runsView) EachRow(emit func(...any) error) error {
	for _, r := range v.Runs {
		if err := emit(r.ID, r.Title, r.Kind, r.Council, r.State, r.People, r.List); err != nil {
			return err
		}
	}
	return nil
}

func (m *Room) runs(r *web.Request) (web.Answer, error) {
	v := runsView{Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectNotice})}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readRuns(tx)
		for i := range all {
			if sees(r.Visitor, all[i].Council) {
				v.Runs = append(v.Runs, all[i].line())
			}
		}
		return err
	})
	return runsPage.With("Notices", v), err
}

// newView is the form of a new run.
type newView struct {
	Title     string           `json:"title"`
	Lists     []choice         `json:"-"`
	Templates []choice         `json:"-"`
	Ways      []choice         `json:"-"`
	Channels  []choice         `json:"-"`
	Bands     []choice         `json:"-"`
	Council   string           `json:"-"`
	Date      string           `json:"-"`
	Quota     string           `json:"-"`
	Errors    []web.FieldError `json:"-"`
}

func (m *Room) newView(r *web.Request) (v newView, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		lists, err := readLists(tx)
		if err != nil {
			return err
		}
		for _, l := range lists {
			if l.State == "approved" {
				n := strconv.FormatInt(l.Number, 10)
				v.Lists = append(v.Lists, choice{Value: n, Text: "Version " + n})
			}
		}
		all, err := usable(tx)
		for _, name := range sortedNames(all) {
			t, err := ParseTemplate(all[name].Text)
			if err != nil {
				return err
			}
			if t.Kind.named() {
				v.Templates = append(v.Templates, choice{Value: name, Text: kindWords[t.Kind] + ": " + t.String()})
			}
		}
		return err
	})
	for _, c := range m.Channels {
		v.Channels = append(v.Channels, choice{Value: c.Name(), Text: c.Name()})
	}
	v.Ways = choices("post", "post", "By post", "email", "By e-mail", "text", "By text message", "hand", "By hand or after a call", "worker", "Brief for a named worker")
	v.Bands = choices("", "", "Everybody in the list", "low;medium", "Low and medium", "high;very-high", "High and very high")
	v.Date = r.Now.AddDate(0, 0, 3).Format(time.DateOnly)
	return v, err
}

func (m *Room) newRun(r *web.Request) (web.Answer, error) {
	v, err := m.newView(r)
	return newPage.With("New run", v), err
}

func (m *Room) makeRun(r *web.Request) (web.Answer, error) {
	v, err := m.newView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	x := run{Title: f.Need("title", 120, "Give the run a name"), Way: Way(f.Choice("way", "Choose how it travels", values(v.Ways)...)), Channel: f.Choice("channel", "Choose a channel", values(v.Channels)...),
		Template: f.Choice("template", "Choose a template", values(v.Templates)...), Bands: split[reeve.Band](f.Choice("bands", "Choose whom", values(v.Bands)...)), Council: f.Text("council", 40), By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	list := f.Choice("list", "Choose an approved list version", values(v.Lists)...)
	x.List, _ = strconv.ParseInt(list, 10, 64)
	if q := f.Text("quota", 8); q != "" {
		x.Quota = f.Number("quota", "Enter how many a day, such as 5000", 1, 250_000)
	}
	day, err := time.Parse(time.DateOnly, f.Text("on", 10))
	if err != nil || day.Before(r.Now.AddDate(0, 0, -1)) || day.After(r.Now.AddDate(0, 3, 0)) {
		f.Fault("on", "Enter the date on the letters, from today to three months on")
	}
	x.On = reeve.DateOf(day)
	if f.OK() {
		if c, err := m.channel(x.Channel); err != nil || !contains(c.Ways(), x.Way) {
			f.Fault("channel", "This channel does not send that way")
		}
		if !sees(r.Visitor, x.Council) {
			f.Fault("council", "Name your own council")
		}
	}
	if !f.OK() {
		v.Errors, v.Title, v.Council, v.Quota = f.Errors, f.Said("title"), f.Said("council"), f.Said("quota")
		return newPage.With("New run", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		all, err := usable(tx)
		if err != nil {
			return record.Leaf{}, err
		}
		k := all[x.Template]
		t, err := ParseTemplate(k.Text)
		if err != nil {
			return record.Leaf{}, err
		}
		x.Text, x.Number, x.Kind = k.Text, k.Number, t.Kind
		if err := addRun(tx, &x); err != nil {
			return record.Leaf{}, err
		}
		return record.Leaf{Verb: "make", Object: runObject(x.ID), Line: "A run of notices was set up"}, nil
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(runPath(x.ID), "The run is set up. Freeze it when the list and the wording are right."), nil
}

func contains(ways []Way, w Way) bool {
	for _, x := range ways {
		if x == w {
			return true
		}
	}
	return false
}

func values(all []choice) (v []string) {
	for _, c := range all {
		v = append(v, c.Value)
	}
	return v
}

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
		Checked: x.Checked, Signed: x.Signed, PausedWhy: x.PausedWhy, Unread: x.Coverage.share(), Facts: x.Facts, Thing: "notice:" + strconv.FormatInt(x.ID, 10)}
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
		v.Can = x.can(r, ready+leaving, v.Tests)
		return err
	})
	if err != nil {
		return nil, err
	}
	v.Out = hideFew(v.Out)
	return runPageOf.With("Run "+strconv.FormatInt(x.ID, 10)+": "+x.Title, v), nil
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
	return can{Freeze: writes && x.State == Draft, Sign: approves && x.State == Checked && !mine, Test: writes && x.State == Signed && testsWaiting == 0,
		Start: approves && x.State == Signed && testsWaiting == 0 && testsLeft > 0, Pause: writes && x.State == Sending, Resume: approves && x.State == Paused,
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
		return record.Leaf{Verb: "freeze", Line: fmt.Sprintf("The list of the run was frozen: %d notices from list version %d", x.People, x.List)}, err
	})
}

func (m *Room) doSign(r *web.Request) (web.Answer, error) {
	return m.change(r, "Signed.", func(tx *db.Tx, x *run, f *web.Form) (record.Leaf, error) {
		if f.Said("digest") != x.Digest || f.Said("read") == "" {
			return record.Leaf{}, reeve.WithHint(fmt.Errorf("sign run: %w", reeve.Invalid), "tick that you compared the ten letters with what stands behind them")
		}
		err := sign(tx, x, signature{r.Visitor.ID, r.Visitor.Name, x.Digest, r.Now.Unix()})
		return record.Leaf{Verb: "sign", Line: "Signed the run with digest " + x.Digest}, err
	})
}

// doTest sends three of the letters to the council's own address.
func (m *Room) doTest(r *web.Request) (web.Answer, error) {
	return m.change(r, "The test letters are on their way to the council's own address.", func(tx *db.Tx, x *run, _ *web.Form) (record.Leaf, error) {
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
		if err == nil && x.State == Signed && n == 0 {
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
