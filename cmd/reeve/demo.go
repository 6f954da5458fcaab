package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/demo"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/sweep"
)

const defaultDemo = "reeve-demo"

func demoCommand() Command {
	var f caseFlags
	var noServe bool
	return Command{
		Name:  "demo",
		Short: "make a sample incident, sweep it, show the result",
		Long: `Makes the copied files and the registers of an invented council, sweeps them,
and shows what came out: the items to act on now, the account of every file, the
top of the list, three people explained, what is not known, and how the list
compares with what was planted. It also tells a whole incident in the book of the
workspace: timeline, facts, decisions, clocks, agencies, costs and reports;
letters that left for a simulator, the public site, and what residents asked.
Everything is about invented people; the output is masked like any list. On a
terminal it then serves the workspace on
` + defaultAddress + ` until Ctrl-C.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultDemo)
			set.BoolVar(&noServe, "no-serve", false, "end after printing, on a terminal too")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) > 0 {
				return usageError{"demo takes no arguments"}
			}
			return runDemo(ctx, c, f.dir, c.Terminal && !noServe)
		},
	}
}

func runDemo(ctx context.Context, c Console, dir string, serve bool) error {
	began := time.Now()
	council := filepath.Join(dir, "council")
	kase, err := sweep.Make(ctx, dir, "")
	if err != nil {
		return err
	}
	defer kase.Close()
	truth, err := demo.Plant(ctx, council, plant.Options{Seed: demo.Seed})
	if err != nil {
		return err
	}
	opt, err := demo.Sweep(council, truth)
	if err != nil {
		return err
	}
	opt.Progress = newBar(c).show
	opt.Warn = func(text string) { fmt.Fprintln(c.Err, "reeve: warning:", text) }
	sum, err := kase.Sweep(ctx, opt)
	if err != nil {
		return unfinished{err}
	}
	if err := migrate(ctx, kase.DB); err != nil {
		return err
	}
	if err := demo.Incident(ctx, kase, began); err != nil {
		return err
	}
	if err := demo.Public(ctx, kase); err != nil {
		return err
	}
	d := demonstration{ctx: ctx, kase: kase, w: bufio.NewWriter(c.Out)}
	if err := d.show(sum, truth); err != nil {
		return err
	}
	fmt.Fprintf(d.w, "\nThe case is in %s: %.0f s from nothing to this. Go on with\n", dir, time.Since(began).Seconds())
	for _, line := range []string{"list people", "list triage", "list households --format csv --out households.csv", "list coverage"} {
		fmt.Fprintf(d.w, "  reeve %s --case %s\n", line, dir)
	}
	signRecord(ctx, c, kase)
	if err := d.w.Flush(); err != nil || !serve {
		return err
	}
	fmt.Fprintln(c.Out)
	f := serveFlags{caseFlags: caseFlags{dir: dir}, addr: defaultAddress, title: "Reeve demo"}
	return f.serve(ctx, c, kase)
}

// demonstration prints the result of a demo, part by part.
type demonstration struct {
	ctx  context.Context
	kase *sweep.Case
	w    *bufio.Writer
	err  error
}

func (d *demonstration) show(sum sweep.Summary, truth *plant.Truth) error {
	d.title("Act on these now (reeve list triage)")
	d.top("triage", 10, "level", "item", "status", "reasons")
	d.title("The account of every file")
	printFunnel(d.w, sum.Funnel)
	d.title("The top of the list (reeve list people)")
	d.top("people", 10, "priority", "person", "name", "date_of_birth", "tier", "severity", "lane", "signals", "items", "safe_contact")
	d.title("Three people explained (reeve explain)")
	d.explain()
	d.title("What is not known")
	d.unknowns(sum.Funnel)
	d.title("Against what was planted")
	d.score(truth)
	return d.err
}

func (d *demonstration) title(s string) {
	fmt.Fprintf(d.w, "\n%s\n%s\n", s, strings.Repeat("─", len([]rune(s))))
}

func (d *demonstration) keep(err error) {
	if d.err == nil {
		d.err = err
	}
}

// rows gives some columns of a list, as many rows as asked for.
func (d *demonstration) rows(name string, most int, want func(row map[string]string) bool, columns ...string) [][]string {
	list, err := sweep.FindList(name)
	d.keep(err)
	var out [][]string
	d.keep(d.kase.Rows(d.ctx, list, sweep.ListOptions{}, func(row []string) error {
		cells := make(map[string]string, len(row))
		for i, c := range list.Columns {
			cells[c] = row[i]
		}
		if len(out) == most || want != nil && !want(cells) {
			return nil
		}
		var picked []string
		for _, c := range columns {
			picked = append(picked, cells[c])
		}
		out = append(out, picked)
		return nil
	}))
	return out
}

func (d *demonstration) top(name string, most int, columns ...string) {
	t := newTable(d.w, columns)
	for _, row := range d.rows(name, most, nil, columns...) {
		d.keep(t.row(row))
	}
	d.keep(t.end())
}

// explain shows the first person of the list, the first linked without being
// sure, and the first who is only possible.
func (d *demonstration) explain() {
	for _, tier := range []reeve.Tier{reeve.TierStrong, reeve.TierLikely, reeve.TierPossible} {
		ids := d.rows("people", 1, func(row map[string]string) bool {
			return row["tier"] == string(tier) && (row["register"] != "" || tier == reeve.TierStrong)
		}, "person")
		if len(ids) == 0 {
			continue
		}
		e, err := d.kase.Explain(d.ctx, ids[0][0], sweep.ListOptions{})
		if err != nil {
			d.keep(err)
			return
		}
		e.Links = e.Links[:min(len(e.Links), 1)]
		printExplanation(d.w, e)
		fmt.Fprintln(d.w)
	}
}

// unknowns says what a reader of the list must not take it for.
func (d *demonstration) unknowns(f sweep.Funnel) {
	line := func(format string, args ...any) { fmt.Fprintf(d.w, "- "+format+"\n", args...) }
	line("%s of %s items could not be read, %s only in part: who is in them is not known.", thousands(f.NotRead), thousands(f.Items), thousands(f.PartlyRead))
	urgent := d.rows("triage", 1<<30, func(row map[string]string) bool {
		return row["level"] == "now" && row["status"] != string(reeve.StatusRead) && row["status"] != string(reeve.StatusPartlyRead)
	}, "item")
	line("%s of the unread items have a name or folder that speaks of people at risk.", thousands(int64(len(urgent))))
	line("%s people are only possible: each needs a human decision (reeve decide).", thousands(f.ByTier[string(reeve.TierPossible)]))
	held := d.rows("people", 1<<30, func(row map[string]string) bool { return row["safe_contact"] == string(reeve.ContactNotAssessed) }, "person")
	line("for %s people nobody has yet judged how they may safely be contacted.", thousands(int64(len(held))))
	line("nobody is confirmed: that word is for a human verdict.")
}

// score prints the figures and, by measure, how many misses there are.
func (d *demonstration) score(truth *plant.Truth) {
	lists, err := demo.Lists(d.ctx, d.kase)
	if err != nil {
		d.keep(err)
		return
	}
	s := plant.Score(truth, lists)
	figures, _, _ := strings.Cut(s.String(), "\n\n")
	fmt.Fprintln(d.w, figures)
	count := make(map[string]int)
	for _, m := range s.Misses {
		count[m.Measure]++
	}
	var names []string
	for name := range count {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Fprintln(d.w, "misses, by measure:")
	for _, name := range names {
		fmt.Fprintf(d.w, "  %6d  %s\n", count[name], name)
		d.examples(s, name)
	}
}

// examples shows the two commonest causes of a measure's misses. A sealed
// person's is counted above and not shown.
func (d *demonstration) examples(s *plant.Scores, measure string) {
	lines := strings.Split(strings.TrimSpace(s.MissesBy(measure)), "\n")
	for _, line := range lines[:min(len(lines), 2)] {
		cause, _, _ := strings.Cut(strings.TrimSpace(line), "  (")
		fmt.Fprintf(d.w, "          %s\n", cause)
	}
}
