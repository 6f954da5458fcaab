package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// writeOut sends a result to standard output, or to a file that only its owner
// may read and that is whole or not there.
func writeOut(c Console, path string, use func(io.Writer) error) error {
	if path == "" {
		w := bufio.NewWriterSize(c.Out, 1<<16)
		if err := use(w); err != nil {
			return err
		}
		return w.Flush()
	}
	next := path + ".next"
	file, err := os.OpenFile(next, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return reeve.WithHint(usageError{"the file of --out cannot be written"}, "give a path in a folder where you may write")
	}
	w := bufio.NewWriterSize(file, 1<<16)
	err = use(w)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		os.Remove(next)
		return fmt.Errorf("write --out: %w", pathless(err))
	}
	return nil
}

// pathless takes paths, which may carry names, out of an error.
func pathless(err error) error {
	switch e := err.(type) {
	case *os.PathError:
		return e.Err
	case *os.LinkError:
		return e.Err
	}
	return err
}

// isFolder reports whether there is a folder of that name, where a file is
// meant.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// readSmall reads a file that a flag names: a key, a checkpoint, a passphrase.
func readSmall(path, flag string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", reeve.WithHint(usageError{"the file of --" + flag + " cannot be read"}, "check its path and that you may read it")
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 1<<20))
	if err != nil {
		return "", reeve.WithHint(usageError{"the file of --" + flag + " cannot be read"}, "give a file, not a folder")
	}
	return strings.TrimPrefix(string(b), "\ufeff"), nil
}

// signRecord signs the record behind an act that counts. The act is kept
// whatever comes of it; a failure is a warning.
func signRecord(ctx context.Context, c Console, kase *sweep.Case) {
	key, err := kase.Signer(ctx)
	if err == nil {
		_, err = record.Sign(ctx, kase.DB, key)
	}
	if err != nil {
		fmt.Fprintln(c.Err, "reeve: warning:", wording(err))
		if hint := reeve.HintOf(err); hint != "" {
			fmt.Fprintln(c.Err, "  try:", oneLine(hint))
		}
	}
}

// signForeign signs another case's record as a witness.
func signForeign(ctx context.Context, w io.Writer, kase *sweep.Case, bundle, keys string) error {
	key, err := kase.Signer(ctx)
	if err != nil {
		return err
	}
	f, err := os.Open(bundle)
	if err != nil || isFolder(bundle) {
		return reeve.WithHint(usageError{"the bundle cannot be read"}, "check its path and that you may read it")
	}
	defer f.Close()
	signed, err := record.Cosign(ctx, kase.DB, key, f, keys, actor())
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, signed.Note)
	return err
}
