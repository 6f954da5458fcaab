package plant

import (
	"fmt"
	"strings"
)

// dwelling is one address: house, flat, room of a shared house, or a place that
// is none ("no fixed abode").
type dwelling struct {
	unit, number, street, postcode string
	ward                           string
	uprn                           string
	usrn                           int
	safe                           bool // a refuge or another address that must not be known
	none                           bool // no fixed abode
}

// lines is the address as a list, without the postcode.
func (d *dwelling) lines() []string {
	if d.none {
		return []string{"No fixed abode"}
	}
	var list []string
	if d.unit != "" {
		list = append(list, d.unit)
	}
	return append(list, strings.TrimSpace(d.number+" "+d.street), townName)
}

// first is "Flat 3, 12 Acacia Road".
func (d *dwelling) first() string {
	list := d.lines()
	if len(list) > 1 {
		list = list[:len(list)-1]
	}
	return strings.Join(list, ", ")
}

// borough is the place: streets, dwellings and their numbers.
type borough struct {
	dwellings []*dwelling
	towers    [][]*dwelling
	shared    [][]*dwelling
	refuge    *dwelling
	nowhere   *dwelling
	streets   int
	codes     int // dwellings so far
	posts     int // postcodes so far
}

// newBorough builds at least want dwellings: streets of houses, converted
// houses, tower blocks of sixty flats and shared houses.
func newBorough(c chance, want int) *borough {
	b := &borough{nowhere: &dwelling{none: true, ward: wards[0]}}
	names := streetNames(c, max(40, want/40))
	for i := 0; len(b.dwellings) < want; i++ {
		b.street(c, names[i%len(names)], i/len(names))
		if i%25 == 3 {
			b.tower(c, names[i%len(names)])
		}
		if i%12 == 5 {
			b.sharedHouse(c, names[i%len(names)])
		}
	}
	b.refuge = b.dwelling("", "41", "Lockkeepers Hill", b.postcode(), wards[3])
	b.refuge.safe = true
	return b
}

// streetNames gives different names, those of people among them.
func streetNames(c chance, want int) []string {
	list := append([]string(nil), streetPeople...)
	for _, t := range streetTypes {
		for _, w := range streetWords {
			list = append(list, w+" "+t)
		}
	}
	keep := len(streetPeople)
	c.Shuffle(len(list)-keep, func(i, j int) { list[keep+i], list[keep+j] = list[keep+j], list[keep+i] })
	if want < len(list) {
		list = list[:max(want, keep+10)]
	}
	c.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// street adds up to forty houses with a postcode for about fifteen of them.
func (b *borough) street(c chance, name string, round int) {
	ward := wards[b.streets%len(wards)]
	b.streets++
	code := b.postcode()
	for i, n := 0, c.between(8, 40); i < n; i++ {
		if i%15 == 14 {
			code = b.postcode()
		}
		number := fmt.Sprint(1 + i + 60*round)
		switch {
		case c.one(0.01):
			b.add(b.dwelling("", pick(c, houseNames)+",", name, code, ward))
		case c.one(0.05):
			b.add(b.dwelling("", number+"A", name, code, ward))
		case c.one(0.12):
			for _, unit := range []string{"Flat A", "Flat B", "Flat C"}[:c.between(2, 3)] {
				b.add(b.dwelling(unit, number, name, code, ward))
			}
		default:
			b.add(b.dwelling("", number, name, code, ward))
		}
	}
}

// tower adds a block of sixty flats under two postcodes.
func (b *borough) tower(c chance, street string) {
	if len(b.towers) >= len(towerNames)*20 {
		return
	}
	name := towerNames[len(b.towers)%len(towerNames)]
	if round := len(b.towers) / len(towerNames); round > 0 {
		name = fmt.Sprintf("%s %d", name, round+1)
	}
	var flats []*dwelling
	code, ward := b.postcode(), pick(c, wards)
	for i := range 60 {
		if i == 30 {
			code = b.postcode()
		}
		flat := b.dwelling(fmt.Sprintf("Flat %d, %s", i+1, name), "", street, code, ward)
		flats = append(flats, flat)
		b.add(flat)
	}
	b.towers = append(b.towers, flats)
}

// sharedHouse adds a house in multiple occupation: rooms with one number.
func (b *borough) sharedHouse(c chance, street string) {
	var rooms []*dwelling
	code, ward, number := b.postcode(), pick(c, wards), fmt.Sprint(c.between(101, 180))
	for i := range 6 {
		rooms = append(rooms, b.dwelling(fmt.Sprintf("Room %d", i+1), number, street, code, ward))
	}
	b.shared = append(b.shared, rooms)
}

func (b *borough) add(d *dwelling) { b.dwellings = append(b.dwellings, d) }

func (b *borough) dwelling(unit, number, street, code, ward string) *dwelling {
	b.codes++
	return &dwelling{unit: unit, number: number, street: street, postcode: code, ward: ward,
		uprn: fmt.Sprintf("9990%08d", b.codes*37), usrn: 29900000 + b.streets}
}

// postcode gives the next unit postcode of the area NV, which is not in use.
// Inward letters leave out C I K M O V, as BS 7666 does.
func (b *borough) postcode() string {
	const letters = "ABDEFGHJLNPQRSTUWXYZ"
	b.posts++
	n := b.posts * 7
	return fmt.Sprintf("NV%d %d%c%c", 1+n%9, n/9%10, letters[n/90%20], letters[n/1800%20])
}
