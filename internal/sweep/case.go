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
	"slices"
	"sync"

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

	fresh   bool       // made by this process
	ruling  sync.Mutex // one decision at a time
	viewing viewing
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
	keysName     = "keys"
	recordKey    = "record.key"
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

// IsCase reports whether a case was made in the folder.
func IsCase(dir string) bool {
	_, err := readCaseFile(dir)
	return !errors.Is(err, fs.ErrNotExist)
}

// Make opens a case, making it if it is not there. address is the PostgreSQL
// database of a new case, "" for one in the folder. What could not be made
// leaves nothing behind.
func Make(ctx context.Context, dir, address string) (*Case, error) {
	file, err := readCaseFile(dir)
	if err == nil {
		if address != "" && StoredAddress(address) != file.Database {
			return nil, reeve.WithHint(fmt.Errorf("the case was made with another database: %w", reeve.Conflict), "Leave --db out: the case remembers its database.")
		}
		return open(ctx, dir, file, false)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := checkAddress(address); err != nil {
		return nil, err
	}
	empty, err := makeFolder(dir)
	if err != nil {
		return nil, err
	}
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		return nil, fmt.Errorf("make case: %w", err)
	}
	file = caseFile{ID: hex.EncodeToString(b[:]), Database: StoredAddress(address)}
	c, err := open(ctx, dir, file, true)
	if err == nil {
		if _, err = c.Signer(ctx); err == nil {
			err = writeCaseFile(dir, file)
		}
		if err == nil {
			return c, nil
		}
		c.Close()
	}
	if empty { // a database that was there stays, whatever is wrong with it
		err = errors.Join(err, removeCase(dir))
	}
	return nil, err
}

// makeFolder makes the folder of a new case, or takes one in which nothing lies
// but what a killed run left: a folder that others use would be closed to them.
func makeFolder(dir string) (empty bool, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return false, reeve.WithHint(fmt.Errorf("make case folder: %w: %w", stripPath(err), reeve.Invalid), "Give a folder in which you may write.")
	}
	there, err := os.ReadDir(dir)
	if err != nil {
		return false, fmt.Errorf("make case folder: %w", stripPath(err))
	}
	for _, e := range there {
		if !slices.Contains(caseFiles, e.Name()) {
			return false, reeve.WithHint(fmt.Errorf("the folder for the case holds other files: %w", reeve.Invalid), "Give a new or an empty folder with --case DIR.")
		}
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return false, fmt.Errorf("close case folder to others: %w", stripPath(err))
	}
	return len(there) == 0, nil
}

// checkAddress refuses what is no address of PostgreSQL: another text would be
// taken for the path of a file.
func checkAddress(address string) error {
	u, err := url.Parse(address)
	if address == "" || err == nil && db.IsAddress(address) && !u.Query().Has("password") {
		return nil
	}
	return reeve.WithHint(fmt.Errorf("the address of the database cannot be used: %w", reeve.Invalid),
		"Write it as postgres://user@host:5432/database; the password belongs into PGPASSWORD or PGPASSFILE.")
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
	if err := c.DB.Migrate(ctx, record.Room, record.Schema()); err != nil {
		return err
	}
	if err := c.DB.Migrate(ctx, "sweep", schema); err != nil {
		return err
	}
	return c.keepKinds(ctx)
}

// Room is the name under which the tables of a case are migrated, by the steps
// of Schema.
const Room = "sweep"

// Schema gives the steps of the tables.
func Schema() []string { return slices.Clone(schema) }

// ID names the case for ever.
func (c *Case) ID() string { return c.id }

// KeyFile is where the key lies that signs the record.
func (c *Case) KeyFile() string { return filepath.Join(c.Keys(), recordKey) }

// Keys is the folder for keys, which only their owner may read.
func (c *Case) Keys() string { return filepath.Join(c.Dir, keysName) }

// Signer opens the key of the record; it is made with the case.
func (c *Case) Signer(ctx context.Context) (*record.Signer, error) {
	return record.OpenKey(ctx, c.DB, c.KeyFile(), record.Origin(c.id))
}

// Close closes the database and ends the reader process of PageImage.
func (c *Case) Close() error {
	c.viewing.close()
	return c.DB.Close()
}

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
	return removeCase(c.Dir)
}

// caseFiles are the names in a case folder.
var caseFiles = []string{caseFileName, caseFileName + ".next", databaseName, databaseName + "-wal", databaseName + "-shm",
	databaseName + "-journal", databaseName + ".sweep.lock", spoolName, keysName + "/" + recordKey, keysName}

func removeCase(dir string) error {
	for _, name := range caseFiles {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("take back case: %w", stripPath(err))
		}
	}
	os.Remove(dir) // fails where the folder holds something else, as it should
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
		return f, reeve.WithHint(fmt.Errorf("read case settings: %w: %w", stripPath(err), reeve.Invalid), "Give the folder of a case, in which you may read and write, with --case DIR.")
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

// StoredAddress is a database address as it may be stored: without a password.
func StoredAddress(address string) string {
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
