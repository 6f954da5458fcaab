package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// detectors is the list of all kinds that Reeve finds. Where two detectors take
// the same value, the one that stands first is asked first.
var detectors = []*Detector{
	// numbers given to one person
	&nino, &nhsNumber, &chiNumber, &upn, &uln, &pncID, &utr,
	// money
	&iban, &bankAccount, &paymentCard, &vatNumber,
	// documents
	&passport, &drivingLicence, &brp, &homeOfficeRef,
	// how to reach a person
	&name, &dateOfBirth, &age, &death, &address, &postcode, &uprn, &email, &phone, &location,
	// council references
	&electoralNumber, &vehicleRegistration, &councilTaxRef, &benefitRef, &rentRef, &caseRef, &localRef,
	// access
	&credential, &ipAddress,
	// said in words
	&health, &disability, &genetic, &biometric, &ethnicity, &politics, &religion, &tradeUnion, &sexLife, &sexualOrientation, &genderReassignment,
	&offence, &childSocialCare, &adultSocialCare, &domesticAbuse, &immigration, &homelessness, &educationNeed, &protection,
	&income, &benefits, &debt,
}

// detectorOf gives the detector of a kind, or nil.
func detectorOf(kind reeve.Kind) *Detector {
	for _, d := range detectors {
		if d.Kind == kind {
			return d
		}
	}
	return nil
}

// Label is the package's Label, and for kinds of a council's own detectors what
// their file calls them.
func (s *Set) Label(kind reeve.Kind) string {
	for _, c := range s.custom {
		if c.Kind == kind && detectorOf(kind) == nil {
			return c.Label
		}
	}
	return Label(kind)
}

// Label says in plain English, to the person whose it is, what a kind of value
// is: "your National Insurance number".
func Label(kind reeve.Kind) string {
	if d := detectorOf(kind); d != nil {
		return d.Label
	}
	return "your " + strings.ReplaceAll(string(kind), "_", " ")
}
