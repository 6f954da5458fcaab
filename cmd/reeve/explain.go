package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
)

func explainCommand() Command {
	var f listFlags
	return Command{
		Name:  "explain",
		Args:  "PERSON",
		Short: "why this person is on the list: every link and score, in plain words",
		Long: `Tells why a person is on the list: what was found and where, how each mention
was tied to the person field by field in bits of evidence, who else it could
have been, and what would change a link that is not strong. Values are masked as
in the lists; an id that is unknown and one that is sealed answer alike.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			f.registerReveal(set, "allow a sealed person")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) != 1 {
				return reeve.WithHint(usageError{"explain takes one person"}, "take the id from: reeve list people")
			}
			id := strings.ToUpper(args[0])
			kase, opt, err := f.open(ctx, "explain "+id)
			if err != nil {
				return err
			}
			defer kase.Close()
			e, err := kase.Explain(ctx, id, opt)
			if err != nil {
				return err
			}
			w := bufio.NewWriter(c.Out)
			printExplanation(w, e)
			return w.Flush()
		},
	}
}

func printExplanation(w io.Writer, e *sweep.Explanation) {
	list, err := sweep.FindList("people")
	if err != nil {
		return // the list is there
	}
	cell := func(column string) string { return e.Cells[slices.Index(list.Columns, column)] }
	fmt.Fprintf(w, "%s  %s  born %s  %s\n", e.Person, cell("name"), or(cell("date_of_birth"), "unknown"), or(cell("register"), "on no register"))
	if e.Asked != "" {
		fmt.Fprintf(w, "  asked as %s, which now stands for this person\n", e.Asked)
	}
	fmt.Fprintf(w, "  priority %s, lane %s, severity %s (%s), %s %s, safe contact: %s\n", cell("priority"), cell("lane"), cell("severity"), cell("band"),
		cell("tier"), cell("probability"), cell("safe_contact"))
	for _, r := range e.Reasons {
		fmt.Fprintln(w, "  -", r)
	}
	for _, d := range e.Decided {
		fmt.Fprintln(w, "  -", d)
	}
	for _, l := range e.Links {
		printLink(w, l)
	}
}

func printLink(w io.Writer, l sweep.ExplainedLink) {
	fmt.Fprintf(w, "\n  %s  %s/%s  %s  probability %s\n", l.Mention, l.Exhibit, oneLine(l.Item), l.Place, l.Posterior)
	fmt.Fprintf(w, "    %s\n", l.Sentence)
	for _, r := range l.Reasons {
		fmt.Fprintf(w, "    %+7.2f  %-10s %s\n", float64(r.Bits)/100, r.Field, r.Words)
	}
	for _, r := range l.Rivals {
		fmt.Fprintln(w, "             rival:", r)
	}
	for _, c := range l.Change {
		fmt.Fprintln(w, "             would settle it:", c)
	}
	for _, f := range l.Findings[:min(len(l.Findings), 12)] {
		fmt.Fprintf(w, "      %s  %-18s %-14s %s  %s\n", f.Confidence, f.Kind, oneLine(f.Value), f.Place, f.Rule)
	}
	if more := len(l.Findings) - 12; more > 0 {
		fmt.Fprintf(w, "      and %d more\n", more)
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
