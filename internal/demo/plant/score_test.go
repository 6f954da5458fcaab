package plant

import (
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// perfect are the lists that a sweep without a fault would print.
func perfect(t *Truth) Lists {
	var l Lists
	printed := map[string]bool{}
	for _, p := range t.People {
		if tierRank[p.Tier] < tierRank[reeve.TierLikely] {
			continue
		}
		printed[p.Person] = true
		l.People = append(l.People, PersonRow{Person: "P" + p.Person, Records: p.Records, Tier: p.Tier, Signals: p.Signals, Kinds: p.Kinds,
			SafeContact: p.SafeContact, Sealed: p.Sealed})
	}
	at := 0
	for rank := range 3 {
		for i := range l.People {
			if rankOf(l.People[i].Signals) == rank {
				at++
				l.People[i].Priority = at
			}
		}
	}
	for _, f := range t.Facts {
		if f.Decoy || f.Negated {
			continue
		}
		row := FindingRow{Item: f.Item, Place: f.Place, Kind: f.Kind, Confidence: "B", Value: f.Value, Rule: "x/1"}
		if printed[f.Person] {
			row.Person = "P" + f.Person
		}
		l.Findings = append(l.Findings, row)
	}
	for _, it := range t.Items {
		l.Items = append(l.Items, ItemRow{Item: it.Item, Status: it.Status[0]})
	}
	return l
}

func TestScorePerfect(t *testing.T) {
	truth, _ := generated(t, Options{Seed: 5, People: 400, Documents: 160})
	s := Score(truth, perfect(truth))
	for name, r := range map[string]Ratio{"person recall": s.PersonRecall, "outside": s.OutsideRecall, "signal recall": s.SignalRecall, "signals": s.PersonSignal,
		"extra signals": s.ExtraSignals, "kind recall": s.KindRecall, "kind precision": s.KindPrecision, "element precision": s.ElementPrecise,
		"element recall": s.ElementRecall, "link recall": s.LinkRecall, "items": s.Items} {
		if r.Of == 0 || r.Good != r.Of {
			t.Errorf("%s: %d of %d", name, r.Good, r.Of)
		}
	}
	for name, n := range map[string]int{"wrong strong": s.WrongStrong.Good, "wrong links": s.WrongLinks.Good, "merged": s.Merged, "split": s.Split, "unknown": s.Unknown,
		"decoys": s.DecoysAB, "priority": s.PriorityFaults, "late": s.LateSafety, "contact": s.SafeContact, "other contact": s.ContactFaults, "sealed": s.SealedFaults, "extra": s.ExtraItems} {
		if n != 0 {
			t.Errorf("%s: %d", name, n)
		}
	}
	if t.Failed() {
		for _, m := range s.Misses[:min(20, len(s.Misses))] {
			t.Logf("%+v", m)
		}
	}
}

// TestScoreSpoilt spoils one thing at a time; its own figure must fall.
func TestScoreSpoilt(t *testing.T) {
	truth, _ := generated(t, Options{Seed: 6, People: 400, Documents: 160})
	victim := func(l *Lists) *PersonRow {
		for i := range l.People {
			if rankOf(l.People[i].Signals) == 0 {
				return &l.People[i]
			}
		}
		t.Fatal("nobody with a safety signal")
		return nil
	}
	for _, c := range []struct {
		name  string
		spoil func(*Lists)
		worse func(*Scores) bool
	}{
		{"a person left out", func(l *Lists) { l.People = l.People[1:] }, func(s *Scores) bool { return s.PersonRecall.Good == s.PersonRecall.Of-1 }},
		{"a person who is nobody", func(l *Lists) { l.People = append(l.People, PersonRow{Person: "PX", Tier: reeve.TierStrong}) }, func(s *Scores) bool { return s.Unknown == 1 && s.WrongStrong.Good == 1 }},
		{"two people in one row", func(l *Lists) { l.People[0].Records = append(l.People[0].Records[:1:1], l.People[1].Records...) }, func(s *Scores) bool { return s.Merged == 1 }},
		{"a decoy found", func(l *Lists) {
			for _, f := range truth.Facts {
				if f.Form == "decoy" && f.Kind == reeve.KindName {
					l.Findings = append(l.Findings, FindingRow{Item: f.Item, Kind: f.Kind, Value: f.Value, Confidence: "B"})
					return
				}
			}
		}, func(s *Scores) bool { return s.DecoysAB == 1 && s.ElementPrecise.Of-s.ElementPrecise.Good == 1 }},
		{"a letter to a victim", func(l *Lists) { victim(l).SafeContact = "post" }, func(s *Scores) bool { return s.SafeContact == 1 }},
		{"a victim at the end", func(l *Lists) { victim(l).Priority = 1 << 20 }, func(s *Scores) bool { return s.PriorityFaults == 1 && s.LateSafety == 1 }},
		{"a signal lost", func(l *Lists) { victim(l).Signals = nil }, func(s *Scores) bool { return s.PersonSignal.Good < s.PersonSignal.Of }},
		{"a value of somebody else", func(l *Lists) { l.Findings[0].Person = l.Findings[len(l.Findings)/2].Person }, func(s *Scores) bool { return s.ElementPrecise.Good < s.ElementPrecise.Of }},
		{"an item left out", func(l *Lists) { l.Items = l.Items[1:] }, func(s *Scores) bool { return s.Items.Good == s.Items.Of-1 }},
		{"an item out of nothing", func(l *Lists) { l.Items = append(l.Items, ItemRow{Item: "x", Status: "read"}) }, func(s *Scores) bool { return s.ExtraItems == 1 }},
	} {
		l := perfect(truth)
		c.spoil(&l)
		if s := Score(truth, l); !c.worse(s) {
			t.Errorf("%s: not seen\n%s", c.name, s)
		}
	}
}

func TestReadLists(t *testing.T) {
	people, err := ReadPeople(strings.NewReader("person,register,register_id,name,tier,kinds,signals,safe_contact,priority,sealed\n" +
		"P1,CRM;CTAX-NVB,12;9/1,Ada Okafor,strong,name;nino,minor,hold,3,Y\n"))
	if err != nil || len(people) != 1 || len(people[0].Records) != 2 || people[0].Records[1].ID != "9/1" || people[0].Priority != 3 || !people[0].Sealed {
		t.Fatalf("people: %+v, %v", people, err)
	}
	findings, err := ReadFindings(strings.NewReader("item,place,kind,confidence,value,person,rule\na.txt,line 1,phone,B,'+44 7700 900123,P1,phone/1\n"))
	if err != nil || findings[0].Value != "+44 7700 900123" {
		t.Fatalf("findings: %+v, %v", findings, err)
	}
	if _, err := ReadItems(strings.NewReader("item,state\n")); err == nil {
		t.Fatal("a list without its columns was read")
	}
}

func TestSameValue(t *testing.T) {
	for _, c := range []struct {
		kind             reeve.Kind
		planted, printed string
		same             bool
	}{
		{reeve.KindDateOfBirth, "3rd August 1984", "1984-08-03", true},
		{reeve.KindDateOfBirth, "3/8/84", "03.08.1984", true},
		{reeve.KindDateOfBirth, "21st March 1960", "21/03/1960", true},
		{reeve.KindDateOfBirth, "3/8/84", "1984-08-04", false},
		{reeve.KindNINO, "AA 12 34 56 B", "aa123456b", true},
		{reeve.KindNINO, "AA123456B", "AA123457B", false},
		{reeve.KindName, "KHAN, Amina", "Amina Khan", true},
		{reeve.KindName, "Amina Khan", "Amina Begum", false},
		{reeve.KindName, "Łukasz Król", "Lukasz Krol", true},
		{reeve.KindAddress, "Flat 3, 12 Acacia Road", "12 Acacia Road", true},
		{reeve.KindBankAccount, "08-99-99 66374958", "66374958", true},
		{reeve.KindHealth, "asthma", "has asthma", true},
	} {
		if got := sameValue(c.kind, c.planted, c.printed); got != c.same {
			t.Errorf("%s %q %q: %v", c.kind, c.planted, c.printed, got)
		}
	}
}
