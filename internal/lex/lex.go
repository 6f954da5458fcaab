package lex

// MarkKind says what a mark stands for. ID and Flags mean something of their
// own for each kind.
type MarkKind uint8

// The kinds. "ID 0" is "none"; register ids count from 1.
const (
	// MarkName is a personal name that a register holds: given name and surname
	// of one record, in any written order. ID is the name pair; Records gives the
	// records that bear it. The span covers all of the name as written, without a
	// title before it. Flags: the name flags.
	MarkName MarkKind = iota + 1
	// MarkPerson is a name by structure alone: a title with capitalised words, a
	// known given name with a capitalised word, "Dear Mrs …". With FlagInRegister
	// a register holds its surname (Mr Khan), and ID is that token; otherwise 0.
	// Flags: the name flags.
	MarkPerson
	// MarkGiven is a single capitalised given name, of a register (FlagInRegister)
	// or of the shipped list, outside a longer name. ID is the token.
	MarkGiven
	// MarkSurname is a single capitalised surname of a register outside a longer
	// name; with FlagInitial the span starts at its initial ("J. Smith") or ends
	// there ("Smith, J", FlagReversed). ID is the token; FlagAnchored: a register
	// record of a postcode, birth date, address or identifier close by bears it. An
	// initial that such a record confirms makes a MarkName with FlagInitial.
	MarkSurname
	// MarkNumber is a run of digit groups. ID is its signature: the lengths of the
	// groups as hexadecimal digits from left to right, so 943 476 5919 is 0x334
	// and 12-34-56 is 0x222 (Signature builds it; a group of more than 15 digits
	// counts as 15, more than eight groups give 0). The low six bits of Flags are
	// the number of digits (63 = 63 or more), the rest are the Number flags.
	// Digits gives the value. A run is joined by spaces only where each group has
	// 2 to 6 digits, and never over a line end.
	MarkNumber
	// MarkCode is a run of letters and digits mixed, at least five of them, two of
	// them digits: AB123456C, AB 12 34 56 C, 2002/0073319Z, HB-123456. ID is its
	// shape: the lengths of the alternating runs of letters and digits as
	// hexadecimal digits, so AB123456C is 0x261 whatever its spaces (a run of more
	// than 15 counts as 15, more than eight runs give 0). The low six bits of
	// Flags are the number of letters and digits, the rest are the Code flags.
	MarkCode
	// MarkRef is a run whose value equals a reference or identifier of a register
	// record. ID is the value: Records gives its records, RefKind its kind. A
	// value that registers hold as two kinds gives two marks. The MarkNumber,
	// MarkCode or MarkEmail of the same span stands beside it.
	MarkRef
	// MarkEmail is an e-mail address. FlagInRegister, and ID as for MarkRef, when
	// a register holds it.
	MarkEmail
	// MarkIP is an IPv4 address; ID is its 32 bits, the first part highest.
	MarkIP
	// MarkDate is a calendar date: ID is YYYYMMDD (DD is 0 for "March 2001"). Dates
	// of 1850 to 2149 only. Where the digits may also be a sort code (12-10-85) or
	// a number (05 03 2001) a MarkNumber stands beside it.
	// Flags: FlagInRegister when somebody in the registers was born on it (then
	// Records gives them), and the Date flags.
	MarkDate
	// MarkPostcode is a postcode by form. ID is the register's postcode or 0.
	// FlagRepaired: a letter read as a digit or the reverse was put right, which
	// is done only when the repaired postcode is in a register.
	MarkPostcode
	// MarkAddress is a house number and street of a register. ID is the address;
	// Records gives the records at that number and street, whatever the flat. The
	// span starts at a flat or room written before the number.
	MarkAddress
	// MarkStreet is a number, words and a street type that no register holds. ID 0.
	MarkStreet
	// MarkWord is a phrase of the vocabulary. ID is Word.ID. Of the phrases that
	// start at one word the longest is marked.
	MarkWord
	// MarkTitle is a form of address: Mr, Mrs, Dr, Cllr … ID is the Title number.
	MarkTitle
	// MarkMoney is a sum of money. ID is the whole pounds (the largest uint32
	// where it is more), Flags: the Money flags.
	MarkMoney
	// MarkLine is a line end, MarkPara a blank line (both span their line feeds),
	// MarkStop the end of a sentence (spans the full stop, question or exclamation
	// mark).
	MarkLine
	MarkPara
	MarkStop
)

var kindNames = [...]string{"", "name", "person", "given", "surname", "number", "code", "ref", "email", "ip", "date",
	"postcode", "address", "street", "word", "title", "money", "line", "para", "stop"}

