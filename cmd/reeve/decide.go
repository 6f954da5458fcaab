package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
)

func decideCommand() Command {
	var f caseFlags
	var why string
	var sealed bool
	return Command{
		Name:  "decide",
		Args:  "same|different|unsure A B",
		Short: "decide whether two people or mentions are one human",
		Long: `Keeps a human decision on two people (P…) or mentions (M…) and makes the lists
right again at once. Every later run obeys it; nothing is overwritten: a later
decision on the same two is kept beside it. The reason is written to the case's
record.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			set.StringVar(&why, "why", "", "`TEXT`: the reason")
			set.BoolVar(&sealed, "sealed", false, "allow sealed people; written to the record")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) != 3 {
				return reeve.WithHint(usageError{"decide takes a word and two ids"}, `reeve decide same PAAAAAAAAAAAA MBBBBBBBBBBBB --why "same birth date in the tenancy file"`)
			}
			kase, err := sweep.Open(ctx, f.dir)
			if err != nil {
				return err
			}
			defer kase.Close()
			if sealed {
				if err := kase.NoteReveal(ctx, "decide", sweep.ListOptions{Sealed: true}, why, actor()); err != nil {
					return err
				}
			}
			d, err := kase.Decide(ctx, strings.ToLower(args[0]), strings.ToUpper(args[1]), strings.ToUpper(args[2]), why, actor(), sealed)
			if err != nil {
				return err
			}
			signRecord(ctx, c, kase)
			_, err = fmt.Fprintf(c.Out, "decision %d kept: %s %s %s\n", d.ID, d.A, d.What, d.B)
			return err
		},
	}
}
