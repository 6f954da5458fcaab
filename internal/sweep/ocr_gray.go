package sweep

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"strconv"
)

// gray is a page in shades of grey, 0 black to 255 white.
type gray struct {
	width, height int
	pix           []byte
}

// mostPixels bounds a page: an A3 sheet at 300 dots per inch. Larger pictures
// are made smaller, which costs OCR nothing.
const mostPixels = 18 << 20

// flatten turns a decoded picture into grey on white paper, not larger than
// mostPixels.
func flatten(src image.Image) gray {
	b := src.Bounds()
	step := 1
	for (b.Dx()/step)*(b.Dy()/step) > mostPixels {
		step++
	}
	g := gray{width: b.Dx() / step, height: b.Dy() / step}
	g.pix = make([]byte, g.width*g.height)
	shade := shader(src)
	for y := range g.height {
		for x := range g.width {
			sum := 0
			for dy := range step {
				for dx := range step {
					sum += int(shade(b.Min.X+x*step+dx, b.Min.Y+y*step+dy))
				}
			}
			g.pix[y*g.width+x] = byte(sum / (step * step))
		}
	}
	return g
}

// shader gives the shade of a pixel, transparent ones as white paper.
func shader(src image.Image) func(x, y int) byte {
	switch p := src.(type) {
	case *image.Gray:
		return func(x, y int) byte { return p.GrayAt(x, y).Y }
	case *image.YCbCr:
		return func(x, y int) byte { return p.Y[p.YOffset(x, y)] }
	}
	return func(x, y int) byte {
		r, g, b, a := src.At(x, y).RGBA()
		v := color.Gray16Model.Convert(color.RGBA64{uint16(r), uint16(g), uint16(b), uint16(a)}).(color.Gray16).Y
		return byte((uint32(v) + 0xffff - a) >> 8)
	}
}

// pgm writes a page as a portable greymap.
func (g gray) pgm() []byte {
	head := fmt.Sprintf("P5\n%d %d\n255\n", g.width, g.height)
	return append(append(make([]byte, 0, len(head)+len(g.pix)), head...), g.pix...)
}

// readPGM reads a binary portable greymap as pdftoppm writes it.
func readPGM(b []byte) (gray, bool) {
	width, height, pix, ok := readNetpbm(b, "P5", 1)
	return gray{width, height, pix}, ok
}

// readNetpbm reads a binary portable map of so many bytes a pixel.
func readNetpbm(b []byte, magic string, bytesEach int) (width, height int, pix []byte, ok bool) {
	var fields [4]string
	for i := range fields {
		b = bytes.TrimLeft(b, " \n\r\t")
		end := bytes.IndexAny(b, " \n\r\t")
		if end < 0 || end > 10 {
			return 0, 0, nil, false
		}
		fields[i], b = string(b[:end]), b[end:]
	}
	width, err := strconv.Atoi(fields[1])
	height, err2 := strconv.Atoi(fields[2])
	if fields[0] != magic || fields[3] != "255" || err != nil || err2 != nil {
		return 0, 0, nil, false
	}
	if width <= 0 || height <= 0 || width > 1<<16 || height > 1<<16 || len(b)-1 < width*height*bytesEach {
		return 0, 0, nil, false
	}
	return width, height, b[1 : 1+width*height*bytesEach], true
}

// turned is the page turned clockwise by so many quarters.
func (g gray) turned(quarters int) gray {
	if quarters%4 == 0 {
		return g
	}
	t := gray{width: g.height, height: g.width, pix: make([]byte, len(g.pix))}
	for y := range g.height {
		for x := range g.width {
			t.pix[x*t.width+t.width-1-y] = g.pix[y*g.width+x]
		}
	}
	return t.turned(quarters - 1)
}

// doubled is the page at twice its size, between pixels halfway: OCR wants
// letters of twenty pixels and more.
func (g gray) doubled() gray {
	d := gray{width: 2 * g.width, height: 2 * g.height, pix: make([]byte, 4*len(g.pix))}
	for y := range d.height {
		y0, y1 := max(y-1, 0)/2*g.width, min((y+1)/2, g.height-1)*g.width
		for x := range d.width {
			x0, x1 := max(x-1, 0)/2, min((x+1)/2, g.width-1)
			sum := int(g.pix[y0+x0]) + int(g.pix[y0+x1]) + int(g.pix[y1+x0]) + int(g.pix[y1+x1])
			d.pix[y*d.width+x] = byte(sum / 4)
		}
	}
	return d
}

// Of the ink test.
const (
	inkBands    = 400 // rows that are looked at
	inkContrast = 40  // shades by which ink differs from the paper round it
	inkChanges  = 6   // changes between paper and ink that make a row look like writing
	inkLeast    = 4   // rows in a thousand that must look so before OCR is tried
	inkWritten  = 200 // the same where OCR sees no letter and the page is yet to count as written
)

// writing is how many in a thousand rows of a page change between light and dark
// often enough to be writing. Those of a blank page, a wall or a sky do not; of
// a page of text a third do.
func (g gray) writing() int {
	rows, all := 0, 0
	step := max(g.height/inkBands, 1)
	for y := step / 2; y < g.height; y += step {
		all++
		if g.changes(y) >= inkChanges {
			rows++
		}
	}
	return 1000 * rows / max(all, 1)
}

// paper reports whether most of a page is of one light shade, as paper is and a
// photograph is not.
func (g gray) paper() bool {
	const (
		light = 130 // the darkest that a page in shadow is
		near  = 30  // shades by which paper differs from itself
		share = 55  // percent of the page
	)
	var count [256]int
	for _, p := range g.pix {
		count[p]++
	}
	most := light
	for shade := light; shade < len(count); shade++ {
		if count[shade] > count[most] {
			most = shade
		}
	}
	n := 0
	for shade := max(most-near, 0); shade <= min(most+near, 255); shade++ {
		n += count[shade]
	}
	return 100*n >= share*len(g.pix)
}

// changes counts along a row how often it turns from local light to local dark,
// with a hand's breadth of shades between so that noise does not count.
func (g gray) changes(y int) int {
	row := g.pix[y*g.width : (y+1)*g.width]
	low, high := int(row[0]), int(row[0])
	n, dark := 0, false
	for _, p := range row {
		v := int(p)
		// The extremes seen since the last change are what is near.
		low, high = min(low, v), max(high, v)
		switch {
		case !dark && v <= high-inkContrast:
			n, dark, low = n+1, true, v
		case dark && v >= low+inkContrast:
			dark, high = false, v
		}
	}
	return n
}
