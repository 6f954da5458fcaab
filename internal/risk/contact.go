package risk

import (
	"github.com/reeve-council/reeve"
)

// contactOf is how a person may be contacted: the first of the contract's
// rules that applies. safetyNear says that somebody linked to the person's
// address or household, now or then, has a safety signal (links at `possible`
// included), the person too.
func contactOf(records []reeve.Record, safetyNear bool) reeve.SafeContact {
	for i := range records {
		if records[i].NamedWorker != "" {
			return reeve.ContactWorker
		}
	}
	if safetyNear {
		return reeve.ContactHold
	}
	best := reeve.ContactNotAssessed
	var at reeve.Date
	for i := range records {
		r := &records[i]
		switch r.SafeContact {
		case "none":
			return reeve.ContactHold
		case "worker": // asked for, but nobody is named
			return reeve.ContactHold
		case "post", "phone", "email":
			if !r.Updated.IsZero() && (best == reeve.ContactNotAssessed || at.Before(r.Updated)) {
				best, at = reeve.SafeContact(r.SafeContact), r.Updated
			}
		}
	}
	return best
}

// SafetyAtAll reports whether any finding, links at `possible` included, or a
// register says a safety signal of the person. It is what puts a whole address
// on hold.
func SafetyAtAll(in *Input) bool {
	for i := range in.Records {
		r := &in.Records[i]
		if r.AnonymousElector || r.Restricted {
			return true
		}
		for _, s := range r.Signals {
			if s.Safety() {
				return true
			}
		}
	}
	for _, e := range in.Evidence {
		if e.Signal.Safety() && carries(e) {
			return true
		}
	}
	return false
}

// sealedBy reports whether a person is kept from every list that does not ask
// for sealed people.
func sealedBy(records []reeve.Record, signals []reeve.SignalReason) bool {
	for i := range records {
		if records[i].Restricted || records[i].AnonymousElector {
			return true
		}
	}
	return hasSignal(signals, reeve.SignalProtectedPerson, reeve.SignalSafeAddress)
}
