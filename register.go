package reeve

// RecordID numbers the register records of one case in the order (register,
// file, line); it lives for one compiled index and is never printed or stored.
type RecordID uint32

// Record is one row of a council's register, mapped. A human may have several
// (earlier addresses, several registers). Text is as written; normal forms are
// lex's.
type Record struct {
	System, SourceID string // source_system, source_person_id: together they name the record's person
	Household        string // source_household_id
	Kind             string // register kind: generic, electoral, ctax, benefits, mosaic, housing, llpg
	Title            string
	Forename         string
	Middle           string
	Surname          string
	KnownAs          string
	PreviousSurname  string
	Born, Died       Date
	Gender           string
	NINO, NHS, UPN   string
	Email            string
	Phone, Phone2    string
	UPRN             string
	Address          []string // lines, without postcode
	Town             string
	Postcode         string
	AddressFrom      Date
	AddressTo        Date
	AddressType      string // main, correspondence, forwarding, previous
	SortCode         string
	AccountLast4     string
	Role             string
	Service          string
	Council          string
	Language         string
	FormatNeed       string
	Signals          []Signal
	Restricted       bool
	AnonymousElector bool
	SafeContact      string // post, phone, email, worker, none or ""
	NamedWorker      string
	Deceased         string // no, yes, suspected or ""
	Updated          Date
	Refs             []Ref // council references and other columns kept, by value
	Edition          int   // the year that the name of its file says the register is of; 0 unknown
	Line             int   // 1-based line (row) in its file
}

// Ref is a council reference that a register holds for a person.
type Ref struct {
	Kind   Kind
	Header string // the column it came from
	Value  string
}

// Key names the record's person across runs: "source_system\x00source_person_id".
func (r *Record) Key() string { return r.System + "\x00" + r.SourceID }

// BadRow is a register row that could not be used. Reason is for people and
// holds no value from the row.
type BadRow struct {
	Register string
	File     string
	Line     int
	Reason   string
}
