package incident

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// kindChoices are the kinds of objects that can be shared.
func kindChoices() []choice {
	return each(volumes(), func(v volume) choice { return choice{Value: v.kind, Text: v.title} })
}

// sharable finds an object that who asks may share: they see it, and may write
// for the council whose it is.
func sharable(tx *db.Tx, r *web.Request, kind string, id int64) (bookItem, error) {
	v, ok := volumeAt(kind)
	if ok {
		all, err := v.items(tx, SightOf(r, v.object), 0)
		if err != nil {
			return bookItem{}, err
		}
		for _, b := range all {
			if b.ID == id {
				return b, must(r, web.Write, web.ObjectCouncil, b.Mark)
			}
		}
	}
	return bookItem{}, reeve.WithHint(fmt.Errorf("share %s: %w", kind, reeve.NotFound), "no such object, or none that you may see")
}

// shareEdit lets councils see one object besides those that its mark lets, or
// ends that.
func (m *Room) shareEdit(r *web.Request) (web.Answer, error) {
	councils, err := m.councilsFor(r)
	if err != nil {
		return nil, err
	}
	kind, id := r.Ask("kind"), r.Ask("id")
	now, err := m.sharedNow(r, kind, id)
	if err != nil {
		return nil, err
	}
	s := &slip{Heading: "Share one object", Action: "/councils/share", Back: "/councils", Button: "Share it so", Warn: "Only TLP:AMBER can be shared so: what is freer is seen by all councils anyway, what is closer by none.",
		Asks: []ask{
			{Name: "kind", Kind: askPick, Label: "What is it?", Choices: chosen(kindChoices(), kind), Need: "Choose what it is"},
			{Name: "id", Kind: askNumber, Label: "Its number", Value: id, Need: "Enter its number"},
			{Name: "with", Kind: askMany, Label: "Who may see it besides those whose it is?", Hint: "None chosen: nobody.", Choices: codes(councils, strings.Join(now, "\n"))},
			{Name: "why", Kind: askArea, Label: "Why?", Need: "Say why"},
		}}
	var b bookItem
	return m.fill(r, s, nil, func(tx *db.Tx) (record.Leaf, error) {
		if b, err = sharable(tx, r, s.text("kind"), s.number("id")); err != nil {
			return record.Leaf{}, err
		}
		if b.Mark.TLP != Amber {
			return record.Leaf{}, reeve.WithHint(fmt.Errorf("share %s: %w", s.text("kind"), reeve.Invalid), "only TLP:AMBER can be shared with chosen councils; this is "+b.Mark.TLP.Label())
		}
		leaf := leafOf("share", s.text("kind"), b.ID, "may be seen by "+strings.Join(s.many("with"), " "))
		return leaf, setShared(tx, s.text("kind"), b.ID, s.many("with"), r.Visitor.ID, r.Now.Unix())
	}, func() (string, string) { return b.Path, "It is shared so now." })
}

// sharedNow gives with whom the object of the query is shared; nothing for none,
// and nothing for one that may not be shared by who asks.
func (m *Room) sharedNow(r *web.Request, kind, id string) (now []string, err error) {
	n, wrong := strconv.ParseInt(id, 10, 64)
	if wrong != nil {
		return nil, nil
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if _, err := sharable(tx, r, kind, n); err != nil {
			return err
		}
		now, err = sharedWithOf(tx, kind, n)
		return err
	})
	return now, err
}

// setShared makes an object be shared with exactly some councils.
func setShared(tx *db.Tx, kind string, id int64, with []string, by string, at int64) error {
	was, err := sharedWithOf(tx, kind, id)
	if err != nil {
		return err
	}
	for _, c := range was {
		if !slices.Contains(with, c) {
			if err := unshare(tx, kind, id, c); err != nil {
				return err
			}
		}
	}
	for _, c := range with {
		if err := share(tx, kind, id, c, by, at); err != nil {
			return err
		}
	}
	return nil
}

// fieldEdit lets one field of an object travel less far than the object.
func (m *Room) fieldEdit(r *web.Request) (web.Answer, error) {
	kind := r.Ask("kind")
	if r.Method == "POST" {
		if err := r.ParseForm(); err != nil {
			return nil, fmt.Errorf("read form: %w", reeve.Invalid)
		}
		kind = r.PostForm.Get("kind")
	}
	v, ok := volumeAt(kind)
	if !ok || len(v.fields) == 0 {
		return nil, fmt.Errorf("label a field: %w", reeve.NotFound)
	}
	fields := each(v.fields, func(name string) choice { return choice{Value: name, Text: strings.ReplaceAll(name, "_", " ")} })
	labels := []choice{{Value: "none", Text: "As the object"}}
	for _, t := range TLPs[1:] {
		labels = append(labels, choice{Value: string(t), Text: t.Label() + ": " + t.Words()})
	}
	s := &slip{Heading: "Label one field", Lead: v.title, Action: "/councils/field", Back: "/councils", Button: "Label it", Warn: "Who may see the object but not the field reads “" + withheld + "” there, in every list, page and file.",
		Asks: []ask{
			{Name: "kind", Kind: askPick, Label: "What is it?", Choices: chosen(kindChoices(), kind), Need: "Choose what it is"},
			{Name: "id", Kind: askNumber, Label: "Its number", Value: r.Ask("id"), Need: "Enter its number"},
			{Name: "field", Kind: askPick, Label: "Which field?", Choices: fields, Need: "Choose the field"},
			{Name: "label", Kind: askChoice, Label: "How far may it travel?", Choices: labels, Need: "Choose how far it may travel"},
		}}
	var b bookItem
	return m.fill(r, s, nil, func(tx *db.Tx) (record.Leaf, error) {
		var err error
		if b, err = sharable(tx, r, kind, s.number("id")); err != nil {
			return record.Leaf{}, err
		}
		label := TLP(s.text("label"))
		if label == "none" {
			label = ""
		}
		if label != "" && (b.Mark.Council == "" || slices.Index(TLPs, label) <= slices.Index(TLPs, b.Mark.TLP)) {
			return record.Leaf{}, reeve.WithHint(fmt.Errorf("label a field: %w", reeve.Invalid), "a field can only travel less far than an object that is one council's")
		}
		leaf := leafOf("label-field", kind, b.ID, "a field has a label of its own")
		return leaf, putField(tx, kind, b.ID, s.text("field"), label, r.Visitor.ID, r.Now.Unix())
	}, func() (string, string) { return b.Path, "The field is labelled." })
}