// String is the name of the kind in lower case.
func (k MarkKind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// Mark is one place in a text: bytes Start to End. It holds no text itself.
type Mark struct {
	Start, End uint32
	ID         uint32
	Kind       MarkKind
	Flags      uint16
}

// Has reports whether all given flags are set.
func (m Mark) Has(flags uint16) bool { return m.Flags&flags == flags }

// Of gives the marked bytes of the text that was scanned.
func (m Mark) Of(text string) string { return text[m.Start:m.End] }

// Flags of name marks (MarkName, MarkPerson, MarkGiven, MarkSurname). The first
// also stands on postcodes, dates and e-mail addresses.
const (
	FlagInRegister uint16 = 1 << iota // a register holds it
	FlagReversed                      // surname first: "Smith, John", "SMITH John"
	FlagInitial                       // the given name is an initial
	FlagFuzzy                         // one edit or one look-alike letter from the register's spelling; only with FlagAnchored
	FlagTitle                         // a title stands before it
	FlagNickname                      // the given name is another form of the register's: Bill for William
	FlagAllCaps                       // all in capitals
	FlagLowerCase                     // all in lower case
	FlagInPlace                       // part of a street, building, organisation or firm: Florence Court, John Lewis plc
	FlagAnchored                      // a register record of a postcode, birth date, address or identifier within AnchorReach bytes bears this name
	FlagMiddle                        // other words of a name stand between given name and surname
	FlagCommon                        // every part is an ordinary English word too: Mark Brown, Grace
	FlagFirst                         // stands at the start of a sentence
	FlagOverLine                      // goes on over a line end
	FlagDear                          // after "Dear", "Hi", "Hello"
	FlagList                          // on a line of its own, or as one cell: a list or form rather than prose
)

// AnchorReach is the distance, in bytes, within which a postcode, birth date,
// address or identifier of a register confirms a name.
const AnchorReach = 220

// Flags of MarkNumber, above the six bits of the digit count.
const (
	NumberDigits  uint16 = 1<<6 - 1 // mask of the digit count
	NumberSpace   uint16 = 1 << (iota + 5)
	NumberHyphen         // groups joined by a hyphen or dash
	NumberDot            // by a full stop (also decimals)
	NumberSlash          // by a slash
	NumberComma          // by a comma, as thousands are
	NumberPlus           // a plus before it
	NumberParen          // a bracket inside or before it: (020) 7946 0123
	NumberPound          // a £ (or GBP) before it; the sum is a MarkMoney too
	NumberPercent        // a % after it
	NumberHash           // a # or "no." before it
)

// Flags of MarkCode, above the six bits of the length.
const (
	CodeLength     uint16 = 1<<6 - 1 // mask of the number of letters and digits
	CodeDigitFirst uint16 = 1 << (iota + 5)
	CodeSpace             // parts stand apart by a space
	CodeHyphen            // parts joined by a hyphen
	CodeSlash             // by a slash
	CodeDot               // by a full stop or underscore
	CodeLower             // holds lower-case letters
)

// Flags of MarkDate (FlagInRegister is the first bit).
const (
	DateShortYear uint16 = 1 << (iota + 1) // two-digit year; 00–29 are read as 2000–2029
	DateWords                              // the month is a word
	DateISO                                // year first
	DateEither                             // day and month could be the other way round
	DateNoDay                              // month and year only
)

// FlagRepaired on MarkPostcode: see there.
const FlagRepaired uint16 = 1 << 1

// Flags of MarkMoney.
const (
	MoneyPence    uint16 = 1 << iota // pence are written
	MoneyThousand                    // written with k, m, thousand or million
	MoneyForeign                     // euro or dollar
)

// Word is a vocabulary phrase that detect wants marked: one to five words,
// compared as Fold writes them; a * at its end makes the last word a prefix
// ("depress*"). Several Words may have the same Text: each gives a mark.
type Word struct {
	ID   uint32
	Text string
}

// Signature is the ID of a MarkNumber with these group lengths, and the ID of
// a MarkCode with these run lengths.
func Signature(groups ...int) uint32 {
	if len(groups) > 8 {
		return 0
	}
	var id uint32
	for _, n := range groups {
		id = id<<4 | uint32(min(n, 15))
	}
	return id
}

// Digits gives the digits of s alone.
func Digits(s string) string {
	return keep(s, func(c byte) bool { return c >= '0' && c <= '9' })
}

// Squeeze gives the ASCII letters, in capitals, and digits of s alone: the form
// in which codes and references are compared.
func Squeeze(s string) string {
	return keep(s, func(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' })
}

func keep(s string, want func(byte) bool) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if c := s[i]; want(c) {
			if c >= 'a' {
				c -= 'a' - 'A'
			}
			b = append(b, c)
		}
	}
	return string(b)
}
