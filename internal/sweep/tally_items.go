package sweep

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// itemTallies are what pages show of items and documents: counted when the
// lists are written at the end of a sweep, since no decision changes them but in
// that sealed people are left out.
type itemTallies struct {
	documents map[int64]*documentTally
	folders   map[folderKey]*folderSums
	triage    [][]any
}

// documentTally is what a document holds, in few bytes: a case has hundreds of
// thousands.
type documentTally struct {
	part             documentPart
	findings, people int64
	kinds, councils  string
}

type folderKey struct {
	exhibit, folder string
	status          reeve.Status
	reason          reeve.Reason
}

type folderSums struct{ items, bytes, pages, unread, personal int64 }

// tallyItems counts items and documents anew. It reads before it writes, so
// that others need not wait for it.
func (c *Case) tallyItems(ctx context.Context) error {
	t := &itemTallies{documents: make(map[int64]*documentTally), folders: make(map[folderKey]*folderSums)}
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		for _, part := range []func(*db.Tx) error{t.readFindings, t.readPeople, t.withoutSealed, t.readItems} {
			if err := part(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = c.DB.Write(ctx, t.write)
	}
	if err != nil {
		return fmt.Errorf("count items: %w", err)
	}
	return nil
}

func (t *itemTallies) of(document int64) *documentTally {
	d := t.documents[document]
	if d == nil {
		d = &documentTally{part: documentPart{level: levelRoutine}}
		t.documents[document] = d
	}
	return d
}

// readFindings goes through all findings once, document by document.
func (t *itemTallies) readFindings(tx *db.Tx) error {
	people := make(map[int64]int)
	err := tx.Each(func(row db.Row) error {
		var id int64
		var n int
		err := row.Scan(&id, &n)
		people[id] = n
		return err
	}, "SELECT document, COUNT(*) FROM mention GROUP BY document")
	if err != nil {
		return err
	}
	s := newSums()
	now := int64(0)
	done := func() {
		if now == 0 {
			return
		}
		d := t.of(now)
		s.people = people[now]
		d.findings, d.kinds, d.part = s.all, s.kindCell(), s.part()
		s = newSums()
	}
	err = tx.Each(func(row db.Row) error {
		var id, capacity int64
		var kind, signal, confidence string
		if err := row.Scan(&id, &kind, &signal, &confidence, &capacity); err != nil {
			return err
		}
		if id != now {
			done()
			now = id
		}
		s.take(reeve.Kind(kind), reeve.Signal(signal), confidence, reeve.Capacity(capacity))
		return nil
	}, "SELECT document, kind, signal, confidence, capacity FROM finding WHERE negated = 0 ORDER BY document, n")
	done()
	for id, n := range people {
		if t.documents[id] == nil {
			t.of(id).part.people = n
		}
	}
	return err
}

// readPeople counts the people of each document who are not sealed, and notes
// which councils hold their data.
func (t *itemTallies) readPeople(tx *db.Tx) error {
	councils := make(map[string]string)
	err := tx.Each(func(row db.Row) error {
		var id, controller string
		err := row.Scan(&id, &controller)
		councils[id] = controller
		return err
	}, "SELECT id, controller FROM person WHERE sealed = 0")
	if err != nil {
		return err
	}
	now := int64(0)
	here := make(map[string]bool)
	lists := make(map[string]bool)
	done := func() {
		if now == 0 {
			return
		}
		var all []string
		for l := range lists {
			all = append(all, cellList(l)...)
		}
		d := t.of(now)
		d.people, d.councils = int64(len(here)), joined(all)
		clear(here)
		clear(lists)
	}
	err = tx.Each(func(row db.Row) error {
		var id int64
		var person string
		if err := row.Scan(&id, &person); err != nil {
			return err
		}
		if id != now {
			done()
			now = id
		}
		if list, ok := councils[person]; ok {
			here[person], lists[list] = true, true
		}
		return nil
	}, "SELECT document, person FROM link WHERE person <> '' ORDER BY document, ordinal")
	done()
	return err
}

// withoutSealed takes the findings of sealed people out of the counts.
func (t *itemTallies) withoutSealed(tx *db.Tx) error {
	return tx.Each(func(row db.Row) error {
		var id, n int64
		err := row.Scan(&id, &n)
		d := t.of(id)
		d.findings -= n
		d.kinds = "" // a list of kinds less one person's would tell what is theirs
		return err
	}, `SELECT s.document, COUNT(*) FROM sealed_document s JOIN link l ON l.person = s.person AND l.document = s.document
		JOIN finding f ON f.document = l.document AND f.mention = l.ordinal WHERE f.negated = 0 GROUP BY s.document`)
}

func (t *itemTallies) readItems(tx *db.Tx) error {
	return tx.Each(func(row db.Row) error {
		var id, document, pages, unread int64
		var it reeve.Item
		var status, reason string
		if err := row.Scan(&id, &it.Exhibit, &it.Path, &it.Size, &status, &reason, &document, &pages, &unread); err != nil {
			return err
		}
		it.Status, it.Reason = reeve.Status(status), reeve.Reason(reason)
		k := folderKey{it.Exhibit, topFolder(it.Path), it.Status, it.Reason}
		f := t.folders[k]
		if f == nil {
			f = &folderSums{}
			t.folders[k] = f
		}
		f.items, f.bytes, f.pages, f.unread = f.items+1, f.bytes+it.Size, f.pages+pages, f.unread+unread
		d := t.documents[document]
		var part *documentPart
		if d != nil && document != 0 {
			part = &d.part
			if d.findings > 0 {
				f.personal++
			}
		}
		level, reasons := triage(it, part)
		if level < levelRoutine {
			t.triage = append(t.triage, []any{id, level, document, joined(reasons)})
		}
		return nil
	}, "SELECT id, exhibit, path, size, status, reason, document, pages, pages_unread FROM case_items")
}

// topFolder is the first folder of a path, "" where there is none.
func topFolder(path string) string {
	top, _, ok := strings.Cut(path, "/")
	if !ok {
		return ""
	}
	return strings.TrimSuffix(top, "!")
}

func (t *itemTallies) write(tx *db.Tx) error {
	for _, table := range []string{"document_tally", "folder_tally", "item_triage"} {
		if _, err := tx.Exec("DELETE FROM " + table); err != nil {
			return err
		}
	}
	documents := tx.Load("document_tally", "document", "findings", "people", "kinds", "councils")
	for _, id := range slices.Sorted(maps.Keys(t.documents)) {
		d := t.documents[id]
		if err := documents.Add(id, d.findings, d.people, d.kinds, d.councils); err != nil {
			return err
		}
	}
	if err := documents.Close(); err != nil {
		return err
	}
	folders := tx.Load("folder_tally", "exhibit", "folder", "status", "reason", "items", "bytes", "pages", "unread", "personal")
	for _, k := range slices.SortedFunc(maps.Keys(t.folders), folderKey.compare) {
		f := t.folders[k]
		if err := folders.Add(k.exhibit, k.folder, k.status, k.reason, f.items, f.bytes, f.pages, f.unread, f.personal); err != nil {
			return err
		}
	}
	if err := folders.Close(); err != nil {
		return err
	}
	if err := loadRows(tx.Load("item_triage", "item", "level", "document", "reasons"), t.triage); err != nil {
		return err
	}
	if err := bumpStamp(tx); err != nil {
		return err
	}
	return keepDay(tx)
}

func (k folderKey) compare(o folderKey) int {
	return cmp.Or(cmp.Compare(k.exhibit, o.exhibit), cmp.Compare(k.folder, o.folder), cmp.Compare(k.status, o.status), cmp.Compare(k.reason, o.reason))
}
