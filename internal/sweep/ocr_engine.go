package sweep

import (
	"context"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/sandbox"
)

// engine is the outside programs that read scans, as this machine has them.
type engine struct {
	tesseract *sandbox.Tool
	renderer  *sandbox.Tool // nil where PDF pages cannot be rendered
	pictures  string        // what a picture is read with: "tesseract/5.3.0"
	pages     string        // what a page of a PDF is read with: "pdftoppm/22.12.0+tesseract/5.3.0"
	turns     bool          // it can tell which way up a page is
	cage      sandbox.Cage
}

// findEngine looks for the programs and asks for their versions; nil without
// tesseract or its English.
func findEngine(ctx context.Context) (*engine, error) {
	var e engine
	var err error
	if e.tesseract, err = sandbox.FindTool("tesseract"); err != nil {
		return nil, nil // as on most machines: scans stay needs-ocr
	}
	version, cage, err := toolVersion(ctx, e.tesseract, "--version")
	if version == "" || err != nil {
		return nil, err
	}
	e.cage = cage
	e.pictures = "tesseract/" + version
	list, err := e.tesseract.Run(ctx, sandbox.ToolJob{Args: []string{"--list-langs"}})
	if err != nil {
		return nil, machineFault(ctx, err)
	}
	languages := strings.Fields(string(list.Output))
	if !slices.Contains(languages, "eng") {
		return nil, nil
	}
	e.turns = slices.Contains(languages, "osd")
	if e.renderer, err = sandbox.FindTool("pdftoppm"); err != nil {
		return &e, nil
	}
	version, _, err = toolVersion(ctx, e.renderer, "-v")
	if version == "" {
		e.renderer = nil
		return &e, err
	}
	e.pages = "pdftoppm/" + version + "+" + e.pictures
	return &e, err
}

// toolVersion asks a program for its version: the first word of what it prints
// that begins with a digit. "" when it cannot be run.
func toolVersion(ctx context.Context, t *sandbox.Tool, flag string) (string, sandbox.Cage, error) {
	r, err := t.Run(ctx, sandbox.ToolJob{Args: []string{flag}})
	if err != nil && machineFault(ctx, err) != nil {
		return "", r.Cage, err
	}
	for word := range strings.FieldsSeq(string(r.Output) + " " + string(r.Words)) {
		if word[0] >= '0' && word[0] <= '9' {
			return strings.TrimRight(word, ",;"), r.Cage, nil
		}
	}
	return "", r.Cage, nil
}

// Bounds on one page.
const (
	renderDots    = 200 // per inch, at which PDF pages are rendered
	renderOutput  = 128 << 20
	wordsOutput   = 32 << 20
	renderTime    = time.Minute
	recogniseTime = 3 * time.Minute
)

// Lines of quality, in percent of tesseract's own confidence.
const (
	lineOfQuality = 60 // below it a page counts as read in part
	doubtful      = 75 // below it a page is tried at twice its size
	hopeless      = 45 // below it a page is tried the other ways up
)

// smallLetters is the height in pixels under which letters are read at twice
// their size: 0 and O, 1 and l differ by a pixel or two there.
const smallLetters = 16

// leastLetters is the number of surely read letters from which a picture is a
// page of text and not a photograph in which something looked like letters.
const leastLetters = 12

// pageState is what became of one page.
type pageState int

const (
	pageBlank  pageState = iota // nothing to read on it
	pageRead                    // above the line of quality
	pagePoor                    // below
	pageFailed                  // a program failed on it
	pageLate                    // a program ran out of time: tried again by the next run
)

// recognised is one page as it was read.
type recognised struct {
	state pageState
	words []word
}

// picture recognises a decoded page. A page that comes out badly is tried
// otherwise; the best attempt counts.
func (e *engine) picture(ctx context.Context, g gray, dots int) (recognised, error) {
	if g.writing() < inkLeast {
		return recognised{}, nil
	}
	best, err := e.attempt(ctx, g, dots, e.turns)
	if err != nil {
		return best, err
	}
	small := len(best.words) == 0 || letterHeight(best.words) < smallLetters || sureness(best.words) < doubtful*100
	if small && g.width*g.height <= mostPixels/4 {
		if best, err = e.better(ctx, best, g.doubled(), 2*dots); err != nil {
			return best, err
		}
	}
	for quarters := 1; quarters < 4 && sureness(best.words) < hopeless*100 && len(best.words) > 0; quarters++ {
		if best, err = e.better(ctx, best, g.turned(quarters), dots); err != nil {
			return best, err
		}
	}
	return best.judged(g.paper(), g.writing() >= inkWritten), nil
}

