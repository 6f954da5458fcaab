package linkage

import "slices"

// A blocking key is a 64-bit hash of a few interned values; two profiles are
// compared only if they share one. keyKind says which values, for the report of
// blocks that were too large.
type keyKind uint8

const (
	keyID keyKind = iota + 1
	keyContact
	keyNameBorn
	keyNamePostcode
	keySurnameDoor
	keySurnamePostcode
	keyBornPostcode
	keyName
	// fuzzy keys, only for what the exact ones leave unresolved
	keySoundYear
	keyGivenBorn
	keySurnameBorn
	keyInitialBorn
	keyGivenDistrict
	keyInitialDoor
	keySoundPair
	keyInitialPostcode
	keyUPRN
	keyDoor
	keyExtra
	keyKinds
)

var keyNames = [keyKinds]string{keyID: "identifier", keyContact: "e-mail, phone, account or reference", keyNameBorn: "name and birth date", keyNamePostcode: "name and postcode",
	keySurnameDoor: "surname and door", keySurnamePostcode: "surname and postcode", keyBornPostcode: "birth date and postcode", keyName: "name alone",
	keySoundYear: "sound of surname, initial and birth year", keyGivenBorn: "given name and birth date", keySurnameBorn: "surname and birth date", keyInitialBorn: "initial and birth date",
	keyGivenDistrict: "given name, sound of surname and district", keyInitialDoor: "initial and door", keySoundPair: "sound of the whole name", keyInitialPostcode: "initial and postcode",
	keyUPRN: "UPRN", keyDoor: "door", keyExtra: "free columns"}

// cap is the largest block of a kind that is still compared.
func (k keyKind) cap() int {
	switch {
	case k == keyName:
		return 64
	case k == keyID, k == keyContact:
		return 200
	case k <= keyName:
		return 400
	}
	return 200
}

type key struct {
	hash uint64
	kind keyKind
}

// keySet chooses the kinds that a look-up uses.
type keySet uint32

const (
	exactKeys keySet = 1<<(keyName+1) - 1
	fuzzyKeys keySet = (1<<keyKinds - 1) &^ exactKeys
	// acrossKeys tie mentions on no register to each other: a bare name is not
	// among them.
	acrossKeys keySet = exactKeys &^ (1 << keyName)
)

func (s keySet) has(k keyKind) bool { return s>>k&1 == 1 }

// keysOf appends the keys of profile i to out, without repeats.
func keysOf(w *words, p *profiles, i int, set keySet, out []key) []key {
	start := len(out)
	add := func(k keyKind, a, b, c uint32) {
		h := mix(mix(uint64(k)<<56^uint64(a)<<24^uint64(b))+uint64(c)<<8) | 1
		if kk := (key{h, k}); !slices.Contains(out[start:], kk) {
			out = append(out, kk)
		}
	}
	for _, id := range p.idsOf(i) {
		if !set.has(keyID) && !set.has(keyContact) {
			break
		}
		if id.field <= fieldUnique {
			add(keyID, id.value, 0, 0)
		} else {
			add(keyContact, id.value, 0, 0)
		}
	}
	for _, n := range p.namesOf(i) {
		nameKeys(w, p, i, n, set, add)
	}
	if set.has(keyBornPostcode) {
		for _, b := range p.bornOf(i) {
			for _, h := range p.homesOf(i) {
				if b%100 != 0 && h.postcode != 0 {
					add(keyBornPostcode, uint32(b), h.postcode, 0)
				}
			}
		}
	}
	for x := 0; x < p.stride && set.has(keyExtra); x++ {
		extraKeys(w, p, i, x, add)
	}
	return out
}

type addKey func(k keyKind, a, b, c uint32)

// nameKeys are the keys of one written form of the name. Given name and surname
// are put in one order, so that exchanged names meet.
func nameKeys(w *words, p *profiles, i int, n nameForm, set keySet, add addKey) {
	lo, hi := min(n.given, n.surname), max(n.given, n.surname)
	full := n.given != 0 && n.surname != 0 && len(w.text[n.given]) > 1
	if full && set.has(keyName) {
		add(keyName, lo, hi, 0)
	}
	if full && set.has(keySoundPair) {
		add(keySoundPair, w.meta[n.given].sound, w.meta[n.surname].sound, 0)
	}
	for _, b := range p.bornOf(i) {
		bornKeys(w, n, uint32(b), full, set, add)
	}
	for _, h := range p.homesOf(i) {
		homeKeys(w, n, h, full, set, add)
	}
}

func bornKeys(w *words, n nameForm, b uint32, full bool, set keySet, add addKey) {
	sound, initial := w.meta[n.surname].sound, w.meta[n.given].initial
	if sound != 0 && initial != 0 && set.has(keySoundYear) {
		add(keySoundYear, sound, initial, b/10000)
	}
	if b%100 == 0 {
		return
	}
	if full && set.has(keyNameBorn) {
		add(keyNameBorn, min(n.given, n.surname), max(n.given, n.surname), b)
	}
	if full && set.has(keyGivenBorn) {
		add(keyGivenBorn, w.meta[n.given].head, b, 0)
	}
	if n.surname != 0 && set.has(keySurnameBorn) {
		add(keySurnameBorn, n.surname, b, 0)
	}
	if initial != 0 && set.has(keyInitialBorn) {
		add(keyInitialBorn, initial, b, 0)
	}
}

