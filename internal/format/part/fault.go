package part

import (
	"errors"
	"io"

	"github.com/reeve-council/reeve"
)

// Fault is an error that knows which status and reason it means. Detail is for
// people: never a personal value, never a path.
type Fault struct {
	Status reeve.Status
	Reason reeve.Reason
	Detail string
}

func (f *Fault) Error() string { return string(f.Status) + ": " + string(f.Reason) + ": " + f.Detail }

// Broken is a structure that contradicts itself.
func Broken(detail string) error {
	return &Fault{reeve.StatusDamaged, reeve.ReasonBroken, detail}
}

// CutShort is a structure whose end is not there.
func CutShort(detail string) error {
	return &Fault{reeve.StatusDamaged, reeve.ReasonCutShort, detail}
}

// Encrypted is content that no supplied password opens.
func Encrypted(detail string) error {
	return &Fault{reeve.StatusEncrypted, reeve.ReasonPasswordNeeded, detail}
}

// Over is a limit that was reached; reason is too-large, too-deep, too-many or
// bomb.
func Over(reason reeve.Reason, detail string) error {
	return &Fault{reeve.StatusLimit, reason, detail}
}

// Unsupported is content that was recognised but has no reader.
func Unsupported(detail string) error {
	return &Fault{reeve.StatusUnsupported, reeve.ReasonNoReader, detail}
}

// asFault gives every error a status and reason. What is not a Fault is bytes
// that ended too soon or a parser's complaint; its text may quote the document,
// so that it is not passed on.
func asFault(err error) *Fault {
	var f *Fault
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &Fault{reeve.StatusDamaged, reeve.ReasonCutShort, "it ends before its own structure does"}
	}
	return &Fault{reeve.StatusDamaged, reeve.ReasonBroken, "its structure could not be followed"}
}
