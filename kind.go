package reeve

import (
	"maps"
	"slices"
)

// Kind names what a personal value is: nino, bank_account, health …
// Category is the data type in the vocabulary of the Information
// Commissioner's breach report, plus "social circumstances", which is ours.
type (
	Kind     string
	Category string
)

// Categories.
const (
	CategoryBasic          Category = "basic identifiers"
	CategoryIdentification Category = "identification data"
	CategoryFinancial      Category = "economic and financial"
	CategoryDocuments      Category = "official documents"
	CategoryLocation       Category = "location"
	CategoryHealth         Category = "health"
	CategoryGenetic        Category = "genetic or biometric"
	CategoryEthnic         Category = "racial or ethnic origin"
	CategoryPolitical      Category = "political opinions"
	CategoryReligious      Category = "religious or philosophical beliefs"
	CategoryTradeUnion     Category = "trade union membership"
	CategorySexLife        Category = "sex life"
	CategorySexual         Category = "sexual orientation"
	CategoryGender         Category = "gender reassignment"
	CategoryCriminal       Category = "criminal convictions or offences"
	CategoryCircumstances  Category = "social circumstances"
	CategoryNotYetKnown    Category = ""
)

// Kinds of the contract: add, never rename.
const (
	KindName                Kind = "name"
	KindDateOfBirth         Kind = "date_of_birth"
	KindAddress             Kind = "address"
	KindPostcode            Kind = "postcode"
	KindUPRN                Kind = "uprn"
	KindEmail               Kind = "email"
	KindPhone               Kind = "phone"
	KindNINO                Kind = "nino"
	KindNHSNumber           Kind = "nhs_number"
	KindCHINumber           Kind = "chi_number"
	KindUPN                 Kind = "upn"
	KindULN                 Kind = "uln"
	KindElectoralNumber     Kind = "electoral_number"
	KindVehicleRegistration Kind = "vehicle_registration"
	KindCouncilTaxRef       Kind = "council_tax_ref"
	KindBenefitRef          Kind = "benefit_ref"
	KindRentRef             Kind = "rent_ref"
	KindCaseRef             Kind = "case_ref"
	KindLocalRef            Kind = "local_ref"
	KindCredential          Kind = "credential"
	KindIPAddress           Kind = "ip_address"
	KindIBAN                Kind = "iban"
	KindBankAccount         Kind = "bank_account"
	KindPaymentCard         Kind = "payment_card"
	KindUTR                 Kind = "utr"
	KindVATNumber           Kind = "vat_number"
	KindIncome              Kind = "income"
	KindBenefits            Kind = "benefits"
	KindDebt                Kind = "debt"
	KindPassport            Kind = "passport"
	KindDrivingLicence      Kind = "driving_licence"
	KindBRP                 Kind = "brp"
	KindHomeOfficeRef       Kind = "home_office_ref"
	KindLocation            Kind = "location"
	KindHealth              Kind = "health"
	KindDisability          Kind = "disability"
	KindGenetic             Kind = "genetic"
	KindBiometric           Kind = "biometric"
	KindEthnicity           Kind = "ethnicity"
	KindPolitics            Kind = "politics"
	KindReligion            Kind = "religion"
	KindTradeUnion          Kind = "trade_union"
	KindSexLife             Kind = "sex_life"
	KindSexualOrientation   Kind = "sexual_orientation"
	KindGenderReassignment  Kind = "gender_reassignment"
	KindOffence             Kind = "offence"
	KindPNCID               Kind = "pnc_id"
	KindChildSocialCare     Kind = "child_social_care"
	KindAdultSocialCare     Kind = "adult_social_care"
	KindDomesticAbuse       Kind = "domestic_abuse"
	KindImmigration         Kind = "immigration"
	KindHomelessness        Kind = "homelessness"
	KindEducationNeed       Kind = "education_need"
	KindProtection          Kind = "protection"
	KindAge                 Kind = "age"
	KindDeath               Kind = "death"
)

