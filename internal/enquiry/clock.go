package enquiry

import (
	"fmt"
	"time"
	_ "time/tzdata" // a clean laptop may have no time zones

	"github.com/reeve-council/reeve/internal/uk"
)

// london is the time that people here type and read.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // tzdata is part of the program
	}
	return l
}()

// term is how long an answer may take: first contact and full answer in working
// days after the day of arrival, or the answer in calendar months.
type term struct {
	First  int    // working days until somebody has been in touch
	Days   int    // working days until the answer; 0 where Months counts
	Months int    // calendar months until the answer
	Law    bool   // the answer is a duty of law, not our own aim
	Source string // of the term
}

// terms are the terms of each kind. Those without a law are aims of this desk.
var terms = map[Kind]term{
	Question:  {First: 2, Days: 5, Source: "aim of this desk"},
	Help:      {First: 1, Days: 2, Source: "aim of this desk"},
	Complaint: {First: 5, Days: 15, Source: "Complaint Handling Code of the Ombudsmen: acknowledged in 5 working days, answered 10 working days after that"},
	Rights:    {First: 5, Months: 1, Law: true, Source: "UK GDPR, article 12(3): one month; by two further months where requests are complex or many"},
}

// words say a term as people read it.
func (t term) words() string {
	answer := fmt.Sprintf("answer in %d working days", t.Days)
	if t.Months == 1 {
		answer = "answer in one month, by law"
	}
	if t.First == 1 {
		return "in touch by the next working day, " + answer
	}
	return fmt.Sprintf("in touch in %d working days, %s", t.First, answer)
}

// dues are the last seconds, by London time, of the days by which somebody must
// have been in touch and the answer must be out. Whoever is vulnerable hears by
// the end of the next working day, whatever the kind; no term of law grows by it.
func dues(k Kind, vulnerable bool, received time.Time, n uk.Nation) (first, answer time.Time) {
	t := terms[k]
	if vulnerable {
		t.First = 1
	}
	local := received.In(london)
	first = endOf(uk.AddWorkingDays(n, local, t.First))
	if t.Months > 0 {
		return first, monthsDue(received, t.Months, n)
	}
	return first, endOf(uk.AddWorkingDays(n, local, max(t.Days, t.First)))
}

// extension is by how many months the answer to a request about rights may come
// later (UK GDPR, article 12(3)): three months in all.
const extension = 2

// monthsDue ends with the day of the same number so many months later, or the
// last day of a month that has none; where that is no working day, with the next
// one. So the Information Commissioner reckons the month.
func monthsDue(received time.Time, months int, n uk.Nation) time.Time {
	y, m, d := received.In(london).Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 12, 0, 0, 0, london).Day()
	return endOf(uk.NextWorkingDay(n, time.Date(y, m+time.Month(months), min(d, last), 12, 0, 0, 0, london)))
}

// Pause is why the clock of a request about rights stands.
type Pause string

// The pauses that the law knows.
const (
	// ForIdentity: we reasonably doubt who asks and wait for what shows it. The
	// month begins when that comes (UK GDPR, articles 12(6) and 12A, as the Data
	// (Use and Access) Act 2025 put it).
	ForIdentity Pause = "identity"
	// ForMeaning: we hold much about them and asked what of it they mean. The days
	// until they say so do not count (article 12A).
	ForMeaning Pause = "meaning"
)

// resumed is when the answer is due once what was asked for has come.
func (e Enquiry) resumed(now time.Time, n uk.Nation) time.Time {
	months := terms[Rights].Months
	if e.Extended != 0 {
		months += extension
	}
	if e.Pause == ForIdentity {
		return monthsDue(now, months, n)
	}
	y, m, d := time.Unix(e.Due, 0).In(london).Date()
	return endOf(uk.NextWorkingDay(n, time.Date(y, m, d+daysBetween(time.Unix(e.Paused, 0), now), 12, 0, 0, 0, london)))
}

// daysBetween counts the midnights from one moment to another, by London time.
func daysBetween(from, to time.Time) int {
	noon := func(t time.Time) time.Time {
		y, m, d := t.In(london).Date()
		return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	}
	return int(noon(to).Sub(noon(from)).Hours() / 24)
}

// stages is how many stages a complaint has before the ombudsman.
const stages = 2

// stageDays is how many working days a stage of a complaint has from its
// acknowledgement (Complaint Handling Code): ten, and twenty.
func stageDays(stage int64) int {
	if stage >= stages {
		return 20
	}
	return 10
}

// longer is until when a term may be made longer, once: a request about rights by
// two months, a stage of a complaint by as many days as it has. False where
// nothing of the kind is allowed.
func (e Enquiry) longer(n uk.Nation) (time.Time, bool) {
	if e.Extended != 0 || e.Paused != 0 || !e.State.Live() {
		return time.Time{}, false
	}
	switch e.Kind {
	case Rights:
		return monthsDue(time.Unix(e.Received, 0), terms[Rights].Months+extension, n), true
	case Complaint:
		return endOf(uk.AddWorkingDays(n, time.Unix(e.Due, 0).In(london), stageDays(e.Stage))), true
	}
	return time.Time{}, false
}

// endOf is the last second of a day.
func endOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 23, 59, 59, 0, london)
}
