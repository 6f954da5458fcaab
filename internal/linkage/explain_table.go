package linkage

// idWords are the words for a field of identifying values.
func idWords(what string) []string {
	return []string{
		idSame: "the same " + what,
		idNear: "a " + what + " that differs in one character",
		idElse: "a different " + what,
	}
}

// levelWords say in plain English what each level of each field found.
var levelWords = [fieldCount][]string{
	fieldName: {
		nameExact:         "the same full name",
		nameSwapped:       "the same names in exchanged order",
		nameNick:          "the same surname and another form of the given name",
		nameNear:          "the same name but for a small difference in spelling",
		namePart:          "a part of a compound, previous or middle name agrees",
		nameBothNear:      "both parts of the name are spelt a little differently",
		nameInitial:       "the same surname and initial",
		nameInitialNear:   "the same initial and a similar surname",
		nameSurname:       "the same surname (one side gives no given name)",
		nameGiven:         "the same given name (one side gives no surname)",
		nameGivenSound:    "a name that is loosely alike",
		nameGivenChanged:  "the same given name with another surname",
		nameGivenConflict: "the same surname with another given name",
		nameElse:          "another name",
	},
	fieldMiddle: {"the same middle name", "the same middle initial", "another middle name"},
	fieldBorn: {
		bornExact:   "the same date of birth",
		bornSwapped: "the same date of birth with day and month exchanged",
		bornEdit:    "a date of birth with one digit different",
		bornPart:    "the same date of birth as far as it is given",
		bornAge:     "the stated age fits the date of birth",
		bornYear:    "the same year of birth with another day",
		bornAgeNear: "the stated age is a year off the date of birth",
		bornDecade:  "a date of birth with two digits different",
		bornElse:    "another date of birth",
	},
	fieldHome: {
		homeSame:         "the same address",
		homeDoor:         "the same house number and postcode",
		homeBuilding:     "the same building",
		homeStreetDoor:   "the same house number and street",
		homePostcode:     "the same postcode",
		homeNear:         "a nearly equal address",
		homeMisspelt:     "the same house number in a street of similar name",
		homeNeighbour:    "a neighbouring address",
		homeStreet:       "the same street name",
		homePostcodeNear: "a postcode with one character different",
		homeSector:       "the same neighbourhood",
		homeDistrict:     "the same postal district",
		homeElse:         "another address",
	},
	fieldNINO:    idWords("National Insurance number"),
	fieldNHS:     idWords("NHS number"),
	fieldUnique:  idWords("unique identifier"),
	fieldRef:     idWords("council reference"),
	fieldEmail:   idWords("e-mail address"),
	fieldPhone:   idWords("telephone number"),
	fieldAccount: idWords("bank account"),
}
