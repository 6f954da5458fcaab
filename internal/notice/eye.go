package notice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// Eye draws the pages of a letter, as its printer would. It is another program
// than the one that wrote the letter: what both agree on stands on paper.
type Eye interface {
	// Name is the program with its version, for the record.
	Name() string
	// Draw gives all pages, dotsPerMM in each direction. reeve.Invalid is a letter
	// that cannot be drawn; other errors are the machine's.
	Draw(ctx context.Context, pdf []byte) ([]Picture, error)
}

// Picture is a page in shades of grey, 0 black, row by row from the top left.
type Picture struct {
	Width, Height int
	Gray          []byte
}

// dotsPerMM is how finely letters are drawn: a full stop in 9 points is 2 dots.
const dotsPerMM = 6

// Bounds on drawing a letter of mostSides.
const (
	drawOutput = mostSides * (210*dotsPerMM + 2) * (297*dotsPerMM + 2) * 2
	drawTime   = time.Minute
)

// FindEye looks for the program that draws; nil where this machine has none.
func FindEye(ctx context.Context) (Eye, error) {
	t, err := sandbox.FindTool("pdftoppm")
	if errors.Is(err, reeve.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find pdftoppm: %w", err)
	}
	r, err := t.Run(ctx, sandbox.ToolJob{Args: []string{"-v"}})
	if err != nil {
		return nil, fmt.Errorf("ask pdftoppm for its version: %w", err)
	}
	for word := range strings.FieldsSeq(string(r.Output) + " " + string(r.Words)) {
		if word[0] >= '0' && word[0] <= '9' {
			return popplerEye{t, "pdftoppm/" + word}, nil
		}
	}
	return nil, nil // it runs and does not say what it is
}

// popplerEye is pdftoppm of Poppler in a cage: letters hold names of people.
type popplerEye struct {
	tool *sandbox.Tool
	name string
}

func (e popplerEye) Name() string { return e.name }

func (e popplerEye) Draw(ctx context.Context, pdf []byte) ([]Picture, error) {
	r, err := e.tool.Run(ctx, sandbox.ToolJob{Args: []string{"-gray", "-r", strconv.FormatFloat(25.4*dotsPerMM, 'f', -1, 64), "-"}, Input: pdf, Output: drawOutput, CPU: drawTime})
	var fault *sandbox.ToolFault
	if errors.As(err, &fault) {
		return nil, fmt.Errorf("draw letter: %s: %w", fault.Cause, reeve.Invalid)
	}
	if err != nil {
		return nil, fmt.Errorf("draw letter: %w", err)
	}
	return readPictures(r.Output)
}

// readPictures reads pictures in a row as Netpbm's "raw PGM", 8 bits a dot.
func readPictures(b []byte) (all []Picture, err error) {
	for len(b) > 0 {
		head := bytes.SplitN(b[:min(len(b), 40)], []byte("\n"), 4)
		var p Picture
		if len(head) == 4 && string(head[0]) == "P5" && string(head[2]) == "255" {
			fmt.Sscanf(string(head[1]), "%d %d", &p.Width, &p.Height) // 0 is refused below
		}
		if p.Width <= 0 || p.Height <= 0 || p.Width > 1<<15 || p.Height > 1<<15 {
			return nil, fmt.Errorf("read picture of a letter: no head: %w", reeve.Invalid)
		}
		start := len(head[0]) + len(head[1]) + len(head[2]) + 3
		end := start + p.Width*p.Height
		if end > len(b) {
			return nil, fmt.Errorf("read picture of a letter: cut short: %w", reeve.Invalid)
		}
		p.Gray, b = b[start:end], b[end:]
		all = append(all, p)
	}
	return all, nil
}
