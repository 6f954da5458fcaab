package linkage

import (
	"cmp"
	"context"
	"slices"

	"github.com/reeve-council/reeve"
)

// Input is everything that resolving needs. The index of a record is its
// RecordID.
type Input struct {
	Records  []reeve.Record
	Mentions []reeve.Mention
	Task
}

// Task is what to do with what was taken in.
type Task struct {
	Decisions []reeve.Decision
	Known     []IDAssignment             // the Assignments of the last run
	Params    *Params                    // of the last run on the same data; nil to fit them anew
	Folder    func(digest string) string // the folder of a document, "" if unknown; may be nil
	AsOf      reeve.Date                 // the day that ages are reckoned on; zero: the newest that the registers give
	Workers   int                        // goroutines; 0 for all cores; never changes a result
}

// Result is who is who. All lists are sorted by id and by what follows it.
type Result struct {
	People         []reeve.Person
	Households     []reeve.Household
	Residences     []Residence // who is or was linked to which household
	Placed         []Placement // mentions that are somebody of a household, or an address alone
	Redirects      []Redirect
	Assignments    []IDAssignment
	Params         Params
	Skipped        []Skip
	Contradictions []Contradiction
}

// Placement ties a mention to a household and to nobody in it.
type Placement struct {
	Mention, Household string
	Why                string   // PlacedAddress or PlacedAmbiguous
	People             []string // who of the household it could be
}

// Why a mention is placed at a household.
const (
	PlacedAddress   = "address only"
	PlacedAmbiguous = "cannot tell apart"
)

// Skip reports look-ups that were left out, or made with a few only, because
// too many share the key.
type Skip struct {
	Key   string
	Count int
}

// Resolve ties mentions to people and people to households. The result depends
// on the content of the input alone, not on its order (but for the RecordIDs it
// names) nor on the number of workers.
func Resolve(ctx context.Context, in Input) (*Result, error) {
	intake := NewIntake()
	for i := range in.Records {
		intake.Record(reeve.RecordID(i), &in.Records[i])
	}
	for i := range in.Mentions {
		intake.Mention(&in.Mentions[i])
	}
	return intake.Resolve(ctx, in.Task)
}

// newestYear is the latest year that any register row gives for itself.
func (in *Intake) newestYear() int16 {
	newest := int16(0)
	for i := range in.recMeta {
		newest = max(newest, in.recMeta[i].newest)
	}
	return newest
}

// resolver is the state of one Resolve.
type resolver struct {
	*Intake
	task     Task
	params   Params
	rarity   *rarity
	skipped  skips
	rulings  *rulings
	units    units
	unitOf   []uint32   // of each record row
	personOf []uint32   // of each unit
	persons  *profiles  // of register persons
	members  [][]uint32 // units of each register person, ascending
	estate   *estate
	stays    []stay
	homesOf  [][]uint32 // doors of each register person
	linked   []verdict  // of each mention, then of each decided group
	groups   []mentionGroup
	groupOf  map[uint32]int // of the mentions that decisions join
	strange  [][]uint32
}

// Resolve resolves what was taken in. The intake cannot be used afterwards.
func (in *Intake) Resolve(ctx context.Context, task Task) (*Result, error) {
	in.settle()
	r := &resolver{Intake: in, task: task, rulings: rule(task.Decisions)}
	r.units, r.unitOf = in.unite()
	r.units.asOf = cmp.Or(task.AsOf.Year, in.newestYear())
	r.rarity = countRarity(in.words, r.units.profiles, backgroundNames)
	if err := r.fit(ctx); err != nil {
		return nil, err
	}
	steps := []func(context.Context) error{r.people, r.settleHomes, r.joinMentions, r.link, r.cluster}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return r.result(), nil
}

func (r *resolver) comparer() *comparer {
	c := newComparer(r.words, r.rarity, &r.params, 0)
	c.weights, c.alike.kin = c.weights.strict(), true
	return c
}

