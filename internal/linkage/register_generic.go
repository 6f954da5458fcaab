package linkage

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// genericColumns are the columns of the generic register CSV (contract).
var genericColumns = []string{"source_system", "source_person_id", "source_household_id", "title", "forename", "middle", "surname",
	"known_as", "previous_surname", "date_of_birth", "date_of_death", "gender", "ni_number", "nhs_number", "upn", "email", "phone", "phone2",
	"uprn", "address_1", "address_2", "address_3", "address_4", "address_5", "town", "postcode", "address_from", "address_to", "address_type",
	"bank_sort_code", "bank_account_last4", "role", "service", "council_code", "language", "format_need", "vulnerable_codes", "restricted",
	"safe_contact", "named_worker", "deceased", "updated_at"}

var generic = Layout{Kind: "generic", Needs: []string{"sourcesystem", "sourcepersonid", "surname"}, Columns: genericMap()}

func genericMap() map[string]string {
	m := make(map[string]string, len(genericColumns))
	for _, c := range genericColumns {
		m[squash(c)] = c
	}
	return m
}

// GenericColumn reports whether a name is a column of the generic register, so
// that a mapping file can be checked.
func GenericColumn(name string) bool { return slices.Contains(genericColumns, name) }

// fillRecord reads the generic columns into a record. It returns the names of
// the columns whose values it could not read, in words, or "".
func fillRecord(rec *reeve.Record, cell func(string) string) string {
	rec.System, rec.SourceID, rec.Household = cell("source_system"), cell("source_person_id"), cell("source_household_id")
	rec.Title, rec.Forename, rec.Middle, rec.Surname = cell("title"), cell("forename"), cell("middle"), cell("surname")
	rec.KnownAs, rec.PreviousSurname, rec.Gender = cell("known_as"), cell("previous_surname"), cell("gender")
	rec.NINO, rec.NHS, rec.UPN = cell("ni_number"), cell("nhs_number"), cell("upn")
	rec.Email, rec.Phone, rec.Phone2 = cell("email"), cell("phone"), cell("phone2")
	rec.UPRN, rec.Town = strings.TrimLeft(cell("uprn"), "0"), cell("town")
	rec.Postcode = cell("postcode")
	if norm, ok := lex.NormPostcode(rec.Postcode); ok {
		rec.Postcode = norm
	}
	for _, c := range []string{"address_1", "address_2", "address_3", "address_4", "address_5", "address_6"} {
		if v := cell(c); v != "" {
			rec.Address = append(rec.Address, v)
		}
	}
	rec.AddressType = strings.ToLower(cell("address_type"))
	rec.SortCode, rec.AccountLast4 = cell("bank_sort_code"), cell("bank_account_last4")
	rec.Role, rec.Service, rec.Council = strings.ToLower(cell("role")), cell("service"), strings.ToUpper(cell("council_code"))
	rec.Language, rec.FormatNeed = cell("language"), cell("format_need")
	rec.Signals = ParseSignals(cell("vulnerable_codes"))
	rec.Restricted = yes(cell("restricted"))
	rec.SafeContact, rec.NamedWorker = strings.ToLower(cell("safe_contact")), cell("named_worker")
	return fillDates(rec, cell)
}

func fillDates(rec *reeve.Record, cell func(string) string) string {
	var broken []string
	date := func(column string, to *reeve.Date) {
		v := cell(column)
		if v == "" {
			return
		}
		d, ok := registerDate(v)
		if !ok {
			broken = append(broken, column)
			return
		}
		*to = d
	}
	date("date_of_birth", &rec.Born)
	date("date_of_death", &rec.Died)
	date("address_from", &rec.AddressFrom)
	date("address_to", &rec.AddressTo)
	date("updated_at", &rec.Updated)
	switch d := strings.ToLower(cell("deceased")); {
	case d == "suspected":
		rec.Deceased = "suspected"
	case yes(d) || d == "deceased" || !rec.Died.IsZero():
		rec.Deceased = "yes"
	case d != "":
		rec.Deceased = "no"
	}
	if len(broken) > 0 {
		return strings.Join(broken, ", ") + " is not a date"
	}
	return ""
}

// registerDate reads a date cell; a time of day behind it is passed over.
func registerDate(v string) (reeve.Date, bool) {
	if d, ok := lex.ParseDate(v); ok {
		return d, true
	}
	if i := strings.IndexAny(v, "T "); i >= 8 {
		return lex.ParseDate(v[:i])
	}
	return reeve.Date{}, false
}

