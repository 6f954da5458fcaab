package job

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// each runs a test on a prepared database of every dialect.
func each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Migrate(t.Context(), Room, Schema()); err != nil {
			t.Fatal(err)
		}
		test(t, d)
	})
}

// clock is the wall clock, moved forward by the test.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time          { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }
func quiet() *slog.Logger                { return slog.New(slog.DiscardHandler) }
func short(c *clock, q *Queue) *Queue {
	q.now, q.poll, q.tend = c.now, 5*time.Millisecond, 20*time.Millisecond
	return q
}
func newQueue(d *db.DB, c *clock, h ...Handler) *Queue { return short(c, New(d, h, quiet())) }

// running starts a queue and gives the function that stops it.
func running(t *testing.T, q *Queue) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- q.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func put(t *testing.T, d *db.DB, kind string, args any, opt ...Option) (id int64) {
	t.Helper()
	write(t, d, func(tx *db.Tx) (err error) {
		id, err = Enqueue(tx, kind, args, opt...)
		return err
	})
	return id
}

func write(t *testing.T, d *db.DB, use func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), use); err != nil {
		t.Fatal(err)
	}
}

func find(t *testing.T, d *db.DB, id int64) (j Job) {
	t.Helper()
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
		j, err = Find(tx, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); !is(); {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func inState(t *testing.T, d *db.DB, id int64, s State) Job {
	t.Helper()
	eventually(t, fmt.Sprintf("job %d is %s", id, s), func() bool { return find(t, d, id).State == s })
	return find(t, d, id)
}

func TestEnqueueIsPartOfTheTransaction(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		undo := errors.New("undo")
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if _, err := Enqueue(tx, "a", 1); err != nil {
				return err
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Fatal(err)
		}
		write(t, d, func(tx *db.Tx) error {
			jobs, err := List(tx, Query{})
			if len(jobs) != 0 {
				t.Errorf("a transaction that was undone left %d jobs", len(jobs))
			}
			return err
		})
	})
}

func TestEnqueueRefuses(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for name, args := range map[string]any{"no JSON": func() {}, "too long": strings.Repeat("x", maxArgs)} {
			err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := Enqueue(tx, "a", args); return err })
			if !errors.Is(err, reeve.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := d.Write(t.Context(), func(tx *db.Tx) error { _, err := Enqueue(tx, "", 1); return err }); !errors.Is(err, reeve.Invalid) {
			t.Errorf("no kind: %v", err)
		}
	})
}

func TestEveryJobRuns(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		const jobs = 60
		var mu sync.Mutex
		var ran []int
		c := &clock{}
		h := Handler{Kind: "a", Workers: 3, Run: func(_ context.Context, w *Work) error {
			var n int
			if err := json.Unmarshal(w.Args, &n); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			ran = append(ran, n)
			return nil
		}}
		for i := range jobs {
			put(t, d, "a", i)
		}
		running(t, newQueue(d, c, h))
		running(t, newQueue(d, c, h)) // as another process
		eventually(t, "all are done", func() bool { return count(t, d, Done) == jobs })
		slices.Sort(ran)
		for i := range jobs {
			if i >= len(ran) || ran[i] != i {
				t.Fatalf("ran %v, want each of 0..%d once", ran, jobs-1)
			}
		}
	})
}

func count(t *testing.T, d *db.DB, s State) (n int) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		counts, err := Counts(tx)
		for _, c := range counts {
			if c.State == s {
				n += c.Jobs
			}
		}
		return err
	})
	return n
}

func TestOrderWithinAKind(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var mu sync.Mutex
		var got bytes.Buffer
		for _, s := range []string{"a", "b", "c", "d"} {
			put(t, d, "k", s)
			time.Sleep(2 * time.Millisecond) // numbers grow by the millisecond
		}
		running(t, newQueue(d, &clock{}, Handler{Kind: "k", Run: func(_ context.Context, w *Work) error {
			mu.Lock()
			defer mu.Unlock()
			got.Write(bytes.Trim(w.Args, `"`))
			return nil
		}}))
		eventually(t, "all are done", func() bool { return count(t, d, Done) == 4 })
		if got.String() != "abcd" {
			t.Errorf("ran in the order %s", got.String())
		}
	})
}

