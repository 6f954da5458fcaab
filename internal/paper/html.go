package paper

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"strconv"
)

// WriteHTML writes the blocks as a fragment of HTML for a page that shows the
// title itself: headings from h2, captions and header cells on tables, drawings
// as SVG with their values in words. It has no script, no style and no link, and
// every text is escaped.
func (d *Document) WriteHTML(w io.Writer) error {
	if err := d.check(); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	h := &htmlWriter{}
	h.put(`<div class="paper" lang="`, text(d.language()), "\">\n")
	if d.Subtitle != "" {
		h.element("p", "paper-subtitle", d.Subtitle)
	}
	for _, b := range d.Blocks {
		h.block(b)
	}
	if lines := splitLines(d.Footer); len(lines) > 0 {
		h.element("p", "paper-footer", d.Footer)
	}
	h.put("</div>\n")
	_, err := w.Write(h.Bytes())
	return err
}

type htmlWriter struct{ bytes.Buffer }

// text escapes what a document says.
func text(s string) string { return html.EscapeString(xmlText(s)) }

func (h *htmlWriter) put(parts ...string) {
	for _, p := range parts {
		h.WriteString(p)
	}
}

// element writes an element of text; line breaks become br.
func (h *htmlWriter) element(name, class, s string) {
	h.put("<", name)
	if class != "" {
		h.put(` class="`, class, `"`)
	}
	h.put(">")
	for i, line := range splitLines(s) {
		if i > 0 {
			h.put("<br>")
		}
		h.put(text(line))
	}
	h.put("</", name, ">\n")
}

func (h *htmlWriter) block(b Block) {
	switch b := b.(type) {
	case Heading:
		h.element("h"+strconv.Itoa(b.Level+1), "", b.Text)
	case Paragraph:
		h.paragraph(b)
	case List:
		name := "ul"
		if b.Numbered {
			name = "ol"
		}
		h.put("<", name, ">\n")
		for _, item := range b.Items {
			h.element("li", "", item)
		}
		h.put("</", name, ">\n")
	case Facts:
		h.put("<dl>\n")
		for _, row := range b.Rows {
			h.element("dt", "", row.Name)
			h.element("dd", "", row.Value)
		}
		h.put("</dl>\n")
	case Table:
		h.table(b)
	case Bars:
		h.bars(b)
	case Scan:
		h.scan(b)
	case PageBreak: // a screen has no pages
	}
}

func (h *htmlWriter) paragraph(p Paragraph) {
	switch p.Style {
	case Strong:
		h.put("<p><strong>")
		h.lines(p.Text)
		h.put("</strong></p>\n")
	case Small:
		h.element("p", "paper-small", p.Text)
	case Warning:
		h.put(`<p class="paper-warning"><strong>`)
		h.lines(p.Text)
		h.put("</strong></p>\n")
	case Exact:
		h.element("pre", "", p.Text)
	default:
		h.element("p", "", p.Text)
	}
}

func (h *htmlWriter) lines(s string) {
	for i, line := range splitLines(s) {
		if i > 0 {
			h.put("<br>")
		}
		h.put(text(line))
	}
}

func (h *htmlWriter) table(t Table) {
	h.put("<table>\n")
	if t.Caption != "" {
		h.element("caption", "", t.Caption)
	}
	h.put("<thead><tr>")
	for _, c := range t.Columns {
		h.put(`<th scope="col"`, numeric(c.Number), ">", text(c.Title), "</th>")
	}
	h.put("</tr></thead>\n<tbody>\n")
	for _, row := range t.Rows {
		h.put("<tr>")
		for i, c := range t.Columns {
			h.put("<td", numeric(c.Number), ">")
			h.lines(cell(row, i))
			h.put("</td>")
		}
		h.put("</tr>\n")
	}
	h.put("</tbody>\n</table>\n")
}

func numeric(is bool) string {
	if is {
		return ` class="paper-number"`
	}
	return ""
}

// bars are a table whose last column draws what the second says.
func (h *htmlWriter) bars(b Bars) {
	h.put(`<table class="paper-bars">`, "\n")
	if b.Caption != "" {
		h.element("caption", "", b.Caption)
	}
	h.put("<tbody>\n")
	for _, bar := range b.Bars {
		length := strconv.FormatFloat(round(200*bar.Value/b.longest()), 'f', -1, 64)
		h.put(`<tr><th scope="row">`, text(bar.Label), `</th><td class="paper-number">`, text(bar.Shown),
			`</td><td><svg width="200" height="14" viewBox="0 0 200 14" aria-hidden="true" focusable="false"><rect width="`, length, `" height="14"/></svg></td></tr>`, "\n")
	}
	h.put("</tbody>\n</table>\n")
}

func (h *htmlWriter) scan(s Scan) {
	side := strconv.Itoa(s.Code.size + 2*quiet)
	h.put(`<figure><svg width="160" height="160" viewBox="0 0 `, side, " ", side, `" role="img" aria-label="QR code" shape-rendering="crispEdges"><rect width="`, side, `" height="`, side, `" fill="#fff"/><path d="`)
	s.Code.runs(func(x, y, length int) {
		n := strconv.Itoa(length)
		h.put("M", strconv.Itoa(x+quiet), " ", strconv.Itoa(y+quiet), "h", n, "v1h-", n, "z")
	})
	h.put(`"/></svg>`)
	h.element("figcaption", "", s.caption())
	h.put("</figure>\n")
}
