// Package plain reads the formats that are text all the way: running text,
// separated values, JSON, directories (vCard, iCalendar, LDIF) and SQL dumps.
//
// Bytes flow in through the encoding ladder of internal/charset and out as
// blocks through part.Writer. Every reader streams: two gigabytes cost a few
// megabytes of memory. None of them fails on bad grammar; what does not parse is
// still text and is passed on as such. One file per format.
package plain
