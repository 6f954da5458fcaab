package pdf

import (
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/pdf/font"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

const readerName = "pdf/1"

// Read reads a PDF file.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	r := &reader{out: w, meter: newMeter(w, src.Size), fonts: map[object.Ref]*font.Font{}, attached: map[object.Ref]bool{}}
	r.file = object.Open(src, opt.Passwords, r.meter)
	why := r.read()
	if r.meter.err != nil {
		why = r.meter.err
	}
	return r.judge(w.Finish(readerName, why))
}

// reader is the reading of one file.
type reader struct {
	file  *object.File
	out   *part.Writer
	meter *meter
	fonts map[object.Ref]*font.Font

	pages    int   // pages met
	pictures int   // of them, how many are pictures of text at best
	letters  int64 // on pages that are not pictures
	damaged  bool  // the contents of a page ended before their time
	last     sheet
	placed   func(page, *content) // is shown every page as it was read; nil: nobody looks
	attached map[object.Ref]bool
}

func (r *reader) read() error {
	if r.file.Locked {
		return part.Encrypted("no supplied password opens it")
	}
	r.readPages()
	if r.pages == 0 && !r.file.Rebuilt {
		r.file.Rebuild()
		r.readPages()
	}
	r.margin()
	if r.pages == 0 && r.out.Letters() == 0 {
		return part.Broken("no pages could be found in it")
	}
	return r.out.Err()
}

// judge turns an outcome into what the pages say: a document of pictures needs
// OCR, whatever its metadata gave.
func (r *reader) judge(out reeve.Outcome) reeve.Outcome {
	switch {
	case out.Status == reeve.StatusLimit || out.Status == reeve.StatusEncrypted:
	case r.pictures > 0 && r.letters == 0:
		out.Status, out.Reason, out.Detail = reeve.StatusNeedsOCR, reeve.ReasonNoOCR, "its pages must be looked at to be read"
	case out.Status == reeve.StatusRead && r.damaged:
		out.Status, out.Reason, out.Detail = reeve.StatusPartlyRead, reeve.ReasonBroken, "the contents of a page are damaged; read up to there"
	case out.Status == reeve.StatusRead && r.file.Rebuilt && r.short():
		out.Status, out.Reason, out.Detail = reeve.StatusPartlyRead, reeve.ReasonSalvaged, "its structure was lost; read as far as objects could be found"
	}
	return out
}

// short reports whether the file lacks its end, or fewer pages were found than
// the page tree claims.
func (r *reader) short() bool {
	if r.file.CutShort() {
		return true
	}
	pages := r.file.Dict(r.file.Dict(r.file.Trailer["Root"])["Pages"])
	return r.file.Int(pages["Count"], -1) != r.pages
}

// meter bounds what a file may cost by its size, within the writer's limits.
type meter struct {
	w           *part.Writer
	steps, most int64
	grown, room int64
	err         error
}

func newMeter(w *part.Writer, size int64) *meter {
	return &meter{w: w, most: 20e6 + 400*size, room: 256<<20 + 100*size}
}

// Step counts units of work.
func (m *meter) Step(n int) error {
	if m.steps += int64(n); m.steps > m.most && m.err == nil {
		m.err = part.Over(reeve.ReasonTooLarge, "more work than a file of its size can ask for")
	}
	if err := m.w.Step(n); err != nil && m.err == nil {
		m.err = err
	}
	return m.err
}

// Expand counts bytes that came out of compression.
func (m *meter) Expand(n int64) error {
	if m.grown += n; m.grown > m.room && m.err == nil {
		m.err = part.Over(reeve.ReasonBomb, "expands beyond any sane ratio")
	}
	if err := m.w.Expand(n); err != nil && m.err == nil {
		m.err = err
	}
	return m.err
}

// stopped reports whether reading must end.
func (r *reader) stopped() bool { return r.meter.err != nil || r.out.Err() != nil }

const (
	maxFonts = 200  // kept at a time
	fontCost = 2000 // steps of loading one
)

// font loads a font, once where it is an object of its own.
func (r *reader) font(v any) *font.Font {
	ref, shared := v.(object.Ref)
	if f := r.fonts[ref]; shared && f != nil {
		return f
	}
	d := r.file.Dict(v)
	if d == nil || r.meter.Step(fontCost) != nil {
		return nil
	}
	f := font.Load(r.file, d)
	if shared {
		if len(r.fonts) >= maxFonts {
			clear(r.fonts)
		}
		r.fonts[ref] = f
	}
	return f
}

func pageName(n int) string { return "page " + strconv.Itoa(n) }
