package object

import (
	"bytes"
	"slices"
	"strconv"
)

// Rebuild scans the file for objects and makes a table of what is there; of two
// with the same number the later counts. It does so once.
func (f *File) Rebuild() {
	if f.Rebuilt {
		return
	}
	f.Rebuilt = true
	f.forget()
	r := &rebuilder{f: f, found: map[int]entry{}}
	r.scan()
	f.entries = r.found
	r.unpack()
	r.chooseRoot()
}

// rebuilder collects what a scan meets.
type rebuilder struct {
	f        *File
	found    map[int]entry
	packs    []int // numbers of object streams
	catalogs []int
	trailers []Dict
	tried    int // trailers met
}

// scan looks for "N G obj" and trailers in windows that overlap.
func (r *rebuilder) scan() {
	const step, overlap = 1 << 20, 4096
	for off := int64(0); off < r.f.src.Size; off += step {
		before := min(off, 32) // for the numbers of an obj at the seam
		b := r.f.window(off-before, int(before)+step+overlap)
		if r.f.meter.Step(len(b)/4) != nil {
			return
		}
		limit := int(before) + step
		for i := int(before); i < limit; {
			j := bytes.Index(b[min(i, len(b)):], []byte("obj"))
			if j < 0 || i+j >= limit {
				break
			}
			if at, num, ok := headerBefore(b, i+j); ok {
				r.meet(b[i+j+3:], num, off-before+int64(at))
			}
			i += j + 3
		}
		r.findTrailers(b, int(before), limit)
	}
}

// headerBefore reads the two numbers before "obj" at i.
func headerBefore(b []byte, i int) (at, num int, ok bool) {
	end := i
	for range 2 {
		for end > 0 && class[b[end-1]] == space {
			end--
		}
		start := end
		for start > 0 && b[start-1] >= '0' && b[start-1] <= '9' && end-start < 10 {
			start--
		}
		if start == end {
			return 0, 0, false
		}
		num, _ = strconv.Atoi(string(b[start:end]))
		end = start
	}
	return end, num, true
}

// meet records an object and looks at the head of its body for what matters to
// the table itself.
func (r *rebuilder) meet(body []byte, num int, at int64) {
	if len(r.found) >= maxEntries {
		return
	}
	r.found[num] = entry{at: at}
	head := body[:min(len(body), 1024)]
	if i := bytes.Index(head, []byte("endobj")); i >= 0 {
		head = head[:i]
	}
	switch {
	case bytes.Contains(head, []byte("/ObjStm")):
		r.packs = append(r.packs, num)
	case bytes.Contains(head, []byte("/XRef")):
		r.trailer(body)
	case bytes.Contains(head, []byte("/Standard")) && bytes.Contains(head, []byte("/Filter")) && r.f.Trailer["Encrypt"] == nil:
		r.f.Trailer["Encrypt"] = Ref{Num: num}
	case bytes.Contains(head, []byte("/Catalog")):
		r.catalogs = append(r.catalogs, num)
	}
}

func (r *rebuilder) findTrailers(b []byte, from, limit int) {
	for i := from; i < limit; {
		j := bytes.Index(b[min(i, len(b)):], []byte("trailer"))
		if j < 0 || i+j >= limit {
			return
		}
		i += j + 7
		r.trailer(b[i:])
	}
}

// Bounds of what a scan takes for trailers: how many, and bytes of one.
const (
	maxTrailers = 10_000
	maxTrailer  = 16 << 10
)

// trailer keeps the dictionary that b begins with.
func (r *rebuilder) trailer(b []byte) {
	if r.tried++; r.tried > maxTrailers {
		return
	}
	if d, ok := NewParser(b[:min(len(b), maxTrailer)]).Object().(Dict); ok {
		r.trailers = append(r.trailers, d)
	}
}

// unpack adds the members of object streams that do not stand in the file by
// themselves. Encrypted ones are read once the file is unlocked: their keys are
// in the trailer.
func (r *rebuilder) unpack() {
	for i := len(r.trailers) - 1; i >= 0; i-- {
		r.f.adopt(r.trailers[i])
	}
	if r.f.Trailer["Encrypt"] != nil && r.f.lock == nil {
		r.f.unlock()
	}
	for i := len(r.packs) - 1; i >= 0; i-- {
		k := r.f.pack(r.packs[i])
		if k == nil {
			continue
		}
		for nth, num := range k.nums {
			if _, have := r.found[num]; !have && len(r.found) < maxEntries {
				r.found[num] = entry{pack: r.packs[i], nth: nth}
			}
		}
	}
}

// chooseRoot takes the last catalog where the trailers name none.
func (r *rebuilder) chooseRoot() {
	f := r.f
	if d := f.Dict(f.Trailer["Root"]); d["Pages"] != nil {
		return
	}
	for _, t := range slices.Backward(r.trailers) {
		if f.Dict(f.Dict(t["Root"])["Pages"]) != nil {
			f.Trailer["Root"] = t["Root"]
			return
		}
	}
	for _, num := range slices.Backward(r.catalogs) {
		if f.Dict(f.Dict(Ref{Num: num})["Pages"]) != nil {
			f.Trailer["Root"] = Ref{Num: num}
			return
		}
	}
	for _, num := range f.AllNumbers() {
		if f.Name(f.Dict(Ref{Num: num})["Type"]) == "Catalog" {
			f.Trailer["Root"] = Ref{Num: num}
		}
	}
}
