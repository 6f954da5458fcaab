package record

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/reeve-council/reeve"
)

// This file checks a bundle and trusts nothing but the public key and, if
// there is one, an older head that the reader of the bundle has kept. It opens
// no database and can be read from top to bottom by whoever wants to know what
// "verified" means:
//
//  1. The last line signs, with a key that is trusted, every byte before it.
//  2. The leaves stand in order, and the root of their tree, reckoned here from
//     the leaves alone, is the one in every checkpoint.
//  3. Every checkpoint is signed by a key of the record, every witness's
//     signature is good, and every readable line is the one its leaf was made
//     for.
//  4. At the size of the older head the root was the same as now: nothing
//     before it was changed, taken out or put in.
//
// A key that took the place of another is trusted when a leaf that brings it is
// under a checkpoint signed by one that was trusted before.

// Verification is what a check goes by.
type Verification struct {
	Keys  string   // public keys that are trusted, one a line
	Older *OldHead // a head from an earlier day; nil: only internal consistency is checked
}

// OldHead is a head that the reader kept: of an earlier bundle, of a printed
// page.
type OldHead struct {
	Origin string
	Head   Head
}

// Found is what a bundle that holds says.
type Found struct {
	Newest      Checkpoint
	Leaves      int64 // read: all of the record, or those of an extract
	Lines       int64 // readable lines that were with them
	Checkpoints int64
	Witnesses   []string // who else signed the newest checkpoint
	Extract     bool     // not the whole record
	First, Last int64    // times of the first and the last leaf read, seconds UTC

	signatures []note.Signature
}

var errKey = reeve.WithHint(fmt.Errorf("the public key cannot be read: %w", reeve.Invalid), "print it on the machine of the case: reeve key --out FILE")

// ParseOlder reads an older head: a checkpoint, whose signature must be that of
// one of the keys, or the three lines of a printed page.
func ParseOlder(text, keys string) (*OldHead, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if origin, head, err := ParseHead(strings.TrimRight(text, "\n ") + "\n"); err == nil {
		return &OldHead{origin, head}, nil
	}
	_, list, err := verifiers(keyLines(keys))
	if err != nil {
		return nil, err
	}
	origin, head, err := noteHead(text)
	if err != nil {
		return nil, reeve.WithHint(fmt.Errorf("the older checkpoint cannot be read: %w", reeve.Invalid), "give a checkpoint file, or the three lines of a printed page")
	}
	if _, err := note.Open([]byte(text), list); err != nil {
		return nil, untrusted("the older checkpoint is not signed by the key given")
	}
	return &OldHead{origin, head}, nil
}

// Verify reads a bundle and checks all of it. What does not hold gives
// ErrTampered.
func Verify(r io.Reader, by Verification) (Found, error) {
	keys := keyLines(by.Keys)
	if _, _, err := verifiers(keys); err != nil || len(keys) == 0 {
		return Found{}, errKey
	}
	c := &checking{by: by, in: bufio.NewReaderSize(r, 1<<14), sum: sha256.New(), trusted: keys, brought: make(map[string]bool)}
	if err := c.run(); err != nil {
		if errors.Is(err, reeve.Invalid) || errors.Is(err, ErrTampered) {
			return Found{}, reeve.WithHint(fmt.Errorf("verify bundle: %w", err), tamperedHint(err))
		}
		return Found{}, fmt.Errorf("verify bundle: %w", err)
	}
	return c.found, nil
}

func tamperedHint(err error) string {
	if hint := reeve.HintOf(err); hint != "" {
		return hint
	}
	return "keep this file as it is, ask for another copy, and compare both with the checkpoints that others hold"
}

// checking is a bundle half read.
type checking struct {
	by      Verification
	in      *bufio.Reader
	sum     hash.Hash
	origin  string
	own     []string // keys of the record, as listed
	others  []string // keys of witnesses, as listed
	list    note.Verifiers
	trusted []string
	brought map[string]bool // digests of keys that leaves brought
	edge    rightEdge
	last    encoded // the leaf before, which a line belongs to
	proved  []byte  // a leaf that waits for its path
	head    Head    // of the newest checkpoint
	agreed  bool    // with the older head
	found   Found
}

// untrusted is a signature by a key that nobody here vouches for: not a changed
// record, but no better.
type untrusted string

