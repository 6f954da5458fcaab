package linkage

import (
	"github.com/reeve-council/reeve"
)

// The three tables of a housing system in the manner of Universal Housing.
// Members name people by house; tenancies and properties say where a house is:
// records of a household without a person, which linkage joins by the house.
var (
	housingMembers = Layout{
		Kind:  "housing",
		Needs: []string{"houseref", "personno", "surname"},
		Columns: map[string]string{"houseref": "source_household_id", "title": "title", "forename": "forename", "surname": "surname",
			"dob": "date_of_birth", "nino": "ni_number", "address1": "address_1", "address2": "address_2", "postcode": "postcode",
			"ullpgref": "uprn", "uprn": "uprn", "phone": "phone", "email": "email"},
		Role:    "tenant",
		Signals: map[string]reeve.Signal{"atrisk": reeve.SignalAtRiskList, "vulnerable": reeve.SignalAtRiskList, "homeless": reeve.SignalHomelessness},
		Fix: func(rec *reeve.Record, cell func(string) string) {
			rec.SourceID = rec.Household + "/" + cell("personno")
			splitAddress(rec)
			if tag := cell("tagref"); tag != "" {
				addRef(rec, reeve.KindRentRef, "tag_ref", tag)
			}
		},
	}
	housingTenancies = Layout{
		Kind:  "housing",
		Needs: []string{"tagref", "houseref", "propref"},
		Columns: map[string]string{"houseref": "source_household_id", "cot": "address_from", "eot": "address_to",
			"address1": "address_1", "postcode": "postcode", "ullpgref": "uprn"},
		Fix: func(rec *reeve.Record, cell func(string) string) {
			rec.SourceID = "house:" + rec.Household
			addRef(rec, reeve.KindRentRef, "tag_ref", cell("tagref"))
			if len(rec.Address) == 0 {
				rec.Address = []string{"prop:" + cell("propref")}
			}
			splitAddress(rec)
		},
	}
	housingProperties = Layout{
		Kind:  "housing",
		Needs: []string{"propref", "address1", "postcode"},
		Columns: map[string]string{"propref": "source_household_id", "address1": "address_1", "postcode": "postcode",
			"ullpgref": "uprn", "uprn": "uprn"},
		Fix: func(rec *reeve.Record, _ func(string) string) {
			rec.SourceID = "prop:" + rec.Household
			splitAddress(rec)
		},
	}
)
