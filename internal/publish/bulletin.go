package publish

import (
	"bytes"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/reeve-council/reeve/internal/paper"
)

// bulletin puts the news, the numbers and how we are reached as a PDF for
// notice boards, libraries and doorsteps.
func (b *builder) bulletin() error {
	var out bytes.Buffer
	if err := b.bulletinOf().WritePDF(&out); err != nil {
		return err
	}
	b.site.add("/bulletin.pdf", fileOf("application/pdf", out.Bytes(), shortly))
	return nil
}

func (b *builder) bulletinOf() *paper.Document {
	c, home := b.s.Council, b.s.Texts["home"]
	date := time.Unix(b.newest(), 0).In(london)
	d := &paper.Document{Title: "Cyber incident: what happened and what to do", Subtitle: c.Name + ", " + date.Format("2 January 2006"), Author: c.Name,
		Date: date, Footer: c.Name + " · " + c.Phone}
	if s, shown := b.s.Texts[slugStatus]; shown {
		d.Blocks = append(d.Blocks, paper.Paragraph{Text: s.Title, Style: paper.Strong})
		d.Blocks = append(d.Blocks, b.blocks(s.Body)...)
	}
	d.Blocks = append(d.Blocks, b.blocks(home.Body)...)
	for i, u := range b.s.updates() {
		if i < newsAtHome {
			d.Blocks = append(d.Blocks, paper.Heading{Level: 1, Text: u.Title}, paper.Paragraph{Text: day(u.From()), Style: paper.Small})
			d.Blocks = append(d.Blocks, b.blocks(u.Body)...)
		}
	}
	if f := b.s.Figures; f != nil {
		t := paper.Table{Caption: "What data was taken, on " + day(f.AsOf), Columns: []paper.Column{{Title: "What"}, {Title: "Number", Number: true}}}
		for _, s := range f.Steps {
			t.Rows = append(t.Rows, []string{s.Title, s.Words()})
		}
		d.Blocks = append(d.Blocks, paper.Heading{Level: 1, Text: "What data was taken"}, t)
	}
	reach := b.reach()
	d.Blocks = append(d.Blocks, paper.Heading{Level: 1, Text: "How to reach us"}, factsOf(reach.Rows))
	if len(reach.Emergency) > 0 {
		d.Blocks = append(d.Blocks, paper.Heading{Level: 1, Text: "Numbers that work now"}, factsOf(reach.Emergency))
	}
	return d
}

// newest is when anything on the site was changed last.
func (b *builder) newest() (at int64) {
	for _, t := range b.s.Texts {
		at = max(at, t.From())
	}
	return at
}

func factsOf(all []Number) paper.Facts {
	var f paper.Facts
	for _, n := range all {
		f.Rows = append(f.Rows, paper.Fact{Name: n.What, Value: n.At})
	}
	return f
}

// blocks turns a text into what a document is made of.
func (b *builder) blocks(body string) (all []paper.Block) {
	filled, _, _ := fill(body, b.words, b.facts)
	if b.o.Renamed != nil {
		filled = b.o.Renamed(filled, b.now)
	}
	source := []byte(filled)
	doc := markdown.Parser().Parse(text.NewReader(source))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			all = append(all, paper.Heading{Level: n.Level - 1, Text: words(n, source)})
		case *ast.List:
			l := paper.List{Numbered: n.IsOrdered()}
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				l.Items = append(l.Items, words(item, source))
			}
			all = append(all, l)
		default:
			if w := strings.TrimSpace(words(n, source)); w != "" {
				all = append(all, paper.Paragraph{Text: w})
			}
		}
	}
	return all
}
