package reeve

// Confidence of a finding, by the contract's ladder. The zero value is not a
// confidence.
type Confidence byte

const (
	ConfidenceA Confidence = 'A' // a register holds the value for the person it is linked to (unique ids: for anyone)
	ConfidenceB Confidence = 'B' // check passed and context or typed column agrees; for kinds without form: a form field, coded value or column states it
	ConfidenceC Confidence = 'C' // structure and context; prose
	ConfidenceD Confidence = 'D' // check or structure only; never tells anyone by itself
)

func (c Confidence) String() string { return string(rune(c)) }

// Capacity is what a person is in a document; only subjects and relatives
// carry circumstances. The order is the contract's: the first that any counted
// link has is a person's.
type Capacity uint8

const (
	CapacityUnknown Capacity = iota
	CapacitySubject
	CapacityRelative
	CapacityProfessional
	CapacityAuthor
	CapacityPassing
)

var capacityNames = [...]string{"", "subject", "relative", "professional", "author", "passing"}

func (c Capacity) String() string {
	if int(c) < len(capacityNames) {
		return capacityNames[c]
	}
	return ""
}

// Finding is one personal value at one place, as a detector emits it.
//
// Clump ties findings of one document together: findings that share a clump
// other than 0 are said of one human (a table row, a sentence about one person,
// a form block, an address block under a name). linkage groups clumps into
// mentions. Clump 0 is nobody's: it can at most be placed at an address.
type Finding struct {
	Kind       Kind
	Place      Place
	Value      Sensitive  // as written; for a circumstance the words that say it
	Norm       string     // normal form for comparing (lex and uk define it); personal, never printed
	Confidence Confidence // B, C or D from detect; linkage raises to A
	Rule       string     // detector and version: "nino/1"
	Clump      uint32
	Capacity   Capacity   // of the person of this clump at this place
	Signal     Signal     // the signal this finding is evidence for, or ""
	Said       Date       // date the content itself gives for this finding (letter date, row date); zero if none
	Records    []RecordID // register records that hold this very value (unique ids, refs, e-mail …)
	Column     int32      // 1-based column of the table that typed it; 0 outside typed columns
	Negated    bool       // the text denies it ("no known disabilities"): kept for the viewer, never counted
}
