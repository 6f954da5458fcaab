package notice

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

var lettersPage = web.NewPage[lettersView](pages, "letters.html")

// lettersView is ten random letters of a run beside what stands behind them.
type lettersView struct {
	Run     runLine      `json:"run"`
	Thing   string       `json:"-"`
	Back    string       `json:"-"`
	Granted bool         `json:"-"`
	Letters []letterView `json:"letters"`
}

// letterView is one of them. The text after the greeting names nobody.
type letterView struct {
	N         int64             `json:"n"`
	Person    string            `json:"person"`
	Reference string            `json:"reference"`
	Name      reeve.Sensitive   `json:"name"`
	About     reeve.Sensitive   `json:"about"`
	Lines     []reeve.Sensitive `json:"lines"`
	Kinds     []string          `json:"kinds"`
	Title     string            `json:"title"`
	Text      []string          `json:"text"`
	Confirmed bool              `json:"confirmed"`
	Reads     string            `json:"reads"`
	Passages  []Passage         `json:"-"`
	NoProof   string            `json:"-"`
	File      string            `json:"-"`
}

// sampled is how many letters are looked at before a run is signed.
const sampled = 10

// shownOf draws ten messages of a run; a form that none of them is in takes the
// place of the last one drawn whose form is there twice, so that each form is
// looked at. The digest of the run draws, and nobody chooses.
func (m *Room) shownOf(tx *db.Tx, x *run) ([]frozenMessage, error) {
	all, err := sampleOf(tx, x.ID, x.Digest, sampled)
	if err != nil {
		return nil, err
	}
	seen := make(map[form]int)
	for i := range all {
		seen[x.formOf(&all[i].Recipient)]++
	}
	firsts, err := firstOfForms(tx, x.ID)
	if err != nil {
		return nil, err
	}
	for _, n := range firsts {
		one, err := messageAt(tx, x.ID, n)
		if err != nil {
			return nil, err
		}
		f := x.formOf(&one.Recipient)
		if seen[f] > 0 {
			continue
		}
		for i := len(all) - 1; i >= 0; i-- {
			if last := x.formOf(&all[i].Recipient); seen[last] > 1 {
				all, seen[last] = slices.Delete(all, i, i+1), seen[last]-1
				break
			}
		}
		all, seen[f] = append(all, one), 1
	}
	return all, nil
}

func (m *Room) letters(r *web.Request) (web.Answer, error) {
	x, err := m.runOf(r)
	if err != nil {
		return nil, err
	}
	thing := "notice:" + strconv.FormatInt(x.ID, 10)
	v := lettersView{Run: x.line(), Thing: thing, Back: runPath(x.ID) + "/letters", Granted: r.Granted(thing)}
	var all []frozenMessage
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) { all, err = m.shownOf(tx, &x); return err })
	if err != nil {
		return nil, err
	}
	for i := range all {
		c := &all[i].Recipient
		l := letterView{N: all[i].N, Person: c.Person, Reference: c.Reference, Name: c.Name, About: c.About, Lines: c.Lines, Confirmed: c.Confirmed,
			File: fmt.Sprintf("%s/letters/%d/pdf", runPath(x.ID), all[i].N)}
		for _, k := range c.Kinds {
			l.Kinds = append(l.Kinds, string(k))
		}
		t, err := x.templateFor(c)
		if err != nil {
			return nil, err
		}
		msg, err := compose(t, c, &x.Wording, x.Coverage, x.On)
		if err != nil {
			return nil, err
		}
		l.Title, l.Text, l.Reads = msg.Title, strings.Split(msg.words(), "\n"), x.formOf(c).inWords()
		if m.Evidence != nil && c.Person != "" {
			if l.Passages, err = m.Evidence.Passages(r, c.Person, 5); err != nil {
				l.NoProof = "What stands behind this letter cannot be shown to you."
			}
		}
		v.Letters = append(v.Letters, l)
	}
	return lettersPage.With("Ten letters of run "+strconv.FormatInt(x.ID, 10), v).Show(v.Granted), nil
}

// letterFile is one letter as PDF, for whoever was granted the run's values.
func (m *Room) letterFile(r *web.Request) (web.Answer, error) {
	x, err := m.runOf(r)
	if err != nil {
		return nil, err
	}
	if err := m.granted(r, &x); err != nil {
		return nil, err
	}
	n, err := r.Number("n")
	if err != nil {
		return nil, err
	}
	var msg frozenMessage
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) { msg, err = openMessage(tx, x.ID, n); return err })
	if err != nil {
		return nil, err
	}
	l, err := m.pdfOf(&x, &msg)
	if err != nil {
		return nil, err
	}
	return web.File{Name: "letter-" + msg.Recipient.Reference + ".pdf", Type: "application/pdf", Pour: func(w http.ResponseWriter) error { _, err := w.Write(l.pdf); return err }}, nil
}

func (m *Room) granted(r *web.Request, x *run) error {
	if !r.Granted("notice:" + strconv.FormatInt(x.ID, 10)) {
		return reeve.WithHint(fmt.Errorf("show letters: %w", reeve.Denied), "give a reason on the page of the ten letters first: it is put on record")
	}
	return nil
}

func (m *Room) pdfOf(x *run, msg *frozenMessage) (*laid, error) {
	t, err := x.templateFor(&msg.Recipient)
	if err != nil {
		return nil, err
	}
	return renderLetter(t, &msg.Recipient, &x.Wording, x.Coverage, x.On)
}
