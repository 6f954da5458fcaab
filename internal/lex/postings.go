package lex

// postings maps 64-bit keys to ids from 1 in the order of first appearance,
// and each id to the records added under it, in order and once each. Keys that
// are hashes are not verified: with a few million of 64 bits the chance of one
// false pair is below one in a million.
type postings struct {
	slots  []uint32 // id, 0 for empty
	keys   []uint64 // by id-1
	start  []uint32 // by id-1, and the end
	recs   []uint32
	filter bitFilter
	adds   []posting // until finish
}

type posting struct{ id, rec uint32 }

func newPostings(expect int) *postings {
	size := 1024
	for size < 2*expect {
		size *= 2
	}
	return &postings{slots: make([]uint32, size)}
}

// id finds or makes the id of a key.
func (p *postings) id(key uint64) uint32 {
	mask := uint64(len(p.slots) - 1)
	for at := key * mix1 >> 20 & mask; ; at = (at + 1) & mask {
		switch id := p.slots[at]; {
		case id == 0:
			p.keys = append(p.keys, key)
			p.slots[at] = uint32(len(p.keys))
			if 2*len(p.keys) > len(p.slots) {
				p.grow()
			}
			return uint32(len(p.keys))
		case p.keys[id-1] == key:
			return id
		}
	}
}

func (p *postings) grow() {
	p.slots = make([]uint32, 2*len(p.slots))
	mask := uint64(len(p.slots) - 1)
	for i, key := range p.keys {
		at := key * mix1 >> 20 & mask
		for p.slots[at] != 0 {
			at = (at + 1) & mask
		}
		p.slots[at] = uint32(i + 1)
	}
}

func (p *postings) add(key uint64, rec uint32) uint32 {
	id := p.id(key)
	p.adds = append(p.adds, posting{id, rec})
	return id
}

// finish lays the records out by id; nothing can be added afterwards. A record
// added twice in a row under one id is kept once.
func (p *postings) finish(leastFilter int) {
	p.start = make([]uint32, len(p.keys)+1)
	last := make([]uint32, len(p.keys)) // last record + 1
	for i, a := range p.adds {
		if last[a.id-1] == a.rec+1 {
			p.adds[i].id = 0
			continue
		}
		last[a.id-1] = a.rec + 1
		p.start[a.id]++
	}
	for i := 1; i < len(p.start); i++ {
		p.start[i] += p.start[i-1]
	}
	p.recs = make([]uint32, p.start[len(p.keys)])
	copy(last, p.start)
	for _, a := range p.adds {
		if a.id != 0 {
			p.recs[last[a.id-1]] = a.rec
			last[a.id-1]++
		}
	}
	p.adds = nil
	p.filter = newBitFilter(len(p.keys), leastFilter)
	for _, key := range p.keys {
		p.filter.add(key)
	}
}

// find gives the id of a key, 0 for none.
func (p *postings) find(key uint64) uint32 {
	if !p.filter.has(key) {
		return 0
	}
	return p.look(key)
}

func (p *postings) look(key uint64) uint32 {
	mask := uint64(len(p.slots) - 1)
	for at := key * mix1 >> 20 & mask; ; at = (at + 1) & mask {
		id := p.slots[at]
		if id == 0 || p.keys[id-1] == key {
			return id
		}
	}
}

// records gives the records of an id; nil for one that is not there.
func (p *postings) records(id uint32) []uint32 {
	if id == 0 || int(id) >= len(p.start) {
		return nil
	}
	return p.recs[p.start[id-1]:p.start[id]]
}

func (p *postings) count(id uint32) int { return len(p.records(id)) }
