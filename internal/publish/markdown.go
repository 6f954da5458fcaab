package publish

import (
	"bytes"
	"html/template"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown turns a text into HTML with the classes of the site's style. HTML
// inside a text and addresses that could run something are left out: that is
// the renderer's default.
var markdown = goldmark.New(goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithASTTransformers(util.Prioritized(styled{}, 100))))

// unnamed is markdown without ids on headings: for pages that show several texts.
var unnamed = goldmark.New(goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(styled{}, 100))))

// styled gives every piece its class; headings begin below the page's title.
type styled struct{}

func (styled) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function gives no error
		if entering {
			if h, ok := n.(*ast.Heading); ok {
				h.Level = min(max(h.Level, 2), 3)
			}
			if class := classOf(n); class != "" {
				n.SetAttributeString("class", []byte(class))
			}
		}
		return ast.WalkContinue, nil
	})
}

func classOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Heading:
		if n.Level == 2 {
			return "govuk-heading-m"
		}
		return "govuk-heading-s"
	case *ast.Paragraph:
		return "govuk-body"
	case *ast.List:
		if n.IsOrdered() {
			return "govuk-list govuk-list--number govuk-list--spaced"
		}
		return "govuk-list govuk-list--bullet"
	case *ast.Link, *ast.AutoLink:
		return "govuk-link"
	case *ast.Blockquote:
		return "govuk-inset-text"
	case *ast.ThematicBreak:
		return "govuk-section-break govuk-section-break--m govuk-section-break--visible"
	}
	return ""
}

func renderMarkdown(m goldmark.Markdown, source string) (template.HTML, error) {
	var b bytes.Buffer
	err := m.Convert([]byte(source), &b)
	return template.HTML(b.String()), err
}

// heading is a section of a text, for its list of contents.
type heading struct{ ID, Text string }

// headings gives the sections of a text.
func headings(source string) (all []heading) {
	b := []byte(source)
	doc := markdown.Parser().Parse(text.NewReader(b))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 2 {
			id, _ := h.AttributeString("id")
			if id, ok := id.([]byte); ok {
				all = append(all, heading{string(id), words(h, b)})
			}
		}
	}
	return all
}

// passages gives the running text of a source, one string for each paragraph,
// item or heading: what is read aloud.
func passages(source string) (all []string) {
	b := []byte(source)
	doc := markdown.Parser().Parse(text.NewReader(b))
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function gives no error
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.(type) {
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
			all = append(all, words(n, b))
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return all
}

// words gives the text below a node.
func words(n ast.Node, source []byte) string {
	var b strings.Builder
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function gives no error
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(source))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// links gives where the links of a text lead.
func links(source string) (all []string) {
	doc := markdown.Parser().Parse(text.NewReader([]byte(source)))
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function gives no error
		if l, ok := n.(*ast.Link); ok && entering {
			all = append(all, string(l.Destination))
		}
		return ast.WalkContinue, nil
	})
	return all
}

// holders are the places in a text that something is put into: [[phone]],
// [[fact 12]].
var holders = regexp.MustCompile(`\[\[([a-z]+)(?: ([0-9]{1,9}))?\]\]`)

// special are what Markdown would not take as it is.
var special = regexp.MustCompile("[\\\\`*_{}\\[\\]()#+!<>|&~-]")

func escapeMarkdown(s string) string {
	return special.ReplaceAllStringFunc(strings.ReplaceAll(s, "\n", " "), func(c string) string { return `\` + c })
}

// fill puts the council's details and facts into a text. A line with a fact that
// may not be told (any more) is left out whole; missing says which facts those
// are, and unknown which names stand for nothing.
func fill(source string, words map[string]string, facts map[int64]Fact) (filled string, missing []int64, unknown []string) {
	var b strings.Builder
	for line := range strings.Lines(source) {
		gone := false
		line = holders.ReplaceAllStringFunc(line, func(m string) string {
			parts := holders.FindStringSubmatch(m)
			n, _ := strconv.ParseInt(parts[2], 10, 64) // at most nine digits
			switch f, there := facts[n]; {
			case parts[1] == "fact" && there:
				return escapeMarkdown(f.Sentence())
			case parts[1] == "fact":
				gone, missing = true, append(missing, n)
				return ""
			}
			w, ok := words[parts[1]]
			if !ok || parts[2] != "" {
				unknown = append(unknown, m)
				return ""
			}
			return escapeMarkdown(w)
		})
		if !gone {
			b.WriteString(line)
		}
	}
	return b.String(), missing, unknown
}

// cited are the facts that a text names.
func cited(source string) (all []int64) {
	for _, m := range holders.FindAllStringSubmatch(source, -1) {
		if n, err := strconv.ParseInt(m[2], 10, 64); err == nil && m[1] == "fact" {
			all = append(all, n)
		}
	}
	return all
}
