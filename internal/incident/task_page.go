package incident

import (
	"errors"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) taskSection() web.Section {
	const o = web.ObjectTask
	return web.Section{Object: o, Path: "/tasks", Routes: []web.Route{
		{Pattern: "GET /tasks", Verb: web.See, Object: o, Do: m.taskList},
		{Pattern: "GET /tasks.pdf", Verb: web.See, Object: o, Do: m.taskPaper},
		{Pattern: "GET /tasks/add", Verb: web.Write, Object: o, Do: m.taskEdit},
		{Pattern: "POST /tasks", Verb: web.Write, Object: o, Do: m.taskEdit},
		{Pattern: "GET /tasks/{id}", Verb: web.See, Object: o, Do: m.taskPage},
		{Pattern: "GET /tasks/{id}/edit", Verb: web.Write, Object: o, Do: m.taskEdit},
		{Pattern: "POST /tasks/{id}", Verb: web.Write, Object: o, Do: m.taskEdit},
		{Pattern: "POST /tasks/{id}/move", Verb: web.Write, Object: o, Do: m.moveTask},
		{Pattern: "POST /tasks/{id}/steps", Verb: web.Write, Object: o, Do: m.tickTask},
	}}
}

var taskViewPage = web.NewPage[taskView](pages, "task.html")

// taskFilter are the parts of the list.
var taskFilter = []choice{{"", "To do", false}, {"mine", "Mine", false}, {"late", "Late", false}, {"nobody", "Nobody's yet", false}, {"over", "Done or dropped", false}}

func taskQuery(r *web.Request) query {
	q := query{order: "CASE WHEN x.due = 0 THEN 1 ELSE 0 END, x.due, x.id", limit: pageSize + 1, skip: pageOf(r) * pageSize, where: openTasks}
	switch r.Ask("show") {
	case "mine":
		q.where += " AND x.owner = ?"
		q.args = append(q.args, r.Visitor.ID)
	case "late":
		q.where += " AND x.due > 0 AND x.due < ?"
		q.args = append(q.args, r.Now.Unix())
	case "nobody":
		q.where += " AND x.owner = ''"
	case "over":
		q.where, q.order = "x.state IN ('done', 'dropped')", "x.changed_at DESC, x.id DESC"
	}
	if s := r.Ask("stream"); s != "" {
		q.where += " AND x.stream = ?"
		q.args = append(q.args, s)
	}
	for _, w := range askedWords(r.Ask("q")) {
		q.where += " AND x.words LIKE ?"
		q.args = append(q.args, "%"+w+"%")
	}
	return q
}

func (m *Room) taskList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Tasks", Filters: filterBy(r, "show", taskFilter)}
	if may(r, web.Write, web.ObjectTask, own(r)) {
		s.Acts = append(s.Acts, leads("Add a task", "/tasks/add"))
	}
	s.Acts = append(s.Acts, leads("Print what is to be done", "/tasks.pdf"))
	sight, page, q, now := SightOf(r, web.ObjectTask), pageOf(r), taskQuery(r), r.Now.Unix()
	if r.Machine() {
		q.limit, q.skip = 0, 0
	}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := taskShelf.list(tx, sight, q)
		if err != nil {
			return err
		}
		if s.Figures, err = taskFigures(tx, sight, now); err != nil {
			return err
		}
		s.columns = []string{"task", "version", "stream", "title", "owner", "due", "state", "late", "needs", "council", "tlp", "origin"}
		for _, t := range all {
			s.lines = append(s.lines, []any{t.ID, t.Version, t.Stream, t.Title, t.OwnerName, dueStamp(t.Due), t.State, t.Late(now), t.Needs, t.Council, t.TLP, t.Origin})
		}
		s.Items = all
		if !r.Machine() {
			s.turn(r, page, len(all) > pageSize)
			all = all[:min(len(all), pageSize)]
		}
		s.Tables = []table{taskTable("", all, now)}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list tasks: %w", err)
	}
	return s.page(), nil
}

func dueStamp(due int64) string {
	if due == 0 {
		return ""
	}
	return stamp(due)
}

// taskFigures count what is to be done, what is late, and what nobody has.
func taskFigures(tx *db.Tx, s Sight, now int64) ([]figure, error) {
	var faults []error
	n := func(more string, args ...any) int64 {
		n, err := taskShelf.count(tx, s, query{where: openTasks + more, args: args})
		faults = append(faults, err)
		return n
	}
	open, late, nobody := n(""), n(" AND x.due > 0 AND x.due < ?", now), n(" AND x.owner = ''")
	return []figure{{digits(open), "to do", false}, {digits(late), "late", late > 0}, {digits(nobody), "nobody's yet", nobody > 0}}, errors.Join(faults...)
}

