package sweep

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/detect"
)

// scannedDoc is a document with pages that OCR has not read.
type scannedDoc struct {
	id     int64
	digest string
	typ    string
	size   int64
	pages  int
	own    ownOutcome
	tools  string // what it is to be read with
	todo   []int  // pages, from 1
	worth  worth
}

// worth is what a scan is ordered by: what its folder says, what was found in
// its neighbours.
type worth struct {
	level      int
	neighbours int
}

// Levels of worth, the most urgent first.
const (
	worthSafety  = iota // the path has words of a safety signal
	worthSignal         // of another signal
	worthTopic          // of some kind of personal data
	worthCompany        // other items of its folder hold findings
	worthNothing
)

// hasScan picks the documents whose pages OCR may be able to read.
const hasScan = "(d.status = 'needs-ocr' OR d.pages_unread > 0 AND d.type = 'pdf')"

// anyScans reports whether the case holds any, before programs are looked for.
func (r *run) anyScans(ctx context.Context) (bool, error) {
	n := 0
	err := r.c.DB.Read(ctx, func(tx *db.Tx) error { return tx.One([]any{&n}, "SELECT COUNT(*) FROM document d WHERE "+hasScan) })
	if err != nil {
		return false, fmt.Errorf("find scans: %w", err)
	}
	return n > 0, nil
}

// queue is the documents that OCR has work with, those of most worth first.
func (r *run) queue(ctx context.Context, e *engine) ([]*scannedDoc, error) {
	var docs []*scannedDoc
	err := r.c.DB.Read(ctx, func(tx *db.Tx) error {
		err := tx.Each(func(row db.Row) error {
			d, again, err := scanScanned(row)
			if err != nil {
				return err
			}
			d.tools = e.toolsFor(d.typ)
			if d.tools != "" && again != d.tools {
				docs = append(docs, d)
			}
			return nil
		}, `SELECT d.id, d.digest, d.type, d.size, d.pages, COALESCE(r.tools, ''), COALESCE(r.reader, d.reader), COALESCE(r.status, d.status),
			COALESCE(r.reason, d.reason), COALESCE(r.detail, d.detail), COALESCE(r.pages_unread, d.pages_unread), COALESCE(r.blocks, d.blocks)
			FROM document d LEFT JOIN recognition r ON r.document = d.id WHERE `+hasScan+` ORDER BY d.id`)
		if err != nil || len(docs) == 0 {
			return err
		}
		return valueScans(tx, docs)
	})
	if err != nil {
		return nil, fmt.Errorf("find scans: %w", err)
	}
	docs = slices.DeleteFunc(docs, func(d *scannedDoc) bool { return d.worth.level < 0 })
	slices.SortFunc(docs, func(a, b *scannedDoc) int {
		return cmp.Or(cmp.Compare(a.worth.level, b.worth.level), cmp.Compare(b.worth.neighbours, a.worth.neighbours), cmp.Compare(a.size, b.size), cmp.Compare(a.digest, b.digest))
	})
	for _, d := range docs {
		if err := r.plan(ctx, d); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(docs, func(d *scannedDoc) bool { return len(d.todo) == 0 }), nil
}

func scanScanned(row db.Row) (d *scannedDoc, tools string, err error) {
	d = &scannedDoc{worth: worth{level: -1}}
	err = row.Scan(&d.id, &d.digest, &d.typ, &d.size, &d.pages, &tools, &d.own.reader, &d.own.status, &d.own.reason, &d.own.detail, &d.own.unread, &d.own.blocks)
	return d, tools, err
}

// valueScans gives every document its worth, by the item in which it was first
// seen; one that no item holds any more keeps level -1.
func valueScans(tx *db.Tx, docs []*scannedDoc) error {
	byID := make(map[int64]*scannedDoc, len(docs))
	for _, d := range docs {
		byID[d.id] = d
	}
	findings := make(map[int64]int)
	err := tx.Each(func(row db.Row) error {
		var id int64
		var n int
		err := row.Scan(&id, &n)
		findings[id] = n
		return err
	}, "SELECT document, COUNT(*) FROM finding GROUP BY document")
	if err != nil {
		return err
	}
	first := make(map[int64]itemPath)
	folders := make(map[string]int)
	err = tx.Each(func(row db.Row) error {
		var id int64
		var p itemPath
		if err := row.Scan(&id, &p.exhibit, &p.path); err != nil {
			return err
		}
		if n := findings[id]; n > 0 {
			folders[folderOf(p)] += n
		}
		if _, known := first[id]; !known && byID[id] != nil {
			first[id] = p
		}
		return nil
	}, "SELECT d.id, e.name, i.path FROM item i JOIN exhibit e ON e.id = i.exhibit JOIN document d ON d.digest = i.digest ORDER BY e.name, i.path")
	for id, p := range first {
		byID[id].worth = worthOf(p, folders[folderOf(p)])
	}
	return err
}

func worthOf(p itemPath, neighbours int) worth {
	w := worth{level: worthNothing, neighbours: neighbours}
	if neighbours > 0 {
		w.level = worthCompany
	}
	for _, t := range detect.Folder(p.path) {
		level := worthTopic
		switch {
		case t.Signal.Safety():
			level = worthSafety
		case t.Signal != "":
			level = worthSignal
		}
		w.level = min(w.level, level)
	}
	return w
}

// plan lists the pages of a document that are to be read. A PDF's reader counts
// the pages that gave no text and does not name them: they are those with the
// least.
func (r *run) plan(ctx context.Context, d *scannedDoc) error {
	if d.typ != "pdf" {
		for n := range max(d.pages, 1) {
			d.todo = append(d.todo, n+1)
		}
		return nil
	}
	letters := make(map[int]int)
	err := r.c.ownBlocks(ctx, d.id, d.own.blocks, func(b *reeve.Block) {
		// What is written in comments or the properties says nothing of the page.
		if n := pageOf(b.Part); n > 0 && (b.Layer == reeve.LayerBody || b.Layer == reeve.LayerOCR) {
			letters[n] += len(b.Text) + 100*len(b.Rows)
		}
	})
	if err != nil {
		return err
	}
	for n := range d.pages {
		d.todo = append(d.todo, n+1)
	}
	slices.SortStableFunc(d.todo, func(a, b int) int { return cmp.Compare(letters[a], letters[b]) })
	d.todo = d.todo[:min(d.own.unread, len(d.todo))]
	slices.Sort(d.todo)
	return nil
}

// pageOf is the number in "page 12" and "page 12 notes", 0 for other parts.
func pageOf(part string) int {
	rest, ok := strings.CutPrefix(part, "page ")
	if !ok {
		return 0
	}
	number, _, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return n
}
