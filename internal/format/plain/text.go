package plain

import (
	"bufio"
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/part"
)

// ReadText reads running text: lines as they stand.
func ReadText(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	return w.Finish("text/1", w.Copy(charset.NewReader(src.Stream(), "")))
}

// longLine is the longest line that a line reader looks at as one; what is
// beyond comes as further lines.
const longLine = 1 << 20

// lines hands out the lines of a stream without their ends.
type lines struct {
	r   *bufio.Reader
	err error
}

func newLines(src part.Source) *lines {
	return &lines{r: bufio.NewReaderSize(charset.NewReader(src.Stream(), ""), 64<<10)}
}

// next gives the next line; false at the end. A line ends with \n, \r\n or at
// the limit of longLine.
func (l *lines) next() (string, bool) {
	var long []byte
	for l.err == nil {
		piece, err := l.r.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull {
			l.err = err
		}
		if long == nil && err == nil {
			return trimEnd(piece), true
		}
		long = append(long, piece...)
		if err == nil || len(long) >= longLine {
			return trimEnd(long), true
		}
	}
	return trimEnd(long), len(long) > 0
}

// failed is the error that ended the stream, nil for its proper end.
func (l *lines) failed() error {
	if l.err == io.EOF {
		return nil
	}
	return l.err
}

func trimEnd(b []byte) string {
	n := len(b)
	if n > 0 && b[n-1] == '\n' {
		n--
	}
	if n > 0 && b[n-1] == '\r' {
		n--
	}
	return string(b[:n])
}
