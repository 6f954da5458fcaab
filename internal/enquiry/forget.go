package enquiry

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
)

// kept is a rule: how long what residents sent is kept.
type kept struct {
	Months int64  `json:"months"` // after the matter ended
	Why    string `json:"why"`
	ByName string `json:"by_name"`
	At     int64  `json:"at"`
}

// Cutoff is the moment before which a matter has ended whose time is over.
func (k kept) Cutoff(now time.Time) int64 {
	return now.In(london).AddDate(0, -int(k.Months), 0).Unix()
}

// States of a destruction.
const (
	destroyAsked     = "asked"
	destroySigned    = "signed"
	destroyDone      = "done"
	destroyWithdrawn = "withdrawn"
)

// groundTable has the grounds as the certificate prints them.
var groundTable = map[string]string{
	"retention": "its time of retention is over",
	"closed":    "the case is closed",
	"ordered":   "a court or the Commissioner has ordered it",
}

var grounds = []string{"retention", "closed", "ordered"}

// forgotten is how much of something was destroyed.
type forgotten struct {
	What string `json:"what"`
	N    int64  `json:"rows"`
}

// destruction is one destruction of what residents sent.
type destruction struct {
	ID         int64       `json:"id"`
	Before     int64       `json:"before"`
	Ground     string      `json:"ground"`
	Why        string      `json:"why"`
	State      string      `json:"state"`
	By         string      `json:"by"`
	ByName     string      `json:"by_name"`
	At         int64       `json:"at"`
	Second     string      `json:"second"`
	SecondName string      `json:"second_name"`
	SecondAt   int64       `json:"second_at"`
	Rows       []forgotten `json:"rows"`
	Head       string      `json:"head"`
	Done       int64       `json:"done"`
	Compacted  int64       `json:"compacted"`
	Version    int64       `json:"version"`
}

// Words says how a destruction stands.
func (d destruction) Words() string {
	switch {
	case d.State == destroyAsked:
		return "asked for; a second person has to sign"
	case d.State == destroySigned:
		return "signed by two; being done"
	case d.State == destroyWithdrawn:
		return "withdrawn"
	case d.Compacted == 0:
		return "destroyed; the files are being removed"
	}
	return "destroyed"
}

// What is what is destroyed, in words.
func (d destruction) What() string {
	return "Enquiries and reports of scams that ended before " + dayWords(d.Before)
}

// Because is the ground in words.
func (d destruction) Because() string { return groundTable[d.Ground] }

// Thing is the object of acts on it.
func (d destruction) Thing() string { return fmt.Sprintf("enquiry-destruction:%d", d.ID) }

const forgetKind = "enquiry.forget"

// forget does the destruction that two people have signed, or finishes one: rows
// first, in one transaction with the certificate’s digest; then the files, and
// what the database kept of the rows.
func (m *Room) forget(ctx context.Context, _ *job.Work) error {
	var d destruction
	err := m.program(ctx, func(tx *db.Tx) (leaf record.Leaf, err error) {
		if d, err = unfinished(tx); err != nil || d.State == destroyDone {
			return leaf, err
		}
		return m.forgetNow(tx, &d)
	})
	if errors.Is(err, reeve.NotFound) {
		return nil // it was finished
	}
	if err != nil {
		return fmt.Errorf("destroy enquiries: %w", err)
	}
	if err := m.removeExpired(ctx, d.Before); err != nil {
		return err
	}
	if err := m.kase.Compact(ctx); err != nil {
		return fmt.Errorf("destroy enquiries: %w", err)
	}
	return m.program(ctx, func(tx *db.Tx) (record.Leaf, error) {
		d.Compacted = m.Now().Unix()
		return record.Leaf{Verb: "compact", Object: d.Thing(), Line: "removed the files of destroyed enquiries and rewrote the database"}, keepDestruction(tx, &d)
	})
}

// forgetNow destroys the rows and gives the leaf of it.
func (m *Room) forgetNow(tx *db.Tx, d *destruction) (leaf record.Leaf, err error) {
	if err := mayDestroy(tx); err != nil {
		return leaf, err
	}
	if d.Head, err = recordHead(tx); err != nil {
		return leaf, err
	}
	d.Done, d.State = m.Now().Unix(), destroyDone
	if d.Rows, err = forgetRows(tx, d.Before, d.Done); err != nil {
		return leaf, err
	}
	files, err := m.expired(tx, d.Before)
	if err != nil {
		return leaf, err
	}
	d.Rows = append(d.Rows, forgotten{"messages and forms as they came", int64(len(files))})
	if err := keepDestruction(tx, d); err != nil {
		return leaf, err
	}
	var text bytes.Buffer
	if err := m.certificate(d).WriteText(&text); err != nil {
		return leaf, err
	}
	leaf = record.Leaf{Verb: "destroy", Object: d.Thing(), Line: fmt.Sprintf("destroyed enquiries and reports, certificate %d", d.ID)}
	sum := sha256.Sum256(text.Bytes())
	leaf.Digest = hex.EncodeToString(sum[:])
	for _, r := range d.Rows {
		leaf.Rows += r.N
	}
	return leaf, nil
}

