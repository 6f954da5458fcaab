package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/account"
	"github.com/reeve-council/reeve/internal/sweep"
)

func linkCommand() Command {
	var f caseFlags
	return Command{
		Name:  "link",
		Args:  "[SIGN-IN]",
		Short: "a one-time link for somebody who cannot sign in",
		Long: `Prints a one-time link with which a user sets a new password and a new second
factor, or, without a name, the first administrator signs up. It is for whoever
has this machine, when no administrator can sign in. Open it at the address of
the workspace within a day. The record tells that it was made.`,
		Flags: func(set *flag.FlagSet) { f.register(set, defaultCase) },
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) > 1 {
				return reeve.WithHint(usageError{"link takes one sign-in name"}, "reeve link sign-in@example.org")
			}
			kase, err := sweep.Open(ctx, f.dir)
			if err != nil {
				return err
			}
			defer kase.Close()
			if err := migrate(ctx, kase.DB); err != nil {
				return err
			}
			var token string
			if len(args) == 0 {
				token, err = account.FirstLink(ctx, kase.DB)
			} else {
				token, err = account.RescueLink(ctx, kase.DB, args[0])
			}
			if errors.Is(err, reeve.NotFound) {
				return reeve.WithHint(usageError{"nobody has that sign-in name"}, "check its spelling")
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.Out, "Open this at the address of the workspace, within a day:\n  %s\n", account.LinkPath(token))
			return err
		},
	}
}
