package evidence

import (
	"fmt"
	"io"
	"time"

	"github.com/reeve-council/reeve"
)

// Source is the bytes of a container.
type Source struct {
	Reader io.ReaderAt
	Size   int64
}

// UnpackOptions are what a container cannot say itself.
type UnpackOptions struct {
	Name      string   // base name of the container as in its item path: x.csv.gz holds x.csv
	Passwords []string // tried in order
	Limits    Limits
}

// Member is one thing in a container. Open may be called once, and its reader
// used, only until visit returns; it ends with io.EOF, or with an error that
// ReadFault explains: a missing password too shows there and not in Open.
type Member struct {
	Name     string // encoded, unique within the container
	Size     int64  // as declared; -1 when not known
	Modified int64  // UTC seconds, 0 when not known
	Open     func() (io.Reader, error)
	Outcome  *reeve.Outcome // set when there is nothing to open, with the reason
}

// unpackers are the containers this package knows, by the format's name.
var unpackers = []struct {
	name   string
	unpack func(*unpacker) *reeve.Outcome
}{
	{"zip", (*unpacker).zip},
	{"7z", (*unpacker).sevenZip},
	{"rar", (*unpacker).rar},
	{"tar", (*unpacker).plainTar},
	{"gz", (*unpacker).gz},
	{"bz2", (*unpacker).bz2},
	{"xz", (*unpacker).xz},
	{"zst", (*unpacker).zst},
	{"compress", (*unpacker).compress},
	{"ar", (*unpacker).ar},
	{"cpio", (*unpacker).cpio},
}

// Containers are the types that Unpack takes.
func Containers() []string {
	names := make([]string, len(unpackers))
	for i, u := range unpackers {
		names[i] = u.name
	}
	return names
}

// Unpack shows the members of a container in stored order; folders are not
// members. The outcome is the container's own: read when its directory was
// read, whatever became of members. The error is visit's, or of kind
// reeve.Invalid for a type that is no container; the content never makes one.
func Unpack(typ string, src Source, opt UnpackOptions, visit func(Member) error) (reeve.Outcome, error) {
	for _, p := range unpackers {
		if p.name != typ {
			continue
		}
		u := &unpacker{src: src, opt: opt, visit: visit}
		o := u.run(p.unpack)
		o.Type, o.Reader, o.Container = typ, typ+"/1", true
		return o, u.stopped
	}
	return reeve.Outcome{}, fmt.Errorf("unpack %s: %w", typ, reeve.Invalid)
}

// unpacker is the state of one container.
type unpacker struct {
	src      Source
	opt      UnpackOptions
	visit    func(Member) error
	names    Namer
	entries  int
	expanded int64
	over     *reeve.Outcome // a limit of the whole container was reached
	failed   error          // the last error of a member's bytes
	stopped  error          // of visit
}

func (u *unpacker) run(unpack func(*unpacker) *reeve.Outcome) reeve.Outcome {
	var o *reeve.Outcome
	if err := guard(func() error { o = unpack(u); return nil }); err != nil {
		o = explain(err)
		if u.entries > 0 {
			o.Status = reeve.StatusPartlyRead
		}
	}
	if u.over != nil {
		limit := *u.over
		return limit
	}
	return *o
}

// read is the outcome of a container whose directory was read.
func read() *reeve.Outcome { return &reeve.Outcome{Status: reeve.StatusRead} }

// ended is the outcome of a container whose walk ended with an error.
func (u *unpacker) ended(err error) *reeve.Outcome {
	o := explain(err)
	switch {
	case o.Reason == reeve.ReasonCutShort:
		o.Detail = "the container ends before its own structure does"
	case o.Reason == reeve.ReasonBroken:
		o.Detail = "the container contradicts itself"
	}
	if o.Status == reeve.StatusDamaged && u.entries > 0 {
		o.Status = reeve.StatusPartlyRead
	}
	return o
}

// member is what an unpacker knows of one.
type member struct {
	name     string // as stored
	size     int64
	modified int64
	open     func() (io.ReadCloser, error)
	outcome  *reeve.Outcome
}

// offer shows one member to the visitor, under its contract name, and reports
// whether to go on.
func (u *unpacker) offer(m member) bool { return u.offerNamed(EncodeName(m.name, ArchiveName), m) }

func (u *unpacker) offerNamed(name string, m member) bool {
	if u.stopped != nil || u.over != nil && u.over.Reason == reeve.ReasonTooMany {
		return false
	}
	if u.entries >= u.opt.Limits.Entries {
		u.over = outcome(reeve.StatusPartlyRead, reeve.ReasonTooMany, "holds more members than a file on disk may")
		return false
	}
	u.entries++
	if m.outcome == nil && u.over != nil {
		m.outcome = u.over
	}
	shown := Member{Name: u.names.Unique(name), Size: m.size, Modified: m.modified, Outcome: m.outcome}
	var opened io.Closer
	if m.outcome == nil {
		shown.Open = func() (io.Reader, error) {
			var r io.ReadCloser
			if err := guard(func() (err error) { r, err = m.open(); return err }); err != nil {
				return failing{err}, nil
			}
			opened = r
			return &meter{u: u, r: r}, nil
		}
	}
	u.stopped = u.visit(shown)
	if opened != nil {
		// What the decoder says on being closed adds nothing to what it read.
		_ = guard(opened.Close)
	}
	return u.stopped == nil
}

// failing is the reader of a member that could not be opened.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// unix is UTC seconds, 0 for no time.
func unix(t time.Time) int64 {
	if t.IsZero() || t.Year() < 1970 || t.Year() > 9999 {
		return 0
	}
	return t.Unix()
}

// section is the container from a place on.
func (u *unpacker) section(from int64) *io.SectionReader {
	return io.NewSectionReader(u.src.Reader, from, u.src.Size-from)
}
