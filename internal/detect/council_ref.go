package detect

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// Council references have no national form: they are known by value where a
// register holds them (lex marks those), and by their label elsewhere.

var councilTaxRef = Detector{
	Kind: reeve.KindCouncilTaxRef, Rule: "council-tax/1", Label: "your council tax reference",
	Near: `council tax account|council tax ref|council tax reference|council tax number|council tax account number|council tax no|ctax ref|ct ref|ctax account|council tax account no|ct account`,
	Headers: `council tax ref|council tax reference|council tax account|council tax account number|council tax number|council tax no|ctax ref|ct ref|ct account|account ref|ctax account|ctaccount|
		ct ref no|ctax ref no|council tax acc no|council tax account ref|ctax number|liability ref|ctax acc|ct account no|council tax acc|council tax account no`,
	Shape: Shape{Digits: span(7, 14), Mixed: span(7, 14)}, Check: checkRef,
	Hits:   []string{"Council tax account number: {501234567}", "your council tax ref {5012345678}"},
	Misses: []string{"Council tax helpline 020 7946 0001", "Council tax account number: not known"},
}

var benefitRef = Detector{
	Kind: reeve.KindBenefitRef, Rule: "benefit-ref/1", Label: "your benefit claim reference",
	Near: `claim ref|claim reference|claim number|claim no|benefit ref|benefit reference|hb ref|hb claim|hb reference|housing benefit ref|housing benefit reference|housing benefit claim|claim id|hb ctb ref|housing benefit number|hb number`,
	Headers: `claim id|claim ref|claim reference|claim no|claim number|hb claim|hb ref|hb reference|benefit ref|benefit reference|hb claim ref|housing benefit ref|housing benefit reference|
		housing benefit claim number|hb claim no|hb number|benefit claim ref|hb claim number|hb claim reference|ctr ref|claim no hb|hbclaim|benefit claim number|benefit number|housing benefit no`,
	Shape: Shape{Digits: span(5, 14), Mixed: span(5, 14)}, Check: checkRef,
	Hits:   []string{"Claim reference: {501234999}", "HB claim no. {500123456}"},
	Misses: []string{"Claim number: pending", "You may claim 12 weeks"},
}

var rentRef = Detector{
	Kind: reeve.KindRentRef, Rule: "rent-ref/1", Label: "your rent or tenancy reference",
	Near: `rent account|rent account number|rent ref|rent reference|tenancy ref|tenancy reference|tenancy number|payment ref rent|rent account no|tenancy no`,
	Headers: `rent ref|rent account|rent account number|rent account no|rent reference|tenancy ref|tenancy reference|tag ref|tenancy no|tenancy number|house ref|tenancy id|rent acc no|
		rent account ref|tenant ref|tenant reference|tenancy agreement ref|rent payment ref|rent acc ref|tenant id|tenant number|tenant no`,
	Shape: Shape{Digits: span(6, 14), Mixed: span(5, 14)}, Check: checkRef,
	Hits:   []string{"Rent account number: {228000123401}", "tenancy ref {0123456/01}"},
	Misses: []string{"Rent account in arrears of £1,200", "rent week 12"},
}

var caseRef = Detector{
	Kind: reeve.KindCaseRef, Rule: "case-ref/1", Label: "your case reference",
	Near: `case number|case no|case ref|case reference|mosaic id|mosaic number|mosaic no|client id|client ref|client number|person id|framework i|fwi number|lcs id|liquidlogic id|case id|ss number|swift id|swift number|
		social care number|service user number|our ref|our reference|crn|fostering ref|application ref|application number|homeless application ref|carefirst number`,
	Headers: `case number|case no|case ref|case reference|case id|mosaic id|mosaic no|mosaic number|client id|client ref|client number|client no|person id|person ref|person number|lcs id|
		liquidlogic id|service user id|service user number|swift id|fwi id|framework i id|crn|customer ref|customer reference|customer id|customer number|our ref|our reference|your ref|your reference|ref|
		ref no|reference|reference no|reference number|application ref|application number|application no|application id|house id|person no|child id|lcs number|contact id|referral id|social care id|
		social care number|mosaic person id|person ref no|file ref|file reference|file no|case ref no|case record no|hclic case ref|marac ref no|carefirst id|carefirst no|carefirst number|our ref no|
		complaint ref|complaint reference|enquiry ref|pcn|pcn number|penalty charge notice`,
	Shape: Shape{Digits: span(5, 14), Mixed: span(5, 16)}, Check: checkRef,
	Hits:   []string{"Our ref: {HSG/2014/00123}", "Mosaic ID: {1234567}", "case number {CN-204417}"},
	Misses: []string{"Our ref: n/a", "The case number is in the file", "Case 12"},
}

