package dbtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
)

// Main runs the tests and stops the cluster, if one was started.
func Main(m *testing.M) int {
	defer func() {
		if shared.cluster != nil {
			shared.cluster.stop()
		}
	}()
	return m.Run()
}

// Each runs a test on an empty database of every dialect.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite opens an empty database file.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "case.db"))
}

// Postgres opens an empty PostgreSQL database.
func Postgres(t testing.TB) *db.DB {
	t.Helper()
	return open(t, PostgresAddress(t))
}

func open(t testing.TB, where string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), where, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// shared is the one cluster of a test binary.
var shared struct {
	once    sync.Once
	cluster *cluster
	err     error
	mu      sync.Mutex
	made    int
}

// PostgresAddress gives the address of an empty PostgreSQL database.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	shared.once.Do(func() { shared.cluster, shared.err = startCluster() })
	if shared.err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("PostgreSQL is needed: %v", shared.err)
		}
		t.Skipf("PostgreSQL is not here: %v (make test installs it)", shared.err)
	}
	shared.mu.Lock()
	shared.made++
	name := fmt.Sprintf("reeve_test_%d", shared.made)
	shared.mu.Unlock()
	if err := shared.cluster.createDatabase(context.Background(), name); err != nil {
		t.Fatal(err)
	}
	return shared.cluster.address(name)
}
