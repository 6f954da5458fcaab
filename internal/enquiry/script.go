package enquiry

import (
	"archive/zip"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// Script is what agents say when somebody asks for a thing, and what they never
// say.
type Script struct {
	ID    string
	Title string
	Say   []string
	Never []string
	Then  string
}

func (m *Room) scriptSection() web.Section {
	return web.Section{Routes: []web.Route{
		{Pattern: "GET /scripts", Verb: web.See, Object: web.ObjectEnquiry, Do: m.scriptList},
		{Pattern: "POST /scripts/pack", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.pack},
	}}
}

var scriptPage = web.NewPage[scriptView](pages, "scripts.html")

// scriptView is the scripts and the facts that may be said in public now.
type scriptView struct {
	Scripts []Script `json:"scripts"`
	Facts   []Fact   `json:"facts"`
	NoBook  bool     `json:"no_book"`
	May     bool     `json:"-"`
}

func (m *Room) facts(r *web.Request) (all []Fact, err error) {
	if m.Book == nil {
		return nil, nil
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err = m.Book.Facts(tx)
		return err
	})
	return all, err
}

// stillUnread is said where no figures were released.
const stillUnread = "Other files are still being checked."

// scriptsNow are the scripts with what is still unread, by the figures that were
// released.
func (m *Room) scriptsNow(r *web.Request) (all []Script, err error) {
	unread := stillUnread
	if m.Unread != nil {
		err = m.db.Read(r.Context(), func(tx *db.Tx) error {
			unread, err = m.Unread(tx, r.Now.Unix())
			return err
		})
	}
	return scriptsWith(unread), err
}

func scriptsWith(unread string) []Script {
	all := slices.Clone(scripts)
	for i := range all {
		all[i].Say = slices.Clone(all[i].Say)
		for k, line := range all[i].Say {
			all[i].Say[k] = strings.ReplaceAll(line, "{unread}", unread)
		}
	}
	return all
}

func (m *Room) scriptList(r *web.Request) (web.Answer, error) {
	facts, err := m.facts(r)
	if err != nil {
		return nil, err
	}
	scripts, err := m.scriptsNow(r)
	if err != nil {
		return nil, err
	}
	return scriptPage.With("Scripts", scriptView{scripts, facts, m.Book == nil, mayWrite(r, "") == nil}), nil
}

// pack is what a contact centre takes away that cannot reach this program: the
// scripts with the facts of the moment, on paper and as text, and the policy of
// what may be said. The facts are cited, so that whoever changes one learns that
// a script was built on it.
func (m *Room) pack(r *web.Request) (web.Answer, error) {
	if _, err := r.Fields(); err != nil {
		return nil, err
	}
	if err := mayWrite(r, ""); err != nil {
		return nil, err
	}
	facts, err := m.facts(r)
	if err != nil {
		return nil, err
	}
	scripts, err := m.scriptsNow(r)
	if err != nil {
		return nil, err
	}
	name := "scripts-" + r.Now.In(london).Format("2006-01-02-1504")
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		for _, f := range facts {
			if err := m.Book.Cite(tx, f.Version, name, "Scripts for agents, "+momentWords(r.Now), "/scripts"); err != nil {
				return record.Leaf{}, err
			}
		}
		return record.Leaf{Verb: "export", Object: name, Rows: int64(len(facts)), Line: "Took away the scripts for agents"}, nil
	})
	if err != nil {
		return nil, err
	}
	doc := scriptPaper(facts, scripts, r.Now)
	return web.File{Name: name + ".zip", Type: "application/zip", Pour: func(w http.ResponseWriter) error { return pour(w, doc) }}, nil
}

func pour(w io.Writer, doc *paper.Document) error {
	z := zip.NewWriter(w)
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{{"scripts.pdf", doc.WritePDF}, {"scripts.html", doc.WriteHTML}, {"scripts.txt", doc.WriteText}} {
		out, err := z.Create(f.name)
		if err == nil {
			err = f.write(out)
		}
		if err != nil {
			return fmt.Errorf("write scripts: %w", err)
		}
	}
	return z.Close()
}

// scriptPaper is the scripts as a document.
func scriptPaper(facts []Fact, scripts []Script, now time.Time) *paper.Document {
	doc := &paper.Document{Title: "Scripts for agents", Subtitle: "As they stood on " + momentWords(now), Date: now, Footer: "Use these until newer ones come. Never say more than they do."}
	add := func(b ...paper.Block) { doc.Blocks = append(doc.Blocks, b...) }
	add(paper.Heading{Level: 1, Text: "What may be said to everybody now"})
	if len(facts) == 0 {
		add(paper.Paragraph{Text: "No fact has been released to the public yet. Say only what the scripts say."})
	}
	for _, f := range facts {
		add(paper.Paragraph{Text: f.Text + " (as of " + momentWords(time.Unix(f.AsOf, 0)) + ")"})
	}
	for _, s := range scripts {
		add(paper.Heading{Level: 1, Text: s.Title}, paper.Heading{Level: 2, Text: "Say"}, paper.List{Items: s.Say}, paper.Heading{Level: 2, Text: "Never say"}, paper.List{Items: s.Never})
		if s.Then != "" {
			add(paper.Paragraph{Text: "Then: " + s.Then})
		}
	}
	return doc
}

// momentWords is a moment as people here read it.
func momentWords(t time.Time) string { return t.In(london).Format("2 January 2006, 15:04") }
