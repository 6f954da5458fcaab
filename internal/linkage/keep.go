package linkage

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
)

// Keeper takes pages of bytes, each by its shelf and its number there, from 0
// without gaps. A shelf that was kept before is replaced by the caller.
type Keeper interface {
	Keep(shelf string, page int, data []byte) error
}

// The shelves on which a resolve keeps what the machine made up its mind to,
// before decisions. All numbers in them are the resolver's own.
const (
	shelfAbout   = "about"
	shelfUnit    = "unit"    // by key
	shelfPerson  = "person"  // the machine's register persons
	shelfMention = "mention" // by mark
	shelfDoor    = "door"
	shelfWord    = "word" // how rare names are, by hash
)

// perPage is how many entries share a page; a look-up reads one.
const perPage = 128

// wordPages is the number of pages over which words are spread.
const wordPages = 1024

// pager gathers entries into pages.
type pager struct {
	to    Keeper
	shelf string
	page  int
	held  int
	buf   []byte
}

func (p *pager) add(entry []byte) error {
	p.buf = append(binary.AppendUvarint(p.buf, uint64(len(entry))), entry...)
	p.held++
	if p.held < perPage {
		return nil
	}
	return p.send()
}

// send gives away the page begun.
func (p *pager) send() error {
	if p.held == 0 {
		return nil
	}
	err := p.to.Keep(p.shelf, p.page, p.buf)
	p.page, p.held, p.buf = p.page+1, 0, make([]byte, 0, len(p.buf))
	return err
}

// keep hands what Reopen needs to the task's keeper.
func (r *resolver) keep(context.Context) error {
	to := r.task.Keep
	if to == nil {
		return nil
	}
	for _, shelf := range []func(Keeper) error{r.keepAbout, r.keepUnits, r.keepPersons, r.keepMentions, r.keepDoors, r.keepWords} {
		if err := shelf(to); err != nil {
			return err
		}
	}
	return nil
}

func (r *resolver) keepAbout(to Keeper) error {
	b := binary.AppendUvarint(nil, uint64(len(r.menMeta)))
	b = binary.AppendUvarint(b, uint64(r.units.profiles.len()))
	b = binary.AppendVarint(b, int64(r.units.asOf))
	given, surname := r.rarity.unseen()
	b = binary.AppendVarint(b, int64(given))
	b = binary.AppendVarint(b, int64(surname))
	p := pager{to: to, shelf: shelfAbout}
	if err := p.add(b); err != nil {
		return err
	}
	return p.send()
}

func (r *resolver) keepUnits(to Keeper) error {
	p := pager{to: to, shelf: shelfUnit}
	rows := make([][]uint32, r.units.profiles.len())
	for row, u := range r.unitOf {
		if u != noUnit {
			rows[u] = append(rows[u], uint32(row))
		}
	}
	var b []byte
	for u := range rows {
		b = appendText(b[:0], r.recMeta[r.units.first[u]].key)
		b = binary.AppendUvarint(b, uint64(r.personOf[u]))
		b = binary.AppendUvarint(b, uint64(len(r.units.editions[u])))
		for _, e := range r.units.editions[u] {
			b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(e.system)), uint64(e.file))
		}
		b = binary.AppendUvarint(b, uint64(len(rows[u])))
		for _, row := range rows[u] {
			b = binary.AppendUvarint(b, uint64(r.recMeta[row].id))
			b = binary.AppendVarint(b, int64(r.rowDoor[row]))
		}
		if err := p.add(b); err != nil {
			return err
		}
	}
	return p.send()
}

// keepPersons keeps the units of each person and the mentions that it competes
// for.
func (r *resolver) keepPersons(to Keeper) error {
	rivals := r.competed()
	p := pager{to: to, shelf: shelfPerson}
	var b []byte
	for n, units := range r.members {
		b = appendRising(b[:0], units)
		b = appendRising(b, rivals.of(n))
		if err := p.add(b); err != nil {
			return err
		}
	}
	return p.send()
}

// grouped is a list of lists in two columns.
type grouped struct{ at, list []uint32 }

func (g *grouped) of(n int) []uint32 { return g.list[g.at[n]:g.at[n+1]] }

// competed lists for each person the mentions that kept it as a candidate.
func (r *resolver) competed() grouped {
	g := grouped{at: make([]uint32, len(r.members)+1)}
	for i := range r.linked {
		for _, c := range r.linked[i].contest.best[:r.linked[i].contest.n] {
			g.at[c.person+1]++
		}
	}
	for n := 1; n < len(g.at); n++ {
		g.at[n] += g.at[n-1]
	}
	g.list = make([]uint32, g.at[len(r.members)])
	next := append([]uint32(nil), g.at...)
	for i := range r.linked {
		for _, c := range r.linked[i].contest.best[:r.linked[i].contest.n] {
			g.list[next[c.person]] = uint32(i)
			next[c.person]++
		}
	}
	return g
}