func (u untrusted) Error() string        { return string(u) }
func (u untrusted) Is(target error) bool { return target == ErrTampered }

func tampered(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, ErrTampered)...)
}

func (c *checking) run() error {
	if line, err := c.line(); err != nil || line != bundleHeader {
		return errors.Join(err, tampered("the file does not begin as a bundle does"))
	}
	if by := c.by.Older; by != nil && by.Head.Size == 0 {
		c.agreed = true // every record begins with the empty one
	}
	for {
		line, err := c.line()
		if err != nil {
			return err
		}
		word, rest, _ := strings.Cut(line, " ")
		if word == "end" {
			return c.end(rest)
		}
		if err := c.take(word, rest); err != nil {
			return err
		}
	}
}

// longestLine bounds a line, in bytes: a readable line of maxLine that is all
// control characters has six times its length as a JSON string.
const longestLine = 8 * maxLine

// line reads one line; all but the last go into the digest.
func (c *checking) line() (string, error) {
	var b []byte
	piece, err := c.in.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) && len(b) < longestLine {
		b = append(b, piece...)
		piece, err = c.in.ReadSlice('\n')
	}
	if b == nil {
		b = piece // the usual line is not copied
	} else {
		b = append(b, piece...)
	}
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return "", tampered("a line is longer than any that is written")
	case errors.Is(err, io.EOF):
		return "", tampered("the bundle is cut short")
	case err != nil:
		return "", err
	}
	if !bytes.HasPrefix(b, []byte("end ")) {
		c.sum.Write(b)
	}
	return string(b[:len(b)-1]), nil
}

func (c *checking) take(word, rest string) error {
	started := c.list != nil
	switch {
	case word == "origin" && c.origin == "":
		c.origin = rest
		return nil
	case word == "key" && !started:
		c.own = append(c.own, rest)
		return nil
	case word == "witness" && !started:
		c.others = append(c.others, rest)
		return nil
	}
	if !started {
		if err := c.start(); err != nil {
			return err
		}
	}
	return c.entry(word, rest)
}

func (c *checking) entry(word, rest string) error {
	switch {
	case word == "extract" && c.found.Leaves == 0 && c.found.Checkpoints == 0:
		c.found.Extract = true
		return nil
	case word == "checkpoint":
		return c.checkpoint(rest)
	case word == "line":
		return c.readable(rest)
	case word == "leaf" && !c.found.Extract:
		return c.leaf(rest)
	case word == "growth" && c.found.Extract:
		return c.growth(rest)
	case word == "proof" && c.found.Extract && c.proved == nil:
		c.proved = []byte(rest)
		return c.read(c.proved)
	case word == "path" && c.proved != nil:
		return c.path(rest)
	}
	return tampered("a line is not of the form of a bundle")
}

// start takes up the keys that are listed.
func (c *checking) start() (err error) {
	if c.by.Older != nil && c.by.Older.Origin != c.origin {
		return fmt.Errorf("the older checkpoint is of another record: %w", reeve.Invalid)
	}
	for _, k := range c.own {
		if v, err := note.NewVerifier(k); err != nil || v.Name() != c.origin {
			return tampered("a public key is not one of this record")
		}
	}
	if len(c.own) == 0 {
		return tampered("the bundle lists no key")
	}
	if _, c.list, err = verifiers(append(slices.Clone(c.own), c.others...)); err != nil {
		return tampered("a public key cannot be read")
	}
	return nil
}

// leaf adds one leaf to the tree.
func (c *checking) leaf(text string) error {
	n := c.found.Leaves
	if err := c.read([]byte(text)); err != nil {
		return err
	}
	if c.last.Sequence != n {
		return tampered("leaf %d is not in its place", n)
	}
	hashes, err := tlog.StoredHashes(n, []byte(text), &c.edge)
	if err != nil {
		return err
	}
	c.edge.add(n, hashes)
	if old := c.by.Older; old != nil && old.Head.Size == n+1 {
		return c.compare(old.Head)
	}
	return nil
}

// read takes a leaf apart.
func (c *checking) read(leaf []byte) (err error) {
	if c.last, err = decode(leaf); err != nil {
		return tampered("leaf %d cannot be read", c.found.Leaves)
	}
	if c.found.Leaves == 0 {
		c.found.First = c.last.Time
	}
	c.found.Leaves++
	c.found.Last = c.last.Time
	if c.last.Verb == verbRotate {
		c.brought[c.last.Digest] = true
	}
	return nil
}

