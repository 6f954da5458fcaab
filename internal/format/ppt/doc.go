// Package ppt reads the presentations of PowerPoint 97 to 2003 ([MS-PPT]): the
// records of the stream "PowerPoint Document" of a compound file.
//
// A Source flows in; blocks, embedded items and one Outcome flow out. Every
// save appends the objects that it changed, so that the file holds earlier
// forms of slides too: the objects of the last save are read in the order of the
// slides, and what only earlier saves hold as deleted text.
//
//   - slides.go: the streams of a file and its order of reading
//   - object.go: objects of all saves, and encryption
//   - record.go: records; text.go: what they say; embed.go: objects and pictures
//
// Of presentations of PowerPoint 95 and before text is carved out as far as it
// goes, and the outcome says so. A further record is one case in text.go.
package ppt
