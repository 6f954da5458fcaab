package notice

import (
	"slices"
	"strconv"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

var (
	deliveryPage = web.NewPage[deliveryView](pages, "delivery.html")
	figuresPage  = web.NewPage[figuresView](pages, "delivery_figures.html")
)

// deliveryView is how far the runs came, and whom nobody has told.
type deliveryView struct {
	Run     int64          `json:"run"` // the run that is shown; 0: all
	Funnels []funnelLine   `json:"runs"`
	Reasons []countLine    `json:"reasons"`
	Lines   []deliveryLine `json:"lines"`
	More    bool           `json:"more"`
}

// funnelLine is how the notices of one run ended.
type funnelLine struct {
	Run       int64  `json:"run"`
	Title     string `json:"title"`
	Way       string `json:"way"`
	People    int64  `json:"people"`
	Waiting   int64  `json:"waiting"` // not left, and not ended
	Left      int64  `json:"left"`
	OnItsWay  int64  `json:"on_its_way"`
	Arrived   int64  `json:"arrived"`
	Returned  int64  `json:"returned"`
	Failed    int64  `json:"failed"`
	Refused   int64  `json:"refused"`
	Faulty    int64  `json:"faulty"`
	Unreached int64  `json:"unreached"`
	Unsure    int64  `json:"unsure"`
	Stopped   int64  `json:"stopped"`
}

// add counts the notices of a fate.
func (l *funnelLine) add(f *fate) {
	l.People += f.N
	byState := map[string]*int64{msgLeft: &l.Left, msgRefused: &l.Refused, msgFaulty: &l.Faulty, msgUnreached: &l.Unreached, msgUnsure: &l.Unsure, msgStopped: &l.Stopped}
	byOutcome := map[outcome]*int64{onItsWay: &l.OnItsWay, arrived: &l.Arrived, returned: &l.Returned, failed: &l.Failed}
	if n := byState[f.State]; n != nil {
		*n += f.N
	} else {
		l.Waiting += f.N
	}
	if n := byOutcome[outcome(f.Outcome)]; n != nil && f.State == msgLeft {
		*n += f.N
	}
}

// Ends are what became of the notices of a run, in words, without what became of
// none: a dozen columns leave no room for the title.
func (l funnelLine) Ends() (all []countLine) {
	for _, c := range []countLine{{"arrived", "arrived", l.Arrived}, {"on-its-way", "on the way", l.OnItsWay}, {"returned", "came back", l.Returned}, {"failed", "failed", l.Failed},
		{msgUnreached, "not reached", l.Unreached}, {msgRefused, "refused", l.Refused}, {msgFaulty, "faulty", l.Faulty}, {msgUnsure, "in doubt", l.Unsure}, {msgStopped, "stopped", l.Stopped}} {
		if c.N > 0 {
			all = append(all, c)
		}
	}
	return all
}

func (v deliveryView) Columns() []string {
	return []string{"run", "way", "person", "reference", "state", "outcome", "why", "words", "at"}
}

func (v deliveryView) EachRow(emit func(...any) error) error {
	for _, l := range v.Lines {
		if err := emit(l.Run, string(l.Way), l.Person, l.Reference, l.State, l.Outcome, l.Why, l.Words, l.At); err != nil {
			return err
		}
	}
	return nil
}

// onDelivery bounds the page; a program gets more.
const (
	onDelivery   = 200
	mostDelivery = 200_000
)

func (m *Room) delivery(r *web.Request) (web.Answer, error) {
	var v deliveryView
	v.Run, _ = strconv.ParseInt(r.Ask("run"), 10, 64)
	limit := onDelivery
	if r.Machine() {
		limit = mostDelivery
	}
	most := limit + 1
	if r.Visitor.Councils != nil { // others' lines may stand before their own
		most = mostDelivery
	}
	var all []fate
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if all, err = fates(tx, v.Run); err == nil {
			v.Lines, err = troubled(tx, v.Run, most)
		}
		return err
	})
	v.Lines = slices.DeleteFunc(v.Lines, func(l deliveryLine) bool { return !seesAny(r.Visitor, l.Council) })
	if v.More = len(v.Lines) > limit; v.More { // of those that the visitor may see
		v.Lines = v.Lines[:limit]
	}
	for i := range v.Lines {
		v.Lines[i].Words = fateWords(v.Lines[i].Way, v.Lines[i].State, v.Lines[i].Why)
	}
	all = slices.DeleteFunc(all, func(f fate) bool { return !sees(r.Visitor, f.Council) })
	v.Funnels, v.Reasons = funnels(all), reasonsOf(all)
	return deliveryPage.With("Delivery and returns", v), err
}

