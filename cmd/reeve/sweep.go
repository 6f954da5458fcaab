package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/detect"
	"github.com/reeve-council/reeve/internal/linkage"
	"github.com/reeve-council/reeve/internal/sweep"
)

// caseFlags are the flags of every command that opens a case.
type caseFlags struct {
	dir string
	db  string
}

const defaultCase = "reeve-case"

func (f *caseFlags) register(set *flag.FlagSet, dir string) {
	set.StringVar(&f.dir, "case", dir, "`DIR` of the case")
}

// sweepFlags are the flags of reeve sweep, as typed.
type sweepFlags struct {
	caseFlags
	registers                           texts
	council, controllers, ref, from, by string
	taken, asOf, mapping, listing       string
	detectors, passwords                string
	workers                             int
	noOCR, quiet, json                  bool
}

func sweepCommand() Command {
	var f sweepFlags
	return Command{
		Name:  "sweep",
		Args:  "EXHIBIT...",
		Short: "read copied files and registers into a case, and list whose data was in them",
		Long: `Reads exhibits (copied folders, files, archives, mailboxes) and the council's
registers into a case, links what it finds to people, and writes the lists.
Run it again to go on after an interruption, or to add exhibits and registers:
nothing leaves a case by being left out. From the first minute on,
"reeve list triage" shows what to act on.

Registers are recognised by their headers: generic CSV, electoral (14 and 13
columns), Academy council tax and benefits, Mosaic, housing, LLPG DTF 7.3.`,
		Flags: f.flags,
		Run: func(ctx context.Context, c Console, args []string) error {
			opt, err := f.options(args)
			if err != nil {
				return err
			}
			return f.run(ctx, c, opt)
		},
	}
}

func (f *sweepFlags) flags(set *flag.FlagSet) {
	f.register(set, defaultCase)
	set.StringVar(&f.db, "db", "", "PostgreSQL `URL` of a new case (or REEVE_DB; password by PGPASSFILE or PGPASSWORD)")
	set.Var(&f.registers, "register", "`FILE` or KIND:FILE of a register; may be repeated")
	set.StringVar(&f.council, "council", "", "`CODE` of the council that is controller by default")
	set.StringVar(&f.controllers, "controllers", "", "`FILE` of rules by,match,council (by: folder, service or system)")
	set.StringVar(&f.ref, "ref", "", "`NAME` by which the one exhibit given is known")
	set.StringVar(&f.from, "from", "", "`TEXT`: where the exhibit came from")
	set.StringVar(&f.by, "by", "", "`NAME` of who took the exhibit into custody")
	set.StringVar(&f.taken, "taken", "", "how sure it is that it was taken: `proven|likely|in-reach|unknown`")
	set.StringVar(&f.asOf, "as-of", "", "`DATE` on which ages are reckoned (2026-01-12); default: the day of the first sweep")
	set.StringVar(&f.mapping, "map", "", "`FILE` of header=column lines for a register of unknown layout")
	set.StringVar(&f.listing, "listing", "", "`FILE` of names and sizes known to have been taken")
	set.StringVar(&f.detectors, "detectors", "", "`FILE` of the council's own detectors")
	set.StringVar(&f.passwords, "passwords", "", "`FILE` of passwords, one a line, tried on encrypted items")
	set.IntVar(&f.workers, "workers", 0, "`N` items read at once; 0: one for each core")
	set.BoolVar(&f.noOCR, "no-ocr", false, "do not read pictures of text")
	set.BoolVar(&f.quiet, "quiet", false, "no progress")
	set.BoolVar(&f.json, "json", false, "print the final summary as JSON")
}

