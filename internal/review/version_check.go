package review

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// frozenFigures is what had been read and how it was checked when a list was
// frozen: what its statements say, whatever becomes of the case.
type frozenFigures struct {
	Exhibits    []exhibitFigure      `json:"exhibits"`
	Registers   int64                `json:"registers"`
	Listed      int64                `json:"listed_not_held"`
	Items       int64                `json:"items"`
	Bytes       int64                `json:"bytes"`
	Read        int64                `json:"read"`
	PartlyRead  int64                `json:"partly_read"`
	NotRead     int64                `json:"not_read"`
	Pages       int64                `json:"pages"`
	PagesUnread int64                `json:"pages_unread"`
	Personal    int64                `json:"items_with_personal_data"`
	Reasons     []sweep.FunnelReason `json:"not_read_by_reason"`
	Samples     []sampleFigure       `json:"samples"`
}

// sampleFigure is the result of the newest finished sample of a sort.
type sampleFigure struct {
	Sort       string        `json:"sort"`
	Title      string        `json:"title"`
	Number     int64         `json:"number"`
	Size       int64         `json:"size"`
	Population int64         `json:"population"`
	Earlier    bool          `json:"earlier_lists"` // it was drawn from lists that have changed since
	Whole      stratumResult `json:"result"`
}

// figuresOf are the figures of the lists as they stand.
func (m *Room) figuresOf(ctx context.Context) (f frozenFigures, err error) {
	s, err := m.kase.Standing(ctx, sweep.Scope{})
	if err != nil {
		return f, err
	}
	f = frozenFigures{Registers: s.Registers, Listed: s.Listed, Items: s.Items, Bytes: s.Bytes, Read: s.Read, PartlyRead: s.PartlyRead, NotRead: s.NotRead,
		Pages: s.Pages, PagesUnread: s.PagesUnread, Personal: s.Personal, Reasons: s.Reasons}
	var last map[string]sample
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		if last, err = lastSamples(tx); err != nil {
			return err
		}
		f.Exhibits, err = exhibitFigures(tx)
		return err
	})
	if err != nil {
		return f, fmt.Errorf("read figures: %w", err)
	}
	for _, sort := range sampleSorts {
		if s0, ok := last[sort.Code]; ok {
			line := sampleFigure{Sort: sort.Code, Title: sort.Title, Number: s0.ID, Size: s0.Size, Population: s0.Population, Earlier: s0.Stamp != s.Stamp.String()}
			if all := keptResults(&s0); len(all) > 0 {
				line.Whole = all[0]
			}
			f.Samples = append(f.Samples, line)
		}
	}
	return f, nil
}

func (f *frozenFigures) text() (string, error) {
	b, err := json.Marshal(f)
	return string(b), err
}

func readFigures(text string) (f frozenFigures, err error) {
	if err = json.Unmarshal([]byte(text), &f); err != nil {
		err = fmt.Errorf("read figures of a version: %w", reeve.Invalid)
	}
	return f, err
}

// checksOf are the checks before a list is frozen: what is red needs a reason,
// signed by who freezes, that is printed wherever the version is.
func (m *Room) checksOf(ctx context.Context, f *frozenFigures) ([]check, error) {
	var c versionCounts
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		c, err = countForVersion(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("check the list: %w", err)
	}
	lines, err := m.coverageLines(ctx)
	if err != nil {
		return nil, err
	}
	var urgent int64
	for _, l := range lines {
		urgent += l.Urgent
	}
	all := f.checks()
	all = append(all, redIf("unread-urgent", urgent, count(urgent, "item", "items")+" not fully read whose name, folder or text speaks of people in danger", "Everything whose name, folder or text speaks of people in danger was read in full"),
		redIf("listed", f.Listed, count(f.Listed, "file", "files")+" known to have been taken in no exhibit", "Nothing is known to have been taken that is in no exhibit"),
		redIf("conflicts", c.conflicts, count(c.conflicts, "conflict", "conflicts")+" between reviewers open", "No conflict between reviewers is open"),
		redIf("second", c.waiting, count(c.waiting, "verdict", "verdicts")+" waiting for a second person", "No verdict waits for a second person"),
		redIf("unjudged", c.unjudged, count(c.unjudged, "person", "people")+" in the safety lane whose exposure nobody has judged", "Everybody in the safety lane was judged"),
		redIf("contact", c.unassessed, count(c.unassessed, "person", "people")+" in the safety lane whose safe contact nobody has assessed", "The safe contact of everybody in the safety lane was assessed"),
		redIf("controller", c.controller, count(c.controller, "person", "people")+" of whom it is not known which council held the data", "It is known of everybody which council held the data"),
		redIf("stops", c.stopped, count(c.stopped, "stop", "stops")+" nobody has decided: what they hide was not judged", "Nothing set aside waits for a decision"),
		check{Code: "sealed", Words: sweep.SmallCount(c.sealed) + " sealed people, in no number and no row of the list"})
	return all, nil
}

// checks are those of the samples: one of each sort, of these lists.
func (f *frozenFigures) checks() (all []check) {
	have := make(map[string]*sampleFigure)
	for i := range f.Samples {
		have[f.Samples[i].Sort] = &f.Samples[i]
	}
	for _, sort := range sampleSorts {
		c := check{Code: "sample-" + sort.Code, Red: true, Words: "No sample finished: " + lower(sort.Title)}
		switch s := have[sort.Code]; {
		case s == nil:
		case s.Earlier:
			c.Words = fmt.Sprintf("Sample %d of lists that have changed since: %s", s.Number, lower(sort.Title))
		default:
			c.Red, c.Words = false, fmt.Sprintf("Sample %d finished, %s judged: %s", s.Number, digits(s.Whole.Judged), lower(sort.Title))
		}
		all = append(all, c)
	}
	return all
}

// lower begins a text with a small letter: in the middle of a sentence.
func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func redIf(code string, n int64, red, fine string) check {
	if n == 0 {
		return check{Code: code, Words: fine}
	}
	return check{Code: code, Red: true, N: n, Words: sentence(red)}
}

// reds are the checks that are red.
func reds(all []check) (some []check) {
	for _, c := range all {
		if c.Red {
			some = append(some, c)
		}
	}
	return some
}

// printedReds are the red checks with their reasons as every report and export
// prints them. Who works for some councils is not told numbers of the whole
// case.
func printedReds(all []check, s sweep.Scope) (lines []string) {
	for _, c := range reds(all) {
		words := c.Words
		if s.Councils != nil {
			words = checkTitle(c.Code)
		}
		lines = append(lines, words+". Reason given: "+c.Why)
	}
	return lines
}

// checkTitle says what a check is about, without its number.
func checkTitle(code string) string {
	if title, ok := checkTable[code]; ok {
		return title
	}
	if sort, ok := sampleSortOf(strings.TrimPrefix(code, "sample-")); ok {
		return "Sample missing or of earlier lists: " + lower(sort.Title)
	}
	return code
}

var checkTable = map[string]string{
	"unread-urgent": "Items not fully read whose name, folder or text speaks of people in danger",
	"listed":        "Files known to have been taken in no exhibit",
	"conflicts":     "Conflicts between reviewers open",
	"second":        "Verdicts waiting for a second person",
	"unjudged":      "People in the safety lane not judged yet",
	"contact":       "People in the safety lane whose safe contact is not assessed",
	"controller":    "People of whom it is not known which council held the data",
	"stops":         "Stops not decided",
	"sealed":        "Sealed people",
}
