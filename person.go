package reeve

// Tier says how sure the machine is who this is.
type Tier string

const (
	TierStrong   Tier = "strong"   // posterior ≥ 0.99
	TierLikely   Tier = "likely"   // ≥ 0.90
	TierPossible Tier = "possible" // ≥ 0.50
	TierNone     Tier = ""
)

// TierOf is the tier of a posterior probability.
func TierOf(p float64) Tier {
	switch {
	case p >= 0.99:
		return TierStrong
	case p >= 0.90:
		return TierLikely
	case p >= 0.50:
		return TierPossible
	}
	return TierNone
}

// Person is one human as resolved from registers and mentions. ID is "P" + 12
// base32; see the contract. Records are the register records that are this
// human; none for someone on no register.
type Person struct {
	ID         string
	Records    []RecordID
	Households []string // household ids, the current one first
	Links      []Link
}

// Link ties a mention to a person with the posterior probability that it is
// theirs. Levels is the comparison vector from which Explain rebuilds every
// field's weight; Weight is the total in hundredths of a bit.
type Link struct {
	Mention   string
	Person    string
	Posterior float64
	Weight    int32
	Levels    []byte
	Rivals    []Rival // who else it could be, best first, at most three
	Decided   string  // "same" or "different" where a human decision made the link; else ""
}

// Rival is another person, or nobody on a register (Person ""), that competed
// for a mention.
type Rival struct {
	Person    string
	Posterior float64
	Weight    int32
}

// Household is an address with the people linked to it, now or at the date of
// the data. ID is "H" + 12 base32.
type Household struct {
	ID      string
	Address Address
	Lines   string // current register address in one line
	People  []string
}

// Decision is a human's word on two people or mentions; every later run obeys
// it. What is "same", "different" or "unsure". A and B are person or mention
// ids as typed; Keys are the stable fingerprints they stood for when decided.
type Decision struct {
	ID         int64
	What       string
	A, B       string
	KeysA      []string
	KeysB      []string
	Why, Actor string
	At         int64 // UTC seconds
}
