package sweep

import (
	"strings"

	"github.com/reeve-council/reeve/internal/lex"
)

// services are the council services that the name of a top folder can tell, by
// the words that tell them; the first that matches counts.
var services = []struct{ name, words string }{
	{"children's services", "children childrens child safeguarding fostering adoption csc lac looked youth family families"},
	{"adult social care", "adult adults asc care deprivation dols"},
	{"education", "education school schools send ehcp admissions nursery pupils pupil"},
	{"housing", "housing homeless homelessness tenancy tenancies rents rent estates lettings repairs leaseholders"},
	{"revenues and benefits", "revenues benefits benefit ctax council tax nndr rates"},
	{"human resources", "hr personnel payroll recruitment staff workforce pensions pension grievances"},
	{"finance", "finance accounts payments invoices procurement audit insurance"},
	{"legal", "legal litigation court solicitors"},
	{"public protection", "licensing environmental trading asb noise health enforcement"},
	{"planning", "planning building conservation"},
	{"parking and transport", "parking transport highways streets permits"},
	{"elections and democracy", "electoral elections election register democratic committee committees councillors members mayor"},
	{"public health", "public sexual stop smoking drugs alcohol"},
	{"libraries and leisure", "library libraries leisure sport arts culture museum parks"},
	{"registrars", "registrar registrars births deaths marriages"},
	{"customer services", "customer contact complaints foi enquiries"},
	{"information technology", "it ict digital backup backups server systems"},
}

// serviceOf is the service that the name of a folder tells; "" where it does
// not.
func serviceOf(folder string) string {
	words := strings.Fields(lex.Fold(strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(folder)))
	for _, s := range services {
		for _, known := range strings.Fields(s.words) {
			for _, w := range words {
				if w == known {
					return s.name
				}
			}
		}
	}
	return ""
}
