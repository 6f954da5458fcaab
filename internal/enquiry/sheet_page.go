package enquiry

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

var sheetPage = web.NewPage[sheetView](pages, "sheet.html")

// sheetView is what became of the rows of a sheet that came back.
type sheetView struct {
	Batch  formBatch
	Taken  int
	Faulty int
	Rows   []sheetRow
}

// sheet is the forms of a batch that are out, as a table to be filled in.
func (m *Room) sheet(r *web.Request) (web.Answer, error) {
	v, err := m.batch(r)
	if err != nil {
		return nil, err
	}
	return web.File{Name: "enquiry-sheet-" + v.From() + ".csv", Type: "text/csv; charset=utf-8", Pour: func(w http.ResponseWriter) error {
		out := csv.NewWriter(w)
		out.UseCRLF = true
		out.Write(sheetColumns)
		for _, f := range v.List {
			if f.State == "out" {
				out.Write(append([]string{f.Name()}, make([]string, len(sheetColumns)-1)...))
			}
		}
		out.Flush()
		return out.Error()
	}}, nil
}

// sheetBack takes a filled sheet: the rows that can be taken are, each once; of
// the others the page says what is wrong, and the sheet may come again.
func (m *Room) sheetBack(r *web.Request) (web.Answer, error) {
	body, err := sheetFile(r)
	if err != nil {
		return nil, err
	}
	rows, err := readSheet(body, r.Now)
	if err != nil {
		return nil, err
	}
	b, err := m.batch(r)
	if err != nil {
		return nil, err
	}
	v := sheetView{Batch: b.formBatch, Rows: rows}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		v.Taken, v.Faulty = 0, 0
		for i := range v.Rows {
			if err := m.takeRow(r, tx, b.formBatch, &v.Rows[i]); err != nil {
				return record.Leaf{}, err
			}
			if v.Rows[i].Fault != "" {
				v.Faulty++
			} else if v.Rows[i].Done == "" {
				v.Taken++
				v.Rows[i].Done = "taken now"
			}
		}
		return record.Leaf{Verb: "enquiry-sheet", Object: fmt.Sprintf("forms:%d", b.ID), Rows: int64(v.Taken), Line: fmt.Sprintf("Took %d forms from a sheet that came back; %d could not be taken", v.Taken, v.Faulty)}, nil
	})
	if err != nil {
		return nil, err
	}
	return sheetPage.With("The sheet came back", v), nil
}

// sheetFile is the file of the form.
func sheetFile(r *web.Request) ([]byte, error) {
	fault := reeve.WithHint(fmt.Errorf("read sheet: %w", reeve.Invalid), "choose the filled sheet, saved as CSV, of 2 MB at most")
	if err := r.ParseMultipartForm(mostSheet); err != nil {
		return nil, fault
	}
	if _, err := r.Fields(); err != nil {
		return nil, err
	}
	in, h, err := r.FormFile("sheet")
	if err != nil {
		return nil, fault
	}
	defer in.Close()
	body, err := io.ReadAll(io.LimitReader(in, mostSheet+1))
	if err != nil || h.Size > mostSheet || len(body) == 0 {
		return nil, fault
	}
	return body, nil
}

// takeRow keeps one row, if its form is out.
func (m *Room) takeRow(r *web.Request, tx *db.Tx, b formBatch, row *sheetRow) error {
	if row.Fault != "" {
		return nil
	}
	if row.number < b.First || row.number >= b.First+b.Forms {
		row.Fault = "the form is of another batch"
		return nil
	}
	f, err := readForm(tx, row.number)
	if err != nil {
		return err
	}
	switch f.State {
	case "typed":
		row.Done, row.ID = "typed in before", f.Enquiry
		return nil
	case "void":
		row.Fault = "the form was made void"
		return nil
	}
	s := row.asked
	s.By, s.ByName = r.Visitor.ID, r.Visitor.Name
	if r.Visitor.Councils != nil {
		s.Council = r.Visitor.Councils[0]
	}
	if err := mayWrite(r, s.Council); err != nil {
		return err
	}
	if row.ID, _, err = m.keepEnquiry(tx, s); err != nil {
		return err
	}
	return typeForm(tx, row.number, row.ID, r.Visitor.Name, r.Now.Unix())
}
