package object

// Name is a PDF name without its slash, #XX undone.
type Name string

// Ref is a reference to an indirect object.
type Ref struct{ Num, Gen int }

// Dict is a dictionary.
type Dict map[Name]any

// Array is an array.
type Array []any

// Stream is a dictionary and the bytes that follow it in the file. Its bytes
// are had through File.Open and File.Data.
type Stream struct {
	Dict Dict
	Ref  Ref
	at   int64  // offset of the first byte in the file
	size int64  // -1 until it has been measured
	data []byte // of a stream made in memory, not encrypted
	held bool   // data holds
}

// Inline makes a stream of bytes in memory, as inline images are.
func Inline(dict Dict, data []byte) *Stream { return &Stream{Dict: dict, data: data, held: true} }

// Meter is what reading is charged to. An error ends the reading.
type Meter interface {
	Step(n int) error     // units of work: bytes looked at
	Expand(n int64) error // bytes that came out of a filter
}

// Resolve follows references until it meets a value; nil when there is none.
func (f *File) Resolve(v any) any {
	for range 32 {
		ref, ok := v.(Ref)
		if !ok {
			return v
		}
		v = f.Get(ref)
	}
	return nil
}

// Dict is v as a dictionary; of a stream, its dictionary; nil for others.
func (f *File) Dict(v any) Dict {
	switch d := f.Resolve(v).(type) {
	case Dict:
		return d
	case *Stream:
		return d.Dict
	}
	return nil
}

// Array is v as an array, nil for others.
func (f *File) Array(v any) Array {
	a, _ := f.Resolve(v).(Array)
	return a
}

// Stream is v as a stream, nil for others.
func (f *File) Stream(v any) *Stream {
	s, _ := f.Resolve(v).(*Stream)
	return s
}

// Name is v as a name, empty for others.
func (f *File) Name(v any) Name {
	n, _ := f.Resolve(v).(Name)
	return n
}

// String is the bytes of a string, empty for others.
func (f *File) String(v any) string {
	s, _ := f.Resolve(v).(string)
	return s
}

// Number is v as a number, and whether it is one.
func (f *File) Number(v any) (float64, bool) {
	switch n := f.Resolve(v).(type) {
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// Int is v as a whole number; def for what is none.
func (f *File) Int(v any, def int) int {
	switch n := f.Resolve(v).(type) {
	case int:
		return n
	case float64:
		if n > -1e9 && n < 1e9 {
			return int(n)
		}
	}
	return def
}

// Numbers are the numbers of an array; other members count as 0.
func (f *File) Numbers(v any) []float64 {
	a := f.Array(v)
	if len(a) == 0 {
		return nil
	}
	out := make([]float64, len(a))
	for i, e := range a {
		out[i], _ = f.Number(e)
	}
	return out
}
