package report

import (
	"context"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) lessonSection() web.Section {
	return web.Section{
		Title: "Lessons", Path: "/lessons", Order: 8, Object: web.ObjectLesson,
		Routes: []web.Route{
			{Pattern: "GET /lessons", Verb: web.See, Object: web.ObjectLesson, Do: m.lessons},
			{Pattern: "GET /lessons/new", Verb: web.Write, Object: web.ObjectLesson, Do: m.newLesson},
			{Pattern: "POST /lessons", Verb: web.Write, Object: web.ObjectLesson, Do: m.addLesson},
			{Pattern: "GET /lessons/{id}", Verb: web.See, Object: web.ObjectLesson, Do: m.lessonPage},
			{Pattern: "GET /lessons/{id}/edit", Verb: web.Write, Object: web.ObjectLesson, Do: m.editLesson},
			{Pattern: "POST /lessons/{id}", Verb: web.Write, Object: web.ObjectLesson, Do: m.changeLesson},
			{Pattern: "GET /papers/lessons/{as}", Verb: web.Export, Object: web.ObjectLesson, Do: m.lessonPaper},
		},
		Cards: []web.Card{{Object: web.ObjectLesson, Order: 90, Make: m.lessonCard}},
	}
}

var (
	lessonsPage    = web.NewPage[lessonsView](pages, "lessons.html")
	lessonOnePage  = web.NewPage[lessonView](pages, "lesson.html")
	lessonFormPage = web.NewPage[lessonFormView](pages, "lesson_form.html")
)

// lessonsView is the tracker; its .csv is the tracker's export.
type lessonsView struct {
	Rows   []Lesson `json:"rows"`
	States []choice `json:"-"`
	All    int      `json:"all"`
	Late   int      `json:"late"`
	Done   int      `json:"done"`
	Again  int      `json:"again"` // to be looked at again
	Write  bool     `json:"-"`
	Take   bool     `json:"-"`
}

func (v lessonsView) Columns() []string {
	return []string{"id", "version", "council", "tlp", "kind", "source", "source_date", "what", "answer", "owner", "due", "state", "evidence", "review", "changed_by", "changed_at"}
}

func (v lessonsView) EachRow(emit func(cells ...any) error) error {
	for _, l := range v.Rows {
		if err := emit(l.ID, l.Version, l.Council, string(l.TLP), l.Kind, l.Source, dayOf(l.SourceAt), l.What, l.Answer, l.OwnerName, dayOf(l.Due), l.State, l.Evidence,
			dayOf(l.Review), l.ChangedBy, utc(l.ChangedAt)); err != nil {
			return err
		}
	}
	return nil
}

// seenLessons is the tracker as somebody may see it; state "" is every state,
// "late" what is late.
func (m *Room) seenLessons(ctx context.Context, s incident.Sight, now int64, state string) (v lessonsView, err error) {
	v.States = chosen(append([]choice{{"", "All", false}, {"late", "Late", false}}, lessonStates...), state)
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		all, err := readLessons(tx)
		for _, l := range all {
			if !s.Sees(l.Mark) {
				continue
			}
			l.Now = now
			v.tally(l)
			if state == "" || state == l.State || state == "late" && l.Late() {
				v.Rows = append(v.Rows, l)
			}
		}
		return err
	})
	return v, err
}

func (v *lessonsView) tally(l Lesson) {
	v.All++
	if l.Late() {
		v.Late++
	}
	if l.State == lessonDone || l.State == lessonChecked {
		v.Done++
	}
	if l.Again() {
		v.Again++
	}
}

func (m *Room) lessons(r *web.Request) (web.Answer, error) {
	v, err := m.seenLessons(r.Context(), incident.SightOf(r, web.ObjectLesson), r.Now.Unix(), r.Ask("state"))
	v.Write, v.Take = r.May(web.Act{Verb: web.Write, Object: web.ObjectLesson}), r.May(web.Act{Verb: web.Export, Object: web.ObjectLesson})
	if err == nil && r.Machine() {
		err = r.Must(web.Act{Verb: web.Export, Object: web.ObjectLesson})
	}
	return lessonsPage.With("Lessons and recommendations", v), err
}

