package sweep_test

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/sweep"
)

// hamlet is a small place in which many people are hard to tell apart.
type hamlet struct {
	*rand.Rand
	people []villager
}

type villager struct{ given, surname, born, house, nino, email string }

var (
	hamletGiven    = []string{"John", "Mary", "Ahmed", "Amina", "Piotr", "Grace", "Oluwaseun", "Jon", "Maria", "Susan"}
	hamletSurnames = []string{"Okafor", "Smith", "Khan", "Wisniewski", "Smyth", "Adeyemi", "Larkspur"}
)

func pick[T any](h *hamlet, list []T) T { return list[h.IntN(len(list))] }

func newHamlet(seed uint64, n int) *hamlet {
	h := &hamlet{Rand: rand.New(rand.NewPCG(seed, 1))}
	for i := range n {
		h.people = append(h.people, villager{given: pick(h, hamletGiven), surname: pick(h, hamletSurnames), house: strconv.Itoa(1 + h.IntN(n/3)),
			born: fmt.Sprintf("%d-%02d-%02d", 1940+h.IntN(75), 1+h.IntN(12), 1+h.IntN(28)), nino: fmt.Sprintf("AA%06dA", 100_000+i),
			email: fmt.Sprintf("v%d@example.org", i)})
	}
	return h
}

// register writes two systems that know some of the same people.
func (h *hamlet) register(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("source_system,source_person_id,surname,forename,date_of_birth,ni_number,email,address_1,postcode,vulnerable_codes,restricted,council_code,language,format_need,named_worker,phone,updated_at\n")
	for i, p := range h.people {
		codes, restricted, nino := "", "", ""
		if h.IntN(8) == 0 {
			codes = pick(h, []string{"domestic_abuse", "child_protection", "adult_care"})
		}
		if h.IntN(20) == 0 {
			restricted = "Y"
		}
		if h.IntN(2) == 0 {
			nino = p.nino
		}
		row := func(system, id, born string) {
			fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s,%s,%s Weir Street,NV2 1AA,%s,%s,%s,%s,%s,%s,07700 90%04d,2025-0%d-01\n", system, id, p.surname, p.given, born, nino, p.email, p.house, codes, restricted, pick(h, []string{"NVB", "EAST"}),
				pick(h, []string{"English", "Polish", "", "Klingon"}), pick(h, []string{"", "large_print", "Braille"}), pick(h, []string{"", "", "", "A. Worker"}), h.IntN(3), 1+h.IntN(3))
		}
		row("CRM", "c"+strconv.Itoa(i), p.born)
		if h.IntN(3) == 0 {
			row("RENTS", "r"+strconv.Itoa(i), pick(h, []string{p.born, ""}))
		}
	}
	path := filepath.Join(dir, "people.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// documents are n letters about one or two people each, most of them residents.
func (h *hamlet) documents(n int) iter.Seq[sweep.ReadDocument] {
	return func(yield func(sweep.ReadDocument) bool) {
		for i := range n {
			text := h.said() + "\nThank you for your letter.\n\n"
			if h.IntN(3) == 0 {
				text += h.said()
			}
			d := sweep.ReadDocument{Path: fmt.Sprintf("%s/letter %d.txt", pick(h, []string{"Housing", "Refuge/MARAC", "HR"}), i), Size: 100,
				Outcome: reeve.Outcome{Type: "text", Reader: "text/1", Status: reeve.StatusRead}, Blocks: []reeve.Block{{Text: text}}}
			if !yield(d) {
				return
			}
		}
	}
}

func (h *hamlet) said() string {
	p := pick(h, h.people)
	if h.IntN(4) == 0 {
		p = villager{given: pick(h, hamletGiven), surname: pick(h, hamletSurnames), born: "1970-01-0" + strconv.Itoa(1+h.IntN(4)), house: strconv.Itoa(900 + h.IntN(4)), nino: "AA9999" + strconv.Itoa(10+h.IntN(5)) + "A", email: "s@example.org"}
	}
	text := "Name: " + p.given + " " + p.surname + "\n"
	for _, line := range []string{"Date of birth: " + p.born, "Address: " + p.house + " Weir Street, Norvale NV2 1AA", "National Insurance number: " + p.nino,
		"Email: " + p.email, "He was violent to his partner and a MARAC referral was made.", "Diagnosis: diabetes"} {
		if h.IntN(3) == 0 {
			text += line + "\n"
		}
	}
	return text
}

// state is all that lists are made of, and the lists.
func state(t *testing.T, c *sweep.Case) map[string]string {
	t.Helper()
	out := make(map[string]string)
	for text := range strings.SplitSeq(lists(t, c), "## ") {
		name, rows, _ := strings.Cut(text, "\n")
		out["list "+name] = rows
	}
	for _, table := range []struct{ name, columns string }{
		{"person", "id, place, household, tier, posterior, safe_contact, items, reasons, still_held, ward"},
		{"person_reach", "person, email, phone, language, format, worker, services"},
		{"household", "id, uprn, address, postcode, band, items, controller"}, {"resident", "household, person"},
		{"link", "document, ordinal, person, household, posterior, weight, rivals, decided"}, {"given_id", "mark, person"}, {"redirect", "old, new_, why"},
		{"hazard", "household, cause"}, {"finding", "document, n, held"}, {"tally", "councils, what, value, n"}, {"person_council", "person, council"},
		{"person_signal", "signal, person"}, {"person_word", "word, person"}, {"sealed_document", "document, person"}} {
		width := strings.Count(table.columns, ",") + 1
		order := make([]string, width)
		for i := range order {
			order[i] = strconv.Itoa(i + 1)
		}
		err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
			var b strings.Builder
			err := tx.Each(func(row db.Row) error {
				cells := make([]string, width)
				into := make([]any, width)
				for i := range cells {
					into[i] = &cells[i]
				}
				err := row.Scan(into...)
				b.WriteString(strings.Join(cells, "|") + "\n")
				return err
			}, "SELECT "+table.columns+" FROM "+table.name+" ORDER BY "+strings.Join(order, ", "))
			out["table "+table.name] = b.String()
			return err
		})
		if err != nil {
			t.Fatal(table.name, err)
		}
	}
	for _, id := range ids(t, c) {
		if !strings.HasPrefix(id, "P") {
			continue
		}
		e, err := c.Explain(t.Context(), id, sweep.ListOptions{Sealed: true, Reveal: true})
		if err != nil {
			t.Fatal(err)
		}
		out["explain "+id] = fmt.Sprintf("%+v", e)
	}
	return out
}

