package sweep

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"

	"github.com/reeve-council/reeve/internal/format"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// Frames of a picture on its way from the reader process: its size, then its
// pixels. A picture that cannot be decoded sends none.
const (
	frameSize   byte = 'S'
	framePixels byte = 'P'
)

type rasterSize struct{ Width, Height int }

// mostDecoded bounds the pixels of a picture that is decoded at all.
const mostDecoded = 150 << 20

// sendRaster is the work of the reader process on a picture that is to be
// recognised: its pixels in grey.
func sendRaster(src format.Source, out frames) error {
	g, ok := decodePicture(src)
	if !ok {
		return nil
	}
	return sendPixels(out, rasterSize{g.width, g.height}, g.pix)
}

// sendPixels sends the size of a picture, then its pixels.
func sendPixels(out frames, size rasterSize, pix []byte) error {
	if err := sendJSON(out, frameSize, size); err != nil {
		return err
	}
	for rest := pix; len(rest) > 0; {
		n := min(len(rest), sandbox.MaxFrame)
		if err := out.Frame(framePixels, rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

func decodePicture(src format.Source) (gray, bool) {
	picture, ok := decodeImage(src)
	if !ok {
		return gray{}, false
	}
	return flatten(picture), true
}

// decodeImage decodes a picture of a format that the standard library reads.
func decodeImage(src format.Source) (image.Image, bool) {
	read := func() io.Reader { return io.NewSectionReader(src.Reader, 0, src.Size) }
	var config func(io.Reader) (image.Config, error)
	var decode func(io.Reader) (image.Image, error)
	switch format.Identify(src).Name {
	case "png":
		config, decode = png.DecodeConfig, png.Decode
	case "jpeg":
		config, decode = jpeg.DecodeConfig, jpeg.Decode
	case "gif":
		config, decode = gif.DecodeConfig, gif.Decode
	default:
		return nil, false
	}
	size, err := config(read())
	if err != nil || size.Width <= 0 || size.Height <= 0 || int64(size.Width)*int64(size.Height) > mostDecoded {
		return nil, false
	}
	picture, err := decode(read())
	return picture, err == nil
}

// rasterOf has a reader process decode a picture; false when it cannot, be it
// the format or the picture.
func (r *run) rasterOf(ctx context.Context, file *os.File, size int64) (gray, bool, error) {
	req, err := json.Marshal(request{Size: size, Raster: true})
	if err != nil {
		return gray{}, false, fmt.Errorf("ask reader: %w", err)
	}
	sent, pix, ok, err := r.pixels(ctx, req, file)
	g := gray{sent.Width, sent.Height, pix}
	return g, ok && g.width > 0 && g.height > 0 && len(g.pix) == g.width*g.height, err
}

// pixels receives a picture; false when its reader could not make one of it.
func (r *run) pixels(ctx context.Context, req []byte, file *os.File) (size rasterSize, pix []byte, ok bool, err error) {
	var got bytes.Buffer
	err = r.pool.Do(ctx, req, file, func(kind byte, payload []byte) error {
		switch kind {
		case sandbox.Restart:
			size = rasterSize{}
			got.Reset()
		case frameSize:
			if err := json.Unmarshal(payload, &size); err != nil {
				return fmt.Errorf("read picture: %w", err)
			}
		case framePixels:
			if got.Len()+len(payload) > 2*mostPixels {
				return fmt.Errorf("reader sent too many pixels")
			}
			got.Write(payload)
		}
		return nil
	})
	if fault := machineFault(ctx, err); fault != nil {
		return size, nil, false, fault
	}
	return size, got.Bytes(), err == nil, nil
}
