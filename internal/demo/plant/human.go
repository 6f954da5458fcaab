package plant

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// human is one invented person with all that the council could know.
type human struct {
	n                                   int // from 1; names the person in the truth: "H000017"
	title, given, middle, surname       string
	knownAs, formerSurname              string
	sex                                 byte // 'M' or 'F'
	born, died                          reeve.Date
	group                               *origin
	home                                *dwelling
	past                                []stay
	household                           *family
	role                                reeve.Role
	nino, nhs, upn                      string
	email, phone                        string
	sort, account                       string
	ctax, benefit, claim, rent, caseRef string
	elector, crm, payroll               string
	mark                                string
	job                                 string
	ethnicity, religion                 string
	signals                             []reeve.Signal // said by a register
	restricted, anonymous, sealed       bool
	safeContact, worker                 string
	offRegister                         bool
	records                             []Key // how registers name the person
}

// stay is a former home.
type stay struct {
	home     *dwelling
	from, to reeve.Date
}

// family is those who live together.
type family struct {
	id      string
	members []*human
	tenant  bool
	claims  bool
}

func (h *human) adult(on reeve.Date) bool {
	age, ok := h.born.AgeOn(on)
	return ok && age >= 18
}

// homeOn is where the person lived on a day.
func (h *human) homeOn(day reeve.Date) *dwelling {
	for _, s := range h.past {
		if !day.Before(s.from) && day.Before(s.to) {
			return s.home
		}
	}
	return h.home
}

// has reports whether a register gives the person the signal.
func (h *human) has(s reeve.Signal) bool {
	for _, t := range h.signals {
		if t == s {
			return true
		}
	}
	return false
}

func (h *human) flag(s reeve.Signal) {
	if !h.has(s) {
		h.signals = append(h.signals, s)
	}
}

// plainer takes the diacritics off the letters that the name lists use.
var plainer = strings.NewReplacer("ł", "l", "Ł", "L", "ś", "s", "Ś", "S", "ó", "o", "Ó", "O", "ń", "n", "ą", "a", "ę", "e", "ć", "c", "ź", "z",
	"ż", "z", "Ż", "Z", "é", "e", "É", "E", "ã", "a", "á", "a", "Á", "A", "í", "i", "ú", "u", "ê", "e", "ç", "c", "ñ", "n", "â", "a", "õ", "o")

func plain(s string) string { return plainer.Replace(s) }

// Key names a person in a register: source_system and source_person_id. Also
// holds other ways in which the same row may be numbered.
type Key struct {
	System string   `json:"source_system"`
	ID     string   `json:"source_person_id"`
	Also   []string `json:"also,omitempty"`
}
