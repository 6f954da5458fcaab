package review

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) versionSection() web.Section {
	return web.Section{
		Title: "List versions", Path: "/versions", Order: 70, Object: web.ObjectVersion,
		Links: []web.Link{{Title: "List versions", Path: "/versions"}, {Title: "People told", Path: "/told"}, {Title: "Article 34", Path: "/article34"},
			{Title: "Statements", Path: "/statements"}},
		Routes: []web.Route{
			{Pattern: "GET /versions", Verb: web.See, Object: web.ObjectVersion, Do: m.versions},
			{Pattern: "GET /versions/freeze", Verb: web.Write, Object: web.ObjectVersion, Do: m.freezeForm},
			{Pattern: "POST /versions/freeze", Verb: web.Write, Object: web.ObjectVersion, Do: m.freezeList},
			{Pattern: "GET /versions/{n}", Verb: web.See, Object: web.ObjectVersion, Do: m.versionPage},
			{Pattern: "GET /versions/{n}/people", Verb: web.See, Object: web.ObjectVersion, Do: m.versionPeople},
			{Pattern: "GET /versions/{n}/diff", Verb: web.See, Object: web.ObjectVersion, Do: m.versionDiff},
			{Pattern: "POST /versions/{n}/approve", Verb: web.Approve, Object: web.ObjectVersion, Do: m.approveVersion},
		},
	}
}

var (
	versionsPage   = web.NewPage[versionsView](pages, "versions.html")
	freezePage     = web.NewPage[freezeView](pages, "version_freeze.html")
	versionOnePage = web.NewPage[versionView](pages, "version.html")
	versionRowPage = web.NewPage[versionRowsView](pages, "version_people.html")
)

// versionsView is the versions there are.
type versionsView struct {
	Versions []versionLine `json:"versions"` // the newest first
	Freezes  bool          `json:"-"`        // the visitor may freeze another
}

// versionLine is a version in a list. People are those whom the visitor may see.
type versionLine struct {
	ListVersion
	People int64 `json:"people"`
	Reds   int   `json:"red"`
}

// Words says how a version stands.
func (v ListVersion) Words() string {
	switch {
	case v.Emptied > 0:
		return "rows destroyed"
	case v.State == versionDraft && len(v.Approved) > 0:
		return "draft, one of two has approved"
	}
	return v.State
}

// Colour goes with Words, never alone.
func (v ListVersion) Colour() string {
	switch {
	case v.Emptied > 0:
		return "grey"
	case v.State == versionApproved:
		return "green"
	case v.State == versionDraft:
		return "blue"
	}
	return "grey"
}

// Path is the page of a version.
func (v ListVersion) Path() string { return versionPath(v.Number) }

func versionPath(number int64) string { return "/versions/" + strconv.FormatInt(number, 10) }

// versionThing names a version for grants and in the record.
func versionThing(number int64) string { return "version:" + strconv.FormatInt(number, 10) }

func (m *Room) versions(r *web.Request) (web.Answer, error) {
	scope := scopeOf(r.Visitor)
	v := versionsView{Freezes: scope.Councils == nil && r.May(web.Act{Verb: web.Write, Object: web.ObjectVersion})}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readVersions(tx)
		if err != nil {
			return err
		}
		for _, one := range all {
			sums, err := tallyOf(tx, one.Number, scope)
			if err != nil {
				return err
			}
			checks, err := readChecks(tx, one.Number)
			if err != nil {
				return err
			}
			v.Versions = append(v.Versions, versionLine{one, sums[tallyPeople][""], len(reds(checks))})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list versions: %w", err)
	}
	return versionsPage.With("List versions", v), nil
}

// Columns and EachRow make the versions a table.
func (v versionsView) Columns() []string {
	return []string{"version", "state", "people", "made_at", "made_by", "digest", "red"}
}

func (v versionsView) EachRow(emit func(...any) error) error {
	for _, one := range v.Versions {
		if err := emit(one.Number, one.State, one.People, one.At, one.By, one.Digest, one.Reds); err != nil {
			return err
		}
	}
	return nil
}

// freezeView is the page on which the list is frozen: what was checked, and a
// field for the reason of each thing that is red.
type freezeView struct {
	Checks  []check          `json:"checks"`
	People  int64            `json:"people"`
	Purpose string           `json:"-"`
	Errors  []web.FieldError `json:"-"`
}

// Red counts what needs a reason.
func (v freezeView) Red() int { return len(reds(v.Checks)) }

// wholeCase refuses visitors of some councils: a version is of everybody.
func wholeCase(r *web.Request) error {
	if r.Visitor.Councils != nil {
		return reeve.WithHint(fmt.Errorf("act on the whole list: %w", reeve.Denied), "This is about the whole case: it is for those who see every council.")
	}
	return nil
}

func (m *Room) freezeForm(r *web.Request) (web.Answer, error) {
	v, _, err := m.freezeView(r)
	if err != nil {
		return nil, err
	}
	return freezePage.With("Freeze the list", v), nil
}

func (m *Room) freezeView(r *web.Request) (v freezeView, f frozenFigures, err error) {
	if err = wholeCase(r); err != nil {
		return v, f, err
	}
	if f, err = m.figuresOf(r.Context()); err != nil {
		return v, f, err
	}
	if v.Checks, err = m.checksOf(r.Context(), &f); err != nil {
		return v, f, err
	}
	standing, err := m.kase.Standing(r.Context(), sweep.Scope{})
	v.People = standing.People
	return v, f, err
}

