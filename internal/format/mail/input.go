package mail

import (
	"bufio"
	"bytes"
	"io"
)

// input hands out the lines of a message, and knows the boundaries of the
// multiparts that are open. A line is at most lineSize bytes; what is beyond
// comes as a further line.
type input struct {
	r          *bufio.Reader
	held       []byte // the line that peek showed
	holds      bool
	start      bool // the held line begins a line of the message
	wasEnd     bool
	boundaries []string
}

const lineSize = 64 << 10

func newInput(r io.Reader) *input {
	return &input{r: bufio.NewReaderSize(r, lineSize), wasEnd: true}
}

// peek shows the next line with its end without taking it.
func (in *input) peek() ([]byte, bool) {
	if in.holds {
		return in.held, true
	}
	line, err := in.r.ReadSlice('\n')
	if len(line) == 0 && err != nil && err != bufio.ErrBufferFull {
		return nil, false
	}
	in.start, in.wasEnd = in.wasEnd, line[len(line)-1] == '\n'
	in.held, in.holds = line, true
	return line, true
}

func (in *input) skip() { in.holds = false }

// boundary reports which open multipart, counted from the outermost, the next
// line delimits, and whether it closes it. A part whose inner boundary never
// comes ends at an outer one.
func (in *input) boundary() (level int, closes, ok bool) {
	line, more := in.peek()
	if !more || !in.start || len(line) < 2 || line[0] != '-' || line[1] != '-' {
		return 0, false, false
	}
	text := bytes.TrimRight(line[2:], " \t\r\n")
	for i := len(in.boundaries) - 1; i >= 0; i-- {
		b := in.boundaries[i]
		if string(text) == b {
			return i, false, true
		}
		if len(text) == len(b)+2 && string(text[:len(b)]) == b && string(text[len(b):]) == "--" {
			return i, true, true
		}
	}
	return 0, false, false
}

// line takes the next line of the part at hand; false at a boundary or the end.
// The line end before a boundary belongs to the boundary, but is kept: text
// does not mind, and base64 neither.
func (in *input) line() ([]byte, bool) {
	if _, _, ok := in.boundary(); ok {
		return nil, false
	}
	line, ok := in.peek()
	in.skip()
	return line, ok
}

// drain passes over the rest of the part at hand.
func (in *input) drain() {
	for {
		if _, ok := in.line(); !ok {
			return
		}
	}
}

func trimEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}
