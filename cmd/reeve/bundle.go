package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

func bundleCommand() Command {
	var f caseFlags
	var out, since string
	var lines bool
	var objects texts
	return Command{
		Name:  "bundle",
		Short: "write the record for others to keep and verify",
		Long: `Signs the record of a case and writes it as one file that others can check with
"reeve verify": every act with who and when, the checkpoints, the public keys.
It holds no personal data unless --with-lines adds the acts in words. --object
writes an extract with proofs instead, for whoever was given that one thing.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			set.StringVar(&out, "out", "", "`FILE` to write instead of standard output")
			set.BoolVar(&lines, "with-lines", false, "the acts in words too; they may be personal")
			set.Var(&objects, "object", "only the acts about this `ID`, with proofs; may be repeated")
			set.StringVar(&since, "since", "", "`FILE` of an older checkpoint: an extract proves growth from it")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) > 0 || since != "" && len(objects) == 0 || isFolder(out) {
				return reeve.WithHint(usageError{"bundle takes --out FILE, and --since only with --object"}, "reeve bundle --out record.bundle")
			}
			kase, err := sweep.Open(ctx, f.dir)
			if err != nil {
				return err
			}
			defer kase.Close()
			key, err := kase.Signer(ctx)
			if err != nil {
				return err
			}
			opt := record.BundleOptions{Lines: lines, Objects: objects}
			if since != "" {
				if opt.Since, err = readOlder(since, key.Public()); err != nil {
					return err
				}
			}
			err = kase.DB.WriteDurable(ctx, func(tx *db.Tx) error {
				_, err := record.Append(tx, record.Leaf{Actor: actor(), Verb: "bundle", Object: "record", Line: "Exported the record as a bundle."})
				return err
			})
			if err != nil {
				return err
			}
			return writeOut(c, out, func(w io.Writer) error {
				_, err := record.Bundle(ctx, w, kase.DB, key, opt)
				return err
			})
		},
	}
}

func readOlder(file, keys string) (*record.OldHead, error) {
	text, err := readSmall(file, "since")
	if err != nil {
		return nil, err
	}
	return record.ParseOlder(text, keys)
}

func checkpointCommand() Command {
	var f caseFlags
	var out, keep, witness string
	return Command{
		Name:  "checkpoint",
		Short: "sign the record and print its head, to be kept by others",
		Long: `Signs the record as it is now and prints the checkpoint: three lines and a
signature. Give it to somebody outside (the chief internal auditor, a partner
council), print it, put it into the minutes: it is what shows later that nothing
before it was changed. --keep adds the signature of a witness, which "reeve
witness" made.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			set.StringVar(&out, "out", "", "`FILE` to write instead of standard output")
			set.StringVar(&keep, "keep", "", "`FILE` of a checkpoint that a witness signed")
			set.StringVar(&witness, "witness", "", "`FILE` with the public key of that witness")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) > 0 || (keep == "") != (witness == "") || isFolder(out) {
				return reeve.WithHint(usageError{"checkpoint takes --out FILE, or --keep and --witness together"}, "see: reeve help checkpoint")
			}
			kase, err := sweep.Open(ctx, f.dir)
			if err != nil {
				return err
			}
			defer kase.Close()
			if keep != "" {
				return keepWitness(ctx, c, kase, keep, witness)
			}
			key, err := kase.Signer(ctx)
			if err != nil {
				return err
			}
			signed, err := record.Sign(ctx, kase.DB, key)
			if err != nil {
				return err
			}
			return writeOut(c, out, func(w io.Writer) error {
				_, err := io.WriteString(w, signed.Note)
				return err
			})
		},
	}
}

func keepWitness(ctx context.Context, c Console, kase *sweep.Case, keep, witness string) error {
	signed, err := readSmall(keep, "keep")
	if err != nil {
		return err
	}
	key, err := readSmall(witness, "witness")
	if err != nil {
		return err
	}
	kept, err := record.KeepCosignature(ctx, kase.DB, signed, key, actor())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.Out, "kept: the checkpoint of %s acts is signed by a witness\n", thousands(kept.Head.Size))
	return err
}

func witnessCommand() Command {
	var f caseFlags
	var keyFile, out string
	return Command{
		Name:  "witness",
		Args:  "BUNDLE",
		Short: "check and sign the record of another council's case",
		Long: `Checks a bundle of another case against what was witnessed of it before and, if
it holds, signs its newest checkpoint with the key of this case. Give the answer
back: there "reeve checkpoint --keep" adds it. Councils in one incident are good
witnesses of each other.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			set.StringVar(&keyFile, "key", "", "`FILE` with the public key of the other record")
			set.StringVar(&out, "out", "", "`FILE` to write instead of standard output")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) != 1 || keyFile == "" || isFolder(out) {
				return reeve.WithHint(usageError{"witness takes a bundle and the public key of its record"}, "reeve witness their.bundle --key their.pub --out signed.checkpoint")
			}
			keys, err := readSmall(keyFile, "key")
			if err != nil {
				return err
			}
			kase, err := sweep.Open(ctx, f.dir)
			if err != nil {
				return err
			}
			defer kase.Close()
			return writeOut(c, out, func(w io.Writer) error { return signForeign(ctx, w, kase, args[0], keys) })
		},
	}
}

func keyCommand() Command {
	var f caseFlags
	var out, why string
	var rotate bool
	return Command{
		Name:  "key",
		Short: "print the public key of the record, or change the key",
		Long: `Prints the public key with which others check the record. Give it to them by
another way than the bundles. --rotate makes a new key: the change is an act in
the record, and whoever trusts the old key is led to the new one. If the old key
was lost, the new public key must be given out again.`,
		Flags: func(set *flag.FlagSet) {
			f.register(set, defaultCase)
			set.StringVar(&out, "out", "", "`FILE` to write instead of standard output")
			set.BoolVar(&rotate, "rotate", false, "make a new key first")
			set.StringVar(&why, "why", "", "`TEXT`: the reason for --rotate")
		},
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) > 0 || rotate != (why != "") || isFolder(out) {
				return reeve.WithHint(usageError{"key takes --out FILE, and --rotate with --why TEXT"}, `reeve key --rotate --why "a custodian left"`)
			}
			kase, err := sweep.Open(ctx, f.dir)
			if err != nil {
				return err
			}
			defer kase.Close()
			var key *record.Signer
			if rotate {
				key, err = record.Rotate(ctx, kase.DB, kase.KeyFile(), record.Origin(kase.ID()), actor(), why)
			} else {
				key, err = kase.Signer(ctx)
			}
			if err != nil {
				return err
			}
			return writeOut(c, out, func(w io.Writer) error {
				_, err := fmt.Fprintln(w, key.Public())
				return err
			})
		},
	}
}
