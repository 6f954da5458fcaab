package main

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"filippo.io/age"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

func restoreCommand() Command {
	var f caseFlags
	var lock lockFlags
	return Command{
		Name:  "restore",
		Args:  "FILE",
		Short: "open a backup into a new folder and check it",
		Long: `Opens a backup into a new or empty folder: the case is there whole or not at
all. While it is opened every byte is authenticated; then the database is
checked, and the record is read from end to end and must have grown out of the
head that the backup names. A folder that holds a case is never touched.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			set.StringVar(&f.db, "db", "", "empty PostgreSQL `URL`, for a backup from PostgreSQL")
			set.StringVar(&lock.passphrase, "passphrase-file", "", "`FILE` whose first line is the passphrase")
			set.StringVar(&lock.identity, "identity", "", "`FILE` with the secret key of age")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) != 1 {
				return reeve.WithHint(usageError{"restore takes one backup"}, "reeve restore case.reeve.age --case DIR")
			}
			if err := free(f.dir); err != nil {
				return err
			}
			in, err := os.Open(args[0])
			if err != nil || isFolder(args[0]) {
				return reeve.WithHint(usageError{"the backup cannot be read"}, "check its path and that you may read it")
			}
			defer in.Close()
			keys, err := lock.identities(c)
			if err != nil {
				return err
			}
			return runRestore(ctx, c, in, keys, f)
		},
	}
}

// free refuses a folder in which something lies.
func free(dir string) error {
	there, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(there) == 0 {
		return nil
	}
	if sweep.IsCase(dir) {
		return reeve.WithHint(usageError{"the folder holds a case"}, "give a new folder: a restore never replaces a case")
	}
	return reeve.WithHint(usageError{"the folder for the case is not empty"}, "give a new or an empty folder with --case DIR")
}

// runRestore fills a folder beside the one asked for and renames it when all of
// it is there and checked.
func runRestore(ctx context.Context, c Console, in io.Reader, keys []age.Identity, f caseFlags) error {
	dir, err := filepath.Abs(f.dir)
	if err != nil {
		return fmt.Errorf("restore case: %w", pathless(err))
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return fmt.Errorf("restore case: %w", pathless(err))
	}
	next, err := os.MkdirTemp(filepath.Dir(dir), ".restoring-*") // 0700
	if err != nil {
		return fmt.Errorf("restore case: %w", pathless(err))
	}
	defer os.RemoveAll(next)
	r := &restore{ctx: ctx, dir: next, address: f.db}
	if err := r.open(in, keys); err != nil {
		return err
	}
	size, err := r.check()
	if err != nil {
		return err
	}
	os.Remove(dir) // an empty one
	if err := os.Rename(next, dir); err != nil {
		return fmt.Errorf("restore case: %w", pathless(err))
	}
	_, err = fmt.Fprintf(c.Out, "restored: backup of %s, %s acts in the record, all checked\n", time.Unix(r.about.Made, 0).UTC().Format("2006-01-02 15:04 UTC"), thousands(size))
	return err
}

// restore is a backup that is being opened.
type restore struct {
	ctx     context.Context
	dir     string
	address string // of PostgreSQL, as given
	about   manifest
	tar     *tar.Reader
	waiting *tar.Header // an entry that Next gave and nobody has taken
}

func (r *restore) open(in io.Reader, keys []age.Identity) error {
	clear, err := age.Decrypt(bufio.NewReaderSize(stopping{r.ctx, in}, 1<<16), keys...)
	if errors.As(err, new(*age.NoIdentityMatchError)) {
		return reeve.WithHint(fmt.Errorf("the passphrase or key does not open this backup: %w", reeve.Denied), "try another; without it nobody can open the file")
	}
	if err != nil {
		return damaged(err)
	}
	unpacked, err := gzip.NewReader(clear)
	if err != nil {
		return damaged(err)
	}
	r.tar = tar.NewReader(unpacked)
	if err := r.entries(); err != nil {
		return err
	}
	// What is behind the last entry is read too, so that it is authenticated.
	if _, err := io.Copy(io.Discard, unpacked); err != nil {
		return damaged(err)
	}
	if n, err := io.Copy(io.Discard, clear); err != nil || n > 0 {
		return damaged(err)
	}
	return nil
}

// damaged is the answer to a file that is no backup or was changed. The cause
// is a reader's and says nothing that helps.
func damaged(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return reeve.WithHint(fmt.Errorf("the file is no backup, or it is damaged or was changed: %w", reeve.Invalid), "try another copy of the backup; nothing was restored")
}

func (r *restore) next() (*tar.Header, error) {
	if h := r.waiting; h != nil {
		r.waiting = nil
		return h, nil
	}
	h, err := r.tar.Next()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, damaged(err)
	}
	return h, err
}

// keyName is what a key may be called: nothing that climbs out of its folder.
var keyName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

func (r *restore) entries() error {
	if err := r.manifest(); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(r.dir, backupKeys), 0o700); err != nil {
		return fmt.Errorf("restore case: %w", pathless(err))
	}
	for {
		h, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch name := h.Name; {
		case name == backupCase:
			err = r.settings()
		case name == backupDatabase && r.about.Database == "sqlite":
			err = r.file(name)
		case strings.HasPrefix(name, backupKeys) && keyName.MatchString(name[len(backupKeys):]):
			err = r.file(name)
		case strings.HasPrefix(name, backupTables) && r.about.Database == "postgres":
			r.waiting = h
			err = r.tables()
		default:
			err = damaged(nil)
		}
		if err != nil {
			return err
		}
	}
}

// manifest reads the first entry and refuses what this program cannot open.
func (r *restore) manifest() error {
	h, err := r.next()
	if err != nil || h.Name != backupManifest || h.Size > 1<<20 {
		return damaged(err)
	}
	if err := json.NewDecoder(r.tar).Decode(&r.about); err != nil {
		return damaged(err)
	}
	if r.about.Format != backupFormat {
		return reeve.WithHint(fmt.Errorf("the backup was made by another version: %w", reeve.Invalid), "use the version that made it: "+oneLine(r.about.Program))
	}
	if r.about.Database == "sqlite" && r.address != "" {
		return reeve.WithHint(usageError{"the backup is of a case kept in a file"}, "leave --db out")
	}
	return nil
}

// settings writes case.json, with another address of the database if one was
// given. The password is never stored.
func (r *restore) settings() error {
	var s map[string]any
	if err := json.NewDecoder(io.LimitReader(r.tar, 1<<20)).Decode(&s); err != nil {
		return damaged(err)
	}
	if r.address != "" {
		s["database"] = sweep.StoredAddress(r.address)
	} else if address, ok := s["database"].(string); ok {
		r.address = address
	}
	b, err := json.MarshalIndent(s, "", "  ")
	if err == nil {
		err = os.WriteFile(filepath.Join(r.dir, backupCase), append(b, '\n'), 0o600)
	}
	if err != nil {
		return fmt.Errorf("restore settings: %w", pathless(err))
	}
	return nil
}

func (r *restore) file(name string) error {
	f, err := os.OpenFile(filepath.Join(r.dir, filepath.FromSlash(name)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("restore case: %w", pathless(err))
	}
	_, copyErr := io.Copy(f, r.tar)
	err = errors.Join(f.Sync(), f.Close())
	switch {
	case copyErr != nil && errors.As(copyErr, new(*os.PathError)):
		return fmt.Errorf("restore case: %w", pathless(copyErr))
	case copyErr != nil:
		return damaged(copyErr)
	case err != nil:
		return fmt.Errorf("restore case: %w", err)
	}
	return nil
}

// tables fills an empty PostgreSQL database by the steps that the backup was
// made with.
func (r *restore) tables() error {
	id, err := caseID(r.dir)
	if err != nil {
		return err
	}
	d, err := db.Open(r.ctx, r.address, db.Options{Temp: r.dir})
	if err != nil {
		return err
	}
	defer d.Close()
	if steps, err := d.Steps(r.ctx); err == nil && len(steps) > 0 {
		return reeve.WithHint(fmt.Errorf("the database is not empty: %w", reeve.Conflict), "make an empty one (createdb NAME) and give it with --db URL")
	}
	if err := d.Claim(r.ctx, id); err != nil {
		return err
	}
	if err := migrateTo(r.ctx, d, r.about.Steps); err != nil {
		return err
	}
	return d.Fill(r.ctx, r.table)
}

func caseID(dir string) (string, error) {
	var s struct {
		ID string `json:"id"`
	}
	b, err := os.ReadFile(filepath.Join(dir, backupCase))
	if err == nil {
		err = json.Unmarshal(b, &s)
	}
	if err != nil || s.ID == "" {
		return "", damaged(err)
	}
	return s.ID, nil
}

// table gives the rows of the next table, joined from its pieces.
func (r *restore) table() (string, io.Reader, error) {
	h, err := r.next()
	if err != nil {
		return "", nil, err // io.EOF behind the last
	}
	head, ok := tableOf(h.Name)
	if !ok {
		return "", nil, damaged(nil)
	}
	return head, &joined{r: r, head: head}, nil
}

func tableOf(name string) (head string, ok bool) {
	head, ok = strings.CutPrefix(name, backupTables)
	if i := strings.LastIndexByte(head, '/'); ok && i > 0 {
		return head[:i], true
	}
	return "", false
}

// joined reads the pieces of one table one after the other.
type joined struct {
	r    *restore
	head string
}

func (j *joined) Read(p []byte) (int, error) {
	for {
		n, err := j.r.tar.Read(p)
		if n > 0 || err != nil && !errors.Is(err, io.EOF) {
			return n, err
		}
		h, err := j.r.next()
		if err != nil {
			return 0, err
		}
		if head, ok := tableOf(h.Name); !ok || head != j.head {
			j.r.waiting = h
			return 0, io.EOF
		}
	}
}

// check opens the case and holds its record to the head in the backup.
func (r *restore) check() (size int64, err error) {
	kase, err := sweep.Open(r.ctx, r.dir)
	if err != nil {
		return 0, err
	}
	defer kase.Close()
	if err := kase.DB.Sound(r.ctx); err != nil {
		return 0, err
	}
	_, head, err := record.ParseHead(r.about.Head)
	if err != nil {
		return 0, damaged(err)
	}
	err = kase.DB.Read(r.ctx, func(tx *db.Tx) error {
		report, err := record.Audit(tx)
		if err == nil {
			err = report.Err()
		}
		size = report.Head.Size
		if err == nil {
			var p record.GrowthProof
			if p, err = record.ProveGrowth(tx, head); err == nil {
				err = p.Check()
			}
		}
		return err
	})
	if err != nil {
		return size, err
	}
	err = kase.DB.WriteDurable(r.ctx, func(tx *db.Tx) error {
		_, err := record.Append(tx, record.Leaf{Actor: actor(), Verb: "restore", Object: "case", Line: "Opened a backup of the case."})
		return err
	})
	if err == nil {
		var key *record.Signer
		if key, err = kase.Signer(r.ctx); err == nil {
			_, err = record.Sign(r.ctx, kase.DB, key)
		}
	}
	return size, err
}