var localRef = Detector{
	Kind: reeve.KindLocalRef, Rule: "local-ref/1", Label: "another reference number about you",
	Near: `payroll number|payroll no|employee number|employee no|staff number|pupil id|library card|library number|membership number|badge number|permit number|customer ref`,
	Headers: `payroll number|payroll no|employee number|employee no|employee id|staff number|staff no|staff id|pupil id|student id|admission number|admission no|library card|library number|
		library card number|membership number|membership no|member no|badge number|badge no|permit number|permit no|person urn|urn|staff ref|payroll ref|assignment number|emp no|
		emp id|employee ref|learner id|adno|candidate number|freedom pass number|freedom pass no|payroll id|pay number|pay no|personnel number|personnel no|membership id|volunteer id`,
	Shape: Shape{Digits: span(4, 14), Mixed: span(5, 14)}, Check: checkRef,
	Hits:   []string{"Payroll number: {00456712}", "Library card: {L00123456}"},
	Misses: []string{"Payroll number: tbc", "payroll runs monthly"},
}

// electoralNumber is hopeless without its label: two letters and some digits.
var electoralNumber = Detector{
	Kind: reeve.KindElectoralNumber, Rule: "electoral/1", Label: "your electoral register number",
	Near: `elector number|electoral number|electoral roll number|electoral register number|elector no|polling number|electoral no|register number`,
	Headers: `elector number|electoral number|electoral roll number|electoral register number|elector no|elector id|electornumber|electoral roll no|elector num|electoral no|elector reference|
		electoral roll`,
	Shape: Shape{Mixed: span(3, 9)}, Check: uk.NormElectoralNumber[string],
	Hits:   []string{"Electoral number: {AB-1234}", "Elector No: {AB-123/1}", "elector number {AB1234}"},
	Misses: []string{"Form AB-1234", "Electoral number: pending"},
}

// vehicleRegistration needs words of vehicles: postcodes and part numbers look
// alike.
var vehicleRegistration = Detector{
	Kind: reeve.KindVehicleRegistration, Rule: "vehicle/1", Label: "your vehicle registration",
	Near: `vrm|vehicle registration|registration number|reg no|reg number|registration mark|car reg|vehicle reg|vehicle|car|parking permit|number plate|pcn|penalty charge|van|motorcycle|
		parked|dvla|blue badge|permit|licence plate|registration plate|abandoned vehicle`,
	Headers: `vrm|vehicle registration|registration|reg no|registration number|vehicle reg|car reg|car registration|vehicle registration mark|number plate|vehicle reg no|reg mark|reg number|
		vehicle registration number|vehicle registration no|vehicle|car reg no|registration mark|car|vrn|vehicle vrm|vehicle 1|vehicle 2|registration plate`,
	Shape: Shape{Mixed: span(4, 7)}, Check: checkVehicle,
	Hits:   []string{"VRM: {AB12 CDE}", "her car, reg no {AB12CDE}", "vehicle {A123 BCD} parked", "Registration number: {ABC 123D}"},
	Misses: []string{"Flat AB12 CDE", "Model A123 BCD", "Car park P12"},
}

// checkVehicle leaves out dateless marks: ABC 123 is any code.
func checkVehicle(s string) (string, bool) {
	switch uk.ClassifyVehicle(s) {
	case uk.NotVehicle, uk.VehicleDateless:
		return "", false
	}
	return uk.NormVehicle(s)
}

// checkRef takes what councils print as a reference: 4 to 20 letters and digits
// with at least three digits, no words, not all one digit.
func checkRef(s string) (string, bool) {
	if len(s) > 32 {
		return "", false
	}
	norm := squeeze(s)
	letters, digits := count(norm)
	if digits < 3 || letters+digits < 4 || letters+digits > 20 || letters > 8 {
		return "", false
	}
	same := true
	for i := 1; i < len(norm); i++ {
		same = same && norm[i] == norm[0]
	}
	return norm, !same
}
