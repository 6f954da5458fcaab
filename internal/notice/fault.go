package notice

import (
	"errors"
	"fmt"

	"github.com/reeve-council/reeve"
)

// Fault is why a notice cannot leave, by the name that GOV.UK Notify gives it
// where it has one (its validation of letters, specification 2.4), or by one of
// ours. It names no data.
type Fault string

// Faults of addresses and letters, as Notify names them.
const (
	AddressEmpty       Fault = "address-is-empty"
	FewLines           Fault = "not-enough-address-lines"
	ManyLines          Fault = "too-many-address-lines"
	BadFirstLines      Fault = "invalid-address-line-1-or-2"
	BadCharacter       Fault = "invalid-char-in-address"
	NoPostcode         Fault = "not-a-real-uk-postcode"
	Abroad             Fault = "cant-send-international-letters"
	NoFixedAbode       Fault = "no-fixed-abode-address"
	TooLong            Fault = "letter-too-long"
	NotPortrait        Fault = "letter-not-a4-portrait-oriented"
	OutsideArea        Fault = "content-outside-printable-area"
	NotifyTag          Fault = "notify-tag-found-in-content"
	UnreadableFile     Fault = "unable-to-read-the-file"
	AddressNotAsFrozen Fault = "address-differs"
)

// Faults of our own: of templates and of what a notice says.
const (
	UnknownField   Fault = "unknown-field"
	MissingField   Fault = "missing-field"
	BrokenTemplate Fault = "broken-template"
	Forbidden      Fault = "forbidden-words"
	NotPlain       Fault = "not-plain-english"
	Unmet          Fault = "requirement-not-met"
	NamesData      Fault = "names-data-outside"
	NoEmail        Fault = "invalid-email-address"
	NoPhone        Fault = "invalid-phone-number"
	Misplaced      Fault = "does-not-belong-here" // something of a person in a letter to every home, or the other way round
	NoForm         Fault = "other-format"
	Unprintable    Fault = "cannot-be-printed"
	PixelsDiffer   Fault = "pixels-differ" // drawn by another program, it looks otherwise than it reads
	PrintDiffers   Fault = "print-differs" // the finished file reads otherwise than the letter was set
)

// Error makes a fault an error.
func (f Fault) Error() string { return string(f) }

// fault is a fault with what it is about, without personal values; it is
// reeve.Invalid.
func (f Fault) about(format string, args ...any) error {
	return faulty{f, fmt.Sprintf(format, args...)}
}

type faulty struct {
	Fault
	text string
}

func (f faulty) Error() string   { return string(f.Fault) + ": " + f.text }
func (f faulty) Unwrap() []error { return []error{f.Fault, reeve.Invalid} }

func isNotFound(err error) bool { return errors.Is(err, reeve.NotFound) }
