package notice

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
)

// Wording is what a council says in all its notices: who it is, and what the
// facts ledger lets it say. It holds no personal data but the names of the
// officer who signs and of the data protection officer.
type Wording struct {
	Council   string `json:"council"`
	Address   string `json:"address"` // where returned letters go; lines
	Phone     string `json:"phone"`
	Hours     string `json:"hours"`
	Email     string `json:"email"`
	Website   string `json:"website"`
	CheckPage string `json:"check_page"` // where a reader types the reference
	DPO       string `json:"dpo"`
	DPOEmail  string `json:"dpo_email"`
	Signatory string `json:"signatory"`
	Role      string `json:"role"`
	Line      string `json:"worker_line"` // for people who need more help
	Services  string `json:"services"`    // whose files were copied, in words
	Happened  string `json:"happened"`    // what, when found, by whom
	Measures  string `json:"measures"`
	Published string `json:"published"` // who did it, is it published, with its date; may be empty
	Next      string `json:"next"`
	Credit    string `json:"credit"` // credit monitoring that the council bought; may be empty
}

// Coverage is how much of what was copied has been read.
type Coverage struct{ Unread, Total int64 }

// share is the unread part in percent: never 0 while something is unread.
func (c Coverage) share() int64 {
	if c.Total <= 0 || c.Unread <= 0 {
		return 0
	}
	return min(99, max(1, (c.Unread*100+c.Total/2)/c.Total))
}

// message is one notice as a reader gets it.
type message struct {
	Title     string
	Greeting  string // holds a name
	Blocks    []paper.Block
	Closing   string
	Reference string
	Language  string
	Format    Format
}

// words gives the whole text of what follows the greeting, a paragraph, heading
// or item on each line.
func (m *message) words() string {
	var b strings.Builder
	for _, x := range m.Blocks {
		switch x := x.(type) {
		case paper.Heading:
			b.WriteString("\n" + x.Text + "\n")
		case paper.Paragraph:
			b.WriteString(x.Text + "\n")
		case paper.List:
			for _, item := range x.Items {
				b.WriteString("- " + item + "\n")
			}
		}
	}
	return strings.TrimSpace(b.String())
}

// compose writes the notice for one recipient. on is the date of the letter.
func compose(t *Template, r *Recipient, w *Wording, c Coverage, on reeve.Date) (*message, error) {
	f := fillingOf(t, r, w, c, on)
	blocks, err := t.fill(f)
	if err != nil {
		return nil, err
	}
	m := &message{Title: t.Title, Blocks: blocks, Reference: r.Reference, Language: t.Language, Format: t.Format,
		Closing: w.Signatory + "\n" + w.Role + "\n" + w.Council}
	return m, nil
}

// fillingOf reckons everything that a template may print for a recipient. Name
// and about are filled as the page or the printer lets them be seen.
func fillingOf(t *Template, r *Recipient, w *Wording, c Coverage, on reeve.Date) *filling {
	kinds, withheld := r.sayable()
	bank, noBank := r.bank()
	f := &filling{fields: map[string]string{
		"council": w.Council, "date": longDate(on), "reference": r.Reference, "phone": w.Phone, "website": w.Website, "email": w.Email, "hours": w.Hours,
		"check-page": w.CheckPage, "dpo": w.DPO, "dpo-email": w.DPOEmail, "signatory": w.Signatory, "role": w.Role, "happened": w.Happened,
		"measures": w.Measures, "published": w.Published, "next": w.Next, "credit": w.Credit, "services": w.Services, "worker-line": w.Line,
		"period": period(r.From, r.To), "report-fraud": fraudLine(on),
	}, holds: map[string]bool{
		"confirmed": r.Confirmed, "withheld": withheld, "child": t.Kind == Child, "estate": t.Kind == Estate, "bank": bank, "incomplete": r.Incomplete > 0,
		"held": r.Held == "yes", "not-held": r.Held == "no", "published": w.Published != "", "credit": w.Credit != "", "unread": c.share() > 0,
		"possible": r.Tier == reeve.TierPossible, "period": period(r.From, r.To) != "",
	}}
	if n := c.share(); n > 0 {
		f.fields["unread"] = strconv.FormatInt(n, 10)
	}
	whose := "your"
	if t.Kind == Child || t.Kind == Estate {
		whose = "their"
	}
	f.blocks = map[string][]paper.Block{
		"found":     {paper.List{Items: foundLines(kinds, whose)}},
		"not-found": notFound(noBank),
		"scams":     {paper.List{Items: append(slices.Clone(scamLines), fraudLine(on))}},
		"rights":    {paper.List{Items: rightLines}},
		"formats":   {paper.Paragraph{Text: formatLine}},
		"check":     checkBlocks(w, r.Reference),
	}
	means, advice := follow(kinds)
	f.blocks["consequences"], f.blocks["advice"] = []paper.Block{paper.List{Items: means}}, []paper.Block{paper.List{Items: advice}}
	if len(kinds) == 0 {
		f.blocks["found"] = []paper.Block{paper.Paragraph{Text: "Personal details that our services keep."}}
	}
	return f
}

