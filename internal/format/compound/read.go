package compound

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// Read reads a compound file that is no document itself: an object that a mail
// program kept as it was. What it holds is passed on as an item.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	const reader = "ole/1"
	f, err := Open(src)
	if err != nil {
		return part.Fail(reader, err)
	}
	c := &counting{Sink: sink, root: f.Root.Name}
	w := part.NewWriter(c, opt.Limits)
	Embed(w, f.Root)
	if why := Complaint(f); why != nil {
		w.Lost(why)
	} else if c.items == 0 && w.Err() == nil {
		w.Lost(part.Unsupported("a compound file of no known kind"))
	}
	return w.Finish(reader, nil)
}

// counting is a sink that counts the items. What is named after the root has
// no name of its own.
type counting struct {
	part.Sink
	root  string
	items int
}

func (c *counting) Embed(e part.Embedded) error {
	c.items++
	if e.Name == c.root {
		e.Name = ""
	}
	return c.Sink.Embed(e)
}