func TestRetriesThenDead(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		c := &clock{}
		var attempts []int
		var waits []time.Duration
		id := put(t, d, "a", nil)
		running(t, newQueue(d, c, Handler{Kind: "a", Attempts: 3, Run: func(_ context.Context, w *Work) error {
			attempts = append(attempts, w.Attempt)
			return fmt.Errorf("the printer is out of paper, %d", w.Attempt)
		}}))
		for n := 1; n < 3; n++ {
			eventually(t, "it waits after a failure", func() bool { j := find(t, d, id); return j.State == Waiting && j.Attempts == n })
			wait := time.Unix(find(t, d, id).Due, 0).Sub(c.now())
			waits = append(waits, wait.Round(15*time.Second))
			c.advance(wait + time.Second)
		}
		j := inState(t, d, id, Dead)
		if !slices.Equal(attempts, []int{1, 2, 3}) || j.Trouble != "the printer is out of paper, 3" || j.Ended == 0 {
			t.Errorf("attempts %v, job %+v", attempts, j)
		}
		if !slices.Equal(waits, []time.Duration{15 * time.Second, time.Minute}) {
			t.Errorf("waited %v", waits)
		}
		c.advance(30 * 24 * time.Hour)
		time.Sleep(60 * time.Millisecond)
		if find(t, d, id).State != Dead {
			t.Error("a dead job was not kept")
		}
	})
}

func TestRetryAndDrop(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		var broken atomic.Bool
		broken.Store(true)
		running(t, newQueue(d, &clock{}, Handler{Kind: "a", Run: func(context.Context, *Work) error {
			if broken.Load() {
				return Refuse(errors.New("no such run"))
			}
			return nil
		}}))
		id, other := put(t, d, "a", 1), put(t, d, "a", 2)
		if j := inState(t, d, id, Dead); j.Attempts != 1 {
			t.Errorf("a refused job was tried %d times", j.Attempts)
		}
		inState(t, d, other, Dead)
		broken.Store(false)
		write(t, d, func(tx *db.Tx) error { return errors.Join(Retry(tx, id), Drop(tx, other)) })
		inState(t, d, id, Done)
		for name, act := range map[string]func(*db.Tx, int64) error{"retry": Retry, "drop": Drop} {
			if err := d.Write(t.Context(), func(tx *db.Tx) error { return act(tx, id) }); !errors.Is(err, reeve.NotFound) {
				t.Errorf("%s a job that is done: %v", name, err)
			}
		}
	})
}

func TestPanicIsAFailureWithoutItsValue(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		id := put(t, d, "a", nil)
		running(t, newQueue(d, &clock{}, Handler{Kind: "a", Attempts: 1, Run: func(context.Context, *Work) error { panic("Aylin Brook") }}))
		if j := inState(t, d, id, Dead); strings.Contains(j.Trouble, "Aylin") || !strings.Contains(j.Trouble, "panicked") {
			t.Errorf("trouble %q", j.Trouble)
		}
	})
}

func TestKey(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		id := put(t, d, "a", 1, Key("k"))
		if again := put(t, d, "a", 2, Key("k")); again != id {
			t.Errorf("a second job %d beside %d with the same key", again, id)
		}
		if other := put(t, d, "b", 2, Key("k")); other == id {
			t.Error("keys of different kinds collide")
		}
		begun, goOn := make(chan int64, 4), make(chan struct{})
		var at, most atomic.Int32
		h := Handler{Kind: "a", Workers: 2, Run: func(_ context.Context, w *Work) error {
			most.Store(max(most.Load(), at.Add(1)))
			defer at.Add(-1)
			begun <- w.ID
			<-goOn
			return nil
		}}
		running(t, newQueue(d, &clock{}, h))
		running(t, newQueue(d, &clock{}, h))
		<-begun
		later := put(t, d, "a", 3, Key("k")) // while the first one runs
		if later == id {
			t.Error("what was enqueued while the first one ran was lost")
		}
		time.Sleep(50 * time.Millisecond)
		close(goOn)
		inState(t, d, later, Done)
		if most.Load() != 1 {
			t.Errorf("%d jobs of one key ran at once", most.Load())
		}
	})
}

