package review

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/sweep"
)

// title is the heading of a part.
func title(text string) paper.Block { return paper.Heading{Level: 1, Text: text} }

func says(format string, args ...any) paper.Block {
	return paper.Paragraph{Text: fmt.Sprintf(format, args...)}
}

// countTable is counts as a table in words.
func countTable(caption string, counts []sweep.Count, words func(string) string) paper.Block {
	t := paper.Table{Caption: caption, Columns: []paper.Column{{Title: "Which"}, {Title: "People", Number: true}}}
	for _, c := range counts {
		t.Rows = append(t.Rows, []string{sentence(words(c.Value)), digits(c.N)})
	}
	return t
}

// figureBlocks are the people of a list in numbers. Tables without a row are
// left out.
func figureBlocks(f *versionFigures) (blocks []paper.Block) {
	for _, t := range []struct {
		caption string
		counts  []sweep.Count
		words   func(string) string
	}{
		{"By lane: who should act first", f.Lanes, func(s string) string { return laneWords(reeve.Lane(s)) }},
		{"By category of data (a person may be in several)", f.Categories, func(s string) string { return categoryWords(reeve.Category(s)) }},
		{"By circumstance (a person may be in several)", f.Signals, func(s string) string { return signalWords(reeve.Signal(s)) }},
		{"By severity: it sorts, and decides nothing", f.Bands, func(s string) string { return bandWords(reeve.Band(s)) }},
		{"By how sure the machine is who it is", f.Tiers, func(s string) string { return tierWords(reeve.Tier(s)) }},
		{"By what reviewers judged", f.Verdicts, verdictPhrase},
		{"By safe contact", f.Contacts, func(s string) string { return contactWords(reeve.SafeContact(s)) }},
		{"By how sure it is that their data was taken", f.Taken, func(s string) string { return takenWords(reeve.Taken(s)) }},
		{"Alive or not", f.Deceased, deceasedWords},
	} {
		if len(t.counts) > 0 {
			blocks = append(blocks, countTable(t.caption, t.counts, t.words))
		}
	}
	return blocks
}

// whose says whom the numbers are of.
func (b *basis) whose() string {
	if b.Scope.Councils == nil {
		return "all councils of the case"
	}
	return strings.Join(b.Scope.Councils, ", ")
}

// reservations are what every statement ends with: what was red, who is not in
// the numbers, and by what it can be checked.
func (b *basis) reservations() []paper.Block {
	blocks := []paper.Block{title("What to bear in mind")}
	for _, line := range b.Reds {
		blocks = append(blocks, paper.Paragraph{Style: paper.Warning, Text: line})
	}
	for _, c := range reds(b.Open) {
		blocks = append(blocks, paper.Paragraph{Style: paper.Warning, Text: c.Words})
	}
	items := []string{"Numbers of people are of " + b.whose() + "."}
	if b.Scope.Councils == nil {
		items = append(items, "People whose record is sealed: "+b.Sealed+". They are in no other number here.")
	} else {
		items = append(items, "People whose record is sealed are in no number here.")
	}
	items = append(items, "Whoever is not on the list may still have had data taken: see what was not read.")
	blocks = append(blocks, paper.List{Items: items}, title("How to check this"))
	facts := []paper.Fact{{Name: "Rests on", Value: b.Name}, {Name: "Ages reckoned on", Value: b.AsOf}}
	if b.Digest != "" {
		facts = append(facts, paper.Fact{Name: "Digest of the rows (SHA-256)", Value: b.Digest})
	}
	for _, a := range b.Approved {
		facts = append(facts, paper.Fact{Name: "Approved", Value: momentWords(a.At) + " by " + a.ByName})
	}
	return append(blocks, paper.Facts{Rows: append(facts, paper.Fact{Name: "Written", Value: momentWords(b.At)}, paper.Fact{Name: "Record", Value: b.Head})})
}

// listBlocks is the summary of the list.
func listBlocks(b *basis) []paper.Block {
	f := &b.Figures
	safety := countOf(f.Lanes, string(reeve.LaneSafety))
	blocks := []paper.Block{paper.Paragraph{Style: paper.Strong, Text: fmt.Sprintf("Personal data of %s at %s was found in the copied files. %s of them could be put in danger by what was in them.",
		count(f.People, "person", "people"), count(f.Households, "address", "addresses"), digits(safety))}}
	if b.Judged {
		confirmed := countOf(f.Verdicts, "confirmed")
		blocks = append(blocks, says("A reviewer has confirmed %s of them on the evidence; all others are as the machine has matched them, each with how sure it is.", digits(confirmed)))
	}
	blocks = append(blocks, title("People in numbers"))
	blocks = append(blocks, figureBlocks(f)...)
	return append(blocks, b.reservations()...)
}

