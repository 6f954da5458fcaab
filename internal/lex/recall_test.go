package lex

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// planted is one written mention of a record.
type planted struct {
	form       string
	rec        int
	start, end int
}

// form writes a record in one way; kinds says which marks must point to it.
type form struct {
	name  string
	floor float64
	write func(r *rand.Rand, p *reeve.Record) string
	kinds string // name, surname, person, ref, address, postcode, date
}

func pc(p *reeve.Record) string { return p.Postcode }

func street(p *reeve.Record) string { return p.Address[0] }

// typo makes one edit inside a word.
func typo(r *rand.Rand, s string) string {
	if len(s) < 5 {
		return s
	}
	i := 1 + r.IntN(len(s)-2)
	switch r.IntN(3) {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]
	}
	return s[:i] + string(rune('a'+r.IntN(26))) + s[i+1:]
}

var scanner2 = strings.NewReplacer("m", "rn", "l", "1", "o", "0", "S", "5")

var forms = []form{
	{"nino spaced", .99, func(r *rand.Rand, p *reeve.Record) string {
		n := p.NINO
		return "NI number " + n[:2] + " " + n[2:4] + " " + n[4:6] + " " + n[6:8] + " " + n[8:]
	}, "ref"},
	{"nino closed", .99, func(r *rand.Rand, p *reeve.Record) string { return "NINO: " + p.NINO }, "ref"},
	{"nino small, no suffix", .99, func(r *rand.Rand, p *reeve.Record) string { return "nino " + strings.ToLower(p.NINO[:8]) }, "ref"},
	{"nhs 3-3-4", .99, func(r *rand.Rand, p *reeve.Record) string {
		return "NHS no " + p.NHS[:3] + " " + p.NHS[3:6] + " " + p.NHS[6:]
	}, "ref"},
	{"nhs closed", .99, func(r *rand.Rand, p *reeve.Record) string { return "NHS no " + p.NHS }, "ref"},
	{"council tax ref", .99, func(r *rand.Rand, p *reeve.Record) string { return "account " + p.Refs[0].Value }, "ref"},
	{"phone +44", .99, func(r *rand.Rand, p *reeve.Record) string { return "ring +44 (0)" + p.Phone[1:] + " after six" }, "ref"},
	{"e-mail", .99, func(r *rand.Rand, p *reeve.Record) string {
		return "<" + strings.ToUpper(p.Email[:1]) + p.Email[1:] + ">"
	}, "ref"},
	{"csv row", .97, func(r *rand.Rand, p *reeve.Record) string {
		return fmt.Sprintf("\n%s,%s,%02d/%02d/%d,%s,%s\n", p.Surname, p.Forename, p.Born.Day, p.Born.Month, p.Born.Year, street(p), pc(p))
	}, "name"},
	{"F L, address, postcode", .97, func(r *rand.Rand, p *reeve.Record) string {
		return p.Forename + " " + p.Surname + ", " + street(p) + ", London " + pc(p)
	}, "name"},
	{"nickname, postcode", .97, func(r *rand.Rand, p *reeve.Record) string {
		g := p.Forename
		if nick := Nicknames(g); len(nick) > 0 {
			g = title(nick[r.IntN(len(nick))])
		}
		return g + " " + p.Surname + " of " + pc(p)
	}, "name"},
	{"J. Smith, address, postcode", .97, func(r *rand.Rand, p *reeve.Record) string {
		return p.Forename[:1] + ". " + p.Surname + ", " + street(p) + ", " + strings.ReplaceAll(pc(p), " ", "")
	}, "name"},
	{"scanned name, postcode", .95, func(r *rand.Rand, p *reeve.Record) string {
		return p.Forename + " " + p.Surname[:1] + scanner2.Replace(p.Surname[1:]) + ", " + street(p) + ", " + pc(p)
	}, "name"},
	{"typo, birth date", .93, func(r *rand.Rand, p *reeve.Record) string {
		return fmt.Sprintf("%s %s (DOB %d %s %d)", p.Forename, typo(r, p.Surname), p.Born.Day, title(monthNames[p.Born.Month-1]), p.Born.Year)
	}, "name"},
	{"surname, birth date", .97, func(r *rand.Rand, p *reeve.Record) string {
		return fmt.Sprintf("Miss %s born %d %s %d", p.Surname, p.Born.Day, title(monthNames[p.Born.Month-1][:3]), p.Born.Year)
	}, "surname"},
	{"Mr Khan, address", .97, func(r *rand.Rand, p *reeve.Record) string { return "Mr " + p.Surname + ", " + street(p) }, "surname"},
	{"address alone", .97, func(r *rand.Rand, p *reeve.Record) string { return "the flat at " + street(p) + " is empty" }, "address"},
	{"postcode small", .97, func(r *rand.Rand, p *reeve.Record) string { return "near " + strings.ToLower(pc(p)) + " today" }, "postcode"},
	{"First Last", .97, func(r *rand.Rand, p *reeve.Record) string { return "and " + p.Forename + " " + p.Surname + " called" }, "name"},
	{"First M Last", .97, func(r *rand.Rand, p *reeve.Record) string {
		return "and " + p.Forename + " M. " + p.Surname + " called"
	}, "name"},
	{"Last, First", .97, func(r *rand.Rand, p *reeve.Record) string {
		return "file of " + p.Surname + ", " + p.Forename + " closed"
	}, "name"},
	{"LAST, First", .97, func(r *rand.Rand, p *reeve.Record) string {
		return "file of " + strings.ToUpper(p.Surname) + ", " + p.Forename + " closed"
	}, "name"},
	{"FIRST LAST", .97, func(r *rand.Rand, p *reeve.Record) string {
		return strings.ToUpper(p.Forename+" "+p.Surname) + " WAS SEEN"
	}, "name"},
	{"first last", .80, func(r *rand.Rand, p *reeve.Record) string {
		return "then " + strings.ToLower(p.Forename+" "+p.Surname) + " called again"
	}, "name"},
	{"over a line end", .95, func(r *rand.Rand, p *reeve.Record) string {
		return "we saw " + p.Forename + "\n" + p.Surname + " at home"
	}, "name"},
	{"hyphen at line end", .90, func(r *rand.Rand, p *reeve.Record) string {
		s := p.Surname
		return "we saw " + p.Forename + " " + s[:(len(s)+1)/2] + "-\n" + s[(len(s)+1)/2:] + " at home"
	}, "name"},
}

