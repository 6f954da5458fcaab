package linkage

// homeLevel is the best level over all pairs of addresses: people move, and any
// address that both sides know counts.
func (c *comparer) homeLevel(as, bs []home) byte {
	best := byte(missing)
	for _, a := range as {
		for _, b := range bs {
			best = min(best, c.oneHome(a, b))
		}
		if best == homeSame {
			break
		}
	}
	return best
}

func (c *comparer) oneHome(a, b home) byte {
	if a.uprn != 0 && a.uprn == b.uprn {
		return homeSame
	}
	number := a.number != 0 && a.number == b.number
	street := a.street != 0 && a.street == b.street
	if number && street {
		return c.sameDoor(a, b)
	}
	if a.postcode == 0 || b.postcode == 0 {
		return c.withoutPostcode(a, b, street)
	}
	if a.postcode == b.postcode {
		return c.samePostcode(a, b, number, street)
	}
	near := oneEdit(c.words.text[a.postcode], c.words.text[b.postcode])
	switch {
	case near && (number || street):
		return homeNear
	case number && c.streetsNear(a, b):
		return homeMisspelt
	case street:
		return homeStreet
	case near:
		return homePostcodeNear
	}
	return c.sameArea(a.postcode, b.postcode)
}

// sameDoor: number and street agree. Streets of one name in two places are told
// apart by the postcode.
func (c *comparer) sameDoor(a, b home) byte {
	switch {
	case a.postcode != 0 && b.postcode != 0 && a.postcode != b.postcode:
		if oneEdit(c.words.text[a.postcode], c.words.text[b.postcode]) {
			return homeNear
		}
		return homeMisspelt
	case a.unit != b.unit:
		return homeBuilding
	case a.postcode == 0 || b.postcode == 0:
		return homeStreetDoor
	}
	return homeSame
}

func (c *comparer) samePostcode(a, b home, number, street bool) byte {
	if number && (a.street == 0 || b.street == 0 || c.streetsNear(a, b)) {
		if a.unit != 0 && b.unit != 0 && a.unit != b.unit {
			return homeBuilding
		}
		return homeDoor
	}
	if a.number != 0 && b.number != 0 && !number {
		return homeNeighbour
	}
	if a.unit != 0 && b.unit != 0 && a.unit != b.unit {
		return homeNeighbour
	}
	return homePostcode
}

func (c *comparer) withoutPostcode(a, b home, street bool) byte {
	if a.street == 0 || b.street == 0 {
		return missing
	}
	switch {
	case street && a.number != 0 && b.number != 0:
		return homeElse
	case street:
		return homeStreet
	case a.number != 0 && a.number == b.number && c.streetsNear(a, b):
		return homeMisspelt
	}
	return homeElse
}

func (c *comparer) streetsNear(a, b home) bool {
	if a.street == 0 || b.street == 0 {
		return false
	}
	return c.alike.surname(a.street, b.street) <= alikePart
}

func (c *comparer) sameArea(a, b uint32) byte {
	x, y := c.words.meta[a], c.words.meta[b]
	switch {
	case x.sector != 0 && x.sector == y.sector:
		return homeSector
	case x.district != 0 && x.district == y.district:
		return homeDistrict
	}
	return homeElse
}
