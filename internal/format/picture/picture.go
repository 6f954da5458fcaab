package picture

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// A picture narrower, lower or smaller than this holds no line of text that
// OCR could read: letters need about 10 pixels, a line of an address 150.
const (
	leastWidth  = 150
	leastHeight = 40
	leastArea   = 20000 // pixels
)

// Read reads what a picture says of itself.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	w.Begin("", reeve.LayerMetadata)
	width, height, pages := size(src)
	metadata(src, w)
	out := w.Finish("picture/1", nil)
	if out.Status != reeve.StatusRead {
		return out
	}
	out.Pages, out.Reason = pages, reeve.ReasonNoText
	if large(width, height) {
		out.Status, out.Reason, out.PagesUnread = reeve.StatusNeedsOCR, reeve.ReasonNoOCR, pages
		out.Detail = "a picture; no OCR was run"
	}
	return out
}

// large reports whether a picture may hold text; one of unknown size may.
func large(width, height int) bool {
	if width <= 0 || height <= 0 {
		return true
	}
	long, short := max(width, height), min(width, height) // it may lie on its side
	return long >= leastWidth && short >= leastHeight && int64(width)*int64(height) >= leastArea
}
