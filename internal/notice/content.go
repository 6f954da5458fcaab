package notice

import (
	"cmp"
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
	Mobile    string `json:"mobile"` // the council's, to which test messages by text go; may be empty
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
	Easy      Easy   `json:"easy"`
}

// Easy is what the wording says in Easy Read; what is empty is said there as
// everywhere.
type Easy struct {
	Happened  string `json:"happened"`
	Measures  string `json:"measures"`
	Published string `json:"published"`
	Next      string `json:"next"`
}

// in gives the wording as readers of a format get it.
func (w *Wording) in(f Format) *Wording {
	if f != EasyRead || w.Easy == (Easy{}) {
		return w
	}
	easy := *w
	easy.Happened, easy.Measures, easy.Next = cmp.Or(w.Easy.Happened, w.Happened), cmp.Or(w.Easy.Measures, w.Measures), cmp.Or(w.Easy.Next, w.Next)
	if w.Published != "" {
		easy.Published = cmp.Or(w.Easy.Published, w.Published)
	}
	return &easy
}

// Coverage is how much of what was copied has been read.
type Coverage struct{ Unread, Total int64 }

// Share is the unread part in percent: never 0 while something is unread.
func (c Coverage) Share() int64 {
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
	say := &speaker{book: t.book}
	w = w.in(t.Format)
	f := fillingOf(t, t.readerOf(r), w, c, on, say)
	closing := w.Signatory + "\n" + say.say(w.Role) + "\n" + w.Council
	if say.missing {
		return nil, NoForm.about("a phrase of template %s has no translation", t.Name)
	}
	blocks, err := t.fill(f)
	if err != nil {
		return nil, err
	}
	if t.Format == EasyRead {
		blocks = apart(blocks)
	}
	m := &message{Title: t.Title, Blocks: blocks, Reference: r.Reference, Language: t.Language, Format: t.Format,
		Closing: closing}
	return m, nil
}

// apart gives each sentence of a paragraph a line of its own, as Easy Read asks:
// one idea to a line.
func apart(blocks []paper.Block) (all []paper.Block) {
	for _, x := range blocks {
		p, ok := x.(paper.Paragraph)
		if !ok {
			all = append(all, x)
			continue
		}
		lines := lineByLine(p.Text)
		for i, s := range lines { // which stay on one page: they were one paragraph
			all = append(all, paper.Paragraph{Text: s, Style: p.Style, Keep: i < len(lines)-1})
		}
	}
	return all
}

// fillingOf reckons everything that a template may print for a recipient, in the
// language of say. Name and about are filled as the page or the printer lets
// them be seen.
func fillingOf(t *Template, r *Recipient, w *Wording, c Coverage, on reeve.Date, say *speaker) *filling {
	_, withheld := r.sayable()
	bank, _ := r.bank()
	f := &filling{fields: map[string]string{
		"council": w.Council, "date": saidDate(say, on), "reference": r.Reference, "phone": w.Phone, "website": w.Website, "email": w.Email, "hours": say.say(w.Hours),
		"check-page": w.CheckPage, "dpo": w.DPO, "dpo-email": w.DPOEmail, "signatory": w.Signatory, "role": say.say(w.Role), "happened": say.say(w.Happened),
		"measures": say.say(w.Measures), "published": say.say(w.Published), "next": say.say(w.Next), "credit": say.say(w.Credit), "services": origin(r, w, say),
		"worker-line": w.Line, "period": period(r.From, r.To, say), "report-fraud": say.say(fraudLine(on)),
	}, holds: map[string]bool{
		"confirmed": r.Confirmed, "withheld": withheld, "child": t.Kind == Child, "estate": t.Kind == Estate, "bank": bank, "incomplete": r.Incomplete > 0,
		"held": r.Held == "yes", "not-held": r.Held == "no", "published": w.Published != "", "credit": w.Credit != "", "unread": c.Share() > 0,
		"possible": r.Tier == reeve.TierPossible, "period": !r.From.IsZero() && !r.To.IsZero(),
	}}
	if n := c.Share(); n > 0 {
		f.fields["unread"] = strconv.FormatInt(n, 10)
	}
	f.blocks = blocksOf(t, r, w, on, say)
	return f
}

