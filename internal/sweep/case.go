package sweep

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

// Case is one open case: its folder (0700: keys, settings, temporary files)
// and its database, which is a SQLite file in the folder unless another was
// given when the case was made.
type Case struct {
	Dir string
	DB  *db.DB
	id  string

	fresh bool // made by this process
}

// caseFile holds what a case folder remembers. The address of a database is
// kept without its password.
type caseFile struct {
	ID       string `json:"id"`
	Database string `json:"database,omitempty"`
}

const (
	caseFileName = "case.json"
	databaseName = "case.db"
	spoolName    = "tmp"
)

// Open opens a case that is there.
func Open(ctx context.Context, dir string) (*Case, error) {
	file, err := readCaseFile(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, reeve.WithHint(fmt.Errorf("no case in the folder given: %w", reeve.NotFound),
			"Give the case with --case DIR, or make one with: reeve sweep --case DIR --register FILE EXHIBIT")
	}
	if err != nil {
		return nil, err
	}
	return open(ctx, dir, file, false)
}

// Make opens a case, making it if it is not there. address is the PostgreSQL
// database of a new case, "" for one in the folder.
func Make(ctx context.Context, dir, address string) (*Case, error) {
	file, err := readCaseFile(dir)
	if err == nil {
		if address != "" && withoutPassword(address) != file.Database {
			return nil, reeve.WithHint(fmt.Errorf("the case was made with another database: %w", reeve.Conflict), "Leave --db out: the case remembers its database.")
		}
		return open(ctx, dir, file, false)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, reeve.WithHint(fmt.Errorf("make case folder: %w", stripPath(err)), "Give a folder in which you may write.")
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return nil, fmt.Errorf("close case folder to others: %w", stripPath(err))
	}
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		return nil, fmt.Errorf("make case: %w", err)
	}
	file = caseFile{ID: hex.EncodeToString(b[:]), Database: withoutPassword(address)}
	c, err := open(ctx, dir, file, true)
	if err != nil {
		return nil, err
	}
	if err := writeCaseFile(dir, file); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func open(ctx context.Context, dir string, file caseFile, fresh bool) (*Case, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open case: %w", stripPath(err))
	}
	spool := filepath.Join(dir, spoolName)
	if err := os.MkdirAll(spool, 0o700); err != nil {
		return nil, fmt.Errorf("open case: %w", stripPath(err))
	}
	where := file.Database
	if where == "" {
		where = filepath.Join(dir, databaseName)
	}
	d, err := db.Open(ctx, where, db.Options{Temp: spool, MustExist: !fresh})
	if err != nil {
		return nil, err
	}
	c := &Case{Dir: dir, DB: d, id: file.ID, fresh: fresh}
	if err := c.prepare(ctx); err != nil {
		d.Close()
		return nil, err
	}
	return c, nil
}

func (c *Case) prepare(ctx context.Context) error {
	if err := c.DB.Claim(ctx, c.id); err != nil {
		return err
	}
	if err := c.DB.Migrate(ctx, "record", record.Schema()); err != nil {
		return err
	}
	return c.DB.Migrate(ctx, "sweep", schema)
}

// Close closes the database.
func (c *Case) Close() error { return c.DB.Close() }

// Discard takes back a case that this process has just made and kept nothing
// in, so that wrong usage leaves nothing behind. A case in PostgreSQL stays: its
// database is claimed.
func (c *Case) Discard() error {
	if !c.fresh || c.DB.Dialect() != "sqlite" {
		return nil
	}
	if err := c.Close(); err != nil {
		return err
	}
	for _, name := range []string{caseFileName, databaseName, databaseName + "-wal", databaseName + "-shm", databaseName + ".sweep.lock", spoolName} {
		if err := os.Remove(filepath.Join(c.Dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("take back case: %w", stripPath(err))
		}
	}
	os.Remove(c.Dir) // fails where the folder held something else, as it should
	return nil
}

// spool is where unpacked members wait for their turn, inside the case.
func (c *Case) spool() string { return filepath.Join(c.Dir, spoolName) }

// emptySpool removes what a killed run left.
func (c *Case) emptySpool() error {
	left, err := os.ReadDir(c.spool())
	if err != nil {
		return fmt.Errorf("clear temporary files: %w", stripPath(err))
	}
	for _, e := range left {
		if err := os.Remove(filepath.Join(c.spool(), e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("clear temporary files: %w", stripPath(err))
		}
	}
	return nil
}

func readCaseFile(dir string) (caseFile, error) {
	var f caseFile
	b, err := os.ReadFile(filepath.Join(dir, caseFileName))
	if errors.Is(err, fs.ErrNotExist) {
		return f, fs.ErrNotExist
	}
	if err != nil {
		return f, fmt.Errorf("read case settings: %w", stripPath(err))
	}
	if err := json.Unmarshal(b, &f); err != nil || f.ID == "" {
		return f, reeve.WithHint(fmt.Errorf("the settings of the case cannot be read: %w", reeve.Invalid), "Take case.json from a backup of the case.")
	}
	return f, nil
}

// writeCaseFile writes beside and renames, so that a full disk or a kill never
// leaves half a file.
func writeCaseFile(dir string, f caseFile) error {
	b, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return fmt.Errorf("write case settings: %w", err)
	}
	next := filepath.Join(dir, caseFileName+".next")
	if err := os.WriteFile(next, append(b, '\n'), 0o600); err != nil {
		return fmt.Errorf("write case settings: %w", stripPath(err))
	}
	if err := os.Rename(next, filepath.Join(dir, caseFileName)); err != nil {
		return fmt.Errorf("write case settings: %w", stripPath(err))
	}
	return nil
}

// withoutPassword is a database address as it may be stored.
func withoutPassword(address string) string {
	if address == "" {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = url.User(u.User.Username())
	return u.String()
}
