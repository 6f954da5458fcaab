package record

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// A bundle is the record as others keep and check it: text, one thing a line,
// each line a word and its values.
//
//	reeve bundle 1
//	origin reeve/…                       whose record
//	key …                                public keys that signed, oldest first
//	witness …                            public keys of witnesses
//	leaf {"v":1,"seq":0,…}               the leaves in order, as hashed
//	line SALT "what was done, in words"  if asked for, behind its leaf; left out where destroyed
//	checkpoint TIME "signed note"        behind the last leaf that it covers
//	end "signed note"                    over the SHA-256 of everything before
//
// An extract, for one exported object, has instead of all leaves
//
//	extract
//	checkpoint TIME "signed note"        the newest
//	growth SIZE ROOT HASH…               that it grew out of an older head
//	proof {"v":1,"seq":17,…}             a leaf
//	path HASH…                           that the leaf is under the checkpoint
//	line …
//
// Texts are JSON strings, hashes and salts are base64.
const bundleHeader = "reeve bundle 1"

// BundleOptions say what a bundle holds.
type BundleOptions struct {
	Lines   bool     // readable lines too; they may be personal
	Objects []string // only the leaves about these objects, with proofs
	Since   *OldHead // an extract shows that the record grew out of this head
}

// Bundle signs the record and writes it, whole or as an extract, as it is at
// one moment. It gives the checkpoint that covers it.
func Bundle(ctx context.Context, w io.Writer, d *db.DB, s *Signer, opt BundleOptions) (Checkpoint, error) {
	if _, err := Sign(ctx, d, s); err != nil {
		return Checkpoint{}, err
	}
	b := &bundler{opt: opt, sum: sha256.New(), signer: s}
	b.w = bufio.NewWriterSize(io.MultiWriter(w, b.sum), 1<<16)
	err := d.Read(ctx, b.write)
	if err == nil {
		err = b.end(w)
	}
	if err != nil {
		return Checkpoint{}, fmt.Errorf("write bundle: %w", err)
	}
	return b.newest, nil
}

type bundler struct {
	opt    BundleOptions
	w      *bufio.Writer
	sum    hash.Hash
	signer *Signer
	newest Checkpoint
}

func (b *bundler) line(words ...string) {
	for i, word := range words { // errors come out at Flush
		if i > 0 {
			b.w.WriteByte(' ')
		}
		b.w.WriteString(word)
	}
	b.w.WriteByte('\n')
}

func (b *bundler) write(tx *db.Tx) (err error) {
	if b.newest, err = Newest(tx); err != nil {
		return err
	}
	b.line(bundleHeader)
	b.line("origin", b.newest.Origin)
	own, err := keysOf(tx, false)
	if err != nil {
		return err
	}
	witnesses, err := keysOf(tx, true)
	if err != nil {
		return err
	}
	for _, k := range own {
		b.line("key", k)
	}
	for _, k := range witnesses {
		b.line("witness", k)
	}
	if len(b.opt.Objects) > 0 {
		return b.extract(tx)
	}
	return b.whole(tx)
}

func (b *bundler) checkpoint(c Checkpoint) {
	b.line("checkpoint", strconv.FormatInt(c.Time, 10), quote(c.Note))
}

// whole writes every leaf up to the newest checkpoint, with the checkpoints
// where they belong.
func (b *bundler) whole(tx *db.Tx) error {
	var at int64
	for at < b.newest.Head.Size {
		marks, err := Checkpoints(tx, at+1, 1)
		if err != nil || len(marks) == 0 {
			return err
		}
		for at < marks[0].Head.Size {
			group, err := keptLeaves(tx, at, min(1000, marks[0].Head.Size-at))
			if err != nil {
				return err
			}
			if len(group) == 0 {
				return fmt.Errorf("leaf %d is missing: %w", at, ErrTampered)
			}
			for _, k := range group {
				b.leaf("leaf", k)
			}
			at += int64(len(group))
		}
		b.checkpoint(marks[0])
	}
	if at == 0 {
		b.checkpoint(b.newest)
	}
	return nil
}

func (b *bundler) leaf(word string, k kept) {
	b.line(word, string(k.leaf))
	if word == "leaf" {
		b.words(k)
	}
}

func (b *bundler) words(k kept) {
	if b.opt.Lines && k.line != nil {
		b.line("line", base64.StdEncoding.EncodeToString(k.salt), quote(*k.line))
	}
}

// extract writes the leaves about some objects, each with its proof.
func (b *bundler) extract(tx *db.Tx) error {
	b.line("extract")
	b.checkpoint(b.newest)
	if b.opt.Since != nil {
		path, err := tlog.ProveTree(b.newest.Head.Size, b.opt.Since.Head.Size, reader(tx))
		if err != nil {
			return fmt.Errorf("prove growth: %w: %w", err, ErrTampered)
		}
		b.line(append([]string{"growth", strconv.FormatInt(b.opt.Since.Head.Size, 10), b.opt.Since.Head.Root.String()}, texts(path)...)...)
	}
	found := 0
	for at := int64(0); at < b.newest.Head.Size; at += 1000 {
		group, err := keptLeaves(tx, at, min(1000, b.newest.Head.Size-at))
		if err != nil {
			return err
		}
		for _, k := range group {
			if e, err := decode(k.leaf); err != nil || !slices.Contains(b.opt.Objects, e.Object) {
				continue
			}
			path, err := tlog.ProveRecord(b.newest.Head.Size, k.sequence, reader(tx))
			if err != nil {
				return err
			}
			found++
			b.leaf("proof", k)
			b.line(append([]string{"path"}, texts(path)...)...)
			b.words(k)
		}
	}
	if found == 0 {
		return reeve.WithHint(fmt.Errorf("the record holds nothing about the objects asked for: %w", reeve.NotFound), "take the id from the page or file in question")
	}
	return nil
}

func texts(hashes []tlog.Hash) []string {
	var all []string
	for _, h := range hashes {
		all = append(all, h.String())
	}
	return all
}

// end signs the digest of all that was written.
func (b *bundler) end(w io.Writer) error {
	if err := b.w.Flush(); err != nil {
		return err
	}
	signed, err := note.Sign(&note.Note{Text: endText(b.newest.Origin, b.sum)}, b.signer.key)
	if err == nil {
		_, err = io.WriteString(w, "end "+quote(string(signed))+"\n")
	}
	return err
}

// endText is what the last signature covers.
func endText(origin string, sum hash.Hash) string {
	return bundleHeader + "\n" + origin + "\n" + hex.EncodeToString(sum.Sum(nil)) + "\n"
}

// keptLeaves reads leaves with their lines from a sequence number on.
func keptLeaves(tx *db.Tx, from, limit int64) ([]kept, error) {
	return db.All(tx, scanKept, `SELECT record_leaf.sequence, record_leaf.leaf, record_line.line, record_line.salt FROM record_leaf
		LEFT JOIN record_line ON record_line.sequence = record_leaf.sequence
		WHERE record_leaf.sequence >= ? ORDER BY record_leaf.sequence LIMIT ?`, from, limit)
}

// quote writes a text as a JSON string in the one form that unquote takes.
func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return `""` // no string fails
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func unquote(text string) (string, bool) {
	if plain := strings.TrimSuffix(strings.TrimPrefix(text, `"`), `"`); len(plain) == len(text)-2 && isPlain(plain) {
		return plain, true
	}
	var s string
	err := json.Unmarshal([]byte(text), &s)
	return s, err == nil && quote(s) == text
}

// isPlain reports whether a text is its own JSON string: what nearly every line
// is.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