// foundLines names kinds in plain words, each wording once, in the order of the
// groups.
func foundLines(kinds []reeve.Kind, whose string) []string {
	var lines []string
	add := func(k reeve.Kind) {
		line := words[k]
		if line == "" {
			line = "a reference number that we use for you"
		}
		if rest, ok := strings.CutPrefix(line, "your "); ok {
			line = whose + " " + rest
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	for _, g := range slices.Backward(groups) {
		for _, k := range g.kinds {
			if slices.Contains(kinds, k) {
				add(k)
			}
		}
	}
	for _, k := range kinds { // what a council detects for itself
		if words[k] == "" {
			add(k)
		}
	}
	return lines
}

// follow gives what could follow from the kinds that a letter names, and what
// the reader can do, most urgent first; each line once.
func follow(kinds []reeve.Kind) (means, advice []string) {
	put := func(list []string, s string) []string {
		if slices.Contains(list, s) {
			return list
		}
		return append(list, s)
	}
	for i, g := range groups {
		last := i == len(groups)-1
		if !slices.ContainsFunc(g.kinds, func(k reeve.Kind) bool { return slices.Contains(kinds, k) }) && !(last && len(means) == 0) {
			continue
		}
		means = put(means, g.means)
		for _, a := range g.advice {
			advice = put(advice, a)
		}
	}
	return means, advice
}

func notFound(noBank bool) []paper.Block {
	if !noBank {
		return nil
	}
	return []paper.Block{paper.Paragraph{Text: "We found no bank details in the files that name you. We could read all of those files."}}
}

func checkBlocks(w *Wording, reference string) []paper.Block {
	return []paper.Block{paper.Paragraph{Text: fmt.Sprintf("Type %s into your browser. Do not follow a link to it. Enter the reference %s there. Or call the number on your council tax bill.", w.CheckPage, reference)}}
}

// reportFraudFrom is the day from which Report Fraud stands where Action Fraud
// did.
var reportFraudFrom = reeve.Date{Year: 2025, Month: 12, Day: 4}

func fraudLine(on reeve.Date) string {
	name := "Report Fraud"
	if on.Before(reportFraudFrom) {
		name = "Action Fraud"
	}
	return "If you lost money, call " + name + " on 0300 123 2040. In Scotland call 101."
}

var months = [...]string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

func longDate(d reeve.Date) string {
	if !d.Full() || !d.Valid() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.Day, months[d.Month], d.Year)
}

// period says from when the data is, by years.
func period(from, to reeve.Date) string {
	switch {
	case from.IsZero() || to.IsZero():
		return ""
	case from.Year == to.Year:
		return fmt.Sprintf("in %d", from.Year)
	}
	return fmt.Sprintf("between %d and %d", from.Year, to.Year)
}
