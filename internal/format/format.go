package format

import (
	"path"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// The vocabulary that readers share, under the names that callers use.
type (
	Source   = part.Source
	Sink     = part.Sink
	Embedded = part.Embedded
	Options  = part.Options
	Limits   = part.Limits
)

// Type is what an item was recognised as. Name is the contract's short format
// name. A Container is unpacked by internal/evidence instead of read.
type Type struct {
	Name      string
	Container bool
}

// Unknown is the type of what no format matched.
const Unknown = "unknown"

// Format is one line of the list.
type Format struct {
	Name       string
	Extensions []string // lower case, without the dot; the usual one first
	Container  bool
	Match      func(*Probe) bool
	Read       func(Source, Options, Sink) reeve.Outcome // nil: recognised, no reader
}

// All lists the formats in the order in which they are tried.
func All() []Format { return slices.Clone(formats) }

// Identify recognises an item by its content. An empty item is "empty"; what
// nothing matches is "unknown".
func Identify(src Source) Type {
	if src.Size <= 0 {
		return Type{Name: "empty"}
	}
	p := newProbe(src)
	for i := range formats {
		if f := &formats[i]; f.Match != nil && f.Match(p) {
			return Type{Name: f.Name, Container: f.Container}
		}
	}
	return Type{Name: Unknown}
}

// Read runs the reader of a type over an item. It never panics; every failure
// is an outcome. A container is reported unsupported: evidence unpacks it.
func Read(typ Type, src Source, opt Options, sink Sink) (out reeve.Outcome) {
	defer func() {
		if recover() != nil {
			out = reeve.Outcome{Reader: typ.Name, Status: reeve.StatusDamaged, Reason: reeve.ReasonCrash,
				Detail: "its reader stopped on damaged structure"}
		}
		out.Type, out.Container = typ.Name, typ.Container
	}()
	switch f := find(typ.Name); {
	case typ.Name == "empty":
		return reeve.Outcome{Status: reeve.StatusRead, Reason: reeve.ReasonEmpty}
	case f == nil:
		return reeve.Outcome{Status: reeve.StatusUnsupported, Reason: reeve.ReasonUnknownType, Detail: "no format recognised"}
	case f.Read == nil:
		return reeve.Outcome{Status: reeve.StatusUnsupported, Reason: reeve.ReasonNoReader, Detail: "no reader for this format"}
	default:
		return f.Read(src, opt, sink)
	}
}

func find(name string) *Format {
	for i := range formats {
		if formats[i].Name == name {
			return &formats[i]
		}
	}
	return nil
}

// MatchesExtension reports whether a file name's extension is one that files of
// a type go by. A name without extension, or with one that is no format's, says
// nothing and matches; so does every text under an extension of another text.
func MatchesExtension(typ, filename string) bool {
	ext := strings.TrimPrefix(strings.ToLower(path.Ext(filename)), ".")
	if ext == "" || typ == "empty" {
		return true
	}
	claimed, plain := false, false
	for i := range formats {
		f := &formats[i]
		if !slices.Contains(f.Extensions, ext) {
			continue
		}
		if f.Name == typ {
			return true
		}
		claimed = true
		plain = plain || slices.ContainsFunc(textFormats, func(t Format) bool { return t.Name == f.Name })
	}
	return !claimed || typ == "text" && plain && ext != "rtf"
}
