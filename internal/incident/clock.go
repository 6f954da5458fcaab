package incident

import (
	"time"

	"github.com/reeve-council/reeve/internal/uk"
)

// Aware is the decision that a council was aware of the breach at a moment: the
// 72 hours of Article 33(1) run from it. It is made with its evidence and its
// reasons because the regulator asks for them; each council has its own.
type Aware struct {
	Kept
	At        int64  `json:"at"` // seconds UTC
	Who       string `json:"who"`
	Evidence  string `json:"evidence"`
	Reasoning string `json:"reasoning"`
	State     string `json:"state"`
	Why       string `json:"why"`
}

// Clock is one duty that runs, of one council.
type Clock struct {
	Kept
	Duty        string `json:"duty"`
	Title       string `json:"title"`
	Nation      int64  `json:"nation"`
	Begun       int64  `json:"begun"`
	BegunWhy    string `json:"begun_why"`
	Due         int64  `json:"due"` // the last moment in time, seconds UTC; 0 for an open one
	Whole       bool   `json:"whole"`
	Open        bool   `json:"open"`
	Longer      string `json:"longer"`
	Aware       int64  `json:"aware"`
	ListVersion string `json:"list_version"`
	Cohort      string `json:"cohort"`
	People      int64  `json:"people"`
	Choice      string `json:"choice"`
	ChoiceWhy   string `json:"choice_why"`
	Held        string `json:"held"`
	Owner       string `json:"owner"`
	State       string `json:"state"`
	Ended       int64  `json:"ended"`
	Why         string `json:"why"`
}

// Report is what was done about a clock: a phase of a report, an answer, a
// letter.
type Report struct {
	Kept
	Parent    int64  `json:"clock"`
	At        int64  `json:"at"`
	Phase     string `json:"phase"`
	Way       string `json:"way"`
	Reference string `json:"reference"`
	Note      string `json:"note"`
	LateWhy   string `json:"late_why"`
	State     string `json:"state"`
	Why       string `json:"why"`
}

// States of clocks and of what hangs on them.
const (
	stateStands    = "stands"
	stateWithdrawn = "withdrawn"
	clockRunning   = "running"
	clockMet       = "met"
	clockLate      = "late" // done, too late
	clockVoid      = "void" // does not apply after all
)

// Phases of a report (UK GDPR, Article 33(4)) and of other duties.
const (
	phaseInitial = "initial"
	phaseFollow  = "follow-up"
	phaseFinal   = "final"
	phasePart    = "part"
	phaseDone    = "done"
)

// phasesOf are the phases that a duty knows.
func phasesOf(duty string) []choice {
	if duty == dutyICO || duty == "health-72" {
		return []choice{{Value: phaseInitial, Text: "Initial report"}, {Value: phaseFollow, Text: "Follow-up report"}, {Value: phaseFinal, Text: "Final report"}}
	}
	return []choice{{Value: phaseDone, Text: "Done"}, {Value: phasePart, Text: "A part of it, or an interim answer"}}
}

// choices34 are what may be decided about a group under Article 34.
var choices34 = []choice{
	{Value: "tell", Text: "Tell each of them"},
	{Value: "public", Text: "Tell them by a public communication, as telling each would take disproportionate effort (Article 34(3)(c))"},
	{Value: "not", Text: "Not tell them: no high risk, or it was taken away (Article 34(3)(a) and (b))"},
	{Value: "open", Text: "Not decided yet"},
}

// nations are the choices of a nation.
var nations = func() (all []choice) {
	for i, n := range uk.Nations {
		all = append(all, choice{Value: string('0' + rune(i)), Text: n.String()})
	}
	return all
}()

// nationAt is the nation of a stored number.
func nationAt(n int64) uk.Nation {
	if n < 0 || n >= int64(len(uk.Nations)) {
		return uk.England
	}
	return uk.Nations[n]
}

// ends tells whether a phase ends the clock: what the law asks by the deadline
// is done, whatever follows.
func ends(phase string) bool { return phase == phaseInitial || phase == phaseDone }

// Deadline is when the clock ends.
func (c Clock) Deadline() Deadline {
	if c.Open {
		return Deadline{Open: true}
	}
	return Deadline{At: time.Unix(c.Due, 0).In(london), Whole: c.Whole}
}

// wind sets the end from the start by the rule of the duty. A duty whose end is
// typed keeps it.
func (c *Clock) wind() {
	d := dutyOf(c.Duty)
	if d == nil || d.Typed() {
		c.Whole, c.Open = false, c.Due == 0
		return
	}
	rule := d.Rule
	if c.Longer != "" && d.Longer != nil {
		rule = d.Longer.Rule
	}
	end := rule(time.Unix(c.Begun, 0), nationAt(c.Nation))
	c.Due, c.Whole, c.Open = 0, end.Whole, end.Open
	if !end.Open {
		c.Due = end.At.Unix()
	}
}

// end ends the clock at a moment, in time or late.
func (c *Clock) end(at int64) {
	c.State, c.Ended = clockMet, at
	if c.Deadline().Late(time.Unix(at, 0)) {
		c.State = clockLate
	}
}

// Words say the end and how far away it is, as seen at now.
func (c Clock) Words(now time.Time) (end, left string) {
	d := c.Deadline()
	switch {
	case c.State != clockRunning:
		return d.Words(), clockState(c.State)
	case d.Open:
		return d.Words(), "waiting for " + leftWords(now.Sub(time.Unix(c.Begun, 0)))
	case d.Late(now):
		return d.Words(), "late by " + leftWords(now.Sub(d.At))
	}
	return d.Words(), leftWords(d.At.Sub(now)) + " left"
}

// tag shows at a glance how a clock stands.
func (c Clock) tag(now time.Time) cell {
	d := c.Deadline()
	_, left := c.Words(now)
	switch {
	case c.State == clockMet:
		return tagged(left, "green")
	case c.State == clockLate:
		return tagged(left, "red")
	case c.State == clockVoid:
		return tagged(left, "grey")
	case d.Open:
		return tagged(left, "orange")
	case d.Late(now):
		return tagged(left, "red")
	case d.At.Sub(now) < 24*time.Hour:
		return tagged(left, "orange")
	}
	return tagged(left, "blue")
}

func clockState(state string) string {
	switch state {
	case clockMet:
		return "done in time"
	case clockLate:
		return "done late"
	case clockVoid:
		return "does not apply"
	}
	return "running"
}

// remindAt are how long before the end people are reminded: clocks of hours, and
// of whole days. The last is the end itself.
var (
	remindHours = []time.Duration{24 * time.Hour, 6 * time.Hour, time.Hour, 0}
	remindDays  = []time.Duration{7 * 24 * time.Hour, 3 * 24 * time.Hour, 24 * time.Hour, 0}
)

// stage tells which reminder of a running clock is due at now; ok is false
// before the first. For an open one it is a day's reminder, counted below zero.
func (c Clock) stage(now time.Time) (stage int64, ok bool) {
	d := c.Deadline()
	if d.Open {
		days := int64(now.Sub(time.Unix(c.Begun, 0)) / (24 * time.Hour))
		return -days, days > 0
	}
	steps := remindHours
	if d.Whole {
		steps = remindDays
	}
	left := d.At.Sub(now)
	for i := len(steps) - 1; i >= 0; i-- {
		if left <= steps[i] {
			return int64(steps[i] / time.Second), true
		}
	}
	return 0, false
}
