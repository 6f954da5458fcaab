// Package pack opens the ZIP packages that modern office files are: parts by
// name, read as streams, counted against the reader's limits.
//
// A Source flows in, named parts flow out. Part names are compared without
// regard to letter case, leading slashes and the direction of slashes, as
// writers differ in all three. Every byte that comes out of compression is
// counted; a part that expands beyond any sane ratio stops with a limit.
//
// It knows nothing of what parts mean: internal/format/ooxml and
// internal/format/odf do.
package pack
