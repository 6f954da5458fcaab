package notice

import (
	"context"
	"fmt"
	"time"

	"github.com/reeve-council/reeve"
)

// inPerson is the channel of what people carry themselves. Nothing is ever
// handed to it: calls, rounds and briefs have pages of their own, and the sender
// leaves their runs alone.
type inPerson struct{}

// Name, Ways, Limits, Now and Wait are what every channel tells.
func (inPerson) Name() string                       { return "in-person" }
func (inPerson) Ways() []Way                        { return []Way{Hand, Call, Worker} }
func (inPerson) Limits() Limits                     { return Limits{} }
func (inPerson) Now() time.Time                     { return time.Now() }
func (inPerson) Wait(until time.Time) time.Duration { return time.Until(until) }

// Send takes nothing: only a person can say that somebody was told.
func (inPerson) Send(context.Context, *Parcel) (Receipt, error) {
	return Receipt{}, Refusal{"by-people"}
}

// Find knows of nothing.
func (inPerson) Find(context.Context, string) (Receipt, error) {
	return Receipt{}, fmt.Errorf("find notice: %w", reeve.NotFound)
}
