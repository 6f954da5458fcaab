package main

import (
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

// recordMeasure appends acts to a record, signs it, writes it as a bundle and
// verifies the bundle as an outsider would.
func recordMeasure(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("record", flag.ExitOnError)
	leaves := set.Int("leaves", 1_000_000, "acts in the record")
	if err := set.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "reeve-record-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	d, err := db.Open(ctx, filepath.Join(dir, "case.db"), db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Migrate(ctx, record.Room, record.Schema()); err != nil {
		return err
	}
	t := newTable("step", "wall seconds", "processor seconds", "per processor second")
	step := func(name string, do func() error) {
		c := spent(func() {
			if err == nil {
				err = do()
			}
		})
		t.row(name, c.wall.Seconds(), c.processor.Seconds(), float64(*leaves)/c.processor.Seconds())
	}
	var key *record.Signer
	var older record.Checkpoint
	step("append, 1,000 to a transaction, a checkpoint half way", func() error {
		if key, err = record.OpenKey(ctx, d, filepath.Join(dir, "record.key"), "reeve/bench"); err != nil {
			return err
		}
		if err := appendActs(ctx, d, *leaves/2); err != nil {
			return err
		}
		if older, err = record.Sign(ctx, d, key); err != nil {
			return err
		}
		return appendActs(ctx, d, *leaves-*leaves/2)
	})
	file := filepath.Join(dir, "bundle")
	step("write the bundle, with lines", func() error { return writeBundle(ctx, file, d, key) })
	var found record.Found
	step("verify it against the checkpoint half way", func() error {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		found, err = record.Verify(f, record.Verification{Keys: key.Public(), Older: &record.OldHead{Origin: older.Origin, Head: older.Head}})
		return err
	})
	t.print()
	if info, statErr := os.Stat(file); statErr == nil {
		io.WriteString(os.Stdout, figure(megabytes(info.Size()))+" MB, "+strconv.FormatInt(found.Leaves, 10)+" leaves and "+strconv.FormatInt(found.Lines, 10)+" lines verified\n")
	}
	return err
}

func appendActs(ctx context.Context, d *db.DB, count int) error {
	for done := 0; done < count; {
		err := d.Write(ctx, func(tx *db.Tx) error {
			for range min(1000, count-done) {
				_, err := record.Append(tx, record.Leaf{Actor: "user:17", Verb: "verdict", Object: "PABCDEFGHJKLM",
					Line: "Judged that the mention is this person: same birth date and address in the tenancy file, confirmed by telephone."})
				if err != nil {
					return err
				}
				done++
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func writeBundle(ctx context.Context, file string, d *db.DB, key *record.Signer) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = record.Bundle(ctx, f, d, key, record.BundleOptions{Lines: true})
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}
