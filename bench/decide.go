package main

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// decide measures how long the lists take to be right again after a human
// decision. The case is made by another process, so that the memory measured is
// that of deciding.
func decide(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("decide", flag.ExitOnError)
	residents := set.Int("residents", 400_000, "people on the register")
	mentions := set.Int("mentions", 1_000_000, "mentions in documents")
	out := set.String("out", filepath.Join(os.TempDir(), "reeve-decide"), "the folder of the case; made if it is not there, and kept")
	rounds := set.Int("decisions", 20, "decisions to make")
	build := set.Bool("make", false, "make the case and end")
	if err := set.Parse(args); err != nil {
		return err
	}
	if *build {
		return makeDecided(ctx, *out, *residents, *mentions)
	}
	if !sweep.IsCase(*out) {
		self, err := os.Executable()
		if err != nil {
			return err
		}
		cmd := exec.CommandContext(ctx, self, "decide", "--make", "--out", *out, "--residents", strconv.Itoa(*residents), "--mentions", strconv.Itoa(*mentions))
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("make case: %w", err)
		}
	}
	kase, err := sweep.Open(ctx, *out)
	if err != nil {
		return err
	}
	defer kase.Close()
	return timeDecisions(ctx, kase, *rounds)
}

func makeDecided(ctx context.Context, out string, residents, mentions int) error {
	t, err := newTown(11, residents)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "reeve-decide")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	register := filepath.Join(scratch, "register.csv")
	if err := t.writeServices(register); err != nil {
		return err
	}
	kase, err := sweep.Make(ctx, out, "")
	if err != nil {
		return err
	}
	defer kase.Close()
	_, err = kase.Take(ctx, sweep.Options{Council: "NORTH", AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12}, Registers: []sweep.RegisterFlag{{Path: register}},
		Exhibits: []sweep.ExhibitFlag{{Path: scratch, Name: "EX1"}}}, t.tables(mentions))
	return err
}

// tables are documents with about n mentions: four in five stand in tables, the
// others in letters.
func (t *town) tables(n int) iter.Seq[sweep.ReadDocument] {
	const rows = 40
	return func(yield func(sweep.ReadDocument) bool) {
		for i, left := 0, n; left > 0; i++ {
			d := sweep.ReadDocument{Path: fmt.Sprintf("%s/%d/list %d.xlsx", bigFolders[i%len(bigFolders)], i/1000, i), Size: 9000,
				Outcome: reeve.Outcome{Type: "xlsx", Reader: "xlsx/1", Status: reeve.StatusRead}}
			if i%10 == 0 { // ten tables' worth of letters after every ten tables
				for k := range 2 * rows {
					l := sweep.ReadDocument{Path: fmt.Sprintf("%s/%d/letter %d.txt", bigFolders[i%len(bigFolders)], i/1000, i*1000+k), Size: 900,
						Outcome: reeve.Outcome{Type: "text", Reader: "text/1", Status: reeve.StatusRead}, Blocks: []reeve.Block{{Text: t.letter()}}}
					if left--; !yield(l) {
						return
					}
				}
			}
			d.Blocks = []reeve.Block{t.sheet(rows)}
			if left -= rows; !yield(d) {
				return
			}
		}
	}
}

// timeDecisions decides on people all over the list, on the one with the most
// mentions, and takes some decisions back.
func timeDecisions(ctx context.Context, kase *sweep.Case, rounds int) error {
	pairs, links, err := decidable(ctx, kase, rounds)
	if err != nil {
		return err
	}
	var times []time.Duration
	var last int64
	for i, p := range pairs {
		what := []string{"different", "same", "different", "unsure"}[i%4]
		var change sweep.Change
		took := spent(func() {
			if i%5 == 4 {
				change, err = kase.Undecide(ctx, last, "bench", "bench")
				return
			}
			change, err = kase.Rule(ctx, sweep.Ruling{What: what, A: p[0], B: p[1], Why: "bench", Actor: "bench", Sealed: true})
		})
		if err != nil {
			return err
		}
		last = change.Decision.ID
		times = append(times, took.wall)
	}
	worst := times[0] // of the person with the most mentions
	slices.Sort(times)
	rows := newTable("", "ms", "floor")
	rows.row("median", float64(times[len(times)/2].Microseconds())/1000)
	rows.row("person with the most mentions", float64(worst.Microseconds())/1000)
	rows.row("slowest", float64(times[len(times)-1].Microseconds())/1000, "≤ 1,000 ms")
	rows.print()
	fmt.Printf("%d links in the case; peak memory of deciding %.0f MB\n", links, megabytes(peakMemory()))
	return nil
}

// decidable chooses pairs to decide on: a mention and its person, the first of
// them the person with the most mentions, and people of one household.
func decidable(ctx context.Context, kase *sweep.Case, n int) (pairs [][2]string, links int64, err error) {
	err = kase.DB.Read(ctx, func(tx *db.Tx) error {
		if err := tx.One([]any{&links}, "SELECT COUNT(*) FROM case_links"); err != nil {
			return err
		}
		pair := func(row db.Row) (p [2]string, err error) { return p, row.Scan(&p[0], &p[1]) }
		most, err := db.All(tx, pair, `SELECT MIN(mark), person FROM case_links WHERE person <> '' GROUP BY person ORDER BY COUNT(*) DESC, person LIMIT 1`)
		if err != nil {
			return err
		}
		some, err := db.All(tx, pair, `SELECT MIN(mark), person FROM case_links WHERE person > 'PM' GROUP BY person ORDER BY person LIMIT ?`, n)
		if err != nil {
			return err
		}
		homes, err := db.All(tx, pair, `SELECT MIN(person), MAX(person) FROM case_residents WHERE household > 'HM' GROUP BY household HAVING COUNT(*) > 1 ORDER BY household LIMIT ?`, n)
		if err != nil {
			return err
		}
		pairs = most
		for i := range min(len(some), len(homes)) {
			pairs = append(pairs, some[i], homes[i])
		}
		pairs = pairs[:min(len(pairs), n)]
		return nil
	})
	return pairs, links, err
}
