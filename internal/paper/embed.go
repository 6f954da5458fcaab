package paper

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/reeve-council/reeve"
)

// embedded is a font with some of its letters as it stands in a PDF: a handful of
// objects, the font first, that name each other alone. Cutting a font down and
// packing it is most of the cost of a short letter, so it is done once for all
// letters that need no other characters, and the objects are written again.
type embedded struct{ objects []lifted }

// lifted is an object cut open where it names others of its font: between two
// parts stands a reference, counted from the font's first object.
type lifted struct {
	parts [][]byte
	refs  []int
}

// fontObjects is how many objects a font has: itself, its descendant with the
// widths, the map to Unicode, the system, the descriptor, the map to glyphs, and
// the font program.
const fontObjects = 7

// embed cuts a font down to characters and lifts its objects out of a PDF of one
// page that shows them all.
func embed(font []byte, characters string) (*embedded, error) {
	p := fpdf.New("P", "mm", "A4", "")
	p.SetCatalogSort(true)
	p.SetCreationDate(time.Unix(0, 0).UTC())
	p.SetModificationDate(time.Unix(0, 0).UTC())
	p.AddUTF8FontFromBytes("sans", "", font)
	p.AddPage()
	p.SetFont("sans", "", 10)
	p.Text(0, 0, characters)
	var file bytes.Buffer
	if err := p.Output(&file); err != nil {
		return nil, fmt.Errorf("embed font: %w", reeve.Invalid)
	}
	return lift(file.Bytes())
}

var reference = regexp.MustCompile(`(\d+) 0 R\b`)

// lift finds the objects of the one font of a file.
func lift(file []byte) (*embedded, error) {
	all := objectsIn(file)
	for first, text := range all {
		if !bytes.Contains(text, []byte("/Subtype /Type0")) || first+fontObjects > len(all) {
			continue
		}
		f := &embedded{}
		for _, text := range all[first : first+fontObjects] {
			x, ok := open(text, first)
			if !ok {
				return nil, fmt.Errorf("lift font: an object names one that is not of the font: %w", reeve.Invalid)
			}
			f.objects = append(f.objects, x)
		}
		return f, nil
	}
	return nil, fmt.Errorf("lift font: there is none: %w", reeve.Invalid)
}

// objectsIn cuts a file as fpdf and sheets write it into its objects, by the table
// at its end; the object numbered n stands at n. Nil for what has no such table.
func objectsIn(file []byte) [][]byte {
	table := bytes.LastIndex(file, []byte("xref\n0 "))
	if table < 0 {
		return nil
	}
	var starts []int
	for line := range bytes.Lines(file[table:]) {
		if len(line) == 20 && (line[17] == 'n' || line[17] == 'f') {
			n, err := strconv.Atoi(string(line[:10]))
			if err != nil || n < 0 {
				return nil
			}
			starts = append(starts, n)
		}
	}
	order := append(slices.Sorted(slices.Values(starts)), table)
	all := make([][]byte, len(starts))
	for n, from := range starts {
		i, _ := slices.BinarySearch(order, from+1)
		if i == len(order) || order[i] > table {
			return nil
		}
		end := order[i]
		_, text, _ := bytes.Cut(file[from:end], []byte(" 0 obj\n"))
		all[n] = bytes.TrimSuffix(text, []byte("\nendobj\n"))
	}
	return all
}

// open cuts an object at its references; what follows "stream" is bytes, in which
// there are none.
func open(text []byte, first int) (x lifted, ok bool) {
	text = bytes.Clone(text)
	head, _, _ := bytes.Cut(text, []byte("\nstream\n"))
	from := 0
	for _, m := range reference.FindAllSubmatchIndex(head, -1) {
		n, err := strconv.Atoi(string(head[m[2]:m[3]]))
		if err != nil || n < first || n >= first+fontObjects {
			return x, false
		}
		x.parts, x.refs = append(x.parts, text[from:m[0]]), append(x.refs, n-first)
		from = m[1]
	}
	x.parts = append(x.parts, text[from:])
	return x, true
}
