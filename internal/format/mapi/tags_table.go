package mapi

// Sets of named properties ([MS-OXPROPS] 1.3.2).
var (
	PublicStrings = Set{0x29, 0x03, 0x02, 0x00, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
	netHeaders    = outlookSet(0x00020386)
	setContact    = outlookSet(0x00062004)
	setMeeting    = outlookSet(0x00062002)
	setTask       = outlookSet(0x00062003)
	setCommon     = outlookSet(0x00062008)
	setJournal    = outlookSet(0x0006200A)

	// MAPISet is PS_MAPI: a name for a property that has a number of its own.
	MAPISet = outlookSet(0x00020328)
)

// outlookSet is the set whose GUID begins with four bytes of its own and ends
// as all of Microsoft's mail sets do.
func outlookSet(first uint32) Set {
	return Set{byte(first), byte(first >> 8), byte(first >> 16), byte(first >> 24), 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}
}

// Properties that readers and the canonical text ask for by name
// ([MS-OXPROPS] 2).
var (
	TagSubject      = Tag(0x0037)
	TagClass        = Tag(0x001A)
	TagName         = Tag(0x3001)
	TagAttachData   = Tag(0x3701)
	TagAttachMethod = Tag(0x3705)
	TagRecipient    = Tag(0x0C15)
	TagBody         = Tag(0x1000)
	TagHTML         = Tag(0x1013)
	TagRTF          = Tag(0x1009)
	TagSubmitted    = Tag(0x0039)
	TagDelivered    = Tag(0x0E06)

	TagStart         = Tag(0x0060)
	TagEnd           = Tag(0x0061)
	TagCodePage      = Tag(0x3FFD)
	TagSenderName    = Tag(0x0C1A)
	TagSenderKind    = Tag(0x0C1E)
	TagSenderAddress = Tag(0x0C1F)

	tagInternetPage   = Tag(0x3FDE)
	tagLocale         = Tag(0x3FF1)
	tagSensitivity    = Tag(0x0036)
	tagHeaders        = Tag(0x007D)
	tagMessageID      = Tag(0x1035)
	tagInReplyTo      = Tag(0x1042)
	tagReferences     = Tag(0x1039)
	tagDisplayTo      = Tag(0x0E04)
	tagDisplayCc      = Tag(0x0E03)
	tagDisplayBcc     = Tag(0x0E02)
	tagCreated        = Tag(0x3007)
	tagReportText     = Tag(0x1001)
	tagAddressType    = Tag(0x3002)
	tagAddress        = Tag(0x3003)
	tagSMTP           = Tag(0x39FE)
	tagOriginalSMTP   = Tag(0x403E)
	tagRecipientName  = Tag(0x5FF6)
	tagAttachLongName = Tag(0x3707)
	tagAttachName     = Tag(0x3704)
	tagAttachMIME     = Tag(0x370E)
	tagAttachPath     = Tag(0x370D)
	tagAttachPath8    = Tag(0x3708)
)

// person is where a message keeps one of the people it comes from.
type person struct{ name, kind, address, smtp uint16 }

var (
	author = person{name: 0x0042, kind: 0x0064, address: 0x0065, smtp: 0x5D02}
	sender = person{name: 0x0C1A, kind: 0x0C1E, address: 0x0C1F, smtp: 0x5D01}
)
