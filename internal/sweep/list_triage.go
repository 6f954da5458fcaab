package sweep

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/detect"
)

var triageList = List{
	Name:    "triage",
	Columns: []string{"exhibit", "item", "status", "level", "reasons"},
	rows:    triageRows,
}

// Levels of triage, the most urgent first.
const (
	levelNow = iota
	levelToday
	levelSoon
	levelRoutine
)

var levelNames = [...]string{"now", "today", "soon", "routine"}

// manyPeople is from how many people a document counts as a list of people.
const manyPeople = 10

// documentSums is what triage knows of a document's findings. It needs no
// linking, so that it can be asked from the first minute. Sealed people are
// counted: triage keeps every row and names nobody.
type documentSums struct {
	signals map[reeve.Signal]int
	kinds   map[reeve.Kind]int
	people  int
	all     int64              // findings, those that tell nothing too
	every   map[reeve.Kind]int // the same by kind
}

func newSums() *documentSums {
	return &documentSums{signals: make(map[reeve.Signal]int), kinds: make(map[reeve.Kind]int), every: make(map[reeve.Kind]int)}
}

// take counts a finding. Confidence D and those who merely act in a document
// tell nothing of how urgent it is.
func (s *documentSums) take(kind reeve.Kind, signal reeve.Signal, confidence string, capacity reeve.Capacity) {
	s.all++
	s.every[kind]++
	if confidence == "D" || capacity > reeve.CapacityRelative {
		return
	}
	s.kinds[kind]++
	if signal != "" {
		s.signals[signal]++
	}
}

// kindCell is every kind with its count, sorted: "name=3;nino=1".
func (s *documentSums) kindCell() string {
	var b strings.Builder
	for i, k := range slices.Sorted(maps.Keys(s.every)) {
		if i > 0 {
			b.WriteByte(';')
		}
		fmt.Fprintf(&b, "%s=%d", k, s.every[k])
	}
	return b.String()
}

// documentPart is what a document's findings alone say of its urgency.
type documentPart struct {
	level   int
	people  int
	reasons []string
}

func (s *documentSums) part() documentPart {
	p := documentPart{level: levelRoutine, people: s.people}
	raise := func(l int, format string, args ...any) {
		p.level = min(p.level, l)
		p.reasons = append(p.reasons, fmt.Sprintf(format, args...))
	}
	for _, g := range reeve.Signals {
		if n := s.signals[g]; n > 0 {
			l := levelToday
			if g.Safety() {
				l = levelNow
			}
			raise(l, "%s ×%d", g, n)
		}
	}
	s.sets(raise)
	return p
}

func triageRows(v *view, emit func([]string) error) error {
	sums, err := v.documentSums()
	if err != nil {
		return err
	}
	type row struct {
		level int
		cells []string
	}
	var rows []row
	err = v.eachItem(func(m itemView) error {
		var part *documentPart
		if s := sums[m.document]; s != nil {
			p := s.part()
			part = &p
		}
		level, reasons := triage(m.item, part)
		rows = append(rows, row{level, []string{m.at.exhibit, v.path(m.at), string(m.item.Status), levelNames[level], joined(reasons)}})
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.level, b.level) })
	for _, r := range rows {
		if err := emit(r.cells); err != nil {
			return err
		}
	}
	return nil
}

// documentSums counts, by document, the signals, kinds and mentions that tell
// anything.
func (v *view) documentSums() (map[int64]*documentSums, error) {
	sums := make(map[int64]*documentSums)
	of := func(id int64) *documentSums {
		if sums[id] == nil {
			sums[id] = newSums()
		}
		return sums[id]
	}
	err := v.tx.Each(func(row db.Row) error {
		var id int64
		var kind, signal string
		var n int
		if err := row.Scan(&id, &kind, &signal, &n); err != nil {
			return err
		}
		s := of(id)
		s.kinds[reeve.Kind(kind)] += n
		if signal != "" {
			s.signals[reeve.Signal(signal)] += n
		}
		return nil
	}, "SELECT document, kind, signal, COUNT(*) FROM finding WHERE negated = 0 AND confidence <> 'D' AND capacity <= 2 GROUP BY document, kind, signal")
	if err != nil {
		return nil, err
	}
	err = v.tx.Each(func(row db.Row) error {
		var id int64
		var n int
		err := row.Scan(&id, &n)
		of(id).people = n
		return err
	}, "SELECT document, COUNT(*) FROM mention GROUP BY document")
	return sums, err
}

// triage says how soon somebody should look at an item, and why; p is nil where
// its document holds nothing. What cannot be read is judged by its name and
// folder.
func triage(it reeve.Item, p *documentPart) (level int, reasons []string) {
	level = levelRoutine
	unread := it.Status != reeve.StatusRead
	topics := detect.Folder(it.Path)
	for _, t := range topics {
		level = min(level, topicLevel(t, unread || p != nil && p.people > 0))
		reasons = append(reasons, "name or folder says "+strings.ReplaceAll(or(string(t.Signal), string(t.Kind)), "_", " "))
	}
	if unread && it.Status != reeve.StatusPartlyRead {
		reasons = append(reasons, "not read: "+string(it.Status))
		if len(topics) == 0 {
			level = min(level, levelSoon)
		}
	}
	if p == nil {
		return level, reasons
	}
	level, reasons = min(level, p.level), append(reasons, p.reasons...)
	if len(reasons) == 0 && p.people > 0 {
		reasons = append(reasons, fmt.Sprintf("names %d", p.people))
	}
	return level, reasons
}

// topicLevel is the urgency of what a name or folder says: full where somebody
// may be in the item, less where it was read and holds nobody.
func topicLevel(t detect.Topic, somebody bool) int {
	switch {
	case !somebody:
		return levelRoutine
	case t.Signal.Safety():
		return levelNow
	}
	return levelToday
}

// sets looks for data that serves fraud, and for special categories.
func (s *documentSums) sets(raise func(int, string, ...any)) {
	level := levelSoon
	if s.people >= manyPeople {
		level = levelToday
	}
	named := s.kinds[reeve.KindName] > 0
	if n := s.kinds[reeve.KindBankAccount] + s.kinds[reeve.KindIBAN] + s.kinds[reeve.KindPaymentCard]; n > 0 && named {
		raise(level, "bank details ×%d", n)
	}
	if n := s.kinds[reeve.KindNINO] + s.kinds[reeve.KindPassport] + s.kinds[reeve.KindDrivingLicence]; n > 0 && s.kinds[reeve.KindDateOfBirth] > 0 && named {
		raise(level, "identity data ×%d", n)
	}
	if n := s.kinds[reeve.KindCredential]; n > 0 {
		raise(levelToday, "passwords ×%d", n)
	}
	special := 0
	for k, n := range s.kinds {
		if k.Circumstance() && k.Category() != reeve.CategoryFinancial {
			special += n
		}
	}
	if special > 0 {
		raise(levelSoon, "special categories or circumstances ×%d", special)
	}
}
