package main

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/linkage"
)

// million resolves mentions against a register in a process that does nothing
// else, and scores the links against the truth.
func million(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("million", flag.ExitOnError)
	residents := set.Int("residents", 400_000, "people on the register")
	mentions := set.Int("mentions", 1_000_000, "mentions in documents, 15 in 100 of people on no register")
	if err := set.Parse(args); err != nil {
		return err
	}
	t, err := newTown(11, *residents)
	if err != nil {
		return err
	}
	var in *linkage.Intake
	var truth []int32
	taken := spent(func() { in, truth = t.intake(*mentions) })
	before := heldMemory()
	var res *linkage.Result
	solved := spent(func() { res, err = in.Resolve(ctx, linkage.Task{}) })
	if err != nil {
		return err
	}
	rows := newTable("", "wall s", "processor s", "floor")
	rows.row("taking in", taken.wall.Seconds(), taken.processor.Seconds())
	rows.row("resolving", solved.wall.Seconds(), solved.processor.Seconds(), fmt.Sprintf("≤ 20 s on 2 cores, %d used", runtime.NumCPU()))
	rows.print()
	fmt.Printf("peak memory %.0f MB (floor 1,000 MB); held before resolving %.0f MB\n", megabytes(peakMemory()), megabytes(before))
	for _, tier := range []struct {
		name  string
		least float64
	}{{"strong", 0.99}, {"likely or better", 0.9}, {"possible or better", 0.5}} {
		right, wrong, all := scoreLinks(res, truth, tier.least)
		fmt.Printf("%-20s precision %.5f  recall %.4f  (%d links)\n", tier.name, float64(right)/float64(max(right+wrong, 1)), float64(right)/float64(max(all, 1)), right+wrong)
	}
	return nil
}

// heldMemory is what is reachable on the heap.
func heldMemory() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// What truth says of a mention that is no resident's.
const (
	onNoRegister = -1
	nameAlone    = -2 // nobody's by contract
)

// intake takes in the register and n mentions; truth tells whose each is.
func (t *town) intake(n int) (*linkage.Intake, []int32) {
	in, truth := linkage.NewIntake(), make([]int32, n)
	for i := range t.people {
		r := t.record(i)
		in.Record(reeve.RecordID(i), &r)
	}
	for k := range n {
		i := t.IntN(len(t.people))
		r, of := t.people[i], i
		if t.chance(15) {
			r, i, of = t.stranger(t.Uint32N(1<<17)), 1_000_000+k, onNoRegister
		}
		m := t.mention(k, i, r)
		if m.Sole {
			of = nameAlone
		}
		truth[k] = int32(of)
		in.Mention(&m)
	}
	return in, truth
}

// mention writes of a person as documents do: 45 in 100 without birth date, 30
// without postcode, 80 without each identifier, 10 at another address, 4 with
// another surname, 12 with an initial, 3 with exchanged names, 6 with a slip in
// each name.
func (t *town) mention(k, i int, r resident) reeve.Mention {
	if t.chance(4) {
		r.surname = t.surname.draw(t.Rand)
	}
	name := reeve.Name{Given: t.slip(t.given.words[r.given]), Surname: t.slip(t.surname.words[r.surname])}
	if t.chance(12) {
		name.Given = name.Given[:1]
	}
	if t.chance(3) {
		name.Given, name.Surname = name.Surname, name.Given
	}
	m := reeve.Mention{ID: "M" + strconv.Itoa(k), Digest: strconv.Itoa(k / 20), Ordinal: k%20 + 1, Names: []reeve.Name{name}}
	if t.chance(55) {
		if t.chance(3) {
			r.born.Year++
		}
		m.Born = []reeve.Date{r.born}
	}
	if t.chance(70) {
		m.Addresses = []reeve.Address{t.written(r.house)}
	}
	for _, id := range []reeve.ID{{Kind: reeve.KindNINO, Norm: nino(i)}, {Kind: reeve.KindEmail, Norm: fmt.Sprintf("%s%d@example.org", strings.ToLower(t.given.words[r.given]), i)}, {Kind: reeve.KindCouncilTaxRef, Norm: taxRef(i)}} {
		if t.chance(20) {
			m.IDs = append(m.IDs, id)
		}
	}
	m.Sole = len(m.Born)+len(m.Addresses)+len(m.IDs) == 0
	return m
}

// written is the address of a house as documents give it: one in ten is
// another, three in ten are a postcode alone.
func (t *town) written(house uint32) reeve.Address {
	if t.chance(10) {
		house = t.Uint32N(1 << 17)
	}
	line, postcode := t.address(house)
	if t.chance(30) {
		return reeve.Address{Postcode: postcode}
	}
	number, street, _ := strings.Cut(strings.ToLower(line), " ")
	return reeve.Address{Number: number, Street: street, Postcode: postcode}
}

// slip damages a word in one place, now and then.
func (t *town) slip(word string) string {
	if !t.chance(6) || len(word) < 3 || len(word) != utf8.RuneCountInString(word) {
		return word
	}
	i := 1 + t.IntN(len(word)-2)
	switch t.IntN(3) {
	case 0:
		return word[:i] + word[i+1:]
	case 1:
		return word[:i] + string(rune('a'+t.IntN(26))) + word[i:]
	}
	return word[:i] + string(word[i+1]) + string(word[i]) + word[i+2:]
}

// scoreLinks counts the links to register people that are at least so sure,
// and the mentions that should have one.
func scoreLinks(res *linkage.Result, truth []int32, least float64) (right, wrong, all int) {
	for _, of := range truth {
		if of >= 0 {
			all++
		}
	}
	for _, p := range res.People {
		if len(p.Records) == 0 {
			continue
		}
		for _, l := range p.Links {
			k, err := strconv.Atoi(l.Mention[1:])
			switch {
			case err != nil || l.Posterior < least:
			case truth[k] == int32(p.Records[0]):
				right++
			default:
				wrong++
			}
		}
	}
	return right, wrong, all
}
