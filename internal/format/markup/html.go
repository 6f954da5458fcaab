package markup

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/part"
)

// ReadHTML reads a page.
func ReadHTML(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	declared := DeclaredCharset(src.Head(4 << 10))
	return w.Finish("html/1", Flatten(charset.NewReader(src.Stream(), declared), w))
}

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})|<\?xml[^>]{0,100}encoding\s*=\s*["']([a-zA-Z0-9_:.-]{2,40})`)

// DeclaredCharset is the charset that the head of a page or of an XML document
// names, or "".
func DeclaredCharset(head []byte) string {
	m := metaCharset.FindSubmatch(head)
	if m == nil {
		return ""
	}
	return string(bytes.Join(m[1:], nil))
}

// longToken is the largest tag, script or text between tags that is taken as
// one; pictures written into a tag are the long ones.
const longToken = 64 << 20

// Flatten pushes a page, given as UTF-8, to a writer as it would be read.
func Flatten(r io.Reader, w *part.Writer) error {
	f := &flattener{w: w, z: html.NewTokenizer(r)}
	f.z.SetMaxBuf(longToken)
	for w.Step(1) == nil {
		kind := f.z.Next()
		if kind == html.ErrorToken {
			f.finish()
			return ended(f.z.Err())
		}
		f.token(kind)
	}
	return w.Err()
}

func ended(err error) error {
	switch err {
	case io.EOF:
		return nil
	case html.ErrBufferExceeded:
		return part.Over(reeve.ReasonTooLarge, "a tag or text is larger than the limit")
	}
	return err
}

// flattener is the state of one page. Text of a line is gathered in line; text
// of a table's cell in the cell.
type flattener struct {
	w      *part.Writer
	z      *html.Tokenizer
	line   strings.Builder
	space  bool // white space is due before the next word
	pre    int  // depth of elements that keep white space
	skip   atom.Atom
	nested int // depth of skipped elements of one name
	tables []*grid

	unparsed    bool   // within an element whose markup comes as text
	pendingMail string // address of the mail link that is open
}

// grid is a table being read.
type grid struct {
	rows   [][]string
	cell   strings.Builder
	open   bool // within a cell
	row    []string
	bytes  int
	begun  bool // rows of it were pushed already
	layout bool // it places other things: its cells are text
}

// token takes the token that the tokenizer is at.
func (f *flattener) token(kind html.TokenType) {
	switch kind {
	case html.TextToken:
		f.text(f.z.Text())
	case html.StartTagToken, html.SelfClosingTagToken:
		name, hasAttr := f.z.TagName()
		a := atom.Lookup(name)
		attrs := f.attributes(hasAttr)
		f.start(a, attrs, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := f.z.TagName()
		f.end(atom.Lookup(name))
	case html.CommentToken:
		f.comment(f.z.Text())
	}
}

// attributes reads those that carry text or structure.
func (f *flattener) attributes(has bool) map[string]string {
	if !has {
		return nil
	}
	var attrs map[string]string
	for has {
		var key, val []byte
		key, val, has = f.z.TagAttr()
		switch string(key) {
		case "alt", "title", "value", "name", "content", "type", "property", "placeholder", "href", "checked", "selected", "aria-label", "srcdoc", "colspan":
			if attrs == nil {
				attrs = map[string]string{}
			}
			attrs[string(key)] = string(val)
		}
	}
	return attrs
}
