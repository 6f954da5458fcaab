package linkage

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// electoral14 is the export of electoral management systems with a column for
// surname and one for forename; electoral13 the older one with a single name
// "Surname, Forename". A birth date is given for attainers only. A row without
// a name is an anonymous elector (Representation of the People Act 1983, s.9B).
var (
	electoral14 = Layout{
		Kind:  "electoral",
		Needs: []string{"electornumberprefix", "electornumber", "electorsurname", "electorforename"},
		Columns: map[string]string{"electorsurname": "surname", "electorforename": "forename", "electordob": "date_of_birth",
			"postcode": "postcode", "address1": "address_1", "address2": "address_2", "address3": "address_3", "address4": "address_4",
			"address5": "address_5", "address6": "address_6"},
		Role: "elector",
		Fix:  fixElector,
	}
	electoral13 = Layout{
		Kind:  "electoral",
		Needs: []string{"electornumberprefix", "electornumber", "electorname"},
		Columns: map[string]string{"electordob": "date_of_birth", "postcode": "postcode", "address1": "address_1", "address2": "address_2",
			"address3": "address_3", "address4": "address_4", "address5": "address_5", "address6": "address_6"},
		Role: "elector",
		Fix:  fixElector,
	}
)

func fixElector(rec *reeve.Record, cell func(string) string) {
	if rec.Surname == "" && rec.Forename == "" {
		if name := cell("electorname"); name != "" {
			n := lex.ParseName(name)
			rec.Title, rec.Forename, rec.Middle, rec.Surname = n.Title, n.Given, n.Middle, n.Surname
		}
	}
	number := cell("electornumber")
	if number != "" {
		rec.SourceID = cell("electornumberprefix") + "-" + number
		if s := cell("electornumbersuffix"); s != "" {
			rec.SourceID += "/" + s
		}
		rec.Refs = append(keepOther(rec.Refs, reeve.KindElectoralNumber), reeve.Ref{Kind: reeve.KindElectoralNumber, Header: "Elector Number", Value: rec.SourceID})
	}
	marker := strings.ToUpper(cell("electormarkers"))
	if rec.Surname == "" && rec.Forename == "" || marker == "N" && strings.EqualFold(rec.Surname, "anonymous") {
		rec.AnonymousElector = true
		rec.Surname, rec.Forename = "", ""
	}
}

// keepOther drops the references of one kind, which a fix gives anew.
func keepOther(refs []reeve.Ref, kind reeve.Kind) []reeve.Ref {
	var out []reeve.Ref
	for _, r := range refs {
		if r.Kind != kind {
			out = append(out, r)
		}
	}
	return out
}
