package linkage

import (
	"cmp"
	"slices"
)

// edge is a scored pair of nodes, a < b, with its weight in hundredths of a bit
// over the threshold (negative: evidence against).
type edge struct {
	a, b   uint32
	weight int32
}

// unscoredCost is what a pair that was never compared counts against joining
// two clusters: half a bit, in hundredths.
const unscoredCost = 50

// never is the weight of a pair that must not be joined.
const never = -1 << 40

// vetoWeight is the weight of an edge between nodes that a hard veto parts.
const vetoWeight int32 = -1 << 30

// guard joins nodes best pair first, and joins two clusters only while the sum
// over all their cross pairs stays at or above zero. Plain connected components
// would join everything that a chain of single links reaches.
type guard struct {
	edges    []edge
	must     [][2]uint32              // joined first, whatever the weights
	cannot   [][2]uint32              // never joined
	conflict func(a, b uint32) bool   // a hard veto between nodes that were never compared
	links    []map[uint32]crossWeight // of each cluster, by its root, to other roots
	parent   []uint32
	size     []int32
	low      [][]uint32 // the smallest members of each cluster of several, ascending
}

// crossWeight is the sum over the scored cross pairs of two clusters.
type crossWeight struct {
	sum    int64
	scored int32
}

// cluster gives for each of n nodes the smallest node of its cluster.
func (g *guard) cluster(n int) []uint32 {
	g.parent, g.size = make([]uint32, n), make([]int32, n)
	g.low, g.links = make([][]uint32, n), make([]map[uint32]crossWeight, n)
	for i := range n {
		g.parent[i], g.size[i] = uint32(i), 1
	}
	g.sortEdges()
	g.link()
	for _, m := range g.must {
		if a, b := g.root(m[0]), g.root(m[1]); a != b {
			g.join(a, b)
		}
	}
	for range 4 {
		if !g.sweep() {
			break
		}
	}
	return g.smallest(n)
}

func (g *guard) sortEdges() {
	slices.SortFunc(g.edges, func(x, y edge) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
}

func (g *guard) link() {
	for _, e := range g.edges {
		g.addLink(e.a, e.b, crossWeight{int64(e.weight), 1})
	}
	for _, c := range g.cannot {
		g.addLink(c[0], c[1], crossWeight{never, 1})
	}
}

func (g *guard) addLink(a, b uint32, w crossWeight) {
	for _, p := range [2][2]uint32{{a, b}, {b, a}} {
		if g.links[p[0]] == nil {
			g.links[p[0]] = make(map[uint32]crossWeight, 2)
		}
		old := g.links[p[0]][p[1]]
		g.links[p[0]][p[1]] = crossWeight{old.sum + w.sum, old.scored + w.scored}
	}
}

// sweep tries every pair once, best first, and reports whether any joined.
func (g *guard) sweep() bool {
	joined := false
	for _, e := range g.edges {
		if e.weight < 0 {
			break
		}
		a, b := g.root(e.a), g.root(e.b)
		if a != b && g.fits(a, b) {
			g.join(a, b)
			joined = true
		}
	}
	return joined
}

// fits reports whether two clusters may be joined.
func (g *guard) fits(a, b uint32) bool {
	cross := g.links[a][b]
	unscored := int64(g.size[a])*int64(g.size[b]) - int64(cross.scored)
	if cross.sum-unscored*unscoredCost < 0 {
		return false
	}
	return unscored <= 0 || !g.clash(a, b)
}

// mostChecked bounds the members of a side that are looked at for vetoes.
const mostChecked = 48

func (g *guard) clash(a, b uint32) bool {
	if g.conflict == nil {
		return false
	}
	for _, x := range g.list(a) {
		for _, y := range g.list(b) {
			if g.conflict(x, y) {
				return true
			}
		}
	}
	return false
}

// list gives the smallest members of a cluster: which they are does not depend
// on the order in which it grew.
func (g *guard) list(root uint32) []uint32 {
	if m := g.low[root]; m != nil {
		return m
	}
	return []uint32{root}
}

// join makes one cluster of two; the one with more neighbours keeps its root.
func (g *guard) join(a, b uint32) {
	if len(g.links[a]) < len(g.links[b]) || len(g.links[a]) == len(g.links[b]) && b < a {
		a, b = b, a
	}
	low := slices.Concat(g.list(a), g.list(b))
	slices.Sort(low)
	g.low[a], g.size[a] = low[:min(len(low), mostChecked)], g.size[a]+g.size[b]
	g.parent[b] = a
	for other, w := range g.links[b] { // sums commute: the order of the map does not matter
		delete(g.links[other], b)
		if other != a {
			g.addLink(a, other, w)
		}
	}
	g.links[b], g.low[b] = nil, nil
}

func (g *guard) root(x uint32) uint32 {
	for g.parent[x] != x {
		g.parent[x] = g.parent[g.parent[x]]
		x = g.parent[x]
	}
	return x
}

func (g *guard) smallest(n int) []uint32 {
	low := make([]uint32, n)
	for i := n - 1; i >= 0; i-- {
		low[g.root(uint32(i))] = uint32(i)
	}
	out := make([]uint32, n)
	for i := range n {
		out[i] = low[g.root(uint32(i))]
	}
	return out
}
