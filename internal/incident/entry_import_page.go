package incident

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// importBytes is how large a file of entries may be.
const importBytes = 512 << 20

var (
	importFormPage = web.NewPage[importFormView](pages, "entry_import.html")
	importPage     = web.NewPage[importView](pages, "entry_preview.html")
)

// importFormView is the form that takes a file.
type importFormView struct {
	Mark   markForm
	Errors []web.FieldError
}

// importView is what a file would bring in.
type importView struct {
	batch
	Rows   []importRow `json:"rows"`   // the first good ones
	Faults []importRow `json:"faults"` // the first ones that cannot be taken
}

func (v importView) Waiting() bool { return v.State == batchWaiting }

func (m *Room) importForm(r *web.Request) (web.Answer, error) {
	form, err := m.markForm(r, Mark{})
	if err != nil {
		return nil, err
	}
	return importFormPage.With("Import a timeline", importFormView{Mark: form}), nil
}

// readImport reads a file as it comes, row by row, into the rows that wait. The
// fields of the form stand before the file.
func (m *Room) readImport(r *web.Request) (web.Answer, error) {
	form, err := m.markForm(r, Mark{})
	if err != nil {
		return nil, err
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, reeve.WithHint(fmt.Errorf("read import: %w", reeve.Invalid), "Choose a CSV file.")
	}
	said, file, err := fieldsBefore(parts)
	if err != nil {
		return nil, err
	}
	b := batch{Name: said["name"], Mark: Mark{said["council"], TLP(said["tlp"])}, AddedBy: r.Visitor.ID, AddedName: r.Visitor.Name, AddedAt: r.Now.Unix()}
	if !form.offers(b.Mark) {
		return nil, reeve.WithHint(fmt.Errorf("read import: %w", reeve.Invalid), "Choose whose the entries are and how far they may travel.")
	}
	if err := must(r, web.Write, web.ObjectEntry, b.Mark); err != nil {
		return nil, err
	}
	if err := m.keepRows(r, &b, file); err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/timeline-import/%d", b.ID), "The file was read. Nothing stands in the timeline yet."), nil
}

// fieldsBefore reads the fields of a form up to its file.
func fieldsBefore(parts *multipart.Reader) (said map[string]string, file io.Reader, err error) {
	said = make(map[string]string)
	for range 10 {
		part, err := parts.NextPart()
		if err != nil {
			break
		}
		if part.FormName() == "file" && part.FileName() != "" {
			said["name"] = cut(part.FileName(), sourceLength)
			return said, part, nil
		}
		text, err := io.ReadAll(io.LimitReader(part, 1000))
		if err != nil {
			break
		}
		said[part.FormName()] = string(text)
	}
	return nil, nil, reeve.WithHint(fmt.Errorf("read import: no file: %w", reeve.Invalid), "Choose a CSV file.")
}

// keepRows reads a file into rows that wait, in pieces, so that nobody waits for
// a slow line.
func (m *Room) keepRows(r *web.Request, b *batch, file io.Reader) error {
	in, err := newImportReader(file, r.Now)
	if err != nil {
		return err
	}
	if err := m.db.Write(r.Context(), func(tx *db.Tx) error { return addBatch(tx, b) }); err != nil {
		return err
	}
	bad := 0
	for done := false; !done; {
		var piece []importRow
		for len(piece) < importPiece && !done {
			row, err := in.next()
			switch {
			case errors.Is(err, io.EOF):
				done = true
				continue
			case err != nil:
				return m.giveUp(r, b.ID, err)
			}
			if row.Fault != "" {
				bad++
			}
			piece = append(piece, row)
		}
		if bad > importBad {
			return m.giveUp(r, b.ID, reeve.WithHint(fmt.Errorf("read import: too many faults: %w", reeve.Invalid), "More than a thousand rows cannot be taken: look at the columns and the times."))
		}
		if err := m.db.Write(r.Context(), func(tx *db.Tx) error { return addRows(tx, b.ID, piece) }); err != nil {
			return m.giveUp(r, b.ID, err)
		}
	}
	return nil
}

// giveUp drops what was read of a file that ended badly.
func (m *Room) giveUp(r *web.Request, id int64, why error) error {
	err := m.db.Write(r.Context(), func(tx *db.Tx) error {
		return errors.Join(endBatch(tx, id, batchDropped), dropRows(tx, id))
	})
	if err == nil && r.Context().Err() == nil && !errors.Is(why, reeve.Invalid) {
		why = reeve.WithHint(fmt.Errorf("read import: cut short: %w", reeve.Invalid), "The file was cut short or is too long: send it again.")
	}
	return errors.Join(why, err)
}

func (m *Room) importOf(r *web.Request) (v importView, err error) {
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if v.batch, err = findBatch(tx, id, r.Visitor.ID); err != nil {
			return err
		}
		if v.Rows, err = batchRows(tx, id, false, 20); err != nil {
			return err
		}
		v.Faults, err = batchRows(tx, id, true, 100)
		return err
	})
	return v, err
}

func (m *Room) importPage(r *web.Request) (web.Answer, error) {
	v, err := m.importOf(r)
	if err != nil {
		return nil, fmt.Errorf("read import: %w", err)
	}
	return importPage.With("Import a timeline: look before you take it", v), nil
}

// takeImport takes the good rows into the timeline, or drops the file.
func (m *Room) takeImport(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v, err := m.importOf(r)
	if err != nil {
		return nil, err
	}
	if err := must(r, web.Write, web.ObjectEntry, v.Mark); err != nil {
		return nil, err
	}
	if f.Said("do") != "take" {
		err := m.db.Write(r.Context(), func(tx *db.Tx) error { return errors.Join(endBatch(tx, v.ID, batchDropped), dropRows(tx, v.ID)) })
		return web.Redirect("/timeline", "The file was dropped. Nothing of it was taken."), err
	}
	var n int64
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		var k Kept
		k.by(r)
		n, err = takeBatch(tx, v.batch, k)
		return record.Leaf{Verb: "import", Object: fmt.Sprintf("timeline:%d", v.ID), Rows: n, Line: fmt.Sprintf("timeline: %s imported", count(n, "entry", "entries"))}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect("/timeline", count(n, "entry stands", "entries stand")+" in the timeline."), nil
}

// cut is the first runes of a text.
func cut(s string, most int) string {
	r := []rune(s)
	return string(r[:min(len(r), most)])
}
