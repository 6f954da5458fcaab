package incident

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Task is something that somebody does by a time.
type Task struct {
	Kept
	Stream       string `json:"stream"`
	Title        string `json:"title"`
	Detail       string `json:"detail"`
	Owner        string `json:"owner"` // "" for nobody yet
	OwnerName    string `json:"owner_name"`
	Due          int64  `json:"due"` // seconds UTC, 0 for no date
	State        string `json:"state"`
	Steps        string `json:"steps"` // one a line, "x " before what is done
	Needs        string `json:"needs"` // ids of tasks that come before
	Escalate     string `json:"escalate"`
	EscalateName string `json:"escalate_name"`
	Escalated    int64  `json:"escalated"` // when it was, 0 for not
	Origin       string `json:"origin"`
	Why          string `json:"why"`
}

// States of a task.
const (
	taskOpen    = "open"
	taskDoing   = "doing"
	taskBlocked = "blocked"
	taskDone    = "done"
	taskDropped = "dropped"
)

var taskStates = []choice{
	{taskOpen, "To do", false}, {taskDoing, "Under way", false}, {taskBlocked, "Stuck", false}, {taskDone, "Done", false}, {taskDropped, "Not needed", false},
}

// streams are the seven work streams by which councils sort what an incident
// asks of them, in our own words; the order is that of the LGA's cyber incident
// grab bag.
var streams = []choice{
	{"people", "Looking after our people", false},
	{"services", "Keeping services going", false},
	{"technology", "Bringing technology back safely", false},
	{"data", "Protecting data and the people in it", false},
	{"members", "Working with councillors", false},
	{"agencies", "Working with government, police and regulators", false},
	{"public", "Informing and supporting the public", false},
}

// Over reports whether nothing more is to be done.
func (t Task) Over() bool { return t.State == taskDone || t.State == taskDropped }

// Late reports whether the task should have been done by now, seconds UTC.
func (t Task) Late(now int64) bool { return !t.Over() && t.Due > 0 && t.Due < now }

// StateWords say the state.
func (t Task) StateWords() string { return wordsOf(taskStates, t.State) }

// StreamWords name the work stream.
func (t Task) StreamWords() string { return wordsOf(streams, t.Stream) }

// Colour is the tag of the state.
func (t Task) Colour() string {
	switch t.State {
	case taskDone:
		return "green"
	case taskDropped:
		return "grey"
	case taskBlocked:
		return "red"
	case taskDoing:
		return "blue"
	}
	return "yellow"
}

// step is one line of a checklist.
type step struct {
	Number int    `json:"number"` // from 0
	Text   string `json:"text"`
	Done   bool   `json:"done"`
}

// Checklist is the steps.
func (t Task) Checklist() []step {
	var all []step
	for i, line := range linesOf(t.Steps) {
		text, done := strings.CutPrefix(line, "x ")
		all = append(all, step{i, text, done})
	}
	return all
}

// tick gives the steps with those of some numbers done, the others not.
func (t Task) tick(done []string) string {
	var all []string
	for _, s := range t.Checklist() {
		if slices.Contains(done, strconv.Itoa(s.Number)) {
			s.Text = "x " + s.Text
		}
		all = append(all, s.Text)
	}
	return strings.Join(all, "\n")
}

// needs are the ids of the tasks that come before.
func (t Task) needs() []int64 {
	var all []int64
	for _, s := range strings.Fields(t.Needs) {
		if id, err := strconv.ParseInt(s, 10, 64); err == nil {
			all = append(all, id)
		}
	}
	return all
}

// circle finds a task that would wait for itself if task id waited for needs:
// it follows what each waits for. It gives a way round, nil if there is none.
func circle(all map[int64][]int64, id int64, needs []int64) []int64 {
	seen := make(map[int64]bool)
	var follow func(at int64, way []int64) []int64
	follow = func(at int64, way []int64) []int64 {
		way = append(way, at)
		if at == id {
			return way
		}
		if seen[at] {
			return nil
		}
		seen[at] = true
		for _, next := range all[at] {
			if round := follow(next, way); round != nil {
				return round
			}
		}
		return nil
	}
	for _, n := range needs {
		if round := follow(n, []int64{id}); round != nil {
			return round
		}
	}
	return nil
}

// changedFactTime is within which time what was built on a changed fact is to
// be looked at.
const changedFactTime = 24 * 3600

// changedTask is the task of who owns things that were built on a fact as it
// was.
func changedTask(f Fact, uses []Use) Task {
	t := Task{Kept: Kept{Mark: f.Mark, ChangedBy: f.ChangedBy, ChangedName: f.ChangedName, ChangedAt: f.ChangedAt}, Stream: "data", State: taskOpen,
		Owner: uses[0].Owner, OwnerName: uses[0].OwnerName, Due: f.ChangedAt + changedFactTime, Origin: fmt.Sprintf("fact:%d:%d", f.ID, f.Version),
		Title: fmt.Sprintf("Fact %d changed: look again at what cites it", f.ID)}
	var steps []string
	for _, u := range uses {
		t.Mark = t.Mark.closer(u.Mark)
		steps = append(steps, strings.TrimSpace(fmt.Sprintf("%s (%s)", u.Title, u.Path)))
	}
	t.Steps = strings.Join(steps, "\n")
	t.Detail = fmt.Sprintf("The fact is now: %s. Its page is /facts/%d. Each thing below cites it as it was.", f.StateWords(), f.ID)
	return t
}