// taskTable shows tasks.
func taskTable(title string, all []Task, now int64) table {
	t := table{Title: title, Columns: []string{"Task", "Who", "By when", "Where it stands"}, Empty: "Nothing to do here."}
	for _, x := range all {
		due := says(shown(x.Due))
		if x.Late(now) {
			due = tagged(awayWords(x.Due, now), "red")
			due.Small = shown(x.Due)
		}
		small := x.StreamWords()
		if x.Needs != "" {
			small += ", after " + strings.Join(strings.Fields(x.Needs), ", ")
		}
		t.Rows = append(t.Rows, []cell{{Text: fmt.Sprintf("%d. %s", x.ID, x.Title), Path: path("/tasks", x.ID), Small: strings.TrimPrefix(small, ", ")}, says(ownerWords(x.OwnerName)), due, tagged(x.StateWords(), x.Colour())})
	}
	return t
}

// taskView is one task.
type taskView struct {
	Task
	Versions []Task           `json:"versions"`
	Before   []Task           `json:"before"` // what it waits for
	After    []Task           `json:"after"`  // what waits for it
	IsLate   bool             `json:"late"`
	Whose    string           `json:"-"`
	May      bool             `json:"-"`
	Moves    []choice         `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

func (m *Room) taskOf(r *web.Request) (v taskView, err error) {
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	sight := SightOf(r, web.ObjectTask)
	err = m.readWith(r, func(tx *db.Tx, names map[string]string) (err error) {
		if v.Task, err = taskShelf.find(tx, sight, id); err != nil {
			return err
		}
		v.Whose = councilWords(names, v.Council)
		if v.Versions, err = taskShelf.versions(tx, sight, id); err != nil {
			return err
		}
		if v.Before, err = namedTasks(tx, sight, v.needs()); err != nil {
			return err
		}
		v.After, err = waitingFor(tx, sight, id)
		return err
	})
	v.IsLate, v.May = v.Late(r.Now.Unix()), err == nil && may(r, web.Write, web.ObjectTask, v.Mark)
	for _, s := range taskStates {
		if s.Value != v.State {
			v.Moves = append(v.Moves, s)
		}
	}
	return v, err
}

func (v taskView) page() *web.View { return taskViewPage.With(v.Title, v) }

func (m *Room) taskPage(r *web.Request) (web.Answer, error) {
	v, err := m.taskOf(r)
	if err != nil {
		return nil, err
	}
	return v.page(), nil
}

// taskSlip is the form of a task.
func (m *Room) taskSlip(r *web.Request) (s slip, t Task, a around, err error) {
	t = Task{State: taskOpen, Due: r.Now.Unix() + changedFactTime, Stream: r.Ask("stream")}
	s = slip{Heading: "Add a task", Action: "/tasks", Back: "/tasks", Button: "Add it"}
	if r.Part("id") != "" {
		v, err := m.taskOf(r)
		if err == nil {
			err = must(r, web.Write, web.ObjectTask, v.Mark)
		}
		if err != nil {
			return s, t, a, err
		}
		t = v.Task
		s = slip{Heading: "Change a task", Action: path("/tasks", t.ID), Back: path("/tasks", t.ID), Button: "Save", Version: t.Version}
	}
	if a, err = m.aroundForm(r); err != nil {
		return s, t, a, err
	}
	s.Asks = []ask{
		{Name: "title", Kind: askLine, Label: "What is to be done?", Value: t.Title, Need: "Say what is to be done"},
		staffAsk(a.staff, "owner", "Who does it?", "One person. Nobody yet is an answer too, but it stands on the list of what nobody has.", t.Owner, ""),
		momentAsk("due", "By when?", "", t.Due, "", false),
		{Name: "stream", Kind: askPick, Label: "Work stream", Choices: chosen(streams, t.Stream)},
		{Name: "detail", Kind: askArea, Label: "More", Hint: mayRead, Value: t.Detail},
		{Name: "steps", Kind: askArea, Label: "Checklist", Hint: "One step a line", Value: t.Steps},
		{Name: "needs", Kind: askLine, Label: "After which tasks?", Hint: "Their numbers, such as 3, 7", Value: strings.Join(strings.Fields(t.Needs), ", ")},
		staffAsk(a.staff, "escalate", "Who is told when it is late?", "Nobody: who leads the incident", t.Escalate, ""),
	}
	s.Asks = append(s.Asks, markAsks(r, a.councils, t.Mark)...)
	return s, t, a, nil
}

func (m *Room) taskEdit(r *web.Request) (web.Answer, error) {
	s, t, a, err := m.taskSlip(r)
	if err != nil {
		return nil, err
	}
	var needs string
	return s.serve(r, func(form *web.Form) {
		var ok bool
		if needs, ok = readNeeds(s.text("needs")); !ok {
			s.fault(form, "needs", "Enter the numbers of tasks, such as 3, 7")
		}
	}, func(form *web.Form) (web.Answer, error) {
		if due := s.number("due"); due != t.Due {
			t.Due, t.Escalated = due, 0
		}
		t.Title, t.Owner, t.Stream, t.Detail, t.Steps, t.Needs = s.text("title"), s.text("owner"), s.text("stream"), s.text("detail"), s.text("steps"), needs
		t.Escalate, t.Mark, t.Why = s.text("escalate"), s.mark(), ""
		t.OwnerName, t.EscalateName = nameOf(a.staff, t.Owner), nameOf(a.staff, t.Escalate)
		if err := must(r, web.Write, web.ObjectTask, t.Mark); err != nil {
			return nil, err
		}
		if err := m.keepTask(r, &t, s.Version, "write"); errors.Is(err, reeve.Invalid) {
			s.fault(form, "needs", reeve.HintOf(err))
			return s.again(form)
		} else if err != nil {
			return nil, err
		}
		return web.Redirect(path("/tasks", t.ID), "The task is kept."), nil
	})
}

// readNeeds reads numbers of tasks as they are typed into the form in which they
// are kept.
func readNeeds(typed string) (string, bool) {
	words := strings.FieldsFunc(typed, func(c rune) bool { return c == ',' || c == ' ' || c == ';' })
	kept := strings.Join(words, " ")
	return kept, len((Task{Needs: kept}).needs()) == len(words) && len(words) <= 50
}

// keepTask keeps a version of a task, with its leaf.
func (m *Room) keepTask(r *web.Request, t *Task, seen int64, verb string) error {
	t.by(r)
	return m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := putTask(tx, t, seen)
		return record.Leaf{Verb: verb, Object: leafObject(KindTask, t.ID), Line: fmt.Sprintf("task %d: %s", t.ID, strings.ToLower(t.StateWords()))}, err
	})
}

// moveTask says where a task stands now.
func (m *Room) moveTask(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.taskOf(r)
	if err == nil {
		err = must(r, web.Write, web.ObjectTask, v.Mark)
	}
	if err != nil {
		return nil, err
	}
	state, seen := f.Choice("state", "Choose where it stands", values(taskStates)...), seenIn(f, v.ID)
	v.Why = f.Text("why", lineLength)
	if (state == taskDropped || state == taskBlocked) && v.Why == "" {
		f.Fault("why", "Say why")
	}
	if f.OK() {
		t := v.Task
		t.State = state
		if t.Owner == "" && state != taskDropped {
			t.Owner, t.OwnerName = r.Visitor.ID, r.Visitor.Name
		}
		err = m.keepTask(r, &t, seen, "move")
		if errors.Is(err, reeve.Invalid) {
			f.Fault("state", reeve.HintOf(err))
		} else if err != nil {
			return nil, err
		}
	}
	if !f.OK() {
		v.Errors = f.Errors
		return v.page().Faulty(f), nil
	}
	return web.Redirect(path("/tasks", v.ID), "It is kept."), nil
}

// tickTask says which steps of the checklist are done.
func (m *Room) tickTask(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.taskOf(r)
	if err == nil {
		err = must(r, web.Write, web.ObjectTask, v.Mark)
	}
	if err != nil {
		return nil, err
	}
	seen := seenIn(f, v.ID)
	if !f.OK() {
		v.Errors = f.Errors
		return v.page().Faulty(f), nil
	}
	t := v.Task
	t.Steps, t.Why = t.tick(f.All("step")), "steps"
	if err := m.keepTask(r, &t, seen, "tick"); err != nil {
		return nil, err
	}
	return web.Redirect(path("/tasks", v.ID), "The checklist is kept."), nil
}
