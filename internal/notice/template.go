package notice

import (
	"bufio"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/paper"
)

// Template is the text of a notice as data. Its head is lines "name: value", then
// an empty line, then the body:
//
//	## a heading          - an item of a list
//	a paragraph, of one or more lines, with {fields}
//	{{found}}             alone on a line: a block that Reeve makes
//	[if bank] … [end]     what stands between only where it is so; [if not bank] otherwise
type Template struct {
	Name     string
	Kind     Kind
	Format   Format
	Language string // BCP 47
	Title    string // of the letter; the subject of an e-mail
	Body     string
	parts    []part
	book     *book     // of a translation
	english  *Template // of which it is the translation
}

// part is a piece of a parsed body.
type part struct {
	sort  partSort
	text  string
	items []string
	when  []condition // all must hold
}

type partSort int

const (
	partHeading partSort = iota
	partParagraph
	partList
	partBlock
)

type condition struct {
	name string
	not  bool
}

// mostTemplate is the length of a template in bytes.
const mostTemplate = 20_000

// ParseTemplate reads a template. What is wrong with it is a Fault with the line.
func ParseTemplate(text string) (*Template, error) {
	if len(text) > mostTemplate {
		return nil, BrokenTemplate.about("longer than %d bytes", mostTemplate)
	}
	head, body, ok := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	if !ok {
		return nil, BrokenTemplate.about("no empty line between head and body")
	}
	t := &Template{Body: body, Format: Standard, Language: "en-GB"}
	for line := range strings.Lines(head) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || !t.set(name, strings.TrimSpace(value)) {
			return nil, BrokenTemplate.about("a line of the head is not known")
		}
	}
	if t.Name == "" || t.Title == "" || !slices.Contains(Kinds, t.Kind) {
		return nil, BrokenTemplate.about("the head needs name, kind and title")
	}
	if err := t.parse(); err != nil {
		return nil, err
	}
	if err := t.checkFields(); err != nil {
		return t, err
	}
	return t, t.checkGeneral()
}

func (t *Template) set(name, value string) bool {
	switch name {
	case "name":
		t.Name = value
	case "kind":
		t.Kind = Kind(value)
	case "title":
		t.Title = value
	case "format":
		t.Format = Format(value)
		return slices.Contains([]Format{Standard, LargePrint, EasyRead}, t.Format)
	case "language":
		t.Language = value
	default:
		return false
	}
	return value != ""
}

// parser reads a body line by line.
type parser struct {
	t    *Template
	when []condition
	text []string // of the paragraph that is being read
	list []string
	line int
}

func (t *Template) parse() error {
	p := parser{t: t}
	lines := bufio.NewScanner(strings.NewReader(t.Body))
	for lines.Scan() {
		p.line++
		if err := p.take(strings.TrimSpace(lines.Text())); err != nil {
			return err
		}
	}
	p.flush()
	if len(p.when) > 0 {
		return BrokenTemplate.about("an [if] without its [end]")
	}
	return lines.Err()
}

func (p *parser) take(line string) error {
	switch {
	case line == "":
		p.flush()
	case strings.HasPrefix(line, "## "):
		p.flush()
		p.add(part{sort: partHeading, text: strings.TrimSpace(line[3:])})
	case strings.HasPrefix(line, "- "):
		p.paragraph()
		p.list = append(p.list, strings.TrimSpace(line[2:]))
	case strings.HasPrefix(line, "{{"):
		p.flush()
		name, ok := strings.CutSuffix(line[2:], "}}")
		if !ok {
			return BrokenTemplate.about("line %d: {{ without }}", p.line)
		}
		p.add(part{sort: partBlock, text: name})
	case strings.HasPrefix(line, "["):
		p.flush()
		return p.branch(line)
	default:
		p.items()
		p.text = append(p.text, line)
	}
	return nil
}

