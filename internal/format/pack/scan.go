package pack

import (
	"errors"
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// Scan runs visit over an XML part and notes with the writer what kept it from
// being read in full.
func Scan(in io.Reader, out *part.Writer, visit func(*xmlscan.Scanner)) {
	s := xmlscan.New(in)
	visit(s)
	if err := s.Err(); err != nil && out.Err() == nil {
		out.Lost(scanFault(err))
	}
}

// scanFault says in the readers' words why a scan ended.
func scanFault(err error) error {
	switch {
	case errors.Is(err, xmlscan.ErrCutShort):
		return part.CutShort("a part ends before its own structure does")
	case errors.Is(err, xmlscan.ErrTooDeep):
		return part.Over(reeve.ReasonTooDeep, "a part is nested too deeply")
	case errors.Is(err, xmlscan.ErrTooLarge):
		return part.Over(reeve.ReasonTooLarge, "a part holds a tag that is too large")
	}
	return err
}
