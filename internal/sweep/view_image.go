package sweep

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/format"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// viewing is the reader process that decodes pictures for pages. It is started
// when a picture is first asked for, and one is decoded at a time.
type viewing struct {
	mu   sync.Mutex
	pool *sandbox.Pool
}

func (v *viewing) close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.pool != nil {
		v.pool.Close()
		v.pool = nil
	}
}

// Bounds of a picture for a page.
const (
	imageSide   = 1600      // pixels of the longer side
	imageSource = 256 << 20 // bytes of the original
	imagePages  = 100_000

	imageTime = 30 * time.Second
)

var (
	errNoOriginal = reeve.WithHint(fmt.Errorf("the original is not where it was: %w", reeve.Unavailable), "Make the exhibit available again at the path it was swept from; the text is kept in the case.")
	errNoRenderer = reeve.WithHint(fmt.Errorf("pages of PDF files cannot be drawn on this machine: %w", reeve.Unavailable), "Install pdftoppm (Debian: poppler-utils).")
	errNoPicture  = reeve.WithHint(fmt.Errorf("no picture can be made of it: %w", reeve.Unavailable), "Read the text instead.")
)

// canShow reports whether PageImage may be able to show items of a type.
func canShow(typ string) bool {
	switch typ {
	case "pdf", "png", "jpeg", "gif":
		return true
	}
	return false
}

// PageImage gives a page (from 1) of an item as a PNG of at most 1,600 pixels a
// side. The bytes are fetched again from the exhibit and decoded in the cage;
// what comes out of it is pixels, and the PNG is made of them here, so that
// nothing of the file reaches a browser. reeve.Unavailable, with a hint, where
// the program or the original is missing; reeve.Denied as for Blocks.
func (c *Case) PageImage(ctx context.Context, item int64, page int, s Scope) ([]byte, error) {
	digest, typ, err := c.imageOf(ctx, item, s)
	if err != nil {
		return nil, fmt.Errorf("show page: %w", err)
	}
	if page < 1 || page > imagePages {
		return nil, fmt.Errorf("show page: there is no such page: %w", reeve.Invalid)
	}
	c.viewing.mu.Lock()
	defer c.viewing.mu.Unlock()
	picture, err := c.draw(ctx, digest, typ, page)
	if err != nil {
		return nil, fmt.Errorf("show page: %w", err)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, picture); err != nil {
		return nil, fmt.Errorf("show page: %w", err)
	}
	return out.Bytes(), nil
}

// imageOf finds what an item holds, if its page may be seen.
func (c *Case) imageOf(ctx context.Context, item int64, s Scope) (digest, typ string, err error) {
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		var document, size int64
		var at itemPath
		err := tx.One([]any{&at.exhibit, &at.path, &digest, &typ, &document, &size}, "SELECT exhibit, path, digest, type, document, size FROM case_items WHERE id = ?", item)
		if errors.Is(err, reeve.NotFound) {
			return errNoItem
		}
		if err != nil {
			return err
		}
		ok, err := s.seesItem(tx, document, at)
		if err != nil {
			return err
		}
		if !ok {
			return errNoItem
		}
		if err := s.readable(tx, document); err != nil {
			return err
		}
		if document == 0 || !canShow(typ) || size > imageSource {
			return errNoPicture
		}
		return s.whole(tx, document)
	})
	return digest, typ, err
}

// whole says whether everybody in a document may be seen: of a picture nothing
// can be blacked out.
func (s Scope) whole(tx *db.Tx, document int64) error {
	if s.Councils == nil {
		return nil
	}
	var councils string
	err := tx.One([]any{&councils}, "SELECT councils FROM document_tally WHERE document = ?", document)
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return err
	}
	for _, c := range cellList(councils) {
		if !s.seesCouncil(c) {
			return reeve.WithHint(fmt.Errorf("the page holds people of another council: %w", reeve.Denied), "Read the text, in which they are blacked out.")
		}
	}
	return nil
}