// signalCodes are the abbreviations that councils use in vulnerability columns.
var signalCodes = map[string]reeve.Signal{
	"da": reeve.SignalDomesticAbuse, "dv": reeve.SignalDomesticAbuse, "dva": reeve.SignalDomesticAbuse, "marac": reeve.SignalDomesticAbuse,
	"pp": reeve.SignalProtectedPerson, "wp": reeve.SignalProtectedPerson, "protected": reeve.SignalProtectedPerson, "anon": reeve.SignalProtectedPerson,
	"sa": reeve.SignalSafeAddress, "refuge": reeve.SignalSafeAddress, "safe": reeve.SignalSafeAddress,
	"cp": reeve.SignalChildProtection, "cpp": reeve.SignalChildProtection, "s47": reeve.SignalChildProtection,
	"nrm": reeve.SignalTrafficking, "ms": reeve.SignalTrafficking, "mst": reeve.SignalTrafficking,
	"lac": reeve.SignalLookedAfter, "cla": reeve.SignalLookedAfter, "cl": reeve.SignalLookedAfter, "careleaver": reeve.SignalLookedAfter,
	"cin": reeve.SignalChildInNeed, "s17": reeve.SignalChildInNeed,
	"sg": reeve.SignalAdultSafeguarding, "asg": reeve.SignalAdultSafeguarding, "s42": reeve.SignalAdultSafeguarding, "sova": reeve.SignalAdultSafeguarding,
	"asc": reeve.SignalAdultCare, "ac": reeve.SignalAdultCare, "care": reeve.SignalAdultCare,
	"mh": reeve.SignalMentalHealth, "s117": reeve.SignalMentalHealth, "mha": reeve.SignalMentalHealth,
	"as": reeve.SignalAsylum, "asy": reeve.SignalAsylum, "uasc": reeve.SignalAsylum, "nrpf": reeve.SignalAsylum,
	"hl": reeve.SignalHomelessness, "hom": reeve.SignalHomelessness, "rs": reeve.SignalHomelessness, "ta": reeve.SignalHomelessness,
	"ar": reeve.SignalAtRiskList, "arl": reeve.SignalAtRiskList,
	"off": reeve.SignalOffender, "mappa": reeve.SignalOffender, "yot": reeve.SignalOffender, "yjs": reeve.SignalOffender,
}

// ParseSignals reads a vulnerable_codes cell: signals joined by ";", or the
// abbreviations above. A code that nobody knows still says that the council
// holds the person on a list of people at risk.
func ParseSignals(cell string) []reeve.Signal {
	var out []reeve.Signal
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == ',' || r == '|' || r == '/' }) {
		part = strings.ToLower(strings.TrimSpace(part))
		s := reeve.Signal(strings.ReplaceAll(part, " ", "_"))
		if !s.Known() {
			var ok bool
			if s, ok = signalCodes[squash(part)]; !ok {
				s = reeve.SignalAtRiskList
			}
		}
		if part != "" && part != "n" && part != "none" && part != "no" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// refHeaders are words in a column's header that tell which reference it is.
var refHeaders = []struct {
	words string
	kind  reeve.Kind
}{
	{"counciltax", reeve.KindCouncilTaxRef}, {"ctref", reeve.KindCouncilTaxRef}, {"ctaccount", reeve.KindCouncilTaxRef}, {"ctaxref", reeve.KindCouncilTaxRef},
	{"benefitref", reeve.KindBenefitRef}, {"claimref", reeve.KindBenefitRef}, {"claimid", reeve.KindBenefitRef}, {"claimnumber", reeve.KindBenefitRef}, {"hbref", reeve.KindBenefitRef},
	{"rentref", reeve.KindRentRef}, {"rentaccount", reeve.KindRentRef}, {"tenancyref", reeve.KindRentRef}, {"tagref", reeve.KindRentRef}, {"paymentref", reeve.KindRentRef},
	{"caseref", reeve.KindCaseRef}, {"caseid", reeve.KindCaseRef}, {"casenumber", reeve.KindCaseRef}, {"mosaicid", reeve.KindCaseRef}, {"socialcareid", reeve.KindCaseRef},
	{"electornumber", reeve.KindElectoralNumber}, {"electoralnumber", reeve.KindElectoralNumber},
	{"passport", reeve.KindPassport}, {"drivinglicence", reeve.KindDrivingLicence}, {"uln", reeve.KindULN}, {"chinumber", reeve.KindCHINumber},
	{"homeofficeref", reeve.KindHomeOfficeRef}, {"vehicleregistration", reeve.KindVehicleRegistration}, {"vrm", reeve.KindVehicleRegistration},
	{"utr", reeve.KindUTR}, {"pncid", reeve.KindPNCID}, {"brp", reeve.KindBRP},
}

// refKind is the kind that a squashed header names, else local_ref.
func refKind(header string) (reeve.Kind, bool) {
	for _, r := range refHeaders {
		if strings.HasPrefix(header, r.words) || strings.HasSuffix(header, r.words) {
			return r.kind, true
		}
	}
	return reeve.KindLocalRef, false
}
