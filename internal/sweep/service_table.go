package sweep

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/lex"
)

// services are the council services that the name of a top folder can tell, by
// the words that tell them; words joined with + tell it together. The first
// service that matches counts. A letter names it: what is doubtful tells nothing.
var services = []struct{ name, words string }{
	{"children's services", "children childrens child safeguarding fostering adoption csc lac looked+after youth family families"},
	{"adult social care", "adult adults asc social+care care+homes home+care deprivation dols"},
	{"education", "education school schools send ehcp admissions nursery pupils pupil"},
	{"housing", "housing homeless homelessness tenancy tenancies rents rent estates lettings repairs leaseholders"},
	{"revenues and benefits", "revenues benefits benefit ctax council+tax nndr business+rates"},
	{"human resources", "hr human+resources personnel payroll recruitment staff workforce pensions pension grievances"},
	{"finance", "finance financial accounts payments invoices procurement audit insurance"},
	{"legal", "legal litigation court solicitors"},
	{"public health", "public+health sexual+health stop+smoking drugs alcohol"},
	{"public protection", "licensing environmental trading+standards asb noise health enforcement public+protection"},
	{"planning", "planning building+control conservation"},
	{"parking and transport", "parking transport highways streets permits"},
	{"elections and democracy", "electoral elections election democratic committee committees councillors members mayor"},
	{"libraries and leisure", "library libraries leisure sport arts culture museum parks"},
	{"registrars", "registrar registrars births deaths marriages"},
	{"customer services", "customer contact+centre complaints foi enquiries"},
	{"information technology", "it ict digital backup backups server systems"},
}

// serviceOf is the service that the name of a folder tells; "" where it does
// not.
func serviceOf(folder string) string {
	words := strings.Fields(lex.Fold(strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(folder)))
	for _, s := range services {
		for known := range strings.FieldsSeq(s.words) {
			if allIn(words, known) {
				return s.name
			}
		}
	}
	return ""
}

// allIn reports whether each of some words, joined with +, is among others.
func allIn(words []string, joined string) bool {
	for w := range strings.SplitSeq(joined, "+") {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return true
}
