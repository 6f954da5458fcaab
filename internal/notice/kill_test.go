package notice

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
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
	server := httptest.NewServer(sim)
	defer server.Close()
	m := New(Deps{DB: d, Guard: &testGuard{}, Channels: []Channel{senderChannel(server.URL, start, since)}})
	r := startUnchecked(t, m)
	env := append(os.Environ(), "REEVE_NOTICE_SENDER="+path, "REEVE_NOTICE_URL="+server.URL, "REEVE_NOTICE_RUN="+strconv.FormatInt(r.ID, 10),
		"REEVE_NOTICE_SINCE="+strconv.FormatInt(since.UnixNano(), 10))
	random := rand.New(rand.NewPCG(1, 2))
	for k := 0; ; k++ {
		cmd := exec.Command(os.Args[0])
		cmd.Env, cmd.Stderr = env, os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		var kill <-chan time.Time
		if k < kills {
			kill = time.After(time.Duration(300+random.IntN(1500*(1+people/10_000))) * time.Millisecond)
		}
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("sender %d: %v", k, err)
			}
		case <-kill:
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			<-ended
			continue
		}
		break
	}
	provenOnce(t, m, sim, r.ID, people)
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
	t.Logf("%d letters, %d taken up again after a kill", len(sim.Taken()), again)
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
		for {
			if err := m.send(ctx, id); err != nil {
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
