package object

import (
	"bytes"
	"slices"
)

// maxSections bounds the chain of cross-reference sections.
const maxSections = 4096

// readTable follows the chain of cross-reference sections from the end of the
// file and reports whether it led anywhere. Newer entries win.
func (f *File) readTable() bool {
	at, ok := f.startOfTable()
	if !ok {
		return false
	}
	seen := map[int64]bool{}
	for n := 0; n < maxSections && at > 0 && !seen[at]; n++ {
		seen[at] = true
		next, ok := f.readSection(at, seen)
		if !ok && f.base > 0 {
			next, ok = f.readSection(at+f.base, seen)
		}
		if !ok {
			return false
		}
		at = next
	}
	return len(f.entries) > 0 && f.Trailer["Root"] != nil
}

// startOfTable reads the offset behind the last startxref.
func (f *File) startOfTable() (int64, bool) {
	b := f.window(max(0, f.src.Size-tailSize), tailSize)
	i := bytes.LastIndex(b, []byte("startxref"))
	if i < 0 {
		return 0, false
	}
	l := NewLexer(b[i+9:])
	if l.Next() != Number || !l.Whole {
		return 0, false
	}
	return int64(l.Num), true
}

// readSection reads one table or cross-reference stream and gives the offset of
// the older one, 0 for none.
func (f *File) readSection(at int64, seen map[int64]bool) (int64, bool) {
	b := trimSpace(f.window(at, 64))
	if !bytes.HasPrefix(b, []byte("xref")) {
		return f.readXRefStream(at)
	}
	d, ok := f.readXRefTable(at)
	if !ok {
		return 0, false
	}
	f.adopt(d)
	if hidden, ok := d["XRefStm"].(int); ok && !seen[int64(hidden)] {
		seen[int64(hidden)] = true
		f.readXRefStream(int64(hidden))
	}
	prev, _ := f.Number(d["Prev"])
	return int64(prev), true
}

// adopt keeps what the trailers of newer sections do not say.
func (f *File) adopt(d Dict) {
	for _, key := range []Name{"Root", "Info", "Encrypt", "ID"} {
		if _, have := f.Trailer[key]; !have && d[key] != nil {
			f.Trailer[key] = d[key]
		}
	}
}

// readXRefTable reads a table (ISO 32000-2, 7.5.4) and its trailer.
func (f *File) readXRefTable(at int64) (Dict, bool) {
	for n := 256 << 10; ; n *= 8 {
		b := f.window(at, n)
		d, ok, cut := f.parseTable(b)
		if !cut || len(b) < n || n > 1<<30 {
			return d, ok
		}
	}
}

// parseTable also says whether the bytes ended within the table.
func (f *File) parseTable(b []byte) (d Dict, ok, cut bool) {
	p := NewParser(b)
	p.Next() // xref
	for {
		switch p.Next() {
		case End:
			return nil, false, true
		case Word:
			if !bytes.HasPrefix(p.Text, []byte("trailer")) {
				return nil, false, false
			}
			p.pos -= len(p.Text) - len("trailer")
			d, ok = p.Object().(Dict)
			return d, ok, p.AtEnd()
		case Number:
			if !f.parseSubsection(p, int(p.Num)) {
				return nil, false, p.AtEnd()
			}
		default:
			return nil, false, false
		}
	}
}

// parseSubsection reads the entries from number first on.
func (f *File) parseSubsection(p *Parser, first int) bool {
	if p.Next() != Number {
		return false
	}
	count := int(p.Num)
	for i := range count {
		back := p.pos
		if p.Next() != Number {
			p.pos = back // fewer entries than it says
			return string(p.Text) == "trailer"
		}
		at := int64(p.Num)
		if p.Next() != Number {
			return false
		}
		gen := int(p.Num)
		if p.Next() != Word || len(p.Text) == 0 {
			return false
		}
		kind := p.Text[0]
		if i == 0 && first == 1 && kind == 'f' && gen == 65535 {
			first = 0 // a writer's fault: the head of the free list is number 0
		}
		if kind == 'f' || at == 0 {
			at = -1
		}
		f.put(first+i, entry{at: at})
	}
	return true
}

// put records an entry unless a newer section did.
func (f *File) put(num int, e entry) {
	if _, have := f.entries[num]; !have && num >= 0 && len(f.entries) < maxEntries {
		f.entries[num] = e
	}
}

// readXRefStream reads a cross-reference stream (ISO 32000-2, 7.5.8).
func (f *File) readXRefStream(at int64) (int64, bool) {
	v, _, _ := f.objectAt(at)
	s, ok := v.(*Stream)
	if !ok || s.Dict["W"] == nil {
		return 0, false
	}
	data, _ := f.Data(s)
	if !f.parseXRefStream(s.Dict, data) {
		return 0, false
	}
	f.adopt(s.Dict)
	prev, _ := s.Dict["Prev"].(int)
	return int64(prev), true
}

func (f *File) parseXRefStream(d Dict, data []byte) bool {
	var w [3]int
	total := 0
	for i, v := range f.Numbers(d["W"]) {
		if i < 3 && v >= 0 && v <= 8 {
			w[i] = int(v)
			total += w[i]
		}
	}
	if total == 0 {
		return false
	}
	index := f.Numbers(d["Index"])
	if len(index) < 2 {
		index = []float64{0, float64(f.Int(d["Size"], 0))}
	}
	for i := 0; i+1 < len(index); i += 2 {
		for n := 0; n < int(index[i+1]) && len(data) >= total; n++ {
			f.putPacked(int(index[i])+n, w, data[:total])
			data = data[total:]
		}
	}
	return true
}

// putPacked records an entry of a cross-reference stream (table 18).
func (f *File) putPacked(num int, w [3]int, b []byte) {
	kind := field(b[:w[0]])
	if w[0] == 0 {
		kind = 1
	}
	second, third := field(b[w[0]:w[0]+w[1]]), field(b[w[0]+w[1]:])
	switch kind {
	case 0:
		f.put(num, entry{at: -1})
	case 1:
		f.put(num, entry{at: second})
	case 2:
		f.put(num, entry{pack: int(second), nth: int(third)})
	}
}

func field(b []byte) (n int64) {
	for _, c := range b {
		n = n<<8 | int64(c)
	}
	return max(n, 0)
}

// AllNumbers lists the numbers of all objects in order.
func (f *File) AllNumbers() []int {
	out := make([]int, 0, len(f.entries))
	for num, e := range f.entries {
		if e.at >= 0 {
			out = append(out, num)
		}
	}
	slices.Sort(out)
	return out
}
