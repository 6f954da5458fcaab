package main

import (
	"context"
	"flag"
	"io"
	"os/user"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
)

// listFlags are the flags of reeve list.
type listFlags struct {
	caseFlags
	format, out, reason string
	reveal, sealed      bool
}

func (f *listFlags) registerReveal(set *flag.FlagSet, sealed string) {
	set.BoolVar(&f.reveal, "reveal", false, "print personal values")
	set.BoolVar(&f.sealed, "sealed", false, sealed)
	set.StringVar(&f.reason, "reason", "", "`TEXT`: why --reveal or --sealed is needed")
}

// open opens the case and writes to its record what will be shown and why, if
// that is more than everybody may see.
func (f *listFlags) open(ctx context.Context, what string) (*sweep.Case, sweep.ListOptions, error) {
	opt := sweep.ListOptions{Reveal: f.reveal, Sealed: f.sealed}
	if (f.reveal || f.sealed) && strings.TrimSpace(f.reason) == "" {
		return nil, opt, reeve.WithHint(usageError{"--reveal and --sealed need a reason"}, `add --reason "why it is needed"`)
	}
	kase, err := sweep.Open(ctx, f.dir)
	if err != nil {
		return nil, opt, err
	}
	if err := kase.NoteReveal(ctx, what, opt, f.reason, actor()); err != nil {
		kase.Close()
		return nil, opt, err
	}
	return kase, opt, nil
}

func listCommand() Command {
	var f listFlags
	return Command{
		Name:  "list",
		Args:  "WHAT",
		Short: "print triage, items, findings, people, households, coverage and other lists",
		Long: `Prints one of the lists of a case: triage, items, findings, people, households,
coverage, registers, bad-rows, listed (what a listing of the theft names and the
exhibits lack), exhibits. Personal values are masked: names as initials, dates
as the year, postcodes as the district, other values as their last two
characters. --reveal prints them, --sealed includes sealed people; both need
--reason and are written to the case's record.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			set.StringVar(&f.format, "format", "table", "`table|csv|ndjson`")
			set.StringVar(&f.out, "out", "", "`FILE` to write instead of standard output")
			f.registerReveal(set, "include sealed people")
		},
		Run: f.run,
	}
}

func (f *listFlags) run(ctx context.Context, c Console, args []string) error {
	if len(args) != 1 {
		return reeve.WithHint(usageError{"list takes the name of one list"}, "reeve list people")
	}
	list, err := sweep.FindList(strings.ToLower(args[0]))
	if err != nil {
		return err
	}
	if f.format = strings.ToLower(f.format); !validFormat(f.format) {
		return reeve.WithHint(usageError{"--format is table, csv or ndjson"}, "leave it out for a table")
	}
	if isFolder(f.out) {
		return reeve.WithHint(usageError{"--out is a folder"}, "give the name of a file in it")
	}
	kase, opt, err := f.open(ctx, list.Name)
	if err != nil {
		return err
	}
	defer kase.Close()
	return writeOut(c, f.out, func(w io.Writer) error { return printList(ctx, w, kase, list, opt, f.format) })
}

// actor is who is at the keyboard, for the record.
func actor() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "unknown user"
}
