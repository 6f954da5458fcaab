package linkage

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// councilTax is an extract of Academy council tax accounts (tables ctaccount,
// ctoccupation and ctproperty joined, as councils publish their schemas).
var councilTax = Layout{
	Kind:  "ctax",
	Needs: []string{"accountref", "leadliabsurname"},
	Columns: map[string]string{"accountref": "source_person_id", "propertyref": "source_household_id",
		"leadliabtitle": "title", "leadliabforename": "forename", "leadliabmiddlename": "middle", "leadliabsurname": "surname",
		"addr1": "address_1", "addr2": "address_2", "addr3": "address_3", "addr4": "address_4", "postcode": "postcode", "uprn": "uprn",
		"emailaddr": "email", "ownemailaddr": "email", "phonenum1": "phone", "phonenum2": "phone2", "owntelno": "phone",
		"occupationdate": "address_from", "vacationdate": "address_to"},
	Role: "liable",
	Fix: func(rec *reeve.Record, cell func(string) string) {
		addRef(rec, reeve.KindCouncilTaxRef, "account_ref", cell("accountref"))
	},
}

// benefits is an extract of Academy housing benefit and council tax support:
// claims with the members of each household (hbclaim, hbhousehold, hbmember).
var benefits = Layout{
	Kind:  "benefits",
	Needs: []string{"claimid", "surname", "birthdate"},
	Columns: map[string]string{"claimid": "source_household_id", "title": "title", "forename": "forename", "surname": "surname",
		"birthdate": "date_of_birth", "gender": "gender", "nino": "ni_number", "uniquepupilnum": "upn", "deceaseddate": "date_of_death",
		"addr1": "address_1", "addr2": "address_2", "addr3": "address_3", "addr4": "address_4", "postcode": "postcode", "uprn": "uprn",
		"fromdate": "address_from", "todate": "address_to", "emailaddr": "email", "phonenum1": "phone"},
	Role:    "claimant",
	Signals: map[string]reeve.Signal{"unsafeaddrind": reeve.SignalSafeAddress, "severelymentallyimpairedind": reeve.SignalMentalHealth},
	Fix: func(rec *reeve.Record, cell func(string) string) {
		if person := cell("personref"); person != "" {
			rec.SourceID = strings.Trim(rec.Household+"/"+person, "/")
		} else if rec.SourceID == "" {
			rec.SourceID = rec.Household
		}
		addRef(rec, reeve.KindBenefitRef, "claim_id", rec.Household)
	},
}

// addRef adds a reference that is not there yet.
func addRef(rec *reeve.Record, kind reeve.Kind, header, value string) {
	if value == "" {
		return
	}
	rec.Refs = append(keepOther(rec.Refs, kind), reeve.Ref{Kind: kind, Header: header, Value: value})
}
