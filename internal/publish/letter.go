package publish

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// The letter check answers one question: did we send a letter with this
// reference? It says yes or no, and nothing of whom, when or what.
//
// Guessing is useless for three reasons that do not lean on each other. A
// reference holds at least leastBits random bits (notice makes them). One sender
// has burst tries and then one every few seconds (an address may be a whole mobile
// network's or a library's, on the day when letters come); all senders together rate a second:
// at that pace, with a million letters sent, the first hit is centuries away.
// And a hit tells nothing. Answers have one shape: the same page with the same
// number of bytes, sent no sooner than a fixed time after the question, whether
// the reference is there, is not, or is no reference at all.
const (
	checkBurst = 30
	checkEach  = 10 * time.Second
	checkRate  = 50  // of all senders, a second
	checkAll   = 500 // at once
	checkMost  = 200_000
	// answerAfter is when every answer leaves; a look-up takes far less.
	answerAfter = 250 * time.Millisecond
	// answerSize is a whole number of bytes to which answers are filled up.
	answerSize = 8 << 10
	// leastBits is how many random bits a reference must have.
	leastBits = 55
)

type checks struct{ limit limit }

func newChecks() *checks {
	return &checks{limit{burst: checkBurst, each: checkEach, senders: make(map[string]bucket), most: checkMost, rate: checkRate, allMost: checkAll, all: bucket{left: checkAll}}}
}

// letterView is the page of the letter check.
type letterView struct {
	Form    bool
	Asked   bool
	Yes     bool
	Fault   string
	Phone   string
	Hours   string
	Address string
}

func (b *builder) letterView() letterView {
	c := b.s.Council
	return letterView{Form: b.o.Letters && !b.o.Files, Phone: c.Phone, Hours: c.Hours, Address: strings.ReplaceAll(c.Address, "\n", ", ")}
}

func (b *builder) letter() error {
	return b.putPart("/check-a-letter", "Check that a letter is real", "letter", b.letterView())
}

// Reference is a typed reference as it is compared: letters and digits alone,
// upper case.
func Reference(typed string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z':
			return c - 'a' + 'A'
		case c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
			return c
		}
		return -1
	}, typed)
}

// longestReference bounds what is looked up.
const longestReference = 60

// checkLetter answers a typed reference.
func (s *Server) checkLetter(r *web.Request) (web.Answer, error) {
	m, began := s.room, time.Now()
	if m.Letter == nil {
		return nil, fmt.Errorf("check letter: %w", reeve.NotFound)
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	b := m.built.Load()
	if !s.checks.limit.take(web.Sender(r.Request), r.Now) {
		return s.answer(r, b, began, http.StatusTooManyRequests, "Too many checks", "busy", nil)
	}
	typed := Reference(f.Said("reference"))
	v := b.letterView()
	if typed == "" {
		v.Fault = "Enter the reference on the letter"
		return s.answer(r, b, began, http.StatusUnprocessableEntity, "Check that a letter is real", "letter", v)
	}
	if len(typed) > longestReference {
		typed = "?" // is looked up as well, so that it takes as long
	}
	v.Asked = true
	if v.Yes, err = m.letterSent(r.Context(), typed); err != nil {
		return nil, err
	}
	return s.answer(r, b, began, http.StatusOK, "Check that a letter is real", "letter", v)
}

func (m *Room) letterSent(ctx context.Context, reference string) (sent bool, err error) {
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		sent, err = m.Letter(tx, reference)
		return err
	})
	if err != nil {
		err = fmt.Errorf("look up letter: %w", err)
	}
	return sent, err
}

// answer makes an answer of the one size that leaves at the one time.
func (s *Server) answer(r *web.Request, b *builder, began time.Time, status int, title, name string, data any) (web.Answer, error) {
	content, err := part(name, data)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	p := web.PublicPage{Title: title, Path: "/check-a-letter", Content: content}
	if v, ok := data.(letterView); ok && v.Fault != "" {
		p.Errors = []web.FieldError{{Field: "reference", Text: v.Fault}}
	}
	if err := b.writeFrame(&out, p); err != nil {
		return nil, err
	}
	fillUp(&out, answerSize)
	select {
	case <-time.After(time.Until(began.Add(answerAfter))):
	case <-r.Context().Done():
	}
	return web.PublicBytes{Status: status, Type: "text/html; charset=utf-8", Bytes: out.Bytes()}, nil
}

// fillUp adds line feeds to a whole number of times size.
func fillUp(b *bytes.Buffer, size int) {
	b.Write(bytes.Repeat([]byte{'\n'}, (size-b.Len()%size)%size))
}

// frame puts the site's page around what a public route shows.
func (m *Room) frame(w io.Writer, p web.PublicPage) error {
	b := m.built.Load()
	if b == nil || !b.site.open {
		return fmt.Errorf("public site: %w", reeve.Unavailable)
	}
	p.Content = template.HTML(`<div class="site-form">`) + p.Content + `</div>`
	return b.writeFrame(w, p)
}
