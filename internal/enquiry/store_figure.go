package enquiry

import (
	"errors"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// countQueue counts what is to be done.
func countQueue(tx *db.Tx, councils []string, now int64) (c counts, err error) {
	where, args := "live = 1", []any{now}
	if councils != nil {
		condition, values := ofCouncils("council", councils)
		where, args = where+" AND "+condition, append(args, values...)
	}
	err = tx.One([]any{&c.Live, &c.Vulnerable, &c.Late, &c.Free}, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN rank = 0 THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN paused = 0 AND next_due < ? THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN owner = '' THEN 1 ELSE 0 END), 0)
		FROM enquiry WHERE `+where, args...)
	return c, err
}

// wait is how long people of one channel waited until somebody was in touch, in
// seconds. Reached counts those of the time looked at; the others still wait.
type wait struct {
	Channel  Channel `json:"channel"`
	Reached  int64   `json:"reached"`
	Median   int64   `json:"median"`
	Most     int64   `json:"nine_in_ten"` // nine in ten waited no longer
	Waiting  int64   `json:"waiting"`
	Longest  int64   `json:"longest"` // of those who still wait
	LateNow  int64   `json:"late"`
	Received int64   `json:"received"` // in the time looked at
}

func (w wait) Words() string { return channelTable[w.Channel] }

// readWait reckons the figures of one channel, from a moment on.
func readWait(tx *db.Tx, c Channel, councils []string, from, now int64) (w wait, err error) {
	w.Channel = c
	where, args := "channel = ?", []any{c}
	if councils != nil {
		condition, values := ofCouncils("council", councils)
		where, args = where+" AND "+condition, append(args, values...)
	}
	with := func(more ...any) []any { return append(append([]any{}, args...), more...) }
	if err := tx.One([]any{&w.Received}, "SELECT COUNT(*) FROM enquiry WHERE "+where+" AND received >= ?", with(from)...); err != nil {
		return w, err
	}
	if err := tx.One([]any{&w.Reached}, "SELECT COUNT(*) FROM enquiry WHERE "+where+" AND first_at >= ? AND first_at > 0", with(from)...); err != nil {
		return w, err
	}
	nth := func(i int64) (v int64, err error) {
		err = tx.One([]any{&v}, "SELECT first_at - received AS waited FROM enquiry WHERE "+where+" AND first_at >= ? AND first_at > 0 ORDER BY waited LIMIT 1 OFFSET ?", with(from, i)...)
		if errors.Is(err, reeve.NotFound) {
			err = nil
		}
		return v, err
	}
	if w.Reached > 0 {
		if w.Median, err = nth((w.Reached - 1) / 2); err != nil {
			return w, err
		}
		if w.Most, err = nth((w.Reached*9+9)/10 - 1); err != nil {
			return w, err
		}
	}
	var oldest int64
	err = tx.One([]any{&w.Waiting, &oldest, &w.LateNow}, `SELECT COUNT(*), COALESCE(MIN(received), 0), COALESCE(SUM(CASE WHEN first_due < ? THEN 1 ELSE 0 END), 0)
		FROM enquiry WHERE live = 1 AND first_at = 0 AND `+where, append([]any{now}, args...)...)
	if oldest > 0 {
		w.Longest = max(0, now-oldest)
	}
	return w, err
}

// shift is who staffs a channel when.
type shift struct {
	ID      int64   `json:"id"`
	Day     string  `json:"day"`
	Channel Channel `json:"channel"`
	Begins  string  `json:"begins"`
	Ends    string  `json:"ends"`
	People  int64   `json:"people"`
	Who     string  `json:"who"`
	ByName  string  `json:"by_name"`
}

func (s shift) Words() string { return channelTable[s.Channel] }

func addShift(tx *db.Tx, s shift, now int64) (int64, error) {
	if err := tx.Serialise("enquiry-shift"); err != nil {
		return 0, err
	}
	id, err := next(tx, "SELECT COALESCE(MAX(id), 0) + 1 FROM enquiry_shift")
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec("INSERT INTO enquiry_shift (id, day, channel, begins, ends, people, who, by_name, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		id, s.Day, s.Channel, s.Begins, s.Ends, s.People, s.Who, s.ByName, now)
	return id, err
}

func dropShift(tx *db.Tx, id int64) error {
	n, err := tx.Exec("DELETE FROM enquiry_shift WHERE id = ?", id)
	if err == nil && n == 0 {
		err = reeve.NotFound
	}
	return err
}

// readShifts are the shifts from a day on, two weeks of them.
func readShifts(tx *db.Tx, from, to string) ([]shift, error) {
	return db.All(tx, func(row db.Row) (s shift, err error) {
		return s, row.Scan(&s.ID, &s.Day, &s.Channel, &s.Begins, &s.Ends, &s.People, &s.Who, &s.ByName)
	}, "SELECT id, day, channel, begins, ends, people, who, by_name FROM enquiry_shift WHERE day >= ? AND day < ? ORDER BY day, channel, begins, id LIMIT 500", from, to)
}
