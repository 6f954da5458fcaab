package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// views times what pages ask of a case, over ids drawn at random. The floor is
// 100 ms for every answer.
func views(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("views", flag.ExitOnError)
	dir := set.String("case", "bigcase", "a case, as bigcase makes it")
	times := set.Int("times", 50, "of each question")
	if err := set.Parse(args); err != nil {
		return err
	}
	kase, err := sweep.Open(ctx, *dir)
	if err != nil {
		return err
	}
	defer kase.Close()
	v := &viewing{ctx: ctx, kase: kase, rand: rand.New(rand.NewPCG(7, 7)), times: *times}
	if err := v.draw(); err != nil {
		return err
	}
	out := newTable("question", "median ms", "95 % ms", "longest ms", "first ms")
	for _, q := range v.questions() {
		if err := v.time(q, out); err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
	}
	fmt.Printf("%d items, %d people\n", v.items, v.people)
	out.print()
	fmt.Println("floor: every answer in less than 100 ms")
	return nil
}

// viewing is a case with what is asked about it.
type viewing struct {
	ctx           context.Context
	kase          *sweep.Case
	rand          *rand.Rand
	times         int
	ids           []string // of people
	homes         []string
	read          []int64 // items with a document
	docs          []int64
	names         []string
	items, people int64
}

type question struct {
	name string
	ask  func() error
}

// draw takes ids at random through the published views.
func (v *viewing) draw() error {
	return v.kase.DB.Read(v.ctx, func(tx *db.Tx) error {
		err := tx.One([]any{&v.items, &v.people}, "SELECT (SELECT MAX(id) FROM case_items), (SELECT COUNT(*) FROM case_people)")
		if err != nil {
			return err
		}
		for range v.times {
			var id, name, home string
			err := tx.One([]any{&id, &name, &home}, "SELECT id, name, household FROM case_people WHERE sealed = 0 AND place >= ? ORDER BY place LIMIT 1", v.rand.Int64N(v.people)*9/10)
			if err != nil {
				return err
			}
			v.ids, v.names, v.homes = append(v.ids, id), append(v.names, name), append(v.homes, home)
			var item, document int64
			err = tx.One([]any{&item, &document}, "SELECT id, document FROM case_items WHERE document <> 0 AND id >= ? ORDER BY id LIMIT 1", v.rand.Int64N(v.items)*9/10)
			if err != nil {
				return err
			}
			v.read, v.docs = append(v.read, item), append(v.docs, document)
		}
		return nil
	})
}

func (v *viewing) questions() []question {
	n := 0
	pick := func() int { n++; return n % v.times }
	people := func(name string, q func() sweep.PeopleQuery) question {
		return question{"people: " + name, func() error { _, err := v.kase.People(v.ctx, q()); return err }}
	}
	search := func(name string, text func() string) question {
		return question{"search: " + name, func() error {
			_, err := v.kase.Search(v.ctx, sweep.SearchQuery{Text: text()})
			return err
		}}
	}
	north := sweep.Scope{Councils: []string{"SOUTH"}}
	return []question{
		{"stamp", func() error { _, err := v.kase.Stamp(v.ctx); return err }},
		{"standing", func() error { _, err := v.kase.Standing(v.ctx, sweep.Scope{}); return err }},
		{"standing of one council", func() error { _, err := v.kase.Standing(v.ctx, north); return err }},
		{"triage", func() error { _, err := v.kase.Triage(v.ctx, sweep.Scope{}, 50); return err }},
		{"triage of one council", func() error { _, err := v.kase.Triage(v.ctx, north, 50); return err }},
		people("first page", func() sweep.PeopleQuery { return sweep.PeopleQuery{} }),
		people("a page far down", func() sweep.PeopleQuery {
			return sweep.PeopleQuery{After: fmt.Sprintf("%d.%d", v.rand.Int64N(v.people), 5)}
		}),
		people("lane safety", func() sweep.PeopleQuery { return sweep.PeopleQuery{Lane: reeve.LaneSafety} }),
		people("lane fraud, band high, tier likely", func() sweep.PeopleQuery {
			return sweep.PeopleQuery{Lane: reeve.LaneFraud, Band: reeve.BandHigh, Tier: reeve.TierLikely}
		}),
		people("signal asylum", func() sweep.PeopleQuery { return sweep.PeopleQuery{Signal: reeve.SignalAsylum} }),
		people("signal minor, lane fraud", func() sweep.PeopleQuery { return sweep.PeopleQuery{Signal: reeve.SignalMinor, Lane: reeve.LaneFraud} }),
		people("tier possible, signal minor", func() sweep.PeopleQuery {
			return sweep.PeopleQuery{Signal: reeve.SignalMinor, Tier: reeve.TierPossible}
		}),
		people("of one council", func() sweep.PeopleQuery { return sweep.PeopleQuery{Scope: north} }),
		people("by name", func() sweep.PeopleQuery { return sweep.PeopleQuery{Text: v.names[pick()]} }),
		people("by three letters", func() sweep.PeopleQuery { return sweep.PeopleQuery{Text: v.names[pick()][:3]} }),
		people("by id", func() sweep.PeopleQuery { return sweep.PeopleQuery{Text: v.ids[pick()]} }),
		{"person", func() error { _, err := v.kase.Person(v.ctx, v.ids[pick()], sweep.Scope{}); return err }},
		{"person for one council", func() error {
			p, err := v.kase.People(v.ctx, sweep.PeopleQuery{Scope: north, Limit: 1, After: fmt.Sprintf("%d.0", v.rand.Int64N(v.people)*9/10)})
			if err == nil && len(p.People) > 0 {
				_, err = v.kase.Person(v.ctx, p.People[0].ID, north)
			}
			return err
		}},
		{"household", func() error {
			i := slices.IndexFunc(v.homes[pick():], func(h string) bool { return h != "" })
			if i < 0 {
				return nil
			}
			_, err := v.kase.Household(v.ctx, v.homes[n%v.times+i], sweep.Scope{})
			return err
		}},
		{"item", func() error { _, err := v.kase.Item(v.ctx, v.read[pick()], sweep.Scope{}); return ignoreHidden(err) }},
		{"blocks", func() error {
			_, err := v.kase.Blocks(v.ctx, v.docs[pick()], 0, 0, sweep.Scope{})
			return ignoreHidden(err)
		}},
		search("a name", func() string { return v.names[pick()] }),
		search("a common word", func() string { return "council" }),
		search("two common words in a row", func() string { return `"council tax"` }),
		search("the beginning of a word", func() string { return "domes*" }),
		search("nothing there", func() string { return "xylophone quartet" }),
		search("two common words that never meet", func() string { return "wheelchair marac" }),
	}
}

// ignoreHidden: a document with a sealed person answers that it does.
func ignoreHidden(err error) error {
	if err != nil && reeve.HintOf(err) != "" {
		return nil
	}
	return err
}

func (v *viewing) time(q question, out *table) error {
	took := make([]time.Duration, 0, v.times)
	for range v.times {
		began := time.Now()
		if err := q.ask(); err != nil {
			return err
		}
		took = append(took, time.Since(began))
	}
	first := took[0]
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	out.row(q.name, ms(took[len(took)/2]), ms(took[len(took)*95/100]), ms(took[len(took)-1]), ms(first))
	return nil
}