// blocksOf makes the blocks that a template may ask for.
func blocksOf(t *Template, r *Recipient, w *Wording, on reeve.Date, say *speaker) map[string][]paper.Block {
	kinds, _ := r.sayable()
	_, noBank := r.bank()
	means, advice := follow(kinds)
	made := map[string][]paper.Block{
		"found":        {paper.List{Items: say.all(foundLines(kinds, t.Kind))}},
		"held":         {paper.Paragraph{Text: say.say(heldLine(r.Held))}},
		"scams":        {paper.List{Items: append(say.all(scamLines), say.say(fraudLine(on)))}},
		"rights":       {paper.List{Items: say.all(rightLines)}},
		"formats":      {paper.Paragraph{Text: say.say(formatLine)}},
		"check":        {paper.Paragraph{Text: strings.NewReplacer("{check-page}", w.CheckPage, "{reference}", r.Reference).Replace(say.say(checkLine))}},
		"consequences": {paper.List{Items: say.all(means)}},
		"advice":       {paper.List{Items: say.all(advice)}},
	}
	if noBank {
		made["not-found"] = []paper.Block{paper.Paragraph{Text: say.say(noBankLine)}}
	}
	if len(kinds) == 0 {
		made["found"] = []paper.Block{paper.Paragraph{Text: say.say(unnamedLine)}}
	}
	return made
}

// heldLine says whether we still have the data: each of the three only where it
// is so.
func heldLine(held string) string {
	switch held {
	case "yes":
		return heldLines[0]
	case "no":
		return heldLines[1]
	}
	return heldLines[2]
}

// mostNames is how many words the names of services may have, so that their
// sentence stays short enough to be read.
const mostNames = 14

// origin says whose files held the data: the services that held this person's,
// or in general words where that is not known, or not in the reader's language.
func origin(r *Recipient, w *Wording, say *speaker) string {
	frame := manyServices
	if len(r.Services) == 1 {
		frame = oneService
	}
	if n := len(wordsOf(strings.Join(r.Services, " "))); n == 0 || n > mostNames || !say.knows(append([]string{frame}, r.Services...)...) {
		return say.say(w.Services)
	}
	return strings.ReplaceAll(say.say(frame), "{services}", strings.Join(say.all(r.Services), "; "))
}

// kindLine names a kind in plain words; one that the council detects for itself
// is a reference number.
func kindLine(k reeve.Kind, about Kind) string {
	line := words[k]
	if line == "" {
		line = words[reeve.KindLocalRef]
	}
	if about == Child || about == Estate {
		if rest, ok := strings.CutPrefix(line, "your "); ok {
			return "their " + rest
		}
		line = strings.Replace(line, " you owed", " they owed", 1)
		line = strings.Replace(line, " you were", " they were", 1)
		line = strings.Replace(line, " for you", " for them", 1)
	}
	return line
}

// foundLines names kinds, each wording once, in the order of the groups.
func foundLines(kinds []reeve.Kind, about Kind) []string {
	var lines []string
	add := func(k reeve.Kind) {
		line := kindLine(k, about)
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

// reportFraudFrom is the day from which Report Fraud stands where Action Fraud
// did.
var reportFraudFrom = reeve.Date{Year: 2025, Month: 12, Day: 4}

func fraudLine(on reeve.Date) string {
	if on.Before(reportFraudFrom) {
		return fraudLines()[1]
	}
	return fraudLines()[0]
}

// fraudLines are where to turn to now, and where before that day.
func fraudLines() []string {
	return []string{"If you lost money, call Report Fraud on 0300 123 2040. In Scotland call 101.", "If you lost money, call Action Fraud on 0300 123 2040. In Scotland call 101."}
}

var months = [...]string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

func longDate(d reeve.Date) string {
	if !d.Full() || !d.Valid() {
		return ""
	}
	return fmt.Sprintf("%d %s %d", d.Day, months[d.Month], d.Year)
}

// period says from when the data is, by years.
func period(from, to reeve.Date, say *speaker) string {
	switch {
	case from.IsZero() || to.IsZero():
		return ""
	case from.Year == to.Year:
		return strings.ReplaceAll(say.say(oneYear), "{year}", strconv.Itoa(int(from.Year)))
	}
	return strings.NewReplacer("{from}", strconv.Itoa(int(from.Year)), "{to}", strconv.Itoa(int(to.Year))).Replace(say.say(manyYears))
}
