package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/web"
)

// piece is a block of a document as it is kept: what was handed out must be
// handed out again years later, byte for byte. One of the fields says what it
// is; Style goes with Text.
type piece struct {
	Heading int         `json:"heading,omitempty"` // level, with Text
	Text    string      `json:"text,omitempty"`
	Style   paper.Style `json:"style,omitempty"`
	Items   []string    `json:"items,omitempty"`
	Pairs   [][2]string `json:"pairs,omitempty"`
	Table   *table      `json:"table,omitempty"`
	Break   bool        `json:"break,omitempty"`
}

// table is rows under columns; those whose number is in Numbers stand right.
type table struct {
	Caption string     `json:"caption"`
	Columns []string   `json:"columns"`
	Numbers []int      `json:"numbers,omitempty"`
	Rows    [][]string `json:"rows"`
}

func head(level int, text string) piece { return piece{Heading: level, Text: text} }
func plain(text string) piece           { return piece{Text: text} }
func small(text string) piece           { return piece{Text: text, Style: paper.Small} }
func warning(text string) piece         { return piece{Text: text, Style: paper.Warning} }

// block is the piece as paper prints it.
func (p piece) block() paper.Block {
	switch {
	case p.Heading > 0:
		return paper.Heading{Level: p.Heading, Text: p.Text}
	case p.Table != nil:
		t := paper.Table{Caption: p.Table.Caption, Rows: p.Table.Rows}
		for i, c := range p.Table.Columns {
			t.Columns = append(t.Columns, paper.Column{Title: c, Number: slices.Contains(p.Table.Numbers, i)})
		}
		return t
	case p.Items != nil:
		return paper.List{Items: p.Items}
	case p.Pairs != nil:
		var f paper.Facts
		for _, x := range p.Pairs {
			f.Rows = append(f.Rows, paper.Fact{Name: x[0], Value: x[1]})
		}
		return f
	case p.Break:
		return paper.PageBreak{}
	}
	return paper.Paragraph{Text: p.Text, Style: p.Style}
}

// sheet is a document before it is known on what it is written.
type sheet struct {
	Title, Subtitle, Author, Footer string
	Date                            time.Time
	Pieces                          []piece
}

func (s sheet) document() *paper.Document {
	d := &paper.Document{Title: s.Title, Subtitle: s.Subtitle, Author: s.Author, Date: s.Date, Footer: s.Footer}
	for _, p := range s.Pieces {
		d.Blocks = append(d.Blocks, p.block())
	}
	return d
}

// html is the document for the page that shows it under its own title. paper
// escapes all text that it writes.
func (s sheet) html() (template.HTML, error) {
	var b bytes.Buffer
	err := s.document().WriteHTML(&b)
	return template.HTML(b.String()), err
}

// writer is a form in which a document is handed out.
type writer struct {
	As    string // in the address, and the end of the file's name
	Words string
	mime  string
	write func(*paper.Document, io.Writer) error
}

// writers are all forms.
var writers = []writer{
	{"pdf", "PDF, to be printed and signed", "application/pdf", (*paper.Document).WritePDF},
	{"docx", "Word, to be edited", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (*paper.Document).WriteDOCX},
	{"html", "HTML, to be read aloud", "application/octet-stream", writePage}, // to be saved: no browser shows it as a page of Reeve's own
	{"txt", "Plain text, to be pasted into a form", "text/plain; charset=utf-8", (*paper.Document).WriteText},
}

// writePage writes a document as a page of its own.
func writePage(d *paper.Document, w io.Writer) error {
	title := template.HTMLEscapeString(d.Title)
	if _, err := fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>%s</title></head>\n<body><main><h1>%s</h1>\n<p>%s</p>\n",
		title, title, template.HTMLEscapeString(d.Subtitle)); err != nil {
		return err
	}
	if err := d.WriteHTML(w); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "<hr><pre>%s</pre></main></body></html>\n", template.HTMLEscapeString(d.Footer))
	return err
}

// hand makes the answer that hands a document out; reeve.NotFound for a form
// that there is none of.
func hand(s sheet, name, as string) (web.Answer, []byte, error) {
	i := slices.IndexFunc(writers, func(w writer) bool { return w.As == as })
	if i < 0 {
		return nil, nil, fmt.Errorf("write document as %q: %w", as, reeve.NotFound)
	}
	var b bytes.Buffer
	if err := writers[i].write(s.document(), &b); err != nil {
		return nil, nil, fmt.Errorf("write document: %w", err)
	}
	pour := func(w http.ResponseWriter) error { _, err := w.Write(b.Bytes()); return err }
	return web.File{Name: name + "." + as, Type: writers[i].mime, Pour: pour}, b.Bytes(), nil
}

func packed(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of strings, structs of our own
	}
	return string(b)
}
