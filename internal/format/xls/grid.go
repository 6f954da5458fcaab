package xls

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// grid gives out the rows of one sheet under their own numbers.
type grid struct {
	out     *part.Writer
	layer   reeve.Layer
	begun   bool
	next    int // number of the row after the last one given out
	shades  int
	pending int
}

// put gives out row number n (from 1), in a layer.
func (g *grid) put(n int, layer reeve.Layer, row []string) {
	switch gap := n - g.next; {
	case !g.begun:
		g.out.BeginTableAt(nil, n)
		g.begun = true
	case gap > 0 && gap <= smallGap:
		for range gap {
			g.out.Row(nil)
		}
	case gap != 0:
		g.out.SkipTo(n)
	}
	if g.shades < maxShades && g.out.Layer() != layer {
		g.shades++
		g.out.Shade(layer)
	}
	g.out.Row(row)
	g.next = n + 1
	if g.pending += len(row); g.pending > maxPending {
		g.pending = 0
		g.out.Flush()
	}
}
