package report

import (
	"slices"
	"strings"
	"sync"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/detect"
	"github.com/reeve-council/reeve/internal/lex"
)

// eye finds personal values in what people type. It knows no register: it sees
// what has the form of a number, an address or a name.
type eye struct {
	set   *detect.Set
	index *lex.Index
}

// openEye makes it once for the program; it costs some tens of milliseconds.
var openEye = sync.OnceValues(func() (*eye, error) {
	set, err := detect.New(nil)
	if err != nil {
		return nil, err
	}
	return &eye{set, lex.Compile(nil, set.Words())}, nil
})

// telling are the kinds that say who somebody is: none belongs into a return.
var telling = []reeve.Kind{reeve.KindName, reeve.KindDateOfBirth, reeve.KindAddress, reeve.KindEmail, reeve.KindPhone, reeve.KindNINO, reeve.KindNHSNumber,
	reeve.KindCHINumber, reeve.KindUPN, reeve.KindULN, reeve.KindElectoralNumber, reeve.KindCouncilTaxRef, reeve.KindRentRef, reeve.KindBenefitRef,
	reeve.KindCredential, reeve.KindIBAN, reeve.KindBankAccount, reeve.KindPaymentCard, reeve.KindUTR, reeve.KindPassport, reeve.KindDrivingLicence,
	reeve.KindBRP, reeve.KindHomeOfficeRef, reeve.KindPNCID, reeve.KindVehicleRegistration}

// kinds gives the kinds of telling values that a text seems to hold.
func (e *eye) kinds(text string) []reeve.Kind {
	var all []reeve.Kind
	d := e.set.Open(e.index)
	for _, f := range d.Block(0, &reeve.Block{Text: text, Line: 1}) {
		if f.Confidence <= reeve.ConfidenceC && slices.Contains(telling, f.Kind) && !slices.Contains(all, f.Kind) {
			all = append(all, f.Kind)
		}
	}
	slices.Sort(all)
	return all
}

// public are the kinds that papers may hold all the same: those who act for the
// council are named in them, with how to reach them.
var public = []reeve.Kind{reeve.KindName, reeve.KindEmail, reeve.KindPhone, reeve.KindAddress}

// named says what a text holds that would name somebody, in words; "" for
// nothing. What was found is never repeated. Kinds in but are let pass.
func named(text string, but ...reeve.Kind) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	e, err := openEye()
	if err != nil {
		return "", err
	}
	var words []string
	for _, k := range e.kinds(text) {
		if slices.Contains(but, k) {
			continue
		}
		words = append(words, strings.TrimPrefix(e.set.Label(k), "your "))
	}
	return strings.Join(words, ", "), nil
}