// lessonCard says what is late. A card does not know roles, so it counts what
// is amber or freer.
func (m *Room) lessonCard(ctx context.Context, who *web.Visitor) (c web.CardText, err error) {
	s := incident.Sight{All: who.Councils == nil, Councils: who.Councils, Levels: []incident.TLP{incident.Clear, incident.Green, incident.Amber}}
	v, err := m.seenLessons(ctx, s, m.Now().Unix(), "")
	if err != nil || v.All == 0 {
		return c, err
	}
	return web.CardText{Title: "Lessons", Big: digits(int64(v.All - v.Done)), Text: fmt.Sprintf("of %d are not done; %d late.", v.All, v.Late), Path: "/lessons", Alarm: v.Late > 0}, nil
}

// lessonView is one lesson with its versions.
type lessonView struct {
	Lesson
	Before []Lesson `json:"before"`
	Write  bool     `json:"-"`
}

func (m *Room) lessonOf(r *web.Request) (v lessonView, err error) {
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	s := incident.SightOf(r, web.ObjectLesson)
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readLesson(tx, id)
		if err != nil {
			return err
		}
		if !s.Sees(all[0].Mark) {
			return fmt.Errorf("read lesson: %w", reeve.NotFound)
		}
		v.Lesson = all[0]
		v.Before = slices.DeleteFunc(all[1:], func(l Lesson) bool { return !s.Sees(l.Mark) })
		return nil
	})
	v.Now = r.Now.Unix()
	v.Write = r.May(web.Act{Verb: web.Write, Object: web.ObjectLesson, Council: v.Council, Degree: v.TLP.Degree()})
	return v, err
}

func (m *Room) lessonPage(r *web.Request) (web.Answer, error) {
	v, err := m.lessonOf(r)
	return lessonOnePage.With(v.KindWords(), v), err
}

// lessonFormView is a lesson being written.
type lessonFormView struct {
	Lesson
	marking
	SourceField, DueField, ReviewField string
	KindOf, StateOf, Staff             []choice
	Errors                             []web.FieldError
}

func (m *Room) lessonForm(r *web.Request, l Lesson) (v lessonFormView, err error) {
	l.Why = ""
	v.Lesson = l
	v.SourceField, v.DueField, v.ReviewField = dayOf(l.SourceAt), dayOf(l.Due), dayOf(l.Review)
	v.KindOf, v.StateOf = chosen(lessonKinds, l.Kind), chosen(lessonStates, l.State)
	if v.marking, err = m.markingOf(r, l.Mark); err != nil || m.Staff == nil {
		return v, err
	}
	staff, err := m.Staff.Colleagues(r.Context())
	v.Staff = append(v.Staff, choice{"", "Somebody else: type who", false})
	for _, c := range staff {
		v.Staff = append(v.Staff, choice{c.ID, c.Name, false})
	}
	v.Staff = chosen(v.Staff, l.Owner)
	return v, err
}

func (m *Room) newLesson(r *web.Request) (web.Answer, error) {
	v, err := m.lessonForm(r, Lesson{Kind: "lesson", State: lessonOpen})
	return lessonFormPage.With("Add a lesson", v), err
}

func (m *Room) editLesson(r *web.Request) (web.Answer, error) {
	old, err := m.lessonOf(r)
	if err != nil {
		return nil, err
	}
	v, err := m.lessonForm(r, old.Lesson)
	return lessonFormPage.With("Change a lesson", v), err
}

