package notice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice/simulator"
)

// TestKilledSenders sends a run by real processes that are killed at random
// moments. Each person gets exactly one letter: the simulator's own log says so.
func TestKilledSenders(t *testing.T) {
	people, kills := 2000, 5
	if testing.Short() {
		people, kills = 300, 2
	}
	if n, err := strconv.Atoi(os.Getenv("REEVE_NOTICE_PEOPLE")); err == nil { // go run ./bench notices
		people, kills = n, 10
	}
	path := filepath.Join(t.TempDir(), "case.db")
	d, err := db.Open(t.Context(), path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	prepare(t, d, people)
	start := time.Date(2026, 1, 19, 8, 0, 0, 0, time.UTC)
	since := time.Now()
	// Life is short, so that what was cut off is settled soon.
	sim, err := simulator.Open(filepath.Join(t.TempDir(), "simulator.log"), simulator.Options{Key: testKey, Start: start, Speed: 400, Life: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer sim.Close()
	var posted atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			posted.Add(1)
		}
		sim.ServeHTTP(w, r)
	}))
	defer server.Close()
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{senderChannel(server.URL, start, since)}})
	r := startUnchecked(t, m)
	env := append(os.Environ(), "REEVE_NOTICE_SENDER="+path, "REEVE_NOTICE_URL="+server.URL, "REEVE_NOTICE_RUN="+strconv.FormatInt(r.ID, 10),
		"REEVE_NOTICE_SINCE="+strconv.FormatInt(since.UnixNano(), 10))
	for _, at := range killPoints(people, kills) {
		killedAfter(t, env, &posted, at)
	}
	if out, err := senderProcess(env).CombinedOutput(); err != nil {
		t.Fatalf("the last sender: %v\n%s", err, out)
	}
	provenOnce(t, m, sim, r.ID, people)
}

// killPoints are after how many letters senders are killed: anywhere in the run,
// the same in every test.
func killPoints(people, kills int) (at []int) {
	random := rand.New(rand.NewPCG(1, 2))
	for range kills {
		at = append(at, random.IntN(people))
	}
	slices.Sort(at)
	return at
}

func senderProcess(env []string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = env
	return cmd
}

// killedAfter starts a sender and kills it a moment after so many letters were
// handed over in all.
func killedAfter(t *testing.T, env []string, posted *atomic.Int64, letters int) {
	t.Helper()
	cmd := senderProcess(env)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			t.Fatalf("a sender ended before it was killed, after %d letters: %v", posted.Load(), err)
		case <-tick.C:
		}
		if posted.Load() < int64(letters) {
			continue
		}
		time.Sleep(rand.N(100 * time.Millisecond)) // anywhere between two rounds
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		<-ended
		t.Logf("killed after %d letters", posted.Load())
		return
	}
}

// startUnchecked makes every message ready without setting it first: that is
// what other tests are for.
func startUnchecked(t testing.TB, m *Room) run {
	t.Helper()
	r := run{Title: "Test", Kind: Personal, Way: Post, Template: "personal", List: 1, Channel: m.Channels[0].Name(), On: testOn, By: "u1", At: 1}
	err := m.db.Write(context.Background(), func(tx *db.Tx) error {
		all, err := usable(tx)
		if err != nil {
			return err
		}
		r.Text = all[r.Template].Text
		if err := addRun(tx, &r); err != nil {
			return err
		}
		if err := m.freeze(tx, &r, 2); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE notice_message SET state = 'ready', sides = 3 WHERE run = ?", r.ID); err != nil {
			return err
		}
		return moveRun(tx, &r, Checked, "", 2)
	})
	if err != nil {
		t.Fatal(err)
	}
	return start(t, m, r)
}

// provenOnce compares the simulator's log with the messages: every person one
// letter, every letter one person.
func provenOnce(t testing.TB, m *Room, sim *simulator.Simulator, run int64, people int) {
	t.Helper()
	taken := make(map[string]int)
	for _, l := range sim.Taken() {
		taken[l.Reference]++
	}
	persons := make(map[string]bool)
	again := 0
	err := m.db.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var person, ref, state string
			var attempts int
			if err := row.Scan(&person, &ref, &state, &attempts); err != nil {
				return err
			}
			if taken[ref] != 1 || state != msgLeft || persons[person] {
				t.Errorf("%s: %d letters, %s", person, taken[ref], state)
			}
			if attempts > 1 {
				again++
			}
			persons[person] = true
			return nil
		}, "SELECT person, reference, state, attempts FROM notice_message WHERE run = ?", run)
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(taken) != people || len(persons) != people || len(sim.Taken()) != people {
		t.Errorf("%d letters under %d references to %d of %d people", len(sim.Taken()), len(taken), len(persons), people)
	}
	t.Logf("%d letters, %d of them marked as leaving more than once", len(sim.Taken()), again)
}

// BenchmarkSending sends letters through the simulator in one process: what a
// letter costs from the frozen list to the receipt, at either end.
func BenchmarkSending(b *testing.B) {
	d, err := db.Open(b.Context(), filepath.Join(b.TempDir(), "case.db"), db.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	prepare(b, d, b.N)
	sim, channel := practice(b, simulator.Options{})
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}})
	r := startUnchecked(b, m)
	b.ResetTimer()
	spent := processorTime()
	if err := m.send(b.Context(), r.ID); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64((processorTime()-spent).Microseconds())/1000/float64(b.N), "cpu-ms/letter")
	if n := len(sim.Taken()); n != b.N {
		b.Errorf("%d of %d letters", n, b.N)
	}
}

func senderChannel(url string, start, since time.Time) *Notify {
	n, err := NewNotify(NotifyOptions{Base: url, Key: testKey, Clock: simulator.NewClock(start, since, 400), Life: 2 * time.Second})
	if err != nil {
		panic(err)
	}
	return n
}

// sendUntilKilled is what the processes of TestKilledSenders do.
func sendUntilKilled() {
	err := func() error {
		ctx := context.Background()
		d, err := db.Open(ctx, os.Getenv("REEVE_NOTICE_SENDER"), db.Options{})
		if err != nil {
			return err
		}
		id, err := strconv.ParseInt(os.Getenv("REEVE_NOTICE_RUN"), 10, 64)
		if err != nil {
			return err
		}
		since, err := strconv.ParseInt(os.Getenv("REEVE_NOTICE_SINCE"), 10, 64)
		if err != nil {
			return err
		}
		channel := senderChannel(os.Getenv("REEVE_NOTICE_URL"), time.Date(2026, 1, 19, 8, 0, 0, 0, time.UTC), time.Unix(0, since))
		m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{channel}, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
		for failed := 0; ; {
			err := m.send(ctx, id)
			var later errLater
			switch { // as the queue would
			case errors.As(err, &later):
				err = pause(ctx, time.Until(later.at))
			case err == nil:
				failed = 0
			case failed < sendAttempts-1: // on a busy machine a token grows too old on its way
				failed++
				fmt.Fprintln(os.Stderr, "tried again after:", err)
				err = pause(ctx, time.Second)
			}
			if err != nil {
				return err
			}
			var r run
			if err := d.Read(ctx, func(tx *db.Tx) (err error) { r, err = readRun(tx, id); return err }); err != nil || r.State == Done {
				return err
			}
		}
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}
