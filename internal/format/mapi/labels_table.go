package mapi

// label is a property that people should read, and how it is written out. The
// first key that has a value counts.
type label struct {
	label string
	keys  []Key
	as    form
}

// form is how a labelled value is written.
type form uint8

const (
	asText form = iota
	asDate      // the day alone
	asSex
)

func tags(ids ...uint16) (keys []Key) {
	for _, id := range ids {
		keys = append(keys, Tag(id))
	}
	return keys
}

func named(set Set, ids ...uint32) (keys []Key) {
	for _, id := range ids {
		keys = append(keys, Key{Set: set, ID: id})
	}
	return keys
}

// labels are the fields of contacts, appointments, tasks and journal entries
// ([MS-OXOCNTC], [MS-OXOCAL], [MS-OXOTASK], [MS-OXOJRNL]), in the order in
// which they are written.
var labels = []label{
	{label: "Title", keys: tags(0x3A45)},
	{label: "First name", keys: tags(0x3A06)},
	{label: "Middle name", keys: tags(0x3A44)},
	{label: "Surname", keys: tags(0x3A11)},
	{label: "Suffix", keys: tags(0x3A05)},
	{label: "Known as", keys: tags(0x3A4F)},
	{label: "Initials", keys: tags(0x3A0A)},
	{label: "Date of birth", keys: append(named(setContact, 0x80DE), Tag(0x3A42)), as: asDate},
	{label: "Gender", keys: tags(0x3A4D), as: asSex},
	{label: "Government ID number", keys: tags(0x3A07)},
	{label: "Customer ID", keys: tags(0x3A4A)},
	{label: "Organisational ID", keys: tags(0x3A10)},
	{label: "Job title", keys: tags(0x3A17)},
	{label: "Profession", keys: tags(0x3A46)},
	{label: "Department", keys: tags(0x3A18)},
	{label: "Company", keys: tags(0x3A16)},
	{label: "Office", keys: tags(0x3A19)},
	{label: "Manager", keys: tags(0x3A4E)},
	{label: "Assistant", keys: tags(0x3A30)},
	{label: "Spouse", keys: tags(0x3A48)},
	{label: "Children", keys: tags(0x3A58)},
	{label: "Anniversary", keys: append(named(setContact, 0x80DF), Tag(0x3A41)), as: asDate},
	{label: "Hobbies", keys: tags(0x3A43)},
	{label: "Email", keys: named(setContact, 0x8084, 0x8083, 0x8080)},
	{label: "Email 2", keys: named(setContact, 0x8094, 0x8093, 0x8090)},
	{label: "Email 3", keys: named(setContact, 0x80A4, 0x80A3, 0x80A0)},
	{label: "Instant message address", keys: named(setContact, 0x8062)},
	{label: "Phone", keys: tags(0x3A1A)},
	{label: "Home phone", keys: tags(0x3A09)},
	{label: "Home phone 2", keys: tags(0x3A2F)},
	{label: "Mobile phone", keys: tags(0x3A1C)},
	{label: "Business phone", keys: tags(0x3A08)},
	{label: "Business phone 2", keys: tags(0x3A1B)},
	{label: "Company phone", keys: tags(0x3A57)},
	{label: "Assistant phone", keys: tags(0x3A2E)},
	{label: "Car phone", keys: tags(0x3A1E)},
	{label: "Radio phone", keys: tags(0x3A1D)},
	{label: "Other phone", keys: tags(0x3A1F)},
	{label: "Callback phone", keys: tags(0x3A02)},
	{label: "Pager", keys: tags(0x3A21)},
	{label: "Text phone", keys: tags(0x3A4B)},
	{label: "Fax", keys: tags(0x3A23)},
	{label: "Business fax", keys: tags(0x3A24)},
	{label: "Home fax", keys: tags(0x3A25)},
	{label: "Network name", keys: tags(0x3A49)},
	{label: "Personal home page", keys: tags(0x3A50)},
	{label: "Business home page", keys: tags(0x3A51)},
	{label: "User field 1", keys: named(setContact, 0x804F)},
	{label: "User field 2", keys: named(setContact, 0x8050)},
	{label: "User field 3", keys: named(setContact, 0x8051)},
	{label: "User field 4", keys: named(setContact, 0x8052)},

	{label: "Start", keys: append(append(named(setMeeting, 0x820D), named(setJournal, 0x8706)...), Tag(0x0060))},
	{label: "End", keys: append(append(named(setMeeting, 0x820E), named(setJournal, 0x8708)...), Tag(0x0061))},
	{label: "Location", keys: named(setMeeting, 0x8208)},
	{label: "Recurrence", keys: named(setMeeting, 0x8232)},
	{label: "Required attendees", keys: named(setMeeting, 0x823B)},
	{label: "Optional attendees", keys: named(setMeeting, 0x823C)},

	{label: "Start date", keys: named(setTask, 0x8104), as: asDate},
	{label: "Due date", keys: named(setTask, 0x8105), as: asDate},
	{label: "Completed", keys: named(setTask, 0x810F), as: asDate},
	{label: "Owner", keys: named(setTask, 0x811F)},
	{label: "Assigned by", keys: named(setTask, 0x8121)},

	{label: "Entry type", keys: named(setJournal, 0x8700)},
	{label: "Contacts", keys: named(setCommon, 0x853A)},
	{label: "Companies", keys: named(setCommon, 0x8539)},
	{label: "Billing", keys: named(setCommon, 0x8535)},
	{label: "List name", keys: named(setContact, 0x8053)},
}

// address is a postal address of a contact: in one piece, and in its parts.
type address struct {
	label string
	whole Key
	parts []Key // PO box, street, town, county, postcode, country
}

var addresses = []address{
	{"Home address", Key{Set: setContact, ID: 0x801A}, tags(0x3A5E, 0x3A5D, 0x3A59, 0x3A5C, 0x3A5B, 0x3A5A)},
	{"Business address", Key{Set: setContact, ID: 0x801B}, named(setContact, 0x804A, 0x8045, 0x8046, 0x8047, 0x8048, 0x8049)},
	{"Other address", Key{Set: setContact, ID: 0x801C}, tags(0x3A64, 0x3A63, 0x3A5F, 0x3A62, 0x3A61, 0x3A60)},
	{"Mailing address", Tag(0x3A15), tags(0x3A2B, 0x3A29, 0x3A27, 0x3A28, 0x3A2A, 0x3A26)},
}

// listMembers are the one-off entries of a distribution list.
var listMembers = Key{Set: setContact, ID: 0x8054}