func TestFailureLeavesItsWorkToTheNextOfItsKey(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		begun, goOn := make(chan struct{}, 2), make(chan struct{})
		first := put(t, d, "a", 1, Key("k"))
		stop := running(t, newQueue(d, &clock{}, Handler{Kind: "a", Run: func(context.Context, *Work) error {
			begun <- struct{}{}
			<-goOn
			return errors.New("no")
		}}))
		<-begun
		second := put(t, d, "a", 2, Key("k"))
		close(goOn)
		eventually(t, "the second failed once", func() bool { return find(t, d, second).Attempts == 1 && find(t, d, second).State == Waiting })
		stop()
		err := d.Read(t.Context(), func(tx *db.Tx) error { _, err := Find(tx, first); return err })
		if !errors.Is(err, reeve.NotFound) {
			t.Errorf("two jobs of one key wait: %v", err)
		}
	})
}

func TestAfter(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		c := &clock{}
		id := put(t, d, "a", nil, After(time.Now().Add(time.Hour)))
		running(t, newQueue(d, c, Handler{Kind: "a", Run: func(context.Context, *Work) error { return nil }}))
		time.Sleep(50 * time.Millisecond)
		if find(t, d, id).State != Waiting {
			t.Fatal("it ran too early")
		}
		c.advance(61 * time.Minute)
		inState(t, d, id, Done)
	})
}

func TestEvery(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		c := &clock{}
		var ran atomic.Int32
		h := Handler{Kind: "a", Every: time.Hour, Attempts: 1, Run: func(context.Context, *Work) error {
			if ran.Add(1) == 2 {
				return errors.New("once it fails")
			}
			return nil
		}}
		stop := running(t, newQueue(d, c, h))
		running(t, newQueue(d, c, h))
		eventually(t, "the first turn", func() bool { return ran.Load() == 1 && count(t, d, Waiting) == 1 })
		for n := int32(2); n < 5; n++ {
			c.advance(time.Hour)
			eventually(t, fmt.Sprintf("turn %d", n), func() bool { return ran.Load() == n && count(t, d, Waiting) == 1 })
		}
		stop()
		c.advance(5 * time.Hour)
		eventually(t, "one turn for those that were missed", func() bool { return ran.Load() == 5 && count(t, d, Waiting) == 1 })
		time.Sleep(50 * time.Millisecond)
		if n := ran.Load(); n != 5 {
			t.Errorf("ran %d times", n)
		}
	})
}

func TestStopGivesBack(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		c := &clock{}
		begun := make(chan struct{})
		id := put(t, d, "a", nil)
		stop := running(t, newQueue(d, c, Handler{Kind: "a", Run: func(ctx context.Context, _ *Work) error {
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		}}))
		<-begun
		stop()
		if j := find(t, d, id); j.State != Waiting || j.Attempts != 0 || j.Trouble != "" {
			t.Errorf("after a stop the job is %+v", j)
		}
		var attempt int
		running(t, newQueue(d, c, Handler{Kind: "a", Run: func(_ context.Context, w *Work) error { attempt = w.Attempt; return nil }}))
		inState(t, d, id, Done)
		if attempt != 1 {
			t.Errorf("it ran as attempt %d", attempt)
		}
	})
}

func TestLeaseIsRenewedWhileWorkGoesOn(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		c := &clock{}
		var runs atomic.Int32
		begun, goOn := make(chan struct{}, 2), make(chan struct{})
		h := Handler{Kind: "a", Run: func(context.Context, *Work) error {
			runs.Add(1)
			begun <- struct{}{}
			<-goOn
			return nil
		}}
		id := put(t, d, "a", nil)
		running(t, newQueue(d, c, h))
		<-begun
		running(t, newQueue(d, c, h))
		for range 6 { // in all six times as long as a lease
			c.advance(LeaseTime / 2)
			time.Sleep(60 * time.Millisecond) // a few rounds of renewing
			c.advance(LeaseTime / 2)
			time.Sleep(60 * time.Millisecond)
		}
		close(goOn)
		inState(t, d, id, Done)
		if runs.Load() != 1 {
			t.Errorf("it was begun %d times", runs.Load())
		}
	})
}

