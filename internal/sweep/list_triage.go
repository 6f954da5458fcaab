package sweep

import (
	"cmp"
	"fmt"
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
// linking, so that it can be asked from the first minute.
type documentSums struct {
	signals map[reeve.Signal]int
	kinds   map[reeve.Kind]int
	people  int
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
		level, reasons := triage(m.item, sums[m.document])
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
// anything (confidence D does not). Sealed people are counted: triage keeps
// every row and names nobody.
func (v *view) documentSums() (map[int64]*documentSums, error) {
	sums := make(map[int64]*documentSums)
	of := func(id int64) *documentSums {
		if sums[id] == nil {
			sums[id] = &documentSums{signals: make(map[reeve.Signal]int), kinds: make(map[reeve.Kind]int)}
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

// triage says how soon somebody should look at an item, and why. What cannot
// be read is judged by its name and folder.
func triage(it reeve.Item, s *documentSums) (level int, reasons []string) {
	level = levelRoutine
	raise := func(l int, format string, args ...any) {
		level = min(level, l)
		reasons = append(reasons, fmt.Sprintf(format, args...))
	}
	unread := it.Status != reeve.StatusRead
	topics := detect.Folder(it.Path)
	for _, t := range topics {
		l := topicLevel(t, unread || s != nil && s.people > 0)
		raise(l, "name or folder says %s", strings.ReplaceAll(or(string(t.Signal), string(t.Kind)), "_", " "))
	}
	if unread && it.Status != reeve.StatusPartlyRead {
		reasons = append(reasons, "not read: "+string(it.Status))
		if len(topics) == 0 {
			level = min(level, levelSoon)
		}
	}
	if s == nil {
		return level, reasons
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
	if len(reasons) == 0 && s.people > 0 {
		raise(levelRoutine, "names %d", s.people)
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
