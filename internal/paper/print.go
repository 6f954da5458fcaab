package paper

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
)

// Print is what stands on the pages of a letter, read out of the finished file:
// nothing of how it was set is known here. It is what a letter is checked by
// before it leaves, so whatever the file has that this cannot account for (an
// operator, a letter that its font does not have, a page that is not A4) is a
// refusal.
type Print struct {
	Pages int
	Lines []Placed // page by page, in the order of drawing; Box is -1
	Marks []Placed // bars, rules and the modules of codes, without text
}

// Read reads a file that WritePDF of a letter wrote. Others are reeve.Invalid.
func Read(file []byte) (*Print, error) {
	r := &printReader{all: objectsIn(file), fonts: make(map[int]*printedFont)}
	if err := r.read(file); err != nil {
		return nil, fmt.Errorf("read letter: %w", err)
	}
	return &r.print, nil
}

type printReader struct {
	all   [][]byte
	fonts map[int]*printedFont // by object
	print Print
}

// printedFont is how a font of the file shows its letters.
type printedFont struct {
	widths          map[rune]int // thousandths of its size
	ascent, descent float64      // of its size
}

func unreadable(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, reeve.Invalid)...)
}

func (r *printReader) read(file []byte) error {
	trailer := file[max(bytes.LastIndex(file, []byte("\ntrailer\n")), 0):]
	catalog, err := r.named(trailer, "Root")
	if err != nil {
		return err
	}
	pages, err := r.named(catalog, "Pages")
	if err != nil {
		return err
	}
	if !bytes.Contains(pages, []byte("/MediaBox [0 0 595.28 841.89]")) {
		return unreadable("the pages are not A4")
	}
	for _, n := range references(between(pages, "/Kids [", "]")) {
		r.print.Pages++
		if err := r.page(n); err != nil {
			return fmt.Errorf("page %d: %w", r.print.Pages, err)
		}
	}
	if r.print.Pages == 0 {
		return unreadable("no pages")
	}
	return nil
}

// named gives the object that a dictionary names under a key.
func (r *printReader) named(dictionary []byte, key string) ([]byte, error) {
	_, n, err := r.reference(dictionary, key)
	if err != nil {
		return nil, err
	}
	return r.all[n], nil
}

func (r *printReader) reference(dictionary []byte, key string) (object []byte, n int, err error) {
	_, after, ok := bytes.Cut(dictionary, []byte("/"+key+" "))
	if list := references(head(bytes.TrimLeft(after, "["))); ok && len(list) > 0 && list[0] < len(r.all) {
		return r.all[list[0]], list[0], nil
	}
	return nil, 0, unreadable("no %s", key)
}

// head is the text of a value up to the next key.
func head(b []byte) []byte {
	if i := bytes.IndexAny(b, "/>]"); i >= 0 {
		return b[:i]
	}
	return b
}

func between(b []byte, from, to string) []byte {
	_, after, _ := bytes.Cut(b, []byte(from))
	inside, _, _ := bytes.Cut(after, []byte(to))
	return inside
}

// references reads "5 0 R 7 0 R".
func references(b []byte) (list []int) {
	words := bytes.Fields(b)
	for i := 0; i+2 < len(words) && string(words[i+2]) == "R"; i += 3 {
		n, err := strconv.Atoi(string(words[i]))
		if err != nil || n < 1 {
			return nil
		}
		list = append(list, n)
	}
	return list
}

// mostPage is the most that is drawn on a page, in bytes: some hundred times a
// page of text.
const mostPage = 4 << 20

func (r *printReader) page(n int) error {
	if n >= len(r.all) {
		return unreadable("it is not there")
	}
	resources, err := r.named(r.all[n], "Resources")
	if err != nil {
		return err
	}
	contents, err := r.named(r.all[n], "Contents")
	if err != nil {
		return err
	}
	data, err := inflate(contents)
	if err != nil {
		return err
	}
	p := pageReader{r: r, resources: resources, page: r.print.Pages}
	return p.run(data)
}

func inflate(object []byte) ([]byte, error) {
	dictionary, packed, ok := bytes.Cut(object, []byte("\nstream\n"))
	packed, ended := bytes.CutSuffix(packed, []byte("\nendstream"))
	if !ok || !ended || !bytes.Contains(dictionary, []byte("/FlateDecode")) {
		return nil, unreadable("no stream")
	}
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, unreadable("a damaged stream")
	}
	data, err := io.ReadAll(io.LimitReader(z, mostPage+1))
	if err != nil || len(data) > mostPage {
		return nil, unreadable("a damaged stream")
	}
	return data, nil
}

// font reads the widths of a font. Its map to Unicode must be the identity: then
// a code is its letter.
func (r *printReader) font(resources []byte, name string) (*printedFont, error) {
	font, n, err := r.reference(resources, name)
	if err != nil || r.fonts[n] != nil {
		return r.fonts[n], err
	}
	meaning, err := r.named(font, "ToUnicode")
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(meaning, []byte("1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange")) || bytes.Contains(meaning, []byte("bfchar")) {
		return nil, unreadable("a font whose codes are not Unicode")
	}
	shape, err := r.named(font, "DescendantFonts")
	if err != nil {
		return nil, err
	}
	descriptor, err := r.named(shape, "FontDescriptor")
	if err != nil {
		return nil, err
	}
	f := &printedFont{ascent: thousandths(descriptor, "/Ascent "), descent: -thousandths(descriptor, "/Descent ")}
	if f.widths, err = readWidthList(between(shape, "/W [", "\n/CIDToGIDMap")); err != nil || f.ascent <= 0 || f.descent <= 0 {
		return nil, unreadable("a font without measures")
	}
	r.fonts[n] = f
	return f, nil
}

