package review

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) statementSection() web.Section {
	return web.Section{Object: web.ObjectVersion, Routes: []web.Route{
		{Pattern: "GET /statements", Verb: web.See, Object: web.ObjectVersion, Do: m.statements},
		{Pattern: "GET /statements/{what}", Verb: web.See, Object: web.ObjectVersion, Do: m.statementPage},
		{Pattern: "GET /statements/{what}/{form}", Verb: web.See, Object: web.ObjectVersion, Do: m.statementFile},
	}}
}

var (
	statementsPage   = web.NewPage[statementsView](pages, "statements.html")
	statementOnePage = web.NewPage[statementView](pages, "statement.html")
)

// statementSort is one statement: the same value is shown, printed and edited.
type statementSort struct {
	Code  string `json:"code"`
	Title string `json:"title"`
	Says  string `json:"says"`
	write func(*basis) []paper.Block
}

var statementSorts = []statementSort{
	{"list", "Summary of the list", "Who is on the list, in numbers: by danger, by category of data, by council, and what people judged.", listBlocks},
	{"coverage", "Coverage statement", "What was held, what of it was read, what was not, and why.", coverageBlocks},
	{"method", "Method statement", "How the list came about, how it was checked, and what it cannot say.", methodBlocks},
}

// basis is what a statement rests on: a named version of the list, or the lists
// as they stand at a moment.
type basis struct {
	Version  int64 // 0: the lists as they stand
	Name     string
	Scope    sweep.Scope
	Figures  versionFigures
	Frozen   frozenFigures
	Sealed   string
	AsOf     string
	Digest   string
	Approved []approval
	Reds     []string // of a version, as they are printed
	Open     []check  // of the lists as they stand: what would be red
	Judged   bool     // verdicts are among the figures
	Head     string
	At       int64
}

type statementsView struct {
	Sorts    []statementSort `json:"statements"`
	Versions []diffPick      `json:"-"`
}

// statementView is a statement as a page.
type statementView struct {
	Title    string        `json:"title"`
	Code     string        `json:"code"`
	Version  int64         `json:"version"`
	Text     string        `json:"text"`
	Body     template.HTML `json:"-"`
	PDF      string        `json:"-"`
	DOCX     string        `json:"-"`
	Versions []diffPick    `json:"-"`
}

func (m *Room) statements(r *web.Request) (web.Answer, error) {
	v := statementsView{Sorts: statementSorts}
	var err error
	v.Versions, err = m.versionPicks(r.Context(), 0)
	return statementsPage.With("Statements", v), err
}

// versionPicks are the versions to choose from, the newest first.
func (m *Room) versionPicks(ctx context.Context, chosen int64) (picks []diffPick, err error) {
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		all, err := readVersions(tx)
		for _, v := range all {
			picks = append(picks, diffPick{v.Number, v.Number == chosen})
		}
		return err
	})
	return picks, err
}

// statementOf finds the statement that is asked for, and writes it.
func (m *Room) statementOf(r *web.Request) (statementSort, *basis, *paper.Document, error) {
	i := slices.IndexFunc(statementSorts, func(s statementSort) bool { return s.Code == r.Part("what") })
	if i < 0 {
		return statementSort{}, nil, nil, fmt.Errorf("find statement: %w", reeve.NotFound)
	}
	var b *basis
	var err error
	if asked := r.Ask("version"); asked != "" {
		number, e := strconv.ParseInt(asked, 10, 64)
		if e != nil {
			return statementSort{}, nil, nil, fmt.Errorf("find list version: %w", reeve.NotFound)
		}
		b, err = m.versionBasis(r, number)
	} else {
		b, err = m.liveBasis(r)
	}
	if err != nil {
		return statementSort{}, nil, nil, err
	}
	sort := statementSorts[i]
	d := &paper.Document{Title: sort.Title, Subtitle: b.Name, Author: "Reeve", Date: r.Now.UTC(), Footer: b.Head, Blocks: sort.write(b)}
	return sort, b, d, nil
}