// people joins duplicate register persons.
func (r *resolver) people(ctx context.Context) error {
	root, err := joinDuplicates(ctx, r.Intake, r.units, r.comparer, &r.params, r.ruledUnits(), &r.skipped, r.task.Workers)
	if err != nil {
		return err
	}
	r.personOf = make([]uint32, len(root))
	for u, first := range root {
		if int(first) == u {
			r.personOf[u] = uint32(len(r.members))
			r.members = append(r.members, nil)
		}
		r.personOf[u] = r.personOf[first]
		r.members[r.personOf[u]] = append(r.members[r.personOf[u]], uint32(u))
	}
	r.persons = newProfiles(len(r.members), 0)
	for _, m := range r.members {
		r.persons.join(r.units.profiles, m)
	}
	return nil
}

// ruledUnits turns the decisions on register persons into pairs of units.
func (r *resolver) ruledUnits() (ruled pairsRuled) {
	of := r.unitsByGroup()
	for _, list := range of {
		for i := 1; i < len(list); i++ {
			ruled.must = append(ruled.must, [2]uint32{list[0], list[i]})
		}
	}
	slices.SortFunc(ruled.must, func(a, b [2]uint32) int { return slices.Compare(a[:], b[:]) })
	for _, aparts := range [][]apart{r.rulings.apart, r.rulings.soft} {
		for _, ap := range aparts {
			for _, a := range of[ap.a] {
				for _, b := range of[ap.b] {
					ruled.cannot = append(ruled.cannot, [2]uint32{a, b})
				}
			}
		}
	}
	return ruled
}

// unitsByGroup finds the units that decisions name.
func (r *resolver) unitsByGroup() map[int][]uint32 {
	out := map[int][]uint32{}
	if len(r.rulings.group) == 0 {
		return out
	}
	for u, row := range r.units.first {
		if g, ok := r.rulings.group["r:"+r.recMeta[row].key]; ok {
			out[g] = append(out[g], uint32(u))
		}
	}
	return out
}

// settleHomes makes the households of the registers and who lives or lived there.
func (r *resolver) settleHomes(context.Context) error {
	r.estate = newEstate(r.words)
	for row := range r.recMeta {
		r.records.eachUPRNFirst(r.estate, row, &r.recMeta[row])
	}
	r.homesOf = make([][]uint32, len(r.members))
	for row := range r.recMeta {
		m := &r.recMeta[row]
		at := r.estate.addRow(r.records.homesOf(row), m)
		if at < 0 || r.unitOf[row] == noUnit {
			continue
		}
		person := r.personOf[r.unitOf[row]]
		r.stays = append(r.stays, stay{door: uint32(at), person: person, from: m.from, to: m.to, kind: m.addrType})
		if !slices.Contains(r.homesOf[person], uint32(at)) {
			r.homesOf[person] = append(r.homesOf[person], uint32(at))
		}
	}
	return nil
}

// eachUPRNFirst claims the addresses that have a UPRN before those that have
// none, so that a written address finds its UPRN whatever the order of rows.
func (p *profiles) eachUPRNFirst(e *estate, row int, m *recordMeta) {
	if homes := p.homesOf(row); len(homes) > 0 && homes[0].uprn != 0 {
		e.addRow(homes, m)
	}
}

func (r *resolver) cluster(ctx context.Context) error {
	var free []uint32
	for i := range r.menMeta {
		g, ruled := r.groupOf[uint32(i)]
		joined := ruled && len(r.groups[g].mentions) > 1 // a human says that it is somebody
		if r.linked[i].state == stateFree && (joined || r.realness(i) > 0) {
			free = append(free, uint32(i))
		}
	}
	var err error
	r.strange, err = clusterStrangers(ctx, r.Intake, free, r.comparer, &r.params, r.ruledMentions(), &r.skipped, r.task.Workers)
	return err
}
