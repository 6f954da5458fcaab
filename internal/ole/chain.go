package ole

import (
	"encoding/binary"
	"io"
)

// Sector numbers with a meaning ([MS-CFB] 2.1).
const (
	maxRegular = 0xFFFFFFFA
	endOfChain = 0xFFFFFFFE
	freeSector = 0xFFFFFFFF

	miniShift = 6
)

// place is where a sector begins in the file; the header is before sector 0.
func (f *File) place(sector uint32) int64 { return (int64(sector) + 1) << f.shift }

// readTable reads the allocation table from the places that the header, and
// the sectors that continue the header, name.
func (f *File) readTable(head []byte) {
	le := binary.LittleEndian
	per := uint32(1) << (f.shift - 2)
	most := int(f.sectors/per) + 1
	for i := 0; i < 109 && len(f.lost) < most && 76+4*i+4 <= len(head); i++ {
		f.addTable(le.Uint32(head[76+4*i:]))
	}
	buf := make([]byte, 1<<f.shift)
	next := le.Uint32(head[68:])
	for steps := 0; next < maxRegular && steps <= most; steps++ {
		if n, _ := f.source.ReadAt(buf, f.place(next)); n < len(buf) {
			f.Cut = true
			break
		}
		for i := 0; i+8 <= len(buf) && len(f.lost) < most; i += 4 {
			f.addTable(le.Uint32(buf[i:]))
		}
		next = le.Uint32(buf[len(buf)-4:])
	}
}

// addTable reads one sector of the table; what is not there counts as lost.
func (f *File) addTable(sector uint32) {
	if sector == freeSector || sector == endOfChain {
		return
	}
	per := 1 << (f.shift - 2)
	buf := make([]byte, 1<<f.shift)
	n, lost := 0, true
	if sector < f.sectors {
		n, _ = f.source.ReadAt(buf, f.place(sector))
		lost = n < len(buf)
	}
	if lost {
		f.Cut = true
	}
	for i := range per {
		f.known = append(f.known, binary.LittleEndian.Uint32(buf[4*i:]))
	}
	f.lost = append(f.lost, lost)
}

// next is the sector after another. Where the table does not say, it is the
// one that lies behind.
func (f *File) next(sector uint32) uint32 {
	if part := int(sector) >> (f.shift - 2); part < len(f.lost) && !f.lost[part] {
		return f.known[sector]
	}
	f.Guessed = true
	return sector + 1
}

// run is a stretch of a stream that lies together in the file.
type run struct {
	from   int64 // in the stream
	at     int64 // in the file, or in the stream of small streams
	length int64
}

// reader reads a stream whose sectors are known.
type reader struct {
	source io.ReaderAt
	runs   []run
	size   int64 // bytes that the runs hold, at most the stream's size
}

// follow finds the sectors of a chain for size bytes, or to its end when size
// is negative. A chain that breaks, loops or leaves the file ends there.
func (f *File) follow(start uint32, size int64) *reader {
	return f.walk(f.source, start, size, f.shift, f.sectors, f.next, f.place)
}

// followMini is follow for a small stream.
func (f *File) followMini(start uint32, size int64) *reader {
	count := uint32(min((f.small.size+1<<miniShift-1)>>miniShift, maxRegular))
	next := func(sector uint32) uint32 {
		if int64(sector) < int64(len(f.mini)) {
			return f.mini[sector]
		}
		f.Guessed = true
		return sector + 1
	}
	return f.walk(f.small, start, size, miniShift, count, next, func(sector uint32) int64 { return int64(sector) << miniShift })
}

func (f *File) walk(source io.ReaderAt, start uint32, size int64, shift uint, count uint32, next func(uint32) uint32, place func(uint32) int64) *reader {
	r := &reader{source: source}
	step := int64(1) << shift
	mark, lap, power := start, 0, 1
	for sector := start; size < 0 || r.size < size; {
		if sector >= count {
			f.Cut = f.Cut || sector < maxRegular
			f.Broken = f.Broken || size >= 0
			break
		}
		r.extend(place(sector), step)
		if sector = next(sector); sector == mark {
			f.Broken = true // a loop, found by Brent's method
			break
		}
		if lap++; lap == power {
			mark, lap, power = sector, 0, power*2
		}
	}
	if size >= 0 {
		r.size = min(r.size, size)
	}
	return r
}

// extend adds a sector, to the last run where it lies right behind it.
func (r *reader) extend(at, step int64) {
	if n := len(r.runs); n > 0 && r.runs[n-1].at+r.runs[n-1].length == at {
		r.runs[n-1].length += step
	} else {
		r.runs = append(r.runs, run{from: r.size, at: at, length: step})
	}
	r.size += step
}

// ReadAt reads from the stream. Behind what there is it gives
// io.ErrUnexpectedEOF: whoever asks within the declared size asks for what
// should be there.
func (r *reader) ReadAt(b []byte, off int64) (n int, err error) {
	for n < len(b) {
		i := r.find(off)
		if off < 0 || off >= r.size || i < 0 {
			return n, io.ErrUnexpectedEOF
		}
		stretch := r.runs[i]
		inside := off - stretch.from
		want := min(int64(len(b)-n), stretch.length-inside, r.size-off)
		got, err := r.source.ReadAt(b[n:n+int(want)], stretch.at+inside)
		n += got
		off += int64(got)
		if int64(got) < want {
			if err == nil || err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return n, err
		}
	}
	return n, nil
}

// find gives the run that holds a place, or -1.
func (r *reader) find(off int64) int {
	low, high := 0, len(r.runs)
	for low < high {
		if mid := (low + high) / 2; r.runs[mid].from <= off {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low - 1
}

// readMini reads the stream of small streams and its table.
func (f *File) readMini(start uint32) {
	f.small = f.follow(f.Root.start, -1)
	if size := f.Root.Size; size > 0 && size < f.small.size {
		f.small.size = size
	}
	in := f.follow(start, -1)
	most := min(in.size, (f.small.size>>miniShift+1)*4)
	b := make([]byte, most)
	n, _ := in.ReadAt(b, 0)
	for i := 0; i+4 <= n; i += 4 {
		f.mini = append(f.mini, binary.LittleEndian.Uint32(b[i:]))
	}
}
