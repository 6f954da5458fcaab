package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
)

// The text index: passages of what was read, each a piece of a block's text or
// some rows of its table, so that a hit can be shown without reading a megabyte
// and a match that must not be seen costs no more than its passage.

const passageIndex = "passage_text"

// Bounds of a passage and of one transaction of the job.
const (
	passageBytes   = 16 << 10
	buildDocuments = 200
	buildBytes     = 4 << 20 // of text
)

// toIndex is a document whose text is to be put into the index.
type toIndex struct {
	id, blocks int64
	reader     string
	again      bool // it is there with other text: OCR has read more of it
}

// BuildSearch puts what was read since it last ran into the index. It may be
// stopped at any time and goes on where it stopped. progress is told how many
// documents are done, and of how many; it may be nil.
func (c *Case) BuildSearch(ctx context.Context, progress func(done, total int64)) error {
	total, done, err := c.searchStanding(ctx)
	if err != nil {
		return fmt.Errorf("index text: %w", err)
	}
	dropped, err := c.dropGone(ctx)
	if err != nil {
		return fmt.Errorf("index text: %w", err)
	}
	for after := int64(0); ; {
		if progress != nil {
			progress(min(done, total), total)
		}
		todo, err := c.nextToIndex(ctx, after)
		if err != nil {
			return fmt.Errorf("index text: %w", err)
		}
		if len(todo) == 0 {
			break
		}
		n, again, err := c.indexSome(ctx, todo)
		if err != nil {
			return fmt.Errorf("index text: %w", err)
		}
		dropped = dropped || again
		after = todo[n-1].id
		done += int64(n)
	}
	if !dropped {
		return nil
	}
	err = c.DB.Write(ctx, func(tx *db.Tx) error { return tx.CompactText(passageIndex) })
	if err != nil {
		return fmt.Errorf("index text: %w", err)
	}
	return nil
}

// searchStanding counts documents with text, and those in the index as they are.
func (c *Case) searchStanding(ctx context.Context) (total, done int64, err error) {
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.One([]any{&total, &done}, `SELECT COUNT(*), COUNT(s.document) FROM document d
			LEFT JOIN passage_done s ON s.document = d.id AND s.blocks = d.blocks AND s.reader = d.reader WHERE d.blocks > 0`)
	})
	return total, done, err
}

func (c *Case) nextToIndex(ctx context.Context, after int64) (todo []toIndex, err error) {
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		todo, err = db.All(tx, func(row db.Row) (t toIndex, err error) {
			var again int64
			err = row.Scan(&t.id, &t.blocks, &t.reader, &again)
			t.again = again != 0
			return t, err
		}, `SELECT d.id, d.blocks, d.reader, CASE WHEN s.document IS NULL THEN 0 ELSE 1 END FROM document d LEFT JOIN passage_done s ON s.document = d.id
			WHERE d.id > ? AND d.blocks > 0 AND (s.document IS NULL OR s.blocks <> d.blocks OR s.reader <> d.reader) ORDER BY d.id LIMIT ?`, after, buildDocuments)
		return err
	})
	return todo, err
}

