package reeve

import "errors"

// The few kinds of error that cross rooms. Wrap them: fmt.Errorf("open case: %w", reeve.NotFound).
// Pages and exit codes are chosen from the kind in one place; the text says
// what is wrong and, through Hint, what to try.
var (
	NotFound    = errors.New("not found")
	Invalid     = errors.New("not valid")
	Denied      = errors.New("not allowed")
	Conflict    = errors.New("changed by someone else")
	Unavailable = errors.New("not available now")
)

// hinted is an error with a line for the person who meets it.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// WithHint adds what to try next; the command line prints it under the error.
func WithHint(err error, hint string) error {
	if err == nil {
		return nil
	}
	return hinted{err, hint}
}

// HintOf gives the hint of an error, or "".
func HintOf(err error) string {
	var h hinted
	if errors.As(err, &h) {
		return h.hint
	}
	return ""
}
