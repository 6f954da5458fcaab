package object

// pack is a decoded object stream (ISO 32000-2, 7.5.7).
type pack struct {
	data []byte
	nums []int
	offs []int
}

// maxPacks is how many bytes of decoded object streams are kept, beside one.
const maxPacks = 32 << 20

// packed reads object number num from its object stream.
func (f *File) packed(num int, e entry) any {
	k := f.pack(e.pack)
	if k == nil {
		return nil
	}
	n := e.nth
	if n >= len(k.nums) || n < 0 || k.nums[n] != num {
		n = -1
		for i, have := range k.nums {
			if have == num {
				n = i
			}
		}
	}
	if n < 0 || k.offs[n] > len(k.data) {
		return nil
	}
	p := NewParser(k.data[k.offs[n]:])
	v := p.Object()
	f.cost += p.pos
	f.meter.Step(p.pos)
	return v
}

// pack decodes an object stream. One that claims to be in another is refused:
// nesting them is forbidden.
func (f *File) pack(num int) *pack {
	if k, ok := f.packs[num]; ok {
		return k
	}
	e := f.entries[num]
	if e.pack != 0 || e.at <= 0 {
		return nil
	}
	s := f.Stream(Ref{Num: num})
	if s == nil {
		return nil
	}
	k := f.readPack(s)
	if f.packSize > maxPacks {
		f.packs, f.packSize = map[int]*pack{}, 0
	}
	f.packs[num] = k
	if k != nil {
		f.packSize += len(k.data)
	}
	return k
}

func (f *File) readPack(s *Stream) *pack {
	data, _ := f.Data(s)
	first, count := f.Int(s.Dict["First"], 0), f.Int(s.Dict["N"], 0)
	if first <= 0 || first > len(data) {
		return nil
	}
	k := &pack{data: data}
	l := NewLexer(data[:first])
	for range min(count, maxEntries) {
		if l.Next() != Number {
			break
		}
		num := int(l.Num)
		if l.Next() != Number {
			break
		}
		k.nums = append(k.nums, num)
		k.offs = append(k.offs, first+max(int(l.Num), 0))
	}
	return k
}
