package sweep

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// TestPageImage: a picture and a page are fetched again from the exhibit, and
// what comes of them is a PNG of ours, not larger than a page needs.
func TestPageImage(t *testing.T) {
	dir := t.TempDir()
	exhibit := filepath.Join(dir, "EX1")
	if err := os.Mkdir(exhibit, 0o700); err != nil {
		t.Fatal(err)
	}
	photo := image.NewRGBA(image.Rect(0, 0, 4000, 1000))
	for i := range photo.Pix {
		photo.Pix[i] = []byte{200, 10, 30, 255}[i%4]
	}
	writePNG(t, filepath.Join(exhibit, "photo.png"), photo)
	letter := fpdf.New("P", "mm", "A4", "")
	letter.AddPage()
	letter.SetFont("Helvetica", "", 20)
	letter.Text(20, 30, "A letter of one page")
	if err := letter.OutputFileAndClose(filepath.Join(exhibit, "letter.pdf")); err != nil {
		t.Fatal(err)
	}
	c, err := Make(t.Context(), filepath.Join(dir, "case"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Sweep(t.Context(), Options{NoOCR: true, Exhibits: []ExhibitFlag{{Path: exhibit}}}); err != nil {
		t.Fatal(err)
	}
	item, _ := itemAtPath(t, c, "photo.png")
	picture := pageImage(t, c, item)
	if b := picture.Bounds(); b.Dx() > imageSide || b.Dx() < imageSide/2 || b.Dx()/b.Dy() != 4 {
		t.Errorf("size %v", b)
	}
	if r, g, b, _ := picture.At(3, 3).RGBA(); color.RGBAModel.Convert(picture.At(3, 3)) != (color.RGBA{200, 10, 30, 255}) {
		t.Errorf("colour %d %d %d", r>>8, g>>8, b>>8)
	}
	page, _ := itemAtPath(t, c, "letter.pdf")
	if _, err := sandbox.FindTool("pdftoppm"); err == nil {
		if b := pageImage(t, c, page).Bounds(); b.Dy() != imageSide {
			t.Errorf("page %v", b)
		}
		if _, err := c.PageImage(t.Context(), page, 2, Scope{}); !errors.Is(err, reeve.Unavailable) {
			t.Errorf("a page that is not there: %v", err)
		}
	} else if _, err := c.PageImage(t.Context(), page, 1, Scope{}); !errors.Is(err, reeve.Unavailable) || reeve.HintOf(err) == "" {
		t.Errorf("without pdftoppm: %v", err)
	}
	if err := os.Remove(filepath.Join(exhibit, "photo.png")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.PageImage(t.Context(), item, 1, Scope{}); !errors.Is(err, reeve.Unavailable) || reeve.HintOf(err) == "" {
		t.Errorf("the original is gone: %v", err)
	}
}

func writePNG(t *testing.T, path string, picture image.Image) {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func pageImage(t *testing.T, c *Case, item int64) image.Image {
	t.Helper()
	got, err := c.PageImage(t.Context(), item, 1, Scope{})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}
