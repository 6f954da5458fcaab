package publish

import "github.com/reeve-council/reeve/internal/sweep"

// StandingFigures is the funnel of the review as it stands at a moment, seconds
// UTC. Sealed people are in none of its numbers.
func StandingFigures(s sweep.Standing, at int64) Figures {
	f := Figures{AsOf: at, Source: "our review as it stood when this was counted", Read: ReadOf(s, at)}
	if s.Listed > 0 {
		f.Steps = append(f.Steps, Step{Title: "Files known to be taken that we do not hold", N: s.Listed, Text: "We cannot say whose data is in them."})
	}
	f.Steps = append(f.Steps,
		Step{Title: "Files and messages that we hold", N: s.Items},
		Step{Title: "Read in full", N: s.Read},
		Step{Title: "Read in part", N: s.PartlyRead},
		Step{Title: "Not read yet", N: s.NotRead, Text: "They may hold data about you."},
		Step{Title: "With personal data in them", N: s.Personal, Text: "Of those that were read."},
		Step{Title: "People whose data was found", N: s.People, Text: "As a computer matched them. Staff check each one at risk.", People: true},
		Step{Title: "Homes of these people", N: s.Households, People: true},
	)
	return f
}
