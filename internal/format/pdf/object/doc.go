// Package object reads the objects that a PDF file is made of (ISO 32000-2,
// clauses 7.2 to 7.6): tokens, cross-reference tables and streams, object
// streams, filters and encryption.
//
// Bytes flow in from a part.Source; Go values flow out: nil, bool, int,
// float64, string, Name, Array, Dict, Ref and *Stream. Nothing here knows what
// a page or a font is.
//
// It expects lies. Every offset is checked against what stands there; a file
// whose table lies is scanned from end to end for objects instead (Rebuilt says
// so). Nesting, loops, the size of streams and the number of objects are
// capped, and every expanded byte and step is charged to the caller's Meter. A
// value that cannot be had is nil, never a panic: a damaged object must cost
// itself alone.
//
// A further filter is one line in filter.go.
package object