// compare holds the record of now, cut to the size of an older head, to it.
func (c *checking) compare(old Head) error {
	root, err := tlog.TreeHash(old.Size, &c.edge)
	if err != nil {
		return err
	}
	if root != old.Root {
		return tampered("the first %d leaves are not those of the older checkpoint", old.Size)
	}
	c.agreed = true
	return nil
}

// readable checks the line of the leaf before it.
func (c *checking) readable(rest string) error {
	salt, text, _ := strings.Cut(rest, " ")
	b, err := base64.StdEncoding.DecodeString(salt)
	line, ok := unquote(text)
	if err != nil || !ok || c.found.Leaves == 0 || !c.last.holds(b, line) {
		return tampered("the line of leaf %d is not the one that was written", c.last.Sequence)
	}
	c.found.Lines++
	return nil
}

// checkpoint holds the leaves read so far to a signed head.
func (c *checking) checkpoint(rest string) error {
	when, quoted, _ := strings.Cut(rest, " ")
	text, ok := unquote(quoted)
	signed, err := strconv.ParseInt(when, 10, 64)
	origin, head, headErr := noteHead(text)
	if !ok || err != nil || headErr != nil || origin != c.origin {
		return tampered("a checkpoint cannot be read")
	}
	sigs, err := c.signatures(text)
	if err != nil {
		return err
	}
	if !c.found.Extract {
		root, err := tlog.TreeHash(c.found.Leaves, &c.edge)
		if err != nil {
			return err
		}
		if (Head{c.found.Leaves, root}) != head {
			return tampered("the leaves from %d to %d are not those that were signed", c.head.Size, head.Size)
		}
	} else if c.found.Checkpoints > 0 {
		return tampered("an extract has one checkpoint")
	}
	c.head = head
	c.found.Checkpoints++
	c.found.Newest = Checkpoint{Origin: origin, Head: head, Time: signed, Note: text}
	c.found.signatures = sigs
	c.trust(sigs)
	return nil
}

// signatures opens a note, all of whose signatures must be good and one of them
// the record's.
func (c *checking) signatures(text string) ([]note.Signature, error) {
	n, err := note.Open([]byte(text), c.list)
	if err != nil || len(n.UnverifiedSigs) > 0 {
		return nil, tampered("a signature is not good")
	}
	if again, err := note.Sign(n); err != nil || string(again) != text {
		return nil, tampered("a signature is not in its form")
	}
	own := false
	for _, sig := range n.Sigs {
		if _, err := strictBase64.DecodeString(sig.Base64); err != nil {
			return nil, tampered("a signature is not in its form")
		}
		own = own || sig.Name == c.origin
	}
	if !own {
		return nil, tampered("a checkpoint is not signed by the record's key")
	}
	return n.Sigs, nil
}

// trust follows a change of keys: a signature that is trusted, over a leaf that
// brings a new key.
func (c *checking) trust(sigs []note.Signature) {
	if len(c.brought) == 0 || !c.trusts(sigs) {
		return
	}
	for _, k := range c.own {
		if c.brought[keyDigest(k)] && !slices.Contains(c.trusted, k) {
			c.trusted = append(c.trusted, k)
		}
	}
}

// trusts reports whether one of the signatures, which are good, is by a trusted
// key.
func (c *checking) trusts(sigs []note.Signature) bool {
	for _, k := range c.own {
		v, err := note.NewVerifier(k)
		if err != nil || !slices.Contains(c.trusted, k) {
			continue
		}
		for _, s := range sigs {
			if s.Name == v.Name() && s.Hash == v.KeyHash() {
				return true
			}
		}
	}
	return false
}

// growth holds the checkpoint of an extract to the older head.
func (c *checking) growth(rest string) error {
	words := strings.Split(rest, " ")
	if len(words) < 2 || c.found.Checkpoints == 0 {
		return tampered("a proof cannot be read")
	}
	_, old, err := ParseHead("-\n" + words[0] + "\n" + words[1] + "\n")
	path, pathErr := parseHashes(words[2:])
	if err != nil || pathErr != nil || (GrowthProof{Old: old, New: c.head, Path: path}).Check() != nil {
		return tampered("the record did not grow out of the older head of %d leaves", old.Size)
	}
	if c.by.Older != nil && c.by.Older.Head.Size == old.Size {
		if c.by.Older.Head != old {
			return tampered("the proof is for another head than the older checkpoint")
		}
		c.agreed = true
	}
	return nil
}

