package job

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

// victimEnv holds the database of a process that takes a job and never ends it.
const victimEnv = "REEVE_JOB_VICTIM"

func TestMain(m *testing.M) {
	if where := os.Getenv(victimEnv); where != "" {
		fmt.Fprintln(os.Stderr, victim(where))
		os.Exit(1)
	}
	os.Exit(dbtest.Main(m))
}

func victim(where string) error {
	d, err := db.Open(context.Background(), where, db.Options{})
	if err != nil {
		return err
	}
	q := New(d, []Handler{{Kind: "a", Run: func(context.Context, *Work) error {
		fmt.Println("begun")
		select {}
	}}}, quiet())
	q.lease, q.tend, q.poll = 2*time.Second, 200*time.Millisecond, 10*time.Millisecond
	return q.Run(context.Background())
}

// TestKilledProcess kills a process with a job in its hands: another one takes
// the job when the lease has ended, and not before.
func TestKilledProcess(t *testing.T) {
	for name, where := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return filepath.Join(t.TempDir(), "case.db") },
		"postgres": dbtest.PostgresAddress,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			place := where(t)
			d, err := db.Open(t.Context(), place, db.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if err := d.Migrate(t.Context(), Room, Schema()); err != nil {
				t.Fatal(err)
			}
			id := put(t, d, "a", nil)
			attempt := make(chan int, 1)
			killVictim(t, place, func() {
				running(t, newQueue(d, &clock{}, Handler{Kind: "a", Run: func(_ context.Context, w *Work) error {
					attempt <- w.Attempt
					return nil
				}}))
				time.Sleep(2500 * time.Millisecond) // longer than the lease: it is renewed
				select {
				case <-attempt:
					t.Error("the job was taken while its process lived")
				default:
				}
			})
			if n := <-attempt; n != 2 {
				t.Errorf("the job ran again as attempt %d", n)
			}
			inState(t, d, id, Done)
		})
	}
}

// killVictim starts a process that takes the job, calls while, and kills it.
func killVictim(t *testing.T, place string, while func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimEnv+"="+place)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Error(err)
	}
	while()
	cmd.Process.Kill()
	cmd.Wait()
}
