package format

import (
	"strings"

	"github.com/reeve-council/reeve/internal/format/plain"
)

// isTable matches text whose lines hold the same number, one or more, of one of
// the separators outside quotes.
func isTable(separators ...byte) func(*Probe) bool {
	return func(p *Probe) bool {
		lines := p.shape().lines
		if len(lines) > 0 && strings.HasPrefix(lines[0], "sep=") && len(lines[0]) == 5 {
			return strings.IndexByte(string(separators), lines[0][4]) >= 0
		}
		sep, ok := plain.Separator(lines)
		return ok && strings.IndexByte(string(separators), sep) >= 0
	}
}
