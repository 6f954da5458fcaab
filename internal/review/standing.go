package review

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) standingSection() web.Section {
	return web.Section{
		Title: "Where we stand", Path: "/standing", Order: 20, Object: web.ObjectCase,
		Links: []web.Link{{Title: "Where we stand", Path: "/standing"}, {Title: "What could not be read", Path: "/coverage"}, {Title: "How it was counted", Path: "/method"}},
		Routes: []web.Route{
			{Pattern: "GET /standing", Verb: web.See, Object: web.ObjectCase, Do: m.standing},
			{Pattern: "GET /method", Verb: web.See, Object: web.ObjectCase, Do: m.method},
			{Pattern: "GET /standing/aware", Verb: web.See, Object: web.ObjectCase, Do: m.awarePage},
			{Pattern: "POST /standing/aware", Verb: web.Write, Object: web.ObjectClock, Do: m.setAware},
		},
		Cards: []web.Card{{Object: web.ObjectCase, Order: 20, Make: m.standingCard}},
	}
}

var (
	standingPage = web.NewPage[standingView](pages, "standing.html")
	methodPage   = web.NewPage[standingView](pages, "standing_method.html")
	awarePage    = web.NewPage[awareView](pages, "standing_aware.html")
)

// standingView is where the case stands. Judged and Told are of the people in
// the visitor's scope.
type standingView struct {
	Sentence string `json:"sentence"`
	sweep.Standing
	Judged   int64     `json:"judged"` // people with a verdict
	Told     int64     `json:"told"`
	Misused  int64     `json:"misused"` // reports of scams that use what was copied
	Aware    aware     `json:"aware"`
	Hours    int64     `json:"hours_aware"` // whole hours since
	Steps    []step    `json:"steps"`
	Pictures []picture `json:"pictures"`
	Whole    bool      `json:"whole"` // every council's people are in the numbers
	Clock    bool      `json:"-"`     // the visitor may set when the council was aware
	Now      time.Time `json:"now"`
}

// step is one line of the funnel. Change is since the last day that was counted.
type step struct {
	Title  string `json:"title"`
	N      int64  `json:"n"`
	Text   string `json:"text"`
	Path   string `json:"path"`
	Change *int64 `json:"change"`
}

// ChangeWords is the change as people read it; "" where it is not known.
func (s step) ChangeWords() string {
	switch {
	case s.Change == nil:
		return ""
	case *s.Change == 0:
		return "no change"
	case *s.Change > 0:
		return "+" + digits(*s.Change)
	}
	return "−" + digits(-*s.Change)
}

func (m *Room) standingOf(ctx context.Context, scope sweep.Scope, now time.Time) (*standingView, error) {
	s, err := m.kase.Standing(ctx, scope)
	if err != nil {
		return nil, err
	}
	v := &standingView{Standing: s, Whole: scope.Councils == nil, Now: now}
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		versions, err := readAware(tx)
		if err != nil {
			return err
		}
		if len(versions) > 0 {
			v.Aware = versions[0]
			v.Hours = (now.Unix() - v.Aware.At) / 3600
		}
		if v.Judged, err = countJudged(tx, scope); err != nil {
			return err
		}
		if v.Told, err = m.counts.number("told", scope, func() (int64, error) { return countTold(tx, scope) }); err != nil {
			return err
		}
		v.Misused, err = m.misused(tx, scope)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read standing: %w", err)
	}
	v.Unread = nil // folder by folder it stands in coverage, where names are guarded
	p := progressed{s, v.Judged, v.Told}
	v.Sentence, v.Steps, v.Pictures = sentenceOf(p), stepsOf(p), picturesOf(s)
	if v.Misused > 0 {
		v.Steps = append(v.Steps, step{Title: "Used", N: v.Misused, Text: "reports of scams that use data that was copied, as a reviewer found", Path: "/scams"})
	}
	return v, nil
}

// stepsOf is the funnel, from what was taken to who was told.
func stepsOf(s progressed) []step {
	since := func(n int64, of func(*sweep.Before) int64) *int64 {
		if s.Before == nil {
			return nil
		}
		d := n - of(s.Before)
		return &d
	}
	var steps []step
	if s.Listed > 0 {
		steps = append(steps, step{Title: "Known to have been taken, not held", N: s.Listed, Text: "on the listing of what was taken, in no exhibit: we cannot say whose data is in them", Path: "/exhibits"})
	}
	return append(steps,
		step{"Held", s.Items, "files and messages in " + count(s.Exhibits, "exhibit", "exhibits"), "/exhibits", since(s.Items, func(b *sweep.Before) int64 { return b.Items })},
		step{"Read", s.Read, "in full", "/items?status=read", since(s.Read, func(b *sweep.Before) int64 { return b.Read })},
		step{"Read in part", s.PartlyRead, "some of their pages or parts could not be read", "/items?status=partly-read", since(s.PartlyRead, func(b *sweep.Before) int64 { return b.PartlyRead })},
		step{"Not read", s.NotRead, "with " + count(s.PagesUnread, "unread page", "unread pages") + " in all, as far as pages can be counted", "/coverage", since(s.NotRead, func(b *sweep.Before) int64 { return b.NotRead })},
		step{"Hold personal data", s.Personal, "of those that were read", "/items", since(s.Personal, func(b *sweep.Before) int64 { return b.Personal })},
		step{"People", s.People, tiersWords(s.Tiers) + ", at " + count(s.Households, "address", "addresses"), "/people", since(s.People, func(b *sweep.Before) int64 { return b.People })},
		step{Title: "Judged", N: s.Judged, Text: "people whose exposure one of us has judged", Path: "/queue"},
		step{Title: "Told", N: s.Told, Text: "people told by a call that is on record", Path: "/today"},
	)
}

