package simulator

import "time"

// Times at which things happen to messages, on the simulator's clock.
const (
	looking   = 10 * time.Second // a message is delivered, a letter looked for viruses
	printHour = 17*time.Hour + 30*time.Minute
)

// status is what has become of a message by now. A letter is looked for viruses
// and held to the rules of print; the printer takes it at half past five. That it
// came back is told by a callback alone: asked for, Notify goes on saying
// received.
func (s *Simulator) status(l Line) (status string, done time.Time) {
	now, at := s.clock.Now(), time.Unix(l.At, 0).UTC()
	soon := at.Add(looking)
	if l.Type != "letter" {
		switch {
		case now.Before(soon):
			return "sending", time.Time{}
		case l.Fate != "":
			return l.Fate, soon
		}
		return "delivered", soon
	}
	printed := at.Truncate(24 * time.Hour).Add(printHour)
	if !at.Before(printed) {
		printed = printed.Add(24 * time.Hour)
	}
	switch {
	case now.Before(soon):
		return "pending-virus-check", time.Time{}
	case l.Fate != "":
		return l.Fate, soon
	case now.Before(printed):
		return "accepted", time.Time{}
	}
	return "received", printed
}