// takenDigest is how much of its digest stands in the name of a mail that was
// taken in, in signs.
const takenDigest = 32

// expired are the files whose time is over: mails whose matters are destroyed,
// and what was refused or put aside before a moment.
func (m *Room) expired(tx *db.Tx, before int64) (paths []string, err error) {
	var taken []string
	for _, box := range []string{"enquiries", "scams"} {
		at := filepath.Join(m.folder, inboxFolder, box)
		if taken, err = filesIn(taken, filepath.Join(at, mail.Taken), func(string, time.Time) bool { return true }); err != nil {
			return nil, err
		}
		if paths, err = filesIn(paths, filepath.Join(at, mail.Refused), func(_ string, t time.Time) bool { return t.Unix() < before }); err != nil {
			return nil, err
		}
	}
	if paths, err = filesIn(paths, m.spool.folder, func(name string, t time.Time) bool {
		return t.Unix() < before && !waits(name) && !strings.HasPrefix(name, ".")
	}); err != nil {
		return nil, err
	}
	held, err := mailsHeld(tx) // after the folders: a mail is moved there once it is kept
	for _, p := range taken {
		if digest, _, _ := strings.Cut(filepath.Base(p), "-"); !held[digest] {
			paths = append(paths, p)
		}
	}
	return paths, err
}

// filesIn adds the files of a folder that are wanted.
func filesIn(paths []string, folder string, want func(name string, modified time.Time) bool) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("list files of enquiries: %w", reeve.Unavailable)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && e.Type().IsRegular() && want(e.Name(), info.ModTime()) {
			paths = append(paths, filepath.Join(folder, e.Name()))
		}
	}
	return paths, nil
}

func (m *Room) removeExpired(ctx context.Context, before int64) error {
	var paths []string
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		paths, err = m.expired(tx, before)
		return err
	})
	for _, p := range paths {
		if err == nil && os.Remove(p) != nil {
			err = reeve.Unavailable
		}
	}
	if err != nil {
		return fmt.Errorf("remove files of enquiries: %w", err)
	}
	return nil
}

// certificate says what was destroyed, when, and by whose signatures. It is
// written from the row of the destruction alone, so that it is the same for ever,
// and holds no personal data: who signed is named by user number.
func (m *Room) certificate(d *destruction) *paper.Document {
	facts := []paper.Fact{{Name: "Case", Value: m.kase.ID()}, {Name: "Certificate", Value: "enquiries " + strconv.FormatInt(d.ID, 10)}, {Name: "Destroyed", Value: stampWords(d.Done)},
		{Name: "What", Value: d.What()}, {Name: "Because", Value: d.Because()}, {Name: "Asked for", Value: stampWords(d.At) + " by user " + d.By},
		{Name: "Signed by a second person", Value: stampWords(d.SecondAt) + " by user " + d.Second}, {Name: "Legal hold", Value: "none stood"}}
	t := paper.Table{Caption: "What was destroyed", Columns: []paper.Column{{Title: "What"}, {Title: "Number", Number: true}}}
	for _, r := range d.Rows {
		t.Rows = append(t.Rows, []string{strings.ToUpper(r.What[:1]) + r.What[1:], strconv.FormatInt(r.N, 10)})
	}
	return &paper.Document{Title: "Certificate of destruction", Subtitle: d.What(), Author: "Reeve", Date: time.Unix(d.Done, 0).UTC(), Footer: d.Head,
		Blocks: []paper.Block{paper.Facts{Rows: facts}, t,
			paper.Paragraph{Text: "What was said was deleted and overwritten in one transaction. The files were removed and those of the database rewritten afterwards; the record has a line of its own for that. The digest of this certificate as plain text is in the record, beside the act “destroy”."},
			paper.Heading{Level: 1, Text: "What this does not cover"},
			paper.List{Items: []string{"That a matter was there: its number, kind, days and how it ended stay, for the figures.", "Mails, letters and exports that left the case before; each is on record.",
				"Backups made before this day, and what a database server keeps of its own. They are to be destroyed with it."}},
			paper.Facts{Rows: []paper.Fact{{Name: "Head of the record before", Value: d.Head}}}}}
}

// stampWords is a moment as papers have it.
func stampWords(at int64) string { return momentWords(time.Unix(at, 0)) }
