package linkage

import (
	"context"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// Row is one row of any data set about people, for finding the rows that are one
// human without registers or documents. Extra holds up to eight free columns
// (town, occupation …), the same ones in every row.
type Row struct {
	Names []reeve.Name
	Born  reeve.Date
	Home  reeve.Address
	IDs   []reeve.ID
	Extra []string
}

// DedupeOptions choose how rows are joined. Threshold is the weight over even
// odds, in hundredths of a bit, from which a pair speaks for one human.
type DedupeOptions struct {
	Threshold int32
	Workers   int
}

// Dedupe gives for each row the smallest row number of its human. It is the
// engine of Resolve (the same comparison, training, blocking and guard) on bare
// rows; the hard vetoes are off, since such sets have no good source.
func Dedupe(ctx context.Context, rows []Row, opt DedupeOptions) ([]int, Params, error) {
	in, stride := NewIntake(), 0
	for i := range rows {
		stride = max(stride, min(len(rows[i].Extra), maxExtras))
	}
	p := newProfiles(len(rows), stride)
	for i := range rows {
		in.addRow(p, &rows[i])
	}
	rare := countRarity(in.words, p, float64(len(rows))/20)
	params := Shipped()
	params.GivenU, params.SurnameU = rare.givenU, rare.surnameU
	for range stride {
		params.Fields = append(params.Fields, FieldParams{Name: "free column", Levels: []Level{{.7, .05}, {.1, .02}, {.05, .05}, {.15, .88}}})
	}
	s := newSample(in.words, p, p)
	params, err := train(ctx, s, newComparer(in.words, rare, &params, stride), params, genericBelief)
	if err != nil {
		return nil, params, err
	}
	roots, err := joinRows(ctx, in.words, p, rare, &params, opt)
	return roots, params, err
}

func (in *Intake) addRow(p *profiles, r *Row) {
	for _, n := range r.Names {
		in.addName(p, n.Given, n.Middle, n.Surname)
	}
	p.addBorn(r.Born)
	p.addHome(in.home(r.Home))
	for _, id := range r.IDs {
		in.addID(p, id)
	}
	for x := range p.stride {
		v := uint32(0)
		if x < len(r.Extra) {
			v = in.words.name(lex.Fold(r.Extra[x]))
		}
		p.extras = append(p.extras, v)
	}
	p.finish(ageSpan{})
}

// guardAllowance is how far below even odds, in hundredths of a bit, a pair may
// still speak for joining: the guard looks at all cross pairs, so single weak
// links are not what joins.
const guardAllowance = 300

// joinRows scores the pairs that share any key and joins them under guard.
func joinRows(ctx context.Context, w *words, p *profiles, rare *rarity, params *Params, opt DedupeOptions) ([]int, error) {
	compare := func() *comparer { return newComparer(w, rare, params, p.stride) }
	var skipped skips
	edges, err := scorePairs(ctx, w, p, exactKeys|fuzzyKeys, compare, &skipped, opt.Workers, func(_, _ uint32, _ *vector, weight int32) (int32, bool) {
		return weight, true
	})
	if err != nil {
		return nil, err
	}
	weights := make([]int32, len(edges))
	for i := range edges {
		weights[i] = edges[i].weight
	}
	params.Match = fitPrior(weights, p.len(), 60)
	shift := hundredthsWide(params.Match) - opt.Threshold + guardAllowance
	for i := range edges {
		edges[i].weight += shift
	}
	g := &guard{edges: edges}
	root := g.cluster(p.len())
	out := make([]int, len(root))
	for i, r := range root {
		out[i] = int(r)
	}
	return out, nil
}
