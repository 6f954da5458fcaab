package notice

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/reeve-council/reeve"
)

// Channel is a way by which notices leave. A channel hands a parcel over at most
// once for each call, says truly whether it was taken, and is asked by our
// reference before anything is tried again.
type Channel interface {
	Name() string
	Ways() []Way
	Limits() Limits
	// Send hands a parcel over. Errors are refusal, wait and ErrUnsure; with any
	// other nothing was taken.
	Send(ctx context.Context, p *Parcel) (Receipt, error)
	// Find tells what became of a reference; reeve.NotFound when the channel
	// never took it, reeve.Unavailable when it cannot tell.
	Find(ctx context.Context, reference string) (Receipt, error)
	// Now is the channel's clock: real time but for the simulator. Wait turns a
	// time on it into how long that is for us.
	Now() time.Time
	Wait(until time.Time) time.Duration
}

// Limits of a channel. Zero means none.
type Limits struct {
	Minute int           // parcels in any 60 seconds
	Day    func(Way) int // parcels of a way in a day, which begins at midnight UTC
	Settle time.Duration // how long after a hand-over broke off Find tells the truth
	Keeps  time.Duration // how long Find knows of a message; 0: for ever
	Pence  func(sides int, w Way) int64
}

// day is how many parcels of a way may leave in a day; 0 for no bound.
func (l Limits) day(w Way) int {
	if l.Day == nil {
		return 0
	}
	return l.Day(w)
}

// Parcel is one notice ready to leave.
type Parcel struct {
	Reference string
	Way       Way
	PDF       []byte // of a letter
	Sides     int
	Lines     []reeve.Sensitive // of the address
	To        reeve.Sensitive   // of an e-mail or text
	Subject   string
	Text      string // personal: it goes to the person it is about
}

// Receipt is what a channel says of a parcel.
type Receipt struct {
	ID     string // the channel's
	Status string // in the channel's words
	At     int64  // UTC seconds on the channel's clock
	Pence  int64
}

// ErrUnsure is part of an error after which nobody knows whether the parcel was
// taken: it must be looked up.
var ErrUnsure = errors.New("the channel may have taken the message")

// Refusal is a parcel that the channel will never take, by the channel's name
// for the reason. It is reeve.Invalid.
type Refusal struct{ Name string }

func (r Refusal) Error() string { return "the channel refused the message: " + r.Name }
func (r Refusal) Unwrap() error { return reeve.Invalid }

// Wait is a channel that takes nothing before a time on its clock. It is
// reeve.Unavailable.
type Wait struct {
	Until time.Time
	Why   string
}

func (w Wait) Error() string { return fmt.Sprintf("the channel takes nothing now: %s", w.Why) }
func (w Wait) Unwrap() error { return reeve.Unavailable }

// settled sorts a status into what it means for the notice.
type outcome string

const (
	onItsWay outcome = "on-its-way"
	arrived  outcome = "arrived" // as far as a channel can say
	returned outcome = "returned"
	failed   outcome = "failed"
)

// statuses are the words of GOV.UK Notify, and ours where a channel has none.
var statuses = map[string]outcome{
	"created": onItsWay, "sending": onItsWay, "pending": onItsWay, "pending-virus-check": onItsWay, "accepted": onItsWay, "sent": onItsWay,
	"received": arrived, "delivered": arrived, "handed-over": arrived,
	toldStatus[Call]: arrived, toldStatus[Hand]: arrived, toldStatus[Worker]: arrived,
	"returned": returned, "cancelled": failed, "virus-scan-failed": failed, "validation-failed": failed,
	"permanent-failure": failed, "temporary-failure": failed, "technical-failure": failed,
}
