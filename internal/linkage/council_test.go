package linkage

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
)

// town is an invented council with truth: residents in households with
// surnames as skewed as real ones, twins, and fathers and sons of one name; and
// mentions of them and of strangers, with the errors people make.
type town struct {
	seed   uint64
	people []resident
}

type resident struct {
	given, middle, surname string
	born                   reeve.Date
	house                  int
	nino, phone, email     string
}

// draw gives a number in 0..n-1; the sequence depends on the seed alone.
func (t *town) draw(n int) int {
	t.seed = mix(t.seed + 0x9e3779b97f4a7c15)
	return int(t.seed >> 11 % uint64(n))
}

func (t *town) chance(percent int) bool { return t.draw(100) < percent }

// skewed draws from n names so that a few are common: the kth has a share of
// 1/(top+k), up to the fortieth, and the others share the rest evenly.
func (t *town) skewed(n, top int) int {
	x := t.draw(1 << 20)
	for k := range 40 {
		mass := 1 << 20 / (top + k)
		if x < mass {
			return k
		}
		x -= mass
	}
	return 40 + t.draw(n-40)
}

// Given names and surnames are about as skewed as those of a London borough.
func (t *town) given() string   { return word(t.skewed(1500, 50), 2) }
func (t *town) surname() string { return word(t.skewed(9000, 110)+5000, 3) }

var syllables = strings.Fields("ba ken dor mi sa lo win har tan vel ri os pe gra nu fi cher do li ma zo ta ren qu il sto be no ka du")

// word makes the nth invented name of a family of names.
func word(n, parts int) string {
	var b strings.Builder
	h := mix(uint64(n)*2 + uint64(parts) + 77)
	for range parts {
		b.WriteString(syllables[h%uint64(len(syllables))])
		h /= uint64(len(syllables))
	}
	if n < 1<<20 && parts == 2 && h%3 == 0 {
		b.WriteString(syllables[h/3%uint64(len(syllables))])
	}
	return b.String()
}

func houseAddress(n int) reeve.Address {
	return reeve.Address{Number: strconv.Itoa(n%20 + 1), Street: word(n/20, 3) + " road", Postcode: fmt.Sprintf("W%d %d%c%c", 1+n/20000%14, n/2000%10, 'A'+n/100%20, 'A'+n/20%20/2)}
}

func (t *town) resident(house int, surname string) resident {
	r := resident{given: t.given(), surname: surname, house: house, born: reeve.Date{Year: int16(1930 + t.draw(85)), Month: int8(1 + t.draw(12)), Day: int8(1 + t.draw(28))}}
	n := len(t.people)
	if t.chance(60) {
		r.middle = t.given()
	}
	r.nino = fmt.Sprintf("AA%06d%c", n%1000000, 'A'+n/1000000)
	r.phone = fmt.Sprintf("+4477%08d", n)
	r.email = fmt.Sprintf("%s%d@example.org", r.given, n)
	return r
}

// newTown fills houses with about n residents.
func newTown(seed uint64, n int) *town {
	t := &town{seed: seed}
	for house := 0; len(t.people) < n; house++ {
		surname := t.surname()
		for k := range 1 + t.draw(4) {
			r := t.resident(house, surname)
			switch {
			case k > 0 && t.chance(2): // a twin
				if last := t.people[len(t.people)-1]; last.given != r.given {
					r.born = last.born
				}
			case k > 0 && t.chance(2): // a son of his father's name
				r.given = t.people[len(t.people)-1].given
			}
			t.people = append(t.people, r)
		}
	}
	return t
}

func (t *town) record(i int) reeve.Record {
	r := &t.people[i]
	a := houseAddress(r.house)
	return reeve.Record{System: "CT", SourceID: strconv.Itoa(i), Forename: r.given, Middle: r.middle, Surname: r.surname, Born: r.born, NINO: r.nino, Phone: r.phone,
		Email: r.email, Address: []string{a.Number + " " + a.Street}, Postcode: a.Postcode}
}

// typo damages a word in one place.
func (t *town) typo(s string) string {
	if len(s) < 3 || !t.chance(6) {
		return s
	}
	i := 1 + t.draw(len(s)-2)
	switch t.draw(3) {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + string(rune('a'+t.draw(26))) + s[i:]
	}
	return s[:i] + string(s[i+1]) + string(s[i]) + s[i+2:]
}

