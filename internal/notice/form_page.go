package notice

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var formsPage = web.NewPage[formsView](pages, "forms.html")

// formsView is the notices that people make: in Braille, spoken, or in a
// language of which no text was released.
type formsView struct {
	Lines []formShown `json:"notices"`
}

type formShown struct {
	formLine
	Reads string `json:"reads"`
	Thing string `json:"-"`
	Path  string `json:"-"`
	Shown bool   `json:"-"`
}

func (v formsView) Columns() []string {
	return []string{"run", "n", "person", "reference", "language", "format", "council", "started"}
}

func (v formsView) EachRow(emit func(...any) error) error {
	for _, l := range v.Lines {
		if err := emit(l.Run, l.N, l.Person, l.Reference, l.Language, l.Format, l.Council, l.Started); err != nil {
			return err
		}
	}
	return nil
}

// inWords says how somebody reads.
func (f form) inWords() string {
	format := map[Format]string{"": "standard print", Standard: "standard print", LargePrint: "large print", EasyRead: "Easy Read", "braille": "Braille", "audio": "audio"}[f.Format]
	if format == "" {
		format = "another format"
	}
	if f.Language == "" {
		return format
	}
	return format + ", in " + languageName(f.Language)
}

func (m *Room) formList(r *web.Request) (web.Answer, error) {
	var v formsView
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readForms(tx, onKeep)
		for _, l := range all {
			if sees(r.Visitor, l.Council) {
				thing := "notice:" + strconv.FormatInt(l.Run, 10)
				v.Lines = append(v.Lines, formShown{l, form{languageCode(l.Language), l.Format}.inWords(), thing, fmt.Sprintf("/notices/formats/%d/%d", l.Run, l.N), r.Granted(thing)})
			}
		}
		return err
	})
	return formsPage.With("Other formats", v), err
}

// formOfRequest reads the message of a request, and asks once more whether its
// person may be told.
func (m *Room) formOfRequest(r *web.Request) (x run, msg frozenMessage, reason Reason, err error) {
	if x, err = m.runOf(r); err != nil {
		return x, msg, "", err
	}
	n, err := r.Number("n")
	if err != nil {
		return x, msg, "", err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if msg, err = openMessage(tx, x.ID, n); err != nil {
			return err
		}
		reason, err = m.standsAgainst(tx, &x, &msg)
		return err
	})
	if err == nil && (msg.State != msgByPeople || x.Started == 0 || x.State == Stopped) {
		err = reeve.WithHint(fmt.Errorf("make notice: %w", reeve.Conflict), "its run has not been signed and started, or it was made before")
	}
	return x, msg, reason, err
}

// formText is the English text of one notice, for whoever makes it.
func (m *Room) formText(r *web.Request) (web.Answer, error) {
	x, msg, reason, err := m.formOfRequest(r)
	if err != nil {
		return nil, err
	}
	if err := m.granted(r, &x); err != nil {
		return nil, err
	}
	if reason != "" {
		return nil, reeve.WithHint(fmt.Errorf("make notice: %w", reeve.Denied), "it may not be made any more: "+said(string(reason)))
	}
	t, err := x.inForm(form{Format: Standard})
	if err != nil {
		return nil, err
	}
	_, text, err := mailText(t, &msg.Recipient, &x.Wording, x.Coverage, x.On)
	if err != nil {
		return nil, err
	}
	err = m.act(r, func(*db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "take", Object: runObject(x.ID), Line: fmt.Sprintf("Took the text of notice %d to make it in another form", msg.N)}, nil
	})
	if err != nil {
		return nil, err
	}
	return web.File{Name: "notice-" + msg.Recipient.Reference + ".txt", Type: "text/plain; charset=utf-8", Pour: func(w http.ResponseWriter) error {
		_, err := io.Copy(w, strings.NewReader(text+"\n"))
		return err
	}}, nil
}

// formSent records that a person made a notice and handed it over. Where it may
// not be any more, that is what is recorded.
func (m *Room) formSent(r *web.Request) (web.Answer, error) {
	x, msg, _, err := m.formOfRequest(r)
	if err != nil {
		return nil, err
	}
	saying := "Recorded: the person was told."
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		reason, err := m.standsAgainst(tx, &x, &msg)
		if err != nil {
			return record.Leaf{}, err
		}
		if reason != "" {
			saying = "Do not hand it over. It may not be sent any more: " + said(string(reason)) + "."
			return record.Leaf{Verb: "refuse", Object: runObject(x.ID), Line: fmt.Sprintf("Notice %d, made by a person, was refused", msg.N)}, refusedForm(tx, &msg, reason, r.Now.Unix())
		}
		return record.Leaf{Verb: "hand-over", Object: runObject(x.ID), Line: fmt.Sprintf("Notice %d was made by a person and handed over", msg.N)}, sentForm(tx, &msg, r.Now.Unix())
	})
	return web.Redirect("/notices/formats", saying), err
}
