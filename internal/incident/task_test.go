package incident

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
)

func taskForm(title string) url.Values {
	return url.Values{"title": {title}, "owner": {"u1"}, "due": {"2025-11-25"}, "due_time": {"12:00"}, "stream": {"data"}, "council": {""}, "tlp": {"amber"}, "steps": {"first\nsecond"}}
}

// TestTaskPages: a task is added, ticked, moved and changed; it waits for
// another, and never for itself.
func TestTaskPages(t *testing.T) {
	d := testBook(t)
	_, h := testRoom(t, d)
	want(t, post(t, h, "/tasks", url.Values{}), http.StatusUnprocessableEntity, "Say what is to be done", "Choose how far it may travel")
	want(t, post(t, h, "/tasks", taskForm("Seal the logs")), http.StatusSeeOther)
	next := taskForm("Read the logs")
	next.Set("needs", "1")
	want(t, post(t, h, "/tasks", next), http.StatusSeeOther)
	want(t, get(t, h, "/tasks"), http.StatusOK, "1. Seal the logs", "2. Read the logs", "after 1", "User u1")
	want(t, get(t, h, "/tasks/2"), http.StatusOK, "Waits for", "Seal the logs")
	want(t, get(t, h, "/tasks/1"), http.StatusOK, "What waits for it", "Read the logs")

	round := taskForm("Seal the logs")
	round.Set("needs", "2")
	round.Set("version", "1")
	want(t, post(t, h, "/tasks/1", round), http.StatusUnprocessableEntity, "The task would wait for itself: 1 waits for 2 waits for 1")
	round.Set("needs", "9")
	want(t, post(t, h, "/tasks/1", round), http.StatusUnprocessableEntity, "There is no task 9")
	round.Set("needs", "x")
	want(t, post(t, h, "/tasks/1", round), http.StatusUnprocessableEntity, "Enter the numbers of tasks")
	want(t, post(t, h, "/tasks/2/move", url.Values{"version": {"1"}, "state": {"done"}}), http.StatusUnprocessableEntity, "It waits for task 1, which is not done")
	want(t, post(t, h, "/tasks/1/move", url.Values{"version": {"1"}, "state": {"blocked"}}), http.StatusUnprocessableEntity, "Say why")
	want(t, post(t, h, "/tasks/1/steps", url.Values{"version": {"1"}, "step": {"1"}}), http.StatusSeeOther)
	want(t, get(t, h, "/tasks/1"), http.StatusOK, `value="1" checked`)
	want(t, post(t, h, "/tasks/1/move", url.Values{"version": {"1"}, "state": {"done"}}), http.StatusConflict)
	want(t, post(t, h, "/tasks/1/move", url.Values{"version": {"2"}, "state": {"done"}}), http.StatusSeeOther)
	want(t, post(t, h, "/tasks/2/move", url.Values{"version": {"1"}, "state": {"done"}}), http.StatusSeeOther)
	want(t, get(t, h, "/tasks"), http.StatusOK, "Nothing to do here")
	want(t, get(t, h, "/tasks?show=over"), http.StatusOK, "Seal the logs")
	if w := get(t, h, "/tasks.pdf?show=over"); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "%PDF-") {
		t.Errorf("paper: %d", w.Code)
	}
}

// TestNoCircles: over random orders, a circle is found exactly when following
// what each task waits for comes back.
func TestNoCircles(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		order := make(map[int64][]int64)
		for id := int64(1); id < 12; id++ { // older tasks never wait for newer ones: no circle yet
			for range chance.IntN(3) {
				if id > 1 {
					order[id] = append(order[id], 1+chance.Int64N(id-1))
				}
			}
		}
		id, need := 1+chance.Int64N(11), 1+chance.Int64N(11)
		reach := map[int64]bool{need: true}
		for range 12 {
			for at := range order {
				if reach[at] {
					for _, n := range order[at] {
						reach[n] = true
					}
				}
			}
		}
		if round := circle(order, id, []int64{need}); (round != nil) != reach[id] {
			t.Fatalf("%v: %d after %d: %v", order, id, need, round)
		}
	}
}

// TestLateTasksArePutBeforeSomebody once, in the name of the program, and are
// on the home of whoever leads.
func TestLateTasksArePutBeforeSomebody(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		m, h := testRoom(t, d)
		want(t, post(t, h, "/incident/open", openForm("data-copied")), http.StatusSeeOther)
		write(t, d, func(tx *db.Tx) error {
			var faults []error
			for i, due := range []int64{testNow.Unix() - 60, testNow.Unix() + 60, 0} {
				x := Task{Kept: by("", Amber), Title: fmt.Sprintf("Late %d", i), Owner: "u2", Due: due, State: taskOpen}
				faults = append(faults, putTask(tx, &x, 0))
			}
			return errors.Join(faults...)
		})
		for range 2 {
			if err := m.lateJob().Run(t.Context(), &job.Work{}); err != nil {
				t.Fatal(err)
			}
		}
		if l := lastLeaf(t, d); l.Actor != "reeve" || l.Verb != "escalate" || l.Rows != 1 {
			t.Errorf("leaf %+v", l)
		}
		var late []Task
		read(t, d, func(tx *db.Tx) (err error) {
			late, err = taskShelf.list(tx, everything, query{where: "x.escalated > 0"})
			return err
		})
		if len(late) != 1 || late[0].Title != "Late 0" || late[0].Escalate != "lead" || late[0].Version != 2 {
			t.Errorf("%+v", late)
		}
		want(t, get(t, h, "/incident"), http.StatusOK, "Late 0")
		want(t, get(t, h, "/"), http.StatusOK, "1 task late")
	})
}

// TestStoreRefusesWhatCannotBe on both databases.
func TestStoreRefusesWhatCannotBe(t *testing.T) {
	eachBook(t, func(t *testing.T, d *db.DB) {
		a := Task{Kept: by("", Amber), Title: "a", State: taskOpen}
		write(t, d, func(tx *db.Tx) error { return putTask(tx, &a, 0) })
		for name, c := range map[string]struct {
			task Task
			seen int64
			kind error
		}{
			"an old version":        {a, 7, reeve.Conflict},
			"nothing there":         {Task{Kept: Kept{ID: 99}, State: taskOpen}, 1, reeve.NotFound},
			"itself":                {Task{Kept: a.Kept, Needs: "1", State: taskOpen}, 1, reeve.Invalid},
			"one that is not there": {Task{Kept: a.Kept, Needs: "5", State: taskOpen}, 1, reeve.Invalid},
		} {
			if err := d.Write(t.Context(), func(tx *db.Tx) error { return putTask(tx, &c.task, c.seen) }); !errors.Is(err, c.kind) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestChecklists(t *testing.T) {
	x := Task{Steps: "one\nx two\n\nthree"}
	if got := x.tick([]string{"0", "2"}); got != "x one\ntwo\nx three" {
		t.Errorf("%q", got)
	}
	if got := (Task{Needs: "3 7 x"}).needs(); !slices.Equal(got, []int64{3, 7}) {
		t.Errorf("%v", got)
	}
}
