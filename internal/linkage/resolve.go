package linkage

import (
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
	Keep      Keeper                     // takes what Reopen needs to obey a decision without resolving all; may be nil
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

// dayOf is the day, YYYYMMDD, on which ages are reckoned: the one asked for, else
// the end of the latest year that a register row gives for itself.
func (in *Intake) dayOf(asked reeve.Date) int32 {
	switch newest := int32(in.newestYear()); {
	case asked.Full():
		return int32(asked.Number())
	case asked.Year != 0:
		return endOf(int32(asked.Year))
	case newest != 0:
		return endOf(newest)
	}
	return 0
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
	rowDoor  []int32 // household of each record row, -1 for none
	saidDoor []int32 // household of each address that a mention gives, in step with mentions.homes
	listed   int     // doors below this number stand on a register
	stays    []stay
	homesOf  [][]uint32 // doors of each register person
	linked   []verdict  // of each mention, then of each decided group
	linkedTo []uint32   // the present number of each of the machine's persons, where decisions renumbered them
	groups   []mentionGroup
	groupOf  map[uint32]int // of the mentions that decisions join
	strange  [][]uint32
	taken    func(id string) bool // ids given before to people who are not here; may be nil
}

// Resolve resolves what was taken in. The intake cannot be used afterwards.
//
// The machine makes up its mind first, as if nobody had decided anything; what
// humans decided is laid over that (overlay.go), each decision over the people
// and mentions it is about. So a later decision needs those alone (Reopen), and
// moves nothing else.
func (in *Intake) Resolve(ctx context.Context, task Task) (*Result, error) {
	in.settle()
	r := &resolver{Intake: in, task: task, rulings: rule(task.Decisions)}
	r.units, r.unitOf = in.unite()
	r.units.asOf = in.dayOf(task.AsOf)
	r.rarity = countRarity(in.words, r.units.profiles, backgroundNames)
	if err := r.fit(ctx); err != nil {
		return nil, err
	}
	steps := []func(context.Context) error{r.people, r.settleHomes, r.link, r.cluster, r.keep, r.overlay}
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
	n := r.units.profiles.len()
	root, err := joinDuplicates(ctx, r.Intake, r.units, r.comparer, &r.params, pairsRuled{}, leastWeightOf(1/float64(n)), &r.skipped, r.task.Workers)
	if err != nil {
		return err
	}
	var members [][]uint32
	at := make(map[uint32]int)
	for u, first := range root {
		if int(first) == u {
			at[first] = len(members)
			members = append(members, nil)
		}
		members[at[first]] = append(members[at[first]], uint32(u))
	}
	r.populate(members)
	return nil
}

// populate sets the register persons: lists of units, each ascending, in order
// of their first.
func (r *resolver) populate(members [][]uint32) {
	r.members, r.personOf = members, make([]uint32, r.units.profiles.len())
	r.persons = newProfiles(len(members), 0)
	for p, units := range members {
		r.persons.join(r.units.profiles, units)
		for _, u := range units {
			r.personOf[u] = uint32(p)
		}
	}
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

// settleHomes makes the households: of the registers first, then of what
// exhibits say, whoever it will turn out to be said of.
func (r *resolver) settleHomes(context.Context) error {
	r.estate = newEstate(r.words)
	for row := range r.recMeta {
		r.records.eachUPRNFirst(r.estate, row, &r.recMeta[row])
	}
	r.rowDoor = make([]int32, len(r.recMeta))
	for row := range r.recMeta {
		r.rowDoor[row] = int32(r.estate.addRow(r.records.homesOf(row), &r.recMeta[row]))
	}
	r.listed = len(r.estate.doors)
	r.saidDoor = make([]int32, len(r.mentions.homes))
	for i, h := range r.mentions.homes {
		r.saidDoor[i] = int32(r.estate.add(h))
	}
	r.moveIn()
	return nil
}

// moveIn notes which doors the registers give for each of their persons.
func (r *resolver) moveIn() {
	r.homesOf = make([][]uint32, len(r.members))
	for row, at := range r.rowDoor {
		if at < 0 || r.unitOf[row] == noUnit {
			continue
		}
		person := r.personOf[r.unitOf[row]]
		if !slices.Contains(r.homesOf[person], uint32(at)) {
			r.homesOf[person] = append(r.homesOf[person], uint32(at))
		}
	}
}

// eachUPRNFirst claims the addresses that have a UPRN before those that have
// none, so that a written address finds its UPRN whatever the order of rows.
func (p *profiles) eachUPRNFirst(e *estate, row int, m *recordMeta) {
	if homes := p.homesOf(row); len(homes) > 0 && homes[0].uprn != 0 {
		e.addRow(homes, m)
	}
}

// cluster joins the mentions that no register claims.
func (r *resolver) cluster(ctx context.Context) error {
	var free []uint32
	for i := range r.menMeta {
		if r.linked[i].state == stateFree && r.realness(i) > 0 {
			free = append(free, uint32(i))
		}
	}
	var err error
	r.strange, err = clusterStrangers(ctx, r.Intake, free, r.comparer, &r.params, pairsRuled{}, 0, &r.skipped, r.task.Workers)
	return err
}