// better is the better of what is there and another attempt.
func (e *engine) better(ctx context.Context, best recognised, g gray, dots int) (recognised, error) {
	next, err := e.attempt(ctx, g, dots, false)
	if err != nil || certainty(next.words) <= certainty(best.words) {
		return best, err
	}
	return next, nil
}

func (e *engine) attempt(ctx context.Context, g gray, dots int, turn bool) (recognised, error) {
	return e.words(ctx, sandbox.ToolJob{Input: g.pgm()}, dots, turn)
}

// whole recognises a page of a picture that only tesseract itself can decode;
// page is 0 for a format with a single one, else from 1.
func (e *engine) whole(ctx context.Context, file *os.File, page int) (recognised, error) {
	job := sandbox.ToolJob{File: file}
	if page > 0 {
		job.Args = []string{"-c", "tessedit_page_number=" + strconv.Itoa(page-1)}
	}
	r, err := e.words(ctx, job, 0, e.turns)
	return r.judged(true, false), err
}

// words runs tesseract over one page.
func (e *engine) words(ctx context.Context, job sandbox.ToolJob, dots int, turn bool) (recognised, error) {
	layout := "3" // find the columns and blocks of the page
	if turn {
		layout = "1" // and which way up it is
	}
	args := []string{"stdin", "stdout", "-l", "eng", "--psm", layout}
	if dots > 0 {
		args = append(args, "--dpi", strconv.Itoa(dots))
	}
	job.Args = append(append(args, job.Args...), "-c", "tessedit_create_tsv=1")
	job.Output, job.CPU = wordsOutput, recogniseTime
	r, err := e.tesseract.Run(ctx, job)
	if err != nil {
		return failed(ctx, err)
	}
	return recognised{state: pageRead, words: readTSV(r.Output)}, nil
}

// failed is a page on which a program failed; the error is one of the run.
func failed(ctx context.Context, err error) (recognised, error) {
	if fault := machineFault(ctx, err); fault != nil {
		return recognised{}, fault
	}
	if errors.Is(err, sandbox.Hang) {
		return recognised{state: pageLate}, nil
	}
	return recognised{state: pageFailed}, nil
}

// judged holds a page against the line of quality. Where next to nothing was
// read with certainty, it is a picture in which something looked like letters,
// or writing that OCR cannot make out; what is paper with ink on it counts as
// the latter, since nobody may be told that a page is empty which is not; for
// paper on which OCR saw not even a letter, the ink must look like lines.
func (r recognised) judged(paper, written bool) recognised {
	if r.state != pageRead {
		return r
	}
	switch legible := sureLetters(r.words) >= leastLetters; {
	case len(r.words) == 0 && !(paper && written), !legible && !paper && sureness(r.words) < hopeless*100:
		return recognised{state: pageBlank}
	case sureness(r.words) < lineOfQuality*100:
		r.state = pagePoor
		if !legible {
			r.words = nil // letters at random: they would only look like names
		}
	}
	return r
}

// page renders a page of a PDF and recognises it.
func (e *engine) page(ctx context.Context, file *os.File, page int) (recognised, error) {
	n := strconv.Itoa(page)
	r, err := e.renderer.Run(ctx, sandbox.ToolJob{Args: []string{"-r", strconv.Itoa(renderDots), "-gray", "-f", n, "-l", n, "-"},
		File: file, Output: renderOutput, CPU: renderTime})
	if err != nil {
		return failed(ctx, err)
	}
	g, ok := readPGM(r.Output)
	if !ok {
		return recognised{state: pageFailed}, nil
	}
	return e.picture(ctx, g, renderDots)
}

// readBy is the reader of a document of which pages were recognised.
func readBy(reader, tools string) string { return reader + "+" + tools }

// toolsFor is what documents of a type are recognised with; "" for what none of
// the programs here takes.
func (e *engine) toolsFor(typ string) string {
	switch typ {
	case "pdf":
		return e.pages
	case "png", "jpeg", "gif", "tiff", "bmp", "webp", "netpbm", "jp2":
		return e.pictures
	}
	return ""
}
