package record

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Cosign signs the newest checkpoint of another case as its witness, with this
// case's key. It signs only what it could check: the bundle must be whole,
// signed by the key given, and grown out of what was witnessed before. The
// answer goes back to the other case, which keeps it with KeepCosignature.
func Cosign(ctx context.Context, d *db.DB, s *Signer, bundle io.Reader, key, actor string) (Checkpoint, error) {
	check := Verification{Keys: key}
	v, err := note.NewVerifier(firstLine(key))
	if err != nil {
		return Checkpoint{}, errKey
	}
	err = d.Read(ctx, func(tx *db.Tx) (err error) {
		check.Older, err = witnessed(tx, v.Name())
		return err
	})
	if err != nil {
		return Checkpoint{}, fmt.Errorf("witness record: %w", err)
	}
	found, err := Verify(bundle, check)
	if err != nil {
		return Checkpoint{}, err
	}
	c := found.Newest
	err = d.WriteDurable(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO record_witnessed (origin, size, root, time) VALUES (?, ?, ?, ?)
			ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, time = excluded.time WHERE record_witnessed.size <= excluded.size`,
			c.Origin, c.Head.Size, c.Head.Root[:], time.Now().Unix())
		if err == nil {
			_, err = Append(tx, Leaf{Actor: actor, Verb: "witness", Object: c.Origin, Rows: c.Head.Size, Digest: fmt.Sprintf("%x", c.Head.Root[:]),
				Line: "Checked and signed the record of another case as its witness."})
		}
		return err
	})
	if err != nil {
		return Checkpoint{}, fmt.Errorf("witness record: %w", err)
	}
	text, err := note.Sign(&note.Note{Text: c.Footer(), Sigs: found.signatures}, s.key)
	c.Note = string(text)
	return c, err
}

// witnessed gives the head of another case that was signed last, nil if none.
func witnessed(tx *db.Tx, origin string) (*OldHead, error) {
	old := &OldHead{Origin: origin}
	var root []byte
	err := tx.One([]any{&old.Head.Size, &root}, "SELECT size, root FROM record_witnessed WHERE origin = ?", origin)
	if errors.Is(err, reeve.NotFound) {
		return nil, nil
	}
	if err != nil || copy(old.Head.Root[:], root) != tlog.HashSize {
		return nil, errors.Join(err, reeve.Invalid)
	}
	return old, nil
}

// KeepCosignature adds the signature of a witness to a checkpoint of this case.
// The first one of a witness makes its key known to every later bundle.
func KeepCosignature(ctx context.Context, d *db.DB, signed, witness, actor string) (Checkpoint, error) {
	v, err := note.NewVerifier(firstLine(witness))
	if err != nil {
		return Checkpoint{}, errKey
	}
	witness = firstLine(witness)
	var c Checkpoint
	err = d.WriteDurable(ctx, func(tx *db.Tx) error {
		_, head, err := noteHead(signed)
		if err != nil {
			return err
		}
		kept, err := Checkpoints(tx, head.Size, 1)
		if err != nil {
			return err
		}
		if len(kept) == 0 || kept[0].Footer() != noteText(signed) {
			return reeve.WithHint(fmt.Errorf("the checkpoint is none of this case: %w", reeve.NotFound), "give the witness a bundle or a checkpoint of this case")
		}
		c = kept[0]
		if c.Note, err = merge(c.Note, signed, v); err != nil {
			return err
		}
		return keepWitness(tx, c, witness, v, actor)
	})
	if err != nil {
		return Checkpoint{}, fmt.Errorf("keep signature of a witness: %w", err)
	}
	return c, nil
}

func keepWitness(tx *db.Tx, c Checkpoint, witness string, v note.Verifier, actor string) error {
	own, err := keysOf(tx, false)
	if err != nil {
		return err
	}
	if contains(own, witness) {
		return fmt.Errorf("the key given is this case's own: %w", reeve.Invalid)
	}
	if err := addKey(tx, witness, true); err != nil {
		return err
	}
	if _, err := tx.Exec("UPDATE record_checkpoint SET note = ? WHERE size = ?", c.Note, c.Head.Size); err != nil {
		return err
	}
	_, err = Append(tx, Leaf{Actor: actor, Verb: "keep-cosignature", Object: fmt.Sprintf("key:%08x", v.KeyHash()), Rows: c.Head.Size, Digest: keyDigest(witness),
		Line: "Kept the signature of a witness, " + v.Name() + ", on a checkpoint."})
	return err
}

// merge adds the witness's signature, if it is good, to the note that is kept.
func merge(kept, signed string, witness note.Verifier) (string, error) {
	n, err := note.Open([]byte(signed), note.VerifierList(witness))
	if err != nil {
		return "", reeve.WithHint(fmt.Errorf("the checkpoint has no good signature of the witness: %w", reeve.Invalid), "check that the public key is that of the witness")
	}
	all := &note.Note{Text: n.Text}
	for line := range strings.Lines(strings.TrimPrefix(kept, n.Text+"\n")) {
		sig, err := parseSignature(line)
		if err != nil {
			return "", err
		}
		if sig != n.Sigs[0] {
			all.Sigs = append(all.Sigs, sig)
		}
	}
	all.Sigs = append(all.Sigs, n.Sigs[0])
	text, err := note.Sign(all)
	return string(text), err
}
