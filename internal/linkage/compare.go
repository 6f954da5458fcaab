package linkage

// comparer turns two profiles into a level vector and a weight. One goroutine
// owns it; words, rarity and weights are shared and only read.
type comparer struct {
	words   *words
	alike   *likenessCache
	rarity  *rarity
	weights weights
	extras  int
}

func newComparer(w *words, r *rarity, p *Params, extras int) *comparer {
	return &comparer{words: w, alike: newLikenessCache(w), rarity: r, weights: p.weights(), extras: extras}
}

// compare fills v with the levels of profile i of a against profile j of b and
// returns the total weight in hundredths of a bit.
func (c *comparer) compare(a *profiles, i int, b *profiles, j int, v *vector) int32 {
	c.names(a.namesOf(i), b.namesOf(j), v)
	return c.compareRest(a, i, b, j, v)
}

// compareRest is compare for a vector that holds the name already.
func (c *comparer) compareRest(a *profiles, i int, b *profiles, j int, v *vector) int32 {
	v[fieldBorn] = bornLevel(a, i, b, j)
	v[fieldHome] = c.homeLevel(a.homesOf(i), b.homesOf(j))
	c.idLevels(a.idsOf(i), b.idsOf(j), v)
	for x := range c.extras {
		v[rarityAt+1+x] = c.extraLevel(a.extrasOf(i)[x], b.extrasOf(j)[x])
	}
	sum := c.weights.total(v, c.extras)
	if c.extras > 0 {
		sum += c.extraRarity(a.extrasOf(i), b.extrasOf(j))
	}
	return sum
}

// names takes the best level over all written forms, and of equal levels the
// rarest form, so that a common alias cannot hide a rare name.
func (c *comparer) names(as, bs []nameForm, v *vector) {
	best, rare, middle := byte(missing), byte(128), byte(missing)
	for _, a := range as {
		for _, b := range bs {
			level, r := c.nameLevel(a, b)
			if level > best || level == best && r <= rare && best != missing {
				continue
			}
			best, rare, middle = level, r, c.middleLevel(a.middle, b.middle)
		}
	}
	v[fieldName], v[rarityAt], v[fieldMiddle] = best, rare, middle
}

func (c *comparer) nameLevel(a, b nameForm) (level, rare byte) {
	switch {
	case a.given != 0 && b.given != 0 && a.surname != 0 && b.surname != 0:
		return c.fullName(a, b)
	case a.surname != 0 && b.surname != 0:
		if s := c.alike.surname(a.surname, b.surname); s == alikeSame {
			return nameSurname, c.rarity.surname(a.surname)
		} else if s <= alikePart {
			return nameInitialNear, 128
		}
		if level, rare := c.onePart(a, b); level != missing {
			return level, rare
		}
		return nameElse, 128
	case a.given != 0 && b.given != 0:
		if g := c.alike.given(a.given, b.given); g == alikeSame {
			return nameGiven, c.rarity.given(a.given)
		} else if g <= alikePart || g == alikeInitial {
			return missing, 128
		}
		if level, rare := c.onePart(a, b); level != missing {
			return level, rare
		}
		return nameElse, 128
	}
	return c.onePart(a, b)
}

// onePart compares where a side gives a single part and the other side has it
// in the other place, or does not.
func (c *comparer) onePart(a, b nameForm) (level, rare byte) {
	for _, p := range [2][2]uint32{{a.given, b.surname}, {a.surname, b.given}} {
		if p[0] != 0 && p[0] == p[1] {
			return nameSurname, c.rarity.surname(p[0])
		}
	}
	return missing, 128
}

// fullLevels is the level of a full name by the likeness of the given names
// (row) and of the surnames (column): same, nick, near, part, fair, initial, not.
var fullLevels = [alikeNot + 1][alikeNot + 1]byte{
	alikeSame:    {nameExact, nameExact, nameNear, namePart, nameGivenSound, nameGivenChanged, nameGivenChanged},
	alikeNick:    {nameNick, nameNick, nameBothNear, namePart, nameGivenSound, nameGivenChanged, nameGivenChanged},
	alikeNear:    {nameNear, nameNear, nameBothNear, nameBothNear, nameGivenSound, nameElse, nameElse},
	alikePart:    {namePart, namePart, nameBothNear, nameBothNear, nameGivenSound, nameElse, nameElse},
	alikeFair:    {nameBothNear, nameBothNear, nameGivenSound, nameGivenSound, nameElse, nameElse, nameElse},
	alikeInitial: {nameInitial, nameInitial, nameInitialNear, nameInitialNear, nameElse, nameElse, nameElse},
	alikeNot:     {nameGivenConflict, nameGivenConflict, nameElse, nameElse, nameElse, nameElse, nameElse},
}

