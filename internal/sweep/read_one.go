package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// Letterbox reads single files that lie in no exhibit, such as a mail that a
// resident sent, in caged processes. Nothing of them enters the case: what was
// read is given to the caller. It may be used from many goroutines.
type Letterbox struct{ pool *sandbox.Pool }

// NewLetterbox starts the first reader; reeve.Unavailable where none can run.
func NewLetterbox(opt sandbox.Options) (*Letterbox, error) {
	pool, err := sandbox.New(opt)
	if err != nil {
		return nil, err
	}
	return &Letterbox{pool}, nil
}

// Close ends the readers after what they read now.
func (l *Letterbox) Close() { l.pool.Close() }

// One is what a file held. Its text is as a stranger wrote it.
type One struct {
	Outcome reeve.Outcome
	Blocks  []reeve.Block
	Parts   []OnePart
	Mail    *MailHead // of a message; nil for anything else
}

// OnePart is an attachment, or a member of an archive.
type OnePart struct {
	Name   string // encoded: no control bytes, no slash
	Size   int64
	Digest string // SHA-256 in hex, of Body; "" without one
	Body   []byte // nil where it was too large to be given
	Cut    bool   // what came is not the whole
}

// Bounds on what one file may give. What is beyond is left out, and the outcome
// says partly-read.
const (
	oneText  = 1 << 20  // bytes of text and cells
	oneParts = 50       // attachments
	oneBytes = 25 << 20 // bytes of attachments together
)

// ReadOne reads one file in the cage. Whatever is in the file is an outcome; an
// error is one of the machine: reeve.Unavailable where no reader can run, or the
// context's.
func (l *Letterbox) ReadOne(ctx context.Context, file *os.File) (*One, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("read file: %w", reeve.Unavailable)
	}
	req, err := json.Marshal(request{Size: info.Size(), Allowance: oneBytes, Entries: oneParts, NoOCR: true, Letter: true})
	if err != nil {
		return nil, fmt.Errorf("ask reader: %w", err)
	}
	var g oneGatherer
	err = l.pool.Do(ctx, req, file, g.frame)
	var death *sandbox.Death
	switch {
	case err == nil:
		return g.end(), nil
	case errors.As(err, &death):
		return &One{Outcome: faultOutcome(err)}, nil
	}
	return nil, fmt.Errorf("read file: %w", err)
}

// oneGatherer takes the frames of one file, within the bounds.
type oneGatherer struct {
	one   One
	text  int
	bytes int
	part  *OnePart
	over  bool
}

func (g *oneGatherer) frame(kind byte, payload []byte) error {
	switch kind {
	case sandbox.Restart:
		*g = oneGatherer{}
	case frameBlock:
		return g.block(payload)
	case frameMember:
		return g.member(payload)
	case frameData:
		g.data(payload)
	case frameEnd:
		return g.partEnd(payload)
	case frameMail:
		g.one.Mail = &MailHead{}
		return decodeFrame(payload, g.one.Mail)
	case frameOutcome:
		return decodeFrame(payload, &g.one.Outcome)
	}
	return nil
}

func (g *oneGatherer) block(payload []byte) error {
	if g.text += len(payload); g.text > oneText {
		g.over = true
		return nil
	}
	b, err := decodeBlock(payload)
	if err != nil {
		return err
	}
	g.one.Blocks = append(g.one.Blocks, *b)
	return nil
}

func (g *oneGatherer) member(payload []byte) error {
	var head memberHead
	if err := decodeFrame(payload, &head); err != nil {
		return err
	}
	g.part = &OnePart{Name: head.Name, Cut: head.Outcome != nil}
	return nil
}

func (g *oneGatherer) data(payload []byte) {
	if g.part == nil {
		return
	}
	g.part.Size += int64(len(payload))
	if g.bytes += len(payload); g.bytes > oneBytes || len(g.one.Parts) >= oneParts {
		g.part.Body, g.part.Cut, g.over = nil, true, true
		return
	}
	if !g.part.Cut {
		g.part.Body = append(g.part.Body, payload...)
	}
}

func (g *oneGatherer) partEnd(payload []byte) error {
	var end memberEnd
	if err := decodeFrame(payload, &end); err != nil || g.part == nil {
		return err
	}
	g.part.Cut = g.part.Cut || end.Outcome != nil
	if g.part.Body != nil {
		sum := sha256.Sum256(g.part.Body)
		g.part.Digest = hex.EncodeToString(sum[:])
	}
	if len(g.one.Parts) < oneParts {
		g.one.Parts = append(g.one.Parts, *g.part)
	} else {
		g.over = true
	}
	g.part = nil
	return nil
}

func (g *oneGatherer) end() *One {
	if g.over && g.one.Outcome.Status == reeve.StatusRead {
		g.one.Outcome.Status, g.one.Outcome.Reason, g.one.Outcome.Detail = reeve.StatusPartlyRead, reeve.ReasonTooMany, "longer than what is kept of one file"
	}
	return &g.one
}

// decodeFrame reads a frame that is JSON. The reader is caged, and may be in the
// hands of what it read: its frames are not trusted further than their form.
func decodeFrame(payload []byte, into any) error {
	if err := json.Unmarshal(payload, into); err != nil {
		return fmt.Errorf("read frame: %w", reeve.Invalid)
	}
	return nil
}

// sendMail is the part of the cage in this: the head and links of a message.
func sendMail(typ string, src format.Source, out frames) error {
	if typ != "eml" {
		return nil
	}
	return sendJSON(out, frameMail, readMailHead(src.Reader, src.Size))
}
