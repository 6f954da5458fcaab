package plain

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/part"
)

// ReadJSON reads a JSON text, or many after one another as NDJSON has them.
// The objects of an array, and those of NDJSON, are rows under their keys
// ("address.postcode" for a key within a key) as long as they have the same
// keys; other objects are lines "key: value". What is no JSON is read as text
// from where it stops being JSON.
func ReadJSON(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	in := bufio.NewReaderSize(charset.NewReader(src.Stream(), ""), 64<<10)
	j := &tree{w: w, dec: json.NewDecoder(in), records: records{w: w}}
	j.dec.UseNumber()
	return w.Finish("json/1", j.read(in))
}

// tree is the state of one reading.
type tree struct {
	w       *part.Writer
	dec     *json.Decoder
	records records
}

// Bounds of one record; what is beyond is written as lines.
const (
	maxPairs  = 512
	maxRecord = 256 << 10
)

var errSyntax = errors.New("not JSON")

func (j *tree) read(in io.Reader) error {
	for j.w.Err() == nil {
		tok, err := j.dec.Token()
		if err == nil {
			err = j.top(tok)
		}
		var f *part.Fault
		switch {
		case err == nil:
		case errors.As(err, &f):
			return err
		case err == io.EOF:
			j.records.end()
			return j.w.Err()
		case errors.Is(err, io.ErrUnexpectedEOF):
			j.records.end()
			return part.CutShort("it ends before its last bracket")
		default:
			return j.asText(in)
		}
	}
	return j.w.Err()
}

// asText passes on what is left, from about where the grammar broke.
func (j *tree) asText(in io.Reader) error {
	j.records.end()
	j.w.Blank()
	return j.w.Copy(io.MultiReader(j.dec.Buffered(), in))
}

// top takes a value at the outermost level.
func (j *tree) top(tok json.Token) error {
	switch tok {
	case json.Delim('{'):
		return j.record()
	case json.Delim('['):
		return j.list("", 1)
	}
	return j.w.Line(scalar(tok))
}

// record reads an object as one record.
func (j *tree) record() error {
	r := &record{tree: j}
	err := j.object("", 1, r)
	r.push()
	return err
}

// list reads the elements of an array, objects as records.
func (j *tree) list(path string, depth int) error {
	for j.dec.More() {
		tok, err := j.next()
		if err != nil {
			return err
		}
		switch tok {
		case json.Delim('{'):
			r := &record{tree: j}
			if err := j.object("", depth+1, r); err != nil {
				r.push()
				return err
			}
			r.push()
		case json.Delim('['):
			if err := j.array(depth + 1); err != nil {
				return err
			}
		default:
			j.w.Line(scalar(tok))
		}
	}
	_, err := j.next()
	return err
}

// array reads an array within an array: its scalars are a row.
func (j *tree) array(depth int) error {
	r := &record{tree: j, bare: true}
	err := j.elements("", depth, r)
	r.push()
	return err
}

// next takes a token and counts it.
func (j *tree) next() (json.Token, error) {
	if err := j.w.Step(1); err != nil {
		return nil, err
	}
	tok, err := j.dec.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return tok, err
}

// object reads the members of an object into a record.
func (j *tree) object(path string, depth int, r *record) error {
	for j.dec.More() {
		key, err := j.next()
		if err != nil {
			return err
		}
		name, ok := key.(string)
		if !ok {
			return errSyntax
		}
		if err := j.value(joined(path, name), depth, r); err != nil {
			return err
		}
	}
	_, err := j.next()
	return err
}

// value reads one value into a record.
func (j *tree) value(path string, depth int, r *record) error {
	tok, err := j.next()
	switch {
	case err != nil:
		return err
	case depth > j.w.Limits().Depth*4:
		return part.Over(reeve.ReasonTooDeep, "values nested beyond the limit")
	case tok == json.Delim('{'):
		return j.object(path, depth+1, r)
	case tok == json.Delim('['):
		return j.elements(path, depth+1, r)
	}
	r.add(path, scalar(tok))
	return nil
}

// elements reads an array within a record: scalars share a value, objects are
// numbered from 1. A long array of objects is a list of its own.
func (j *tree) elements(path string, depth int, r *record) error {
	for n := 1; j.dec.More(); n++ {
		tok, err := j.next()
		if err != nil {
			return err
		}
		switch tok {
		case json.Delim('{'):
			if depth == 2 && n == 1 || r.spilled {
				return j.inner(depth, r)
			}
			err = j.object(joined(path, strconv.Itoa(n)), depth+1, r)
		case json.Delim('['):
			err = j.elements(joined(path, strconv.Itoa(n)), depth+1, r)
		default:
			r.join(path, scalar(tok))
		}
		if err != nil {
			return err
		}
		if depth > j.w.Limits().Depth*4 {
			return part.Over(reeve.ReasonTooDeep, "values nested beyond the limit")
		}
	}
	_, err := j.next()
	return err
}

// inner reads an array of objects, of which the first has begun, as records of
// their own: {"people": [{…}, {…}]}.
func (j *tree) inner(depth int, outer *record) error {
	outer.spill()
	r := &record{tree: j}
	if err := j.object("", depth+1, r); err != nil {
		r.push()
		return err
	}
	r.push()
	err := j.list("", depth)
	j.records.end()
	return err
}

func joined(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func scalar(tok json.Token) string {
	switch v := tok.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// record is one object as names and values, in order.
type record struct {
	tree    *tree
	names   []string
	values  []string
	size    int
	bare    bool // of an array: no names
	spilled bool
}

func (r *record) add(name, value string) {
	if value == "" && !r.spilled {
		r.names, r.values = append(r.names, name), append(r.values, "")
		return
	}
	r.names, r.values = append(r.names, name), append(r.values, value)
	r.size += len(name) + len(value)
	if r.spilled || len(r.names) > maxPairs || r.size > maxRecord {
		r.spill()
	}
}

// join adds a value of an array to the value before it.
func (r *record) join(name, value string) {
	if n := len(r.names); !r.bare && n > 0 && r.names[n-1] == name && len(r.values[n-1])+len(value) < 4096 {
		r.values[n-1] += "; " + value
		return
	}
	r.add(name, value)
}

// spill writes what the record has as lines: it is too large for a row.
func (r *record) spill() {
	r.tree.records.end()
	writePairs(r.tree.w, r.names, r.values)
	r.names, r.values, r.size, r.spilled = nil, nil, 0, true
}

// push writes the record.
func (r *record) push() {
	switch {
	case r.spilled:
		r.spill()
		r.tree.w.Blank()
	case len(r.names) == 0:
	case r.bare:
		r.tree.records.bare(r.values)
	default:
		r.tree.records.add(r.names, r.values)
	}
}

func writePairs(w *part.Writer, names, values []string) {
	for i, name := range names {
		if strings.TrimSpace(values[i]) == "" {
			continue
		}
		if name == "" {
			w.Line(values[i])
		} else if strings.Contains(values[i], "\n") {
			w.Line(name + ": " + values[i])
		} else {
			w.Pair(name, values[i])
		}
	}
}