func TestLostLeaseEndsTheWork(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		c := &clock{}
		id := put(t, d, "a", nil)
		cause := make(chan error, 1)
		begun := make(chan struct{})
		running(t, newQueue(d, c, Handler{Kind: "a", Run: func(ctx context.Context, _ *Work) error {
			close(begun)
			<-ctx.Done()
			cause <- context.Cause(ctx)
			return nil
		}}))
		<-begun
		write(t, d, func(tx *db.Tx) error { // as if this process had slept and another one had taken over
			_, err := tx.Exec("UPDATE job_task SET holder = 'other', leased = ? WHERE id = ?", c.now().Add(time.Hour).Unix(), id)
			return err
		})
		if err := <-cause; !errors.Is(err, errLost) {
			t.Errorf("the work ended with %v", err)
		}
		time.Sleep(50 * time.Millisecond)
		if j := find(t, d, id); j.State != Running {
			t.Errorf("who lost the lease wrote %+v", j)
		}
	})
}

func TestStopAJob(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		id := put(t, d, "a", nil)
		var runs atomic.Int32
		ended := make(chan struct{}, 1)
		running(t, newQueue(d, &clock{}, Handler{Kind: "a", Run: func(ctx context.Context, _ *Work) error {
			if runs.Add(1) == 1 {
				<-ctx.Done()
				ended <- struct{}{}
				return ctx.Err()
			}
			return nil
		}}))
		inState(t, d, id, Running)
		write(t, d, func(tx *db.Tx) error { return Stop(tx, id) })
		<-ended
		time.Sleep(50 * time.Millisecond)
		if j := find(t, d, id); j.State != Dead || j.Trouble != "stopped" {
			t.Errorf("after Stop the job is %+v", j)
		}
		if err := d.Write(t.Context(), func(tx *db.Tx) error { return Stop(tx, id) }); !errors.Is(err, reeve.NotFound) {
			t.Errorf("stopped twice: %v", err)
		}
		write(t, d, func(tx *db.Tx) error { return Retry(tx, id) })
		inState(t, d, id, Done)
	})
}

func TestDoneIsForgottenInTheEnd(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		c := &clock{}
		id := put(t, d, "a", nil)
		running(t, newQueue(d, c, Handler{Kind: "a", Run: func(context.Context, *Work) error { return nil }}))
		inState(t, d, id, Done)
		c.advance(KeepDone + time.Hour)
		eventually(t, "nothing is left", func() bool { return count(t, d, Done) == 0 })
	})
}

func TestHandlersThatAreNotWellMade(t *testing.T) {
	run := func(context.Context, *Work) error { return nil }
	for name, hs := range map[string][]Handler{
		"no kind":   {{Run: run}},
		"no run":    {{Kind: "a"}},
		"two":       {{Kind: "a", Run: run}, {Kind: "a", Run: run}},
		"too often": {{Kind: "a", Run: run, Every: time.Millisecond}},
	} {
		if err := New(nil, hs, quiet()).Run(t.Context()); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestListPages(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		for i := range 7 {
			put(t, d, []string{"a", "b"}[i%2], i)
		}
		seen := make(map[int64]bool)
		write(t, d, func(tx *db.Tx) error {
			q := Query{Limit: 3}
			for {
				page, err := List(tx, q)
				if err != nil || len(page) == 0 {
					return err
				}
				for _, j := range page {
					seen[j.ID] = true
				}
				q.Before = page[len(page)-1].ID
			}
		})
		if len(seen) != 7 {
			t.Errorf("the pages hold %d jobs of 7", len(seen))
		}
		write(t, d, func(tx *db.Tx) error {
			page, err := List(tx, Query{Kind: "b", State: Waiting})
			if len(page) != 3 {
				t.Errorf("%d jobs of kind b, want 3", len(page))
			}
			return err
		})
	})
}
