package sweep

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// Bases of a safe contact: which rule of the contract gave it.
const (
	BasisWorker   = "worker"
	BasisSignal   = "signal"
	BasisHold     = "hold"
	BasisRegister = "register"
	BasisNone     = "none"
)

// contactBasis says which rule gave a person's safe contact. Whose signal puts
// an address on hold is never said: it may be a sealed person's.
func contactBasis(p *personRow) ContactView {
	v := ContactView{Value: p.safeContact}
	switch reeve.SafeContact(p.safeContact) {
	case reeve.ContactWorker:
		v.Basis, v.Words = BasisWorker, "The person's own register record names a worker: contact goes through them, whatever else holds."
	case reeve.ContactHold:
		for _, g := range cellList(p.signals) {
			if reeve.Signal(g).Safety() {
				v.Basis, v.Words = BasisSignal, "The person has a safety signal ("+strings.ReplaceAll(g, "_", " ")+"): no contact before somebody has assessed it."
				return v
			}
		}
		v.Basis = BasisHold
		v.Words = "No contact before somebody has assessed it: a safety signal at this address or household, now or then, a link that is only possible, or the register's own word."
	case reeve.ContactPost, reeve.ContactPhone, reeve.ContactEmail:
		v.Basis, v.Words = BasisRegister, "A register gives this way with a date, and no safety signal speaks against it."
	default:
		v.Basis, v.Words = BasisNone, "No register says how this person can be reached safely. Nobody has assessed it yet."
	}
	return v
}

// signalSources reads where each signal comes from out of the reasons that were
// kept: lines "signal NAME: SOURCE (DATE)".
func signalSources(reasons string) []SignalSource {
	var out []SignalSource
	for line := range strings.SplitSeq(reasons, "\n") {
		rest, ok := strings.CutPrefix(line, "signal ")
		name, source, ok2 := strings.Cut(rest, ": ")
		if !ok || !ok2 {
			continue
		}
		s := SignalSource{Signal: name, Source: source}
		if i := strings.LastIndex(source, " ("); i >= 0 && strings.HasSuffix(source, ")") {
			if d, err := reeve.ParseISODate(source[i+2 : len(source)-1]); err == nil && !d.IsZero() {
				s.Source, s.Since = source[:i], d.String()
			}
		}
		out = append(out, s)
	}
	return out
}
