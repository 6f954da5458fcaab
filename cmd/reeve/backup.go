package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// A backup is an age file around a compressed tar: backup.json, case.json, the
// keys, and the database as case.db or, from PostgreSQL, as tables/ in pieces.
const (
	backupManifest = "backup.json"
	backupCase     = "case.json"
	backupDatabase = "case.db"
	backupKeys     = "keys/"
	backupTables   = "tables/"
	backupFormat   = 1
)

// manifest is the first entry of a backup: what it is of, and the head of the
// record that the opened case must have grown out of.
type manifest struct {
	Format   int            `json:"format"`
	Program  string         `json:"program"`
	Made     int64          `json:"made"` // seconds UTC
	Database string         `json:"database"`
	Steps    map[string]int `json:"steps"` // of each room's tables
	Head     string         `json:"head"`  // three lines
}

func backupCommand() Command {
	var f caseFlags
	var out string
	var lock lockFlags
	return Command{
		Name:  "backup",
		Short: "write a case into one encrypted file, while others work in it",
		Long: `Writes the database of a case as it is at one moment, its keys and its settings
into one file, encrypted with age: with a passphrase that is asked for on the
terminal or read from a file, or for the recipients given (age1…). Others may
go on working meanwhile. The copied files under examination are not part of it.

"reeve restore" opens it; so do the tools age and tar, without Reeve. Whoever
has file and passphrase has everything: keep them apart, and try a restore.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			set.StringVar(&out, "out", "", "`FILE` to write; it must not be there yet")
			set.StringVar(&lock.passphrase, "passphrase-file", "", "`FILE` whose first line is the passphrase")
			set.Var(&lock.recipients, "recipient", "`AGE` public key (age1…) that can open it; may be repeated")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) > 0 || out == "" {
				return reeve.WithHint(usageError{"backup takes --out FILE"}, "reeve backup --out case.reeve.age")
			}
			if _, err := os.Lstat(out); err == nil {
				return reeve.WithHint(usageError{"the file of --out is there already"}, "give a new name: a backup never replaces another")
			}
			kase, err := sweep.Open(ctx, f.dir)
			if err != nil {
				return err
			}
			defer kase.Close()
			to, err := lock.recipientsOf(c)
			if err != nil {
				return err
			}
			return runBackup(ctx, c, kase, out, to)
		},
	}
}

func runBackup(ctx context.Context, c Console, kase *sweep.Case, out string, to []age.Recipient) error {
	err := kase.DB.WriteDurable(ctx, func(tx *db.Tx) error {
		_, err := record.Append(tx, record.Leaf{Actor: actor(), Verb: "backup", Object: "case", Line: "Began a backup of the whole case."})
		return err
	})
	if err != nil {
		return err
	}
	b := &backup{ctx: ctx, kase: kase}
	if err := b.prepare(); err != nil {
		return err
	}
	if err := writeOut(c, out, func(w io.Writer) error { return b.write(w, to) }); err != nil {
		return err
	}
	info, err := os.Stat(out)
	if err != nil {
		return fmt.Errorf("write --out: %w", pathless(err))
	}
	fmt.Fprintf(c.Out, "backup written: %s bytes, %s acts in the record\n", thousands(info.Size()), thousands(b.head.Size))
	left, err := leftOut(kase.Dir)
	if len(left) > 0 && err == nil {
		fmt.Fprintf(c.Out, "not part of it: %s (copied files and registers are kept where they are)\n", strings.Join(left, ", "))
	}
	return err
}

// backup is a backup that is being written.
type backup struct {
	ctx  context.Context
	kase *sweep.Case
	head record.Head
	tar  *tar.Writer
	made time.Time
	text []byte // backup.json
}

// prepare signs the record, whose head the opened backup will be held to.
func (b *backup) prepare() error {
	key, err := b.kase.Signer(b.ctx)
	if err != nil {
		return err
	}
	signed, err := record.Sign(b.ctx, b.kase.DB, key)
	if err != nil {
		return err
	}
	steps, err := b.kase.DB.Steps(b.ctx)
	if err != nil {
		return err
	}
	b.made, b.head = time.Now().UTC().Truncate(time.Second), signed.Head
	b.text, err = json.MarshalIndent(manifest{backupFormat, versionLine(), b.made.Unix(), b.kase.DB.Dialect(), steps, signed.Footer()}, "", "  ")
	return err
}

func (b *backup) write(w io.Writer, to []age.Recipient) error {
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return fmt.Errorf("encrypt backup: %w", err)
	}
	packed, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed)
	if err != nil {
		return err
	}
	b.tar = tar.NewWriter(packed)
	if err := b.entries(); err != nil {
		return err
	}
	return errors.Join(b.tar.Close(), packed.Close(), sealed.Close())
}

func (b *backup) entries() error {
	if err := b.entry(backupManifest, b.text); err != nil {
		return err
	}
	settings, err := os.ReadFile(filepath.Join(b.kase.Dir, backupCase))
	if err != nil {
		return fmt.Errorf("read settings of the case: %w", pathless(err))
	}
	if err := b.entry(backupCase, settings); err != nil {
		return err
	}
	keys, err := os.ReadDir(b.kase.Keys())
	if err != nil {
		return fmt.Errorf("read keys of the case: %w", pathless(err))
	}
	for _, k := range keys {
		if !k.Type().IsRegular() || strings.HasPrefix(k.Name(), ".") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(b.kase.Keys(), k.Name()))
		if err != nil {
			return fmt.Errorf("read keys of the case: %w", pathless(err))
		}
		if err := b.entry(backupKeys+k.Name(), text); err != nil {
			return err
		}
	}
	if b.kase.DB.Dialect() == "sqlite" {
		return b.file()
	}
	return b.kase.DB.Dump(b.ctx, func(head string) (io.WriteCloser, error) { return &pieces{b: b, head: head}, nil })
}

func (b *backup) header(name string, size int64) error {
	return b.tar.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: b.made, Format: tar.FormatPAX})
}

func (b *backup) entry(name string, text []byte) error {
	err := b.header(name, int64(len(text)))
	if err == nil {
		_, err = b.tar.Write(text)
	}
	return err
}

// file adds the database file, through a copy beside it: a clear copy never
// leaves the folder of the case.
func (b *backup) file() error {
	old, err := filepath.Glob(filepath.Join(b.kase.Dir, copyName+"*")) // of a killed backup
	if err != nil {
		return err
	}
	for _, o := range old {
		if info, err := os.Stat(o); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			os.Remove(o)
		}
	}
	path := filepath.Join(b.kase.Dir, fmt.Sprintf("%s%d", copyName, os.Getpid()))
	os.Remove(path)
	if err := b.kase.DB.Copy(b.ctx, path); err != nil {
		return err
	}
	defer os.Remove(path)
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read copy of the database: %w", pathless(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil {
		err = b.header(backupDatabase, info.Size())
	}
	if err == nil {
		_, err = io.Copy(b.tar, stopping{b.ctx, f})
	}
	return err
}

// copyName begins the name of the copy that a backup is made from.
const copyName = "case.db.copy-"

// stopping ends a long copy when the program is told to stop.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s stopping) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// pieces writes the rows of a table, whose size nobody knows before, as entries
// of a bounded size.
type pieces struct {
	b    *backup
	head string
	n    int
	rows []byte
}

const pieceSize = 4 << 20

func (p *pieces) Write(rows []byte) (int, error) {
	p.rows = append(p.rows, rows...)
	if len(p.rows) < pieceSize {
		return len(rows), nil
	}
	return len(rows), p.flush()
}

func (p *pieces) flush() error {
	err := p.b.entry(fmt.Sprintf("%s%s/%06d", backupTables, p.head, p.n), p.rows)
	p.n++
	p.rows = p.rows[:0]
	return err
}

func (p *pieces) Close() error { return p.flush() }

// leftOut names what lies in the folder of a case and is in no backup.
func leftOut(dir string) ([]string, error) {
	there, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read folder of the case: %w", pathless(err))
	}
	var left []string
	for _, e := range there {
		own := e.Name() == backupCase || e.Name() == "keys" || e.Name() == "tmp" || strings.HasPrefix(e.Name(), backupDatabase)
		if !own {
			left = append(left, oneLine(e.Name()))
		}
	}
	slices.Sort(left)
	return left, nil
}
