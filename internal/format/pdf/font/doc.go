// Package font turns the bytes of a PDF's text operators into Unicode and
// widths (ISO 32000-2, 9.5 to 9.10).
//
// A Font is made from a font dictionary; Decode cuts a shown string into
// glyphs. What a code means is taken from, in order: the font's ToUnicode map;
// the glyph's name in the font's encoding; the tables of the embedded font
// program (TrueType cmap and post, CFF and Type 1 encodings); at last the code
// itself where it looks like text.
//
// Nothing here draws. Glyph names, encodings and the widths of the standard
// fonts are tables in *_table.go; a new source of meaning is one step in
// simple.go or composite.go.
package font
