// Package picture says of a picture what can be said without seeing it: how
// large it is, how many pages it has, and what its metadata tells (author,
// description, place).
//
// A picture that is large enough to hold text comes out as needs-ocr, for
// whoever runs OCR; one that is not (an icon, a bullet, a rule) as read without
// text. No pixel is decoded here. A further format is one function in size.go.
package picture
