package enquiry

import "github.com/reeve-council/reeve/internal/db"

// service is how well one queue kept its terms over a time. Whatever was merged
// counts with what it became part of.
type service struct {
	Kind        Kind  `json:"kind"`
	Received    int64 `json:"received"`
	Reached     int64 `json:"reached"`      // somebody was first in touch in the time
	ReachedTime int64 `json:"reached_time"` // of these, by the day that it was due
	Ended       int64 `json:"ended"`        // answered or closed in the time
	EndedTime   int64 `json:"ended_time"`   // of these, by the day that it was due
	Live        int64 `json:"live"`
	Late        int64 `json:"late"` // now
	Paused      int64 `json:"paused"`
}

func (s service) Words() string { return kindTable[s.Kind] }

// Aim is the term of the queue in words.
func (s service) Aim() string { return terms[s.Kind].words() }

// ReachedShare and EndedShare are how many in a hundred were in time, rounded
// down: nothing is called whole that is not.
func (s service) ReachedShare() int64 { return share(s.ReachedTime, s.Reached) }
func (s service) EndedShare() int64   { return share(s.EndedTime, s.Ended) }

func share(part, whole int64) int64 {
	if whole == 0 {
		return 0
	}
	return part * 100 / whole
}

// readService reckons one queue from a moment on, in seconds UTC.
func readService(tx *db.Tx, k Kind, councils []string, from, now int64) (s service, err error) {
	s.Kind = k
	where, args := "kind = ? AND merged = 0", []any{from, from, from, from, from, now, k}
	if councils != nil {
		condition, values := ofCouncils("council", councils)
		where, args = where+" AND "+condition, append(args, values...)
	}
	sum := func(condition string) string {
		return "COALESCE(SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END), 0)"
	}
	err = tx.One([]any{&s.Received, &s.Reached, &s.ReachedTime, &s.Ended, &s.EndedTime, &s.Late, &s.Live, &s.Paused},
		"SELECT "+sum("received >= ?")+", "+sum("first_at > 0 AND first_at >= ?")+", "+sum("first_at > 0 AND first_at >= ? AND first_at <= first_due")+", "+
			sum("live = 0 AND ended >= ?")+", "+sum("live = 0 AND ended >= ? AND ended <= due")+", "+sum("live = 1 AND paused = 0 AND next_due < ?")+", "+sum("live = 1")+", "+sum("live = 1 AND paused > 0")+
			" FROM enquiry WHERE "+where, args...)
	return s, err
}