func thousandths(dictionary []byte, key string) float64 {
	_, after, _ := bytes.Cut(dictionary, []byte(key))
	n, err := strconv.Atoi(strings.TrimSpace(string(head(after))))
	if err != nil {
		return 0
	}
	return float64(n) / 1000
}

// readWidthList reads "c [w w …]" and "first last w" (ISO 32000-2, 9.7.4.3).
func readWidthList(list []byte) (map[rune]int, error) {
	widths := make(map[rune]int, 256)
	var numbers []int // outside a list
	in := false
	for word := range bytes.FieldsSeq(list) {
		n, err := strconv.Atoi(string(word))
		switch {
		case string(word) == "[" && len(numbers) == 1 && !in:
			in = true
		case string(word) == "]" && in:
			in, numbers = false, nil
		case string(word) == "]": // the end of all
		case err != nil:
			return nil, unreadable("a width that is no number")
		case in:
			widths[rune(numbers[0])] = n
			numbers[0]++
		default:
			numbers = append(numbers, n)
		}
		if !in && len(numbers) == 3 {
			for c := numbers[0]; c <= min(numbers[1], 0xFFFF); c++ {
				widths[rune(c)] = numbers[2]
			}
			numbers = nil
		}
	}
	return widths, nil
}

// pageReader follows what is drawn on a page.
type pageReader struct {
	r         *printReader
	resources []byte
	page      int
	numbers   []float64
	name      string
	text      string
	font      *printedFont
	size      float64
	shade     float64 // of text and of what is filled, 0 black
	thick     float64
	from      [2]float64 // of a line
	at        [2]float64
	shape     *Placed
}

func (p *pageReader) run(data []byte) error {
	for word := range bytes.FieldsSeq(data) {
		switch c := word[0]; {
		case c == '/':
			p.name = string(word[1:])
		case c == '<':
			p.text = string(word)
		case c == '-' || c >= '0' && c <= '9':
			n, err := strconv.ParseFloat(string(word), 64)
			if err != nil {
				return unreadable("a number that is none")
			}
			p.numbers = append(p.numbers, n)
		default:
			if err := p.operator(string(word)); err != nil {
				return err
			}
			p.numbers = p.numbers[:0]
		}
	}
	return nil
}

// operands is how many numbers each operator takes that a letter is drawn with.
var operands = map[string]int{"BT": 0, "ET": 0, "Tf": 1, "Td": 2, "Tj": 0, "g": 1, "G": 1, "w": 1, "m": 2, "l": 2, "S": 0, "re": 4, "f": 0}

func (p *pageReader) operator(word string) (err error) {
	n := p.numbers
	if want, known := operands[word]; !known || len(n) != want {
		return unreadable("an operator that is not drawn with")
	}
	switch word {
	case "BT":
		p.font, p.at = nil, [2]float64{}
	case "Tf":
		p.font, err = p.r.font(p.resources, p.name)
		p.size = n[0] * pointMM
	case "Td":
		p.at = place(n)
	case "Tj":
		return p.show()
	case "g":
		p.shade = n[0]
	case "w":
		p.thick = n[0] * pointMM
	case "m":
		p.from = place(n)
	case "l":
		to, half := place(n), p.thick/2
		p.shape = &Placed{X: min(p.from[0], to[0]) - half, Y: min(p.from[1], to[1]) - half, W: abs(to[0]-p.from[0]) + p.thick, H: abs(to[1]-p.from[1]) + p.thick}
	case "re":
		corner := place(n)
		p.shape = &Placed{X: corner[0], Y: corner[1] - n[3]*pointMM, W: n[2] * pointMM, H: n[3] * pointMM}
	case "f", "S":
		return p.mark()
	}
	return err
}

func abs(v float64) float64 { return max(v, -v) }

// place gives a point in millimetres from the top left.
func place(n []float64) [2]float64 { return [2]float64{n[0] * pointMM, pageHeight - n[1]*pointMM} }

// mark keeps a shape that was painted.
func (p *pageReader) mark() error {
	if p.shape == nil {
		return unreadable("paint without a shape")
	}
	m := *p.shape
	p.shape = nil
	m.Page, m.Box, m.X, m.Y, m.W, m.H = p.page, -1, round(m.X), round(m.Y), round(m.W), round(m.H)
	p.r.print.Marks = append(p.r.print.Marks, m)
	return nil
}

// palest is the lightest shade of text.
const palest = float64(faint)/0xff + 0.001

// show reads a line as its font shows it.
func (p *pageReader) show() error {
	if p.shade > palest {
		return unreadable("text that is too pale to be read")
	}
	codes, err := hex.DecodeString(strings.Trim(p.text, "<>"))
	if err != nil || p.font == nil || len(codes)%2 != 0 {
		return unreadable("text that cannot be read")
	}
	text, width := make([]byte, 0, len(codes)), 0
	for i := 0; i < len(codes); i += 2 {
		r := rune(codes[i])<<8 | rune(codes[i+1])
		w, shown := p.font.widths[r]
		if !shown {
			return unreadable("a letter that the font does not have")
		}
		text, width = utf8.AppendRune(text, r), width+w
	}
	p.r.print.Lines = append(p.r.print.Lines, Placed{p.page, round(p.at[0]), round(p.at[1] - p.font.ascent*p.size), round(float64(width) * p.size / 1000),
		round((p.font.ascent + p.font.descent) * p.size), string(text), -1})
	return nil
}
