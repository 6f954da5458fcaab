package linkage

import "github.com/reeve-council/reeve"

// The comparison fields, in the order of a level vector.
const (
	fieldName = iota
	fieldMiddle
	fieldBorn
	fieldHome
	fieldNINO
	fieldNHS
	fieldUnique // every other id that belongs to one human alone
	fieldRef    // council references, which a household may share
	fieldEmail
	fieldPhone
	fieldAccount
	fieldCount
)

// rarityAt is the place of the rarity byte in a level vector: quarters of a bit
// plus 128, how much rarer (or more common) the agreeing name is than an
// average one. It stands there so that a stored vector gives the weight exactly.
const rarityAt = fieldCount

// maxExtras is how many free columns a generic data set may compare (Dedupe).
const maxExtras = 8

// vector is the level of every field of one compared pair, then the rarity,
// then the free columns. 255 is "missing": no evidence either way.
type vector [fieldCount + 1 + maxExtras]byte

const missing = 255

// Levels of the name, compared as a pair, strongest first. Weights need not fall
// from row to row (see params.go), but the best level of several written forms
// is the one with the lowest number.
const (
	nameExact         = iota
	nameSwapped       // given name and surname exchanged
	nameNick          // a usual short or other form of the given name
	nameNear          // one part misspelt
	namePart          // one part of a double-barrelled, compound or previous name
	nameBothNear      // both parts misspelt or partial
	nameInitial       // initial and surname
	nameInitialNear   // initial and a misspelt or partial surname
	nameSurname       // surname, where one side has no given name
	nameGiven         // given name, where one side has no surname
	nameGivenSound    // both parts loosely alike
	nameGivenChanged  // same given name, another surname
	nameGivenConflict // same surname, another given name
	nameElse
	nameLevels
)

const (
	middleExact = iota
	middleInitial
	middleElse
	middleLevels
)

const (
	bornExact   = iota
	bornSwapped // day and month exchanged
	bornEdit    // one digit wrong or two exchanged
	bornPart    // all parts that both give agree
	bornAge     // the stated age fits
	bornYear    // the year agrees, day or month do not
	bornAgeNear // the stated age is one off
	bornDecade  // two digits wrong
	bornElse
	bornLevels
)

const (
	homeSame         = iota // same UPRN, or same unit, number and street
	homeDoor                // same number and postcode, street not comparable or misspelt
	homeBuilding            // same number and street, another or no unit
	homeStreetDoor          // same number and street, postcode missing on a side
	homePostcode            // same postcode, nothing finer to compare
	homeNear                // postcode one edit off, number or street agrees
	homeMisspelt            // number and a misspelt street agree in another postcode
	homeNeighbour           // same postcode, another door
	homeStreet              // same street name
	homePostcodeNear        // postcode one edit off
	homeSector
	homeDistrict
	homeElse
	homeLevels
)

// Levels of identifying values and of free columns.
const (
	idSame = iota
	idNear // one edit off
	idElse
	idLevels
)

const (
	extraSame = iota
	extraNear // likeness of 0.9 or more, or one contains the other
	extraFair // likeness of 0.75 or more
	extraElse
	extraLevels
)

// levelsOf is the number of levels of each field.
var levelsOf = [fieldCount]int{nameLevels, middleLevels, bornLevels, homeLevels, idLevels, idLevels, idLevels, idLevels, idLevels, idLevels, idLevels}

// fieldNames name the fields in stored parameters and reports.
var fieldNames = [fieldCount]string{"name", "middle", "born", "home", "nino", "nhs", "unique", "ref", "email", "phone", "account"}

// fieldOfKind is the comparison field of an identifying kind.
func fieldOfKind(k reeve.Kind) (uint8, bool) {
	switch k {
	case reeve.KindNINO:
		return fieldNINO, true
	case reeve.KindNHSNumber, reeve.KindCHINumber:
		return fieldNHS, true
	case reeve.KindEmail:
		return fieldEmail, true
	case reeve.KindPhone:
		return fieldPhone, true
	case reeve.KindBankAccount, reeve.KindIBAN, reeve.KindPaymentCard:
		return fieldAccount, true
	case reeve.KindCouncilTaxRef, reeve.KindBenefitRef, reeve.KindRentRef, reeve.KindCaseRef, reeve.KindLocalRef,
		reeve.KindElectoralNumber, reeve.KindVehicleRegistration:
		return fieldRef, true
	}
	if k.UniqueID() {
		return fieldUnique, true
	}
	return 0, false
}
