package incident

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// taskShelf is what has to be done.
var taskShelf = shelf[Task, *Task]{"incident_task", KindTask,
	"stream, title, detail, owner, owner_name, due, state, steps, needs, escalate, escalate_name, escalated, origin, why, words"}

func (t *Task) places() []any {
	var unread string
	return []any{&t.Stream, &t.Title, &t.Detail, &t.Owner, &t.OwnerName, &t.Due, &t.State, &t.Steps, &t.Needs, &t.Escalate, &t.EscalateName, &t.Escalated, &t.Origin, &t.Why, &unread}
}

func (t *Task) cells() []any {
	return []any{t.Stream, t.Title, t.Detail, t.Owner, t.OwnerName, t.Due, t.State, t.Steps, t.Needs, t.Escalate, t.EscalateName, t.Escalated, t.Origin, t.Why,
		foldAll(t.Title, t.Detail, t.OwnerName)}
}

// putTask keeps the next version of a task. A task that would wait for itself,
// or for one that is not there, is reeve.Invalid; so is one that is done before
// what it waits for.
func putTask(tx *db.Tx, t *Task, seen int64) error {
	if err := tx.Serialise("incident_task"); err != nil {
		return err
	}
	if needs := t.needs(); len(needs) > 0 {
		all, state, err := taskOrder(tx)
		if err != nil {
			return err
		}
		for _, n := range needs {
			if _, there := state[n]; !there {
				return reeve.WithHint(fmt.Errorf("order tasks: %w", reeve.Invalid), fmt.Sprintf("There is no task %d.", n))
			}
			if t.State == taskDone && state[n] != taskDone && state[n] != taskDropped {
				return reeve.WithHint(fmt.Errorf("order tasks: %w", reeve.Invalid), fmt.Sprintf("It waits for task %d, which is not done.", n))
			}
		}
		if round := circle(all, t.ID, needs); t.ID != 0 && round != nil {
			return reeve.WithHint(fmt.Errorf("order tasks: %w", reeve.Invalid), "The task would wait for itself: "+roundWords(round)+".")
		}
	}
	return taskShelf.put(tx, t, seen)
}

func roundWords(round []int64) string {
	return strings.Join(each(round, func(id int64) string { return fmt.Sprint(id) }), " waits for ")
}

// taskOrder gives what every task waits for, and where each stands.
func taskOrder(tx *db.Tx) (needs map[int64][]int64, state map[int64]string, err error) {
	needs, state = make(map[int64][]int64), make(map[int64]string)
	err = tx.Each(func(row db.Row) error {
		var t Task
		err := row.Scan(&t.ID, &t.Needs, &t.State)
		needs[t.ID], state[t.ID] = t.needs(), t.State
		return err
	}, "SELECT id, needs, state FROM incident_task WHERE latest = 1")
	return needs, state, err
}

// openTasks is the condition of tasks that are not over.
const openTasks = "x.state IN ('open', 'doing', 'blocked')"

// lateTasks gives tasks that are late and of which nobody was told yet.
func lateTasks(tx *db.Tx, now int64) ([]Task, error) {
	return taskShelf.list(tx, Sight{All: true, Levels: TLPs}, query{where: openTasks + " AND x.due > 0 AND x.due < ? AND x.escalated = 0", args: []any{now}, limit: 500})
}

// namedTasks gives tasks by id that may be seen.
func namedTasks(tx *db.Tx, s Sight, ids []int64) ([]Task, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return taskShelf.list(tx, s, query{where: "x.id IN (" + marks(len(ids)) + ")", args: args})
}

// waitingFor gives the tasks that wait for one.
func waitingFor(tx *db.Tx, s Sight, id int64) ([]Task, error) {
	return taskShelf.list(tx, s, query{where: "' ' || x.needs || ' ' LIKE ?", args: []any{fmt.Sprintf("%% %d %%", id)}})
}