// tiersWords says how sure the matches are.
func tiersWords(tiers []sweep.Count) string {
	var parts []string
	for _, t := range []reeve.Tier{reeve.TierStrong, reeve.TierLikely, reeve.TierPossible} {
		parts = append(parts, digits(countOf(tiers, string(t)))+" "+string(t))
	}
	return enumerate(parts, len(parts)) + " matches"
}

func (m *Room) standing(r *web.Request) (web.Answer, error) {
	v, err := m.standingOf(r.Context(), scopeOf(r.Visitor), r.Now)
	if err != nil {
		return nil, err
	}
	v.Clock = r.May(web.Act{Verb: web.Write, Object: web.ObjectClock})
	return standingPage.With("Where we stand", *v), nil
}

func (m *Room) method(r *web.Request) (web.Answer, error) {
	v, err := m.standingOf(r.Context(), scopeOf(r.Visitor), r.Now)
	if err != nil {
		return nil, err
	}
	return methodPage.With("How it was counted", *v), nil
}

func (m *Room) standingCard(ctx context.Context, visitor *web.Visitor) (web.CardText, error) {
	v, err := m.standingOf(ctx, scopeOf(visitor), m.Now())
	if err != nil {
		return web.CardText{}, err
	}
	return web.CardText{Title: "Where we stand", Big: count(v.People, "person", "people"), Text: v.Sentence, Path: "/standing"}, nil
}

// Columns and EachRow make the funnel a table.
func (v standingView) Columns() []string { return []string{"step", "n", "change", "text"} }

func (v standingView) EachRow(emit func(...any) error) error {
	for _, s := range v.Steps {
		if err := emit(s.Title, s.N, s.ChangeWords(), s.Text); err != nil {
			return err
		}
	}
	return nil
}

// awareView is the page on which the moment is set from which the council was
// aware, with every version of it.
type awareView struct {
	Versions []aware          `json:"versions"` // the newest first
	Version  int64            `json:"version"`
	Day      string           `json:"-"`
	Time     string           `json:"-"`
	Why      string           `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

func (m *Room) awareOf(ctx context.Context) (v awareView, err error) {
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		v.Versions, err = readAware(tx)
		return err
	})
	if err != nil {
		return v, fmt.Errorf("read when the council was aware: %w", err)
	}
	if len(v.Versions) > 0 {
		at := time.Unix(v.Versions[0].At, 0).In(london)
		v.Version, v.Day, v.Time = v.Versions[0].Version, at.Format(time.DateOnly), at.Format("15:04")
	}
	return v, nil
}

func (m *Room) awarePage(r *web.Request) (web.Answer, error) {
	v, err := m.awareOf(r.Context())
	if err != nil {
		return nil, err
	}
	return awarePage.With("When the council was aware", v), nil
}

// setAware keeps from when the council was aware. The clock of UK GDPR
// article 33 starts at that moment, so it is a decision with a reason and a
// name, and no version of it is lost.
func (m *Room) setAware(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	a := aware{At: momentIn(f, "day", "time", r.Now), Why: f.Need("why", noteLength, "Say how the council knew, and who decided that it did"),
		User: r.Visitor.ID, Name: r.Visitor.Name, Kept: r.Now.Unix()}
	seen := f.Number("version", "", 0, 1<<53)
	if !f.OK() {
		v, err := m.awareOf(r.Context())
		if err != nil {
			return nil, err
		}
		v.Day, v.Time, v.Why, v.Errors = f.Said("day"), f.Said("time"), f.Said("why"), f.Errors
		return awarePage.With("When the council was aware", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		line := "the council was aware from " + time.Unix(a.At, 0).UTC().Format(time.RFC3339)
		return record.Leaf{Verb: "set-aware", Object: "case", Line: line}, addAware(tx, seen, a)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/standing", "The hours are reckoned from that moment now."), nil
}

// unreadReason is what is not read for one reason, with what to do about it.
type unreadReason struct {
	Status string `json:"status"`
	Reason string `json:"reason"`
	Items  int64  `json:"items"`
	Means  string `json:"means"`
	Do     string `json:"do"`
}

// Unreads are the reasons for which items were not read, the most items first.
func (v standingView) Unreads() []unreadReason {
	all := each(v.Reasons, func(r sweep.FunnelReason) unreadReason {
		return unreadReason{string(r.Status), string(r.Reason), r.Items, meaning(r.Status, r.Reason), advice(r.Status, r.Reason)}
	})
	slices.SortStableFunc(all, func(a, b unreadReason) int { return cmp.Compare(b.Items, a.Items) })
	return all
}
