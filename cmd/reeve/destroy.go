package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/review"
	"github.com/reeve-council/reeve/internal/sweep"
)

func destroyCommand() Command {
	var f caseFlags
	var layer, out string
	return Command{
		Name:  "destroy",
		Short: "destroy a layer of a case, as two people have signed",
		Long: `Does at the end of a case what two people have signed in the workspace (End of
the case), where it is not running any more: destroys one layer of what the case
holds. It does not come back.

  text    what was read in the files, and the search over it
  values  what was found, names of files, rows of the registers
  list    people, households, and the rows of all list versions

Layers go in this order. A legal hold forbids all of it. What is deleted is
overwritten and the files of the database are rewritten; a certificate without
personal data is left, and its digest is in the record. Backups, exports and the
copied files themselves are yours to destroy.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			set.StringVar(&layer, "layer", "", "`LAYER`: text, values or list")
			set.StringVar(&out, "out", "", "`FILE` for the certificate as PDF; it must not be there yet")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) > 0 || !slices.Contains(sweep.Layers, sweep.Layer(layer)) {
				return reeve.WithHint(usageError{"destroy takes --layer text, values or list"}, "reeve destroy --case DIR --layer text")
			}
			kase, err := sweep.Open(ctx, f.dir)
			if err != nil {
				return err
			}
			defer kase.Close()
			return runDestroy(ctx, c, kase, sweep.Layer(layer), out)
		},
	}
}

func runDestroy(ctx context.Context, c Console, kase *sweep.Case, layer sweep.Layer, out string) error {
	if err := migrate(ctx, kase.DB); err != nil {
		return err
	}
	desk := review.New(review.Deps{Case: kase, Log: slog.New(slog.DiscardHandler)})
	defer desk.Close()
	doc, err := desk.Destroy(ctx, layer, actor())
	if errors.Is(err, reeve.NotFound) {
		return reeve.WithHint(fmt.Errorf("nobody has signed the destruction of that layer: %w", err), `two people sign it in the workspace: reeve serve, then "End of the case"`)
	}
	if err != nil {
		return err
	}
	signRecord(ctx, c, kase)
	if out != "" {
		if err := writeOut(c, out, doc.WritePDF); err != nil {
			return err
		}
	}
	var text strings.Builder
	if err := doc.WriteText(&text); err != nil {
		return err
	}
	_, err = io.WriteString(c.Out, text.String())
	return err
}
