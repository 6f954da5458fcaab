package pst

import (
	"io"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
)

const reader = "pst/1"

// Read reads a store.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	f, err := openFile(src)
	if err != nil {
		return part.Fail(reader, err)
	}
	s := &store{file: f, w: w, left: mapi.Allowance(src.Size)}
	err = s.read()
	if f.fault != nil {
		w.Lost(f.fault)
	}
	out := w.Finish(reader, err)
	out.Container = true
	return out
}

// store is the state of one reading.
type store struct {
	file  *file
	w     *part.Writer
	names map[uint16]mapi.Key
	left  int64 // bytes of text that all messages may still come to
}

func (s *store) read() error {
	s.readNames()
	all, err := s.survey()
	if err != nil {
		return err
	}
	s.file.blame(s.describe())
	return all.each(s)
}

// describe writes what the store says of itself.
func (s *store) describe() error {
	n, ok := s.file.node(nodeStore)
	if !ok {
		return part.Broken("the store's own properties are missing")
	}
	h, err := s.file.openHeap(n)
	if err != nil {
		return err
	}
	b, err := s.bag(h, nil, nil)
	s.w.Begin("", reeve.LayerMetadata)
	s.w.Pair("Store", b.Text(mapi.TagName))
	return err
}

// folder writes a folder's name and how much is in it.
func (s *store) folder(path []string, messages int) {
	s.w.Begin("", reeve.LayerMetadata)
	s.w.Pair("Folder", strings.Join(path, "/")+" ("+strconv.Itoa(messages)+")")
}

// embed passes one message on, as its canonical text.
func (s *store) embed(path []string, place int, id uint32) error {
	if err := s.w.Page(); err != nil {
		return err
	}
	var r io.Reader
	n, ok := s.file.node(id)
	m, err := &mapi.Message{Props: mapi.NewBag(nil)}, part.Broken("a message is missing")
	if ok {
		m, err = s.message(n)
	}
	if err != nil {
		s.w.Lost(err)
		r = broken{}
	} else {
		r = &whole{text: mapi.Canonical(m), store: s}
	}
	return s.w.EmbedIn(path, strconv.Itoa(place), r)
}

// whole is the text of a message that ends with an error where not all of the
// message could be read.
type whole struct {
	text  *mapi.Text
	store *store
	done  bool
}

func (r *whole) Read(b []byte) (int, error) {
	n, err := mapi.Within(r.text, &r.store.left).Read(b)
	if err != io.EOF {
		return n, err
	}
	why := r.text.Fault()
	if why == nil {
		return n, io.EOF
	}
	if !r.done {
		r.store.w.Lost(why)
		r.done = true
	}
	return n, io.ErrUnexpectedEOF
}

// broken is a message of which nothing could be read.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
