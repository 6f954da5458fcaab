package pack

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/zip"
)

// A part is a bomb when it is larger than bombSize and its packed bytes times
// bombRatio.
const (
	bombSize  = 100 << 20
	bombRatio = 1000
)

// Pack is an open package.
type Pack struct {
	dir    *zip.Directory
	parts  map[string]*zip.Entry
	names  []string
	opened map[string]bool
	out    *part.Writer
}

// Open reads the directory of a package; what is expanded is counted by out.
// It fails only where there is no package at all.
func Open(src part.Source, out *part.Writer) (*Pack, error) {
	dir, err := zip.Open(src.Reader, src.Size)
	if err != nil {
		return nil, part.Broken("it is not a package")
	}
	p := &Pack{dir: dir, parts: map[string]*zip.Entry{}, opened: map[string]bool{}, out: out}
	for _, e := range dir.Entries {
		key := Key(e.Name)
		if e.Dir || key == "" {
			continue
		}
		if _, twice := p.parts[key]; twice {
			continue // the first is what office programs show
		}
		p.parts[key] = e
		p.names = append(p.names, strings.TrimLeft(strings.ReplaceAll(e.Name, `\`, "/"), "/"))
	}
	return p, nil
}

// Key is the form in which part names are compared.
func Key(name string) string {
	return strings.ToLower(strings.TrimLeft(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// Names lists the parts in stored order.
func (p *Pack) Names() []string { return p.names }

// Has reports whether there is a part of that name.
func (p *Pack) Has(name string) bool { return p.parts[Key(name)] != nil }

// Opened reports whether the part has been opened.
func (p *Pack) Opened(name string) bool { return p.opened[Key(name)] }

// Complaint is what is wrong with the package as a whole, nil if nothing is.
func (p *Pack) Complaint() error {
	switch {
	case p.dir.Cut:
		return part.CutShort("the package ends before its own structure does")
	case p.dir.Salvaged:
		return part.Broken("the directory of the package is lost; its parts were found one by one")
	case p.dir.TooMany:
		return part.Over(reeve.ReasonTooMany, "the package has too many parts")
	}
	return nil
}

// Stream opens a part. The error, and every error of the reader but io.EOF,
// is a part.Fault.
func (p *Pack) Stream(name string) (io.ReadCloser, error) {
	e := p.parts[Key(name)]
	if e == nil {
		return nil, part.Broken("a part that it names is missing")
	}
	p.opened[Key(name)] = true
	r, err := e.Open()
	if err != nil {
		return nil, fault(err)
	}
	return &stream{in: r, out: p.out, packed: e.Packed}, nil
}

// stream counts what a part expands to.
type stream struct {
	in       io.ReadCloser
	out      *part.Writer
	packed   int64
	expanded int64
}

func (s *stream) Read(b []byte) (int, error) {
	n, err := s.in.Read(b)
	s.expanded += int64(n)
	if limit := s.out.Expand(int64(n)); limit != nil {
		return 0, limit
	}
	if s.expanded > bombSize && s.expanded/bombRatio > s.packed {
		return 0, part.Over(reeve.ReasonBomb, "a part expands beyond any sane ratio")
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = fault(err)
	}
	return n, err
}

func (s *stream) Close() error { return s.in.Close() }

// fault says in the readers' words why a part cannot be had.
func fault(err error) error {
	switch {
	case errors.Is(err, zip.ErrPassword), errors.Is(err, zip.ErrCipher):
		return part.Encrypted("a part is encrypted")
	case errors.Is(err, zip.ErrMethod):
		return part.Unsupported("a part is compressed by a method that is not supported")
	case errors.Is(err, zip.ErrCut):
		return part.CutShort("a part ends before it should")
	}
	return fmt.Errorf("open part: %w", part.Broken("a part is damaged"))
}
