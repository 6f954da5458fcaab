package linkage

import "context"

// fit sets the parameters: the caller's where they fit this program, else the
// shipped ones moved towards what the data shows. Decisions play no part.
func (r *resolver) fit(ctx context.Context) error {
	if r.task.Params.usable() {
		r.params = r.task.Params.clone()
		return nil
	}
	r.params = Shipped()
	r.params.GivenU, r.params.SurnameU = r.rarity.givenU, r.rarity.surnameU
	for _, level := range []struct {
		at int
		u  float64
	}{{nameExact, r.rarity.givenU * r.rarity.surnameU}, {nameSurname, r.rarity.surnameU * 0.02}, {nameGiven, r.rarity.givenU * 0.02}} {
		r.params.Fields[fieldName].Levels[level.at].U = level.u
	}
	// Mentions alone teach nothing: whom they repeat is what is asked.
	s := newSample(r.words, r.mentions, r.units.profiles)
	fitted, err := train(ctx, s, r.comparer(), r.params, councilBelief)
	r.params = fitted
	r.params.Persons = r.units.profiles.len()
	r.params.Match, r.params.Stranger = 0, 0 // fitted when their pairs are scored
	return err
}
