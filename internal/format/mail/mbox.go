package mail

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// ReadMailbox cuts a mailbox (mbox in any of its four kinds, RFC 4155 and
// practice) into its messages, each an item named by its place from 1.
func ReadMailbox(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	b := &mailbox{src: src, r: bufio.NewReaderSize(src.Stream(), lineSize), blank: true, fresh: true}
	out := w.Finish("mbox/1", b.read(w))
	out.Container = true
	return out
}

// mailbox is the state of one cutting. As an io.Reader it gives the message at
// hand.
type mailbox struct {
	src    part.Source
	r      *bufio.Reader
	off    int64 // of the next unread byte
	line   []byte
	rest   []byte // of the line at hand, not yet handed out
	blank  bool   // the line before was blank
	fresh  bool   // the next byte begins a line
	header bool   // within the header of the message at hand
	until  int64  // Content-Length says that the body goes to here; 0 unknown
	err    error
}

func (b *mailbox) read(w *part.Writer) error {
	if !b.toFirst() {
		return part.Broken("no message begins in it")
	}
	for n := 1; w.Err() == nil; n++ {
		if err := w.Page(); err != nil {
			return err
		}
		b.header, b.until = true, 0
		if err := w.Embed(strconv.Itoa(n), b); err != nil {
			return err
		}
		io.Copy(io.Discard, b)
		if b.line == nil {
			break
		}
		b.line, b.blank, b.fresh = nil, false, true
	}
	if b.err != nil && !errors.Is(b.err, io.EOF) {
		return b.err
	}
	return w.Err()
}

// toFirst moves behind the first separator.
func (b *mailbox) toFirst() bool {
	for b.next() {
		if b.separates() {
			b.line = nil
			return true
		}
		b.note()
	}
	return false
}

// next reads a line into line; false at the end.
func (b *mailbox) next() bool {
	if b.err != nil {
		b.line = nil
		return false
	}
	line, err := b.r.ReadSlice('\n')
	if err != nil && err != bufio.ErrBufferFull {
		b.err = err
	}
	b.line = line
	b.off += int64(len(line))
	if len(line) == 0 {
		b.line = nil
	}
	return len(line) > 0
}

// note keeps what the line says for the lines after it.
func (b *mailbox) note() {
	text := trimEnd(b.line)
	if b.header && b.fresh {
		if len(text) == 0 {
			b.header = false
			b.until = b.bodyEnd()
		} else if v, ok := bytes.CutPrefix(bytes.ToLower(text), []byte("content-length:")); ok {
			b.until, _ = strconv.ParseInt(strings.TrimSpace(string(v)), 10, 62)
		}
	}
	b.blank = b.fresh && len(text) == 0
	b.fresh = b.line[len(b.line)-1] == '\n'
}

// bodyEnd is where Content-Length says that the body ends, if a separator or
// the end of the file is there; such a length can be believed.
func (b *mailbox) bodyEnd() int64 {
	if b.until <= 0 || b.until > b.src.Size-b.off {
		return 0
	}
	end := b.off + b.until
	after := bytes.TrimLeft(b.src.At(end, 16), "\r\n")
	if len(after) == 0 && end+16 >= b.src.Size || bytes.HasPrefix(after, []byte("From ")) {
		return end
	}
	return 0
}

// separates reports whether the line at hand begins a message: "From " behind a
// blank line with a date in it or a header field after it; behind another line
// both.
func (b *mailbox) separates() bool {
	if !b.fresh || b.off-int64(len(b.line)) < b.until && !b.header || !bytes.HasPrefix(b.line, []byte("From ")) {
		return false
	}
	return b.blank && (dated(b.line) || b.fieldFollows()) || dated(b.line) && b.fieldFollows()
}

// dated reports whether a line holds a time of day and a year.
func dated(line []byte) bool {
	colon := bytes.IndexByte(line, ':')
	if colon < 2 || colon+2 >= len(line) || !digit(line[colon-1]) || !digit(line[colon+1]) {
		return false
	}
	run := 0
	for _, c := range line {
		if !digit(c) {
			run = 0
		} else if run++; run == 4 {
			return true
		}
	}
	return false
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// fieldFollows reports whether the next line is a header field.
func (b *mailbox) fieldFollows() bool {
	line, _, _ := bytes.Cut(b.src.At(b.off, 256), []byte("\n"))
	if bytes.HasPrefix(line, []byte(">From ")) {
		return true
	}
	_, _, ok := cutField(string(trimEnd(line)))
	return ok && line[0] != ' '
}

// Read gives the message at hand up to the separator of the next, which it
// leaves in line.
func (b *mailbox) Read(p []byte) (int, error) {
	for len(b.rest) == 0 {
		if b.line != nil || !b.next() {
			return 0, io.EOF
		}
		if b.separates() {
			return 0, io.EOF
		}
		b.rest = unquote(b.line, b.fresh)
		b.note()
		b.line = nil
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

// unquote takes off the mark that kept a line of the body from looking like a
// separator.
func unquote(line []byte, fresh bool) []byte {
	if fresh && len(line) > 6 && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
		return line[1:]
	}
	return line
}
