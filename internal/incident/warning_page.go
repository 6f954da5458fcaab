package incident

import (
	"fmt"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) warningList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Warnings to other councils", Back: "/councils", Lead: "What others were told so that they can protect themselves, when, how, and on which facts."}
	err := m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		all, err := warnings.list(tx, SightOf(r, web.ObjectCouncil), query{order: "x.id DESC", limit: pageSize + 1, skip: pageOf(r) * pageSize})
		if err != nil {
			return err
		}
		if s.turn(r, pageOf(r), len(all) > pageSize); len(all) > pageSize {
			all = all[:pageSize]
		}
		t := table{Columns: []string{"Warning", "By", "To", "Sent", "Stands"}, Empty: "No warning yet."}
		for _, w := range all {
			t.Rows = append(t.Rows, []cell{leads(w.Title, path("/councils/warnings", w.ID)), says(councilWords(names, w.Council)), {Text: namesOf(names, w.Addressed), Small: w.Outside}, {Text: shown(w.Sent), Small: w.Way}, w.tag()})
		}
		s.Items, s.Tables = all, []table{t}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list warnings: %w", err)
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectCouncil}) {
		s.Acts = []cell{leads("Warn other councils", "/councils/warnings/new")}
	}
	return s.page(), nil
}

func (w Warning) tag() cell {
	if w.State == stateSent {
		return tagged("sent", "green")
	}
	return tagged("draft", "grey")
}

func (m *Room) warningOne(r *web.Request) (web.Answer, error) {
	w, err := findFor(m, r, warnings, web.ObjectCouncil)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: w.Title, Back: "/councils/warnings", Tags: []cell{w.tag(), tlpTag(w.TLP)}, Items: w}
	err = m.readWith(r, func(tx *db.Tx, names map[string]string) error {
		versions, err := warnings.versions(tx, SightOf(r, web.ObjectCouncil), w.ID)
		s.Facts = facts(textFact("What happened", w.Note), textFact("What to do", w.Ask), factOf("Councils", says(namesOf(names, w.Addressed))), textFact("Others", w.Outside),
			factOf("Sent", cell{Text: shown(w.Sent), Small: w.Way}), textFact("Rests on fact versions", w.Facts), markFact(names, w.Mark))
		s.Tables = []table{versionTable(versions, func(v Warning) string { return v.State + ": " + v.Title + ". " + v.Why })}
		return err
	})
	if err != nil {
		return nil, err
	}
	if may(r, web.Write, web.ObjectCouncil, w.Mark) {
		s.Acts = append(s.Acts, leads("Change it", path("/councils/warnings", w.ID, "edit")))
	}
	if w.State == stateDraft && may(r, web.Approve, web.ObjectCouncil, w.Mark) {
		s.Acts = append(s.Acts, leads("Record that it is sent", path("/councils/warnings", w.ID, "send")))
	}
	return s.page(), nil
}
