package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/sys/unix"
)

// MaxFrame is the most bytes that one frame carries.
const MaxFrame = 4 << 20

// Restart is the kind of the empty frame that comes before a second attempt at
// a job: what the first attempt sent is to be thrown away. Handlers use kinds
// from 1.
const Restart byte = 0

// A message on the socket is a header and its payload:
//
//	byte 0 what it is, byte 1 the kind of a frame, bytes 4..7 length (little-endian)
const (
	messageHello  = 'h' // the cage holds; payload: Cage as JSON
	messageJob    = 'j' // parent to worker; the file comes with it
	messageFrame  = 'f'
	messageStep   = 's' // still at work
	messageDone   = 'd'
	messageFailed = 'e' // the handler returned an error; payload: its text

	headerLen = 8
)

type header [headerLen]byte

func makeHeader(what, kind byte, n int) (h header) {
	h[0], h[1] = what, kind
	binary.LittleEndian.PutUint32(h[4:], uint32(n))
	return h
}

func (h *header) length() int { return int(binary.LittleEndian.Uint32(h[4:])) }

// Writer sends the frames of one job. Small frames wait for each other for up
// to a tenth of a second. It is for one goroutine.
type Writer struct {
	fd   int
	buf  []byte
	sent time.Time
}

const (
	writerBuffer = 64 << 10
	flushAfter   = 100 * time.Millisecond
	stepEvery    = time.Second / 2
)

// Frame sends a kind from 1 and up to MaxFrame bytes, which the caller may
// reuse at once. It blocks while the parent is behind; an error means that the
// parent is gone or the frame too large.
func (w *Writer) Frame(kind byte, payload []byte) error {
	if kind == Restart || len(payload) > MaxFrame {
		return fmt.Errorf("send frame of kind %d with %d bytes: not allowed", kind, len(payload))
	}
	return w.message(messageFrame, kind, payload)
}

// Step tells the parent that the reader makes progress although it has nothing
// to send; call it as often as is handy.
func (w *Writer) Step() error {
	if time.Since(w.sent) < stepEvery {
		return nil
	}
	if err := w.message(messageStep, 0, nil); err != nil {
		return err
	}
	return w.flush()
}

func (w *Writer) message(what, kind byte, payload []byte) error {
	h := makeHeader(what, kind, len(payload))
	if len(w.buf)+headerLen+len(payload) > writerBuffer {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.buf = append(w.buf, h[:]...)
	if len(payload) >= writerBuffer/2 {
		w.sent = time.Now()
		err := writeAll(w.fd, w.buf, payload)
		w.buf = w.buf[:0]
		return err
	}
	w.buf = append(w.buf, payload...)
	if time.Since(w.sent) > flushAfter {
		return w.flush()
	}
	return nil
}

func (w *Writer) flush() error {
	w.sent = time.Now()
	err := writeAll(w.fd, w.buf, nil)
	w.buf = w.buf[:0]
	return err
}

// writeAll writes both parts with as few calls as the socket lets it.
func writeAll(fd int, first, second []byte) error {
	for len(first)+len(second) > 0 {
		parts := [][]byte{first, second}
		if len(first) == 0 {
			parts = parts[1:]
		}
		n, err := unix.Writev(fd, parts)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return fmt.Errorf("write to socket: %w", err)
		}
		k := min(n, len(first))
		first, second = first[k:], second[n-k:]
	}
	return nil
}

// errGone is the end of the socket inside a message.
var errGone = errors.New("the other side is gone")

// receiver reads messages. Payloads are valid until the next call.
type receiver struct {
	fd         int
	buf        []byte
	start, end int
	payload    []byte
}

func newReceiver(fd int) *receiver { return &receiver{fd: fd, buf: make([]byte, writerBuffer)} }

// next gives the next message; io.EOF between messages when the other side
// closed the socket.
func (r *receiver) next() (header, []byte, error) {
	var h header
	if err := r.fill(h[:]); err != nil {
		return h, nil, err
	}
	n := h.length()
	if n > MaxFrame {
		return h, nil, fmt.Errorf("read message of %d bytes: too long", n)
	}
	if cap(r.payload) < n {
		r.payload = make([]byte, n)
	}
	payload := r.payload[:n]
	if err := r.fill(payload); err != nil {
		return h, nil, errGone
	}
	return h, payload, nil
}

// fill reads all of b, large rests straight into it.
func (r *receiver) fill(b []byte) error {
	whole := len(b)
	for len(b) > 0 {
		if r.start < r.end {
			n := copy(b, r.buf[r.start:r.end])
			b, r.start = b[n:], r.start+n
			continue
		}
		into, direct := r.buf, len(b) >= len(r.buf)
		if direct {
			into = b
		}
		n, err := unix.Read(r.fd, into)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return fmt.Errorf("read from socket: %w", err)
		case n == 0 && len(b) == whole:
			return io.EOF
		case n == 0:
			return errGone
		case direct:
			b = b[n:]
		default:
			r.start, r.end = 0, n
		}
	}
	return nil
}
