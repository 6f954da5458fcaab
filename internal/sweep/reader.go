package sweep

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/evidence"
	"github.com/reeve-council/reeve/internal/format"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// ServeReader makes this process a reader: it handles jobs until its parent is
// gone, and does not return.
func ServeReader() {
	sandbox.Serve(func(_ context.Context, payload []byte, file *os.File, out *sandbox.Writer) error {
		return readItem(payload, file, out)
	})
}

// frames is where the reader process writes; sandbox gives it.
type frames interface {
	Frame(kind byte, payload []byte) error
}

// readItem is the work of the reader process: it identifies the bytes behind
// the descriptor, unpacks or reads them, and sends what it finds as frames, the
// outcome last. It never fails because of what is in the file: that is an
// outcome. An error means that the pipe is gone.
func readItem(payload []byte, file *os.File, out frames) error {
	var req request
	if err := json.Unmarshal(payload, &req); err != nil {
		return fmt.Errorf("read request: %w", err)
	}
	src := format.Source{Reader: file, Size: req.Size}
	if req.Raster {
		return sendRaster(src, out)
	}
	if req.Picture {
		return sendPicture(src, out)
	}
	typ := format.Identify(src)
	if req.Table && typ.Name == "text" {
		typ.Name = "csv"
	}
	sink := &frameSink{out: out, names: &evidence.Namer{}}
	if req.Only != nil {
		sink.only = make(map[string]bool, len(req.Only))
		for _, name := range req.Only {
			sink.only[name] = true
		}
	}
	var outcome reeve.Outcome
	if typ.Container {
		outcome = unpackItem(typ.Name, src, req, sink)
	} else {
		opt := format.Options{Passwords: req.Passwords}
		outcome = format.Read(typ, src, opt, sink)
	}
	if sink.err != nil {
		return sink.err
	}
	if req.Letter {
		if err := sendMail(typ.Name, src, out); err != nil {
			return err
		}
	}
	outcome.Type = typ.Name
	outcome.Container = outcome.Container || typ.Container || sink.members > 0
	return sendJSON(out, frameOutcome, outcome)
}

func unpackItem(typ string, src format.Source, req request, sink *frameSink) reeve.Outcome {
	opt := evidence.UnpackOptions{Name: req.Name, Passwords: req.Passwords, Limits: evidence.DefaultLimits()}
	opt.Limits.Expanded = min(opt.Limits.Expanded, req.Allowance)
	opt.Limits.Entries = min(opt.Limits.Entries, req.Entries)
	outcome, err := evidence.Unpack(typ, evidence.Source{Reader: src.Reader, Size: src.Size}, opt, sink.member)
	if err != nil && sink.err == nil {
		sink.err = err
	}
	return outcome
}

// frameSink turns what readers push into frames.
type frameSink struct {
	out     frames
	names   *evidence.Namer
	members int
	only    map[string]bool // members that are wanted; nil for all, and blocks
	buf     []byte
	err     error // of the pipe
}

func (s *frameSink) send(kind byte, payload []byte) error {
	if s.err == nil {
		s.err = s.out.Frame(kind, payload)
	}
	return s.err
}

// Block implements format.Sink.
func (s *frameSink) Block(b reeve.Block) error {
	if s.only != nil {
		return s.err
	}
	s.buf = encodeBlock(s.buf[:0], &b)
	return s.send(frameBlock, s.buf)
}

// Embed implements format.Sink: attachments, embedded objects, messages with
// the mail folders that they lie in.
func (s *frameSink) Embed(e format.Embedded) error {
	name := evidence.EncodeName(e.Name, evidence.MailName)
	for _, folder := range slices.Backward(e.Folder) {
		name = evidence.EncodeName(folder, evidence.MailName) + "/" + name
	}
	if name = s.names.Unique(name); !s.wants(name) {
		return s.err
	}
	return s.stream(memberHead{Name: name}, e.Reader)
}

// member is evidence's visitor.
func (s *frameSink) member(m evidence.Member) error {
	if !s.wants(m.Name) {
		return s.err
	}
	head := memberHead{Name: m.Name, Outcome: m.Outcome}
	if m.Outcome != nil {
		return s.stream(head, nil)
	}
	r, err := m.Open()
	if err != nil {
		head.Outcome = &reeve.Outcome{Status: reeve.StatusDamaged, Reason: reeve.ReasonBroken, Detail: "could not be unpacked"}
		return s.stream(head, nil)
	}
	return s.stream(head, r)
}

// wants reports whether the bytes of a member are asked for.
func (s *frameSink) wants(name string) bool { return s.only == nil || s.only[name] }

func (s *frameSink) stream(head memberHead, r io.Reader) error {
	s.members++
	if s.err == nil {
		s.err = sendJSON(s.out, frameMember, head)
	}
	var end memberEnd
	if r != nil {
		end.Outcome = s.data(r)
	}
	if s.err == nil {
		s.err = sendJSON(s.out, frameEnd, end)
	}
	return s.err
}

// data sends a member's bytes and says what went wrong with them, if anything.
func (s *frameSink) data(r io.Reader) *reeve.Outcome {
	buf := make([]byte, 256<<10)
	var total int64
	for s.err == nil {
		n, err := r.Read(buf)
		total += int64(n)
		if n > 0 {
			s.send(frameData, buf[:n])
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return evidence.ReadFault(err, total)
		}
	}
	return nil
}

func sendJSON(out frames, kind byte, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode frame: %w", err)
	}
	return out.Frame(kind, b)
}
