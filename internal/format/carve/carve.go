package carve

import (
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Bounds of a run, in characters.
const (
	leastRun = 5
	mostRun  = 4096
)

// ReadBackup carves a backup of SQL Server, or another in Microsoft Tape
// Format. A compressed one holds no runs to speak of.
func ReadBackup(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	if string(src.Head(8)) == "MSSQLBAK" {
		return w.Finish("carve/1", part.Unsupported("a compressed SQL Server backup: needs restore to be read"))
	}
	return read(src, w, "a SQL Server backup: needs restore to be read")
}

// ReadDatabase carves a data file of SQL Server.
func ReadDatabase(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	return read(src, part.NewWriter(sink, opt.Limits), "a SQL Server data file: needs restore to be read")
}

func read(src part.Source, w *part.Writer, needs string) reeve.Outcome {
	w.Begin("text found", reeve.LayerDeleted)
	c := &carver{w: w}
	in, buf := src.Stream(), make([]byte, 256<<10)
	for w.Err() == nil {
		n, err := in.Read(buf)
		for _, b := range buf[:n] {
			if c.run != nil || printable(b) {
				c.next(b)
			}
		}
		if err != nil {
			break
		}
	}
	c.flush()
	if w.Letters() == 0 {
		return w.Finish("carve/1", part.Unsupported(needs))
	}
	return w.Finish("carve/1", &part.Fault{Status: reeve.StatusUnsupported, Reason: reeve.ReasonSalvaged, Detail: needs + "; stray text was taken out of it"})
}

// carver collects one run: characters of a byte each, or of two with a zero for
// the second, as UTF-16 has them in Latin script.
type carver struct {
	w    *part.Writer
	run  []byte // Windows-1252; nil for none
	keep []byte // the memory of run
	line []byte
	wide bool
	half bool // of a wide character, the first byte has come
}

// next takes a byte.
func (c *carver) next(b byte) {
	switch {
	case c.wide && c.half && b == 0:
		c.half = false
	case c.wide && c.half: // the last was no wide character
		last := c.run[len(c.run)-1]
		c.flush()
		c.run = append(c.keep, last)
		c.next(b)
	case !c.wide && b == 0 && len(c.run) == 1:
		c.wide = true
	case printable(b):
		if len(c.run) >= mostRun {
			wide := c.wide
			c.flush()
			c.wide = wide
		}
		if c.run == nil {
			c.run = c.keep
		}
		c.run, c.half = append(c.run, b), c.wide
	case c.run != nil:
		c.flush()
	}
}

// printable takes ASCII, and the letters of Western Europe.
func printable(b byte) bool { return b >= ' ' && b < 0x7F || b == '\t' || b >= 0xC0 }

// flush pushes the run if it is likely to be text.
func (c *carver) flush() {
	if c.half {
		c.run = c.run[:len(c.run)-1]
	}
	if len(c.run) >= leastRun && likely(c.run) {
		c.line = c.line[:0]
		for _, b := range c.run {
			c.line = utf8.AppendRune(c.line, rune(b)) // from 0xC0 on, Windows-1252 is Latin-1
		}
		c.w.Line(strings.TrimSpace(string(c.line)))
	}
	c.w.Step(1)
	c.keep = c.run[:0]
	c.run, c.wide, c.half = nil, false, false
}

// likely reports whether four in five characters are letters, digits or spaces,
// and most of these are ASCII, which bytes at random are not.
func likely(run []byte) bool {
	good, foreign := 0, 0
	for _, b := range run {
		switch {
		case b >= 0xC0:
			foreign++
			good++
		case b == ' ' || b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z':
			good++
		}
	}
	return good*5 >= len(run)*4 && foreign*4 <= len(run)
}
