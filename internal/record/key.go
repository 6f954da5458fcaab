package record

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Signer is the key with which a case signs the heads of its record. The key is
// Ed25519 in the form of golang.org/x/mod/sumdb/note; its name is the origin of
// the record.
type Signer struct {
	key    note.Signer
	public string
}

// Origin names the record, as the first line of every head does.
func (s *Signer) Origin() string { return s.key.Name() }

// Public is the public key in one line: origin+number+key. Whoever checks the
// record must have it from elsewhere than the bundle.
func (s *Signer) Public() string { return s.public }

// ID is the number of the key, eight hexadecimal digits.
func (s *Signer) ID() string { return fmt.Sprintf("%08x", s.key.KeyHash()) }

// Origin gives the origin of the record of a case.
func Origin(caseID string) string { return "reeve/" + caseID }

// OpenKey opens the key file of a case; where neither a file nor a signed head
// is there yet it makes the key. A case that has signed heads and no key is
// refused with reeve.NotFound: a new key must be told to everybody who checks,
// which is what Rotate is for.
func OpenKey(ctx context.Context, d *db.DB, file, origin string) (*Signer, error) {
	known, err := ownKeys(ctx, d)
	if err != nil {
		return nil, err
	}
	s, err := readKey(file)
	if next, nextErr := readKey(file + nextKey); nextErr == nil && contains(known, next.public) {
		// The change of keys was kept and the program ended before the file was
		// renamed.
		s, err = next, os.Rename(file+nextKey, file)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) && len(known) == 0:
		return MakeKey(file, origin)
	case errors.Is(err, fs.ErrNotExist):
		return nil, reeve.WithHint(fmt.Errorf("the key of the record is not in the case: %w", reeve.NotFound),
			"bring keys/record.key back from a backup, or make a new one: reeve key --rotate --why TEXT")
	case err != nil:
		return nil, err
	case s.Origin() != origin:
		return nil, reeve.WithHint(fmt.Errorf("the key of the record belongs to another case: %w", reeve.Conflict), "bring keys/record.key back from a backup")
	case len(known) > 0 && known[len(known)-1] != s.public:
		return nil, reeve.WithHint(fmt.Errorf("the key of the record is not the one that signed last: %w", reeve.Conflict),
			"bring keys/record.key back from a backup, or make a new one: reeve key --rotate --why TEXT")
	}
	return s, nil
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

// nextKey is the ending of a key file that is about to come into use.
const nextKey = ".next"

// MakeKey makes a key in a file that only its owner may read. A file that is
// there is never overwritten.
func MakeKey(file, origin string) (*Signer, error) {
	private, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, fmt.Errorf("make key of the record: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fmt.Errorf("make key of the record: %w", pathless(err))
	}
	if err := writeWhole(file, private+"\n"+public+"\n"); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make key of the record: %w", pathless(err))
	}
	return readKey(file) // another process may have been quicker
}

// writeWhole makes a file that is there whole or not at all.
func writeWhole(file, text string) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".making-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Link(f.Name(), file)
}

func readKey(file string) (*Signer, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read key of the record: %w", pathless(err))
	}
	bad := reeve.WithHint(fmt.Errorf("the key of the record cannot be read: %w", reeve.Invalid), "bring keys/record.key back from a backup")
	private, public, ok := strings.Cut(strings.TrimSuffix(string(b), "\n"), "\n")
	if !ok {
		return nil, bad
	}
	key, err := note.NewSigner(private)
	if err != nil {
		return nil, bad
	}
	v, err := note.NewVerifier(public)
	if err != nil || v.Name() != key.Name() || v.KeyHash() != key.KeyHash() {
		return nil, bad
	}
	return &Signer{key, public}, nil
}

// pathless takes the path out of an error: case folders may be named after
// people.
func pathless(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}

// Rotate puts a new key in the place of the old one. The change is a leaf that
// holds the digest of the new public key, and the head behind it is signed with
// both keys: whoever trusts the old one is led to the new. Without the old key
// (it was lost) the new one must be told to them by other ways.
func Rotate(ctx context.Context, d *db.DB, file, origin, actor, why string) (*Signer, error) {
	old, err := OpenKey(ctx, d, file, origin)
	if err != nil && !errors.Is(err, reeve.NotFound) && !errors.Is(err, reeve.Conflict) && !errors.Is(err, reeve.Invalid) {
		return nil, err
	}
	if err := os.Remove(file + nextKey); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("change key of the record: %w", pathless(err))
	}
	next, err := MakeKey(file+nextKey, origin)
	if err != nil {
		return nil, err
	}
	if old != nil { // so that its public key is known even if it never signed
		if _, err := Sign(ctx, d, old); err != nil {
			return nil, err
		}
	}
	err = d.WriteDurable(ctx, func(tx *db.Tx) error {
		_, err := Append(tx, Leaf{Actor: actor, Verb: verbRotate, Object: "key:" + next.ID(), Digest: keyDigest(next.public), Line: why})
		if err == nil {
			err = addKey(tx, next.public, false)
		}
		if err == nil {
			_, err = sign(tx, old, next)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("change key of the record: %w", err)
	}
	if old == nil { // a file that is not this record's key may be another's
		if err := os.Rename(file, file+".replaced"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("change key of the record: %w", pathless(err))
		}
	}
	if err := os.Rename(file+nextKey, file); err != nil {
		return nil, fmt.Errorf("change key of the record: %w", pathless(err))
	}
	return next, nil
}

// verbRotate is the verb of the leaf that brings a new key.
const verbRotate = "rotate-key"

func keyDigest(public string) string {
	sum := sha256.Sum256([]byte(public))
	return hex.EncodeToString(sum[:])
}