// ids are those of all people and mentions, sealed ones too.
func ids(t *testing.T, c *sweep.Case) []string {
	t.Helper()
	seen := make(map[string]bool)
	for _, l := range sweep.Lists() {
		if l.Name != "findings" {
			continue
		}
		person, mention := slices.Index(l.Columns, "person"), slices.Index(l.Columns, "mention")
		err := c.Rows(t.Context(), l, sweep.ListOptions{Sealed: true}, func(row []string) error {
			seen[row[person]], seen[row[mention]] = true, true
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	delete(seen, "")
	var out []string
	for id := range seen {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// hamletCase makes a case of a hamlet.
func hamletCase(t *testing.T, seed uint64, people, letters int, address string) (*sweep.Case, *hamlet) {
	t.Helper()
	dir := t.TempDir()
	h := newHamlet(seed, people)
	c := openCase(t, filepath.Join(dir, "case"), address)
	_, err := c.Take(t.Context(), sweep.Options{Council: "NVB", AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12}, Exhibits: []sweep.ExhibitFlag{{Path: dir, Name: "EX"}},
		Registers: []sweep.RegisterFlag{{Path: h.register(t, dir)}}, Workers: 1}, h.documents(letters))
	if err != nil {
		t.Fatal(err)
	}
	return c, h
}

// decideAtRandom makes or takes back a decision.
func decideAtRandom(t *testing.T, c *sweep.Case, h *hamlet, made *[]int64) string {
	t.Helper()
	if len(*made) > 0 && h.IntN(4) == 0 {
		id := pick(h, *made)
		change, err := c.Undecide(t.Context(), id, "a test", "tester")
		if err != nil && !errors.Is(err, reeve.Conflict) {
			t.Fatal(err)
		}
		if err == nil {
			*made = append(*made, change.Decision.ID)
		}
		return fmt.Sprintf("undecide %d", id)
	}
	owner := column(t, c, "findings", "mention", "person")
	all := ids(t, c)
	a, b := pick(h, all), pick(h, all)
	if h.IntN(2) == 0 && owner[a] != "" {
		b = owner[a]
	}
	what := pick(h, []string{"same", "different", "different", "unsure"})
	if a == b {
		return "nothing"
	}
	change, err := c.Rule(t.Context(), sweep.Ruling{What: what, A: a, B: b, Why: "a test", Actor: "tester", Sealed: true})
	if err != nil {
		t.Fatal(err)
	}
	*made = append(*made, change.Decision.ID)
	return fmt.Sprintf("%d: %s %s %s", change.Decision.ID, what, a, b)
}

// TestDecisionIsAWholeResolve makes random decisions and checks that the lists
// and all that they are made of are what resolving the whole case makes of them.
func TestDecisionIsAWholeResolve(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) { walkHamlet(t, seed, 40, 60, 12, "") })
	}
	t.Run("postgres", func(t *testing.T) { walkHamlet(t, 9, 20, 25, 5, dbtest.PostgresAddress(t)) })
}

func walkHamlet(t *testing.T, seed uint64, people, letters, steps int, address string) {
	t.Helper()
	c, h := hamletCase(t, seed, people, letters, address)
	var made []int64
	var done []string
	for range steps {
		done = append(done, decideAtRandom(t, c, h, &made))
		if h.IntN(2) == 0 {
			continue // several in a row, before the whole is resolved again
		}
		near := state(t, c)
		if err := c.Resolve(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(state(t, c), near); diff != "" {
			t.Fatalf("after %q the neighbourhood (+) and the whole (-) differ:\n%s", done, diff)
		}
	}
}

// TestDecideTogether: many at once take turns, and nothing is lost.
func TestDecideTogether(t *testing.T) {
	c, _ := hamletCase(t, 77, 20, 30, "")
	all := ids(t, c)
	var wait sync.WaitGroup
	failed := make([]error, 12)
	for i := range failed {
		wait.Go(func() {
			_, failed[i] = c.Rule(t.Context(), sweep.Ruling{What: "unsure", A: all[i], B: all[len(all)-1-i], Why: "a test", Actor: "tester", Sealed: true})
		})
	}
	wait.Wait()
	for _, err := range failed {
		if err != nil && !errors.Is(err, reeve.NotFound) {
			t.Error(err)
		}
	}
	near := state(t, c)
	if err := c.Resolve(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(state(t, c), near); diff != "" {
		t.Errorf("the neighbourhood (+) and the whole (-) differ:\n%s", diff)
	}
}

// TestDecideOnStaleLists: who looked at other lists is told so.
func TestDecideOnStaleLists(t *testing.T) {
	c, _ := hamletCase(t, 78, 12, 12, "")
	all := ids(t, c)
	seen, err := c.Stamp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first := sweep.Ruling{What: "different", A: all[0], B: all[1], Why: "a test", Actor: "tester", Sealed: true, Stamp: &seen}
	change, err := c.Rule(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	if change.Stamp == seen {
		t.Error("the lists bear the same stamp after a decision")
	}
	if _, err := c.Rule(t.Context(), first); !errors.Is(err, reeve.Conflict) {
		t.Errorf("deciding on lists that have changed: %v, want a conflict", err)
	}
	if _, err := c.Undecide(t.Context(), 99, "a test", "tester"); !errors.Is(err, reeve.NotFound) {
		t.Errorf("taking back what nobody decided: %v, want not found", err)
	}
	release, err := c.DB.Lock(t.Context(), "sweep")
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	first.Stamp = nil
	if _, err := c.Rule(t.Context(), first); !errors.Is(err, reeve.Conflict) {
		t.Errorf("deciding while a sweep runs: %v, want a conflict", err)
	}
}

// TestDecideWith: what a caller keeps along with a decision stands or falls
// with it.
func TestDecideWith(t *testing.T) {
	c, _ := hamletCase(t, 79, 12, 12, "")
	all, refused := ids(t, c), errors.New("refused")
	before := state(t, c)
	ask := sweep.Ruling{What: "different", A: all[0], B: all[1], Why: "a test", Actor: "tester", Sealed: true}
	ask.With = func(*db.Tx, sweep.Change) error { return refused }
	if _, err := c.Rule(t.Context(), ask); !errors.Is(err, refused) {
		t.Fatalf("a decision whose companion was refused: %v", err)
	}
	if diff := cmp.Diff(before, state(t, c)); diff != "" {
		t.Errorf("the lists changed (-before +after):\n%s", diff)
	}
	var kept sweep.Change
	ask.With = func(_ *db.Tx, change sweep.Change) error { kept = change; return nil }
	change, err := c.Rule(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(change, kept); diff != "" {
		t.Errorf("the change that was kept along (+) and the one told (-):\n%s", diff)
	}
	if _, err := c.UndecideWith(t.Context(), 1, "a test", "tester", func(*db.Tx, sweep.Change) error { return refused }); !errors.Is(err, refused) {
		t.Fatalf("an undoing whose companion was refused: %v", err)
	}
	if _, err := c.Undecide(t.Context(), 1, "a test", "tester"); err != nil {
		t.Errorf("the decision does not stand after its undoing was refused: %v", err)
	}
	if _, err := c.Undecide(t.Context(), 1, "a test", "tester"); !errors.Is(err, sweep.TakenBack) || !errors.Is(err, reeve.Conflict) {
		t.Errorf("taking back what was taken back: %v, want a conflict", err)
	}
}
