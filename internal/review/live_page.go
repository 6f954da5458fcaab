package review

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) liveSection() web.Section {
	return web.Section{Object: web.ObjectCase, Routes: []web.Route{
		{Pattern: "GET /sweep", Verb: web.See, Object: web.ObjectCase, Do: m.sweepPage},
		{Pattern: "POST /sweep/start", Verb: web.Write, Object: web.ObjectCase, Do: m.startSweep},
		{Pattern: "POST /sweep/stop", Verb: web.Write, Object: web.ObjectCase, Do: m.stopSweep},
	}}
}

var sweepPage = web.NewPage[sweepView](pages, "live.html")

// sweepView is the sweep watched live, and the form that starts one.
type sweepView struct {
	Run       liveRun           `json:"run"`
	Exhibits  []exhibit         `json:"exhibits"`
	Registers []waitingFile     `json:"registers"` // that wait to be loaded
	Columns   map[string]string `json:"-"`         // of all registers, header to generic column
	Council   string            `json:"-"`
	AsOf      string            `json:"-"`
	Errors    []web.FieldError  `json:"-"`
	Writes    bool              `json:"-"`
}

// Percent is how much of what was found so far is read, by bytes; it can fall
// as archives open.
func (v sweepView) Percent() int64 {
	p := v.Run.Progress
	if p.BytesFound == 0 {
		return 0
	}
	return min(100, p.Bytes*100/p.BytesFound)
}

func (v sweepView) Bytes() string { return sizeWords(v.Run.Progress.Bytes) }
func (v sweepView) Found() string { return sizeWords(v.Run.Progress.BytesFound) }
func (v sweepView) Took() string  { return spanWords(v.Run.Progress.Elapsed) }

// Left is the time left in words, "" while it cannot be told.
func (v sweepView) Left() string {
	if v.Run.Progress.Left <= 0 || v.Run.Progress.Phase != sweep.PhaseReading {
		return ""
	}
	return spanWords(v.Run.Progress.Left)
}

// spanWords is a length of time in words, to the second, minute or hour.
func spanWords(d time.Duration) string {
	switch s := int64(d.Seconds()); {
	case s < 120:
		return count(s, "second", "seconds")
	case s < 2*3600:
		return count(s/60, "minute", "minutes")
	default:
		return count(s/3600, "hour", "hours") + " and " + count(s%3600/60, "minute", "minutes")
	}
}

func (m *Room) sweepOf(r *web.Request) (v sweepView, err error) {
	v = sweepView{Run: m.live.state(), Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectCase})}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Exhibits, err = readExhibits(tx); err != nil {
			return err
		}
		if v.Registers, err = readWaiting(tx); err != nil {
			return err
		}
		v.Columns, err = readColumns(tx)
		return err
	})
	if err != nil {
		return v, fmt.Errorf("read what to sweep: %w", err)
	}
	return v, nil
}

func (m *Room) sweepPage(r *web.Request) (web.Answer, error) {
	v, err := m.sweepOf(r)
	if err != nil {
		return nil, err
	}
	return sweepPage.With("Sweep", v), nil
}

// startSweep starts a sweep of the exhibits ticked and of the registers that
// wait. The same again goes on where the last one stopped.
func (m *Room) startSweep(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.sweepOf(r)
	if err != nil {
		return nil, err
	}
	opt := m.readSweep(f, &v)
	if f.OK() {
		if err := sweep.Check(opt); err != nil {
			f.Fault("exhibit", "One of the exhibits or registers is not where it was: "+sentence(reeve.HintOf(err)))
		}
	}
	if !f.OK() {
		v.Council, v.AsOf, v.Errors = f.Said("council"), f.Said("as_of"), f.Errors
		return sweepPage.With("Sweep", v).Faulty(f), nil
	}
	if err := m.beginSweep(r, opt); err != nil {
		return nil, err
	}
	return web.Redirect("/sweep", "The sweep has begun. You may leave this page: it goes on."), nil
}

// beginSweep starts the sweep and puts it on record, or neither.
func (m *Room) beginSweep(r *web.Request, opt sweep.Options) error {
	if m.live.state().Running() {
		return reeve.WithHint(fmt.Errorf("start sweep: one is running: %w", reeve.Conflict), "Wait for it, or stop it first.")
	}
	err := m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		line := fmt.Sprintf("started a sweep of %d exhibits and %d registers", len(opt.Exhibits), len(opt.Registers))
		return record.Leaf{Verb: "start-sweep", Object: "case", Rows: int64(len(opt.Exhibits) + len(opt.Registers)), Line: line}, nil
	})
	if err != nil {
		return err
	}
	return m.live.start(opt, r.Visitor.Name)
}

// readSweep reads the form of a sweep. Passwords live as long as the sweep and
// are kept nowhere.
func (m *Room) readSweep(f *web.Form, v *sweepView) sweep.Options {
	opt := sweep.Options{Council: strings.ToUpper(f.Text("council", 32)), NoOCR: !f.Ticked("ocr")}
	if opt.Council != "" && !councilCode.MatchString(opt.Council) {
		f.Fault("council", "Enter a short code such as RBKC")
	}
	if day := f.Text("as_of", 10); day != "" {
		opt.AsOf = asOf(f, day, m.Now())
	}
	for line := range strings.Lines(f.Text("secrets", 100_000)) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			opt.Passwords = append(opt.Passwords, line)
		}
	}
	names := f.All("exhibit")
	known := each(v.Exhibits, func(e exhibit) string { return e.Name })
	if slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(known, n) }) {
		f.Fault("exhibit", "Choose exhibits of the list")
	}
	if len(names) > 0 {
		opt.Exhibits = exhibitFlags(v.Exhibits, names)
	}
	opt.Map = v.Columns
	for _, w := range v.Registers {
		opt.Registers = append(opt.Registers, sweep.RegisterFlag{Path: w.Path, Kind: w.Kind})
	}
	if len(opt.Exhibits)+len(opt.Registers) == 0 {
		f.Fault("exhibit", "Choose at least one exhibit")
	}
	return opt
}

// councilCode is what may stand in lists as a controller, where codes are joined
// by ";".
var councilCode = regexp.MustCompile(`^[A-Z0-9][A-Z0-9_-]{0,31}$`)

// asOf reads the day on which ages are reckoned; a slip in the year would make
// every child an adult.
func asOf(f *web.Form, day string, now time.Time) reeve.Date {
	d, err := reeve.ParseISODate(day)
	if err != nil || !d.Full() || day < "2000-01-01" || day > now.AddDate(1, 0, 0).Format(time.DateOnly) {
		f.Fault("as_of", "Enter a day such as 2026-01-12, not before 2000")
		return reeve.Date{}
	}
	return d
}

func (m *Room) stopSweep(r *web.Request) (web.Answer, error) {
	if !m.live.stop() {
		return nil, reeve.WithHint(fmt.Errorf("stop sweep: %w", reeve.Conflict), "No sweep is running here.")
	}
	err := m.act(r, func(*db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "stop-sweep", Object: "case", Line: "stopped the sweep"}, nil
	})
	if err != nil && !errors.Is(err, reeve.Unavailable) {
		return nil, err
	}
	return web.Redirect("/sweep", "The sweep stops. What it has read is kept; start it again to go on."), nil
}
