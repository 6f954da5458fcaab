package reeve

// Status says what became of an item. Every item ends in exactly one.
type Status string

const (
	StatusRead        Status = "read"
	StatusPartlyRead  Status = "partly-read"
	StatusNeedsOCR    Status = "needs-ocr"
	StatusEncrypted   Status = "encrypted"
	StatusDamaged     Status = "damaged"
	StatusUnsupported Status = "unsupported"
	StatusLimit       Status = "limit"
)

// Statuses in the order of the contract.
var Statuses = []Status{StatusRead, StatusPartlyRead, StatusNeedsOCR, StatusEncrypted, StatusDamaged, StatusUnsupported, StatusLimit}

// Reason is a short code from the closed list below that says why an item has
// its status; the words for people are in Item.Detail.
type Reason string

const (
	ReasonNone           Reason = ""
	ReasonNoText         Reason = "no-text"         // nothing to read in it (a picture of a wall, an empty file)
	ReasonEmpty          Reason = "empty"           // zero bytes
	ReasonNoPermission   Reason = "no-permission"   // the operating system refused to open it
	ReasonUnreadable     Reason = "unreadable"      // input/output error on the medium
	ReasonLink           Reason = "link"            // a symbolic link; not followed
	ReasonSpecial        Reason = "special-file"    // a device, socket or pipe
	ReasonPasswordNeeded Reason = "password-needed" // encrypted, and no supplied password opens it
	ReasonCutShort       Reason = "cut-short"       // ends before its own structure does
	ReasonBroken         Reason = "broken"          // its structure contradicts itself
	ReasonUnknownType    Reason = "unknown-type"    // no format recognised
	ReasonNoReader       Reason = "no-reader"       // recognised, but this version has no reader for it
	ReasonNoOCR          Reason = "no-ocr"          // pictures of text, and no OCR was run
	ReasonPoorScan       Reason = "poor-scan"       // OCR ran, below its quality line
	ReasonSomePages      Reason = "some-pages"      // some pages, sheets or parts could not be read
	ReasonTooLarge       Reason = "too-large"       // over a limit on bytes
	ReasonTooDeep        Reason = "too-deep"        // over the limit on nesting
	ReasonTooMany        Reason = "too-many"        // over the limit on entries, pages or cells
	ReasonBomb           Reason = "bomb"            // expands beyond any sane ratio
	ReasonLoop           Reason = "loop"            // contains itself
	ReasonTimeout        Reason = "timeout"         // last resort; tried again by the next run
	ReasonCrash          Reason = "crash"           // its reader died twice
	ReasonMemory         Reason = "memory"          // its reader ran into the memory limit
	ReasonSpanned        Reason = "spanned"         // one volume of several; the others are not here
	ReasonMemberLost     Reason = "member-lost"     // some members of a container could not be unpacked
	ReasonSalvaged       Reason = "salvaged"        // structure lost; text carved out as far as it goes
)

// Reasons is the closed list, for checks and help.
var Reasons = []Reason{ReasonNone, ReasonNoText, ReasonEmpty, ReasonNoPermission, ReasonUnreadable, ReasonLink, ReasonSpecial,
	ReasonPasswordNeeded, ReasonCutShort, ReasonBroken, ReasonUnknownType, ReasonNoReader, ReasonNoOCR, ReasonPoorScan,
	ReasonSomePages, ReasonTooLarge, ReasonTooDeep, ReasonTooMany, ReasonBomb, ReasonLoop, ReasonTimeout, ReasonCrash,
	ReasonMemory, ReasonSpanned, ReasonMemberLost, ReasonSalvaged}

// Outcome is what a reader says of the bytes it was given. It depends on the
// bytes alone, never on a name or a folder, so that every copy shares it.
type Outcome struct {
	Type        string // short format name: "docx", "pdf", "zip", "text"
	Reader      string // reader and version: "docx/1"
	Status      Status
	Reason      Reason
	Detail      string // words for people; never a personal value, never a path
	Pages       int    // pages, sheets or messages seen; 0 where that means nothing
	PagesUnread int    // of these, how many gave no text
	Container   bool   // members follow as items of their own
}

// Item is one thing in an exhibit, also inside archives and mails. Path is the
// contract's "item": the path below the exhibit, "!/" between a container and
// its member. Digest is the SHA-256 of its bytes in lower-case hex, empty for
// what could not be opened.
type Item struct {
	Exhibit     string
	Path        string
	Digest      string
	Size        int64
	DuplicateOf string // "exhibit/path" of the first copy, "" for the first itself
	Outcome
}
