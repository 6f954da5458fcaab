package plant

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
)

// moves gives a fifth of the households an earlier home, some with one before
// that, so that old papers carry old addresses.
func (t *town) moves() {
	for _, f := range t.families {
		if !t.one(0.2) || f.members[0].home.none {
			continue
		}
		moved := reeve.Date{Year: int16(t.between(2008, 2022)), Month: int8(t.between(1, 12)), Day: 1}
		before := pick(t.chance, t.place.dwellings)
		for _, h := range f.members {
			from := reeve.Date{Year: 1998, Month: 4, Day: 1}
			if from.Before(h.born) {
				from = h.born
			}
			if from.Before(moved) {
				h.past = append(h.past, stay{before, from, moved})
			}
		}
	}
}

// numbers gives everybody the identifiers of their age.
func (t *town) numbers() {
	for i, h := range t.humans {
		t.number(i+1, h)
	}
}

func (t *town) number(n int, h *human) {
	h.n = n
	h.nhs = nhsOf(n)
	age, _ := h.born.AgeOn(asOf)
	if age >= 16 {
		h.nino = ninoOf(n)
		h.sort, h.account = accountOf(n)
		h.mark = markOf(n)
	}
	if h.born.Year >= 1994 && age >= 4 {
		h.upn = upnOf(n, int(h.born.Year)+5)
	}
	if age >= 14 && t.one(0.6) {
		h.email = fmt.Sprintf("%s.%s%d@example.%s", letters(h.given), letters(h.surname), n, pick(t.chance, []string{"org", "com", "net"}))
	}
	if age >= 14 && t.one(0.5) {
		if p, ok := phoneOf(t.phones); ok {
			h.phone, t.phones = p, t.phones+1
		}
	}
	h.crm = fmt.Sprint(5000000 + n*3)
	h.caseRef = fmt.Sprintf("NC%06d", 400000+n)
	if age >= 16 {
		h.elector = fmt.Sprint(n)
	}
}

// letters keeps the plain lower-case letters of a name.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(plain(s)))
}

// twistNames makes the names that cause trouble: double-barrelled, changed on
// marriage, known by another name; and those who have died.
func (t *town) twistNames() {
	for _, h := range t.humans {
		age, _ := h.born.AgeOn(asOf)
		if age < 18 {
			continue
		}
		switch {
		case h.sex == 'F' && t.one(0.08):
			h.formerSurname = t.surname(h.group)
		case t.one(0.02):
			h.surname += "-" + t.surname(h.group)
		case nicknames[h.given] != nil && t.one(0.2):
			h.knownAs = pick(t.chance, nicknames[h.given])
		}
		if age > 70 && t.one(0.12) {
			h.died = reeve.Date{Year: int16(t.between(2015, 2025)), Month: int8(t.between(1, 12)), Day: int8(t.between(1, 28))}
		}
	}
	t.refer()
}

// refer gives households the references of council tax, benefits and housing.
func (t *town) refer() {
	for i, f := range t.families {
		head := f.members[0]
		if !head.home.none {
			head.ctax = fmt.Sprintf("8%08d", 10000000+i*17)
		}
		for _, h := range f.members {
			if f.tenant {
				h.rent = fmt.Sprintf("%06d/01", 200000+i*3)
			}
			if f.claims {
				h.claim = fmt.Sprintf("6%07d", 1000000+i*7)
				h.benefit = fmt.Sprintf("P%07d", h.n)
			}
		}
	}
}

// employ makes staff: some live in the borough, most do not.
func (t *town) employ(want int) {
	for i := range want {
		h := t.outsider(t.between(24, 64))
		h.role = reeve.RoleStaff
		h.job = jobWords[i%len(jobWords)]
		h.payroll = fmt.Sprintf("E%05d", 30000+i)
		h.email = fmt.Sprintf("%s.%s%d@%s", letters(h.given), letters(h.surname), i, mailDomain)
		t.staff = append(t.staff, h)
	}
	for i := range 12 {
		h := t.outsider(t.between(30, 75))
		h.role, h.title = reeve.RoleCouncillor, "Cllr"
		h.job = wards[i%len(wards)]
		t.staff = append(t.staff, h)
	}
	for i := range 15 {
		h := t.outsider(t.between(30, 70))
		h.role = reeve.RoleSupplier
		if i%2 == 0 {
			h.role = reeve.RoleLandlord
		}
		h.job = companyWords[i%len(companyWords)]
		t.staff = append(t.staff, h)
	}
}

// stranger is on no register: a former partner, a complainant from elsewhere.
func (t *town) stranger() {
	h := t.outsider(t.between(19, 80))
	h.offRegister = true
	t.strangers = append(t.strangers, h)
}

// outsider is a person who lives alone and belongs to no household list.
func (t *town) outsider(age int) *human {
	h := t.person(t.group(), 0, age)
	h.home = pick(t.chance, t.place.dwellings[len(t.place.dwellings)/2:])
	h.household = &family{members: []*human{h}}
	t.number(len(t.humans)+len(t.staff)+len(t.strangers)+1000, h)
	return h
}
