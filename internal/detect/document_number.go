package detect

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// passport numbers carry no check digit outside the machine readable zone
// (mrz.go): nine digits are a passport's only beside the word.
var passport = Detector{
	Kind: reeve.KindPassport, Rule: "passport/1", Label: "your passport number",
	Near:    `passport|passport number|passport no|passport num|travel document`,
	Headers: `passport|passport number|passport no|passport num|british passport|passport number uk|passport id`,
	Shape:   Shape{Digits: lengths(9), Mixed: lengths(7, 9)}, Check: uk.NormPassport[string],
	Hits: []string{"Passport No: {533401372}", "holds passport number {533401372}", "passport no. {533 401 372}",
		"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n{L898902C3}6UTO7408122F1204159ZE184226B<<<<<10"},
	Misses: []string{"Order number 533401372", "Passport fee: 7250", "Passport number: 111111111", "The passport office, ref 12/34"},
}

// drivingLicence holds five letters of the surname, the date of birth, the sex
// and the initials: linkage compares them with the person it stands beside.
var drivingLicence = Detector{
	Kind: reeve.KindDrivingLicence, Rule: "driver/1", Label: "your driving licence number",
	Near:    `driving licence|driving licence number|driving licence no|driver number|licence number|licence no|dvla|driver licence|driving license|provisional licence`,
	Headers: `driving licence|driving licence number|driving licence no|driver number|licence number|licence no|driver licence number|dl number|driving license number|driver no|driving licence num`,
	Shape:   Shape{Mixed: lengths(16, 18)}, Check: uk.NormDriver[string], Lone: reeve.ConfidenceC, NearPerson: reeve.ConfidenceC,
	Hits:   []string{"Driving licence no: {MORGA657054SM9IJ}", "Licence number {MORGA 657054 SM9IJ}", "driver number {morga657054sm9ij}"},
	Misses: []string{"Driving licence no: MORGA697054SM9IJ", "Serial ABCDE999999AB9CD"},
}

var brp = Detector{
	Kind: reeve.KindBRP, Rule: "brp/1", Label: "your biometric residence permit number",
	Near:    `brp|biometric residence permit|residence permit|brp number|brp no|permit number`,
	Headers: `brp|brp number|brp no|biometric residence permit|residence permit|biometric residence permit number|residence permit number`,
	Shape:   Shape{Mixed: lengths(9)}, Check: uk.NormBRP[string],
	Hits:   []string{"BRP number: {ZW9005196}", "biometric residence permit {ZWX005196}"},
	Misses: []string{"Part number ZW9005196", "BRP number: Z99005196"},
}

// homeOfficeRef also takes the Application Registration Card of asylum seekers
// (three letters and digits, with hyphens) beside its name.
var homeOfficeRef = Detector{
	Kind: reeve.KindHomeOfficeRef, Rule: "home-office/1", Label: "your Home Office reference",
	Near: `home office|home office ref|home office reference|home office number|ho ref|ho reference|arc|arc number|arc no|nass|nass ref|nass number|asylum|asylum support|nrpf|ukvi|immigration|cid number|
		home office ref no|asylum seeker|s95|section 95|uasc`,
	Headers: `home office ref|home office reference|ho ref|ho reference|ho ref no|home office number|home office no|arc|arc number|arc no|nass ref|nass number|nass reference|cid number|home office reference number|asylum support ref|port reference|ho number`,
	Shape:   Shape{Digits: lengths(12), Mixed: span(8, 12)}, Check: checkHomeOffice,
	Hits:   []string{"Home Office ref: {A1234567}", "Home Office reference {M1234567/2}", "ARC number: {ABC/12345/6}", "NASS ref {12/03/04567/001}"},
	Misses: []string{"Invoice A1234567", "Home Office ref: 12345", "the asylum report A4"},
}

// checkHomeOffice takes the file reference (a letter and seven digits), the card
// (letters, then digits, in parts) and the support reference yy/mm/nnnnn/nnn.
func checkHomeOffice(s string) (string, bool) {
	if norm, ok := uk.NormHomeOfficeRef(s); ok {
		return norm, true
	}
	norm := squeeze(s)
	letters, digits := count(norm)
	switch {
	case letters == 3 && digits >= 5 && digits <= 9 && !isDigit(norm[0]):
		return norm, true
	case letters == 0 && digits == 12 && slashes(s) == 3:
		return norm, true
	}
	return "", false
}

// pncID is criminal-offence data wherever it stands.
var pncID = Detector{
	Kind: reeve.KindPNCID, Rule: "pnc/1", Label: "your Police National Computer number",
	Near:    `pnc|pnc id|pncid|pnc number|pnc no|police national computer|pnc ref`,
	Headers: `pnc|pnc id|pncid|pnc number|pnc no|pnc ref|police national computer id`,
	Shape:   Shape{Mixed: span(4, 12)}, Check: uk.NormPNC[string], NearPerson: reeve.ConfidenceD,
	Hits:   []string{"PNC ID: {2002/0073319Z}", "PNC {02/73319Z}", "pnc no {2001/0171310W}"},
	Misses: []string{"PNC ID: 2002/0073319A", "Ref 2002/0073319Z", "PNC 12/34"},
}
