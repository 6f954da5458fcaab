package xls

import (
	"errors"
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

const reader = "xls/1"

// Read reads a workbook in a compound file, or one of bare records.
func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	out := part.NewWriter(sink, opt.Limits)
	if string(src.Head(len(ole.Magic))) != ole.Magic {
		b := newBook(src.Stream(), opt, out)
		return out.Finish(reader, b.read())
	}
	f, err := compound.Open(src)
	if err != nil {
		return part.Fail(reader, err)
	}
	err = readFile(f, opt, out)
	if fault := compound.Complaint(f); fault != nil {
		out.Lost(fault)
	}
	return out.Finish(reader, err)
}

// readFile reads the workbook of a compound file and what stands beside it. A
// file for both generations of programs holds it twice; the newer one counts.
func readFile(f *ole.File, opt part.Options, out *part.Writer) error {
	err := part.Broken("there is no workbook in it")
	for _, name := range []string{"Workbook", "Book"} {
		e := f.Find(name)
		if e == nil || e.Kind != ole.Stream || e.Size == 0 {
			continue
		}
		b := newBook(e.Open(), opt, out)
		err = b.read()
		if errors.Is(err, errNotBook) {
			compound.Salvage(e.Open(), e.Size, out)
			continue
		}
		if err == nil && b.rec.lock == nil {
			b.pivotCaches(f)
		}
		break
	}
	if errors.Is(err, errNotBook) && out.Letters() > 0 {
		err = compound.Salvaged
	}
	compound.EmbedAll(out, f.Root, "MBD", "LNK")
	compound.Properties(f, out)
	return err
}

// newBook makes the reader of one workbook stream.
func newBook(src io.ReadSeeker, opt part.Options, out *part.Writer) *book {
	return &book{out: out, passwords: opt.Passwords, rec: newRecords(src, out), byPlace: map[int64]int{}}
}
