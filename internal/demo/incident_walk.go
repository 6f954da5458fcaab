package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/enquiry"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/report"
	"github.com/reeve-council/reeve/internal/review"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// walker does what people do on pages: it fills in forms as one of the invented
// people at a moment of the story. Lists are frozen and reports written so, by
// the rules that hold for everybody.
type walker struct {
	ctx   context.Context
	kase  *sweep.Case
	house http.Handler // the workspace
	site  http.Handler // what residents fill in
	jobs  []job.Handler
	mail  *practice
	told  *notice.Room
	asked *enquiry.Room
	who   actor
	now   int64
	today time.Time // when the demo is made
	calls int64     // of residents, each from an address of their own

	first   resident // the first of the list to whom a letter went
	firstID string

	people map[reeve.SafeContact][]string // whom it is safe to tell, by the way
	doors  []string                       // who is called on at home
}

func newWalker(ctx context.Context, kase *sweep.Case, now time.Time) (*walker, error) {
	w := &walker{ctx: ctx, kase: kase, today: now}
	clock := func() time.Time { return time.Unix(w.now, 0) }
	var err error
	if w.mail, err = newPractice(kase.Dir); err != nil {
		return nil, err
	}
	eye, err := notice.FindEye(ctx)
	if err != nil {
		return nil, err
	}
	desk := review.New(review.Deps{Case: kase, Now: clock})
	w.told = notice.New(notice.Deps{DB: kase.DB, Guard: desk, Evidence: desk, Channels: []notice.Channel{w.mail.Practice}, Eye: eye, Now: clock})
	w.asked = enquiry.New(enquiry.Deps{Case: kase, Now: clock})
	reports := report.New(report.Deps{DB: kase.DB, Now: clock, Case: kase.ID(), Author: councils[0].Name})
	w.jobs = slices.Concat(w.told.Jobs(), w.asked.Jobs())
	if w.house, err = web.New(web.Options{Door: door{w}, Title: "The sample incident", Now: clock},
		slices.Concat(desk.Sections(), w.told.Sections(), w.asked.Sections(), reports.Sections())...); err != nil {
		return nil, err
	}
	w.site, err = web.NewPublic(web.PublicOptions{Now: clock, Log: slog.New(slog.DiscardHandler), Frame: func(out io.Writer, p web.PublicPage) error {
		_, err := io.WriteString(out, string(p.Content))
		return err
	}}, w.asked.Public()...)
	return w, err
}

// close ends what the rooms and the sample post run themselves.
func (w *walker) close() error { return errors.Join(w.asked.Close(), w.mail.Close()) }

// work does the jobs of a kind that wait for a run or a desk, as the queue would.
func (w *walker) work(kind string, args any) error {
	body, err := json.Marshal(args)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(w.jobs, func(h job.Handler) bool { return h.Kind == kind })
	if i < 0 {
		return fmt.Errorf("find job %s: %w", kind, reeve.NotFound)
	}
	return w.jobs[i].Run(w.ctx, &job.Work{Kind: kind, Args: body, Attempt: 1})
}

// door lets the walker in as who acts.
type door struct{ w *walker }

func (d door) Visitor(http.ResponseWriter, *http.Request) (*web.Visitor, error) {
	return &web.Visitor{ID: d.w.who.id, Name: d.w.who.name, Role: d.w.who.office}, nil
}
func (d door) May(*web.Visitor, web.Act) web.Ruling { return web.Ruling{Allowed: true} }
func (d door) Knows(web.Verb, web.Object) bool      { return true }

// as lets somebody act at a moment.
func (w *walker) as(who actor, when string) *walker {
	w.who, w.now = who, at(when)
	return w
}

// answer is what a page answered.
type answer struct {
	bytes.Buffer
	head   http.Header
	status int
}

func (a *answer) Header() http.Header    { return a.head }
func (a *answer) WriteHeader(status int) { a.status = status }

