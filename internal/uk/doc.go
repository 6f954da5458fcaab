// Package uk holds facts of this country as functions: how a National Insurance
// number, an NHS number, a postcode, a driver number or a telephone number is
// built, and on which days councils and courts work.
//
// In flows a value as somebody typed it, as a string or as bytes; out flows
// whether it obeys its scheme, its normal form for comparing, and what the
// value itself says (a driver number holds a birth date and a sex).
//
// For each scheme there is one file with
//
//	ValidX(s)  does the whole of s obey the scheme? No allocation.
//	NormX(s)   the normal form that equal values share, and the same verdict.
//
// Spaces, line breaks, hyphens, dashes, full stops and slashes between the
// characters do not matter, nor does case. A check tells that a value could
// have been issued, never that it was: what a passed check is worth depends on
// the words and columns around it, which is the detectors' business.
//
// The package imports the standard library alone and never reads a clock, a
// file or the network. A new scheme is a new file with its rule's source, the
// published test values and a property test.
package uk
