package compound

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/figure"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

// Limits of property sets, which are a few kilobytes in honest files.
const (
	maxPropertyStream = 4 << 20
	maxProperty       = 64 << 10 // bytes of one value
	maxProperties     = 4096     // of one set
	maxSets           = 8
)

// summaryLabels name the properties of the summary ([MS-OLEPS] 3.1) and of the
// document summary ([MS-OSHARED] 2.3.3.2.2) that say something of people.
var (
	summaryLabels  = map[uint32]string{2: "Title", 3: "Subject", 4: "Author", 5: "Keywords", 6: "Comments", 7: "Template", 8: "Last saved by", 11: "Printed", 12: "Created", 13: "Modified"}
	documentLabels = map[uint32]string{2: "Category", 14: "Manager", 15: "Company", 26: "Content type", 27: "Status"}
)

// Properties writes the properties of a document as lines "Label: value" of
// the part "properties": who wrote, who saved last, titles, and those that
// users added under names of their own.
func Properties(f *ole.File, out *part.Writer) {
	out.Begin("properties", reeve.LayerMetadata)
	propertyStream(f.Find("\x05SummaryInformation"), summaryLabels, out)
	propertyStream(f.Find("\x05DocumentSummaryInformation"), documentLabels, out)
}

// propertyStream reads the sets of one stream (2.21): the first holds the
// known properties, a second those of users.
func propertyStream(e *ole.Entry, labels map[uint32]string, out *part.Writer) {
	if e == nil {
		return
	}
	b, err := e.Bytes(maxPropertyStream)
	if len(b) < 48 {
		if err != nil {
			out.Lost(err)
		}
		return
	}
	sets := min(int(binary.LittleEndian.Uint32(b[24:])), maxSets)
	for i := 0; i < sets && 28+20*i+20 <= len(b); i++ {
		at := int64(binary.LittleEndian.Uint32(b[28+20*i+16:]))
		if at < int64(len(b)) {
			s := propertySet{b: b[at:], labels: labels}
			s.write(out)
		}
		labels = nil
	}
}

// propertySet is one set (2.20): a list of ids and offsets from its start.
type propertySet struct {
	b      []byte
	labels map[uint32]string
	narrow Narrow
	wide   bool // narrow strings are UTF-16 too
}

func (s *propertySet) u32(at int64) uint32 {
	if at < 0 || at+4 > int64(len(s.b)) {
		return 0
	}
	return binary.LittleEndian.Uint32(s.b[at:])
}

func (s *propertySet) write(out *part.Writer) {
	count := min(int64(s.u32(4)), int64(len(s.b)/8), maxProperties)
	at := make(map[uint32]int64, count)
	var ids []uint32
	for i := range count {
		id := s.u32(8 + 8*i)
		if _, twice := at[id]; !twice {
			at[id] = int64(s.u32(12 + 8*i))
			ids = append(ids, id)
		}
	}
	if where, ok := at[1]; ok && s.u32(where) == 2 {
		page := int(uint16(s.u32(where + 4)))
		s.narrow, s.wide = CodePage(page), page == 1200
	}
	labels := s.labels
	if where, ok := at[0]; ok && labels == nil {
		labels = s.dictionary(where)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if label := labels[id]; label != "" && id > 1 {
			out.Pair(label, s.value(at[id]))
		}
	}
}

// dictionary reads the names that users gave to properties (2.17).
func (s *propertySet) dictionary(at int64) map[uint32]string {
	names := map[uint32]string{}
	count := min(s.u32(at), maxProperties)
	at += 4
	for range count {
		id, n := s.u32(at), int64(s.u32(at+4))
		if s.wide {
			n *= 2
		}
		if at += 8; n > maxProperty || at+n > int64(len(s.b)) {
			break
		}
		name := s.text(s.b[at : at+n])
		if at += n; s.wide {
			at = (at + 3) &^ 3
		}
		if !strings.HasPrefix(name, "_PID_") {
			names[id] = name
		}
	}
	return names
}

func (s *propertySet) text(b []byte) string {
	var text string
	if s.wide {
		text = Wide(b)
	} else {
		text = s.narrow.String(b)
	}
	text, _, _ = strings.Cut(text, "\x00")
	return text
}

// value shows a typed value (2.15): text, times, numbers, truths; "" for what
// is none of them.
func (s *propertySet) value(at int64) string {
	kind := s.u32(at)
	at += 4
	switch kind {
	case 30, 31: // text, counted in bytes or characters
		n := int64(s.u32(at))
		if kind == 31 {
			n *= 2
		}
		at += 4
		if at > int64(len(s.b)) {
			return ""
		}
		b := s.b[at:min(at+min(n, maxProperty), int64(len(s.b)))]
		if kind == 31 {
			text, _, _ := strings.Cut(Wide(b), "\x00")
			return text
		}
		return s.text(b)
	case 64:
		return moment(uint64(s.u32(at)) | uint64(s.u32(at+4))<<32)
	case 3:
		return string(figure.AppendPlain(nil, float64(int32(s.u32(at)))))
	case 5:
		return string(figure.AppendPlain(nil, math.Float64frombits(uint64(s.u32(at))|uint64(s.u32(at+4))<<32)))
	case 11:
		return map[bool]string{true: "TRUE", false: "FALSE"}[s.u32(at)&0xFFFF != 0]
	}
	return ""
}

// moment shows a count of 100 nanoseconds since 1601; "" for what is no time
// of computers.
func moment(ticks uint64) string {
	const epoch = 11644473600 // seconds from 1601 to 1970
	at := time.Unix(int64(ticks/1e7)-epoch, 0).UTC()
	if at.Year() < 1980 || at.Year() > 2200 {
		return ""
	}
	return at.Format(time.RFC3339)
}