// options turns the flags into what to sweep, refusing what cannot be meant
// before anything is done.
func (f *sweepFlags) options(args []string) (sweep.Options, error) {
	opt := sweep.Options{Council: strings.ToUpper(f.council), Workers: f.workers, NoOCR: f.noOCR, Listing: f.listing}
	if f.ref != "" && len(args) != 1 {
		return opt, reeve.WithHint(usageError{"--ref names one exhibit"}, "give exactly one EXHIBIT with --ref")
	}
	if slices.Contains(args, "") || len(args) == 0 && len(f.registers) == 0 {
		return opt, reeve.WithHint(usageError{"no exhibit given"}, "give the folder or file that holds the copied data")
	}
	if f.workers < 0 {
		return opt, reeve.WithHint(usageError{"--workers is a number of items, not less than 0"}, "leave it out: there is one for each core")
	}
	if f.council != "" && !councilCode.MatchString(f.council) {
		return opt, reeve.WithHint(usageError{"--council is one word of letters, digits and hyphens"}, "give a short code such as RBKC")
	}
	taken := reeve.Taken(f.taken)
	switch taken {
	case "", reeve.TakenProven, reeve.TakenLikely, reeve.TakenInReach, reeve.TakenUnknown:
	default:
		return opt, reeve.WithHint(usageError{"--taken is proven, likely, in-reach or unknown"}, "leave it out if nobody knows")
	}
	for _, a := range args {
		opt.Exhibits = append(opt.Exhibits, sweep.ExhibitFlag{Path: a, Name: f.ref, From: f.from, By: f.by, Taken: taken})
	}
	for _, r := range f.registers {
		opt.Registers = append(opt.Registers, registerFlag(r))
	}
	if f.asOf != "" {
		d, err := asOfDate(f.asOf)
		if err != nil {
			return opt, err
		}
		opt.AsOf = d
	}
	return opt, f.readFiles(&opt)
}

// councilCode is what may stand in the lists as a controller, where codes are
// joined by ";".
var councilCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$`)

// asOfDate reads the day on which ages are reckoned. A slip of the keyboard in
// the year would make every child an adult, or unborn; so a day before 2000 or
// more than a year ahead is refused.
func asOfDate(s string) (reeve.Date, error) {
	d, err := reeve.ParseISODate(s)
	if err != nil || !d.Full() {
		return d, reeve.WithHint(usageError{"--as-of is a date such as 2026-01-12"}, "write year, month and day")
	}
	if s < "2000-01-01" || s > time.Now().AddDate(1, 0, 0).Format(time.DateOnly) {
		return d, reeve.WithHint(usageError{"--as-of is before 2000 or more than a year ahead"}, "give the day on which ages are to be reckoned, such as the day of the theft")
	}
	return d, nil
}

// registerFlag splits KIND:FILE; a path with a colon of its own stays whole.
func registerFlag(s string) sweep.RegisterFlag {
	if kind, file, ok := strings.Cut(s, ":"); ok && len(linkage.LayoutsOf(kind)) > 0 {
		return sweep.RegisterFlag{Path: file, Kind: kind}
	}
	return sweep.RegisterFlag{Path: s}
}

func (f *sweepFlags) readFiles(opt *sweep.Options) error {
	read := func(path, what string, use func(text string) error) error {
		if path == "" {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return reeve.WithHint(usageError{"the file of --" + what + " cannot be read"}, "check its path and that you may read it")
		}
		return use(string(b))
	}
	return errors.Join(
		read(f.mapping, "map", func(text string) (err error) { opt.Map, err = sweep.ReadMap(text); return err }),
		read(f.controllers, "controllers", func(text string) (err error) {
			opt.Controllers, err = sweep.ReadControllers(strings.NewReader(text))
			return err
		}),
		read(f.detectors, "detectors", func(text string) (err error) {
			opt.CustomText = text
			_, err = detect.ReadCustom(strings.NewReader(text))
			return err
		}),
		read(f.passwords, "passwords", func(text string) error {
			for line := range strings.Lines(text) {
				if line = strings.TrimRight(line, "\r\n"); line != "" {
					opt.Passwords = append(opt.Passwords, line)
				}
			}
			return nil
		}),
	)
}

func (f *sweepFlags) run(ctx context.Context, c Console, opt sweep.Options) error {
	if err := sweep.Check(opt); err != nil {
		return err
	}
	if f.db == "" && !sweep.IsCase(f.dir) {
		f.db = os.Getenv("REEVE_DB") // a case that is there remembers its own
	}
	kase, err := sweep.Make(ctx, f.dir, f.db)
	if err != nil {
		return err
	}
	defer kase.Close()
	if !f.quiet {
		opt.Progress = newBar(c).show
	}
	opt.Warn = func(text string) { fmt.Fprintln(c.Err, "reeve: warning:", text) }
	sum, err := kase.Sweep(ctx, opt)
	switch {
	case err != nil && sum.Begun:
		return unfinished{err}
	case err != nil:
		return errors.Join(err, kase.Discard())
	}
	signRecord(ctx, c, kase)
	if f.json {
		enc := json.NewEncoder(c.Out)
		enc.SetIndent("", "  ")
		return enc.Encode(sum)
	}
	w := bufio.NewWriter(c.Out)
	printFunnel(w, sum.Funnel)
	return w.Flush()
}
