package pst

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// node is where the bytes of a node are, and the tree of nodes within it.
type node struct {
	id   uint32
	data uint64
	sub  uint64
}

// Kinds of nodes: the low five bits of their numbers ([MS-PST] 2.2.2.1).
const (
	kindMask       = 0x1F
	kindFolder     = 2
	kindMessage    = 4
	kindAttachment = 5
	kindHidden     = 8 // messages that programs keep in folders: views, rules
)

// Nodes with a fixed number ([MS-PST] 2.4.1, 2.4.4).
const (
	nodeStore      = 0x21
	nodeNames      = 0x61
	nodeRoot       = 0x122
	nodeRecipients = 0x692
)

// node looks a node up.
func (f *file) node(id uint32) (node, bool) {
	e, err := f.find(f.nodes, uint64(id))
	f.blame(err)
	if e == nil {
		return node{}, false
	}
	n := f.layout.size()
	return node{id: id, data: f.layout.number(e[n:]), sub: f.layout.number(e[2*n:])}, true
}

// maxSubnodes bounds the nodes within a node.
const maxSubnodes = 200000

// subnodes reads the nodes within a node, in order ([MS-PST] 2.2.2.8.3.3).
func (f *file) subnodes(number uint64) ([]node, error) {
	left := maxSubnodes
	list, err := f.gatherNodes(nil, number, 1, &left)
	slices.SortStableFunc(list, func(a, b node) int { return cmp.Compare(a.id, b.id) })
	return list, err
}

func (f *file) gatherNodes(list []node, number uint64, level int, left *int) ([]node, error) {
	if number == 0 {
		return list, nil
	}
	b, err := f.block(number)
	if err != nil {
		return list, err
	}
	l := f.layout
	head, n := l.size(), l.size() // the head is filled up to a number in the wide layouts
	if len(b) < head || b[0] != 2 || int(b[1]) > level {
		return list, part.Broken("a list of subnodes contradicts itself")
	}
	leaf := b[1] == 0
	step := 2 * n
	if leaf {
		step = 3 * n
	}
	count := int(binary.LittleEndian.Uint16(b[2:]))
	for rest := b[head:]; count > 0 && len(rest) >= step; rest, count = rest[step:], count-1 {
		if *left--; *left < 0 {
			return list, part.Over(reeve.ReasonTooMany, "more subnodes than the limit")
		}
		if leaf {
			list = append(list, node{binary.LittleEndian.Uint32(rest), l.number(rest[n:]), l.number(rest[2*n:])})
		} else if list, err = f.gatherNodes(list, l.number(rest[n:]), 0, left); err != nil {
			return list, err
		}
	}
	return list, nil
}

// within finds a node by its number.
func within(list []node, id uint32) (node, bool) {
	i, ok := slices.BinarySearchFunc(list, id, func(n node, id uint32) int { return cmp.Compare(n.id, id) })
	if !ok {
		return node{}, false
	}
	return list[i], true
}