// draw fetches the bytes and has the page made of them.
func (c *Case) draw(ctx context.Context, digest, typ string, page int) (image.Image, error) {
	ctx, stop := context.WithTimeout(ctx, imageTime)
	defer stop()
	if c.viewing.pool == nil {
		pool, err := sandbox.New(sandbox.Options{Workers: 1})
		if err != nil {
			return nil, err
		}
		c.viewing.pool = pool
	}
	r := &run{c: c, pool: c.viewing.pool}
	fetch := r.newFetcher(nil)
	defer fetch.close()
	got, err := fetch.fetch(ctx, digest)
	if errors.Is(err, errGone) {
		return nil, errNoOriginal
	}
	if err != nil {
		return nil, err
	}
	defer got.discard()
	file, err := os.Open(got.path)
	if err != nil {
		return nil, errNoOriginal
	}
	defer file.Close()
	if typ == "pdf" {
		return drawPage(ctx, file, page)
	}
	if page > 1 {
		return nil, errNoPicture
	}
	return r.drawPicture(ctx, file)
}

// drawPage has a page of a PDF drawn by pdftoppm in its cage.
func drawPage(ctx context.Context, file *os.File, page int) (image.Image, error) {
	tool, err := sandbox.FindTool("pdftoppm")
	if err != nil {
		return nil, errNoRenderer
	}
	n := strconv.Itoa(page)
	result, err := tool.Run(ctx, sandbox.ToolJob{Args: []string{"-scale-to", strconv.Itoa(imageSide), "-f", n, "-l", n, "-"}, File: file, Output: 4 * imageSide * imageSide, CPU: imageTime})
	if err != nil {
		if fault := machineFault(ctx, err); fault != nil {
			return nil, fault
		}
		return nil, errNoPicture
	}
	width, height, pix, ok := readNetpbm(result.Output, "P6", 3)
	if !ok {
		return nil, errNoPicture
	}
	return rgb{width, height, pix}, nil
}

// drawPicture has a picture decoded by the reader process.
func (r *run) drawPicture(ctx context.Context, file *os.File) (image.Image, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, errNoOriginal
	}
	req, err := json.Marshal(request{Size: info.Size(), Picture: true})
	if err != nil {
		return nil, err
	}
	size, pix, ok, err := r.pixels(ctx, req, file)
	if err != nil {
		return nil, err
	}
	if !ok || size.Width <= 0 || size.Height <= 0 || size.Width > imageSide || size.Height > imageSide || len(pix) != 3*size.Width*size.Height {
		return nil, errNoPicture
	}
	return rgb{size.Width, size.Height, pix}, nil
}

// sendPicture is the work of the reader process on a picture that a page shows:
// its pixels in colour, not more than a page needs.
func sendPicture(src format.Source, out frames) error {
	picture, ok := decodeImage(src)
	if !ok {
		return nil
	}
	b := picture.Bounds()
	step := max((max(b.Dx(), b.Dy())+imageSide-1)/imageSide, 1)
	width, height := max(b.Dx()/step, 1), max(b.Dy()/step, 1)
	pix := make([]byte, 0, 3*width*height)
	for y := range height {
		for x := range width {
			pix = append(pix, meanOf(picture, b.Min.X+x*step, b.Min.Y+y*step, step)...)
		}
	}
	return sendPixels(out, rasterSize{width, height}, pix)
}

// meanOf is the colour of a square of a picture on white paper.
func meanOf(picture image.Image, x0, y0, step int) []byte {
	var sum [3]uint32
	n := uint32(0)
	for y := y0; y < y0+step; y++ {
		for x := x0; x < x0+step; x++ {
			if !(image.Pt(x, y).In(picture.Bounds())) {
				continue
			}
			r, g, b, a := picture.At(x, y).RGBA()
			white := 0xffff - a
			sum[0], sum[1], sum[2] = sum[0]+(r+white)>>8, sum[1]+(g+white)>>8, sum[2]+(b+white)>>8
			n++
		}
	}
	n = max(n, 1)
	return []byte{byte(sum[0] / n), byte(sum[1] / n), byte(sum[2] / n)}
}

// rgb is a picture of three bytes a pixel.
type rgb struct {
	width, height int
	pix           []byte
}

func (p rgb) ColorModel() color.Model { return color.RGBAModel }
func (p rgb) Bounds() image.Rectangle { return image.Rect(0, 0, p.width, p.height) }
func (p rgb) Opaque() bool            { return true }
func (p rgb) At(x, y int) color.Color {
	i := 3 * (y*p.width + x)
	return color.RGBA{p.pix[i], p.pix[i+1], p.pix[i+2], 0xff}
}