func (r *resolver) keepMentions(to Keeper) error {
	cluster := r.freeBefore()
	p := pager{to: to, shelf: shelfMention}
	var b []byte
	for i := range r.menMeta {
		b = appendText(b[:0], r.menMeta[i].id)
		b = binary.AppendUvarint(b, uint64(r.menMeta[i].said))
		b = appendVerdict(b, &r.linked[i])
		doors := r.saidDoor[r.mentions.homeAt[i]:r.mentions.homeAt[i+1]]
		b = binary.AppendUvarint(b, uint64(len(doors)))
		for _, at := range doors {
			b = binary.AppendVarint(b, int64(at))
		}
		b = r.appendFellows(b, uint32(i), cluster[i])
		if err := p.add(b); err != nil {
			return err
		}
	}
	return p.send()
}

// appendFellows writes the first of a mention's group among the strangers,
// counted from 1, and for the first itself the whole group.
func (r *resolver) appendFellows(b []byte, m, group uint32) []byte {
	if group == 0 {
		return append(b, 0)
	}
	list := r.strange[group-1]
	b = binary.AppendUvarint(b, uint64(list[0])+1)
	if list[0] == m {
		b = appendRising(b, list)
	}
	return b
}

func appendVerdict(b []byte, v *verdict) []byte {
	b = append(b, byte(v.state), v.contest.n)
	b = binary.AppendVarint(b, int64(v.prior.each))
	if v.state == stateLinked || v.state == statePlaced {
		b = binary.AppendUvarint(b, uint64(v.at))
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v.p))
	}
	for _, c := range v.contest.best[:v.contest.n] {
		b = binary.AppendVarint(binary.AppendUvarint(b, uint64(c.person)), int64(c.weight))
	}
	if v.contest.n > 0 {
		named := byte(0)
		if v.contest.named {
			named = 1
		}
		b = append(b, named)
	}
	return binary.AppendVarint(b, int64(v.contest.rest)-noWeight)
}

func (r *resolver) keepDoors(to Keeper) error {
	p := pager{to: to, shelf: shelfDoor}
	var b []byte
	for i := range r.estate.doors {
		d := &r.estate.doors[i]
		b = b[:0]
		for _, w := range []uint32{d.home.uprn, d.home.unit, d.home.number, d.home.street, d.home.postcode, d.lines, d.source} {
			b = appendText(b, r.words.text[w])
		}
		if err := p.add(b); err != nil {
			return err
		}
	}
	return p.send()
}

// keepWords keeps the words of names that are not as rare as one never seen.
func (r *resolver) keepWords(to Keeper) error {
	pages := make([][]byte, wordPages)
	given, surname := r.rarity.unseen()
	for w, text := range r.words.text {
		g, s := bitAt(r.rarity.givenBits, uint32(w)), bitAt(r.rarity.surnameBits, uint32(w))
		if w > 0 && (g != given || s != surname) {
			at := wordPage(text)
			pages[at] = append(appendText(pages[at], text), byte(g), byte(s))
		}
	}
	for n, page := range pages {
		if err := to.Keep(shelfWord, n, append([]byte{}, page...)); err != nil {
			return err
		}
	}
	return nil
}

func wordPage(text string) int {
	h := uint32(2166136261)
	for i := range len(text) {
		h = (h ^ uint32(text[i])) * 16777619
	}
	return int(h % wordPages)
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// appendRising writes ascending numbers as their steps.
func appendRising(b []byte, list []uint32) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	last := uint32(0)
	for _, n := range list {
		b = binary.AppendUvarint(b, uint64(n-last))
		last = n
	}
	return b
}

// errKept is the answer to pages that were not written by this program.
var errKept = errors.New("what was kept of the last resolve cannot be read")

// entry reads what was kept of one thing. After an error everything is zero.
type entry struct {
	b   []byte
	bad bool
}

func (e *entry) number() uint64 {
	n, size := binary.Uvarint(e.b)
	return n * e.step(size)
}

func (e *entry) signed() int64 {
	n, size := binary.Varint(e.b)
	return n * int64(e.step(size))
}

// step goes on by some bytes; it is 0 and the entry bad where they are not there.
func (e *entry) step(size int) uint64 {
	if size <= 0 || size > len(e.b) {
		e.bad, e.b = true, nil
		return 0
	}
	e.b = e.b[size:]
	return 1
}

func (e *entry) bytes(n uint64) []byte {
	if n > uint64(len(e.b)) {
		e.bad, e.b = true, nil
		return nil
	}
	out := e.b[:n]
	e.b = e.b[n:]
	return out
}

func (e *entry) text() string { return string(e.bytes(e.number())) }

func (e *entry) byte() byte {
	if b := e.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

// count is a number of things of at least one byte each.
func (e *entry) count() int {
	n := e.number()
	if n > uint64(len(e.b)) {
		e.bad, e.b = true, nil
		return 0
	}
	return int(n)
}

func (e *entry) rising() []uint32 {
	out := make([]uint32, e.count())
	last := uint32(0)
	for i := range out {
		last += uint32(e.number())
		out[i] = last
	}
	return out
}

func (e *entry) err() error {
	if e.bad {
		return errKept
	}
	return nil
}
