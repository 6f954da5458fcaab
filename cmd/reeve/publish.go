package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

func publishCommand() Command {
	var f caseFlags
	var out string
	return Command{
		Name:  "publish",
		Short: "write the public site as files",
		Long: `Writes the whole public site into a folder, or into a zip when --out ends in
.zip: for any web space, or for a stick while the council's own site is down. It
holds what two people have released, as it is shown now. Links are relative, so
the files work from any place. Nothing can be sent in there: the letter check
and the forms give the telephone number and the address.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			set.StringVar(&out, "out", "", "`DIR` or FILE.zip to write")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) > 0 || out == "" {
				return reeve.WithHint(usageError{"publish needs --out and no arguments"}, "reeve publish --out public-site.zip")
			}
			kase, err := sweep.Open(ctx, f.dir)
			if err != nil {
				return err
			}
			defer kase.Close()
			if err := migrate(ctx, kase.DB); err != nil {
				return err
			}
			n, err := newSite(kase, slog.New(slog.DiscardHandler)).Export(ctx, out)
			if path := new(fs.PathError); errors.As(err, &path) {
				return reeve.WithHint(usageError{"the public site cannot be written to --out"}, "give a path in a folder where you may write")
			}
			if err == nil {
				err = noteExport(ctx, kase, n)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.Out, "%d files of the public site are in %s\n", n, out)
			return err
		},
	}
}

// noteExport puts on record that the site was written out.
func noteExport(ctx context.Context, kase *sweep.Case, files int) error {
	return kase.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := record.Append(tx, record.Leaf{Actor: actor(), Verb: "export-public", Object: "public", Line: fmt.Sprintf("the public site was written as %d files", files)})
		return err
	})
}