// coverageBlocks is the coverage statement.
func coverageBlocks(b *basis) []paper.Block {
	f := &b.Frozen
	blocks := []paper.Block{paper.Paragraph{Style: paper.Strong, Text: fmt.Sprintf("Of %s held, %s were read in full, %s in part and %s not at all.",
		count(f.Items, "file or message", "files and messages"), digits(f.Read), digits(f.PartlyRead), digits(f.NotRead))},
		says("%s are known to be unread in them. %s of what was read hold personal data. Numbers of files are of the whole case.",
			sentence(count(f.PagesUnread, "page", "pages")), digits(f.Personal))}
	if f.Listed > 0 {
		blocks = append(blocks, paper.Paragraph{Style: paper.Warning, Text: fmt.Sprintf(
			"%s known to have been taken and held by nobody here: whose data is in them cannot be said.", sentence(count(f.Listed, "file is", "files are")))})
	}
	t := paper.Table{Caption: "What was copied, as far as it is held", Columns: []paper.Column{{Title: "Exhibit"}, {Title: "How sure it is that it was taken"}}}
	for _, e := range f.Exhibits {
		t.Rows = append(t.Rows, []string{e.Name, takenWords(reeve.Taken(e.Taken))})
	}
	blocks = append(blocks, title("What was examined"), t, title("What was not read, and why"))
	if len(f.Reasons) == 0 {
		return append(append(blocks, says("Everything that is held was read.")), b.reservations()...)
	}
	reasons := paper.Table{Caption: "Files and messages by reason", Columns: []paper.Column{{Title: "Why"}, {Title: "Number", Number: true}, {Title: "What can be done"}}}
	for _, r := range f.Reasons {
		reasons.Rows = append(reasons.Rows, []string{sentence(meaning(r.Status, r.Reason)), digits(r.Items), advice(r.Status, r.Reason)})
	}
	return append(append(blocks, reasons), b.reservations()...)
}

// methodBlocks is the method statement: written for somebody who was not there.
func methodBlocks(b *basis) []paper.Block {
	blocks := []paper.Block{
		title("How the list came about"),
		paper.List{Numbered: true, Items: []string{
			"Every file and message in the copied files was listed, also inside archives and mailboxes, and known by its SHA-256 digest. What could not be read stands on the list with the reason.",
			"What was read was searched once, by fixed rules, for personal data: numbers by their form, check digits and surroundings; names, dates and addresses by the council’s registers; circumstances by their words, leaving out what the text denies.",
			"What was found of one human in one document was compared with the registers and with other documents. Each comparison has a weight that was reckoned from these very data; the sum says how probable it is that it is this person. Strong is 99 in 100 or more, likely 90, possible 50. Below that nobody is named.",
			"What was taken of each person was weighed by the formula of ENISA (2013), and put into a lane by what could happen to them. Severity and lane sort the work. Neither decides whom to tell.",
			"Reviewers judged people on the evidence. “Confirmed” is said of their verdicts alone; where policy asks, a second person agreed.",
		}},
		says("The same files, registers and decisions give the same list, byte for byte. %s and %s were used.", count(int64(len(b.Frozen.Exhibits)), "exhibit", "exhibits"), count(b.Frozen.Registers, "register file", "register files")),
		title("How it was checked"),
	}
	if len(b.Frozen.Samples) == 0 {
		blocks = append(blocks, paper.Paragraph{Style: paper.Warning, Text: "No sample was finished: how much was missed, and how often the wrong person was named, was not measured."})
	} else {
		blocks = append(blocks, sampleTable(b.Frozen.Samples), says("Samples were drawn at random with a seed that is on record, and judged by people who did not see what the machine had said. "+
			"Intervals are exact (Clopper and Pearson), at 95 in 100."))
	}
	blocks = append(blocks, title("What it cannot say"), paper.List{Items: []string{
		"Whose data is in what was not read, or is not held.",
		"That somebody’s data was used, or that nobody who is not named was affected.",
		"How old data is where the content gives no date; old data can do harm as new data can.",
		"Who somebody is beyond doubt: the machine gives probabilities, and people judge.",
	}})
	return append(blocks, b.reservations()...)
}

func sampleTable(samples []sampleFigure) paper.Block {
	t := paper.Table{Caption: "Samples", Columns: []paper.Column{{Title: "Sample"}, {Title: "Drawn from", Number: true}, {Title: "Judged", Number: true}, {Title: "Misses", Number: true},
		{Title: "Share of misses, with its interval"}}}
	for _, s := range samples {
		name := s.Title
		if s.Earlier {
			name += " (of lists that have changed since)"
		}
		t.Rows = append(t.Rows, []string{name, digits(s.Population), digits(s.Whole.Judged), digits(s.Whole.Misses), intervalWords(&s.Whole)})
	}
	return t
}

// intervalWords prints a share with its exact interval, in hundredths.
func intervalWords(s *stratumResult) string {
	if s.Judged == 0 {
		return "nothing was judged"
	}
	return fmt.Sprintf("%.2f %% (%.2f %% to %.2f %%)", 100*float64(s.Misses)/float64(s.Judged), 100*s.Share.Low, 100*s.Share.High)
}
