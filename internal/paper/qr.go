package paper

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"

	"github.com/boombuler/barcode/qr"

	"github.com/reeve-council/reeve"
)

// Code is a QR code (ISO/IEC 18004) with medium error correction, which reads
// with 15 % of it damaged: a fold in a letter, a stain.
type Code struct {
	text string
	size int // modules along a side, without the quiet zone
	dark []bool
}

// quiet is the blank margin that the standard wants, in modules.
const quiet = 4

// maxCode is the most that the largest code holds at medium correction, in
// bytes.
const maxCode = 2331

// NewCode makes the code of a text, at most 2,331 bytes.
func NewCode(text string) (Code, error) {
	if text == "" || len(text) > maxCode {
		return Code{}, fmt.Errorf("make QR code: a text of %d bytes, not 1 to %d: %w", len(text), maxCode, reeve.Invalid)
	}
	made, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return Code{}, fmt.Errorf("make QR code: the text does not fit: %w", reeve.Invalid)
	}
	c := Code{text: text, size: made.Bounds().Dx()}
	for y := range c.size {
		for x := range c.size {
			r, _, _, _ := made.At(x, y).RGBA()
			c.dark = append(c.dark, r == 0)
		}
	}
	return c, nil
}

// Text is what the code says.
func (c Code) Text() string { return c.text }

// Size is the number of modules along a side, without the quiet zone.
func (c Code) Size() int { return c.size }

// Dark reports whether a module is dark; x runs right, y down, both from 0.
// Outside, where the quiet zone is, none is.
func (c Code) Dark(x, y int) bool {
	return x >= 0 && y >= 0 && x < c.size && y < c.size && c.dark[y*c.size+x]
}

// WritePNG writes the code with its quiet zone, each module a square of 1 to 64
// pixels a side.
func (c Code) WritePNG(w io.Writer, pixels int) error {
	if c.size == 0 || pixels < 1 || pixels > 64 {
		return fmt.Errorf("write QR code: modules of %d pixels, not 1 to 64, or no code: %w", pixels, reeve.Invalid)
	}
	side := (c.size + 2*quiet) * pixels
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			if c.Dark(x/pixels-quiet, y/pixels-quiet) {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	return png.Encode(w, img)
}

// runs calls use for each horizontal run of dark modules.
func (c Code) runs(use func(x, y, length int)) {
	for y := range c.size {
		for x := 0; x < c.size; x++ {
			from := x
			for c.Dark(x, y) {
				x++
			}
			if x > from {
				use(from, y, x-from)
			}
		}
	}
}
