package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
)

// town is an invented population for measures that need more people than a
// planted council has: its names are drawn as often as names are borne, its
// people live in households, and every value stands in a range that belongs to
// nobody.
type town struct {
	*rand.Rand
	given, surname *nameList
	people         []resident
}

// resident is one of a town, small because there may be many.
type resident struct {
	given, middle, surname uint32 // of the name lists; middle 0 for none
	born                   reeve.Date
	house                  uint32
}

// newTown makes n people. The same seed gives the same town.
func newTown(seed uint64, n int) (*town, error) {
	given, err := readNames("ons-given-names.tsv", 8000)
	if err != nil {
		return nil, err
	}
	surname, err := readNames("us-census-1990-surnames.tsv", 20000)
	if err != nil {
		return nil, err
	}
	t := &town{Rand: rand.New(rand.NewPCG(seed, 1)), given: given, surname: surname, people: make([]resident, 0, n)}
	for house := uint32(0); len(t.people) < n; house++ {
		family := surname.draw(t.Rand)
		for range 1 + t.IntN(4) {
			r := t.stranger(house)
			r.surname = family
			t.people = append(t.people, r)
		}
	}
	t.people = t.people[:n]
	return t, nil
}

func (t *town) chance(percent int) bool { return t.IntN(100) < percent }

// stranger makes somebody who is not kept among the town's people.
func (t *town) stranger(house uint32) resident {
	r := resident{given: t.given.draw(t.Rand), surname: t.surname.draw(t.Rand), house: house}
	r.born = reeve.Date{Year: int16(1930 + t.IntN(85)), Month: int8(1 + t.IntN(12)), Day: int8(1 + t.IntN(28))}
	if t.chance(60) {
		r.middle = t.given.draw(t.Rand)
	}
	return r
}

func (t *town) name(r *resident) string {
	return t.given.words[r.given] + " " + t.surname.words[r.surname]
}

func nino(i int) string { return fmt.Sprintf("AA%06d%c", i%1_000_000, 'A'+i/1_000_000%4) }

func taxRef(i int) string { return fmt.Sprintf("5%09d", i*7) }

func (t *town) email(i int) string {
	return fmt.Sprintf("%s%d@example.org", strings.ToLower(t.given.words[t.people[i].given]), i)
}

func (t *town) address(house uint32) (line, postcode string) {
	n := int(house)
	line = fmt.Sprintf("%d %s Road", n%60+1, t.surname.words[n/60*31%len(t.surname.words)])
	postcode = fmt.Sprintf("NV%d %d%c%c", 1+n/60000%19, n/6000%10, "ABDEFGHJLN"[n/600%10], "PQRSTUWXYZ"[n/15%10])
	return line, postcode
}

// record is person i as a register holds them.
func (t *town) record(i int) reeve.Record {
	r := &t.people[i]
	line, postcode := t.address(r.house)
	rec := reeve.Record{System: "TOWN", SourceID: strconv.Itoa(i), Forename: t.given.words[r.given], Surname: t.surname.words[r.surname], Born: r.born,
		NINO: nino(i), Email: t.email(i), Address: []string{line}, Postcode: postcode,
		Refs: []reeve.Ref{{Kind: reeve.KindCouncilTaxRef, Header: "ct_ref", Value: taxRef(i)}}}
	if r.middle != 0 {
		rec.Middle = t.given.words[r.middle]
	}
	return rec
}

func (t *town) records() []reeve.Record {
	out := make([]reeve.Record, len(t.people))
	for i := range out {
		out[i] = t.record(i)
	}
	return out
}

// writeRegister writes the town as a register in the generic layout.
func (t *town) writeRegister(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "source_system,source_person_id,forename,middle,surname,date_of_birth,ni_number,email,address_1,postcode,council_tax_ref")
	for i := range t.people {
		r := t.record(i)
		fmt.Fprintf(w, "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", r.System, r.SourceID, r.Forename, r.Middle, r.Surname, r.Born, r.NINO, r.Email, r.Address[0], r.Postcode, r.Refs[0].Value)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// nameList are names with how many of a hundred thousand bear each or a
// commoner one.
type nameList struct {
	words []string
	upTo  []float64
}

// readNames reads the n commonest names of a list: name, tab, weight.
func readNames(file string, n int) (*nameList, error) {
	path, err := corpus("names", file)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	list, sum := &nameList{}, 0.0
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		weight, err := strconv.ParseFloat(cells[min(1, len(cells)-1)], 64)
		if err != nil || len(cells[0]) < 2 || cells[0][0] >= utf8.RuneSelf || len(list.words) == n {
			continue
		}
		sum += max(weight, 0.0005)
		list.words = append(list.words, strings.ToUpper(cells[0][:1])+strings.ToLower(cells[0][1:]))
		list.upTo = append(list.upTo, sum)
	}
	return list, nil
}

func (l *nameList) draw(r *rand.Rand) uint32 {
	i, _ := slices.BinarySearch(l.upTo, r.Float64()*l.upTo[len(l.upTo)-1])
	return uint32(min(i, len(l.words)-1))
}