func (c *comparer) fullName(a, b nameForm) (level, rare byte) {
	g, s := c.alike.given(a.given, b.given), c.alike.surname(a.surname, b.surname)
	level, rare = fullLevels[g][s], 128
	if level >= nameGivenSound {
		if l := c.swapped(a, b); l < level {
			return l, 128
		}
		if g >= alikeFair && s == alikeSame && c.middleAsGiven(a, b) {
			return namePart, 128
		}
	}
	switch {
	case level == nameExact:
		rare = c.rarity.pair(a.given, a.surname)
	case s == alikeSame && level != nameGivenConflict:
		rare = c.rarity.surname(a.surname)
	case g == alikeSame && s <= alikePart:
		rare = c.rarity.given(a.given)
	}
	return level, rare
}

func (c *comparer) swapped(a, b nameForm) byte {
	g, s := c.alike.surname(a.given, b.surname), c.alike.surname(a.surname, b.given)
	switch {
	case g == alikeSame && s == alikeSame:
		return nameSwapped
	case g <= alikeNear && s <= alikeNear:
		return nameBothNear
	case g == alikeSame && s == alikeInitial, s == alikeSame && g == alikeInitial:
		return nameInitialNear
	}
	return nameElse
}

// middleAsGiven reports that one side is known by the middle name of the other.
// Where the side so known gives a middle name too, it must be the other's first:
// else they are two children of whom one bears the other's name in the middle.
func (c *comparer) middleAsGiven(a, b nameForm) bool {
	return c.knownByMiddle(a, b) || c.knownByMiddle(b, a)
}

func (c *comparer) knownByMiddle(full, known nameForm) bool {
	return full.middle != 0 && c.alike.given(full.middle, known.given) <= alikeNear &&
		(known.middle == 0 || c.alike.given(full.given, known.middle) <= alikeNear)
}

func (c *comparer) middleLevel(a, b uint32) byte {
	if a == 0 || b == 0 {
		return missing
	}
	switch c.alike.given(a, b) {
	case alikeSame, alikeNick, alikeNear, alikePart:
		return middleExact
	case alikeInitial:
		return middleInitial
	}
	if c.words.meta[a].initial == c.words.meta[b].initial && (len(c.words.text[a]) == 1 || len(c.words.text[b]) == 1) {
		return middleInitial
	}
	return middleElse
}

// idLevels compares values of the same kind: agreement on any of a field is
// agreement, else the nearest of the differing.
func (c *comparer) idLevels(as, bs []idValue, v *vector) {
	for f := fieldNINO; f <= fieldAccount; f++ {
		v[f] = missing
	}
	for _, a := range as {
		for _, b := range bs {
			if a.field != b.field || a.kind != b.kind {
				continue
			}
			level := byte(idElse)
			if a.value == b.value {
				level = idSame
			} else if a.loose {
				continue
			} else if v[a.field] > idNear && a.field != fieldRef && a.field != fieldPhone && a.field != fieldAccount &&
				oneEdit(c.words.text[a.value], c.words.text[b.value]) {
				level = idNear
			}
			v[a.field] = min(v[a.field], level)
		}
	}
}

func (c *comparer) extraLevel(a, b uint32) byte {
	if a == 0 || b == 0 {
		return missing
	}
	switch c.alike.surname(a, b) {
	case alikeSame:
		return extraSame
	case alikeNear, alikeNick, alikePart:
		return extraNear
	case alikeFair:
		return extraFair
	}
	return extraElse
}

// extraRarity is how much rarer agreeing free values are than average ones.
func (c *comparer) extraRarity(a, b []uint32) int32 {
	sum := int32(0)
	for x := range a {
		if a[x] != 0 && a[x] == b[x] {
			sum += c.rarity.extra(x, a[x])
		}
	}
	return sum
}