func homeKeys(w *words, n nameForm, h home, full bool, set keySet, add addKey) {
	initial := w.meta[n.given].initial
	if h.number != 0 && h.street != 0 {
		if n.surname != 0 && set.has(keySurnameDoor) {
			add(keySurnameDoor, n.surname, h.number, h.street)
		}
		if initial != 0 && set.has(keyInitialDoor) {
			add(keyInitialDoor, initial, h.number, h.street)
		}
	}
	if h.uprn != 0 && set.has(keyUPRN) {
		add(keyUPRN, h.uprn, 0, 0)
	}
	if h.number != 0 && h.postcode != 0 && set.has(keyDoor) {
		add(keyDoor, h.number, h.unit, h.postcode)
	}
	if h.number != 0 && h.street != 0 && set.has(keyDoor) {
		add(keyDoor, h.number, h.unit, h.street)
	}
	if h.postcode == 0 {
		return
	}
	if full && set.has(keyNamePostcode) {
		add(keyNamePostcode, min(n.given, n.surname), max(n.given, n.surname), h.postcode)
	}
	if n.surname != 0 && set.has(keySurnamePostcode) {
		add(keySurnamePostcode, n.surname, h.postcode, 0)
	}
	if initial != 0 && set.has(keyInitialPostcode) {
		add(keyInitialPostcode, initial, h.postcode, 0)
	}
	if full && set.has(keyGivenDistrict) {
		add(keyGivenDistrict, w.meta[n.given].head, w.meta[n.surname].sound, w.meta[h.postcode].district)
	}
}

// extraKeys tie a free column to either name part and to the year of birth.
func extraKeys(w *words, p *profiles, i, x int, add addKey) {
	v := p.extrasOf(i)[x]
	if v == 0 {
		return
	}
	col := uint32(x+1) << 28
	for _, n := range p.namesOf(i) {
		if n.surname != 0 {
			add(keyExtra, col^v, n.surname, 1)
		}
		if n.given != 0 {
			add(keyExtra, col^v, n.given, 2)
		}
	}
	for _, b := range p.bornOf(i) {
		add(keyExtra, col^v, uint32(b), 3)
	}
	for _, h := range p.homesOf(i) {
		if h.postcode != 0 {
			add(keyExtra, col^v, h.postcode, 4)
		}
	}
}

// keyIndex finds the profiles that hold a key: entries sorted by hash, reached
// through a table over the top bits.
type keyIndex struct {
	hash  []uint64
	id    []uint32
	at    []uint32
	shift uint
}

// indexKeys builds the index of all profiles for the kinds in set.
func indexKeys(w *words, p *profiles, set keySet) *keyIndex {
	const usual = 12 // keys of a person with a birth date and an address
	hashes, ids := make([]uint64, 0, usual*p.len()), make([]uint32, 0, usual*p.len())
	var buf []key
	for i := range p.len() {
		buf = keysOf(w, p, i, set, buf[:0])
		for _, k := range buf {
			if set.has(k.kind) {
				hashes, ids = append(hashes, k.hash), append(ids, uint32(i))
			}
		}
	}
	return sortKeys(hashes, ids)
}

// sortKeys sorts by the top bits with one counting pass and the few of each
// bucket by insertion, keeping ids ascending within a hash.
func sortKeys(hashes []uint64, ids []uint32) *keyIndex {
	bits := uint(4)
	for 1<<bits < len(hashes) {
		bits++
	}
	ix := &keyIndex{hash: make([]uint64, len(hashes)), id: make([]uint32, len(ids)), at: make([]uint32, 1<<bits+1), shift: 64 - bits}
	for _, h := range hashes {
		ix.at[h>>ix.shift+1]++
	}
	for b := 1; b < len(ix.at); b++ {
		ix.at[b] += ix.at[b-1]
	}
	next := slices.Clone(ix.at)
	for i, h := range hashes {
		b := h >> ix.shift
		ix.hash[next[b]], ix.id[next[b]] = h, ids[i]
		next[b]++
	}
	for b := 0; b+1 < len(ix.at); b++ {
		ix.sortBucket(int(ix.at[b]), int(ix.at[b+1]))
	}
	return ix
}

func (ix *keyIndex) sortBucket(from, to int) {
	sorted := true
	for i := from + 1; i < to && sorted; i++ {
		sorted = ix.hash[i] >= ix.hash[i-1]
	}
	if sorted {
		return
	}
	perm := order(to-from, func(i, j int) int {
		a, b := from+i, from+j
		switch {
		case ix.hash[a] != ix.hash[b]:
			if ix.hash[a] < ix.hash[b] {
				return -1
			}
			return 1
		}
		return i - j
	})
	copy(ix.hash[from:to], permute(ix.hash[from:to], perm))
	copy(ix.id[from:to], permute(ix.id[from:to], perm))
}

// find gives the profiles that hold a hash, ascending.
func (ix *keyIndex) find(hash uint64) []uint32 {
	b := hash >> ix.shift
	from, to := int(ix.at[b]), int(ix.at[b+1])
	for from < to && ix.hash[from] != hash {
		from++
	}
	end := from
	for end < to && ix.hash[end] == hash {
		end++
	}
	return ix.id[from:end]
}

// skips counts the look-ups that met a block over its cap, by kind.
type skips [keyKinds]int

func (s *skips) add(o *skips) {
	for k := range s {
		s[k] += o[k]
	}
}