// path holds a leaf to the checkpoint of an extract.
func (c *checking) path(rest string) error {
	path, err := parseHashes(strings.Fields(rest))
	if err != nil || c.found.Checkpoints == 0 {
		return tampered("a proof cannot be read")
	}
	p := LeafProof{Head: c.head, Sequence: c.last.Sequence, Leaf: c.proved, Path: path}
	c.proved = nil
	return p.Check(c.head)
}

// end checks the signature over everything.
func (c *checking) end(rest string) error {
	text, ok := unquote(rest)
	if _, err := c.in.ReadByte(); !errors.Is(err, io.EOF) {
		return tampered("something stands behind the end")
	}
	if !ok || c.list == nil {
		return tampered("the end cannot be read")
	}
	sigs, err := c.signatures(text)
	if err != nil {
		return err
	}
	switch {
	case noteText(text) != endText(c.origin, c.sum):
		return tampered("the bundle is not as it was signed")
	case c.found.Checkpoints == 0 || !c.found.Extract && c.head.Size != c.found.Leaves || c.proved != nil:
		return tampered("leaves stand behind the last checkpoint")
	case !c.trusts(sigs):
		return reeve.WithHint(untrusted("the bundle is not signed by the key given"), "check that the public key is the one that the council gave you; after a change of keys take the new one, or verify a whole bundle")
	}
	c.witnesses()
	return c.older()
}

func (c *checking) witnesses() {
	for _, s := range c.found.signatures {
		if s.Name != c.origin {
			c.found.Witnesses = append(c.found.Witnesses, s.Name)
		}
	}
}

// older says whether the older head was met.
func (c *checking) older() error {
	old := c.by.Older
	switch {
	case old == nil || c.agreed:
		return nil
	case old.Head.Size > c.head.Size:
		return tampered("the record is shorter than at the older checkpoint: %d leaves then, %d now", old.Head.Size, c.head.Size)
	case c.found.Extract && old.Head.Size == c.head.Size && old.Head == c.head:
		return nil
	case c.found.Extract && old.Head.Size < c.head.Size:
		return reeve.WithHint(fmt.Errorf("the extract has no proof from the older checkpoint: %w", reeve.Invalid), "ask for one: reeve bundle --object ID --since CHECKPOINT, or for the whole record")
	}
	return tampered("the record is not that of the older checkpoint")
}

// strictBase64 refuses other spellings of the same bytes.
var strictBase64 = base64.StdEncoding.Strict()

func parseHashes(words []string) ([]tlog.Hash, error) {
	var all []tlog.Hash
	for _, w := range words {
		h, err := tlog.ParseHash(w)
		if err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	return all, nil
}

// keyLines gives the lines of a key file.
func keyLines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}

func firstLine(text string) string {
	if lines := keyLines(text); len(lines) > 0 {
		return lines[0]
	}
	return ""
}

func verifiers(keys []string) ([]note.Verifier, note.Verifiers, error) {
	var all []note.Verifier
	for _, k := range keys {
		v, err := note.NewVerifier(k)
		if err != nil {
			return nil, nil, errKey
		}
		all = append(all, v)
	}
	return all, note.VerifierList(all...), nil
}

// noteText is the signed part of a note.
func noteText(signed string) string {
	text, _, _ := strings.Cut(signed, "\n\n")
	return text + "\n"
}

// noteHead reads the head out of a note without looking at its signatures.
func noteHead(signed string) (origin string, h Head, err error) {
	return ParseHead(noteText(signed))
}

// parseSignature reads the line of one signature.
func parseSignature(line string) (note.Signature, error) {
	name, text, ok := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(line, "— "), "\n"), " ")
	b, err := strictBase64.DecodeString(text)
	if !ok || err != nil || len(b) < 5 {
		return note.Signature{}, fmt.Errorf("a signature cannot be read: %w", reeve.Invalid)
	}
	return note.Signature{Name: name, Hash: binary.BigEndian.Uint32(b), Base64: text}, nil
}
