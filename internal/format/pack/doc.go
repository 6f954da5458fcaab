// Package pack is what the readers of modern office files share: it opens the
// ZIP packages that those files are (Pack: parts by name, read as streams,
// counted against the reader's limits), scans their XML (Scan), and gathers
// what stands beside the text (Margin).
//
// A Source flows in, named parts flow out. Part names are compared without
// regard to letter case, leading slashes and the direction of slashes, as
// writers differ in all three. Every byte that comes out of compression is
// counted; a part that expands beyond any sane ratio stops with a limit.
//
// It knows nothing of what parts mean: internal/format/ooxml and
// internal/format/odf do.
package pack
