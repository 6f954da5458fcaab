package record

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
)

// Leaf is one act. All but Line is kept for as long as the case and is shown to
// everyone who checks the record: no personal value may be in it.
type Leaf struct {
	Time   int64  // seconds UTC; 0 means now
	Actor  string // who: a user's id, "reeve" for the program itself
	Verb   string // what was done: "sweep", "decide", "reveal"
	Object string // to what: an id, never a name or path
	Rows   int64  // of a bulk act: how many rows it touched
	Digest string // of a bulk act: the SHA-256 of those rows, in hex
	Line   string // the act in words, for people; may be personal
}

// The longest parts that are taken, in bytes.
const (
	maxWord = 500
	maxLine = 64 << 10
)

func (l Leaf) check() error {
	for _, part := range []string{l.Actor, l.Verb, l.Object, l.Digest} {
		if len(part) > maxWord {
			return fmt.Errorf("a part of the leaf is longer than %d bytes: %w", maxWord, reeve.Invalid)
		}
	}
	switch {
	case l.Actor == "" || l.Verb == "":
		return fmt.Errorf("a leaf needs an actor and a verb: %w", reeve.Invalid)
	case len(l.Line) > maxLine:
		return fmt.Errorf("the line is longer than %d bytes: %w", maxLine, reeve.Invalid)
	case l.Time < 0 || l.Rows < 0:
		return fmt.Errorf("a leaf has no negative numbers: %w", reeve.Invalid)
	}
	return nil
}

// encoded is the form in which a leaf is hashed and stored: JSON with these
// members in this order, no spaces, no escapes beyond what JSON demands. What
// is hashed is the stored bytes, so that a reader never has to encode again.
type encoded struct {
	Version    int    `json:"v"`
	Sequence   int64  `json:"seq"`
	Time       int64  `json:"time"`
	Actor      string `json:"actor"`
	Verb       string `json:"verb"`
	Object     string `json:"object,omitempty"`
	Rows       int64  `json:"rows,omitempty"`
	Digest     string `json:"digest,omitempty"`
	Commitment string `json:"line"` // hex
}

const leafVersion = 1

func encode(sequence int64, l Leaf, commitment [sha256.Size]byte) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(encoded{leafVersion, sequence, l.Time, valid(l.Actor), valid(l.Verb), valid(l.Object), l.Rows, valid(l.Digest), hex.EncodeToString(commitment[:])})
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

func decode(b []byte) (encoded, error) {
	var e encoded
	if err := json.Unmarshal(b, &e); err != nil || e.Version != leafVersion {
		return e, fmt.Errorf("leaf is not in the form of version %d: %w", leafVersion, reeve.Invalid)
	}
	return e, nil
}

// saltSize makes a short line ("opened the file of P…") as hard to guess from
// its commitment as any other.
const saltSize = 16

// commit binds a leaf to its readable line without telling it.
func commit(salt []byte, line string) [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte("reeve line 1\x00"))
	h.Write(salt)
	h.Write([]byte(line))
	return [sha256.Size]byte(h.Sum(nil))
}

// holds reports whether the leaf was made for the line.
func (e encoded) holds(salt []byte, line string) bool {
	want, err := hex.DecodeString(e.Commitment)
	got := commit(salt, line)
	return err == nil && subtle.ConstantTimeCompare(want, got[:]) == 1
}