func (w *walker) ask(method, path string, form url.Values) (*answer, error) {
	r, err := http.NewRequestWithContext(w.ctx, method, path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return answered(w.house, r), nil
}

// answered gives what a handler of this process answers.
func answered(h http.Handler, r *http.Request) *answer {
	a := &answer{head: make(http.Header), status: http.StatusOK}
	h.ServeHTTP(a, r)
	return a
}

// post sends a form, given as name and value in turn, and gives where it leads.
func (w *walker) post(path string, fields ...string) (string, error) {
	a, err := w.ask(http.MethodPost, path, formOf(fields))
	if err == nil && a.status != http.StatusSeeOther {
		err = fmt.Errorf("%s at %s answered %d", path, shownDay(w.now), a.status)
	}
	if err != nil {
		return "", err
	}
	return a.head.Get("Location"), nil
}

func formOf(fields []string) url.Values {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return form
}

// look reads a page as a program does.
func (w *walker) look(path string, into any) error {
	a, err := w.ask(http.MethodGet, path+".json", nil)
	if err == nil && a.status != http.StatusOK {
		err = fmt.Errorf("%s answered %d", path, a.status)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(a.Bytes(), into)
}

func shownDay(unix int64) string { return time.Unix(unix, 0).In(london).Format(time.DateOnly) }

// freeze freezes the list, with a reason for each thing that is red, and has it
// approved by two.
func (w *walker) freeze() error {
	var v struct {
		Checks []struct {
			Code string `json:"code"`
			Red  bool   `json:"red"`
		} `json:"checks"`
	}
	if err := w.verdicts(); err != nil {
		return err
	}
	w.as(dpo, "2026-01-09 15:20")
	if err := w.look("/versions/freeze", &v); err != nil {
		return err
	}
	form := []string{"purpose", "First version of the list, for those in the safety lane and for the follow-up report"}
	for _, c := range v.Checks {
		if c.Red {
			form = append(form, "why-"+c.Code, "Those in danger cannot wait for it; it is said on every paper, and the next version will hold it")
		}
	}
	to, err := w.post("/versions/freeze", form...)
	for i, who := range []actor{lead, lawyer} {
		if err == nil {
			w.as(who, fmt.Sprintf("2026-01-09 15:%d", 40+10*i))
			err = w.approveList(to)
		}
	}
	return err
}

func (w *walker) approveList(path string) error {
	var v struct {
		Version int64 `json:"version"`
	}
	if err := w.look(path, &v); err != nil {
		return err
	}
	_, err := w.post(path+"/approve", "version", fmt.Sprint(v.Version), "looked", "yes", "note", "Checks and reasons read")
	return err
}

// filled is a return being written: what it answers and which facts it cites.
type filled struct {
	list    string
	answers [][2]string
	facts   []string
}

// write fills in a draft; two people sign it and it is sent, unless sent is "".
func (w *walker) write(t *teller, edit string, f filled, who actor, when, sent, how, reference string) (string, error) {
	path := strings.TrimSuffix(edit, "/edit")
	form := []string{"list", f.list}
	for _, a := range f.answers {
		form = append(form, "q_"+a[0], a[1])
	}
	for _, key := range f.facts {
		form = append(form, "facts", fmt.Sprint(t.facts[key].Number))
	}
	w.as(who, when)
	if err := w.on(path, "", form...); err != nil || sent == "" {
		return path, err
	}
	for i, by := range []actor{dpo, lead} {
		w.who, w.now = by, at(when)+int64(i+1)*900
		if err := w.on(path, "/sign"); err != nil {
			return path, err
		}
	}
	w.as(who, sent)
	day, clock, _ := strings.Cut(sent, " ")
	return path, w.on(path, "/sent", "day", day, "time", clock, "how", how, "reference", reference)
}

// on posts to a return as it stands.
func (w *walker) on(path, act string, form ...string) error {
	var v struct {
		Edit int64 `json:"edit"`
	}
	if err := w.look(path, &v); err != nil {
		return err
	}
	_, err := w.post(path+act, append(form, "version", fmt.Sprint(v.Edit))...)
	return err
}
