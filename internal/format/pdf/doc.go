// Package pdf reads the text of PDF files (ISO 32000-2): what is shown on the
// pages, what stands in form fields, annotations, bookmarks and metadata, and
// the files attached.
//
// Bytes flow in through internal/format/pdf/object, which knows the file's
// structure, and internal/format/pdf/font, which knows what codes mean. Here
// the operators of each page are followed (content.go, show.go) to find where
// each run of text stands; lines, columns and tables are made of these places
// (layout.go, table.go) and pushed, one page at a time, as Part "page 3".
//
// A page that shows a picture and no text is counted as unread; a file of such
// pages needs OCR. A damaged structure costs what hangs on it and no more: the
// file is scanned for its objects and read from these.
//
// Nothing here renders, follows links, runs scripts or looks at a file's name.
// To read a further kind of thing that hangs on the document, add a file with
// one function and call it from read in pdf.go.
package pdf