// funnels sums fates up by run, in their order.
func funnels(all []fate) (lines []funnelLine) {
	for i := range all {
		f := &all[i]
		if n := len(lines); n == 0 || lines[n-1].Run != f.Run {
			lines = append(lines, funnelLine{Run: f.Run, Title: f.Title, Way: wayWords[f.Way]})
		}
		lines[len(lines)-1].add(f)
	}
	return lines
}

// reasonsOf sums up why notices told nobody, the most frequent first. Reasons
// that only the guard knows are left to the page of the run, which hides small
// numbers.
func reasonsOf(all []fate) (lines []countLine) {
	at := make(map[string]int)
	for i := range all {
		f := &all[i]
		if f.Why == "" || f.State == msgRefused {
			continue
		}
		words := fateWords(f.Way, f.State, f.Why)
		k, ok := at[words]
		if !ok {
			k = len(lines)
			at[words] = k
			lines = append(lines, countLine{Code: f.Why, Words: words})
		}
		lines[k].N += f.N
	}
	slices.SortStableFunc(lines, func(a, b countLine) int { return int(b.N - a.N) })
	return lines
}

// statusWords are what channels say of what did not arrive.
var statusWords = map[string]string{"returned": "came back to us", "permanent-failure": "the address or number does not exist", "temporary-failure": "could not be delivered at the time",
	"technical-failure": "the channel broke down over it", "validation-failed": "the channel found it faulty", "virus-scan-failed": "the channel took it for harmful",
	"cancelled": "was cancelled", tryWrong: "that they were told was entered in error", "told-against": "was told, or a letter was written, though it should not have been: look at the case at once"}

// fateWords says why a notice told nobody.
func fateWords(w Way, state, why string) string {
	if o, err := outcomeOf(w, why); err == nil && state == msgUnreached {
		return o.Words
	}
	if words := statusWords[why]; words != "" {
		return words
	}
	return said(why)
}

// figuresView is how notices ended, as figures.
type figuresView struct {
	Fates []fateLine `json:"figures"`
}

type fateLine struct {
	fate
	Words string `json:"words"`
}

func (v figuresView) Columns() []string {
	return []string{"run", "title", "way", "state", "outcome", "why", "words", "n"}
}

func (v figuresView) EachRow(emit func(...any) error) error {
	for _, f := range v.Fates {
		if err := emit(f.Run, f.Title, string(f.Way), f.State, f.Outcome, f.Why, f.Words, f.N); err != nil {
			return err
		}
	}
	return nil
}

// figures gives how notices ended by run, state, outcome and reason.
func (m *Room) figures(r *web.Request) (web.Answer, error) {
	var v figuresView
	run, _ := strconv.ParseInt(r.Ask("run"), 10, 64)
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := fates(tx, run)
		for _, f := range all {
			if !sees(r.Visitor, f.Council) {
				continue
			}
			v.Fates = append(v.Fates, fateLine{f, fateWords(f.Way, f.State, f.Why)})
		}
		return err
	})
	return figuresPage.With("Figures of delivery", v), err
}

// seesAny tells whether a visitor may see what is of one of several councils,
// joined.
func seesAny(v *web.Visitor, councils string) bool {
	return v.Councils == nil || slices.ContainsFunc(split[string](councils), func(c string) bool { return slices.Contains(v.Councils, c) })
}
