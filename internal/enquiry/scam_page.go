package enquiry

import (
	"fmt"
	"math"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) scamSection() web.Section {
	return web.Section{Routes: []web.Route{
		{Pattern: "GET /scams", Verb: web.See, Object: web.ObjectScam, Do: m.scamList},
		{Pattern: "GET /scams/groups/{id}", Verb: web.See, Object: web.ObjectScam, Do: m.group},
		{Pattern: "POST /scams/groups/{id}/merge", Verb: web.Write, Object: web.ObjectScam, Do: m.mergeGroup},
		{Pattern: "POST /scams/groups/{id}/split", Verb: web.Write, Object: web.ObjectScam, Do: m.splitGroup},
		{Pattern: "POST /scams/groups/{id}/draft", Verb: web.Write, Object: web.ObjectScam, Do: m.draftGroup},
		{Pattern: "POST /scams/groups/{id}/approve", Verb: web.Approve, Object: web.ObjectScam, Do: m.approveGroup},
		{Pattern: "POST /scams/groups/{id}/withdraw", Verb: web.Write, Object: web.ObjectScam, Do: m.withdrawGroup},
		{Pattern: "GET /scams/new", Verb: web.Write, Object: web.ObjectScam, Do: m.scamForm},
		{Pattern: "POST /scams/new", Verb: web.Write, Object: web.ObjectScam, Do: m.scamKeep, Large: mostAttached},
		{Pattern: "GET /scams/{id}", Verb: web.See, Object: web.ObjectScam, Do: m.report},
		{Pattern: "GET /scam-receipts/{id}", Verb: web.See, Object: web.ObjectScam, Do: m.printReportReceipt},
		{Pattern: "POST /scams/{id}/judge", Verb: web.Write, Object: web.ObjectScam, Do: m.judgeReport},
		{Pattern: "POST /scams/{id}/move", Verb: web.Write, Object: web.ObjectScam, Do: m.moveReport},
		{Pattern: "POST /scams/{id}/person", Verb: web.Judge, Object: web.ObjectPerson, Do: m.tiePerson},
		{Pattern: "POST /scams/{id}/files", Verb: web.Approve, Object: web.ObjectScam, Do: m.handOver},
		{Pattern: "POST /scams/{id}/compare", Verb: web.Judge, Object: web.ObjectPerson, Do: m.compare},
		{Pattern: "POST /scams/{id}/person/{tie}/withdraw", Verb: web.Judge, Object: web.ObjectPerson, Do: m.untiePerson},
	}, Cards: nil}
}

var (
	scamsPage  = web.NewPage[scamsView](pages, "scams.html")
	reportPage = web.NewPage[reportView](pages, "scam.html")
)

// scamsView is the groups of reports, those seen last first.
type scamsView struct {
	Counts scamCounts `json:"counts"`
	Groups []Cluster  `json:"groups"`
	Next   string     `json:"next"`
	Misuse int64      `json:"misuse"` // reports that use what was copied, as reviewers found
	State  string     `json:"-"`
	May    bool       `json:"-"`
}

const groupRows = 50

func (m *Room) scamList(r *web.Request) (web.Answer, error) {
	v := scamsView{State: r.Ask("state"), May: mayScam(r, "") == nil}
	if clusterStates[v.State].words == "" {
		v.State = ""
	}
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.Groups, err = listClusters(tx, v.State, r.Ask("after"), groupRows+1); err != nil {
			return err
		}
		if v.Counts, err = countScams(tx); err != nil {
			return err
		}
		v.Misuse, err = CountMisuse(tx, scopeOf(r.Visitor))
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(v.Groups) > groupRows {
		v.Groups = v.Groups[:groupRows]
		last := v.Groups[groupRows-1]
		v.Next = fmt.Sprintf("/scams?state=%s&after=%d.%d", v.State, last.LastSeen, last.ID)
	}
	return scamsPage.With("Scams", v), nil
}

func mayScam(r *web.Request, council string) error {
	return r.Must(web.Act{Verb: web.Write, Object: web.ObjectScam, Council: council, Degree: web.Personal})
}

// reportView is one report. What it shows of the scam is text without one link.
type reportView struct {
	Report
	Files    []ReportFile `json:"files"`
	Links    []ReportLink `json:"links"`
	Forward  Forward      `json:"forward"`
	Receipt  Receipt      `json:"receipt"`
	Ties     []tie        `json:"ties"`
	Title    string       `json:"group_title"`
	Hidden   int          `json:"-"` // signs that are not grave
	May      bool         `json:"-"`
	MayTie   bool         `json:"-"`
	MaySeal  bool         `json:"-"` // take the files away, sealed
	States   []choice     `json:"-"`
	TypedTie tieForm      `json:"-"`

	Compared  bool             `json:"compared"`
	Suggested []suggestion     `json:"suggested"` // whose copied data it may use; nothing is decided
	Errors    []web.FieldError `json:"-"`
}

func (m *Room) report(r *web.Request) (web.Answer, error) {
	v, err := m.reportView(r)
	if err != nil {
		return nil, err
	}
	return m.showReport(r, v), nil
}

// showReport shows a report; what was written is in clear for whoever may see
// personal data of reports: reading them is the work.
func (m *Room) showReport(r *web.Request, v reportView) *web.View {
	may := r.May(web.Act{Verb: web.SeePersonal, Object: web.ObjectScam, Council: v.Council, Degree: web.Personal})
	return reportPage.With(fmt.Sprintf("Scam report %d", v.ID), v).Show(may)
}

