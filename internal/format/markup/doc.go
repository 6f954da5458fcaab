// Package markup reads HTML and XML.
//
// Bytes flow in; lines, tables and labelled fields flow out through
// part.Writer. HTML becomes what a browser would show, line by line, with
// tables as rows and form fields as "label: value"; XML becomes its text with
// the names of elements as labels, and repeated siblings become rows. Nothing
// outside the document is ever fetched and no entity of its own is expanded.
package markup
