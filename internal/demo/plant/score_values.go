package plant

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
)

// findings checks those of confidence A and B: planted, and of the right person.
func (s *scoring) findings() {
	for i := range s.Lists.Findings {
		f := &s.Lists.Findings[i]
		note := s.notes[f.Item]
		if note == nil || f.Confidence != "A" && f.Confidence != "B" {
			continue
		}
		verdict := s.verdict(f)
		if verdict == "office" {
			continue
		}
		good := verdict == ""
		s.out.ElementPrecise.add(good)
		tally(s.out.WrongKind, string(f.Kind)+" "+f.Rule, good)
		if !good {
			s.miss("element precision", s.refOf[f.Person], f.Item, fmt.Sprintf("%s %s %s at %s: %s", f.Kind, f.Confidence, f.Rule, f.Place, verdict))
		}
		if verdict == "decoy" {
			s.out.DecoysAB++
		}
	}
}

// verdict is "" for a right finding, else what is wrong with it.
func (s *scoring) verdict(f *FindingRow) string {
	verdict := "not planted"
	for _, fact := range s.like(f) {
		switch {
		case fact.Form == "office" && f.Person == "":
			verdict = "office"
		case fact.Form == "household" && f.Person != "":
			verdict = "a household's, given to a person"
		case fact.Decoy:
			verdict = "decoy"
		case f.Person != "" && s.refOf[f.Person] != "" && s.refOf[f.Person] != fact.Person:
			verdict = "other person"
		case fact.Negated:
			verdict = "denied"
		default:
			return ""
		}
	}
	return verdict
}

// values looks for every planted value that has a form.
func (s *scoring) values() {
	found, exact := map[string][]*FindingRow{}, map[string]bool{}
	for i := range s.Lists.Findings {
		f := &s.Lists.Findings[i]
		if f.Confidence == "A" || f.Confidence == "B" {
			at := f.Item + "\x00" + string(f.Kind)
			found[at] = append(found[at], f)
			exact[at+"\x00"+canonical(f.Kind, f.Value)] = true
		}
	}
	for i := range s.Facts {
		fact := &s.Facts[i]
		if fact.Decoy || fact.Negated || fact.Kind == "" || fact.Kind == reeve.KindName || fact.Kind.Circumstance() || s.notes[fact.Item].Unread {
			continue
		}
		at := fact.Item + "\x00" + string(fact.Kind)
		ok := exact[at+"\x00"+canonical(fact.Kind, fact.Value)] ||
			slices.ContainsFunc(found[at], func(f *FindingRow) bool { return sameValue(fact.Kind, fact.Value, f.Value) })
		s.out.ElementRecall.add(ok)
		tally(s.out.ByKind, string(fact.Kind), ok)
		if !ok {
			s.miss("element recall", fact.Person, fact.Item, string(fact.Kind)+" "+fact.Form)
		}
	}
}

// items checks that every item has one row with a right status.
func (s *scoring) items() {
	rows := map[string][]ItemRow{}
	for _, r := range s.Lists.Items {
		rows[r.Item] = append(rows[r.Item], r)
		if s.notes[r.Item] == nil {
			s.out.ExtraItems++
			s.miss("extra item", "", r.Item, r.Status)
		}
	}
	for _, it := range s.Truth.Items {
		got := rows[it.Item]
		if it.Optional && len(got) == 0 {
			continue
		}
		ok := len(got) == 1 && slices.Contains(it.Status, got[0].Status)
		s.out.Items.add(ok)
		if !ok {
			status := fmt.Sprintf("%d rows", len(got))
			if len(got) == 1 {
				status = got[0].Status + " " + got[0].Reason
			}
			s.miss("item", "", it.Item, status+", expected "+strings.Join(it.Status, " or "))
		}
	}
}

// sameValue compares a planted value with a printed one as people would: dates
// as days, numbers as their letters and digits, names and addresses by their
// words, of which one may have more; circumstances by kind alone.
func sameValue(kind reeve.Kind, planted, printed string) bool {
	switch kind {
	case reeve.KindDateOfBirth:
		a, okA := readDay(planted)
		b, okB := readDay(printed)
		return okA && okB && a == b || squashed(planted) == squashed(printed)
	case reeve.KindName, reeve.KindAddress:
		return within(nameWords(planted), nameWords(printed))
	}
	if kind.Circumstance() {
		return true
	}
	a, b := squashed(planted), squashed(printed)
	return a == b || len(a) >= 5 && len(b) >= 5 && (strings.Contains(a, b) || strings.Contains(b, a))
}

// canonical is one spelling of a value: equal ones are the same value.
func canonical(kind reeve.Kind, s string) string {
	switch {
	case kind == reeve.KindDateOfBirth:
		if day, ok := readDay(s); ok {
			return day.Format(time.DateOnly)
		}
	case kind == reeve.KindName || kind == reeve.KindAddress:
		list := nameWords(s)
		slices.Sort(list)
		return strings.Join(list, " ")
	case kind.Circumstance():
		return ""
	}
	return squashed(s)
}

// squashed is letters and digits, in capitals.
func squashed(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 32
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, s)
}

func nameWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(plain(s)), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
}

// within reports whether all words of the shorter are among the longer's.
func within(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
	}
	return len(a) > 0
}

// readDay reads the ways in which dates are planted and printed.
func readDay(s string) (time.Time, bool) {
	s = strings.NewReplacer("st ", " ", "nd ", " ", "rd ", " ", "th ", " ").Replace(strings.Join(strings.Fields(s), " "))
	s = strings.Replace(s, "Augu ", "August ", 1)
	for _, form := range []string{"2006-01-02", "02/01/2006", "2/1/2006", "2/1/06", "02.01.2006", "2 January 2006", "2 Jan 2006", "02-Jan-2006"} {
		if t, err := time.Parse(form, s); err == nil {
			if form == "2/1/06" && t.Year() > 2026 {
				t = t.AddDate(-100, 0, 0)
			}
			return t, true
		}
	}
	return time.Time{}, false
}