// mention writes of a person as documents do: 45 % without birth date, 30 %
// without postcode, 80 % without NINO, 75 % without phone or e-mail, 10 % moved,
// 4 % with a new surname, 12 % an initial only, 3 % with exchanged names.
func (t *town) mention(n int, r resident) reeve.Mention {
	name := reeve.Name{Given: t.typo(r.given), Surname: t.typo(r.surname)}
	if t.chance(4) {
		name.Surname = t.surname()
	}
	if t.chance(12) {
		name.Given = name.Given[:1]
	}
	if t.chance(3) {
		name.Given, name.Surname = name.Surname, name.Given
	}
	m := reeve.Mention{ID: fmt.Sprintf("M%09d", n), Digest: strconv.Itoa(n / 20), Ordinal: n%20 + 1, Names: []reeve.Name{name}}
	if t.chance(55) {
		d := r.born
		if t.chance(3) {
			d.Year++
		}
		m.Born = []reeve.Date{d}
	}
	if t.chance(70) {
		house := r.house
		if t.chance(10) {
			house = t.draw(1 << 17)
		}
		a := houseAddress(house)
		if t.chance(30) {
			a.Number, a.Street = "", ""
		}
		m.Addresses = []reeve.Address{a}
	}
	for _, id := range []reeve.ID{{Kind: reeve.KindNINO, Norm: r.nino}, {Kind: reeve.KindPhone, Norm: r.phone}, {Kind: reeve.KindEmail, Norm: r.email}} {
		if t.chance(20) {
			m.IDs = append(m.IDs, id)
		}
	}
	m.Sole = len(m.Born)+len(m.Addresses)+len(m.IDs) == 0
	return m
}

// mentionOrStranger gives mention n and the person it is of, -1 for a stranger.
func (t *town) mentionOrStranger(n int) (reeve.Mention, int) {
	if t.chance(85) {
		i := t.draw(len(t.people))
		return t.mention(n, t.people[i]), i
	}
	r := t.resident(t.draw(1<<17), t.surname())
	r.nino, r.phone, r.email = fmt.Sprintf("ZZ%06d", n%1000000), fmt.Sprintf("+4478%08d", n), fmt.Sprintf("s%d@example.org", n)
	return t.mention(n, r), -1
}

// linkScore counts what the links of a tier got right.
type linkScore struct{ right, wrong, all int }

func (s linkScore) precision() float64 { return float64(s.right) / float64(max(s.right+s.wrong, 1)) }
func (s linkScore) recall() float64    { return float64(s.right) / float64(max(s.all, 1)) }

func scoreLinks(res *Result, truth map[string]int, least float64) linkScore {
	var s linkScore
	for _, i := range truth {
		if i >= 0 {
			s.all++
		}
	}
	for _, p := range res.People {
		for _, l := range p.Links {
			if len(p.Records) == 0 || l.Posterior < least {
				continue
			}
			if truth[l.Mention] >= 0 && int(p.Records[0]) == truth[l.Mention] {
				s.right++
			} else {
				s.wrong++
			}
		}
	}
	return s
}

func TestCouncil(t *testing.T) {
	town := newTown(7, 20_000)
	var in Input
	for i := range town.people {
		in.Records = append(in.Records, town.record(i))
	}
	truth := map[string]int{}
	for n := range 40_000 {
		m, of := town.mentionOrStranger(n)
		in.Mentions = append(in.Mentions, m)
		if m.Sole && of >= 0 {
			continue // a name alone is nobody by contract
		}
		truth[m.ID] = of
	}
	for n := range in.Mentions {
		if _, ok := truth[in.Mentions[n].ID]; !ok {
			truth[in.Mentions[n].ID] = -1
		}
	}
	res, err := Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	strong, likely, any := scoreLinks(res, truth, 0.99), scoreLinks(res, truth, 0.9), scoreLinks(res, truth, 0.5)
	t.Logf("on register %.3f; strong P %.4f R %.4f; likely P %.4f R %.4f; possible P %.4f R %.4f; skipped %v", res.Params.OnRegister,
		strong.precision(), strong.recall(), likely.precision(), likely.recall(), any.precision(), any.recall(), res.Skipped)
	if strong.precision() < 0.999 {
		t.Errorf("strong links: precision %.4f, want 0.999", strong.precision())
	}
	if likely.recall() < 0.90 {
		t.Errorf("likely links: recall %.4f, want 0.90", likely.recall())
	}
}

// BenchmarkMillion resolves a million mentions against 400,000 residents.
func BenchmarkMillion(b *testing.B) {
	for b.Loop() {
		town := newTown(11, 400_000)
		intake := NewIntake()
		for i := range town.people {
			r := town.record(i)
			intake.Record(reeve.RecordID(i), &r)
		}
		for n := range 1_000_000 {
			m, _ := town.mentionOrStranger(n)
			intake.Mention(&m)
		}
		start := time.Now()
		res, err := intake.Resolve(context.Background(), Task{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "resolve-s")
		b.ReportMetric(peakMegabytes(b), "peak-MB")
		b.ReportMetric(float64(len(res.People)), "people")
	}
}

// peakMegabytes reads the peak resident set of this process on Linux.
func peakMegabytes(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return float64(kb) / 1024
		}
	}
	return 0
}
