package linkage

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// mosaicPersons and mosaicAddresses are the two tables of a Mosaic social care
// extract (dm_persons, dm_addresses). Addresses carry no name: a record with
// the person's id and an address alone, which linkage joins by its id.
var (
	mosaicPersons = Layout{
		Kind:  "mosaic",
		Needs: []string{"personid", "lastname", "dateofbirth"},
		Columns: map[string]string{"personid": "source_person_id", "title": "title", "firstname": "forename", "lastname": "surname",
			"nhsid": "nhs_number", "dateofbirth": "date_of_birth", "dateofdeath": "date_of_death", "gender": "gender",
			"firstlanguage": "language", "emailaddress": "email", "restricted": "restricted", "upnid": "upn",
			"address": "address_1", "postcode": "postcode", "uniqueid": "uprn", "telephonenumber": "phone"},
		Role: "service-user",
		Fix: func(rec *reeve.Record, cell func(string) string) {
			splitAddress(rec)
			addRef(rec, reeve.KindCaseRef, "person_id", caseNumber(cell("personid")))
			switch strings.ToUpper(cell("contextflag")) {
			case "A":
				addSignal(rec, reeve.SignalAdultCare)
			case "C":
				addSignal(rec, reeve.SignalChildInNeed)
			case "B":
				addSignal(rec, reeve.SignalAdultCare)
				addSignal(rec, reeve.SignalChildInNeed)
			}
		},
	}
	mosaicAddresses = Layout{
		Kind:  "mosaic",
		Needs: []string{"personid", "address", "postcode", "startdate"},
		Columns: map[string]string{"personid": "source_person_id", "address": "address_1", "postcode": "postcode", "uniqueid": "uprn",
			"startdate": "address_from", "enddate": "address_to", "addresstype": "address_type"},
		Role: "service-user",
		Fix: func(rec *reeve.Record, _ func(string) string) {
			splitAddress(rec)
			rec.Refs = nil
		},
	}
)

// caseNumber keeps a system's own id as a reference only where it is long
// enough not to be any number.
func caseNumber(id string) string {
	if len(id) < 5 {
		return ""
	}
	return id
}

// splitAddress makes lines of an address that stands in one cell.
func splitAddress(rec *reeve.Record) {
	if len(rec.Address) != 1 {
		return
	}
	var lines []string
	for _, part := range strings.FieldsFunc(rec.Address[0], func(r rune) bool { return r == ',' || r == '\n' || r == ';' }) {
		if part = strings.TrimSpace(part); part != "" && !strings.EqualFold(part, rec.Postcode) {
			lines = append(lines, part)
		}
	}
	rec.Address = lines
}

func addSignal(rec *reeve.Record, s reeve.Signal) {
	for _, have := range rec.Signals {
		if have == s {
			return
		}
	}
	rec.Signals = append(rec.Signals, s)
}