// fill reads the form into the view; was is the version before.
func (v *lessonFormView) fill(f *web.Form, was Lesson, by string) {
	l := &v.Lesson
	v.SourceField, v.DueField, v.ReviewField = f.Said("source_day"), f.Said("due"), f.Said("review")
	l.Mark = v.read(f)
	l.Kind = f.Choice("kind", "Choose what it is", values(lessonKinds)...)
	l.Source, l.SourceAt = f.Need("source", lineLength, "Enter who says so"), dayIn(f, "source_day")
	l.What, l.Answer = f.Need("what", textLength, "Enter what is to be done or learnt"), f.Text("answer", textLength)
	l.Owner, l.OwnerName = "", f.Text("owner_name", lineLength)
	if i := slices.IndexFunc(v.Staff, func(c choice) bool { return c.Value != "" && c.Value == f.Said("owner") }); i >= 0 {
		l.Owner, l.OwnerName = v.Staff[i].Value, v.Staff[i].Text
	}
	l.Due, l.Review = dayIn(f, "due"), dayIn(f, "review")
	l.State = f.Choice("state", "Choose the state", values(lessonStates)...)
	l.Evidence, l.Why = f.Text("evidence", textLength), f.Text("why", lineLength)
	faults := l.faults(was, by)
	for _, field := range []string{"answer", "owner_name", "evidence", "state", "why"} {
		if text, ok := faults[field]; ok {
			f.Fault(field, text)
		}
	}
	if l.State == lessonDone && was.State != lessonDone {
		l.DoneBy = by
	}
	v.Councils, v.Levels = chosen(v.Councils, l.Council), chosen(v.Levels, string(l.TLP))
	v.KindOf, v.StateOf, v.Staff, v.Errors = chosen(lessonKinds, l.Kind), chosen(lessonStates, l.State), chosen(v.Staff, l.Owner), f.Errors
}

func (m *Room) addLesson(r *web.Request) (web.Answer, error) {
	return m.writeLesson(r, Lesson{}, "Add a lesson")
}

func (m *Room) changeLesson(r *web.Request) (web.Answer, error) {
	old, err := m.lessonOf(r)
	if err != nil {
		return nil, err
	}
	if err := must(r, web.Write, web.ObjectLesson, old.Mark); err != nil {
		return nil, err
	}
	return m.writeLesson(r, old.Lesson, "Change a lesson")
}

// writeLesson keeps what a form says as the next version of a lesson.
func (m *Room) writeLesson(r *web.Request, was Lesson, title string) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.lessonForm(r, was)
	if err != nil {
		return nil, err
	}
	v.fill(f, was, r.Visitor.ID)
	seen := int64(0)
	if was.ID != 0 {
		seen = f.Number("version", "Open the lesson again", 1, 1<<53)
	}
	if !f.OK() {
		v.Errors = f.Errors
		return lessonFormPage.With(title, v).Faulty(f), nil
	}
	l := v.Lesson
	if err := must(r, web.Write, web.ObjectLesson, l.Mark); err != nil {
		return nil, err
	}
	l.ChangedBy, l.ChangedName, l.ChangedAt = r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := putLesson(tx, &l, seen)
		return record.Leaf{Verb: "write-lesson", Object: fmt.Sprintf("lesson:%d", l.ID), Line: fmt.Sprintf("%s %d, version %d: %s", l.Kind, l.ID, l.Version, l.State)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(l.Path(), "It is on the list."), nil
}

// lessonPaper hands the tracker out for an audit committee, on record.
func (m *Room) lessonPaper(r *web.Request) (web.Answer, error) {
	v, err := m.seenLessons(r.Context(), incident.SightOf(r, web.ObjectLesson).Leaving(), r.Now.Unix(), "")
	if err != nil {
		return nil, err
	}
	t := table{Caption: "Recommendations and lessons", Columns: []string{"No.", "What", "Source", "Owner", "Due", "State", "Evidence"}, Numbers: []int{0}}
	for _, l := range v.Rows {
		state := l.StateWords()
		if l.Late() {
			state += ", late"
		}
		t.Rows = append(t.Rows, []string{fmt.Sprint(l.ID), l.What, l.Source, l.OwnerName, l.DueDay(), state, l.Evidence})
	}
	s := sheet{Title: "Recommendations and lessons", Subtitle: "As they stood on " + shown(r.Now.Unix()), Author: m.Author, Date: r.Now, Pieces: []piece{
		plain(fmt.Sprintf("%d are on the list: %d are done, %d are late, %d are to be looked at again.", v.All, v.Done, v.Late, v.Again)), {Table: &t}}}
	return m.handOut(r, s, "lessons", "lessons", int64(len(v.Rows)))
}
