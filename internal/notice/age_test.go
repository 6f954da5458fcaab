package notice

import (
	"testing"

	"github.com/reeve-council/reeve"
)

// TestAgeOnTheDateOfTheLetter: on the day of the eighteenth birthday, and not on
// the day before, a letter goes to the person. What is not known of a birth date
// makes them younger, never older.
func TestAgeOnTheDateOfTheLetter(t *testing.T) {
	day := func(y, m, d int) reeve.Date { return reeve.Date{Year: int16(y), Month: int8(m), Day: int8(d)} }
	for _, c := range []struct {
		name   string
		born   reeve.Date
		signal bool // a source says that they are under 18
		on     reeve.Date
		minor  bool
	}{
		{"the day before the birthday", day(2008, 1, 20), false, day(2026, 1, 19), true},
		{"the birthday", day(2008, 1, 19), false, day(2026, 1, 19), false},
		{"the day after", day(2008, 1, 18), false, day(2026, 1, 19), false},
		{"a month before", day(2008, 2, 19), false, day(2026, 1, 19), true},
		{"the last day of a year", day(2007, 12, 31), false, day(2025, 12, 31), false},
		{"the day before that", day(2007, 12, 31), false, day(2025, 12, 30), true},
		{"born on 29 February, on 28 February of a common year", day(2008, 2, 29), false, day(2026, 2, 28), true},
		{"born on 29 February, on 1 March of a common year", day(2008, 2, 29), false, day(2026, 3, 1), false},
		{"born on 28 February, on 28 February of a leap year", day(2010, 2, 28), false, day(2028, 2, 28), false},
		{"born on 1 March, on 29 February of a leap year", day(2010, 3, 1), false, day(2028, 2, 29), true},
		{"the year alone, which may still come", day(2008, 0, 0), false, day(2026, 12, 30), true},
		{"the year alone, on its last day", day(2008, 0, 0), false, day(2026, 12, 31), false},
		{"the year alone, the year after", day(2007, 0, 0), false, day(2026, 1, 1), false},
		{"year and month, within the month", day(2008, 1, 0), false, day(2026, 1, 30), true},
		{"year and month, on its last day", day(2008, 1, 0), false, day(2026, 1, 31), false},
		{"February of a leap year, at its end", day(2008, 2, 0), false, day(2026, 2, 28), true},
		{"nothing known, no signal", reeve.Date{}, false, day(2026, 1, 19), false},
		{"nothing known, and a signal", reeve.Date{}, true, day(2026, 1, 19), true},
		{"the birth date is stronger than an old signal", day(2007, 1, 19), true, day(2026, 1, 19), false},
		{"and than a missing one", day(2010, 1, 19), false, day(2026, 1, 19), true},
		{"born after the letter", day(2026, 2, 1), false, day(2026, 1, 19), true},
		{"a newborn", day(2026, 1, 19), false, day(2026, 1, 19), true},
	} {
		s := grownUp
		s.Born, s.Minor = c.born, c.signal
		if got := minor(s, c.on); got != c.minor {
			t.Errorf("%s: minor %v", c.name, got)
		}
		reason := Rule(s, true, Ask{Way: Post, On: c.on, Address: true})
		if (reason == UnderAge) != c.minor || !c.minor && reason != "" {
			t.Errorf("%s: a letter to themselves: %q", c.name, reason)
		}
		if decided := Rule(s, true, Ask{Way: Post, On: c.on, Child: true}); c.minor && decided != "" || !c.minor && c.born.Year != 0 && decided == "" {
			t.Errorf("%s: a letter about them to somebody else: %q", c.name, decided)
		}
	}
}