// plant puts mentions of random records into text, about every gap bytes, at
// line ends.
func plant(text string, records []reeve.Record, seed uint64, gap int) (string, []planted) {
	if len(records) == 0 {
		return text, nil
	}
	r := rand.New(rand.NewPCG(seed, 11))
	var b strings.Builder
	var out []planted
	for at := 0; at < len(text); {
		next := at + gap
		if next >= len(text) {
			b.WriteString(text[at:])
			break
		}
		if k := strings.IndexByte(text[next:], '\n'); k >= 0 {
			next += k + 1
		} else {
			next = len(text)
		}
		b.WriteString(text[at:next])
		f, rec := forms[r.IntN(len(forms))], r.IntN(len(records))
		b.WriteString("\nWe note that ")
		start := b.Len()
		b.WriteString(f.write(r, &records[rec]))
		out = append(out, planted{f.name, rec, start, b.Len()})
		b.WriteString(" as agreed.\n\n")
		at = next
	}
	return b.String(), out
}

// finds reports whether a mark of one of the kinds inside the span points to
// the record.
func finds(ix *Index, marks []Mark, records []reeve.Record, p planted, kinds string) bool {
	lo := sort.Search(len(marks), func(i int) bool { return int(marks[i].Start)+nameReach >= p.start })
	for _, m := range marks[lo:] {
		if int(m.Start) >= p.end {
			break
		}
		if int(m.End) <= p.start {
			continue
		}
		if kinds == "surname" && (m.Kind == MarkSurname || m.Kind == MarkPerson) && m.ID != 0 && ix.text[m.ID-1] == Fold(records[p.rec].Surname) && m.Has(FlagAnchored) {
			return true
		}
		if m.Kind.String() == kinds || kinds == "surname" && m.Kind == MarkName {
			for _, id := range ix.Records(m) {
				if int(id) == p.rec {
					return true
				}
			}
		}
	}
	return false
}

