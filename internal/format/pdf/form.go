package pdf

import (
	"bytes"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

const (
	maxFields    = 100_000
	maxFieldTree = 32
)

// fields reads the values of a form (12.7) as lines "name: value".
func (r *reader) fields(root object.Dict) {
	form := r.file.Dict(root["AcroForm"])
	if form == nil {
		return
	}
	r.out.Begin("form", reeve.LayerForm)
	w := &fieldWalk{r: r, seen: map[object.Ref]bool{}}
	for _, v := range r.file.Array(form["Fields"]) {
		w.walk(v, "", nil, 0)
	}
	r.xfa(form["XFA"])
}

// fieldWalk walks the tree of fields once.
type fieldWalk struct {
	r     *reader
	seen  map[object.Ref]bool
	count int
}

func (w *fieldWalk) walk(v any, name string, value any, depth int) {
	if ref, ok := v.(object.Ref); ok {
		if w.seen[ref] {
			return
		}
		w.seen[ref] = true
	}
	f := w.r.file
	d := f.Dict(v)
	if w.count++; d == nil || depth > maxFieldTree || w.count > maxFields || w.r.stopped() {
		return
	}
	if label := w.r.str(d["TU"]); label != "" {
		name = label // what the person who filled it in was shown
	} else if part := w.r.str(d["T"]); part != "" {
		name = part
	}
	if d["V"] != nil {
		value = d["V"]
		w.push(name, value)
	}
	for _, kid := range f.Array(d["Kids"]) {
		w.walk(kid, name, value, depth+1)
	}
}

func (w *fieldWalk) push(name string, value any) {
	var values []string
	switch v := w.r.file.Resolve(value).(type) {
	case object.Array:
		for _, e := range v {
			values = append(values, w.r.str(e))
		}
	case object.Name:
		if v == "Off" {
			return
		}
		values = append(values, string(v))
	case object.Dict:
		values = append(values, w.r.str(v["Name"])) // a signature's signer
	default:
		values = append(values, w.r.str(v))
	}
	text := strings.Join(values, ", ")
	if name == "" {
		name = "field"
	}
	w.r.out.Pair(strings.TrimRight(name, ": "), text)
}

// xfa reads the data of an XFA form: the leaves of its datasets packet.
func (r *reader) xfa(v any) {
	switch v := r.file.Resolve(v).(type) {
	case *object.Stream:
		r.xfaPacket(v)
	case object.Array:
		for i := 0; i+1 < len(v); i += 2 {
			if s := r.file.Stream(v[i+1]); s != nil && r.file.String(v[i]) == "datasets" {
				r.xfaPacket(s)
			}
		}
	}
}

func (r *reader) xfaPacket(s *object.Stream) {
	data, _ := r.file.Data(s)
	x := xmlscan.New(bytes.NewReader(data))
	name, inData := "", 0
	for kind := x.Next(); kind != xmlscan.None && !r.stopped(); kind = x.Next() {
		switch kind {
		case xmlscan.Start:
			name = string(x.Local())
			if name == "datasets" && inData == 0 {
				inData = x.Depth()
			}
		case xmlscan.Text:
			if inData > 0 && name != "" {
				r.out.Pair(name, string(x.Text()))
			}
		case xmlscan.End:
			if x.Depth() < inData {
				inData = 0
			}
			name = ""
		}
	}
}
