package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/record"
)

func verifyCommand() Command {
	var keyFile, older string
	return Command{
		Name:  "verify",
		Args:  "BUNDLE",
		Short: "check the tamper-evident record offline",
		Long: `Checks a bundle of a case's record, made by "reeve bundle", on any machine: it
needs the bundle, the public key that the council gave you by another way, and
an older checkpoint that you kept (a file, or the three lines at the foot of a
printed page). It needs no case and no network.

Without an older checkpoint only internal consistency is checked: a record that
was rewritten from end to end by somebody who holds the key would not be
noticed. Exit code 3: something was changed, or a signature is not good.`,
		Flags: func(set *flag.FlagSet) {
			set.StringVar(&keyFile, "key", "", "`FILE` with the public key of the record")
			set.StringVar(&older, "checkpoint", "", "`FILE` with a checkpoint from an earlier day")
		},
		Run: func(_ context.Context, c Console, args []string) error {
			if len(args) != 1 || keyFile == "" {
				return reeve.WithHint(usageError{"verify takes a bundle and a public key"}, "reeve verify record.bundle --key record.pub --checkpoint older.checkpoint")
			}
			return runVerify(c.Out, args[0], keyFile, older)
		},
	}
}

func runVerify(w io.Writer, bundle, keyFile, older string) error {
	keys, err := readSmall(keyFile, "key")
	if err != nil {
		return err
	}
	by := record.Verification{Keys: keys}
	if older != "" {
		text, err := readSmall(older, "checkpoint")
		if err != nil {
			return err
		}
		if by.Older, err = record.ParseOlder(text, keys); err != nil {
			return err
		}
	}
	f, err := os.Open(bundle)
	if err != nil || isFolder(bundle) {
		return reeve.WithHint(usageError{"the bundle cannot be read"}, "check its path and that you may read it")
	}
	defer f.Close()
	found, err := record.Verify(f, by)
	if err != nil {
		return err
	}
	return printFound(w, found, by.Older)
}

func printFound(w io.Writer, f record.Found, older *record.OldHead) error {
	what := "the whole record"
	if f.Extract {
		what = "an extract of the record"
	}
	fmt.Fprintf(w, "The bundle holds. It is %s of %s:\n", what, f.Newest.Origin)
	fmt.Fprintf(w, "  acts         %s", thousands(f.Leaves))
	if f.Extract {
		fmt.Fprintf(w, " of %s", thousands(f.Newest.Head.Size))
	}
	if f.Leaves > 0 {
		fmt.Fprintf(w, ", %s to %s", moment(f.First), moment(f.Last))
	}
	fmt.Fprintf(w, "\n  in words     %s\n  checkpoints  %s, the newest of %s\n", thousands(f.Lines), thousands(f.Checkpoints), moment(f.Newest.Time))
	if len(f.Witnesses) > 0 {
		fmt.Fprintf(w, "  witnesses    %s\n", strings.Join(f.Witnesses, ", "))
	}
	fmt.Fprintf(w, "  root         %s\n", f.Newest.Head.Root)
	var err error
	if older == nil {
		_, err = fmt.Fprint(w, "Only internal consistency was checked: without an older checkpoint a record\nrewritten from end to end would not be noticed (--checkpoint FILE).\n")
	} else {
		_, err = fmt.Fprintf(w, "It grew out of the older checkpoint of %s acts: nothing before that was changed,\ntaken out or put in.\n", thousands(older.Head.Size))
	}
	return err
}

// moment prints a time as people compare it: 2026-01-12 09:30 UTC.
func moment(seconds int64) string {
	return time.Unix(seconds, 0).UTC().Format("2006-01-02 15:04 UTC")
}
