package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/uk"
)

// name is found by structure and by the registers: label.go, table*.go and
// people.go write its findings.
var name = Detector{
	Kind: reeve.KindName, Rule: "name/1", Label: "your name",
	Hits:   []string{"Name: {Amara Okafor}", "Full name: {Tomasz Zielinski}", "Client: {Mr John Smith}", "Surname: {Featherstone}"},
	Misses: []string{"Name:", "Name: n/a", "Full name (block capitals):", "Name of council: Testborough"},
}

// dateOfBirth is never a bare date: it has a label, a column, a word of birth, or
// stands straight behind a name in a record.
var dateOfBirth = Detector{
	Kind: reeve.KindDateOfBirth, Rule: "birth/1", Label: "your date of birth",
	Near:   `dob|d o b|date of birth|born|born on|birth date|birthdate|b d|dt of birth|date born|d of b|birthday|dob is`,
	Check:  checkBirth,
	Hits:   []string{"DOB: {05/03/1984}", "Date of birth: {5 March 1984}", "John Smith, born on {5 March 1984}, lives here", "John Smith (DOB {05.03.84})", "dob {1984-03-05}"},
	Misses: []string{"Letter of 5 March 1984", "DOB: dd/mm/yyyy", "Meeting: 05/03/2014", "born in London in March", "DOB: 45/13/1984"},
}

// checkBirth gives the ISO date of a date on which somebody living in the years
// that council files cover can have been born.
func checkBirth(s string) (string, bool) {
	d, ok := lex.ParseDate(s)
	if !ok || !d.Valid() || d.Year < 1890 || d.Year > 2035 {
		return "", false
	}
	return d.String(), true
}

var address = Detector{
	Kind: reeve.KindAddress, Rule: "address/1", Label: "your address",
	Hits:   []string{"Address: {12 Acacia Road, London, W8 7NX}", "Home address: {Flat 2, 14 Elm Grove}"},
	Misses: []string{"Address:", "Address: as above", "Address: n/a"},
}

var postcode = Detector{
	Kind: reeve.KindPostcode, Rule: "postcode/1", Label: "your postcode",
	Headers: `postcode|post code|postal code|pcode|p code|property postcode|for postcode|zip|zip code|home postcode|propertypostcode|current postcode|your postcode|address postcode|postcode home|
		contact postcode|correspondence postcode|pc|postcode 1|post code home`,
	Check:  uk.NormPostcode[string],
	Hits:   []string{"Postcode: {W8 7NX}", "Post code {w87nx}"},
	Misses: []string{"Postcode:", "Postcode: A1", "Room W8 7"},
}

var uprn = Detector{
	Kind: reeve.KindUPRN, Rule: "uprn/1", Label: "the property reference (UPRN) of your address",
	Near:    `uprn|unique property reference|unique property reference number`,
	Headers: `uprn|unique property reference number|unique property reference|llpg ref|u llpg ref|property urn|llpg uprn|propertyuprn|uprn no|nlpg ref`,
	Shape:   Shape{Digits: span(6, 12)}, Check: uk.NormUPRN[string],
	Hits:   []string{"UPRN: {100023336956}", "uprn {217012345}"},
	Misses: []string{"UPRN: none", "Meter 100023336956"},
}

var email = Detector{
	Kind: reeve.KindEmail, Rule: "email/1", Label: "your e-mail address",
	Headers: `email|e mail|email address|e mail address|emailaddress|email addr|email 1|email 2|personal email|home email|contact email|mail address|work email|email work|email home|
		email personal|email id|own email addr|primary email|secondary email|alternative email|your email|parent email address|email address 1|e mail 1|internet address`,
	Check:  checkEmail,
	Hits:   []string{"Email: {amara.okafor@example.org}", "e-mail {AOkafor@Example.ORG}"},
	Misses: []string{"Email: enquiries@example.gov.uk", "Email: @home", "write to housing@example.gov.uk"},
}

// checkEmail gives the address in lower case, or false for addresses that are
// not a person's: noreply@, enquiries@, housing@ and the like.
func checkEmail(s string) (string, bool) {
	s = strings.Trim(strings.TrimSpace(s), "<>()[]\"'.,;")
	if len(s) > 8 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	at := strings.LastIndexByte(s, '@')
	if at < 1 || len(s) > 254 || strings.ContainsAny(s, " \t\n,;<>()") || !strings.Contains(s[at+1:], ".") || strings.HasSuffix(s, ".") {
		return "", false
	}
	norm := strings.ToLower(s)
	if genericMailbox(norm[:at]) {
		return "", false
	}
	return norm, true
}

