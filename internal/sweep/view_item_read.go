package sweep

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Bounds on the lists of one item.
const (
	copiesShown  = 50
	membersShown = 200
	linkedShown  = 50
)

var errNoItem = reeve.WithHint(fmt.Errorf("no item of that number: %w", reeve.NotFound), "Take the item from a list or a search.")

// Item gives one item; reeve.NotFound for an unknown number, and for an item in
// which a visitor of some councils has nobody.
func (c *Case) Item(ctx context.Context, id int64, s Scope) (*ItemView, error) {
	v := &ItemView{ID: id}
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		r := &itemReader{tx: tx, scope: s, view: v}
		for _, part := range []func() error{r.row, r.permit, r.document, r.urgency, r.mail, r.above, r.copies, r.members, r.sameText, r.linked} {
			if err := part(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("show item: %w", err)
	}
	return v, nil
}

// itemReader gathers what is to be known of one item.
type itemReader struct {
	tx     *db.Tx
	scope  Scope
	view   *ItemView
	parent int64
}

func (r *itemReader) row() error {
	v := r.view
	err := r.tx.One([]any{&v.Exhibit, &v.Path, &r.parent, &v.Digest, &v.Size, &v.Modified, &v.Type, &v.Status, &v.Reason, &v.Detail, &v.Document, &v.Pages,
		&v.PagesUnread, &v.Folder}, `SELECT exhibit, path, parent, digest, size, modified, type, status, reason, detail, document, pages, pages_unread, folder
		FROM case_items WHERE id = ?`, v.ID)
	if errors.Is(err, reeve.NotFound) {
		return errNoItem
	}
	v.Name = baseName(v.Path)
	v.Picture = v.Document != 0 && canShow(v.Type)
	return err
}

// permit finds out whether the item may be seen at all, and its path.
func (r *itemReader) permit() error {
	v := r.view
	ok, err := r.scope.seesItem(r.tx, v.Document, itemPath{v.Exhibit, v.Path})
	if err != nil {
		return err
	}
	if !ok {
		return errNoItem
	}
	if v.Hidden, err = r.scope.hides(r.tx, v.Document); err != nil || !v.Hidden {
		return err
	}
	v.Path, err = hiddenPath(r.tx, v.ID)
	v.Folder, v.Name = "", v.Path
	return err
}

func (r *itemReader) document() error {
	v := r.view
	if v.Document == 0 {
		return nil
	}
	var container int64
	err := r.tx.One([]any{&v.Reader, &container, &v.Blocks, &v.Findings, &v.People}, `SELECT d.reader, d.container, d.blocks, COALESCE(t.findings, 0), COALESCE(t.people, 0)
		FROM document d LEFT JOIN document_tally t ON t.document = d.id WHERE d.id = ?`, v.Document)
	v.Container = container != 0
	return err
}

func (r *itemReader) urgency() error {
	var level int
	var reasons string
	r.view.Level = levelNames[levelRoutine]
	err := r.tx.One([]any{&level, &reasons}, "SELECT level, reasons FROM item_triage WHERE item = ?", r.view.ID)
	if errors.Is(err, reeve.NotFound) {
		return nil
	}
	if level >= 0 && level < len(levelNames) {
		r.view.Level = levelNames[level]
	}
	r.view.Reasons = cellList(reasons)
	return err
}

// mail reads the header fields of a mail, which its reader gave as lines
// "Label: value" of a block of their own.
func (r *itemReader) mail() error {
	v := r.view
	if v.Document == 0 || v.Hidden {
		return nil
	}
	var n int64
	err := r.tx.One([]any{&n}, "SELECT n FROM content WHERE document = ? AND n < 4 AND layer = ? ORDER BY n", v.Document, int64(reeve.LayerHeader))
	if errors.Is(err, reeve.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	b, err := blockAt(r.tx, v.Document, n)
	if err != nil {
		return err
	}
	if r.scope.Councils != nil {
		found, err := db.All(r.tx, r.scope.scanFound, foundSelect+" AND f.block = ?", v.Document, n)
		if err != nil {
			return err
		}
		blackOut(b, found)
	}
	for line := range strings.SplitSeq(b.Text, "\n") {
		if name, value, ok := strings.Cut(line, ": "); ok && len(v.Headers) < 40 && !strings.Contains(name, " ") {
			v.Headers = append(v.Headers, HeaderLine{name, reeve.Private(KindText, value[:cutBack(value, cellMost)])})
		}
	}
	return nil
}

const itemLineSelect = `SELECT i.id, i.exhibit, i.path, i.type, i.status, i.size, i.document, COALESCE(h.n, 0) FROM case_items i LEFT JOIN hidden_item h ON h.item = i.id WHERE `

// lines reads items for a list; those of hidden documents without their path.
func (s Scope) lines(tx *db.Tx, where string, args ...any) ([]ItemLine, error) {
	type row struct {
		ItemLine
		document, n int64
	}
	rows, err := db.All(tx, func(r db.Row) (x row, err error) {
		return x, r.Scan(&x.ID, &x.Exhibit, &x.Path, &x.Type, &x.Status, &x.Size, &x.document, &x.n)
	}, itemLineSelect+where, args...)
	if err != nil {
		return nil, err
	}
	hidden, err := s.hiddenDocuments(tx, func(yield func(int64) bool) {
		for i := range rows {
			if rows[i].n > 0 && !yield(rows[i].document) {
				return
			}
		}
	})
	out := make([]ItemLine, 0, len(rows))
	for i := range rows {
		x := &rows[i]
		if x.Hidden = hidden[x.document]; x.Hidden {
			x.Path = hiddenName(x.n)
		}
		ok, err := s.seesItem(tx, x.document, itemPath{x.Exhibit, x.Path})
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, x.ItemLine)
		}
	}
	return out, err
}

