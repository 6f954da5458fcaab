// Package xmlscan reads XML as a stream of elements, attributes and text, for
// the office readers: bytes flow in through an io.Reader, tokens come out one
// at a time as slices into the scanner's own window.
//
// It is made for hostile and half-copied files. A token never costs more
// memory than MaxTag, nesting never goes below MaxDepth, no entity but the
// five of the XML specification and character references is ever expanded,
// nothing outside the document is ever fetched, and a document that ends
// early gives all it has before Err says so. It checks no grammar: end tags
// need not match.
//
// Names are compared without their prefix (Local); Space tells the namespace
// where two vocabularies share a name. A new encoding goes into decode.go.
package xmlscan
