package reeve

// Name is a person's name in parts, as written.
type Name struct {
	Title, Given, Middle, Surname string
}

// Empty reports whether neither given name nor surname is there.
func (n Name) Empty() bool { return n.Given == "" && n.Surname == "" }

// Address is a place of living as found or registered, in normal form (lex):
// Unit is flat or room, Number the house number or name, Street without the
// type's spelling, Postcode with one space. Any part may be empty.
type Address struct {
	UPRN, Unit, Number, Street, Postcode string
}

// Empty reports whether the address says nothing.
func (a Address) Empty() bool { return a == Address{} }

// ID is an identifying value of a kind in normal form.
type ID struct {
	Kind Kind
	Norm string
}

// Mention is what one document says of one human: the features that linkage
// compares. ID is "M" + 12 base32 of (digest, place of its first finding,
// ordinal). Findings are kept apart, each with the mention's ordinal.
type Mention struct {
	ID        string
	Digest    string // of the item
	Ordinal   int    // 1-based in its document
	First     Place  // of its first finding; names a person on no register (contract)
	Names     []Name // best first; written forms of one name
	Born      []Date // dates of birth said of this human, best first
	Age       int    // stated age in years, 0 if none
	AgeOn     Date   // the date the age was true
	Addresses []Address
	IDs       []ID
	Capacity  Capacity
	Role      Role
	Dead      bool       // the document says that this human has died
	Said      Date       // date of the document or row, if it gives one
	Records   []RecordID // register records that a scan saw for it: a hint for blocking, never evidence by itself
	Sole      bool       // the document holds nothing but a bare name for it
}

// Role is what a person is to the council.
type Role string

const (
	RoleResident    Role = "resident"
	RoleServiceUser Role = "service-user"
	RoleStaff       Role = "staff"
	RoleCouncillor  Role = "councillor"
	RoleSupplier    Role = "supplier"
	RoleLandlord    Role = "landlord"
	RoleOther       Role = "other"
	RoleUnknown     Role = "unknown"
)