// genericMailboxes are local parts that belong to an office, not to a person.
var genericMailboxes = wordSet(`info|information|enquiries|enquiry|enquire|contact|contactus|contact us|admin|administrator|administration|office|reception|help|helpdesk|help desk|support|
	service desk|servicedesk|noreply|no reply|donotreply|do not reply|postmaster|webmaster|hostmaster|mailer daemon|mailerdaemon|abuse|housing|housing options|housingoptions|repairs|
	counciltax|council tax|benefits|revenues|revenuesandbenefits|parking|planning|buildingcontrol|licensing|environmentalhealth|elections|electoral services|electoralservices|registrars|
	libraries|library|schools|admissions|schooladmissions|socialcare|adultsocialcare|adult social care|childrens services|childrensservices|mash|lado|safeguarding|foi|
	freedomofinformation|dpo|dataprotection|data protection|complaints|customerservices|customer services|customerservice|customer service|customerrelations|press|pressoffice|media|
	communications|comms|recruitment|jobs|hr|humanresources|payroll|finance|accounts|accountspayable|invoices|procurement|legal|legalservices|democratic services|democraticservices|
	committee|members|newsletter|news|marketing|sales|team|webteam|web team|it|ict|itservicedesk|security|feedback|hello|mail|email|post|bookings|events|training|highways|streets|
	waste|recycling|trees|noise|pestcontrol|foster|fostering|adoption|sen|send|headteacher|head|reservations|orders|customercare|consultation|consultations|privacy|notifications|
	notification|alerts|updates|secretary|clerk|townclerk|parishclerk|electoral|registrar|council|townhall|town hall`)

func genericMailbox(local string) bool {
	var b [64]byte
	return genericMailboxes[string(foldLabel(b[:0], local))]
}

// phone numbers of a home or a mobile are a person's; freephone, 03 and premium
// numbers are published by organisations.
var phone = Detector{
	Kind: reeve.KindPhone, Rule: "phone/1", Label: "your telephone number",
	Near: `tel|telephone|phone|mobile|mob|call|ring|contact number|phone number|telephone number|home phone|text|contact no|tel no|landline|called|rang|phoned|telephoned|mobile number|contact|fax|
		mobile no|whatsapp|ext|t|m`,
	Headers: `phone|telephone|tel|tel no|telephone number|telephone no|phone number|phone no|mobile|mobile number|mobile no|mob|mobile phone|home phone|home tel|home telephone|contact number|contact no|
		contact tel|contact telephone|contact phone|work phone|work tel|daytime phone|evening phone|landline|phone 1|phone 2|phone2|phonenum1|phonenum2|phonenum3|phonenum4|own telno|telephone 1|
		telephone 2|tel home|tel work|tel mobile|mobile tel|day tel|eve tel|telno|phone home|phone mobile|phone work|home number|work number|mobile telephone|telephone home|telephone mobile|
		telephone work|daytime telephone|emergency contact number|emergency contact no|emergency contact phone|emergency number|tel number|contact details|cc phone|ccphone|home tel no|
		mobile tel no|phone numbers|contact numbers|tel 1|tel 2|your telephone number|whatsapp|home phone number|mobile phone number|daytime contact number|evening contact number|primary phone|cell`,
	Shape: Shape{Digits: span(9, 14)}, Check: checkPhone, Lone: reeve.ConfidenceD, NearPerson: reeve.ConfidenceC,
	Hits:   []string{"Tel: {020 7946 0123}", "Mobile: {07700 900123}", "phone {+44 7700 900123}", "call her on {(020) 7946 0123}"},
	Misses: []string{"Tel: 0808 157 0123", "Order 07700900123", "Tel: 12345", "Helpline: 0300 123 4567", "Meter reading 01632960"},
}

// checkPhone refuses the ranges that organisations publish.
func checkPhone(s string) (string, bool) {
	if i := strings.IndexAny(s, "xXeE;"); i > 8 { // an extension behind the number
		s = s[:i]
	}
	s = strings.NewReplacer("(", " ", ")", " ").Replace(s)
	switch uk.ClassifyPhone(s) {
	case uk.Geographic, uk.Mobile, uk.Personal:
		return uk.NormPhone(s)
	}
	return "", false
}
