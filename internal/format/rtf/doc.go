// Package rtf reads Rich Text Format (specification 1.9.1).
//
// Bytes flow in; body text, tables as rows, headers, footnotes, comments,
// hidden and deleted text, document properties and embedded objects flow out.
// Text is decoded by the code page of the font in force. Groups that are not
// understood are passed over when the file says that they may be; nothing is
// refused, and groups nest no deeper than the limit.
package rtf
