package linkage

// bornLevel compares dates of birth, and where a side has none its stated age.
func bornLevel(a *profiles, i int, b *profiles, j int) byte {
	best := byte(missing)
	for _, x := range a.bornOf(i) {
		for _, y := range b.bornOf(j) {
			best = min(best, dateLevel(x, y))
		}
	}
	if best != missing {
		return best
	}
	return min(ageLevel(a.ages[i], b.bornOf(j)), ageLevel(b.ages[j], a.bornOf(i)))
}

// dateLevel compares two dates YYYYMMDD with zeros for parts not known.
func dateLevel(x, y int32) byte {
	if x == y && x%100 != 0 {
		return bornExact
	}
	xy, xm, xd := x/10000, x/100%100, x%100
	yy, ym, yd := y/10000, y/100%100, y%100
	if xd == 0 || yd == 0 {
		if xy == yy && (xm == 0 || ym == 0 || xm == ym) {
			return bornPart
		}
		return bornElse
	}
	switch {
	case xy == yy && xm == yd && xd == ym:
		return bornSwapped
	case edits(x, y) <= 1:
		return bornEdit
	case xy == yy && (x%10000 == 101 || y%10000 == 101):
		return bornPart // 1 January stands for "some day of the year" in old systems
	case xy == yy:
		return bornYear
	case edits(x, y) == 2:
		return bornDecade
	}
	return bornElse
}

// edits is the number of digits changed or neighbours exchanged between two
// eight-digit dates; up to 3 is told apart.
func edits(x, y int32) int {
	var p, q [8]int8
	for i := 7; i >= 0; i-- {
		p[i], q[i] = int8(x%10), int8(y%10)
		x, y = x/10, y/10
	}
	n := 0
	for i := 0; i < 8; i++ {
		if p[i] == q[i] {
			continue
		}
		if i < 7 && p[i] == q[i+1] && p[i+1] == q[i] {
			i++
		}
		if n++; n == 3 {
			break
		}
	}
	return n
}

// ageLevel compares the years of birth that a stated age allows with dates.
func ageLevel(age ageSpan, born []int32) byte {
	if age == (ageSpan{}) || len(born) == 0 {
		return missing
	}
	best := byte(bornElse)
	for _, b := range born {
		year := int16(b / 10000)
		switch {
		case year >= age.from && year <= age.to:
			best = min(best, bornAge)
		case year >= age.from-1 && year <= age.to+1:
			best = min(best, bornAgeNear)
		}
	}
	return best
}