func (r *itemReader) above() error {
	for up := r.parent; up != 0 && len(r.view.Above) <= maxDepth; {
		line, err := r.scope.lines(r.tx, "i.id = ?", up)
		if err != nil {
			return err
		}
		r.view.Above = append(line, r.view.Above...)
		if err := r.tx.One([]any{&up}, "SELECT parent FROM item WHERE id = ?", up); err != nil {
			return err
		}
	}
	return nil
}

func (r *itemReader) copies() (err error) {
	v := r.view
	if v.Digest == "" {
		return nil
	}
	if err := r.tx.One([]any{&v.MoreCopies}, "SELECT COUNT(*) - 1 FROM item WHERE digest = ?", v.Digest); err != nil {
		return err
	}
	if v.MoreCopies > 0 {
		v.Copies, err = r.scope.lines(r.tx, "i.digest = ? AND i.id <> ? ORDER BY i.exhibit, i.path LIMIT ?", v.Digest, v.ID, copiesShown)
	}
	v.MoreCopies = max(v.MoreCopies-copiesShown, 0)
	return err
}

func (r *itemReader) members() (err error) {
	v := r.view
	if err := r.tx.One([]any{&v.MoreMembers}, "SELECT COUNT(*) FROM item WHERE parent = ?", v.ID); err != nil {
		return err
	}
	if v.MoreMembers > 0 {
		v.Members, err = r.scope.lines(r.tx, "i.parent = ? ORDER BY i.id LIMIT ?", v.ID, membersShown)
	}
	v.MoreMembers = max(v.MoreMembers-membersShown, 0)
	return err
}

// sameText lists items whose text is the same although their bytes are not; the
// search index knows a document by its words.
func (r *itemReader) sameText() (err error) {
	v := r.view
	var digest string
	err = r.tx.One([]any{&digest}, "SELECT digest FROM passage_done WHERE document = ?", v.Document)
	if errors.Is(err, reeve.NotFound) || err == nil && digest == "" {
		return nil
	}
	if err != nil {
		return err
	}
	v.SameText, err = r.scope.lines(r.tx, `i.id IN (SELECT i2.id FROM passage_done s JOIN document d2 ON d2.id = s.document JOIN item i2 ON i2.digest = d2.digest
		WHERE s.digest = ? AND s.document <> ? LIMIT ?) ORDER BY i.exhibit, i.path`, digest, v.Document, copiesShown)
	return err
}

// linked lists who is in the document, the most urgent first. Of documents with
// very many people the first mentions alone are looked at.
func (r *itemReader) linked() error {
	v := r.view
	if v.Document == 0 {
		return nil
	}
	mentions := make(map[string]int64)
	err := r.tx.Each(func(row db.Row) error {
		var id string
		err := row.Scan(&id)
		mentions[id]++
		return err
	}, "SELECT person FROM link WHERE document = ? AND person <> '' ORDER BY document, ordinal LIMIT 500", v.Document)
	if err != nil || len(mentions) == 0 {
		return err
	}
	w := &filter{}
	for id := range mentions {
		w.args = append(w.args, id)
	}
	if r.scope.Councils != nil {
		w.facet("person_council", "council", 0, r.scope.Councils...)
	}
	r.scope.sealed(&w.where, &w.args)
	people, err := db.All(r.tx, scanPerson, personSelect+" WHERE p.id IN ("+marks(len(mentions))+")"+w.where.String()+" ORDER BY +p.place LIMIT ?", append(w.args, linkedShown)...)
	for i := range people {
		v.Linked = append(v.Linked, DocumentPerson{lineOf(&people[i]), mentions[people[i].id]})
	}
	return err
}