// kindCategory is the contract's table kind → category.
var kindCategory = map[Kind]Category{
	KindName: CategoryBasic, KindDateOfBirth: CategoryBasic, KindAddress: CategoryBasic, KindPostcode: CategoryBasic,
	KindUPRN: CategoryBasic, KindEmail: CategoryBasic, KindPhone: CategoryBasic, KindNINO: CategoryBasic,
	KindNHSNumber: CategoryBasic, KindCHINumber: CategoryBasic, KindUPN: CategoryBasic, KindULN: CategoryBasic,
	KindElectoralNumber: CategoryBasic, KindVehicleRegistration: CategoryBasic, KindCouncilTaxRef: CategoryBasic,
	KindBenefitRef: CategoryBasic, KindRentRef: CategoryBasic, KindCaseRef: CategoryBasic, KindLocalRef: CategoryBasic,
	KindCredential: CategoryIdentification, KindIPAddress: CategoryIdentification,
	KindIBAN: CategoryFinancial, KindBankAccount: CategoryFinancial, KindPaymentCard: CategoryFinancial, KindUTR: CategoryFinancial,
	KindVATNumber: CategoryFinancial, KindIncome: CategoryFinancial, KindBenefits: CategoryFinancial, KindDebt: CategoryFinancial,
	KindPassport: CategoryDocuments, KindDrivingLicence: CategoryDocuments, KindBRP: CategoryDocuments, KindHomeOfficeRef: CategoryDocuments,
	KindLocation: CategoryLocation,
	KindHealth:   CategoryHealth, KindDisability: CategoryHealth,
	KindGenetic: CategoryGenetic, KindBiometric: CategoryGenetic,
	KindEthnicity: CategoryEthnic, KindPolitics: CategoryPolitical, KindReligion: CategoryReligious, KindTradeUnion: CategoryTradeUnion,
	KindSexLife: CategorySexLife, KindSexualOrientation: CategorySexual, KindGenderReassignment: CategoryGender,
	KindOffence: CategoryCriminal, KindPNCID: CategoryCriminal,
	KindChildSocialCare: CategoryCircumstances, KindAdultSocialCare: CategoryCircumstances, KindDomesticAbuse: CategoryCircumstances,
	KindImmigration: CategoryCircumstances, KindHomelessness: CategoryCircumstances, KindEducationNeed: CategoryCircumstances,
	KindProtection: CategoryCircumstances,
	KindAge:        CategoryBasic, KindDeath: CategoryBasic,
}

// Category is the category of a kind. A kind that a council added for itself
// counts as a basic identifier unless its detector says otherwise.
func (k Kind) Category() Category {
	if c, ok := kindCategory[k]; ok {
		return c
	}
	return CategoryBasic
}

// Kinds are the contract's kinds, in bytewise order.
func Kinds() []Kind { return slices.Sorted(maps.Keys(kindCategory)) }

// Known reports whether the kind is one of the contract's.
func (k Kind) Known() bool { _, ok := kindCategory[k]; return ok }

// Circumstance reports whether the kind is said of a person in words rather
// than carried by a value with a form: health, offences, social care …
func (k Kind) Circumstance() bool {
	switch k.Category() {
	case CategoryHealth, CategoryGenetic, CategoryEthnic, CategoryPolitical, CategoryReligious, CategoryTradeUnion,
		CategorySexLife, CategorySexual, CategoryGender, CategoryCircumstances:
		return true
	}
	return k == KindOffence || k == KindIncome || k == KindBenefits || k == KindDebt
}

// UniqueID reports whether a value of the kind belongs to one human alone.
func (k Kind) UniqueID() bool {
	switch k {
	case KindNINO, KindNHSNumber, KindCHINumber, KindUPN, KindULN, KindPassport, KindDrivingLicence, KindBRP, KindHomeOfficeRef, KindPNCID, KindUTR:
		return true
	}
	return false
}