func (m *Room) reportView(r *web.Request) (v reportView, err error) {
	var ties []tie
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.Report, err = askedReport(tx, r); err != nil {
			return err
		}
		if v.Files, err = filesOf(tx, v.ID); err != nil {
			return err
		}
		if v.Links, err = linksOfReport(tx, v.ID); err != nil {
			return err
		}
		if v.Receipt, err = readReceipt(tx, "scam", v.ID); err != nil {
			return err
		}
		if v.Cluster > 0 {
			c, err := readCluster(tx, v.Cluster)
			if err != nil {
				return err
			}
			v.Title = c.Title
		}
		ties, err = reportTies.of(tx, v.ID)
		return err
	})
	if err != nil {
		return v, err
	}
	v.Forward, v.May = forwardOf(v.Way), mayScam(r, v.Council) == nil
	v.MayTie, v.MaySeal = mayTie(r), mayHandOver(r, v.Council)
	v.States = []choice{{"scam", scamStates["scam"].words}, {"not-scam", scamStates["not-scam"].words}, {"unsure", scamStates["unsure"].words}, {"new", scamStates["new"].words}}
	v.Ties, err = m.seenTies(r, ties)
	return v, err
}

func askedReport(tx *db.Tx, r *web.Request) (v Report, err error) {
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	if v, err = readReport(tx, id); err == nil && !sees(r.Visitor, v.Council) {
		err = fmt.Errorf("read report: %w", reeve.NotFound)
	}
	return v, err
}

// onReport runs an act on the report of the path.
func (m *Room) onReport(r *web.Request, do func(tx *db.Tx, v Report) (record.Leaf, error)) error {
	return m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		v, err := askedReport(tx, r)
		if err == nil {
			err = mayScam(r, v.Council)
		}
		if err != nil {
			return leaf, err
		}
		if leaf, err = do(tx, v); err == nil && leaf.Object == "" {
			leaf.Object = fmt.Sprintf("scam:%d", v.ID)
		}
		return leaf, err
	})
}

func (m *Room) judgeReport(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	state := f.Choice("state", "Choose what it is", "scam", "not-scam", "unsure", "new")
	seen := f.Number("version", "Open the page again: the form is not whole", 1, 1<<53)
	if !f.OK() {
		return nil, fmt.Errorf("judge report: %w", reeve.Invalid)
	}
	err = m.onReport(r, func(tx *db.Tx, v Report) (record.Leaf, error) {
		return record.Leaf{Verb: "scam-judge", Line: fmt.Sprintf("Report %d: %s", v.ID, scamStates[state].words)}, judge(tx, v.ID, seen, state)
	})
	if err != nil {
		return nil, err
	}
	return toReport(r, "Kept")
}

func toReport(r *web.Request, saying string) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/scams/%d", id), saying), nil
}

// moveReport puts a report into another group, or into one of its own.
func (m *Room) moveReport(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	into := int64(0)
	if f.Said("into") != "" {
		into = f.Number("into", "Enter the number of a group", 1, math.MaxInt64)
	}
	if !f.OK() {
		return nil, fmt.Errorf("move report: %w", reeve.Invalid)
	}
	err = m.onReport(r, func(tx *db.Tx, v Report) (record.Leaf, error) {
		to, err := regroup(tx, []Report{v}, into)
		return record.Leaf{Verb: "scam-move", Line: fmt.Sprintf("Moved report %d from group %d to %d", v.ID, v.Cluster, to)}, err
	})
	if err != nil {
		return nil, err
	}
	return toReport(r, "Moved")
}

// tiePerson keeps that a reviewer found a scam to use what was copied of a
// person. The program never ties them itself.
func (m *Room) tiePerson(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	t, err := m.readTie(r, f)
	if err != nil {
		return nil, err
	}
	if !f.OK() {
		v, err := m.reportView(r)
		if err != nil {
			return nil, err
		}
		v.Errors, v.TypedTie = f.Errors, t
		return m.showReport(r, v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		v, err := askedReport(tx, r)
		if err != nil {
			return leaf, err
		}
		_, err = reportTies.add(tx, v.ID, t.Who, t.Why, r.Visitor.ID, r.Visitor.Name, r.Now.Unix())
		return record.Leaf{Verb: "scam-person", Object: "person:" + t.Who, Line: fmt.Sprintf("Found scam report %d to use what was copied of person %s", v.ID, t.Who)}, err
	})
	if err != nil {
		return nil, err
	}
	return toReport(r, "Kept. Tell the police, and the person in a safe way")
}

func (m *Room) untiePerson(r *web.Request) (web.Answer, error) {
	id, why, err := readUntie(r)
	if err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		v, err := askedReport(tx, r)
		if err != nil {
			return leaf, err
		}
		return record.Leaf{Verb: "scam-person-withdraw", Object: fmt.Sprintf("scam:%d", v.ID), Line: fmt.Sprintf("Took back that scam report %d uses copied data", v.ID)}, reportTies.end(tx, v.ID, id, why, r.Now.Unix())
	})
	if err != nil {
		return nil, err
	}
	return toReport(r, "Taken back")
}

// compare offers whose data a report may use.
func (m *Room) compare(r *web.Request) (web.Answer, error) {
	if _, err := r.Fields(); err != nil {
		return nil, err
	}
	v, err := m.reportView(r)
	if err != nil {
		return nil, err
	}
	if v.Suggested, err = suggest(r.Context(), m.kase, scopeOf(r.Visitor), textOf(v.Report)); err != nil {
		return nil, err
	}
	v.Compared = true
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "scam-compare", Object: fmt.Sprintf("scam:%d", v.ID), Rows: int64(len(v.Suggested)), Line: fmt.Sprintf("Compared scam report %d with what was copied", v.ID)}, nil
	})
	if err != nil {
		return nil, err
	}
	return m.showReport(r, v), nil
}
