// Package compound is what the readers of the old office formats (DOC, XLS,
// PPT) share: the strings of those formats (text.go), the property sets beside
// their text ([MS-OLEPS], property.go), the objects embedded in them (object.go,
// wrap.go), the pictures of their drawings ([MS-ODRAW], picture.go), the ways in
// which their streams are encrypted (lock.go), what the failures of the compound
// file mean (fault.go), and text carved out where structure is lost (salvage.go).
//
// Streams and bytes of an internal/ole file flow in; lines, embedded items and
// faults flow out through a part.Writer. What an object or a picture says is
// read by whoever takes the embedded item, never here; nothing here may trust a
// declared length for an allocation. A further picture format or kind of object
// is one case in its file. compoundtest helps the readers' tests.
package compound
