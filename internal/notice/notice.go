package notice

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// Kind is what a notice is about and to whom.
type Kind string

// The kinds of notice.
const (
	General  Kind = "general"  // to every address; names nobody and says nothing found
	Personal Kind = "personal" // to a person, by post, e-mail or text
	High     Kind = "high"     // to a person at high risk: by hand or after a call
	Staff    Kind = "staff"
	Supplier Kind = "supplier"
	Child    Kind = "child"  // about a child, to whom children's services named
	Estate   Kind = "estate" // about a person who died, to whom was decided on
	Update   Kind = "update" // a correction or news after an earlier notice
)

// Kinds in the order in which pages offer them.
var Kinds = []Kind{Personal, High, Staff, Supplier, Child, Estate, Update, General}

// named tells whether the kind is about one person on a list.
func (k Kind) named() bool { return k != General }

// Way is how a notice travels.
type Way string

// The ways.
const (
	Post   Way = "post"
	Email  Way = "email"
	Text   Way = "text"
	Hand   Way = "hand"   // delivered by hand, to the person themself
	Call   Way = "call"   // told on the telephone
	Worker Way = "worker" // a brief for the named worker
)

// suits tells whether a way is one that an assessed contact allows. A letter by
// hand goes to an address at which post is safe.
func (w Way) suits(c reeve.SafeContact) bool {
	switch w {
	case Post, Hand:
		return c == reeve.ContactPost
	case Email:
		return c == reeve.ContactEmail
	case Text, Call:
		return c == reeve.ContactPhone
	}
	return false
}

// Format is the form in which somebody reads.
type Format string

// The formats.
const (
	Standard   Format = "standard"
	LargePrint Format = "large-print"
	EasyRead   Format = "easy-read"
)

// Recipient is one person with what a notice may say of them, as frozen.
type Recipient struct {
	Person     string
	Reference  string
	Name       reeve.Sensitive   // who reads it; empty in a general notice
	About      reeve.Sensitive   // whose data it is, when that is somebody else
	Lines      []reeve.Sensitive // the address, the postcode last
	Email      reeve.Sensitive
	Phone      reeve.Sensitive
	Kinds      []reeve.Kind
	From, To   reeve.Date // period of the data; zero when unknown
	Items      int64
	Incomplete int64 // of the items, how many were not fully read
	Band       reeve.Band
	Tier       reeve.Tier
	Confirmed  bool   // a human verdict stands
	Held       string // yes, no or "": whether the council still has the data
	Council    string
	Services   []string        // whose files held the data, in words; may be empty
	Worker     reeve.Sensitive // the named worker; empty for none
	Language   string          // in which they read, BCP 47; "" for English
	Format     Format          // in which they read; "" for Standard
}

// plainCategories are the data types that may be named before a human verdict.
var plainCategories = []reeve.Category{reeve.CategoryBasic, reeve.CategoryIdentification, reeve.CategoryFinancial, reeve.CategoryDocuments}

// sayable are the kinds that a notice may name to this recipient: all after a
// human verdict; before it, only plain types, and of somebody above medium too.
// What it leaves out is offered after an identity check.
func (r *Recipient) sayable() (kinds []reeve.Kind, withheld bool) {
	for _, k := range r.Kinds {
		if !r.Confirmed && (!slices.Contains(plainCategories, k.Category()) || k == reeve.KindDeath || k == reeve.KindPNCID) {
			withheld = true
			continue
		}
		kinds = append(kinds, k)
	}
	if !r.Confirmed && (r.Band == reeve.BandHigh || r.Band == reeve.BandVeryHigh) {
		withheld = true
	}
	return kinds, withheld
}

// needsVerdict tells whether a notice says to this recipient what is said after
// a human verdict alone: one that was taken back since takes it with it.
func (r *Recipient) needsVerdict() bool {
	before := *r
	before.Confirmed = false
	_, withheld := before.sayable()
	return r.Confirmed && withheld
}

// bankKinds are kinds of which a reader asks first.
var bankKinds = []reeve.Kind{reeve.KindBankAccount, reeve.KindIBAN, reeve.KindPaymentCard}

// bank tells what may be said of bank details: found; none, which is said only
// when all of the person's items were fully read; or nothing.
func (r *Recipient) bank() (found, none bool) {
	found = slices.ContainsFunc(r.Kinds, func(k reeve.Kind) bool { return slices.Contains(bankKinds, k) })
	return found, !found && r.Items > 0 && r.Incomplete == 0
}

// join and split are how lists of codes are kept.
func join[T ~string](list []T) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(string(s))
	}
	return b.String()
}

func split[T ~string](s string) []T {
	if s == "" {
		return nil
	}
	var all []T
	for p := range strings.SplitSeq(s, ";") {
		all = append(all, T(p))
	}
	return all
}