// freezeList makes a version of the lists as they stand, while nobody changes
// them. What was red when the form was sent must have a reason in it.
func (m *Room) freezeList(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	release, err := m.holdLists(r.Context())
	if err != nil {
		return nil, err
	}
	defer release()
	v, figures, err := m.freezeView(r)
	if err != nil {
		return nil, err
	}
	v.Purpose = f.Need("purpose", 300, "Say what this version is for")
	for i := range v.Checks {
		if c := &v.Checks[i]; c.Red {
			c.Why = f.Need("why-"+c.Code, noteLength, "Give the reason for going on all the same: "+lower(c.Words))
		}
	}
	if !f.OK() {
		v.Errors = f.Errors
		return freezePage.With("Freeze the list", v).Faulty(f), nil
	}
	one, err := m.newVersion(r, v.Purpose, &figures)
	if err != nil {
		return nil, err
	}
	tally, err := freeze(r.Context(), m.db, one)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("freeze the list: %w", err), thaw(context.WithoutCancel(r.Context()), m.db))
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		if err := keepVersion(tx, one, tally, v.Checks); err != nil {
			return record.Leaf{}, err
		}
		if _, err := markTold(tx, r.Now.Unix()); err != nil {
			return record.Leaf{}, err
		}
		return record.Leaf{Verb: "freeze", Object: versionThing(one.Number), Rows: one.rows, Digest: one.Digest,
			Line: fmt.Sprintf("froze list version %d; %d checks were red and have a reason", one.Number, v.Red())}, nil
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("freeze the list: %w", err), thaw(context.WithoutCancel(r.Context()), m.db))
	}
	return web.Redirect(one.Path(), fmt.Sprintf("The list is frozen as version %d, a draft until two people have approved it.", one.Number)), nil
}

// newVersion is a version of the lists as they stand, before its rows are
// written.
func (m *Room) newVersion(r *web.Request, purpose string, figures *frozenFigures) (*ListVersion, error) {
	standing, err := m.kase.Standing(r.Context(), sweep.Scope{})
	if err != nil {
		return nil, err
	}
	text, err := figures.text()
	return &ListVersion{State: versionDraft, Purpose: purpose, Stamp: standing.Stamp.String(), AsOf: standing.AsOf, figures: text,
		By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}, err
}

// thawJob removes what a freezing left that was killed.
const thawJob = "review.thaw"

func (m *Room) versionJobs() []job.Handler {
	return []job.Handler{{Kind: thawJob, Every: 10 * time.Minute, Attempts: 3, Run: func(ctx context.Context, _ *job.Work) error { return m.thawLeft(ctx) }}}
}

// thawLeft removes rows that belong to no version, unless one is being frozen or
// a sweep runs: then the next time will do.
func (m *Room) thawLeft(ctx context.Context) error {
	var some bool
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) { some, err = frozenForNothing(tx); return err })
	if err != nil || !some {
		return err
	}
	release, err := m.db.Lock(ctx, "sweep")
	if errors.Is(err, reeve.Conflict) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("hold the lists: %w", err)
	}
	defer release()
	return thaw(ctx, m.db)
}

// How often and how far apart the lists are asked for, while somebody decides
// something.
const (
	holdTries = 40
	holdWait  = 50 * time.Millisecond
)

// holdLists keeps sweeps and decisions from changing the lists until release.
func (m *Room) holdLists(ctx context.Context) (release func() error, err error) {
	for range holdTries {
		if release, err = m.db.Lock(ctx, "sweep"); err == nil || !errors.Is(err, reeve.Conflict) {
			break
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(holdWait):
		}
	}
	if err != nil {
		return nil, reeve.WithHint(fmt.Errorf("hold the lists: %w", err), "A sweep is running: the list is still moving. Try again when it has ended.")
	}
	return release, nil
}

// approveVersion is a signature under a version. Two different people sign; the
// one who froze it may be one of them, but is never both.
func (m *Room) approveVersion(r *web.Request) (web.Answer, error) {
	if err := wholeCase(r); err != nil {
		return nil, err
	}
	v, err := m.versionView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	seen, note := f.Number("version", "", 1, 1<<53), f.Text("note", noteLength)
	if !f.Ticked("looked") {
		f.Fault("looked", "Read the checks and the reasons, and say that you did")
	}
	if !f.OK() {
		v.Errors, v.Note = f.Errors, note
		return v.page().Faulty(f), nil
	}
	if v.Signed {
		return nil, reeve.WithHint(fmt.Errorf("approve list version: %w", reeve.Denied), "You have approved it: the other signature is somebody else’s.")
	}
	one := v.ListVersion
	one.Version = seen
	// Rows of a version never change: they are read before anybody is kept from
	// writing.
	if err := m.db.Read(r.Context(), func(tx *db.Tx) error { return holdsDigest(tx, &one) }); err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := addApproval(tx, &one, approval{By: r.Visitor.ID, ByName: r.Visitor.Name, Note: note, At: r.Now.Unix()})
		return record.Leaf{Verb: "approve", Object: versionThing(one.Number), Rows: one.rows, Digest: one.Digest,
			Line: fmt.Sprintf("approved list version %d, signature %d of %d", one.Number, len(one.Approved), approvalsNeeded)}, err
	})
	if err != nil {
		return nil, err
	}
	if one.State == versionApproved {
		return web.Redirect(one.Path(), "Approved by two people: this is the list that others rely on now."), nil
	}
	return web.Redirect(one.Path(), "Signed. A second person has to approve it."), nil
}
