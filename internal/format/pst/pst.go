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
	out.PagesUnread = min(out.PagesUnread, out.Pages) // losses of the store itself are none of a message
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
	s.file.blame(s.describe(all.hidden))
	return all.each(s)
}

// describe writes what the store says of itself, and what is left out of it.
func (s *store) describe(hidden int) error {
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
	if hidden > 0 {
		s.w.Pair("Hidden items left out", strconv.Itoa(hidden))
	}
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
	return s.w.EmbedIn(path, strconv.Itoa(place), &item{store: s, id: id})
}

// item is the text of one message. The message is looked up when the first
// byte is asked for; where not all of it could be read, the text ends with an
// error.
type item struct {
	store *store
	id    uint32
	text  *mapi.Text
	err   error // comes at the end
}

// Read gives the next bytes of the text.
func (i *item) Read(b []byte) (int, error) {
	if i.err == nil && i.text == nil {
		i.open()
	}
	if i.err != nil {
		return 0, i.err
	}
	n, err := mapi.Within(i.text, &i.store.left).Read(b)
	if err != nil {
		i.end(i.text.Fault())
	}
	return n, i.err
}

func (i *item) open() {
	n, ok := i.store.file.node(i.id)
	if !ok {
		i.end(part.Broken("a message is missing"))
		return
	}
	m, err := i.store.message(n)
	if err != nil {
		i.end(err)
		return
	}
	i.text = mapi.Canonical(m)
}

// end says how the text ends, and tells the store what was lost.
func (i *item) end(why error) {
	i.err = io.EOF
	if why != nil {
		i.store.w.Lost(why)
		i.err = io.ErrUnexpectedEOF
	}
}
