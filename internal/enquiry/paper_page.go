package enquiry

import (
	"fmt"
	"net/http"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) paperSection() web.Section {
	return web.Section{Routes: []web.Route{
		{Pattern: "GET /paper-forms", Verb: web.See, Object: web.ObjectEnquiry, Do: m.paperForms},
		{Pattern: "POST /paper-forms", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.printBatch},
		{Pattern: "GET /paper-forms/{id}", Verb: web.See, Object: web.ObjectEnquiry, Do: m.paperBatch},
		{Pattern: "GET /paper-forms/{id}/print", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.paperPDF},
		{Pattern: "GET /paper-forms/{id}/sheet", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.sheet},
		{Pattern: "POST /paper-forms/{id}/sheet", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.sheetBack, Large: mostSheet + 1<<16},
		{Pattern: "POST /paper-forms/{id}/void", Verb: web.Write, Object: web.ObjectEnquiry, Do: m.paperVoid},
	}}
}

var (
	paperPage = web.NewPage[paperView](pages, "paper.html")
	batchPage = web.NewPage[batchView](pages, "paper_batch.html")
)

// paperView is the batches of forms that went out.
type paperView struct {
	Batches []formBatch      `json:"batches"`
	Place   string           `json:"-"`
	Count   string           `json:"-"`
	Errors  []web.FieldError `json:"-"`
}

// batchView is one batch: which of its forms came back.
type batchView struct {
	formBatch
	List   []paperForm      `json:"list"`
	Errors []web.FieldError `json:"-"`
}

func (m *Room) paperForms(r *web.Request) (web.Answer, error) {
	v, err := m.batches(r)
	if err != nil {
		return nil, err
	}
	return paperPage.With("Paper forms", v), nil
}

func (m *Room) batches(r *web.Request) (v paperView, err error) {
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		v.Batches, err = readBatches(tx)
		return err
	})
	return v, err
}

// mostForms is how many forms are printed at once.
const mostForms = 200

func (m *Room) printBatch(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	n := f.Number("forms", fmt.Sprintf("Enter how many forms, 1 to %d", mostForms), 1, mostForms)
	place := f.Need("place", 100, "Enter where they go, such as the library at the town hall")
	if !f.OK() {
		v, err := m.batches(r)
		if err != nil {
			return nil, err
		}
		v.Errors, v.Place, v.Count = f.Errors, place, f.Said("forms")
		return paperPage.With("Paper forms", v).Faulty(f), nil
	}
	var b formBatch
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		b, err = printForms(tx, n, place, r.Visitor.ID, r.Visitor.Name, r.Now.Unix())
		return record.Leaf{Verb: "print-forms", Object: fmt.Sprintf("forms:%d", b.ID), Rows: n, Line: fmt.Sprintf("Gave out numbers for %d paper forms", n)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/paper-forms/%d", b.ID), "The forms have numbers now. Print them"), nil
}

func (m *Room) batch(r *web.Request) (v batchView, err error) {
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		if v.formBatch, err = readBatch(tx, id); err != nil {
			return err
		}
		v.List, err = readForms(tx, id)
		return err
	})
	return v, err
}

func (m *Room) paperBatch(r *web.Request) (web.Answer, error) {
	v, err := m.batch(r)
	if err != nil {
		return nil, err
	}
	return batchPage.With("Paper forms "+v.From()+" to "+v.To(), v), nil
}

// paperPDF is the forms of a batch, to be printed. Printed twice they are the
// same forms: a number is typed in once.
func (m *Room) paperPDF(r *web.Request) (web.Answer, error) {
	v, err := m.batch(r)
	if err != nil {
		return nil, err
	}
	doc := formPaper(v.First, v.Forms, r.Now)
	return web.File{Name: "enquiry-forms-" + v.From() + ".pdf", Type: "application/pdf", Pour: func(w http.ResponseWriter) error { return doc.WritePDF(w) }}, nil
}

func (m *Room) paperVoid(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	number, err := formNumber(f.Text("number", 12))
	if err != nil {
		f.Fault("number", "Enter the number as it is printed on the form, such as F000123-H")
	}
	why := f.Need("void_why", 300, "Say why: spoilt, lost, or never used")
	v, err := m.batch(r)
	if err != nil {
		return nil, err
	}
	if !f.OK() {
		v.Errors = f.Errors
		return batchPage.With("Paper forms "+v.From()+" to "+v.To(), v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: "void-form", Object: formName(number), Line: "Made paper form " + formName(number) + " void"}, voidForm(tx, number, why, r.Visitor.Name, r.Now.Unix())
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("/paper-forms/%d", v.ID), "Void now"), nil
}
