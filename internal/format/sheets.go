package format

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pdf"
)

// Sheet is a page of a PDF file with where its text stands; Line is such text.
type (
	Sheet = pdf.Sheet
	Line  = pdf.Line
)

// Sheets reads where text stands on the pages of a PDF file, for whoever has to
// judge print and not only words. The error is reeve.Invalid for a file that
// cannot be read whole. It never panics.
func Sheets(src Source, opt Options) (all []Sheet, err error) {
	defer func() {
		if recover() != nil {
			all, err = nil, fmt.Errorf("read pages: %w", reeve.Invalid)
		}
	}()
	return pdf.Sheets(src, opt)
}