func TestRecallByForm(t *testing.T) {
	text := prose(t)
	records := register(60_000, 5)
	ix := Compile(records, vocabulary())
	hay, plants := plant(text, records, 9, 250)
	marks := ix.Scan(hay, nil)
	hit, all := map[string]int{}, map[string]int{}
	kinds := map[string]form{}
	for _, f := range forms {
		kinds[f.name] = f
	}
	for _, p := range plants {
		all[p.form]++
		if finds(ix, marks, records, p, kinds[p.form].kinds) {
			hit[p.form]++
		} else if testing.Verbose() && all[p.form]-hit[p.form] <= 4 {
			t.Logf("missed %s: %q", p.form, hay[p.start:p.end])
		}
	}
	for _, f := range forms {
		recall := float64(hit[f.name]) / float64(max(all[f.name], 1))
		t.Logf("%-28s n %5d recall %.3f", f.name, all[f.name], recall)
		if recall < f.floor {
			t.Errorf("%s: recall %.3f, want at least %.2f", f.name, recall, f.floor)
		}
	}
}

// prose is office mail where there is some, otherwise invented sentences.
func prose(t *testing.T) string {
	t.Helper()
	if dir := surnamePool(); len(dir) > 10_000 {
		return haystack(t, 3<<20)
	}
	line := "The officer said that the repairs at the block would begin on Monday, and that tenants would hear by letter.\n"
	return strings.Repeat(line+"No further action is needed until the panel has met again in the spring.\n\n", 8000)
}

// Names of every tradition are found alike: the shipped list goes by tradition
// in paragraphs, and the worst of them may be no more than 0.03 behind the best
// in names with nothing to confirm them.
func TestRecallByOrigin(t *testing.T) {
	surnames := strings.Fields(surnameTable)
	best, worst := 0.0, 1.0
	for _, paragraph := range strings.Split(strings.TrimSpace(givenTable), "\n\n") {
		names := strings.Fields(paragraph)
		var records []reeve.Record
		var b strings.Builder
		var plants []planted
		r := rand.New(rand.NewPCG(3, uint64(len(names))))
		for i := range 600 {
			rec := reeve.Record{Forename: title(names[i%len(names)]), Surname: title(surnames[r.IntN(len(surnames))])}
			records = append(records, rec)
			for k, written := range []string{rec.Forename + " " + rec.Surname, rec.Surname + ", " + rec.Forename, strings.ToUpper(rec.Forename + " " + rec.Surname)} {
				b.WriteString("The file on ")
				start := b.Len()
				b.WriteString(written)
				plants = append(plants, planted{fmt.Sprint(k), i, start, b.Len()})
				b.WriteString(" was closed.\n\n")
			}
		}
		ix := Compile(records, nil)
		marks := ix.Scan(b.String(), nil)
		hit := 0
		for _, p := range plants {
			if finds(ix, marks, records, p, "name") {
				hit++
			}
		}
		recall := float64(hit) / float64(len(plants))
		t.Logf("%s, %s …: recall %.3f", names[0], names[1], recall)
		best, worst = max(best, recall), min(worst, recall)
	}
	if worst < best-0.03 || worst < 0.97 {
		t.Errorf("best %.3f, worst %.3f", best, worst)
	}
}
