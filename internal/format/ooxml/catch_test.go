package ooxml

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

type readFunc = func(part.Source, part.Options, part.Sink) reeve.Outcome

// rels is a relationships part: kind, target, kind, target; ids are r1, r2 …
// and a kind that begins with "!" is external.
func rels(pairs ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i < len(pairs); i += 2 {
		kind, mode := pairs[i], ""
		if strings.HasPrefix(kind, "!") {
			kind, mode = kind[1:], ` TargetMode="External"`
		}
		b.WriteString(`<Relationship Id="r` + string(rune('1'+i/2)) + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + pairs[i+1] + `"` + mode + `/>`)
	}
	return b.String() + `</Relationships>`
}
