package compound

import (
	"errors"

	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

// Open opens the compound file of a source. The error is a part.Fault.
func Open(src part.Source) (*ole.File, error) {
	f, err := ole.Open(src.Reader, src.Size)
	if err != nil {
		return nil, part.Broken("it is not a compound file")
	}
	return f, nil
}

// Complaint says what is wrong with a compound file as a whole, so that what
// was read of it is not taken to be all.
func Complaint(f *ole.File) error {
	switch {
	case f.Cut:
		return part.CutShort("the compound file ends before its own structure does")
	case f.Guessed:
		return part.Broken("the table that says where its streams are is damaged")
	}
	return nil
}

// Locked turns an error of ole.OpenRC4 into a fault.
func Locked(err error) error {
	switch {
	case errors.Is(err, ole.ErrPassword):
		return part.Encrypted("the document has a password")
	case errors.Is(err, ole.ErrMethod):
		return part.Encrypted("the document is encrypted by a method that no password opens")
	}
	return part.Broken("what describes its encryption is damaged")
}
