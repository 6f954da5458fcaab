package plant

import (
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

func sure(t reeve.Tier) bool { return tierRank[t] >= tierRank[reeve.TierLikely] }

// people looks for everybody who should be listed.
func (s *scoring) people() {
	for i := range s.Truth.People {
		p := &s.Truth.People[i]
		if !sure(p.Tier) {
			continue
		}
		row := s.rowOf[p.Person]
		found := row != nil && sure(row.Tier)
		if len(p.Records) > 0 {
			s.out.PersonRecall.add(found)
			tally(s.out.ByOrigin, p.Origin, found)
		} else {
			s.out.OutsideRecall.add(found)
		}
		if !found {
			s.miss("person recall", p.Person, "", "expected "+string(p.Tier))
		}
		s.signals(p, row, found)
		s.personKinds(p, row, found)
	}
}

func (s *scoring) signals(p *PersonTruth, row *PersonRow, found bool) {
	if len(p.Signals) > 0 {
		s.out.SignalRecall.add(found)
	}
	if p.Group == 0 {
		s.out.SafetyRecall.add(found)
	}
	for _, want := range p.Signals {
		ok := row != nil && slices.Contains(row.Signals, want)
		s.out.PersonSignal.add(ok)
		if !ok {
			s.miss("signal", p.Person, "", string(want))
		}
	}
	if row == nil {
		return
	}
	for _, got := range row.Signals {
		ok := slices.Contains(p.Signals, got)
		s.out.ExtraSignals.add(ok)
		if !ok {
			s.miss("extra signal", p.Person, "", string(got))
		}
	}
}

func (s *scoring) personKinds(p *PersonTruth, row *PersonRow, found bool) {
	for _, k := range p.Kinds {
		ok := found && slices.Contains(row.Kinds, k)
		s.out.KindRecall.add(ok)
		if !ok {
			s.miss("kind recall", p.Person, "", string(k))
		}
	}
	if !found {
		return
	}
	for _, k := range row.Kinds {
		ok := s.kinds[p.Person][string(k)] || slices.ContainsFunc(near[k], func(n reeve.Kind) bool { return s.kinds[p.Person][string(n)] })
		s.out.KindPrecision.add(ok)
		if !ok {
			s.miss("kind precision", p.Person, "", string(k))
		}
	}
}

// near are kinds that the same words may rightly be called: autism is health,
// disability and a need at school.
var near = map[reeve.Kind][]reeve.Kind{
	reeve.KindDisability:      {reeve.KindHealth, reeve.KindEducationNeed},
	reeve.KindHealth:          {reeve.KindDisability, reeve.KindEducationNeed},
	reeve.KindEducationNeed:   {reeve.KindHealth, reeve.KindDisability},
	reeve.KindChildSocialCare: {reeve.KindImmigration},
}

// rows checks what is listed: strong rows of the wrong people, who may be
// written to, who is sealed.
func (s *scoring) rows() {
	for i := range s.Lists.People {
		row := &s.Lists.People[i]
		p := s.who[s.refOf[row.Person]]
		if row.Tier == reeve.TierStrong {
			wrong := p == nil || len(s.kinds[p.Person]) == 0
			s.out.WrongStrong.add(wrong)
			if wrong {
				s.miss("wrong strong", s.refOf[row.Person], "", row.Person)
			}
		}
		if p == nil || s.rowOf[p.Person] != row {
			continue
		}
		held := row.SafeContact == string(reeve.ContactHold) || row.SafeContact == string(reeve.ContactWorker)
		switch {
		case p.Group == 0 && tierRank[p.Tier] > 0 && !held:
			s.out.SafeContact++
			s.miss("safe contact", p.Person, "", row.SafeContact)
		case row.SafeContact != p.SafeContact:
			s.out.ContactFaults++
			s.miss("contact", p.Person, "", fmt.Sprintf("%s, expected %s", row.SafeContact, p.SafeContact))
		}
		if p.Sealed && !row.Sealed {
			s.out.SealedFaults++
			s.miss("sealed", p.Person, "", "listed as not sealed")
		}
	}
}

// links looks for every person in every item where the evidence suffices, and
// for pairs that are wrong.
func (s *scoring) links() {
	listed := map[[2]string]bool{}
	for i := range s.Lists.Findings {
		f := &s.Lists.Findings[i]
		ref := s.refOf[f.Person]
		if f.Person == "" || s.notes[f.Item] == nil {
			continue
		}
		pair := [2]string{ref, f.Item}
		if listed[pair] && ref != "" {
			continue
		}
		listed[pair] = true
		if s.tierOf[f.Person] == reeve.TierStrong {
			wrong := !s.planted[pair]
			s.out.WrongLinks.add(wrong)
			if wrong {
				s.miss("wrong link", ref, f.Item, string(f.Kind)+" "+f.Rule)
			}
		}
	}
	for i := range s.Truth.Links {
		l := &s.Truth.Links[i]
		if !sure(l.Tier) {
			continue
		}
		found := listed[[2]string{l.Person, l.Item}]
		s.out.LinkRecall.add(found)
		note := s.notes[l.Item]
		tally(s.out.ByStyle, note.Style, found)
		tally(s.out.ByType, note.Type, found)
		tally(s.out.ByFormat, note.Format, found)
		for form := range strings.FieldsSeq(l.Forms) {
			tally(s.out.ByForm, form, found)
		}
		if !found {
			s.miss("link recall", l.Person, l.Item, l.Forms)
		}
	}
}

// order checks the priority column: the first five signals, then the others,
// then the rest, and possible people after all others of their rank.
func (s *scoring) order() {
	rows := slices.Clone(s.Lists.People)
	slices.SortStableFunc(rows, func(a, b PersonRow) int { return a.Priority - b.Priority })
	highest, plainSeen := 0, false
	for _, row := range rows {
		rank := 2*rankOf(row.Signals) + map[bool]int{true: 1}[row.Tier == reeve.TierPossible]
		if rank < highest {
			s.out.PriorityFaults++
			s.miss("priority", s.refOf[row.Person], "", fmt.Sprintf("row %d", row.Priority))
		}
		highest = max(highest, rank)
		p := s.who[s.refOf[row.Person]]
		if p != nil && p.Group == 0 && sure(p.Tier) && plainSeen {
			s.out.LateSafety++
			s.miss("late safety", p.Person, "", fmt.Sprintf("row %d", row.Priority))
		}
		plainSeen = plainSeen || rankOf(row.Signals) > 0
	}
}

// rankOf is 0 for safety signals, 1 for the others but offender, 2 for none.
func rankOf(signals []reeve.Signal) int {
	rank := 2
	for _, s := range signals {
		switch {
		case s.Safety():
			return 0
		case s != reeve.SignalOffender:
			rank = 1
		}
	}
	return rank
}