// branch opens or closes a condition.
func (p *parser) branch(line string) error {
	words := strings.Fields(strings.Trim(line, "[]"))
	switch {
	case !strings.HasSuffix(line, "]") || len(words) == 0:
	case len(words) == 1 && words[0] == "end" && len(p.when) > 0:
		p.when = p.when[:len(p.when)-1]
		return nil
	case len(words) == 2 && words[0] == "if":
		p.when = append(slices.Clone(p.when), condition{words[1], false})
		return nil
	case len(words) == 3 && words[0] == "if" && words[1] == "not":
		p.when = append(slices.Clone(p.when), condition{words[2], true})
		return nil
	}
	return BrokenTemplate.about("line %d: an [if] or [end] that cannot be read", p.line)
}

func (p *parser) flush() { p.paragraph(); p.items() }

func (p *parser) paragraph() {
	if len(p.text) > 0 {
		p.add(part{sort: partParagraph, text: strings.Join(p.text, " ")})
		p.text = nil
	}
}

func (p *parser) items() {
	if len(p.list) > 0 {
		p.add(part{sort: partList, items: p.list})
		p.list = nil
	}
}

func (p *parser) add(x part) {
	x.when = slices.Clone(p.when)
	p.t.parts = append(p.t.parts, x)
}

// checkFields refuses names that nothing fills.
func (t *Template) checkFields() error {
	for _, x := range t.parts {
		for _, c := range x.when {
			if !conditions[c.name] {
				return UnknownField.about("[if %s] in template %s", plainName(c.name), t.Name)
			}
		}
		if x.sort == partBlock && !blocks[x.text] {
			return UnknownField.about("{{%s}} in template %s", plainName(x.text), t.Name)
		}
		for _, text := range append(x.items, x.text) {
			if err := eachField(text, func(name string) error {
				if !fields[name] {
					return UnknownField.about("{%s} in template %s", plainName(name), t.Name)
				}
				return nil
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// plainName is a name as an error may repeat it.
func plainName(s string) string {
	if len(s) > 30 {
		s = s[:30]
	}
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r == '-' {
			return r
		}
		return '?'
	}, s)
}

// eachField calls use for each {field} of a text; a brace alone is a fault.
func eachField(text string, use func(name string) error) error {
	for {
		open := strings.IndexAny(text, "{}")
		if open < 0 {
			return nil
		}
		end := strings.IndexByte(text[open:], '}')
		if text[open] == '}' || end < 0 {
			return BrokenTemplate.about("a brace that belongs to no field")
		}
		if err := use(text[open+1 : open+end]); err != nil {
			return err
		}
		text = text[open+end+1:]
	}
}

// filling is what a template is filled with.
type filling struct {
	fields map[string]string
	blocks map[string][]paper.Block
	holds  map[string]bool
}

// Fill writes the template for one recipient; MissingField where a field that is
// used has nothing in it.
func (t *Template) fill(f *filling) ([]paper.Block, error) {
	var all []paper.Block
	for _, x := range t.parts {
		if !f.wants(x.when) {
			continue
		}
		switch x.sort {
		case partBlock:
			all = append(all, f.blocks[x.text]...)
			continue
		case partList:
			items := make([]string, 0, len(x.items))
			for _, item := range x.items {
				s, err := f.text(item)
				if err != nil {
					return nil, err
				}
				items = append(items, s)
			}
			all = append(all, paper.List{Items: items})
			continue
		}
		s, err := f.text(x.text)
		if err != nil {
			return nil, err
		}
		if x.sort == partHeading {
			all = append(all, paper.Heading{Level: 2, Text: s})
		} else {
			all = append(all, paper.Paragraph{Text: s})
		}
	}
	return all, nil
}

func (f *filling) wants(when []condition) bool {
	for _, c := range when {
		if f.holds[c.name] == c.not {
			return false
		}
	}
	return true
}

func (f *filling) text(s string) (string, error) {
	if !strings.ContainsAny(s, "{}") {
		return s, nil
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "{")
		b.WriteString(before)
		if !ok {
			return b.String(), nil
		}
		name, after, _ := strings.Cut(rest, "}")
		value := f.fields[name]
		if strings.TrimSpace(value) == "" {
			return "", MissingField.about("{%s}", plainName(name))
		}
		b.WriteString(value)
		s = after
	}
}

// names lists a set, for pages.
func names(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

func (t *Template) String() string { return fmt.Sprintf("%s (%s, %s)", t.Name, t.Format, t.Language) }
