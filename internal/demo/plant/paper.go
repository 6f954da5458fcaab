package plant

import (
	"fmt"

	"github.com/reeve-council/reeve"
)

// paper is one document before it has a file format: blocks in order, and the
// facts that were planted while it was written.
type paper struct {
	chance
	town    *town
	manner  manner
	date    reeve.Date
	title   string
	cast    map[byte]actor
	blocks  []block
	facts   []Fact
	ocr     bool // everything as a poor scan left it
	mail    bool // has a mail's head
	head    mailHead
	attach  []attachment
	matter  *matter
	hidden  bool // blocks that follow go to a hidden sheet or to comments
	comment bool
}

// actor is somebody's part in a document.
type actor struct {
	*human
	capacity reeve.Capacity
}

// block is a line of text (a paragraph in a word processor) or a table.
type block struct {
	text            string
	heading         bool
	rows            [][]string
	sheet           string
	hidden, comment bool
}

// mailHead is what a message says before its text.
type mailHead struct {
	from, to, cc, subject string
}

// attachment is a file that a mail carries: already written, with its facts.
type attachment struct {
	name  string
	bytes []byte
	facts []Fact
}

// plant records a value that stands in the text. The text is returned, so that
// writing and recording cannot part.
func (p *paper) plant(who actor, w written, signal reeve.Signal, negated bool) string {
	if w.text == "" || w.form == "" || who.human == nil {
		return w.text
	}
	p.facts = append(p.facts, Fact{Person: who.ref(), Kind: w.kind, Value: w.text, Form: w.form, Capacity: who.capacity.String(),
		Signal: signal, Negated: negated, block: len(p.blocks), old: who.homeOn(p.date) != who.home})
	return w.text
}

// line ends the block that is being written.
func (p *paper) line(text string, heading bool) {
	p.blocks = append(p.blocks, block{text: text, heading: heading, hidden: p.hidden, comment: p.comment})
}

// ref names a human in the truth.
func (h *human) ref() string {
	if h.offRegister {
		return fmt.Sprintf("X%06d", h.n)
	}
	return fmt.Sprintf("H%06d", h.n)
}

// field writes what {x.field} stands for. The empty form means that the person
// has no such thing.
func (p *paper) field(h *human, name string) (written, bool) {
	home := h.homeOn(p.date)
	switch name {
	case "name":
		form := pick(p.chance, p.manner.names)
		if p.ocr && p.one(0.6) {
			form = "ocr"
		}
		return nameAs(h, form, p.chance), true
	case "full":
		return nameAs(h, p.fullForm(), p.chance), true
	case "full_middle", "reversed", "reversed_caps", "caps", "lower", "initialled", "initials", "titled", "titled_initial", "titled_full",
		"given", "surname", "nick", "former", "half", "typo", "ocr":
		return nameAs(h, name, p.chance), true
	case "dob":
		return written{dateAs(h.born, p.manner.births), reeve.KindDateOfBirth, fmt.Sprintf("dob%d", p.manner.births)}, true
	case "isodob":
		return written{h.born.String(), reeve.KindDateOfBirth, "dob_iso"}, true
	case "addr":
		return addressAs(home), true
	case "nowaddr":
		return addressAs(h.home), true
	case "pc":
		return postcodeAs(home, p.chance), true
	case "nowpc":
		return postcodeAs(h.home, p.chance), true
	case "nino":
		return ninoAs(h.nino, p.chance), true
	case "nhs":
		return nhsAs(h.nhs, p.chance), true
	}
	return p.number(h, name)
}

// fullForm is how a full name turns out: mostly as it is; now and then as the
// person is called, or was before, and damaged on a poor scan.
func (p *paper) fullForm() string {
	if p.ocr && p.one(0.5) {
		return "ocr"
	}
	switch p.IntN(40) {
	case 0, 1:
		return "nick"
	case 2:
		return "former"
	case 3:
		return "half"
	}
	return "full"
}

// number writes the references that the council gave, and how a person is
// reached.
func (p *paper) number(h *human, name string) (written, bool) {
	one := func(text string, kind reeve.Kind) (written, bool) { return written{text, kind, name}, true }
	switch name {
	case "email":
		return one(h.email, reeve.KindEmail)
	case "phone":
		return one(h.phone, reeve.KindPhone)
	case "ctax":
		return one(h.ctax, reeve.KindCouncilTaxRef)
	case "claim":
		return one(h.claim, reeve.KindBenefitRef)
	case "rent":
		return one(h.rent, reeve.KindRentRef)
	case "case":
		return one(h.caseRef, reeve.KindCaseRef)
	case "mosaic":
		return one(mosaicID(h), reeve.KindCaseRef)
	case "payroll":
		return one(h.payroll, reeve.KindLocalRef)
	case "elector":
		if h.elector == "" {
			return one("", reeve.KindElectoralNumber)
		}
		return one(electorPrefix(h)+h.elector, reeve.KindElectoralNumber)
	}
	return p.document(h, name)
}

// document writes the numbers of papers, vehicles, pupils and accounts.
func (p *paper) document(h *human, name string) (written, bool) {
	one := func(text string, kind reeve.Kind) (written, bool) { return written{text, kind, name}, true }
	switch name {
	case "upn":
		return one(h.upn, reeve.KindUPN)
	case "uln":
		return one(ulnOf(h.n), reeve.KindULN)
	case "utr":
		return one(utrOf(h.n), reeve.KindUTR)
	case "pnc":
		return one(pncOf(h.n, int(p.date.Year)), reeve.KindPNCID)
	case "uprn":
		return one(h.homeOn(p.date).uprn, reeve.KindUPRN)
	case "mark":
		return one(h.mark, reeve.KindVehicleRegistration)
	case "passport":
		return one(passportOf(h.n), reeve.KindPassport)
	case "brp":
		return one(permitOf(h.n), reeve.KindBRP)
	case "ho":
		return one(homeOfficeOf(h.n), reeve.KindHomeOfficeRef)
	case "licence":
		return one(drivingLicenceOf(h), reeve.KindDrivingLicence)
	case "bank":
		if h.account == "" {
			return one("", reeve.KindBankAccount)
		}
		return one(h.sort+" "+h.account, reeve.KindBankAccount)
	case "account":
		return one(h.account, reeve.KindBankAccount)
	case "iban":
		return one(ibanOf(h.sort, h.account), reeve.KindIBAN)
	case "card":
		return one(luhn(fmt.Sprintf("400000%09d", h.n*7919%1000000000)), reeve.KindPaymentCard)
	}
	return written{}, false
}