// dropGone takes documents out of the index that the case no longer has.
func (c *Case) dropGone(ctx context.Context) (dropped bool, err error) {
	err = c.DB.Write(ctx, func(tx *db.Tx) error {
		gone, err := db.All(tx, func(row db.Row) (id int64, err error) { return id, row.Scan(&id) },
			"SELECT s.document FROM passage_done s LEFT JOIN document d ON d.id = s.document WHERE d.id IS NULL")
		if err != nil {
			return err
		}
		for _, id := range gone {
			dropped = true
			if err := dropPassages(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	return dropped, err
}

func dropPassages(tx *db.Tx, document int64) error {
	ids, err := db.All(tx, func(row db.Row) (id int64, err error) { return id, row.Scan(&id) }, "SELECT id FROM passage WHERE document = ?", document)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := tx.DropText(passageIndex, id); err != nil {
			return err
		}
	}
	for _, q := range []string{"DELETE FROM passage WHERE document = ?", "DELETE FROM passage_done WHERE document = ?"} {
		if _, err := tx.Exec(q, document); err != nil {
			return err
		}
	}
	return nil
}

// indexSome indexes as many of some documents as one transaction should hold,
// at least one.
func (c *Case) indexSome(ctx context.Context, todo []toIndex) (n int, again bool, err error) {
	err = c.DB.Write(ctx, func(tx *db.Tx) error {
		x := &indexer{tx: tx}
		if err := tx.One([]any{&x.last}, "SELECT COALESCE(MAX(id), 0) FROM passage"); err != nil {
			return err
		}
		for n = 0; n < len(todo) && (n == 0 || x.bytes < buildBytes); n++ {
			again = again || todo[n].again
			if err := x.document(&todo[n]); err != nil {
				return err
			}
		}
		return nil
	})
	return n, again, err
}

// indexer writes passages within one transaction.
type indexer struct {
	tx    *db.Tx
	last  int64 // passage number given last
	bytes int
	hash  hash.Hash // of the words of the document in work
}

func (x *indexer) document(t *toIndex) error {
	if t.again {
		if err := dropPassages(x.tx, t.id); err != nil {
			return err
		}
	}
	x.hash = sha256.New()
	blocks, err := db.All(x.tx, func(row db.Row) (n int64, err error) { return n, row.Scan(&n) }, "SELECT n FROM content WHERE document = ? ORDER BY n", t.id)
	if err != nil {
		return err
	}
	for _, n := range blocks {
		b, err := blockAt(x.tx, t.id, n)
		if err != nil {
			return err
		}
		if err := x.block(t.id, n, b); err != nil {
			return err
		}
	}
	_, err = x.tx.Exec("INSERT INTO passage_done (document, blocks, reader, digest) VALUES (?, ?, ?, ?)", t.id, t.blocks, t.reader, hex.EncodeToString(x.hash.Sum(nil)[:16]))
	return err
}

func (x *indexer) block(document, n int64, b *reeve.Block) error {
	if len(b.Rows) == 0 {
		for from := 0; from < len(b.Text); {
			to := passageEnd(b.Text, from)
			if err := x.passage(document, n, int64(from), int64(to), b.Text[from:to]); err != nil {
				return err
			}
			from = to
		}
		return nil
	}
	for from := 0; from < len(b.Rows); {
		var text strings.Builder
		to := from
		for ; to < len(b.Rows) && (to == from || text.Len() < passageBytes); to++ {
			text.WriteString(rowText(b.Rows[to]))
		}
		if err := x.passage(document, n, int64(from), int64(to), text.String()); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// rowText is a row as it is searched: a word that no text holds stands between
// cells, so that no phrase runs from one into the next.
func rowText(row []string) string { return strings.Join(row, " "+cellEnd+" ") + " " + cellEnd + " " }

const cellEnd = "ǀ" // a letter, so that it stays a word of its own

// passageEnd is where a passage that begins at a byte of a text ends: at a line
// end if there is one, else between words.
func passageEnd(text string, from int) int {
	if len(text)-from <= passageBytes {
		return len(text)
	}
	to := int(cutBack(text, int64(from+passageBytes)))
	for _, end := range []string{"\n", " "} {
		if i := strings.LastIndex(text[from:to], end); i > 0 {
			return from + i + 1
		}
	}
	return to
}

func (x *indexer) passage(document, block, first, last int64, text string) error {
	words := indexWords(text)
	x.bytes += len(text)
	for _, w := range words {
		x.hash.Write([]byte(w))
		x.hash.Write([]byte{' '})
	}
	if len(words) == 0 {
		return nil
	}
	x.last++
	if _, err := x.tx.Exec("INSERT INTO passage (id, document, block, first, last) VALUES (?, ?, ?, ?, ?)", x.last, document, block, first, last); err != nil {
		return err
	}
	return x.tx.AddText(passageIndex, x.last, words)
}

// indexWords are the words of a text as the index knows them.
func indexWords(text string) []string {
	words := strings.Fields(lex.Fold(text))
	for i, w := range words {
		words[i] = shortWord(w)
	}
	return words[:min(len(words), db.MaxTextWords)]
}

// shortWord cuts what is no word at all: a line of code, a picture in letters.
func shortWord(w string) string { return w[:cutBack(w, min(int64(len(w)), db.MaxTextWord))] }