func (m *Room) versionBasis(r *web.Request, number int64) (*basis, error) {
	b := &basis{Version: number, Scope: scopeOf(r.Visitor), Judged: true, At: r.Now.Unix()}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		v, err := readVersion(tx, number)
		if err != nil {
			return err
		}
		checks, err := readChecks(tx, number)
		if err != nil {
			return err
		}
		if b.Frozen, err = readFigures(v.figures); err != nil {
			return err
		}
		if b.Figures, err = figuresOfVersion(tx, number, b.Scope); err != nil {
			return err
		}
		b.Name = fmt.Sprintf("List version %d (%s), frozen %s", number, v.Words(), momentWords(v.At))
		b.Digest, b.AsOf, b.Approved, b.Sealed, b.Reds = v.Digest, v.AsOf, v.Approved, sweep.SmallCount(v.sealed), printedReds(checks, b.Scope)
		b.Head, err = checkpointOf(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read list version: %w", err)
	}
	return b, nil
}

// liveBasis is the lists as they stand. Verdicts are not among its figures.
func (m *Room) liveBasis(r *web.Request) (*basis, error) {
	b := &basis{Scope: scopeOf(r.Visitor), At: r.Now.Unix()}
	s, err := m.kase.Standing(r.Context(), b.Scope)
	if err != nil {
		return nil, err
	}
	if b.Frozen, err = m.figuresOf(r.Context()); err != nil {
		return nil, err
	}
	if b.Scope.Councils == nil {
		if b.Open, err = m.checksOf(r.Context(), &b.Frozen); err != nil {
			return nil, err
		}
	}
	b.Name = fmt.Sprintf("The lists as of %s (state %s): no frozen version, the numbers may change", momentWords(r.Now.Unix()), s.Stamp)
	b.AsOf, b.Sealed = s.AsOf, s.Sealed
	b.Figures = versionFigures{People: s.People, Households: s.Households, Tiers: s.Tiers, Bands: s.Bands, Lanes: s.Lanes, Signals: s.Signals,
		Categories: s.Categories, Kinds: s.Kinds, Contacts: s.Contacts}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		b.Head, err = checkpointOf(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the record: %w", err)
	}
	return b, nil
}

func (m *Room) statementPage(r *web.Request) (web.Answer, error) {
	sort, b, d, err := m.statementOf(r)
	if err != nil {
		return nil, err
	}
	var body, text bytes.Buffer
	if err := d.WriteHTML(&body); err != nil {
		return nil, err
	}
	if err := d.WriteText(&text); err != nil {
		return nil, err
	}
	query := ""
	if b.Version > 0 {
		query = "?version=" + strconv.FormatInt(b.Version, 10)
	}
	v := statementView{Title: sort.Title, Code: sort.Code, Version: b.Version, Text: text.String(), Body: template.HTML(body.String()),
		PDF: "/statements/" + sort.Code + "/pdf" + query, DOCX: "/statements/" + sort.Code + "/docx" + query}
	v.Versions, err = m.versionPicks(r.Context(), b.Version)
	return statementOnePage.With(sort.Title, v), err
}

// statementFile is the same statement as a file.
func (m *Room) statementFile(r *web.Request) (web.Answer, error) {
	sort, b, d, err := m.statementOf(r)
	if err != nil {
		return nil, err
	}
	name := "reeve-" + sort.Code
	if b.Version > 0 {
		name += "-version-" + strconv.FormatInt(b.Version, 10)
	}
	switch r.Part("form") {
	case "pdf":
		return web.File{Name: name + ".pdf", Type: "application/pdf", Pour: func(w http.ResponseWriter) error { return d.WritePDF(w) }}, nil
	case "docx":
		return web.File{Name: name + ".docx", Type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
			Pour: func(w http.ResponseWriter) error { return d.WriteDOCX(w) }}, nil
	}
	return nil, fmt.Errorf("find statement: %w", reeve.NotFound)
}
